"""The wording of a report: its syllables and numbers as they are compared with another report's."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline import lexicon
from pipeline.records import BlockKind, Report

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Hashes = npt.NDArray[np.uint64]

# A number with its thousands set apart by points is one; parts of a day (7/6, 7-6, 7.6.2023) are numbers each.
_WORD = re.compile(r"\d{1,3}(?:\.\d{3})+(?!\d)|\d+|[^\W\d_]+")
# What a sentence, a quotation or a list item begins behind: there a capital makes no name.
_OPENERS = frozenset(".!?:;…\"“”‘’'-–—•*+|\n")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
# What a paper puts round an article it prints, and nobody else does.
_CHROME: frozenset[BlockKind] = frozenset({"caption", "credit", "related_link", "tags", "byline"})
_PRESS_CHROME: frozenset[BlockKind] = _CHROME | {"title", "dateline", "boilerplate"}
_LEAST = 30


class Word(NamedTuple):
    """A syllable or a number: its `key` has one form for spellings that differ in case, in the place of the tone mark
    (hoà, hòa) or in leading zeros."""

    key: str
    hash: int
    is_number: bool
    is_capital: bool
    is_surname: bool


class Wording(NamedTuple):
    """What of a report is compared, in the order of the text: the words' keys, and for each whether it is part of a
    name (a capital that no sentence begins with, or a family name before another capital), a number, the first of its
    block."""

    keys: tuple[str, ...]
    names: tuple[bool, ...]
    numbers: tuple[bool, ...]
    openings: tuple[bool, ...]
    hashes: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.keys)


def read_wording(report: Report) -> Wording:
    """The wording of a report's body: without captions, related links and bylines, of an article also without title,
    dateline and residue. The whole text's where the blocks leave fewer than 30 words. Linear in the text."""
    left_out = _PRESS_CHROME if report.source.genre == "news" else _CHROME
    spans = [(block.start, block.end) for block in report.blocks if block.kind not in left_out]
    wording = _read_spans(report.text, spans)
    return wording if len(wording) >= _LEAST else read_words(report.text)


def read_words(text: str) -> Wording:
    """The wording of a text without blocks: a title."""
    return _read_spans(text, [(0, len(text))])


def shingles(wording: Wording, size: int) -> Hashes:
    """The hashes of all runs of `size` words, each once; of the whole where it is shorter. Platform-independent."""
    import numpy as np

    hashes = np.array(wording.hashes, dtype=np.uint64)
    return np.unique(rolling(hashes, min(size, len(hashes)))) if len(hashes) else hashes


def rolling(hashes: Hashes, size: int) -> Hashes:
    """A hash for each run of `size` words, in order."""
    import numpy as np

    count = len(hashes) - size + 1
    mixed = np.zeros(count, dtype=np.uint64)
    for offset in range(size):
        mixed = mixed * np.uint64(_MULTIPLIER) + hashes[offset : offset + count]
    return mixed


_MULTIPLIER = 0x9E3779B97F4A7C15


def initials(keys: tuple[str, ...]) -> str:
    """The first letters without tones and marks: "ủy ban nhân dân" gives "ubnd"."""
    return "".join(unicodedata.normalize("NFD", key)[:1] for key in keys)


def _read_spans(text: str, spans: list[tuple[int, int]]) -> Wording:
    keys: list[str] = []
    names: list[bool] = []
    numbers: list[bool] = []
    openings: list[bool] = []
    hashes: list[int] = []
    for start, end in spans:
        after_surname, opening, before = False, True, start
        for match in _WORD.finditer(text, start, end):
            word = _read_word(match[0])
            gap = text[before : match.start()]
            keys.append(word.key)
            hashes.append(word.hash)
            numbers.append(word.is_number)
            names.append(word.is_capital and not opening and (gap == " " or _OPENERS.isdisjoint(gap)))
            openings.append(opening)
            if word.is_capital and after_surname and gap == " ":
                names[-2] = True
            after_surname, opening, before = word.is_surname, False, match.end()
    return Wording(tuple(keys), tuple(names), tuple(numbers), tuple(openings), tuple(hashes))


@lru_cache(maxsize=1 << 16)
def _read_word(word: str) -> Word:
    if word[0].isdecimal():
        key = word.replace(".", "").lstrip("0") or "0"
        return Word(key, _hash(key), True, False, False)
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = "".join(mark for mark in decomposed if mark in _TONES)
    base = "".join(mark for mark in decomposed if mark not in _TONES)
    key = unicodedata.normalize("NFC", base) + tones
    return Word(key, _hash(key), False, word[0].isupper(), word.title() in _surnames())


@cache
def _surnames() -> frozenset[str]:
    return frozenset(lexicon.read_list("surnames.txt"))


def _hash(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
