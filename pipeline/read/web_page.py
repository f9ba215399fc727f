"""Web pages as saved from press sites and portals, and bare fragments of them.

The article's lines come out in reading order (see `html_lines` and `html_body`), what the page says of itself beside
them (see `html_metadata`). Not handled: text that a script puts in when the page is shown, and pictures of text.

Extractors of main text drop what looks unlike prose: on portal pages trafilatura 2.3 (favouring recall) kept 97.4 to
98.3 % of the words, and 92.6 % on the made-up pages of the tests, where readability kept 88 and resiliparse 93 %. A
directive may stand in a short line, so lines are read from the structure whole and only named furniture is left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.errors import UnreadableDocument
from pipeline.read.formats import FORMATS
from pipeline.read.html_body import ArticleLine, find_article
from pipeline.read.html_lines import read_lines
from pipeline.read.html_metadata import PageMetadata, read_metadata
from pipeline.read.html_tree import decode_page, parse_page
from pipeline.read.letterhead import is_head_line
from pipeline.read.normalise import normalise
from pipeline.records import Block, FileText, Note


def read_web_page(data: bytes, where: str) -> FileText:
    """The article of a page, its title, day, publisher and canonical address; its author stands in a note.

    Raises UnreadableDocument where the page's encoding is unknown, where it is too large, too deep, or shows no text.
    """
    text, encoding = decode_page(data, where)
    content = read_markup(text, where)
    return FileText(
        text=content.text,
        media_type=FORMATS["html"].media_type,
        encoding=encoding,
        title=content.title,
        published=content.published,
        publisher=content.publisher,
        url=content.url,
        blocks=content.blocks,
        notes=content.notes,
    )


def read_markup(markup: str, where: str) -> FileText:
    """The same for a page that is decoded already."""
    root = parse_page(markup, where)
    metadata = read_metadata(root)
    article = find_article(read_lines(root), metadata.title)
    text, blocks = _join(article.lines)
    if not text:
        raise UnreadableDocument(
            "the page shows no text",
            where=where,
            remedy="Open it in a browser and save it when its text is shown, or save its text",
        )
    shown = next((line.text for line in article.lines if line.kind == "title"), None)
    called = metadata.title if metadata.title and not is_head_line(metadata.title) else None
    return FileText(
        text=text,
        media_type=FORMATS["html"].media_type,
        encoding="utf-8",
        title=normalise(shown or called or "") or None,
        published=metadata.published,
        publisher=normalise(metadata.publisher or "") or None,
        url=metadata.url,
        blocks=blocks,
        notes=tuple(_notes(metadata, article.left_out, article.prose_left_out)),
    )


def _notes(metadata: PageMetadata, left_out: int, prose: int) -> list[Note]:
    notes = []
    if metadata.author:
        notes.append(Note(code="author", detail=normalise(metadata.author)))
    if metadata.other_days:
        notes.append(Note(code="other_days", count=len(metadata.other_days), detail=", ".join(metadata.other_days)))
    if left_out:
        notes.append(Note(code="page_lines_left_out", count=left_out))
    if prose:
        notes.append(Note(code="page_prose_left_out", count=prose))
    return notes


def _join(lines: Sequence[ArticleLine]) -> tuple[str, tuple[Block, ...]]:
    """The lines as the canonical text, and a block for each whose role the page states."""
    out: list[str] = []
    blocks: list[Block] = []
    at = 0
    for line in lines:
        words = normalise(line.text).replace("\n", " ").strip()
        if not words:
            continue
        if line.kind is not None:
            blocks.append(Block(kind=line.kind, start=at, end=at + len(words)))
        out.append(words)
        at += len(words) + 1
    return "\n".join([*out, ""]) if out else "", tuple(blocks)
