"""The lines and paragraphs of a report: hard-wrapped lines joined, list items kept apart.

A sentence never crosses a line break, except where the file itself breaks the lines of a paragraph at a
fixed width, as text taken from PDF and web pages of official documents does (60 to 100 columns). Whether
a file is wrapped, and at which width, is read from its sure cases: a line without a stop at its end
before a line that begins in lower case. In a wrapped file two lines are joined where the next begins in
lower case, or where its first word had no room on the line before; list markers, headings, table cells,
blank lines and rules always break. A page number between two halves of a paragraph is joined with them.

Not handled: a paragraph that goes on after a blank line; words cut by a hyphen at a line's end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

_MARKERS = (
    r"[-–—+•*▪►●○✓]",
    r"\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)/]",
    r"\d{1,2}\.\d{1,2}(?:\.\d{1,2})?",
    r"\d{1,2}[-–](?=\s)",
    r"\(?[a-zđ]{1,2}[.)]",
    r"[IVX]{1,5}[.)]",
    r"[A-Z]\.",
    r"Điều \d{1,3}[a-zđ]?[.:]",
)
_BOLD_NUMBER = r"\d{1,2}(?:\.\d{1,2}){0,2}\.(?=\*\*)"
LIST_MARKER = re.compile(rf"(?:{'|'.join(_MARKERS)})(?=\s|[A-ZĐÀ-Ỹ])\s*|{_BOLD_NUMBER}")
"""A list marker at the start of a line or a sentence: "1.", "a)", "2.1.", "-", "IV.", "Điều 5."; "1." before bold."""
TERMINAL = re.compile(r"[.!?…:;][\"”’')\]*_/.]*$")
"""What ends a sentence, at a line's end."""

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+|\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BREAK = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# What opens a list item, heading, quotation or cell at a line's head: wider than LIST_MARKER, for a break does no harm.
_OPENER = re.compile(
    r"[-+•·●○■□▪►♦✓–—|#>]|\*(?!\*)|\(?(?:\d{1,3}|[a-zđ]|[ivx]{1,4})\)|\[\d{1,3}\]|\d{1,2}[-–/](?=\s)"
    r"|(?:\d{1,3}|[IVXLC]{1,6}|[A-ZĐa-zđ])(?:\.\d{1,3})*\.(?=\s|$|[^\W\d_]{2})"
    r"|Điều \d{1,3}[a-zđ]?[.:]|(?:Phần|Chương|Mục|PHẦN|CHƯƠNG|MỤC) (?:\d{1,2}|[IVXLC]{1,6})(?![\w/])"
)
_DASHED = re.compile(r"[-–—] ")
_STOPPED = re.compile(r"[.!?…][\"'”’»)\]*_]*$")
_HALF_STOPPED = re.compile(r"[:;][\"'”’»)\]*_]*$")
_COLUMNS = re.compile(r"\S\s{3,}\S")
_OPEN_DAY = re.compile(r"(?:ngày|tháng|năm)$", re.IGNORECASE)
_OPENING = "*_\"'“‘("
_WIDEST_WRAP = 130
_NARROWEST_WRAP = 40
_FEWEST_WRAPS = 3
_SMALLEST_SHARE = 0.12
# Of the usual width: lines vary by a word, and half of them at least are as wide as usual.
_FULL = 0.92
_SPREAD = 0.15
# Of the lines before another: so many blank lines part the paragraphs, and a single line end parts nothing.
_SPACED = 0.15


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
    """The lines with something on them, without the white space around it, in order."""
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
    """Half-open offsets of the runs no sentence leaves: lines, or hard-wrapped lines joined; stripped, in order.

    Every character that isn't white space lies in exactly one. Linear in the length of the text.
    """
    return [(run[0].start, run[-1].end) for run in find_runs(text)]


