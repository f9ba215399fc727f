"""Tables without rules: columns under a head that begins with "TT", rows by the running numbers of the first column.

A number stands at the top of its row or at its middle; the rows' borders are put where the numbers fit one of the two
and the words fit the borders. Not handled: tables without running numbers, and heads of several lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.read.paragraphs import LIST_MARKER
from pipeline.read.pdf.columns import Gutter, gaps, surviving
from pipeline.read.pdf.lines import Row
from pipeline.read.pdf.ruled_tables import Table
from pipeline.read.pdf.wrapping import join_lines

_HEAD = re.compile(r"(?:s?tt|số tt)\.?", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,3})[.)]?")
_FAR = 3.5
"""Rows further apart than so many sizes are no table."""
_LINES_MAX = 60
"""A table's row has so many lines at most."""


def find_aligned_tables(rows: Sequence[Row]) -> tuple[list[Table], list[Row]]:
    """The page's tables of three columns or more, and the rows outside them."""
    tables: list[Table] = []
    rest: list[Row] = []
    at = 0
    while at < len(rows):
        head = rows[at]
        end, gutters = at + 1, gaps(head)
        if len(head) > 2 and len(gutters) == len(head) - 1 and _HEAD.fullmatch(head[0].text):
            end, gutters = _extent(rows, at, gutters)
        table = _read(rows[at:end], gutters) if end > at + 1 else None
        if table is None:
            rest.append(head)
            at += 1
        else:
            tables.append(table)
            at = end
    return tables, rest


def _extent(rows: Sequence[Row], at: int, gutters: list[Gutter]) -> tuple[int, list[Gutter]]:
    """Where the rows end that leave all gutters free, and the gutters."""
    end = at + 1
    while end < len(rows):
        above, row = rows[end - 1][0], rows[end]
        left = surviving(gutters, row)
        if len(left) < len(gutters) or above.base - row[0].base > _FAR * above.size:
            break
        gutters = left
        end += 1
    return end, gutters


def _read(rows: Sequence[Row], gutters: Sequence[Gutter]) -> Table | None:
    borders = [(left + right) / 2 for left, right in gutters]
    lines = [_cells(row, borders) for row in rows[1:]]
    numbered = [i for i, cells in enumerate(lines) if _NUMBER.fullmatch(cells[0])]
    counted = [int(cells[0].rstrip(".)")) for cells in (lines[i] for i in numbered)]
    if len(counted) < 2 or any(b != a + 1 for a, b in pairwise(counted)):
        return None
    if any(cells[0] and not _NUMBER.fullmatch(cells[0]) for cells in lines):
        return None
    starts = _starts(lines, [row[0].base for row in rows[1:]], numbered)
    if starts is None:
        return None
    table = [[piece.text for piece in rows[0]]]
    for start, end in pairwise([*starts, len(lines)]):
        table.append([join_lines(cell for cell in column if cell) for column in zip(*lines[start:end], strict=True)])
    edges = (rows[0][0].left, *borders, rows[0][-1].right)
    return Table(rows[0][0].base, rows[-1][0].base, edges, table)


def _cells(row: Row, borders: Sequence[float]) -> list[str]:
    cells = [""] * (len(borders) + 1)
    for piece in row:
        column = sum((piece.left + piece.right) / 2 > border for border in borders)
        cells[column] = f"{cells[column]} {piece.text}".strip()
    return cells


def _starts(lines: Sequence[list[str]], bases: Sequence[float], numbered: Sequence[int]) -> list[int] | None:
    """The first line of each row: where the numbers stand, or so that they stand in their rows' middles."""
    if max(b - a for a, b in pairwise([0, *numbered, len(lines)])) > _LINES_MAX:
        return None
    pitch = max(0.1, min((a - b for a, b in pairwise(bases)), default=1.0))
    middle = _centred_starts(lines, bases, numbered, pitch)
    if numbered[0] != 0:
        return middle[1]
    top = sum(_misfit(lines, start) for start in numbered[1:])
    return list(numbered) if top <= middle[0] else middle[1]


def _centred_starts(
    lines: Sequence[list[str]], bases: Sequence[float], numbered: Sequence[int], pitch: float
) -> tuple[float, list[int]]:
    """The rows' first lines at the least cost, and that cost: how far the numbers stand from their rows' middles, in
    lines, and how ill the words fit the borders."""
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [0])}
    for k, number in enumerate(numbered):
        last = k == len(numbered) - 1
        after: dict[int, tuple[float, list[int]]] = {}
        for end in [len(lines)] if last else range(number + 1, numbered[k + 1] + 1):
            misfit = 0.0 if last else _misfit(lines, end)
            for start, (cost, starts) in best.items():
                off = abs((bases[start] + bases[end - 1]) / 2 - bases[number]) / pitch
                total = cost + misfit + off
                if end not in after or total < after[end][0]:
                    after[end] = total, starts if last else [*starts, end]
        best = after
    return best[len(lines)]


def _misfit(lines: Sequence[list[str]], start: int) -> float:
    """How ill a row begins at that line: cells that go on in lower case, cells cut before a list's next item."""
    cost = 0.0
    above, cells = lines[start - 1], lines[start]
    for before, cell in zip(above, cells, strict=True):
        if cell and cell[0].islower() and not LIST_MARKER.match(cell):
            cost += 2.0
        if before and cell and before[-1] in ",;" and not cell[0].isdigit():
            cost += 1.0
    return cost
