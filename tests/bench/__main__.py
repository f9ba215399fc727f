"""CPU time of the whole job against underthesea's own calls: `python -m tests.bench [--rounds N] [FOLDER]`.

Every text is given to every contender in turn, so that a slow minute of the machine meets all of them; what counts
is the ratio. The whole job is a text to its Document, the Document to JSON and to rows. The contenders are
`underthesea.ner` called sentence by sentence and `underthesea.word_tokenize` called on the whole text.
"""

from __future__ import annotations

import argparse
import datetime
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

from rich.console import Console
from rich.table import Table

Job = Callable[[str], object]
CORPUS = Path(__file__).parents[2] / "corpus"
DAY = datetime.date(2023, 6, 8)


def main() -> None:
    """Runs the rounds and prints a table: seconds of the median round, and the whole job's ratio to each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS, help="texts to read (default: corpus/)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds over all texts; the median counts")
    parser.add_argument(
        "--repeat", type=int, default=1, help="take each text so many times, each copy with its own words"
    )
    options = parser.parse_args()
    texts = list(repeated(read_texts(options.folder), options.repeat))
    if not texts:
        parser.error(f"no texts in {options.folder}")
    contenders = jobs()
    rounds = [measure(contenders, texts) for _ in range(options.rounds)]
    print_table(rounds, texts)


def jobs() -> dict[str, Job]:
    """The contenders by name, warmed up."""
    import underthesea

    import pipeline
    from pipeline.dates import read_dates
    from pipeline.records import encode_document
    from pipeline.store.tables import task_rows

    def whole_job(text: str) -> None:
        document = pipeline.extract(text, published="2023-06-08")
        encode_document(document)
        list(task_rows(document))

    def ner_by_sentence(text: str) -> None:
        for line in text.splitlines():
            for sentence in underthesea.sent_tokenize(line):
                underthesea.ner(sentence)

    def dates_alone(text: str) -> None:
        read_dates(text, DAY)

    contenders: dict[str, Job] = {
        "whole job": whole_job,
        "dates of the whole text": dates_alone,
        "underthesea.ner by sentence": ner_by_sentence,
        "underthesea.word_tokenize": underthesea.word_tokenize,
    }
    for job in contenders.values():
        job("Ngày 7/6, Chủ tịch UBND tỉnh yêu cầu Sở Y tế báo cáo trước ngày 30/6.")
    return contenders


def measure(contenders: dict[str, Job], texts: list[str]) -> dict[str, float]:
    """CPU seconds of each contender over all texts, text by text in turn."""
    seconds = dict.fromkeys(contenders, 0.0)
    for text in texts:
        for name, job in contenders.items():
            start = time.process_time()
            job(text)
            seconds[name] += time.process_time() - start
    return seconds


def dates_share(texts: list[str]) -> float:
    """The share of the whole job's CPU time that is spent in `read_dates`."""
    import pipeline
    from pipeline.dates import read_dates
    from pipeline.extraction import meetings
    from pipeline.link import deadlines

    inside = 0.0

    def timed(*args: Any, **kwargs: Any) -> Any:
        nonlocal inside
        start = time.process_time()
        try:
            return read_dates(*args, **kwargs)
        finally:
            inside += time.process_time() - start

    start = time.process_time()
    with patch.object(deadlines, "read_dates", timed), patch.object(meetings, "read_dates", timed):
        for text in texts:
            pipeline.extract(text, published=DAY.isoformat())
    return inside / (time.process_time() - start)


def read_texts(folder: Path) -> list[str]:
    """The reports below the folder, in the order of their paths."""
    paths = [path for path in sorted(folder.rglob("*")) if path.suffix in {".txt", ".md"}]
    return [path.read_text(encoding="utf-8") for path in paths if path.stem.lower() != "readme"]


def repeated(texts: list[str], times: int) -> Iterator[str]:
    """Each text so many times; the lines of a copy begin elsewhere, so that no cache of whole texts helps."""
    for turn in range(times):
        for text in texts:
            lines = text.splitlines()
            cut = turn % max(1, len(lines))
            yield "\n".join(lines[cut:] + lines[:cut])


def print_table(rounds: list[dict[str, float]], texts: list[str]) -> None:
    """One row a contender: CPU seconds, milliseconds a text, and the whole job in its terms."""
    medians = {name: statistics.median(round_[name] for round_ in rounds) for name in rounds[0]}
    table = Table(title=f"{len(texts)} texts, {sum(map(len, texts))} characters, median of {len(rounds)} rounds")
    for heading in ("", "CPU s", "ms a text", "whole job / this"):
        table.add_column(heading, justify="left" if not heading else "right")
    whole = medians["whole job"]
    for name, seconds in medians.items():
        ratios = [round_["whole job"] / round_[name] for round_ in rounds]
        share = "" if name == "whole job" else f"{whole / seconds:.3f} ({min(ratios):.3f}-{max(ratios):.3f})"
        table.add_row(name, f"{seconds:.2f}", f"{1000 * seconds / len(texts):.1f}", share)
    console = Console()
    console.print(table)
    speed = sum(map(len, texts)) / medians["dates of the whole text"]
    spent = dates_share(texts)
    console.print(f"dates: {speed / 1e6:.1f} million characters/s; {spent:.1%} of the whole job is spent reading dates")


if __name__ == "__main__":
    main()