@lru_cache(maxsize=1)
def find_runs(text: str) -> tuple[tuple[Line, ...], ...]:
    """The lines of each paragraph, in order. Remembered for the text last asked for: blocks and sentences are made of
    the same."""
    lines = find_lines(text)
    wrapping = _find_wrapping(lines)
    runs: list[list[Line]] = []
    bridged = False
    for i, line in enumerate(lines):
        if wrapping is None or not runs:
            runs.append([line])
            continue
        run = runs[-1]
        following = lines[i + 1] if i + 1 < len(lines) else None
        if bridged:
            run.append(line)
            bridged = False
        elif following is not None and wrapping.bridges(run, line, following):
            run.append(line)
            bridged = True
        elif wrapping.joins(run[-1], line, head=len(run) == 1) or wrapping.stops_full(run[-1], line):
            run.append(line)
        else:
            runs.append([line])
    return tuple(map(tuple, runs))


def is_page_number(line: str) -> bool:
    """Whether a line is a page number: up to three digits, with dashes around them or none."""
    return len(line) <= 7 and re.fullmatch(r"[-–—\s]*\d{1,3}[-–—\s]*", line) is not None


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How a file wraps its lines: the columns at which a line counts as full, and the indent lines go on with.

    Paragraphs' first lines have a width of their own, since some sources break them earlier than the rest. `widest`
    is the width that lines reach and hardly ever pass; `spaced` says that blank lines part the paragraphs.
    """

    first: float
    rest: float
    indent: int
    widest: int
    spaced: bool

    def joins(self, line: Line, following: Line, *, head: bool) -> bool:
        """Whether the following line goes on with this one's paragraph; `head`: this line is the paragraph's first."""
        needed = _needed(line, following)
        full = needed >= (self.first if head else self.rest)
        if _DASHED.match(following.text) and self.spaced and full and not TERMINAL.search(line.text):
            return _holds_together(line, following)
        if not _may_join(line, following):
            return False
        if following.text.lstrip(_OPENING)[:1].islower():
            return full or not _HALF_STOPPED.search(line.text)
        if _OPEN_DAY.search(line.text) and following.text[:1].isdigit():
            return True
        capitals = line.text.isupper()
        if capitals != following.text.isupper() or line.text.endswith("**"):
            return False
        return capitals or (full and following.indent <= self.indent + 1)

    def stops_full(self, line: Line, following: Line) -> bool:
        """Whether a line ends with a stop only because it was full: its paragraph goes on with a new sentence."""
        return (
            self.spaced
            and _STOPPED.search(line.text) is not None
            and _needed(line, following) > _FULL * self.widest
            and following.indent <= line.indent
            and following.text[:1].isalpha()
            and not following.text.isupper()
            and not _OPENER.match(following.text)
            and _holds_together(line, following)
        )

    def bridges(self, run: Sequence[Line], line: Line, following: Line) -> bool:
        """Whether the line is a page number between the paragraph `run` and a line that goes on with it."""
        return (
            is_page_number(line.text)
            and following.text[:1].islower()
            and not _OPENER.match(following.text)
            and not TERMINAL.search(run[-1].text)
            and run[-1].width > _FULL * self.rest
        )


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
    widths = sorted(line.width for line in lines if len(line.text) >= _NARROWEST_WRAP and line.width <= _WIDEST_WRAP)
    spaced = sum(line.after_blank for line in lines[1:]) > _SPACED * len(lines)
    widest = widths[int(len(widths) * 0.95)] if widths else _WIDEST_WRAP
    return Wrapping(_FULL * first, _FULL * rest, int(median(indents)), widest, spaced)


def _may_join(line: Line, following: Line) -> bool:
    """Whether nothing on the two lines' edges forbids to read them as one."""
    return not (
        _STOPPED.search(line.text) or _OPENER.match(following.text) or not _holds_together(line, following)
    )


def _holds_together(line: Line, following: Line) -> bool:
    """Whether neither a blank line, columns, a rule nor a number alone parts the two lines."""
    return not (
        following.after_blank
        or _COLUMNS.search(line.text)
        or _COLUMNS.search(following.text)
        or line.text.isdigit()
        or not any(char.isalnum() for char in line.text)
        or not any(char.isalnum() for char in following.text)
    )


def _needed(line: Line, following: Line) -> int:
    """The columns the line would have with the next word on it."""
    return line.width + 1 + len(following.text.split(None, 1)[0])
