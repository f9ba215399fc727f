"""What the benchmark reads: the corpus, and reports made of its sentences with other persons and figures."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from tests.read.copies import article

CORPUS = Path(__file__).parents[2] / "corpus"
MADE = 40
"""Made reports in a round."""
_SYLLABLE = re.compile(r"\w+")


def rounds(count: int) -> list[list[str]]:
    """The reports of each round: a share of the corpus and some made ones. No report is in two rounds."""
    corpus = read_texts(CORPUS)
    return [[*corpus[number::count], *made(MADE, seed=number)] for number in range(count)]


def made(count: int, seed: int) -> Iterator[str]:
    """So many reports, always the same for a seed."""
    chance = random.Random(seed)
    for _ in range(count):
        yield "\n\n".join(article(chance)) + "\n"


def long_report(syllables: int) -> str:
    """A report of about so many syllables."""
    paragraphs: list[str] = []
    length = 0
    for text in made(10 * syllables, seed=-1):
        paragraphs.append(text)
        length += count_syllables(text)
        if length >= syllables:
            break
    return "\n".join(paragraphs)


def read_texts(folder: Path) -> list[str]:
    """The reports below the folder, in the order of their paths."""
    paths = [path for path in sorted(folder.rglob("*")) if path.suffix in {".txt", ".md"}]
    return [path.read_text(encoding="utf-8") for path in paths if path.stem.lower() != "readme"]


def count_syllables(text: str) -> int:
    """Runs of letters and digits, which in Vietnamese are syllables and numbers."""
    return sum(1 for _ in _SYLLABLE.finditer(text))
