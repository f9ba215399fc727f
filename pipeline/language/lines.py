"""Lines of a report, and the paragraphs that hard-wrapped lines belong to.

A sentence never crosses a line break, except where the file itself breaks the lines of a paragraph at a
fixed width, as text taken from PDF and web pages of official documents does (60 to 100 columns). Whether
a file is wrapped, and at which width, is read from its sure cases: a line without a stop at its end
before a line that begins in lower case. In a wrapped file two lines are joined where the next begins in
lower case, or where its first word had no room on the line before; list markers, headings, table cells,
blank lines and rules always break.

Not handled: a paragraph that goes on after a page number or a blank line; a dash inside a sentence that the
wrapping puts at the head of a line; words cut by a hyphen at a line's end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+|\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BREAK = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# "1.", "1.1.", "1)", "(1)", "a)", "I.", "-", "+", "•", "*", "#", "|", "[1]": what opens a list item, heading or cell.
_MARKER = re.compile(
    r"[-+•·●○■□▪►♦✓–—|#>]|\*(?!\*)|\(?(?:\d{1,3}|[a-zđ]|[ivx]{1,4})\)|\[\d{1,3}\]"
    r"|(?:\d{1,3}|[IVXLC]{1,6}|[A-ZĐa-zđ])(?:\.\d{1,3})*\.(?=\s|$|[^\W\d_]{2})"
)
_STOPPED = re.compile(r"[.!?…][\"'”’»)\]*_]*$")
_HALF_STOPPED = re.compile(r"[:;][\"'”’»)\]*_]*$")
_COLUMNS = re.compile(r"\S\s{3,}\S")
_OPENING = "*_\"'“‘("
_WIDEST_WRAP = 130
_NARROWEST_WRAP = 40
_FEWEST_WRAPS = 3
_SMALLEST_SHARE = 0.12
# Of the usual width: lines vary by a word, and half of them at least are as wide as usual.
_FULL = 0.92
_SPREAD = 0.15


@dataclass(frozen=True, slots=True)
class Line:
    """One line with something on it: where it stands, stripped, and what stood before it."""

    start: int
    end: int
    text: str
    indent: int
    after_blank: bool

    @property
    def width(self) -> int:
        """Columns up to the last sign."""
        return self.indent + len(self.text)


def find_lines(text: str) -> list[Line]:
    """The lines with something on them, without the white space around it."""
    lines: list[Line] = []
    fresh, blank = True, True
    for match in _LINE.finditer(text):
        if _BREAK.match(match[0]):
            blank = blank or fresh
            fresh = True
            continue
        content = match[0].strip()
        if not content:
            continue
        indent = len(match[0]) - len(match[0].lstrip())
        start = match.start() + indent
        lines.append(Line(start, start + len(content), content, indent, blank))
        fresh, blank = False, False
    return lines


def find_paragraphs(text: str) -> list[tuple[int, int]]:
    """Half-open offsets of the runs no sentence leaves: lines, or hard-wrapped lines joined; stripped, in order."""
    lines = find_lines(text)
    if not lines:
        return []
    wrapping = _find_wrapping(lines)
    runs = [(lines[0].start, lines[0].end)]
    head = True
    for line, following in zip(lines, lines[1:], strict=False):
        if wrapping is not None and wrapping.joins(line, following, head):
            runs[-1] = (runs[-1][0], following.end)
            head = False
        else:
            runs.append((following.start, following.end))
            head = True
    return runs


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How a file wraps its lines: the columns at which a line counts as full, and the indent lines go on with.

    Paragraphs' first lines have a width of their own, since some sources break them earlier than the rest.
    """

    first: float
    rest: float
    indent: int

    def joins(self, line: Line, following: Line, head: bool) -> bool:
        """Whether the following line goes on with this one's paragraph; `head`: this line is the paragraph's first."""
        if not _may_join(line, following):
            return False
        full = _needed(line, following) >= (self.first if head else self.rest)
        if following.text.lstrip(_OPENING)[:1].islower():
            return full or not _HALF_STOPPED.search(line.text)
        capitals = line.text.isupper()
        if capitals != following.text.isupper() or line.text.endswith("**"):
            return False
        return capitals or (full and following.indent <= self.indent + 1)


def _find_wrapping(lines: Sequence[Line]) -> Wrapping | None:
    """The wrapping of a file, or None if its line breaks are its own."""
    pairs = 0
    firsts: list[int] = []
    rests: list[int] = []
    indents: list[int] = []
    head = True
    for line, following in zip(lines, lines[1:], strict=False):
        pairs += not following.after_blank
        if (
            _may_join(line, following)
            and following.text[0].islower()
            and line.width <= _WIDEST_WRAP
            and not _HALF_STOPPED.search(line.text)
        ):
            (firsts if head else rests).append(_needed(line, following))
            indents.append(following.indent)
            head = False
        else:
            head = True
    wraps = len(firsts) + len(rests)
    if wraps < _FEWEST_WRAPS or wraps < _SMALLEST_SHARE * pairs:
        return None
    # First lines vary: a quarter of the sure ones may be shorter than a line that counts as full.
    first, rest = sorted(firsts or rests)[len(firsts) // 4], median(rests or firsts)
    steady = sum(abs(width - rest) <= _SPREAD * rest for width in rests or firsts)
    if max(first, rest) < _NARROWEST_WRAP or 2 * steady < len(rests or firsts):
        return None
    return Wrapping(_FULL * first, _FULL * rest, int(median(indents)))


def _may_join(line: Line, following: Line) -> bool:
    """Whether nothing on the two lines' edges forbids to read them as one."""
    return not (
        following.after_blank
        or _STOPPED.search(line.text)
        or _MARKER.match(following.text)
        or _COLUMNS.search(line.text)
        or _COLUMNS.search(following.text)
        or line.text.isdigit()
        or not any(char.isalnum() for char in line.text)
        or not any(char.isalnum() for char in following.text)
    )


def _needed(line: Line, following: Line) -> int:
    """The columns the line would have with the next word on it."""
    return line.width + 1 + len(following.text.split(None, 1)[0])
