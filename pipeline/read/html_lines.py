"""A page's tree as the lines of text that it shows, in order, each with what its markup says of it.

Nothing is judged here: all lines of the page come out, menus and all, with the marks by which `html_body` tells the
article from the furniture. White space is folded as browsers fold it; no-break blanks, which pages use to indent, count
as blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import msgspec

from pipeline import lexicon
from pipeline.read.paragraphs import LIST_MARKER
from pipeline.read.table_rows import TableCell, is_layout, table_lines
from pipeline.read.word_numbering import format_number

# Elements that begin and end a line (HTML Living Standard, 15.3 Flow content), and those whose text isn't shown.
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol option p pre section summary table "
    "tbody td tfoot th thead tr ul".split()
)
_SILENT = frozenset(
    "script style noscript template head title svg canvas iframe object embed select datalist textarea input button "
    "audio video map math noframes applet".split()
)
_FURNITURE = frozenset(("nav", "footer", "aside", "dialog"))
_FURNITURE_ROLES = frozenset(("navigation", "search", "banner", "contentinfo", "dialog", "menu", "menubar"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")
_KEPT_BLANKS = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_ORDERED = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_PAGE_CELL = 1500
"""Characters beyond which a cell with several paragraphs is a column of the page, and its table no table of cells."""


class PageNames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `lexicon/web_pages.toml`: the names of a page's parts, as regular expressions."""

    body: list[str]
    lead: list[str]
    caption: list[str]
    credit: list[str]
    related: list[str]
    furniture: list[str]


@cache
def _names() -> dict[str, re.Pattern[str]]:
    names = lexicon.read_entries("web_pages.toml", PageNames)
    return {part: re.compile("|".join(f"(?:{word})" for word in words)) for part, words in msgspec.structs.asdict(names).items()}


@cache
def _part_of_name(name: str) -> frozenset[str]:
    """The parts that one name of a class or id stands for."""
    pieces = {name, *re.split(r"[-_]+", name)}
    whole = ("body",)  # "content" or "body" as a piece of a name says nothing
    return frozenset(
        part
        for part, pattern in _names().items()
        if any(pattern.fullmatch(piece) for piece in ((name,) if part in whole else pieces))
    )


@dataclass(slots=True)
class PageLine:
    """A line of the page. `linked` is how many of its characters stand in links; `parts` are the parts of a page that it
    stands in by its markup; `tag` is the block element it stands in ("h1", "p", "td", …; "row" for a table's row)."""

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
    walk = _Walk(_table_facts(root), nested=False)
    walk.read(root)
    return walk.page


@dataclass(slots=True)
class _TableFacts:
    """What tells a table of cells from one that lays out the page."""

    rows: int = 0
    cells: int = 0
    widest: int = 0
    nested: int = 0
    heads: int = 0
    headings: int = 0
    page_cells: int = 0
    most_blocks: int = 0

    @property
    def is_data(self) -> bool:
        if self.nested * 2 > self.cells or self.widest < 2:
            return False
        page = self.page_cells or self.headings or (self.rows <= 2 and self.most_blocks >= 4)
        return bool(self.heads) or not page


def _table_facts(root: Any) -> dict[Any, _TableFacts]:
    """The facts of every table, gathered in one way through the tree."""
    from lxml import etree

    facts: dict[Any, _TableFacts] = {}
    tables: list[_TableFacts] = []
    cells: list[list[int]] = []
    rows: list[int] = []
    if root.find(".//table") is None and root.tag != "table":
        return facts
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if event == "start":
            if cells:
                cells[-1][0] += len(element.text or "")
                cells[-1][1] += tag == "p" or tag == "div" or tag == "li"
            if tag == "table":
                if tables:
                    tables[-1].nested += 1
                facts[element] = found = _TableFacts()
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
                cells[-1] = [0, 0]
            elif tables and tag in ("h1", "h2", "article"):
                tables[-1].headings += 1
        else:
            if tables and tag in ("td", "th"):
                tables[-1].page_cells += cells[-1][0] > _PAGE_CELL and cells[-1][1] > 2
                tables[-1].most_blocks = max(tables[-1].most_blocks, cells[-1][1])
            elif tables and tag == "table":
                tables.pop()
                rows.pop()
                inner = cells.pop()
                if cells:
                    cells[-1][0] += inner[0]
            if cells:
                cells[-1][0] += len(element.tail or "")
    return facts


@dataclass(slots=True)
class _List:
    """An open list: how it counts and how far it has."""

    ordered: bool
    kind: str
    number: int
    step: int


class _Walk:
    """One way through a tree or a cell of a table."""

    def __init__(self, tables: dict[Any, _TableFacts], *, nested: bool) -> None:
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
                if tag in _SILENT or not tag:
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
        for part, by in _parts(element, tag):
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
        for row in _rows(table):
            cells: list[TableCell] = []
            for cell in row.iterchildren("td", "th"):
                lines = self._cell_lines(cell)
                content.extend(lines)
                cells.append(
                    TableCell(tuple(line.text for line in lines), _span(cell, "colspan"), _span(cell, "rowspan"))
                )
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


def _rows(table: Any) -> Iterator[Any]:
    for child in table.iterchildren("tr", "thead", "tbody", "tfoot"):
        if child.tag == "tr":
            yield child
        else:
            yield from child.iterchildren("tr")


def _span(cell: Any, name: str) -> int:
    value = cell.get(name, "").strip()
    return max(1, int(value)) if value.isdecimal() and len(value) < 5 else 1


def _open_list(element: Any, tag: str) -> _List:
    start = element.get("start", "")
    number = int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1
    if element.get("reversed") is not None and not start:
        number = sum(1 for _ in element.iterchildren("li"))
    step = -1 if element.get("reversed") is not None else 1
    return _List(tag == "ol", _ORDERED.get(element.get("type", ""), "decimal"), number, step)


def _parts(element: Any, tag: str) -> Iterator[tuple[str, str]]:
    """The parts of a page that an element's own markup says it is, each with the mark that said so."""
    if not element.attrib:
        if tag in _FURNITURE:
            yield "furniture", tag
        elif tag in ("article", "main"):
            yield tag, tag
        elif tag == "figcaption":
            yield "caption", tag
        elif tag == "time":
            yield "credit", tag
        return
    found: dict[str, str] = {}
    if tag in _FURNITURE or element.get("role", "").lower() in _FURNITURE_ROLES:
        found["furniture"] = tag
    elif tag in ("article", "main"):
        found[tag] = tag
    elif element.get("role") == "main":
        found["main"] = "role"
    if tag == "figcaption":
        found["caption"] = tag
    elif tag == "time":
        found["credit"] = tag
    properties = element.get("itemprop", "").split()
    if "articleBody" in properties:
        found["body"] = "itemprop"
    if any("Article" in kind for kind in element.get("itemtype", "").split("/")):
        found.setdefault("article", "itemtype")
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")):
        found["furniture"] = "hidden"
    for name in f"{element.get('class', '')} {element.get('id', '')}".lower().split()[:20]:
        for part in _part_of_name(name[:80]):
            found.setdefault(part, name)
    yield from found.items()
