"""The order in which the rows of a page are read: columns one after the other, else row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from pipeline.read.pdf.lines import Piece, Row
from pipeline.read.pdf.wrapping import Line

_GUTTER_MIN = 0.6
"""A gutter is as wide as so many sizes at least."""
_ONE_ROW_GUTTER_MIN = 4.0
"""Pieces of a row that stands alone are columns only where so many sizes part them: a justified line has wide gaps."""
_ROWS_THAT_TELL = 8
"""From so many lines it shows where the lines of a page end."""

Gutter = tuple[float, float]


@dataclass
class _Zone:
    """Rows one below the other that the same gutters part."""

    rows: list[Row]
    gutters: list[Gutter] = field(default_factory=list)


class Run(NamedTuple):
    """Lines read one after the other: a column, or the rows between columns. `top` is where its part of the page
    begins, which columns side by side share."""

    top: float
    lines: list[Line]


def find_right_edge(rows: Sequence[Row]) -> float | None:
    """Where the lines of a page end; None for one of too few rows to tell."""
    return _edges([piece for row in rows for piece in row])[1] if len(rows) >= _ROWS_THAT_TELL else None


def read_columns(rows: Sequence[Row], tables: Sequence[float] = (), right: float | None = None) -> list[Run]:
    """The page's lines in reading order. No run goes over the tops of `tables`, which run from edge to edge. `right` is
    where the lines of pages like this one end: a last page may hold nothing but a signature's short lines."""
    zones = _zones(rows, tables)
    flowing = [piece for zone in zones if not zone.gutters for row in zone.rows for piece in row]
    edges = _edges(flowing) if flowing else None
    if edges is not None and right is not None and len(flowing) < _ROWS_THAT_TELL:
        edges = edges[0], max(edges[1], right)
    runs = []
    for zone in zones:
        top = zone.rows[0][0].base
        if not zone.gutters and edges is not None:
            runs.append(Run(top, _lines(zone.rows, *edges)))
            continue
        for column in _split(zone):
            pieces = [piece for row in column for piece in row]
            runs.append(Run(top, _lines(column, *_edges(pieces))))
    return runs


def _zones(rows: Sequence[Row], tables: Sequence[float]) -> list[_Zone]:
    zones: list[_Zone] = []
    for row in rows:
        last = zones[-1] if zones else None
        if last is not None and _parted(last.rows[-1], row, tables):
            last = None
        if last is not None and last.gutters:
            gutters = surviving(last.gutters, row)
            if gutters and _near(last.rows[-1], row):
                last.rows.append(row)
                last.gutters = gutters
                continue
        free = gaps(row)
        if last is not None and not last.gutters and not free:
            last.rows.append(row)
        else:
            zones.append(_Zone([row], free))
    for zone in zones:
        if sum(len(row) > 1 for row in zone.rows) < 2:
            narrowest = _ONE_ROW_GUTTER_MIN * zone.rows[0][0].size
            zone.gutters = [(left, right) for left, right in zone.gutters if right - left >= narrowest]
    merged: list[_Zone] = []
    for zone in zones:
        before = merged[-1] if merged and not merged[-1].gutters and not zone.gutters else None
        if before is not None and not _parted(before.rows[-1], zone.rows[0], tables):
            merged[-1].rows += zone.rows
        else:
            merged.append(zone)
    return merged


def _parted(above: Row, row: Row, tables: Sequence[float]) -> bool:
    return any(row[0].base <= top <= above[0].base for top in tables)


def _near(above: Row, row: Row) -> bool:
    """Whether a row is near enough to belong to the columns above it, unless it has columns of its own."""
    return len(row) > 1 or above[0].base - row[0].base < 6 * max(above[0].size, row[0].size)


def gaps(row: Row) -> list[Gutter]:
    """What lies free between the row's pieces."""
    return [(a.right, b.left) for a, b in pairwise(row) if b.left - a.right >= _GUTTER_MIN * min(a.size, b.size)]


def surviving(gutters: Sequence[Gutter], row: Row) -> list[Gutter]:
    """What the row's pieces leave free of the gutters."""
    narrowest = _GUTTER_MIN * min(piece.size for piece in row)
    free = list(gutters)
    for piece in row:
        parts = []
        for left, right in free:
            if piece.right <= left or piece.left >= right:
                parts.append((left, right))
            elif (piece.left + piece.right) / 2 < (left + right) / 2:
                parts.append((piece.right, right))
            else:
                parts.append((left, piece.left))
        free = [(left, right) for left, right in parts if right - left >= narrowest]
    return free


def _split(zone: _Zone) -> list[list[Row]]:
    borders = [(left + right) / 2 for left, right in zone.gutters]
    columns: list[list[Row]] = [[] for _ in range(len(borders) + 1)]
    for row in zone.rows:
        parts: dict[int, Row] = {}
        for piece in row:
            middle = (piece.left + piece.right) / 2
            parts.setdefault(sum(middle > border for border in borders), []).append(piece)
        for column, part in parts.items():
            columns[column].append(part)
    return [column for column in columns if column]


def _edges(pieces: Sequence[Piece]) -> tuple[float, float]:
    """Where lines begin and end: at the right the furthest place where three of many lines end, past which single ones
    may stand out (an address that can't be broken)."""
    left = min(piece.left for piece in pieces)
    ends = sorted((piece.right for piece in pieces), reverse=True)
    near = 0.01 * (ends[0] - left)
    if len(ends) >= _ROWS_THAT_TELL:
        return left, next((end for end, third in zip(ends, ends[2:], strict=False) if end - third <= near), ends[0])
    return left, ends[0]


def _lines(rows: Sequence[Row], left: float, right: float) -> list[Line]:
    distances = [a[0].base - b[0].base for a, b in pairwise(rows)]
    # Of many short paragraphs most distances are between paragraphs: the usual line stands closer.
    pitch = sorted(distances)[len(distances) // 4] if distances else 0.0
    return [
        Line(tuple(word for piece in row for word in piece.words), row[0].base, row[0].size, left, right, pitch)
        for row in rows
    ]
