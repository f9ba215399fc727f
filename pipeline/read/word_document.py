"""Word files (`.docx`, `.docm`): their text as Word shows it.

Paragraphs in order, each a line, with the numbers of automatic lists; tables row by row between bars (see
`table_rows`), those that set a document's head or foot in two columns cell by cell; text boxes behind the paragraph
they hang on; footnotes and endnotes at the end. Insertions of tracked changes are text, deletions are not; headers,
footers, comments and hidden text are left out. Not handled: pictures of text, and parts embedded whole (altChunk).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from pipeline.errors import UnreadableDocument
from pipeline.read.formats import FORMATS
from pipeline.read.normalise import normalise
from pipeline.read.table_rows import TableCell, is_layout, table_lines
from pipeline.read.word_numbering import LEVELS, Numbering, W
from pipeline.read.word_package import open_word_package
from pipeline.read.word_styles import Styles
from pipeline.records import Block, BlockKind, FileText, Note

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_BOX = f"{W}txbxContent"
_DEPTH_MAX = 200
# Left out with all they hold: what was deleted or moved away, comments, and what describes rather than is text.
_SILENT = frozenset(
    W + name
    for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "sectPr", "instrText", "delText", "tblPr",
                 "tcPr", "trPr", "tblGrid", "rt", "fldData", "customXmlPr", "smartTagPr")
)  # fmt: skip
_MARKS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
# Characters of symbol fonts that documents put in by "Insert symbol".
_SYMBOLS = {"f0b7": "•", "f0a7": "▪", "f0d8": "➢", "f0fc": "✓", "f0fe": "☑", "f0a8": "☐", "f06f": "☐", "f0e0": "→",
            "f0b3": "≥", "f0a3": "≤", "f0b0": "°", "f0b1": "±", "f0b4": "×", "f02d": "-"}  # fmt: skip


class Line(NamedTuple):
    """A line of the text and the role its file states for it."""

    text: str
    kind: BlockKind | None = None


def read_word_document(data: bytes, where: str) -> FileText:
    """The text of a `.docx` file. Raises UnreadableDocument and UnsupportedFormat (see `open_word_package`), also where
    the file holds no word.

    Of its properties the title is taken where it stands as a line of the text outside the head, for Word fills it with
    whatever the file began with; else a note tells it. When the file was made is told in a note alone: it may be the
    day of the template, and is no day of publication.
    """
    package = open_word_package(data, where)
    reader = _Reader(Numbering(package.numbering), Styles(package.styles), where)
    body = package.document.find(f"{W}body")
    lines = list(reader.blocks(body, 0)) if body is not None else []
    for part in (package.footnotes, package.endnotes):
        lines.extend(reader.notes_at_foot(part))
    text, blocks = _join(lines)
    if not text.strip():
        raise UnreadableDocument(
            "the Word file holds no text",
            where=where,
            remedy="If its pages are pictures, read them by OCR (Tesseract with its Vietnamese data) and give the text",
        )
    notes = [Note(code=code, count=count) for code, count in sorted(reader.left_out.items())]
    title = _folded(package.title or "")
    stands = title.lower() in {_folded(line.text).lower() for line in lines if line.kind is None} - {
        _folded(line).lower() for line in reader.side_by_side
    }
    if title and not stands:
        notes.append(Note(code="title_property", detail=title))
    if package.created is not None:
        notes.append(Note(code="file_created", detail=package.created))
    return FileText(
        text=text,
        media_type=FORMATS["docx"].media_type,
        encoding="utf-8",
        title=title if title and stands else None,
        blocks=blocks,
        notes=tuple(notes),
    )


def _folded(words: str) -> str:
    return normalise(" ".join(words.split()))


def _join(lines: list[Line]) -> tuple[str, tuple[Block, ...]]:
    """The lines as the canonical text, and a block for each whose role the file states."""
    out: list[str] = []
    blocks: list[Block] = []
    at = 0
    for line in lines:
        for piece in normalise(line.text).split("\n"):
            piece = piece.strip()
            if not piece:
                continue
            if line.kind is not None:
                blocks.append(Block(kind=line.kind, start=at, end=at + len(piece)))
            out.append(piece)
            at += len(piece) + 1
    return "\n".join([*out, ""]) if out else "", tuple(blocks)


class _Reader:
    """One way through a document's elements. Counts what it leaves out by the note's code."""

    def __init__(self, numbering: Numbering, styles: Styles, where: str) -> None:
        self._numbering = numbering
        self._styles = styles
        self._where = where
        self._carried = ""
        self.left_out: Counter[str] = Counter()
        self.side_by_side: list[str] = []

    def blocks(self, parent: Any, depth: int, *, in_cell: bool = False) -> Iterator[Line]:
        """The lines of what stands in a body, cell, text box or note, in order. A table within a cell of a table gives
        each of its cells' lines: there are no bars within bars."""
        if depth > _DEPTH_MAX:
            raise self._too_deep()
        for child in parent.iterchildren(tag="*"):
            if child.tag == f"{W}p":
                yield from self._paragraph(child, depth)
            elif child.tag == f"{W}tbl":
                yield from self._table(child, depth, in_cell)
            elif child.tag == f"{W}altChunk":
                self.left_out["embedded_part_left_out"] += 1
            elif child.tag not in _SILENT:
                # Content controls, custom XML and insertions hold blocks of their own.
                yield from self.blocks(_chosen(child), depth + 1, in_cell=in_cell)

    def notes_at_foot(self, part: Any | None) -> Iterator[Line]:
        """The footnotes or endnotes of a part, each as "[1] words"."""
        if part is None:
            return
        number = 0
        for note in part.iterchildren(f"{W}footnote", f"{W}endnote"):
            if note.get(f"{W}type", "normal") != "normal":
                continue
            number += 1
            words = " ".join(line.text.strip() for line in self.blocks(note, 0))
            yield Line(f"[{number}] {words}", "boilerplate")

    def _paragraph(self, paragraph: Any, depth: int) -> Iterator[Line]:
        properties = paragraph.find(f"{W}pPr")
        boxes: list[Any] = []
        words = "".join(self._words(paragraph, self._styles.of_paragraph(properties), boxes, depth))
        mark = properties.find(f"{W}rPr") if properties is not None else None
        if mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None):
            # The paragraph's end was deleted: its words go on in the next one.
            self._carried += words
        else:
            words, self._carried = self._carried + words, ""
            if words.strip():
                yield Line(self._label(properties) + words.strip())
        for box in boxes:
            yield from self.blocks(box, depth + 1)

    def _label(self, properties: Any | None) -> str:
        number, level, style = self._styles.list_of(properties)
        if number is None or number == "0":
            return ""
        at = self._numbering.level_of_style(number, style) if level is None else level
        return self._numbering.next_label(number, max(0, min(at, LEVELS - 1)))

    def _words(self, parent: Any, caps: bool, boxes: list[Any], depth: int) -> Iterator[str]:
        """The words of the runs in a paragraph, hyperlink, field or insertion; text boxes are put aside."""
        if depth > _DEPTH_MAX:
            raise self._too_deep()
        for child in parent.iterchildren(tag="*"):
            tag = child.tag
            if tag == f"{W}t" or tag == _MATH_TEXT:
                yield (child.text or "").upper() if caps else child.text or ""
            elif tag in _MARKS:
                yield _MARKS[tag]
            elif tag == f"{W}sym":
                code = child.get(f"{W}char", "").lower()
                yield _SYMBOLS.get(code, "•") if code.startswith("f0") else _character(code)
            elif tag == _BOX:
                boxes.append(child)
            elif tag == f"{W}r":
                properties = child.find(f"{W}rPr")
                if self._styles.is_hidden(properties):
                    self.left_out["hidden_text_left_out"] += 1
                else:
                    yield from self._words(child, self._styles.has_capitals(properties, caps), boxes, depth + 1)
            elif tag not in _SILENT:
                yield from self._words(_chosen(child), caps, boxes, depth + 1)

    def _table(self, table: Any, depth: int, in_cell: bool) -> Iterator[Line]:
        rows = [row for row in _below(table, "tr") if not _is_deleted(row)]
        cells = [[cell for cell in _below(row, "tc")] for row in rows]
        nested = sum(1 for row in cells for cell in row if cell.find(f".//{W}tbl") is not None)
        if in_cell or nested * 2 > sum(len(row) for row in cells):
            # A table of tables sets pages side by side; it is no table of cells.
            for row in cells:
                for cell in row:
                    yield from self.blocks(cell, depth + 1, in_cell=in_cell)
            return
        content = [[list(self.blocks(cell, depth + 1, in_cell=True)) for cell in row] for row in cells]
        merged = _merged([[_span(cell) for cell in row] for row in cells], [_skipped(row) for row in rows], content)
        if is_layout(merged):
            for line in (line for row in content for lines in row for line in lines):
                self.side_by_side.append(line.text)
                yield line
            return
        for text in table_lines(merged):
            yield Line(text, "table")

    def _too_deep(self) -> UnreadableDocument:
        return UnreadableDocument(
            "the Word file is nested too deeply",
            where=self._where,
            remedy="Open it in Word, copy its text into a new file and give that",
        )


