"""A page's tree as the lines of text that it shows, in order, each with what its markup says of it.

Nothing is judged here: all lines of the page come out, menus and all, with the marks by which `html_body` tells the
article from the furniture. White space is folded as browsers fold it; no-break blanks, which pages use to indent, count
as blanks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pipeline.read.html_parts import find_parts
from pipeline.read.html_tables import SILENT, TableFacts, cell_span, table_facts, table_rows
from pipeline.read.paragraphs import LIST_MARKER
from pipeline.read.table_rows import TableCell, is_layout, table_lines
from pipeline.read.word_numbering import format_number

# Elements that begin and end a line (HTML Living Standard, 15.3 Flow content).
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_BLANKS = re.compile(r"\s+")
_KEPT_BLANKS = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_ORDERED = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


@dataclass(slots=True)
class PageLine:
    """A line of the page. `linked` is how many of its characters stand in links; `parts` are the parts of a page
    that it stands in by its markup; `tag` is the block element it stands in ("h1", "p", "td"; "row" for a table's)."""

    text: str
    tag: str
    parts: frozenset[str]
    linked: int = 0

    @property
    def is_prose(self) -> bool:
        """Whether it is running text: long enough for a sentence, and not most of it a link."""
        return len(self.text) >= 60 and self.linked < 0.4 * len(self.text)


@dataclass(slots=True)
class PagePart:
    """The lines [start, end) that an element with a part's mark holds. `by` says which mark it was."""

    part: str
    by: str
    start: int
    end: int = 0


@dataclass(slots=True)
class PageLines:
    """All lines of a page in order and the parts that its markup tells."""

    lines: list[PageLine] = field(default_factory=list)
    parts: list[PagePart] = field(default_factory=list)


def read_lines(root: Any) -> PageLines:
    """The lines and parts of the tree. Linear in its size; deep nesting costs no stack."""
    walk = _Walk(table_facts(root), nested=False)
    walk.read(root)
    return walk.page


@dataclass(slots=True)
class _List:
    """An open list: how it counts and how far it has."""

    ordered: bool
    kind: str
    number: int
    step: int


class _Walk:
    """One way through a tree or a cell of a table."""

    def __init__(self, tables: dict[Any, TableFacts], *, nested: bool) -> None:
        self.page = PageLines()
        self._tables = tables
        self._nested = nested
        self._pieces: list[str] = []
        self._linked = 0
        self._links = 0
        self._kept = 0
        self._lists: list[_List] = []
        self._marker = ""
        self._blocks: list[str] = []
        self._marks: list[tuple[frozenset[str], tuple[PagePart, ...], int]] = [(frozenset(), (), 0)]
        self._inline: list[tuple[frozenset[str], int]] = []

    def read(self, root: Any) -> None:
        """Takes in the lines of the element."""
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end"))
        skipped: Any = None
        for event, element in walk:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                if tag in SILENT or not tag:
                    skipped = element
                    walk.skip_subtree()
                elif tag == "table" and not self._nested and self._is_table(element):
                    skipped = element
                    walk.skip_subtree()
                    self._flush()
                    self._table(element)
                else:
                    self._open(element, tag)
                    self._text(element.text)
            else:
                if element is skipped:
                    skipped = None
                else:
                    self._close(element, tag)
                if element is not root:
                    self._text(element.tail)
        self._flush()

    def _is_table(self, element: Any) -> bool:
        facts = self._tables.get(element)
        return facts is not None and element.get("role") != "presentation" and facts.is_data

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if not self._kept:
            text = _BLANKS.sub(" ", text)
        self._pieces.append(text)
        if self._links:
            self._linked += len(text.strip())

    def _open(self, element: Any, tag: str) -> None:
        if tag == "br":
            self._flush()
        elif tag in _BLOCKS:
            self._flush()
            self._blocks.append(tag)
        if tag == "pre" or _KEPT_BLANKS.search(element.get("style", "")):
            self._kept += 1
        if tag == "a" and element.get("href"):
            self._links += 1
        if tag in ("ol", "ul", "menu", "dir"):
            self._lists.append(_open_list(element, tag))
        elif tag == "li":
            self._marker = self._next_marker(element)
        parts, opened = self._marks[-1][0], []
        for part, by in find_parts(element, tag):
            parts |= {part}
            found = PagePart(part, by, len(self.page.lines))
            self.page.parts.append(found)
            opened.append(found)
        self._marks.append((parts, tuple(opened), len(self._pieces)))

    def _close(self, element: Any, tag: str) -> None:
        if tag in _BLOCKS:
            self._flush()
            self._blocks.pop()
        if tag == "pre" or _KEPT_BLANKS.search(element.get("style", "")):
            self._kept -= 1
        if tag == "a" and element.get("href"):
            self._links -= 1
        if tag in ("ol", "ul", "menu", "dir"):
            self._lists.pop()
        elif tag == "li":
            self._marker = ""
        _, opened, since = self._marks.pop()
        if opened and tag not in _BLOCKS and since < len(self._pieces):
            # An inline element's part is the line's where hardly anything else stands in the line.
            covered = len("".join(self._pieces[since:]).strip())
            self._inline.append((frozenset(found.part for found in opened), covered))
        for found in opened:
            found.end = len(self.page.lines)

    def _next_marker(self, element: Any) -> str:
        if not self._lists:
            return "- "
        current = self._lists[-1]
        if not current.ordered:
            return "- "
        value = element.get("value", "")
        if re.fullmatch(r"-?\d{1,6}", value):
            current.number = int(value)
        label = format_number(current.number, current.kind)
        current.number += current.step
        return f"{label}. "

    def _flush(self) -> None:
        text = "".join(self._pieces)
        linked, self._linked = self._linked, 0
        parts = self._marks[-1][0]
        for inline, covered in self._inline:
            if covered >= 0.8 * len(text.strip()):
                parts |= inline
        self._pieces.clear()
        self._inline.clear()
        if not text.strip():
            return
        for piece in text.split("\n") if self._kept else (text,):
            words = piece.strip() if self._kept else _BLANKS.sub(" ", piece).strip()
            if not words:
                continue
            if self._marker and not LIST_MARKER.match(words):
                words = self._marker + words
            self._marker = ""
            tag = self._blocks[-1] if self._blocks else ""
            self.page.lines.append(PageLine(words, tag, parts, min(linked, len(words))))

    def _table(self, table: Any) -> None:
        parts = self._marks[-1][0]
        rows: list[list[TableCell]] = []
        content: list[PageLine] = []
        for caption in table.iterchildren("caption"):
            content.extend(self._cell_lines(caption))
        self._take(content, parts)
        content = []
        for row in table_rows(table):
            cells: list[TableCell] = []
            for cell in row.iterchildren("td", "th"):
                lines = self._cell_lines(cell)
                content.extend(lines)
                words = tuple(line.text for line in lines)
                cells.append(TableCell(words, cell_span(cell, "colspan"), cell_span(cell, "rowspan")))
            rows.append(cells)
        if is_layout(rows):
            self._take(content, parts)
            return
        for text in table_lines(rows):
            self.page.lines.append(PageLine(text, "row", parts))

    def _cell_lines(self, cell: Any) -> list[PageLine]:
        inner = _Walk({}, nested=True)
        inner.read(cell)
        return inner.page.lines

    def _take(self, lines: list[PageLine], parts: frozenset[str]) -> None:
        for line in lines:
            line.parts |= parts
            self.page.lines.append(line)


def _open_list(element: Any, tag: str) -> _List:
    start = element.get("start", "")
    number = int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1
    if element.get("reversed") is not None and not start:
        number = sum(1 for _ in element.iterchildren("li"))
    step = -1 if element.get("reversed") is not None else 1
    return _List(tag == "ol", _ORDERED.get(element.get("type", ""), "decimal"), number, step)
