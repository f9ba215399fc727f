"""A page's characters with their places, and two faults of text layers mended in them: copies drawn over each other,
and combining marks drawn apart."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import NamedTuple

# The marks that make another letter (â ă ơ ư) stand before those of tone, whatever order they were drawn in.
_LETTER_MARKS = "\u0302\u0306\u031b"
_MARKS = re.compile("[\u0300-\u036f]{2,}")


class Glyph(NamedTuple):
    """A character that isn't blank, with its combining marks, in points, upright: `base` is the line it stands on,
    `size` its height; x grows to the right, y upwards. `order` is its place in the order drawn; `spaced` says that a
    space comes before it there."""

    text: str
    left: float
    right: float
    base: float
    size: float
    order: int
    spaced: bool


def once(glyphs: list[Glyph], counts: Counter[str]) -> list[Glyph]:
    """Without the copies drawn over a glyph a hair's breadth off to make it look bold."""
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    kept = []
    for glyph in glyphs:
        near = 0.1 * glyph.size
        column, row = int(glyph.left // 4), int(glyph.base // 4)
        copies = (
            other
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for other in seen.get((glyph.text, x, y), ())
        )
        # Letters of one ligature stand at one place; they come one after the other.
        if any(
            abs(other.left - glyph.left) < near
            and abs(other.base - glyph.base) < near
            and glyph.order > other.order + 2
            for other in copies
        ):
            counts["overlaid_text"] += 1
            continue
        seen.setdefault((glyph.text, column, row), []).append(glyph)
        kept.append(glyph)
    return kept


def composed(glyphs: list[Glyph]) -> list[Glyph]:
    """Combining marks drawn as characters of their own joined to the letter that they stand over."""
    composed: list[Glyph] = []
    waiting: list[Glyph] = []
    for glyph in glyphs:
        if not unicodedata.combining(glyph.text[0]):
            over = "".join(mark.text for mark in waiting)
            composed.append(glyph._replace(text=compose(glyph.text + over)) if over else glyph)
            waiting = []
        elif composed and not waiting and _stands_over(glyph, composed[-1]):
            composed[-1] = composed[-1]._replace(text=compose(composed[-1].text + glyph.text))
        else:
            waiting.append(glyph)
    return composed + waiting


def _stands_over(mark: Glyph, letter: Glyph) -> bool:
    if abs(mark.base - letter.base) > letter.size:
        return False
    return letter.left - 0.1 * letter.size <= (mark.left + mark.right) / 2 <= letter.right + 0.35 * letter.size


def compose(text: str) -> str:
    """The text in NFC, marks of letters before marks of tone: "e" + acute + circumflex is "ế"."""
    return unicodedata.normalize("NFC", _MARKS.sub(_ordered, unicodedata.normalize("NFD", text)))


def _ordered(marks: re.Match[str]) -> str:
    return "".join(sorted(marks.group(), key=lambda mark: mark not in _LETTER_MARKS))