class _Span(NamedTuple):
    """How many columns a cell covers, and whether it begins ("restart") or goes on ("continue") a cell over rows."""

    columns: int
    vertical: str | None


def _span(cell: Any) -> _Span:
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        return _Span(1, None)
    columns = properties.find(f"{W}gridSpan")
    merge = properties.find(f"{W}vMerge")
    value = columns.get(f"{W}val", "1") if columns is not None else "1"
    return _Span(
        int(value) if value.isdecimal() and len(value) < 4 else 1,
        None if merge is None else merge.get(f"{W}val", "continue"),
    )


def _skipped(row: Any) -> int:
    """Columns that a row leaves out before its first cell."""
    before = row.find(f"{W}trPr/{W}gridBefore")
    value = before.get(f"{W}val", "0") if before is not None else "0"
    return int(value) if value.isdecimal() and len(value) < 3 else 0


def _merged(spans: list[list[_Span]], skipped: list[int], content: list[list[list[Line]]]) -> list[list[TableCell]]:
    """The cells of all rows with how many rows each covers; the parts of a cell below its first are left out."""
    rows: list[list[TableCell]] = []
    above: dict[int, tuple[int, int]] = {}
    for at, row in enumerate(spans):
        cells = [TableCell(()) for _ in range(skipped[at])]
        rows.append(cells)
        column = skipped[at]
        here: dict[int, tuple[int, int]] = {}
        for i, span in enumerate(row):
            first = above.get(column) if span.vertical == "continue" else None
            if first is not None:
                # What such a part holds of its own, Word doesn't show.
                over, place = first
                rows[over][place] = rows[over][place]._replace(rows=at - over + 1)
                here[column] = first
            else:
                if span.vertical is not None:
                    here[column] = (at, len(cells))
                cells.append(TableCell(tuple(line.text for line in content[at][i]), span.columns))
            column += span.columns
        above = here
    return rows


def _below(parent: Any, name: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also those in content controls and insertions."""
    pending = list(parent.iterchildren(tag="*"))[::-1]
    while pending:
        child = pending.pop()
        if child.tag == W + name:
            yield child
        elif child.tag not in _SILENT and child.tag not in (f"{W}tbl", f"{W}p", f"{W}tr", f"{W}tc"):
            pending.extend(list(child.iterchildren(tag="*"))[::-1])


def _is_deleted(row: Any) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _chosen(element: Any) -> Any:
    """Of the ways a content is stored in, the one to read: a text box stands in a file twice, for new Word and old."""
    if element.tag != f"{_MC}AlternateContent":
        return element
    for choice in element.iterchildren(f"{_MC}Choice"):
        if choice.find(f".//{_BOX}") is not None or choice.find(f".//{W}t") is not None:
            return choice
    fallback = element.find(f"{_MC}Fallback")
    return element if fallback is None else fallback


def _character(code: str) -> str:
    try:
        return chr(int(code, 16)) if code else ""
    except (ValueError, OverflowError):
        return ""
