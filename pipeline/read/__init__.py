"""Room 1: a file becomes a Report.

Enters: a path, and what a manifest says of it. Leaves: the canonical text, its blocks, and what the file says
about itself. Never: judging what the text means; guessing a day.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import UnreadableDocument, UnsupportedFormat
from pipeline.read.blocks import find_blocks
from pipeline.read.encodings.repair import repair
from pipeline.read.folder import read_bytes, shown_path
from pipeline.read.genre import describe
from pipeline.read.manifest import ManifestEntry
from pipeline.read.normalise import canonicalise
from pipeline.read.plain_text import read_markdown, read_plain_text
from pipeline.read.text_quality import assess
from pipeline.records import FileText, Report, SourceDocument

Reader = Callable[[bytes, str], FileText]
"""Bytes and the name for messages to the file's text. Raises UnreadableDocument."""

READERS: dict[str, Reader] = {
    ".txt": read_plain_text,
    ".md": read_markdown,
}

_NOTHING_KNOWN = ManifestEntry(file="")


def read(location: str | Path, *, path: str | None = None, entry: ManifestEntry | None = None) -> Report:
    """The report in a file. `path` names it in results (default: as given); `entry` is its manifest row.

    Raises UnsupportedFormat where READERS has no row for the suffix, UnreadableDocument where the file can't be
    read or isn't what its suffix promises.
    """
    path = shown_path(location) if path is None else path
    suffix = os.path.splitext(path)[1].lower()
    if suffix not in READERS:
        raise UnsupportedFormat(
            "no reader for this kind of file",
            where=path,
            remedy="Give a UTF-8 text file ({suffixes})",
            suffixes=", ".join(sorted(READERS)),
        )
    data = read_bytes(location, path)
    return make_report(READERS[suffix](data, path), data, path=path, entry=entry)


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


def make_report(content: FileText, data: bytes, *, path: str, entry: ManifestEntry | None = None) -> Report:
    """The report with that text. What the manifest says goes before what the text says of itself."""
    known = entry or _NOTHING_KNOWN
    content = repair(content)
    normalised = canonicalise(content.text)
    text = normalised.text
    assessment = assess(text)
    blocks = find_blocks(text, content.blocks)
    described = describe(text, blocks)
    digest = hashlib.sha256(data).hexdigest()
    source = SourceDocument(
        id=document_id(digest),
        path=path,
        sha256=digest,
        media_type=content.media_type,
        encoding=content.encoding,
        genre=described.genre,
        title=known.title or described.title,
        published=known.published or described.published,
        publisher=known.publisher,
        url=known.url,
        number=described.number,
        issuer=described.issuer,
        signer=described.signer,
        quality=assessment.quality,
        notes=(*content.notes, *normalised.notes, *assessment.notes),
    )
    return Report(source=source, text=text, blocks=blocks)


def document_id(sha256: str) -> str:
    """The report's id: the first 16 hex digits of its bytes' SHA-256. Same bytes, same id, wherever they lie."""
    return sha256[:16]
