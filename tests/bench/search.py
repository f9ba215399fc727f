"""How fast a search answers over many reports: `python -m tests.bench.search DATABASE [--load N] [--queries N]`.

`--load` first stores so many varied reports of the corpus and makes the index. Queries are runs of one to six words of
the stored texts, as written or without marks, quoted or not, some with filters; the n-th is always the same. What is
timed is all between the words typed and the hits with their snippets. Figures are of the wall clock and of the
process's own time, in milliseconds.
"""

from __future__ import annotations

import argparse
import datetime
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import Connection, select

from pipeline.records import Document
from pipeline.store.database import Database, open_database, store
from pipeline.store.database.search import search
from pipeline.store.database.search_index import ensure_index
from pipeline.store.database.search_query import parse_query
from pipeline.store.database.search_words import fold
from pipeline.store.database.selection import Selection
from pipeline.store.database.tables import TEXT
from tests.bench.varied_reports import varied_documents

CORPUS = Path(__file__).parents[2] / "corpus"
_SAMPLE = 400
_FILTERS = (
    Selection(),
    Selection(),
    Selection(),
    Selection(body="Sở Y tế"),
    Selection(kind="directive"),
    Selection(issuer="Chủ tịch"),
    Selection(overdue_on=datetime.date(2020, 1, 1)),
    Selection(province="Nghệ An"),
    Selection(published_from=datetime.date(2019, 1, 1), published_to=datetime.date(2019, 3, 31)),
    Selection(source="Báo"),
    Selection(source="varied/0001"),
    Selection(due_before=datetime.date(2016, 1, 1)),
    Selection(body="Sở Y tế", due_before=datetime.date(2020, 1, 1)),
    Selection(issuer="Chủ tịch", kind="directive", source="Báo"),
    Selection(body="UBND tỉnh", issuer="Chủ tịch", overdue_on=datetime.date(2021, 1, 1)),
    Selection(province="Nghệ An", due_before=datetime.date(2020, 1, 1)),
)


def main() -> None:
    """Loads where asked, then prints the figures of each kind of query and of all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", help="a file, or postgresql+psycopg://…")
    parser.add_argument("--load", type=int, default=0, metavar="N", help="store so many reports first")
    parser.add_argument("--queries", type=int, default=400, metavar="N", help="ask so many queries")
    options = parser.parse_args()
    with open_database(options.database) as database:
        if options.load:
            _load(database, options.load)
        with database.reading() as connection:
            _measure(connection, options.queries)


def _load(database: Database, count: int) -> None:
    begin = time.perf_counter()
    store(database, varied_documents(list(_corpus()), count), started="2026-01-01T00:00:00+00:00")
    stored = time.perf_counter()
    print(f"stored: {count / (stored - begin):.0f} reports/s", flush=True)
    ensure_index(database)
    print(f"indexed: {count / (time.perf_counter() - stored):.0f} reports/s", flush=True)


def _corpus() -> Iterator[Document]:
    from pipeline.document import extract_document
    from pipeline.read import read
    from pipeline.read.manifest import read_manifest

    for entry in read_manifest(CORPUS / "manifest.csv").entries:
        yield extract_document(read(str(CORPUS / entry.file), entry=entry))


def _measure(connection: Connection, count: int) -> None:
    words = [content.split() for content in connection.scalars(select(TEXT.c.content).limit(_SAMPLE))]
    kinds: dict[str, list[tuple[float, float]]] = {}
    slowest: list[tuple[float, str, Selection]] = []
    for number in range(-20, count):
        typed, selection = _query(random.Random(number), words)
        wall, own = time.perf_counter(), time.process_time()
        search(connection, parse_query(typed), selection)
        wall, own = (time.perf_counter() - wall) * 1000, (time.process_time() - own) * 1000
        if number >= 0:  # those before warm the caches of both
            kind = "filtered" if selection.of_tasks else "filtered by report" if selection != Selection() else "words"
            kinds.setdefault(kind, []).append((wall, own))
            slowest.append((wall, typed, selection))
    for kind, times in sorted(kinds.items()):
        print(f"{kind:20}", _figures(times))
    print(f"{'all':20}", _figures([pair for times in kinds.values() for pair in times]))
    for wall, typed, selection in sorted(slowest, key=lambda one: -one[0])[:5]:
        print(f"  {wall:.0f} ms: {typed!r} {selection}")


def _query(chance: random.Random, words: Sequence[Sequence[str]]) -> tuple[str, Selection]:
    text = chance.choice(words)
    size = chance.randint(1, 6)
    start = chance.randrange(max(1, len(text) - size))
    typed = " ".join(text[start : start + size])
    if chance.random() < 0.5:
        typed = fold(typed)
    if chance.random() < 0.2:
        typed = f'"{typed}"'
    return typed, chance.choice(_FILTERS)


def _figures(times: Sequence[tuple[float, float]]) -> str:
    parts = []
    for name, values in (("wall", sorted(one[0] for one in times)), ("own", sorted(one[1] for one in times))):
        last = values[min(len(values) - 1, int(len(values) * 0.99))]
        parts.append(f"{name} median {statistics.median(values):.0f}, 99th percentile {last:.0f}")
    return f"{len(times)} queries: {'; '.join(parts)} ms"


if __name__ == "__main__":
    main()
