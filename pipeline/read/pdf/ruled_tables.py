"""Tables drawn with rules: the grid of their cells, and the text in each.

Not handled: tables whose rows no rule parts, and cells that aren't rectangles.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.read.pdf.drawings import Rule
from pipeline.read.pdf.letters import Glyph
from pipeline.read.pdf.lines import find_pieces, find_rows
from pipeline.read.pdf.wrapping import join_lines

_NEAR = 3.0
"""Rules that lie as near as so many points are one."""
_COVERED = 0.6
"""The share of a cell's side that must be drawn."""
_RULES_MAX = 600
"""Beyond so many rules (after those in line are joined) a page shows a drawing, no table."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table's rows of cells, all rows of one length; a cell over several columns or rows is told in its first, the
    others are empty. `columns` are the places across the page of the rules between and beside the columns."""

    top: float
    bottom: float
    columns: tuple[float, ...]
    rows: list[list[str]]


def find_tables(rules: Sequence[Rule], glyphs: Sequence[Glyph]) -> tuple[list[Table], list[Glyph]]:
    """The page's tables of two columns or more from the top down, and the glyphs that lie in none."""
    across = _joined([rule for rule in rules if rule.y0 == rule.y1])
    down = [_turn(rule) for rule in _joined([_turn(rule) for rule in rules if rule.y0 != rule.y1])]
    if len(across) + len(down) > _RULES_MAX:
        return [], list(glyphs)
    tables = []
    rest = list(glyphs)
    for group in _touching(across, down):
        grid = _Grid(group)
        if len(grid.columns) < 3 or len(grid.rows) < 2:
            continue
        inside = [glyph for glyph in rest if grid.holds(glyph)]
        rows = grid.read(inside)
        if sum(any(row) for row in rows) and max(sum(map(bool, row)) for row in rows) > 1:
            tables.append(Table(grid.rows[-1], grid.rows[0], tuple(grid.columns), rows))
            rest = [glyph for glyph in rest if not grid.holds(glyph)]
    return sorted(tables, key=lambda table: -table.top), rest


def _turn(rule: Rule) -> Rule:
    return Rule(rule.y0, rule.x0, rule.y1, rule.x1)


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """Rules across, those in line with each other joined."""
    lines: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.y0):
        if lines and rule.y0 - lines[-1][0].y0 <= 1.5:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    joined: list[Rule] = []
    for line in lines:
        y = line[0].y0
        line.sort(key=lambda rule: rule.x0)
        start, end = line[0].x0, line[0].x1
        for rule in line[1:]:
            if rule.x0 > end + _NEAR:
                joined.append(Rule(start, y, end, y))
                start = rule.x0
                end = rule.x1
            end = max(end, rule.x1)
        joined.append(Rule(start, y, end, y))
    return joined


def _touching(across: Sequence[Rule], down: Sequence[Rule]) -> list[list[Rule]]:
    """Groups of rules that hang together."""
    rules = [*across, *down]
    group = list(range(len(rules)))

    def root(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    for i, h in enumerate(across):
        for j, v in enumerate(down, len(across)):
            if h.x0 - _NEAR <= v.x0 <= h.x1 + _NEAR and v.y0 - _NEAR <= h.y0 <= v.y1 + _NEAR:
                group[root(i)] = root(j)
    groups: dict[int, list[Rule]] = {}
    for i, rule in enumerate(rules):
        groups.setdefault(root(i), []).append(rule)
    return [members for members in groups.values() if len(members) > 3]


def _distinct(values: Sequence[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _NEAR:
            kept.append(value)
    return kept


class _Grid:
    """The slots between the rules of one table; slots that no rule parts are one cell."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._across = [rule for rule in rules if rule.y0 == rule.y1]
        self._down = [rule for rule in rules if rule.y0 != rule.y1]
        self.columns = _distinct([rule.x0 for rule in self._down])
        self.rows = _distinct([rule.y0 for rule in self._across])
        self._cell: dict[tuple[int, int], tuple[int, int]] = {}
        for row in reversed(range(len(self.rows) - 1)):
            for column in range(len(self.columns) - 1):
                if column and not self._parted_across(row, column):
                    self._cell[row, column] = self._cell[row, column - 1]
                elif row < len(self.rows) - 2 and not self._parted_down(row, column):
                    self._cell[row, column] = self._cell[row + 1, column]
                else:
                    self._cell[row, column] = row, column

    def _parted_across(self, row: int, column: int) -> bool:
        """Whether a rule stands at the left of the slot."""
        x, low, high = self.columns[column], self.rows[row], self.rows[row + 1]
        drawn = sum(
            max(0.0, min(high, rule.y1) - max(low, rule.y0)) for rule in self._down if abs(rule.x0 - x) <= _NEAR
        )
        return drawn >= _COVERED * (high - low)

    def _parted_down(self, row: int, column: int) -> bool:
        """Whether a rule lies above the slot."""
        y, left, right = self.rows[row + 1], self.columns[column], self.columns[column + 1]
        drawn = sum(
            max(0.0, min(right, rule.x1) - max(left, rule.x0)) for rule in self._across if abs(rule.y0 - y) <= _NEAR
        )
        return drawn >= _COVERED * (right - left)

    def _slot(self, glyph: Glyph) -> tuple[int, int]:
        x, y = (glyph.left + glyph.right) / 2, glyph.base + 0.25 * glyph.size
        return bisect_right(self.rows, y) - 1, bisect_right(self.columns, x) - 1

    def holds(self, glyph: Glyph) -> bool:
        """Whether the glyph stands within the table."""
        return self._slot(glyph) in self._cell

    def read(self, glyphs: Sequence[Glyph]) -> list[list[str]]:
        """The cells' texts, rows from the top down; rows without text are left out."""
        held: dict[tuple[int, int], list[Glyph]] = {}
        for glyph in glyphs:
            held.setdefault(self._cell[self._slot(glyph)], []).append(glyph)
        texts = {cell: _cell_text(inside) for cell, inside in held.items()}
        rows = [
            [texts.get((row, column), "") for column in range(len(self.columns) - 1)]
            for row in reversed(range(len(self.rows) - 1))
        ]
        return [row for row in rows if any(row)]


def _cell_text(glyphs: Sequence[Glyph]) -> str:
    rows = find_rows(find_pieces(glyphs))
    return join_lines(" ".join(piece.text for piece in row) for row in rows)
