"""The table: for each text and day counted from, exactly the expressions expected. 100 % must hold.

A row is `text | start | end | recurrence`; one date alone is start and end, "-" is null, several expressions stand in
the second cell as `start..end; start..end` or `day; day`, and a text alone gives nothing.
"""

import datetime
from pathlib import Path

import pytest

from pipeline.dates import read_dates

TABLE = Path(__file__).parent / "table"


def rows() -> list[tuple[str, int, str, list[str]]]:
    """(file name, line number, day counted from, cells) of every row; malformed rows raise."""
    found = []
    for path in sorted(TABLE.glob("*.txt")):
        on = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith("@ "):
                on = datetime.date.fromisoformat(line[2:].strip()).isoformat()
            elif line.strip() and not line.startswith("#"):
                cells = [cell.strip() for cell in line.split(" | ")]
                if not on or len(cells) > 4:
                    raise ValueError(f"{path.name}:{number}: no day counted from, or too many cells")
                found.append((path.stem, number, on, cells))
    return found


ROWS = rows()


def _value(cell: str) -> str | None:
    return None if cell == "-" else cell if cell.isalpha() else datetime.date.fromisoformat(cell).isoformat()


@pytest.mark.parametrize(("on", "cells"), [pytest.param(on, cells, id=f"{f}:{n}") for f, n, on, cells in ROWS])
def test_row(on: str, cells: list[str]) -> None:
    found = read_dates(cells[0], datetime.date.fromisoformat(on))
    got = [(one.start, one.end, one.recurrence) for one in found]
    if len(cells) == 1:
        assert got == [], found
        return
    if ";" in cells[1]:
        pairs = [one.strip().partition("..") for one in cells[1].split(";")]
        assert got == [(_value(first), _value(last or first), None) for first, _, last in pairs], found
        return
    start = _value(cells[1])
    end = _value(cells[2]) if len(cells) > 2 else start
    assert got == [(start, end, cells[3] if len(cells) > 3 else None)], found


def test_the_table_is_large_and_has_no_row_twice() -> None:
    texts = [(on, cells[0]) for _, _, on, cells in ROWS]
    assert len(texts) == len(set(texts)) >= 600
    assert sum(len(cells) == 1 for _, _, _, cells in ROWS) >= 150
