"""PDF files: the text layer in reading order, or for scans the recognised text where Tesseract is installed.

The day and title of a PDF's own metadata are not taken over: the day is that of the file's making, not of publication,
and the title mostly the name of the file it was made from ("Microsoft Word - KH 193.doc").
"""

from __future__ import annotations

from pipeline.read.pdf.process import read_apart
from pipeline.records import FileText


def read_pdf(data: bytes, where: str) -> FileText:
    """The text of a PDF: a paragraph a line, a row of a table a line with bars between its cells.

    `blocks` tell what the pages show: tables, and as boilerplate page numbers, running heads, watermarks and the stamps
    of signatures. `encoding` is "pdf" for a text layer and "ocr" where pages were recognised. The reading is done in a
    process of its own, which a hostile file may break.

    Raises UnreadableDocument for a file that is encrypted, broken, without pages or text, or beyond the limits of
    `pipeline.read.pdf.reading`. Not handled: text in right-to-left scripts, and forms' fields that hold no text.
    """
    return read_apart(data, where)
