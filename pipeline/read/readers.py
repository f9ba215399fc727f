"""Which format is read by what: a row a format.

A format is known to `formats.py` by its content and name; here it gets what reads it. A reader gives the one report
of a file; a container gives the many things that lie in it, each of which has a format of its own; a file with
attachments is a report and gives further things. What is named here is imported when it is first needed.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pipeline.read.formats import FORMATS
from pipeline.read.items import Found, Opening, Source
from pipeline.records import FileText

Reader = Callable[[bytes, str], FileText]
"""Bytes and the name for messages to the file's text. Raises UnreadableDocument."""
Container = Callable[[Source, Opening], Iterator[Found]]
"""An open file to what lies in it: sources and items to read, things passed over, and errors of those that can't be
read. Raises UnreadableDocument where nothing more can be had from the file."""
Attachments = Callable[[bytes, str], Iterable[tuple[str, bytes]]]
"""Bytes and the name for messages to the names and bytes of the files attached. Raises UnreadableDocument."""


def _lazy(module: str, name: str) -> Callable[..., Any]:
    def call(*arguments: Any) -> Any:
        return getattr(importlib.import_module(f"pipeline.read.{module}"), name)(*arguments)

    return call


READERS: dict[str, Reader] = {
    "txt": _lazy("plain_text", "read_plain_text"),
    "md": _lazy("plain_text", "read_markdown"),
    "html": _lazy("web_page", "read_web_page"),
    "docx": _lazy("word_document", "read_word_document"),
    "pdf": _lazy("pdf", "read_pdf"),
    "eml": _lazy("mail_message", "read_mail_message"),
    "mhtml": _lazy("mail_message", "read_mail_message"),
    "doc": _lazy("conversions", "read_old_document"),
    "rtf": _lazy("conversions", "read_old_document"),
    "odt": _lazy("conversions", "read_old_document"),
    "png": _lazy("conversions", "read_image"),
    "jpeg": _lazy("conversions", "read_image"),
    "tiff": _lazy("conversions", "read_image"),
}
CONTAINERS: dict[str, Container] = {
    "csv": _lazy("delimited", "read_csv"),
    "jsonl": _lazy("json_lines", "read_json_lines"),
    "parquet": _lazy("parquet", "read_parquet"),
    "zip": _lazy("zip_archive", "open_zip"),
    "tar": _lazy("tar_archive", "open_tar"),
    "tar.gz": _lazy("gzip_file", "open_gzip"),
}
ATTACHMENTS: dict[str, Attachments] = {
    "eml": _lazy("mail_message", "attachments"),
}

STREAMED = frozenset({"csv", "jsonl"})
"""Containers that are read once from their beginning to their end; the others go back and forth in the file."""
UNLABELLED = frozenset({"txt", "md", "html", "csv", "jsonl"})
"""Texts that may be in any encoding and for which the user may name it."""
NAMED = frozenset({"txt", "md", "csv", "jsonl"})
"""Texts told apart by their names: in a folder or archive, a text with any other name is not taken for a report."""


def readable_suffixes() -> frozenset[str]:
    """The suffixes of the formats that something reads, lower-case with the point."""
    read = [format for name, format in FORMATS.items() if name in READERS or name in CONTAINERS]
    return frozenset(suffix for format in read for suffix in format.suffixes)
