"""Lines that a page broke, and whether the next goes on with them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pipeline.read.paragraphs import LIST_MARKER, TERMINAL
from pipeline.read.pdf.lines import Word

_SOFT_HYPHEN = "\xad"
_INDENT = 0.8
"""A line that begins so many sizes further in is indented."""
_PITCH_MAX = 1.7
"""Lines further apart than so many times the usual are no paragraph."""
_SPACING = 1.25
"""Lines further apart than so many times the usual are one paragraph only where a word goes on in lower case."""
_SPACE = 0.28
"""A space is so many sizes wide, 0.25 in most faces."""
_NARROW = 24
"""A column of so many sizes is narrow: half a page of an official document."""


class Line(NamedTuple):
    """A line of a column, the column's edges, and the usual distance between its lines (0 where not known)."""

    words: tuple[Word, ...]
    base: float
    size: float
    left_edge: float
    right_edge: float
    pitch: float

    @property
    def left(self) -> float:
        """Where it begins across the page."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where it ends across the page."""
        return self.words[-1].right

    @property
    def text(self) -> str:
        """Its words with single spaces."""
        return " ".join(word.text for word in self.words)


def join_lines(lines: Iterable[str]) -> str:
    """The lines as one: a soft hyphen at an end goes, a hyphen within a word joins ("30/CT-" + "TTg"), else a space.

    Vietnamese breaks no syllable, so a hyphen at a line's end is the word's own and stays.
    """
    joined = ""
    for line in lines:
        if not joined or not line:
            joined += line
        elif joined.endswith(_SOFT_HYPHEN):
            joined = joined[:-1] + line
        elif joined.endswith("-") and joined[-2:-1].isalnum() and line[0].isalnum():
            joined += line
        else:
            joined += " " + line
    return joined


def goes_on(opening: Line, line: Line, after: Line, *, same_page: bool = True) -> bool:
    """Whether the paragraph that `line` ends in goes on with `after`, the next line of its column or of the next page.
    `opening` is the paragraph's first line.

    The sign is that the next word had no room in the line; an indent, a list marker, a wider gap or centred lines part
    paragraphs.
    """
    distance = line.base - after.base if same_page else 0.0
    if same_page and line.pitch and not 0 < distance <= _PITCH_MAX * line.pitch:
        return False
    if max(line.size, after.size) > 1.25 * min(line.size, after.size):
        return False
    start = after.words[0].text[0]
    marked = LIST_MARKER.match(after.text) is not None
    lower = not marked and (start.islower() or start in ",.;)")
    width = after.words[0].right - after.words[0].left
    full = line.right + _SPACE * line.size + width > line.right_edge
    if _centred(line, after) and (not full or _is_head(line, after)):
        return lower
    if not full:
        return False
    if lower:
        return True
    if line.pitch and distance > _SPACING * line.pitch:
        return False
    ended = TERMINAL.search(line.text) is not None
    if marked:
        # "phát triển kinh tế" / "- xã hội", "Tờ trình số" / "62/TTr-UBND": no item, for items begin where items begin.
        return (
            not ended
            and after.left <= after.left_edge + 0.3 * after.size
            and (line.left <= after.left or line is opening)
        )
    if ended and not same_page and opening.left - opening.left_edge <= _INDENT * line.size:
        return False
    inset, before = after.left - after.left_edge, line.left - line.left_edge
    if inset - before > _INDENT * after.size:
        return LIST_MARKER.match(line.text) is not None
    indented = inset > _INDENT * after.size
    # Two lines with the indent of first lines are two paragraphs; behind a hanging indent lines are indented, too.
    return not (indented and (ended or (line is opening and before > _INDENT * line.size)))


def _is_head(line: Line, after: Line) -> bool:
    """Whether full lines may be centred for all that: in a narrow column, where the longest is full, or in capitals.
    Elsewhere a paragraph's first line stands over the middle of the second by chance."""
    narrow = line.right_edge - line.left_edge < _NARROW * line.size
    return narrow or (line.text.isupper() and after.text.isupper())


def _centred(line: Line, after: Line) -> bool:
    """Whether one stands over the other's middle, shorter at both ends by much the same."""
    left = (after.left - after.left_edge) - (line.left - line.left_edge)
    right = (line.right - line.right_edge) - (after.right - after.right_edge)
    return left * right > 0 and min(abs(left), abs(right)) > 0.5 and abs(left - right) < 0.6 * line.size
