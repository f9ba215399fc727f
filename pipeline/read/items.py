"""What lies between files and reports: a file is one item or holds many.

A plain file is one item. A table holds one in each row, an archive one in each member, and containers may lie in
containers. An item's path names it in all results: `press.zip!2023/hop.docx`, `articles.csv#77`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import BinaryIO

from pipeline.errors import ReadError
from pipeline.read.assignment import KnownReports
from pipeline.read.limits import Budget
from pipeline.records import FileText, Record, Skipped


class ReadOptions(Record, frozen=True, kw_only=True):
    """What the user says of all files: the encoding of texts, and which columns of tables hold what (null: found)."""

    encoding: str | None = None
    text_column: str | None = None
    date_column: str | None = None
    id_column: str | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """What the opening of one input file goes by: the user's options, what may be unpacked, and what manifests say."""

    options: ReadOptions
    budget: Budget
    known: KnownReports


@dataclass(frozen=True, slots=True)
class Source:
    """An open file, or member of an archive, whose content is not known yet. `stream` stands at its beginning and
    can be read until the next thing is asked for; where it can be read back and forth, `size` is known. `named` by the
    user, or found in a folder or archive."""

    path: str
    relative: str
    stream: BinaryIO
    size: int | None = None
    named: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to read as a report.

    `data` are the bytes that the report's digest is taken of; `format` names the reader. `told` is what a table's row
    says beside its text; where it holds the text too, no reader is needed.
    """

    path: str
    data: bytes
    format: str
    told: FileText | None = None


Found = Source | Item | Skipped | ReadError
"""What a container gives."""
Outcome = Item | Skipped | ReadError
"""What becomes of each thing in a file: it is read, passed over, or can't be read."""


class UniquePaths:
    """Paths that are given once: a second of the same name gets a number, `a (2).txt`."""

    def __init__(self) -> None:
        self._times: dict[str, int] = {}

    def make(self, path: str) -> str:
        """The path, or the first of its numbered forms that was not given yet."""
        made = path
        stem, suffix = os.path.splitext(path)
        while made in self._times:
            self._times[path] += 1
            made = f"{stem} ({self._times[path]}){suffix}"
        self._times[made] = 1
        return made
