"""Long lists in pages: so many rows, and so many bytes, that a browser opens each at once."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import TypeVar

from markupsafe import escape

PAGE_ROWS = 500
"""The most rows on a page of a list."""
FIRST_PAGE_BYTES = 170_000
"""The most a list may weigh on the index, which holds the first pages of all lists and stays below 1.5 MB."""
PAGE_BYTES = 1_200_000
"""The most a list may weigh on a page of its own."""

# The markup around a row's values and its group's heading, at most.
_MARKUP_BYTES = 1_100

Row = TypeVar("Row")


def paginate(
    rows: Sequence[Row], weigh: Callable[[Row], int], *, most_rows: int = PAGE_ROWS,
    first_bytes: int = FIRST_PAGE_BYTES, page_bytes: int = PAGE_BYTES,
) -> list[Sequence[Row]]:  # fmt: skip
    """The rows in pages, in order; one empty page for no rows. A row heavier than a page has a page to itself."""
    pages: list[Sequence[Row]] = []
    begin = weight = 0
    for number, row in enumerate(rows):
        heavy = weigh(row)
        limit = page_bytes if pages else first_bytes
        if number > begin and (number - begin >= most_rows or weight + heavy > limit):
            pages.append(rows[begin:number])
            begin, weight = number, 0
        weight += heavy
    pages.append(rows[begin:])
    return pages


def weigh_values(*values: object) -> int:
    """How many bytes the values' words take in HTML, with markup; values are dataclasses or words."""
    return _MARKUP_BYTES + sum(_weigh(value) for value in values)


def _weigh(value: object) -> int:
    if isinstance(value, str):
        return len(escape(value).encode("utf-8", "replace"))
    if dataclasses.is_dataclass(value):
        return sum(_weigh(getattr(value, field.name)) for field in dataclasses.fields(value))
    return 0
