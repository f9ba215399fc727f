"""A Word file as a package: opened within limits, its parts given out as XML.

A `.docx` is a zip file of XML (ECMA-376 Part 2). What is too large unpacked, declares entities, is encrypted or broken
is refused with the reason before anything of it is read.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, timedelta, timezone
from typing import Any, NamedTuple

from pipeline.errors import UnreadableDocument, UnsupportedFormat

UNPACKED_MAX = 256 * 1024 * 1024
"""Bytes of all the file's members unpacked, pictures and all."""
XML_MAX = 64 * 1024 * 1024
"""Bytes of its XML members unpacked."""
TAGS_MAX = 1_500_000
"""Tags in its XML: each is some 300 bytes of memory while the file is read."""
MEMBERS_MAX = 20_000

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_VIETNAM = timezone(timedelta(hours=7))


class WordPackage(NamedTuple):
    """The parts of a Word file that text is read from, as lxml elements: None for a part that isn't there."""

    document: Any
    numbering: Any | None
    styles: Any | None
    footnotes: Any | None
    endnotes: Any | None
    title: str | None
    created: str | None


def open_word_package(data: bytes, where: str) -> WordPackage:
    """The parts of a `.docx` or `.docm` file. `created` is the ISO day of its making, in Vietnam's time.

    Raises UnreadableDocument where the file is truncated, encrypted, over the limits, declares XML entities or is no
    Word file; UnsupportedFormat for a Word file of the rare "Strict" kind.
    """
    _check_archive(data, where)
    from docx.oxml.parser import parse_xml
    from docx.package import Package

    try:
        package = Package.open(io.BytesIO(data))
        main = package.main_document_part
        parts = {relation.reltype: relation.target_part for relation in main.rels.values() if not relation.is_external}

        def root(name: str) -> Any | None:
            part = parts.get(_RELATIONS + name)
            return None if part is None else parse_xml(part.blob)

        document = parse_xml(main.blob)
        named = {name: root(name) for name in ("numbering", "styles", "footnotes", "endnotes")}
        properties = package.core_properties
        title, created = properties.title or None, properties.created
    except Exception as error:  # the library raises KeyError, ValueError, its own and lxml's errors for a broken file
        if b"http://purl.oclc.org/ooxml/officeDocument" in _relations_member(data):
            raise UnsupportedFormat(
                "the Word file is of the kind Strict Open XML",
                where=where,
                remedy="Save it in Word as an ordinary document (.docx)",
            ) from error
        raise _broken(where, error) from error
    if created is not None:
        created = (created.replace(tzinfo=UTC) if created.tzinfo is None else created).astimezone(_VIETNAM)
    return WordPackage(
        document=document,
        numbering=named["numbering"],
        styles=named["styles"],
        footnotes=named["footnotes"],
        endnotes=named["endnotes"],
        title=title.strip() or None if title else None,
        created=created.date().isoformat() if created is not None else None,
    )


def _check_archive(data: bytes, where: str) -> None:
    if data.startswith(_OLE2):
        raise UnreadableDocument(
            "the Word file is encrypted", where=where, remedy="Open it with its password and save it without one"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MEMBERS_MAX or sum(member.file_size for member in members) > UNPACKED_MAX:
                raise _too_large(where)
            xml = [member for member in members if member.filename.lower().endswith((".xml", ".rels"))]
            if sum(member.file_size for member in xml) > XML_MAX:
                raise _too_large(where)
            tags = 0
            for member in xml:
                # A member gives out no more bytes than its entry declares: what lies fails the check sum.
                part = archive.read(member)
                tags += part.count(b"<")
                if tags > TAGS_MAX:
                    raise _too_large(where)
                if b"<!DOCTYPE" in part or b"<\0!\0D\0O\0C\0T\0Y\0P\0E" in part or b"\0<\0!\0D\0O\0C" in part:
                    raise UnreadableDocument(
                        "the Word file declares XML entities, which no Word file does",
                        where=where,
                        remedy="Don't trust the file; save its text from Word anew if it is meant",
                    )
    except UnreadableDocument:
        raise
    except Exception as error:  # zipfile lets through zlib's, struct's and its own errors, and those of the file
        raise _broken(where, error) from error


def _relations_member(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.read("_rels/.rels")
    except Exception:  # as above: what a broken member raises is not one tree
        return b""


def _too_large(where: str) -> UnreadableDocument:
    return UnreadableDocument(
        "the Word file is too large when unpacked (more than {megabytes} MB, or {tags} tags)",
        where=where,
        remedy="Split it, or take its pictures out; if it is a small file, don't trust it",
        megabytes=UNPACKED_MAX // (1024 * 1024),
        tags=TAGS_MAX,
    )


def _broken(where: str, error: Exception) -> UnreadableDocument:
    return UnreadableDocument(
        "the Word file is damaged or cut short ({reason})",
        where=where,
        remedy="Fetch it again, or open it in Word or LibreOffice, repair and save it",
        reason=str(error).splitlines()[0][:120] if str(error) else type(error).__name__,
    )
