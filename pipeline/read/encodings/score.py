"""How well a text reads as Vietnamese, to tell one reading of its bytes from another."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.read.syllables import syllables

# Whatever is no ASCII counts as a letter, for under a wrong code a letter may be any sign; but for the marks that stand
# between words in every code.
_WORD = re.compile("[^\\x00\\t-\\r\\x20-@\\[-`{-\\x7f\u00a0\u00ab\u00bb\u2013\u2014\u2018-\u201f\u2022\u2026\u20ac]+")
# Abbreviations are neither right nor wrong: "CĐ", "HĐND".
_ABBREVIATION = re.compile("[A-ZĐ]{2,8}")
# A wrong word weighs more than a right one: with a wrong code some words are right by chance, with the right one hardly
# any is wrong.
_WRONG = 2
_BITS = 40
_MASK = (1 << _BITS) - 1
_MOST_WORDS = 8_192


class Score(NamedTuple):
    """The words with other letters than ASCII's that are syllables of Vietnamese, and those that aren't."""

    right: int
    wrong: int

    @property
    def value(self) -> int:
        """Higher is better; below zero it is no Vietnamese."""
        return self.right - _WRONG * self.wrong

    @property
    def convincing(self) -> bool:
        """Whether it is Vietnamese: four words of five are."""
        return self.right > 0 and self.wrong * 4 <= self.right

    def __add__(self, other: object) -> Score:
        if not isinstance(other, Score):
            return NotImplemented
        return Score(self.right + other.right, self.wrong + other.wrong)


def score(text: str) -> Score:
    """The score of a text. Linear; words of ASCII alone say nothing of an encoding and aren't counted."""
    total = sum(map(_WORDS.__getitem__, _WORD.findall(text)))
    return Score(total & _MASK, total >> _BITS)


class _Words(dict[str, int]):
    """What single words add to a score in one number, the right below the wrong; forgotten when there are too many."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_WORDS:
            self.clear()
        right = not word.isascii() and word.lower() in syllables()
        wrong = not (right or word.isascii() or _ABBREVIATION.fullmatch(word))
        counted = self[word] = right + (wrong << _BITS)
        return counted


_WORDS = _Words()
