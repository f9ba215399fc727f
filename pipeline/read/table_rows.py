"""Tables of a file as lines of text: each row one line of cells between bars, as Markdown lays them out.

Merged cells are laid out so that every row has all columns: a cell merged over columns stands in the first of them, a
short one merged over rows stands in each of them, for a lead named once beside three tasks leads all three.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

COLUMNS_MAX = 63
"""More columns than Word allows in a table: a wider span is no layout but a mistake or an attack."""
_REPEATED_MAX = 200
"""Characters of a cell that is written again in each row it is merged over; a longer one stands in the first."""
_REPEATED_ALL = 200_000
"""Characters that all cells of a table are written again with: a table with more is no table anybody wrote."""


class TableCell(NamedTuple):
    """A cell as its file has it: its lines (paragraphs and line breaks), and how many columns and rows it covers."""

    lines: tuple[str, ...]
    columns: int = 1
    rows: int = 1

    @property
    def text(self) -> str:
        """All its lines as one."""
        return " ".join(self.lines)


def cell_text(text: str) -> str:
    """The text of a cell as it stands between bars: blanks and line breaks folded, a bar of its own escaped (`\\|`)."""
    return re.sub(r"\s+", " ", text).strip().replace("|", "\\|")


def table_lines(rows: Sequence[Sequence[TableCell]]) -> Iterator[str]:
    """The rows as lines `| cell | cell |`, all with the same number of cells. A row without words gives no line."""
    width = min(max((sum(cell.columns for cell in row) for row in rows), default=0), COLUMNS_MAX)
    pending: dict[int, tuple[int, str]] = {}
    repeated = 0
    for row in rows:
        if repeated > _REPEATED_ALL:
            pending.clear()
        repeated += sum(len(text) for _, text in pending.values())
        cells = _with_merged(row, width, pending)
        if any(cells):
            yield "| " + " | ".join(cells) + " |"


def _with_merged(row: Sequence[TableCell], width: int, pending: dict[int, tuple[int, str]]) -> list[str]:
    """One row's cells in their columns; `pending` says by column how many rows a cell above still covers."""
    cells: list[str] = []

    def from_above() -> None:
        while len(cells) in pending:
            at = len(cells)
            left, text = pending.pop(at)
            cells.append(text)
            if left > 1:
                carried[at] = (left - 1, text)

    carried: dict[int, tuple[int, str]] = {}
    for cell in row:
        from_above()
        text = cell_text(cell.text)
        again = text if len(text) <= _REPEATED_MAX else ""
        span = max(1, min(cell.columns, width - len(cells)))
        for offset in range(span):
            if cell.rows > 1 and len(cells) < COLUMNS_MAX:
                carried[len(cells)] = (cell.rows - 1, "" if offset else again)
            cells.append("" if offset else text)
    from_above()
    while len(cells) < width:
        from_above()
        if len(cells) < width:
            cells.append("")
    pending.clear()
    pending.update(carried)
    return cells


def is_layout(rows: Sequence[Sequence[TableCell]]) -> bool:
    """Whether a table only sets text side by side: one column, or the head or foot of an official document.

    Such a table is read cell by cell, each line of a cell a line of the text, as one would type it.
    """
    width = max((sum(cell.columns for cell in row) for row in rows), default=0)
    if width <= 1:
        return True
    if width > 3 or len(rows) > 8:
        return False
    return any(_SIDE_BY_SIDE.match(line) for row in rows for cell in row for line in cell.lines)


# The motto of state or Party, the recipients and the authority of a signature: Nghị định 30/2020/NĐ-CP, Phụ lục I,
# sets them in two columns, and Word users do so with a table without borders.
_SIDE_BY_SIDE = re.compile(
    r"\W*(?:cộng (?:hòa|hoà) xã hội chủ nghĩa việt nam|đảng cộng sản việt nam|độc lập\s*[-–]\s*tự do|nơi nhận\s*:?\W*$|"
    r"nơi nhận\s*:|(?:tm|kt|tl|tuq|q|t/m|k/t)\.\s*\w)",
    re.IGNORECASE,
)
