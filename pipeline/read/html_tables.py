"""The tables of a web page: which are tables of cells, and which lay out the page; their rows and spans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

SILENT = frozenset({
    "script", "style", "noscript", "template", "head", "title", "svg", "canvas", "iframe", "object", "embed",
    "select", "datalist", "textarea", "input", "button", "audio", "video", "map", "math", "noframes", "applet",
})  # fmt: skip
"""Elements whose text isn't shown."""
_PAGE_CELL = 1500
"""Characters beyond which a cell with several paragraphs is a column of the page, and its table no table of cells."""


@dataclass(slots=True)
class TableFacts:
    """What tells a table of cells from one that lays out the page."""

    rows: int = 0
    cells: int = 0
    widest: int = 0
    characters: int = 0
    in_tables: int = 0
    heads: int = 0
    headings: int = 0
    page_cells: int = 0
    most_blocks: int = 0

    @property
    def is_data(self) -> bool:
        if self.widest < 2 or self.in_tables * 2 > self.characters:
            return False
        page = self.page_cells or self.headings or (self.rows <= 2 and self.most_blocks >= 4)
        return bool(self.heads) or not page


def table_facts(root: Any) -> dict[Any, TableFacts]:
    """The facts of every table, gathered in one way through the tree."""
    from lxml import etree

    facts: dict[Any, TableFacts] = {}
    tables: list[TableFacts] = []
    cells: list[list[int]] = []
    rows: list[int] = []
    if root.find(".//table") is None and root.tag != "table":
        return facts
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if event == "start":
            shown = 0 if tag in SILENT else len((element.text or "").strip())
            if cells:
                cells[-1][0] += shown
                tables[-1].characters += shown
                cells[-1][1] += tag == "p" or tag == "div" or tag == "li"
            if tag == "table":
                facts[element] = found = TableFacts()
                tables.append(found)
                rows.append(0)
                cells.append([0, 0])
            elif tables and tag == "tr":
                tables[-1].rows += 1
                rows[-1] = 0
            elif tables and tag in ("td", "th"):
                tables[-1].cells += 1
                tables[-1].heads += tag == "th"
                rows[-1] += 1
                tables[-1].widest = max(tables[-1].widest, rows[-1])
                cells[-1] = [shown, 0]
            elif tables and tag in ("h1", "h2", "article"):
                tables[-1].headings += 1
        else:
            if tables and tag in ("td", "th"):
                tables[-1].page_cells += cells[-1][0] > _PAGE_CELL and cells[-1][1] > 2
                tables[-1].most_blocks = max(tables[-1].most_blocks, cells[-1][1])
            elif tables and tag == "table":
                inner = tables.pop()
                rows.pop()
                cells.pop()
                if tables:
                    cells[-1][0] += inner.characters
                    tables[-1].characters += inner.characters
                    tables[-1].in_tables += inner.characters
            if cells:
                cells[-1][0] += len((element.tail or "").strip())
                tables[-1].characters += len((element.tail or "").strip())
    return facts


def table_rows(table: Any) -> Iterator[Any]:
    for child in table.iterchildren("tr", "thead", "tbody", "tfoot"):
        if child.tag == "tr":
            yield child
        else:
            yield from child.iterchildren("tr")


def cell_span(cell: Any, name: str) -> int:
    value = cell.get(name, "").strip()
    return max(1, int(value)) if value.isdecimal() and len(value) < 5 else 1
