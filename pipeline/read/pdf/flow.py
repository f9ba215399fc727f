"""From the pages' contents to paragraphs and tables that go on over page ends, with running lines out of their way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.read.paragraphs import TERMINAL
from pipeline.read.pdf.ruled_tables import Table
from pipeline.read.pdf.wrapping import Line, goes_on, join_lines

_BLANK_PITCH = 1.7
"""A gap of so many times the usual distance, of lines and of paragraphs, is shown as a blank line."""
_PARAGRAPH_PITCH = 1.1
"""Lines further apart than so many times the usual are taken for lines of different paragraphs."""


@dataclass
class Paragraph:
    """Lines that belong together. `apart` says that a blank line is before them."""

    lines: list[Line]
    apart: bool = False

    @property
    def text(self) -> str:
        """The lines as one."""
        return join_lines(line.text for line in self.lines)


@dataclass
class TableRows:
    """A table's rows, those of its next pages behind them."""

    columns: tuple[float, ...]
    rows: list[list[str]]


@dataclass(frozen=True)
class Aside:
    """A line that is no text of the report: a page number, a running head, a watermark, the stamp of a signature."""

    text: str


@dataclass(frozen=True)
class Recognised:
    """The text of a scanned page, line for line."""

    text: str


Part = Paragraph | TableRows | Aside | Recognised


@dataclass
class PageFlow:
    """A page's contents in reading order, and its running lines."""

    parts: Sequence[list[Line] | Table | Recognised]
    heads: list[str] = field(default_factory=list)
    feet: list[str] = field(default_factory=list)
    asides: list[str] = field(default_factory=list)


class Flow:
    """The report's parts so far. What runs over a page's end takes the running lines there behind it."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.repeated_heads = 0
        self._waiting: list[Aside] = []

    def add(self, page: PageFlow) -> None:
        """Takes the next page."""
        self._waiting += [Aside(text) for text in page.heads]
        for i, part in enumerate(page.parts):
            if isinstance(part, Table):
                self._add_table(part, first=i == 0)
            elif isinstance(part, Recognised):
                self._release()
                self.parts.append(part)
            else:
                self._add_lines(part, first=i == 0)
        if not page.parts:
            self._release()
        self._waiting += [Aside(text) for text in page.feet + page.asides]

    def end(self) -> list[Part]:
        """All parts in order."""
        self._release()
        return self.parts

    def _release(self) -> None:
        self.parts += self._waiting
        self._waiting = []

    def _add_lines(self, lines: Sequence[Line], *, first: bool) -> None:
        before: Line | None = None
        wide = _wide_gap(lines)
        for line in lines:
            last = self.parts[-1] if self.parts else None
            if isinstance(last, Paragraph):
                end = last.lines[-1]
                over_page = first and before is None
                if (before is end or over_page) and goes_on(last.lines[0], end, line, same_page=not over_page):
                    last.lines.append(line)
                    before = line
                    continue
            self._release()
            apart = before is not None and before.base - line.base > wide
            self.parts.append(Paragraph([line], apart))
            before = line

    def _add_table(self, table: Table, *, first: bool) -> None:
        last = self.parts[-1] if self.parts else None
        if not (first and isinstance(last, TableRows) and _same_columns(last.columns, table.columns)):
            self._release()
            self.parts.append(TableRows(table.columns, [list(row) for row in table.rows]))
            return
        rows = table.rows
        while rows and rows[0] == last.rows[len(table.rows) - len(rows)] and len(table.rows) - len(rows) < 3:
            rows = rows[1:]
            self.repeated_heads += 1
            if len(table.rows) - len(rows) >= len(last.rows):
                break
        if rows and _row_goes_on(last.rows[-1], rows[0]):
            last.rows[-1] = [join_lines(pair) for pair in zip(last.rows[-1], rows[0], strict=True)]
            rows = rows[1:]
        last.rows += [list(row) for row in rows]


def _wide_gap(lines: Sequence[Line]) -> float:
    """The least distance of lines of a column that is shown as a blank line: wider than usual between paragraphs."""
    pitch = lines[0].pitch
    parting = sorted(a.base - b.base for a, b in pairwise(lines) if a.base - b.base > _PARAGRAPH_PITCH * pitch)
    usual = parting[len(parting) // 2] if parting else 0.0
    return max(_BLANK_PITCH * pitch, _BLANK_PITCH * usual if len(parting) > 3 else 0.0)


def _same_columns(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether both have the same columns, wherever the table stands on its page."""
    if len(one) != len(other):
        return False
    shift = other[0] - one[0]
    return all(abs(b - a - shift) <= 6 for a, b in zip(one, other, strict=True))


def _row_goes_on(row: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a page's first row is the rest of the last page's last row.

    So where its first cell (the row's number) is empty but the last row's isn't, and some cell breaks off without a
    sentence's end, or goes on in lower case.
    """
    if not row[0] or after[0]:
        return False
    pairs = [(a, b) for a, b in zip(row, after, strict=True) if b]
    return any(a and (b[0].islower() or not TERMINAL.search(a)) for a, b in pairs) or not any(a for a, _ in pairs)
