"""The whole way of one PDF, within its limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from pipeline.errors import UnreadableDocument
from pipeline.read.pdf.glyphs import GLYPHS_MAX, TooManyGlyphs
from pipeline.read.pdf.layer import Page, lay_out, read_page
from pipeline.read.pdf.recognition import recognise, recogniser
from pipeline.records import FileText, Note

BYTES_MAX = 256 << 20
PAGES_MAX = 3000
LETTERS_MAX = 20_000_000
"""Letters of all pages: a book of 3,000 pages has 6 million."""
STEP_SECONDS = 15.0
"""How long opening the file, one page, or laying out all of them may take; a dense page takes 0.1 s."""
RECOGNITION_SECONDS = 150.0
"""The same for a page that is recognised."""

Progress = Callable[[float], None]
"""Told after each step how many seconds the next may take."""

_MEDIA_TYPE = "application/pdf"
_MAGIC_WITHIN = 1024  # readers look for the header in the first 1,024 bytes (ISO 32000-1, Annex H, note 13)


def read_in_place(data: bytes, where: str, progress: Progress = lambda seconds: None) -> FileText:
    """The PDF's text, read in this process. Raises UnreadableDocument."""
    import pypdfium2

    document = _open(data, where)
    try:
        pages: list[Page] = []
        counts: Counter[str] = Counter()
        letters = 0
        for index in range(len(document)):
            try:
                pages.append(read_page(document, index, counts))
            except (TooManyGlyphs, pypdfium2.PdfiumError) as error:
                raise _bad_page(error, index, where) from error
            letters += pages[-1].letters
            if letters > LETTERS_MAX:
                raise UnreadableDocument(
                    "the PDF holds more than {limit} letters",
                    where=where,
                    remedy="Split it into parts",
                    limit=LETTERS_MAX,
                )
            progress(STEP_SECONDS)
        return _file_text(document, pages, counts, where, progress)
    finally:
        document.close()


def _open(data: bytes, where: str) -> Any:
    import pypdfium2
    import pypdfium2.raw as pdfium

    if len(data) > BYTES_MAX:
        raise UnreadableDocument(
            "the PDF is larger than {limit} MiB", where=where, remedy="Split it into parts", limit=BYTES_MAX >> 20
        )
    if b"%PDF-" not in data[:_MAGIC_WITHIN]:
        raise UnreadableDocument("the file is no PDF", where=where, remedy="Check that the file is whole, and its kind")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise UnreadableDocument(
                "the PDF is encrypted", where=where, remedy="Save a copy without its password and give that"
            ) from error
        raise UnreadableDocument(
            "the PDF is broken or cut off",
            where=where,
            remedy="Fetch the file again, or open it and print it to a new PDF",
        ) from error
    pages = len(document)
    if 0 < pages <= PAGES_MAX:
        return document
    document.close()
    if pages == 0:
        raise UnreadableDocument("the PDF has no pages", where=where, remedy="Fetch the file again")
    raise UnreadableDocument(
        "the PDF has {pages} pages, more than {limit}",
        where=where,
        remedy="Split it into parts",
        pages=pages,
        limit=PAGES_MAX,
    )


def _bad_page(error: Exception, index: int, where: str) -> UnreadableDocument:
    if isinstance(error, TooManyGlyphs):
        return UnreadableDocument(
            "page {page} of the PDF holds more than {limit} characters",
            where=where,
            remedy="Check that it is a report; print it to a new PDF",
            page=index + 1,
            limit=GLYPHS_MAX,
        )
    return UnreadableDocument(
        "page {page} of the PDF is broken",
        where=where,
        remedy="Fetch the file again, or open it and print it to a new PDF",
        page=index + 1,
    )


def _file_text(
    document: Any, pages: list[Page], counts: Counter[str], where: str, progress: Progress
) -> FileText:
    scans = [index for index, page in enumerate(pages) if page.is_scan]
    recognised: dict[int, str] = {}
    program = recogniser() if scans else None
    if program is not None:
        for index in scans:
            progress(RECOGNITION_SECONDS)
            recognised[index] = recognise(program, document, index, where)
        progress(STEP_SECONDS)
    layer = lay_out(pages, counts, recognised)
    if not recognised and not any(page.letters and not page.is_scan for page in pages):
        raise UnreadableDocument(
            "the PDF has no text layer: its pages are pictures" if scans else "the PDF holds no text",
            where=where,
            remedy="Recognise its text (OCR): install Tesseract with its Vietnamese data (vie) and run again, or give a"
            " PDF with text",
        )
    notes = [Note(code=code, count=count) for code, count in sorted(layer.counts.items())]
    unread = [str(index + 1) for index in scans if index not in recognised]
    if unread:
        notes.append(Note(code="page_without_text", count=len(unread), detail=", ".join(unread)))
    if recognised:
        detail = ", ".join(str(index + 1) for index in recognised)
        notes.append(Note(code="page_recognised", count=len(recognised), detail=detail))
    encoding = "ocr" if recognised else "pdf"
    return FileText(text=layer.text, media_type=_MEDIA_TYPE, encoding=encoding, blocks=layer.blocks, notes=tuple(notes))
