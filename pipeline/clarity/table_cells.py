"""The cells of a task's row in a table of tasks: "Sản phẩm", "Cấp trình" beside the work."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

import msgspec

from pipeline import lexicon
from pipeline.clarity.evidence import Words
from pipeline.extraction.vocabulary import any_of

_LINES_UP = 200
"""How many rows above its own a row's head may stand."""

Column = Literal["product", "authority", "effect", "responsibility"]


class ColumnWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `lexicon/clarity/columns.toml`: the words of each column's head."""

    product: list[str]
    authority: list[str]
    effect: list[str]
    responsibility: list[str]


@cache
def _columns() -> dict[Column, re.Pattern[str]]:
    words = lexicon.read_entries("clarity/columns.toml", ColumnWords)
    named: dict[Column, list[str]] = {
        "product": words.product, "authority": words.authority, "effect": words.effect,
        "responsibility": words.responsibility,
    }  # fmt: skip
    return {name: re.compile(any_of(heads), re.IGNORECASE) for name, heads in named.items()}


def find_cells(words: Words, start: int) -> dict[Column, tuple[int, int]]:
    """The cells of the row in which a task begins at `start`, by what their column's head says they hold; of the column
    of who leads the head.

    Cells are parted by bars or tabs. Empty where the place is in no table, or no head above names such a column.
    """
    row = _line(words.text, start)
    cells = _cells(words.text, *row)
    if len(cells) < 3:
        return {}
    at = row[0]
    for _ in range(_LINES_UP):
        if at == 0:
            break
        line = _line(words.text, at - 1)
        above = _cells(words.text, *line)
        if len(above) < 3:
            break
        named = {
            name: i
            for name, pattern in _columns().items()
            for i, (left, right) in enumerate(above)
            if right - left <= 60 and pattern.search(words.form, left, right)
        }
        if named and len(above) == len(cells) and all(right - left <= 60 for left, right in above):
            filled = {name: i for name, i in named.items() if re.search(r"\w", words.text[slice(*cells[i])])}
            return {name: above[i] if name == "responsibility" else cells[i] for name, i in filled.items()}
        at = line[0]
    return {}


def _line(text: str, at: int) -> tuple[int, int]:
    """The bounds of the line with the place."""
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The bounds of the line's trimmed cells; none where nothing parts it."""
    line = text[start:end]
    if "|" not in line and "\t" not in line:
        return []
    left = start + len(line) - len(line.lstrip(" |")) if line.lstrip().startswith("|") else start
    right = start + len(line.rstrip(" |")) if line.rstrip().endswith("|") else end
    cells: list[tuple[int, int]] = []
    for piece in re.finditer(r"[^|\t]*(?:[|\t]|$)", text[:right][left:] if right > left else ""):
        inside = piece.group().rstrip("|\t")
        if not piece.group() and cells:
            continue
        at = left + piece.start() + len(inside) - len(inside.lstrip())
        cells.append((at, max(at, left + piece.start() + len(inside.rstrip()))))
    return cells
