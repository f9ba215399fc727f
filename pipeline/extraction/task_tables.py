"""Tables of tasks laid out in text: each row is a task, its lead, coordinating and deadline cells beside it.

"TT | Nội dung công việc | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn" names the columns; the rows behind it are
read by them. Cells are parted by bars or tabs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import msgspec

from pipeline import lexicon
from pipeline.extraction.page import Page
from pipeline.extraction.vocabulary import any_of

# The number of a row that only names the group of tasks below it: "I", "A."; such a row has its other cells empty.
_GROUP = re.compile(r"(?:[IVX]+|[A-ZĐ])?[.)]?")
_CELL = re.compile(r"(?:\\\||[^|\t])*")


class TableWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `lexicon/task_tables.toml`: the words of each column's head."""

    coordinating: list[str]
    lead: list[str]
    deadline: list[str]
    work: list[str]


@cache
def _columns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    words = lexicon.read_entries("task_tables.toml", TableWords)
    return tuple((name, re.compile(any_of(heads))) for name, heads in msgspec.structs.asdict(words).items())


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell's trimmed text, [start, end)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table of tasks by its columns; a column that the table lacks or leaves empty is None."""

    work: Cell
    lead: Cell | None
    coordinating: Cell | None
    deadline: Cell | None

    @property
    def span(self) -> tuple[int, int]:
        """From the work's cell to the end of the last cell that is read."""
        cells = (self.work, self.lead, self.coordinating, self.deadline)
        return self.work.start, max(cell.end for cell in cells if cell is not None)


def find_task_rows(page: Page) -> list[Row]:
    """The rows of all tables of tasks in a report, in order.

    A table without a head that names work and lead gives none. Not handled: cells over several lines.
    """
    rows: list[Row] = []
    columns: dict[str, int] | None = None
    for start, end in _lines(page):
        cells = _cells(page, start, end)
        if len(cells) < 3:
            columns = None if page.flat[start:end].strip(" |-") else columns
            continue
        head = _head(page, cells)
        if head is not None:
            columns = head
            continue
        if columns is not None:
            row = _row(page, cells, columns)
            if row is not None:
                rows.append(row)
    return rows


def _lines(page: Page) -> Iterator[tuple[int, int]]:
    at = 0
    for line in page.text.split("\n"):
        if line.strip():
            yield at, at + len(line)
        at += len(line) + 1


def _cells(page: Page, start: int, end: int) -> list[Cell]:
    line = page.text[start:end]
    if "|" not in line and "\t" not in line:
        return []
    # The bar at a line's head opens the first cell, which may be empty; a bar behind a backslash stands in its cell.
    first = start + (line.index("|") + 1 if line.lstrip().startswith("|") else 0)
    found = []
    for match in _CELL.finditer(page.text, first, end):
        if match.end() == match.start() and (match.start() == first or page.text[match.start() - 1] not in "|\t"):
            continue
        piece = match.group()
        left = match.start() + len(piece) - len(piece.lstrip())
        found.append(Cell(left, max(left, match.start() + len(piece.rstrip()))))
    return found


def _head(page: Page, cells: list[Cell]) -> dict[str, int] | None:
    columns: dict[str, int] = {}
    for i, cell in enumerate(cells):
        words = page.key[cell.start : cell.end]
        if len(words) > 60:
            return None
        for name, pattern in _columns():
            if name not in columns and pattern.search(words):
                columns[name] = i
                break
    return columns if "work" in columns and "lead" in columns else None


def _row(page: Page, cells: list[Cell], columns: dict[str, int]) -> Row | None:
    def cell(name: str) -> Cell | None:
        i = columns.get(name)
        found = cells[i] if i is not None and i < len(cells) else None
        return found if found is not None and re.search(r"\w", page.text[found.start : found.end]) else None

    work = cell("work")
    if work is None or work.end - work.start < 8 or re.fullmatch(r"[-=:\s]+", page.text[work.start : work.end]):
        return None
    row = Row(work, cell("lead"), cell("coordinating"), cell("deadline"))
    number = page.text[cells[0].start : cells[0].end] if columns["work"] else "1"
    if row.span[1] == work.end and _GROUP.fullmatch(number):
        return None
    return row
