"""The manifest: what is known of the reports beside their text, above all the day of publication.

A manifest is a UTF-8 `.csv` file with a head line and the columns `file` and `published`, and optionally
`title`, `publisher` and `url`; or a `.jsonl` file whose lines are objects with those keys. `file` is a path below the
manifest's folder or the folder that is read, or a bare name; for what lies in a file it is the path that results show
(`press.zip!2023/hop.docx`, `articles.csv#77`). `published` is an ISO day (2023-06-08) or empty where it isn't known.
Other columns are passed over. What a manifest says goes before all else that tells of a report: see `metadata.py`.
"""

from __future__ import annotations

import csv
import datetime
import io
import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from pipeline.errors import ManifestError, UnreadableDocument
from pipeline.read.folder import read_bytes
from pipeline.read.normalise import normalise
from pipeline.records import Record

MANIFEST_NAMES = ("manifest.csv", "manifest.jsonl")
COLUMNS = ("file", "published", "title", "publisher", "url")
_NEEDED = ("file", "published")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class ManifestEntry(Record, frozen=True, kw_only=True):
    """One row: null where the manifest is silent. `line` is where the row begins in the file, from 1."""

    file: str
    published: str | None = None
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    line: int = 0


class Manifest(NamedTuple):
    """The rows that can be used, and one error for each that can't. `folder` is where the manifest lies."""

    path: str
    folder: str
    entries: tuple[ManifestEntry, ...]
    problems: tuple[ManifestError, ...]


def read_manifest(location: Path, path: str | None = None) -> Manifest:
    """The manifest's rows; `path` is how messages name it. What is wrong and what is raised: see `parse_manifest`."""
    path = path or location.as_posix()
    try:
        data = read_bytes(location, path)
    except UnreadableDocument as error:
        problem, remedy = error.sentences
        raise ManifestError(problem, where=path, remedy=remedy, **error.details) from error
    return parse_manifest(data, path, folder=str(location.parent))


def parse_manifest(data: bytes, path: str, *, folder: str) -> Manifest:
    """The rows of a manifest that lies in that folder; `path` is how messages name it, and its suffix tells the form.

    A wrong row (bad day, no file, a second row for a file) becomes one of `problems` and isn't used. Raises
    ManifestError where the file as a whole can't be used: not UTF-8, no CSV, a column missing.
    """
    try:
        text = normalise(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ManifestError(
            "the file is not UTF-8 (byte {offset})",
            where=path,
            remedy="Save it as UTF-8 and run again",
            offset=error.start,
        ) from error
    entries: dict[str, ManifestEntry] = {}
    problems: list[ManifestError] = []
    rows = _json_rows(text, path) if path.lower().endswith(".jsonl") else _csv_rows(text, path)
    for line, row in rows:
        try:
            entry = _read_row(row, line, path)
            if entry.file in entries:
                raise ManifestError(
                    "a second row for {file} (first in line {first})",
                    where=_where(path, line),
                    remedy="Keep one row for each file; the first was used",
                    file=entry.file,
                    first=entries[entry.file].line,
                )
        except ManifestError as problem:
            problems.append(problem)
        else:
            entries[entry.file] = entry
    return Manifest(path=path, folder=folder, entries=tuple(entries.values()), problems=tuple(problems))


def _json_rows(text: str, path: str) -> Iterator[tuple[int, Mapping[str | None, object]]]:
    """Each line's object; for a line that is none, nothing, which `_read_row` refuses."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = msgspec.json.decode(line)
        except (msgspec.DecodeError, RecursionError):
            row = None
        yield number, {str(key).strip().lower(): value for key, value in row.items()} if isinstance(row, dict) else {}


def _csv_rows(text: str, path: str) -> list[tuple[int, Mapping[str | None, object]]]:
    head = text.partition("\n")[0]
    # Spreadsheets of a Vietnamese locale write ";" between the columns.
    delimiter = ";" if ";" in head and "," not in head else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = [column.strip().lower() for column in reader.fieldnames or []]
        reader.fieldnames = columns
        missing = [column for column in _NEEDED if column not in columns]
        if missing:
            raise ManifestError(
                "the manifest has no column {columns}",
                where=path,
                remedy="Give it the head line file,published",
                columns=", ".join(missing),
            )
        return [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise ManifestError(
            "the manifest is no CSV table ({reason})",
            where=_where(path, reader.line_num),
            remedy="Check the quotation marks and save it as CSV",
            reason=error,
        ) from error


def _read_row(row: Mapping[str | None, object], line: int, path: str) -> ManifestEntry:
    where = _where(path, line)
    if row.get(None):
        raise ManifestError(
            "the row has more fields than the head line",
            where=where,
            remedy="Put a field that holds a comma in quotation marks",
        )
    fields = {column: str(row.get(column) or "").strip() for column in COLUMNS}
    if not fields["file"]:
        raise ManifestError("the row names no file", where=where, remedy="Fill the column file, or take the row out")
    return make_entry(
        file=file_key(fields["file"]),
        published=fields["published"] or None,
        title=fields["title"] or None,
        publisher=fields["publisher"] or None,
        url=fields["url"] or None,
        line=line,
        where=where,
    )


def make_entry(
    *,
    file: str,
    published: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    line: int = 0,
    where: str = "",
) -> ManifestEntry:
    """What is known of a file. Raises ManifestError where `published` is no ISO day."""
    if published is not None and parse_day(published) is None:
        raise ManifestError(
            "{day} is no day of publication ({file})",
            where=where,
            remedy="Write the day as 2023-06-08, or leave it empty where it isn't known",
            day=repr(published),
            file=file,
        )
    return ManifestEntry(file=file, published=published, title=title, publisher=publisher, url=url, line=line)


def parse_day(text: str) -> datetime.date | None:
    """The day written as 2023-06-08; null where it isn't one. Other ways of writing a day aren't read: 6/8 is two."""
    if not _ISO_DAY.fullmatch(text):
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def file_key(path: str) -> str:
    """The path in the one form in which paths are compared: NFC, forward slashes, without `.` parts. What stands
    behind `#` is a row's id and stays as it is."""
    name, mark, row = normalise(path).partition("#")
    return posixpath.normpath(name.replace("\\", "/")) + mark + row


def _where(path: str, line: int) -> str:
    return f"{path}:{line}"
