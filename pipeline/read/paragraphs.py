"""The lines and paragraphs of a report: hard-wrapped lines joined, list items kept apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_MARKERS = (
    r"[-–—+•*▪►●○✓]",
    r"\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)/]",
    r"\d{1,2}\.\d{1,2}(?:\.\d{1,2})?",
    r"\d{1,2}[-–](?=\s)",
    r"\(?[a-zđ]{1,2}[.)]",
    r"[IVX]{1,5}[.)]",
    r"[A-Z]\.",
)
_BOLD_NUMBER = r"\d{1,2}(?:\.\d{1,2}){0,2}\.(?=\*\*)"
LIST_MARKER = re.compile(rf"(?:{'|'.join(_MARKERS)})(?=\s|[A-ZĐÀ-Ỹ])\s*|{_BOLD_NUMBER}")
"""A list marker at the start of a line or a sentence: "1.", "a)", "2.1.", "-", "IV."; "1." before bold words."""
TERMINAL = re.compile(r"[.!?…:;][\"”’')\]*_/.]*$")
"""What ends a sentence, at a line's end."""
_WRAP_WIDTH_MAX = 130
_WRAP_WIDTH_MIN = 40


class Line(NamedTuple):
    """One line of the text without its end and outer blanks: `indent` counts the blanks before it."""

    start: int
    end: int
    indent: int
    text: str


def find_lines(text: str) -> list[Line]:
    """The lines of the text that aren't blank, in order."""
    lines = []
    at = 0
    for raw in text.split("\n"):
        body = raw.strip()
        if body:
            indent = len(raw) - len(raw.lstrip())
            lines.append(Line(at + indent, at + indent + len(body), indent, body))
        at += len(raw) + 1
    return lines


def wrap_width(lines: Sequence[Line]) -> int | None:
    """The column at which the text was hard-wrapped, or None for a text with a paragraph a line.

    A hard-wrapped text has many lines that stop near one column without a sentence's end.
    """
    lengths = sorted(line.indent + len(line.text) for line in lines if len(line.text) >= _WRAP_WIDTH_MIN)
    if len(lengths) < 5:
        return None
    width = lengths[int(len(lengths) * 0.95)]
    if width > _WRAP_WIDTH_MAX:
        return None
    open_ended = sum(
        1
        for line, after in zip(lines, lines[1:], strict=False)
        if len(line.text) >= 0.6 * width and not TERMINAL.search(line.text) and after.text[:1].islower()
    )
    return width if open_ended >= max(3, len(lengths) // 6) else None


def _spaced(text: str, lines: Sequence[Line]) -> bool:
    """Whether blank lines part the paragraphs of a wrapped text, so that a single line end parts nothing."""
    blank = sum(1 for a, b in zip(lines, lines[1:], strict=False) if text[a.end : b.start].count("\n") > 1)
    return blank > len(lines) * 0.15


def _continues(line: Line, after: Line, width: int, between: str, spaced: bool) -> bool:
    """Whether `after` goes on with the paragraph that `line` ends in, in a text wrapped at `width`."""
    if between.count("\n") > 1 or "|" in (line.text, after.text):
        return False
    if LIST_MARKER.match(after.text) and (not spaced or TERMINAL.search(line.text) or not after.text.startswith("-")):
        return False
    if after.text.startswith(("**", "#")) and not line.text.startswith("**"):
        return False
    if after.text[:1].islower() or after.text[:1] in ",.;)":
        return True
    if line.text.isupper() or after.text.isupper():
        return line.text.isupper() and after.text.isupper()
    if after.indent > line.indent + 2 and TERMINAL.search(line.text):
        return False
    if spaced and not TERMINAL.search(line.text) and len(line.text) > 15:
        return True
    full = line.indent + len(line.text) + len(after.text.split(None, 1)[0]) + 1 > width * 0.93
    return full or (not TERMINAL.search(line.text) and len(line.text) > 0.6 * width)


def find_paragraphs(text: str) -> list[tuple[int, int]]:
    """The paragraphs as (start, end): runs of lines that belong together, trimmed, in order.

    In a text with a paragraph a line every line is a paragraph; in a hard-wrapped text lines are joined.
    Every character that isn't white space lies in exactly one paragraph. Linear in the length of the text.
    """
    return [(run[0].start, run[-1].end) for run in find_runs(text)]


def find_runs(text: str) -> list[list[Line]]:
    """The lines of each paragraph, in order."""
    lines = find_lines(text)
    width = wrap_width(lines)
    spaced = width is not None and _spaced(text, lines)
    runs: list[list[Line]] = []
    for line in lines:
        if runs and width is not None:
            before = runs[-1][-1]
            if _continues(before, line, width, text[before.end : line.start], spaced):
                runs[-1].append(line)
                continue
        runs.append([line])
    return runs
