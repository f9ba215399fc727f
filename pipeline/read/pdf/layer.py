"""A PDF's text layer, page by page, as one text with its blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from pipeline.read.normalise import normalise
from pipeline.read.pdf.aligned_tables import find_aligned_tables
from pipeline.read.pdf.columns import find_right_edge, read_columns
from pipeline.read.pdf.flow import Aside, Flow, PageFlow, Part, Recognised, TableRows
from pipeline.read.pdf.glyphs import Ink, read_ink
from pipeline.read.pdf.lines import Row, find_pieces, find_rows
from pipeline.read.pdf.mending import count_broken, is_broken, mend
from pipeline.read.pdf.ruled_tables import Table, find_tables
from pipeline.read.pdf.running import PageRows, find_running
from pipeline.read.pdf.wrapping import Line
from pipeline.records import Block

SCAN_LETTERS_MAX = 100
"""A page that pictures cover and that has fewer letters is a scan: what text it has was stamped on."""
_SCAN_PICTURES = 0.5
_NONE: Mapping[int, str] = MappingProxyType({})


class Page(NamedTuple):
    """What a page holds before its place in the report is known: tables, rows outside them, texts aside."""

    tables: list[Table]
    rows: list[Row]
    bottom: float
    top: float
    asides: list[str]
    letters: int
    pictures: float

    @property
    def is_scan(self) -> bool:
        """Whether the page is a picture with hardly any text."""
        return self.letters < SCAN_LETTERS_MAX and self.pictures >= _SCAN_PICTURES


class Layer(NamedTuple):
    """The text in NFC, the blocks that the pages tell, and what was noticed, by the note's code."""

    text: str
    blocks: tuple[Block, ...]
    counts: Counter[str]


def read_page(document: Any, index: int, counts: Counter[str]) -> Page:
    """The page of a `pypdfium2.PdfDocument`. Raises TooManyGlyphs, and pypdfium2.PdfiumError."""
    ink: Ink = read_ink(document, index)
    counts.update(ink.counts)
    tables, rest = find_tables(ink.rules, ink.glyphs)
    aligned, rows = find_aligned_tables(find_rows(find_pieces(rest)))
    tables = sorted([*tables, *aligned], key=lambda table: -table.top)
    letters = sum(glyph.text.isalpha() for glyph in ink.glyphs)
    return Page(tables, rows, ink.bottom, ink.top, ink.asides, letters, ink.pictures)


def lay_out(pages: Sequence[Page], counts: Counter[str], recognised: Mapping[int, str] = _NONE) -> Layer:
    """The pages as one text: a paragraph a line, a table's row a line with bars, asides on lines of their own.
    `recognised` are the texts of scans, by the page's index, which come as they are."""
    running = find_running([PageRows(page.rows, page.bottom, page.top) for page in pages])
    flow = Flow()
    right_edges = _right_edges(pages)
    for index, (page, rows) in enumerate(zip(pages, running, strict=True)):
        right = right_edges.get((page.bottom, page.top))
        flow.add(_page_flow(page, rows, recognised.get(index), right))
    parts = flow.end()
    if flow.repeated_heads:
        counts["repeated_table_head"] += flow.repeated_heads
    return _write(parts, counts)


def _right_edges(pages: Sequence[Page]) -> dict[tuple[float, float], float]:
    """Where the lines of most pages end, by the pages' format."""
    found: dict[tuple[float, float], list[float]] = {}
    for page in pages:
        right = find_right_edge(page.rows)
        if right is not None:
            found.setdefault((page.bottom, page.top), []).append(right)
    return {format: sorted(edges)[len(edges) // 2] for format, edges in found.items()}


def _page_flow(page: Page, running: set[int], recognised: str | None, right: float | None) -> PageFlow:
    if recognised is not None:
        return PageFlow([Recognised(recognised)] if recognised else [], asides=page.asides)
    body = [i for i in range(len(page.rows)) if i not in running]
    middle = body[0] if body else len(page.rows)
    heads: list[str] = []
    feet: list[str] = []
    for i in sorted(running):
        text = " ".join(piece.text for piece in page.rows[i])
        high = page.rows[i][0].base > (page.top + page.bottom) / 2 if not body else i < middle
        (heads if high else feet).append(text)
    runs = read_columns([page.rows[i] for i in body], [table.top for table in page.tables], right)
    placed: list[tuple[float, list[Line] | Table]] = [(-run.top, run.lines) for run in runs]
    placed += [(-table.top, table) for table in page.tables]
    placed.sort(key=lambda pair: pair[0])
    return PageFlow([part for _, part in placed], heads, feet, page.asides)


def _write(parts: Sequence[Part], counts: Counter[str]) -> Layer:
    texts = [_texts(part, counts) for part in parts]
    broken = is_broken(sum(count_broken(line) for lines in texts for line in lines))
    text = ""
    written: list[str] = []
    blocks: list[Block] = []
    at = 0
    for part, lines in zip(parts, texts, strict=True):
        if written and getattr(part, "apart", False):
            written.append("")
            at += 1
        start = at
        for line in lines:
            mended, count = mend(line, broken=broken)
            if count:
                counts["broken_word_mended"] += count
            written.append(mended)
            at += len(mended) + 1
        if isinstance(part, Aside):
            blocks.append(Block(kind="boilerplate", start=start, end=at - 1))
        elif isinstance(part, TableRows):
            blocks.append(Block(kind="table", start=start, end=at - 1))
    text = "\n".join(written) + "\n" if written else ""
    return Layer(text, tuple(blocks), counts)


def _texts(part: Part, counts: Counter[str]) -> list[str]:
    if isinstance(part, Recognised):
        return part.text.split("\n")
    if not isinstance(part, TableRows):
        return [normalise(part.text)]
    bars = sum(cell.count("|") for row in part.rows for cell in row)
    if bars:
        counts["bar_in_cell"] += bars
    rows = ([cell.replace("|", "¦") for cell in row] for row in part.rows)
    return [normalise("| " + " | ".join(row) + " |") for row in rows]
