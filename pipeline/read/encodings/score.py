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
    known = syllables()
    right = wrong = 0
    for word in _WORD.findall(text):
        if not word.isascii():
            if word.lower() in known:
                right += 1
            elif not _ABBREVIATION.fullmatch(word):
                wrong += 1
    return Score(right, wrong)
