"""Page numbers, and the heads and feet that run over the pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.read.pdf.lines import Row

_NUMBER = re.compile(
    r"(?:(?:trang|page|tr\.?)\s*)?[-–—.\s]*(?P<number>\d{1,4})[-–—.\s]*(?:(?:/|of|trên)\s*\d{1,4})?", re.IGNORECASE
)
_LINES = 3
"""So many lines at the page's head and foot may be running."""
_MARGIN = 0.15
"""The share of the page's height at its head and foot in which a page number stands."""
_SAME_PLACE = 4.0


class PageRows(NamedTuple):
    """A page's rows from the top down, and its lower and upper edge."""

    rows: list[Row]
    bottom: float
    top: float


def find_running(pages: Sequence[PageRows]) -> list[set[int]]:
    """For each page the indices of its rows that are no text of the report but running lines.

    A line is running where it repeats, but for its figures, at the same place on three pages or more, or on both of
    two; a bare number at a page's edge where it counts the pages.
    """
    found: list[set[int]] = [set() for _ in pages]
    numbers = [_numbers(page) for page in pages]
    offsets = Counter(number - i for i, rows in enumerate(numbers) for number in set(rows.values()))
    if offsets:
        offset, times = max(offsets.items(), key=lambda pair: (pair[1], pair[0] == 1))
        for i, rows in enumerate(numbers):
            if times > 1 or offset == 1:
                found[i] |= {row for row, number in rows.items() if number - i == offset}
    places: dict[str, list[tuple[int, int, float]]] = {}
    for i, page in enumerate(pages):
        for row in _edge_rows(page):
            text = re.sub(r"\d+", "#", _text(page.rows[row]))
            places.setdefault(text, []).append((i, row, page.rows[row][0].base))
    for lines in places.values():
        for i, row, base in lines:
            others = {j for j, _, other in lines if abs(other - base) <= _SAME_PLACE}
            repeated = len(others) >= 3 or (len(pages) == 2 and len(others) == 2)
            if repeated and _is_marginal(pages[i], base):
                found[i].add(row)
    return [_from_the_edges(page, rows) for page, rows in zip(pages, found, strict=True)]


def _text(row: Row) -> str:
    return " ".join(piece.text for piece in row)


def _edge_rows(page: PageRows) -> list[int]:
    count = len(page.rows)
    return sorted({*range(min(_LINES, count)), *range(max(0, count - _LINES), count)})


def _is_marginal(page: PageRows, base: float) -> bool:
    height = page.top - page.bottom
    return base > page.top - _MARGIN * height or base < page.bottom + _MARGIN * height


def _numbers(page: PageRows) -> dict[int, int]:
    """The bare numbers at the page's edges, by row."""
    numbers = {}
    for row in _edge_rows(page):
        match = _NUMBER.fullmatch(_text(page.rows[row]))
        if match is not None and _is_marginal(page, page.rows[row][0].base):
            numbers[row] = int(match["number"])
    return numbers


def _from_the_edges(page: PageRows, rows: set[int]) -> set[int]:
    """Of the rows those between which and the page's edge only others of them stand."""
    kept: set[int] = set()
    for order in (range(len(page.rows)), reversed(range(len(page.rows)))):
        for row in order:
            if row not in rows:
                break
            kept.add(row)
    return kept
