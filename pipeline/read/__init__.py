"""Room 1: a file becomes a Report, or many.

Enters: a path, and what a manifest says of it. Leaves: the canonical text, its blocks, and what the file says
about itself. Never: judging what the text means; guessing a day.

The way: `folder` finds the files, `sources` tells their formats and opens those that hold many (archives, tables),
`readers` has what reads each format, `metadata` settles what is known, and here the text becomes a Report.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from msgspec.structs import replace

from pipeline.errors import UnreadableDocument
from pipeline.read.article_rows import ROW
from pipeline.read.blocks import find_blocks
from pipeline.read.encodings import decode_bytes
from pipeline.read.encodings.repair import repair
from pipeline.read.folder import shown_path
from pipeline.read.genre import describe
from pipeline.read.items import Item, ReadOptions
from pipeline.read.limits import TEXT_LIMIT
from pipeline.read.manifest import ManifestEntry
from pipeline.read.metadata import settle
from pipeline.read.normalise import canonicalise
from pipeline.read.plain_text import read_plain_text
from pipeline.read.readers import READERS, UNLABELLED, Reader
from pipeline.read.sources import read_single
from pipeline.read.text_quality import assess
from pipeline.records import FileText, Report, SourceDocument

__all__ = ["READERS", "Reader", "document_id", "make_report", "read", "read_item", "read_string"]

_ALL_FOUND = ReadOptions()


def read(
    location: str | Path,
    *,
    path: str | None = None,
    entry: ManifestEntry | None = None,
    options: ReadOptions = _ALL_FOUND,
) -> Report:
    """The one report of a file. `path` names it in results (default: as given); `entry` is its manifest row.

    Raises UnsupportedFormat where there is no reader for the file's content or it is a table or an archive (of many
    reports: see `sources.open_items`), UnreadableDocument where the file can't be read or isn't what it begins as.
    """
    path = shown_path(location) if path is None else path
    return read_item(read_single(location, path), entry=entry, options=options)


def read_item(
    item: Item,
    *,
    entry: ManifestEntry | None = None,
    container_entry: ManifestEntry | None = None,
    options: ReadOptions = _ALL_FOUND,
) -> Report:
    """The report in an item. `entry` is the manifest's row for it, `container_entry` the one for the file it lies in.

    Raises UnreadableDocument where the item isn't what its content promises, or can't be read within the machine.
    """
    try:
        content = _content(item, options.encoding)
        if len(content.text) > TEXT_LIMIT:
            raise UnreadableDocument(
                "the text is longer than {limit} characters",
                where=item.path,
                remedy="Split it into its reports",
                limit=TEXT_LIMIT,
            )
        return make_report(content, item.data, path=item.path, entry=entry, container_entry=container_entry)
    except RecursionError as error:
        raise UnreadableDocument(
            "the file is nested too deeply to be read", where=item.path, remedy="Convert the report to a text file"
        ) from error
    except MemoryError as error:
        raise UnreadableDocument(
            "the file takes more memory than there is", where=item.path, remedy="Convert the report to a text file"
        ) from error


def _content(item: Item, forced: str | None) -> FileText:
    """What the reader gives, completed by what a table's row says, which goes before."""
    told = item.told
    if told is not None and item.format == ROW:
        return told
    reader = READERS[item.format]
    if told is not None:
        content = reader(item.data, item.path)
        return replace(
            content,
            media_type=told.media_type,
            encoding=told.encoding,
            title=told.title or content.title,
            published=told.published or content.published,
            publisher=told.publisher or content.publisher,
            url=told.url or content.url,
            notes=(*told.notes, *content.notes),
        )
    if forced is None or item.format not in UNLABELLED:
        return reader(item.data, item.path)
    # Read in the encoding that the user names, and given to the reader in one that no label in the file can overrule.
    decoded = decode_bytes(item.data, item.path, forced)
    content = reader(b"\xef\xbb\xbf" + decoded.text.encode("utf-8", "replace"), item.path)
    notes = tuple(note for note in content.notes if note.code != "byte_order_mark")
    return replace(content, encoding=decoded.encoding, notes=(*decoded.notes, *notes))


def read_string(text: str, *, path: str = "", entry: ManifestEntry | None = None) -> Report:
    """The report in a string, as if it were a UTF-8 text file that holds it.

    Raises UnreadableDocument where the string is blank or holds lone surrogates, which no text file can hold.
    """
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnreadableDocument(
            "the text holds a lone surrogate at {offset}",
            where=path,
            remedy="Decode the text from its bytes again",
            offset=error.start,
        ) from error
    return make_report(read_plain_text(data, path, "utf-8"), data, path=path, entry=entry)


def make_report(
    content: FileText,
    data: bytes,
    *,
    path: str,
    entry: ManifestEntry | None = None,
    container_entry: ManifestEntry | None = None,
) -> Report:
    """The report with that text. What goes before what of all that tells of it: see `pipeline.read.metadata`."""
    content = repair(content)
    normalised = canonicalise(content.text)
    text = normalised.text
    assessment = assess(text)
    blocks = find_blocks(text, content.blocks)
    described = describe(text, blocks)
    known = settle(entry, content, container_entry, described)
    digest = hashlib.sha256(data).hexdigest()
    source = SourceDocument(
        id=document_id(digest),
        path=path,
        sha256=digest,
        media_type=content.media_type,
        encoding=content.encoding,
        genre=described.genre,
        title=known.title,
        published=known.published,
        publisher=known.publisher,
        url=known.url,
        number=described.number,
        issuer=described.issuer,
        signer=described.signer,
        quality=assessment.quality,
        notes=(*content.notes, *normalised.notes, *assessment.notes, *known.notes),
    )
    return Report(source=source, text=text, blocks=blocks)


def document_id(sha256: str) -> str:
    """The report's id: the first 16 hex digits of its bytes' SHA-256. Same bytes, same id, wherever they lie."""
    return sha256[:16]
