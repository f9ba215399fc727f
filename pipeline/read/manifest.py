"""The manifest: what is known of the reports beside their text, above all the day of publication.

A manifest is a UTF-8 `.csv` file with a head line and the columns `file` and `published`, and optionally
`title`, `publisher` and `url`. `file` is a path below the manifest's folder or the folder that is read, or a
bare name; `published` is an ISO day (2023-06-08) or empty where it isn't known. Other columns are passed over.
"""

from __future__ import annotations

import csv
import datetime
import io
import os
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import ManifestError, UnreadableDocument
from pipeline.read.folder import InputFile, read_bytes
from pipeline.read.normalise import normalise
from pipeline.records import Record

MANIFEST_NAME = "manifest.csv"
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
    """The manifest's rows; `path` is how messages name it.

    A wrong row (bad day, no file, a second row for a file) becomes one of `problems` and isn't used. Raises
    ManifestError where the file as a whole can't be used: unreadable, not UTF-8, no CSV, a column missing.
    """
    path = path or location.as_posix()
    table = _read_table(location, path)
    entries: dict[str, ManifestEntry] = {}
    problems: list[ManifestError] = []
    for line, row in table:
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
    return Manifest(path=path, folder=str(location.parent), entries=tuple(entries.values()), problems=tuple(problems))


def assign(manifest: Manifest, files: Sequence[InputFile]) -> tuple[dict[str, ManifestEntry], list[ManifestError]]:
    """Which row tells of which file, by `InputFile.path`, and an error for each row that fits no file or several.

    A row fits the file with its path below the manifest's folder; failing that, the one with its path below the
    folder read, or as given; failing that, the one with its name. A row that fits several files at its best
    level is given to none. A row whose file isn't among `files` but lies beside the manifest is no error: the
    manifest may tell of more reports than are read.
    """
    assigned: dict[str, ManifestEntry] = {}
    problems: list[ManifestError] = []
    waiting = list(manifest.entries)
    levels: tuple[Callable[[InputFile], Iterable[str]], ...] = (
        lambda file: [_key(os.path.relpath(file.location, manifest.folder))],
        lambda file: {_key(file.relative), _key(file.path)},
        lambda file: [_name(file.path)],
    )
    for number, keys in enumerate(levels):
        index: dict[str, list[str]] = {}
        for file in files:
            if file.path not in assigned:
                for key in keys(file):
                    index.setdefault(key, []).append(file.path)
        unmatched = []
        for entry in waiting:
            found = index.get(_name(entry.file) if number == 2 else entry.file, [])
            if len(found) == 1 and found[0] not in assigned:
                assigned[found[0]] = entry
            elif len(found) > 1:
                problems.append(_ambiguous(manifest, entry, found))
            else:
                unmatched.append(entry)
        waiting = unmatched
    problems.extend(
        _missing(manifest, entry) for entry in waiting if not os.path.lexists(os.path.join(manifest.folder, entry.file))
    )
    return assigned, problems


def _read_table(location: Path, path: str) -> list[tuple[int, Mapping[str | None, object]]]:
    try:
        text = normalise(read_bytes(location, path).decode("utf-8"))
    except UnreadableDocument as error:
        problem, remedy = error.sentences
        raise ManifestError(problem, where=path, remedy=remedy, **error.details) from error
    except UnicodeDecodeError as error:
        raise ManifestError(
            "the file is not UTF-8 (byte {offset})",
            where=path,
            remedy="Save it as UTF-8 and run again",
            offset=error.start,
        ) from error
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
        file=_key(fields["file"]),
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


def _key(path: str) -> str:
    return posixpath.normpath(normalise(path.replace("\\", "/")))


def _name(path: str) -> str:
    return posixpath.basename(_key(path))


def _where(path: str, line: int) -> str:
    return f"{path}:{line}"


def _ambiguous(manifest: Manifest, entry: ManifestEntry, found: Sequence[str]) -> ManifestError:
    return ManifestError(
        "{file} fits several files ({found})",
        where=_where(manifest.path, entry.line),
        remedy="Write the path below the manifest's folder; none of them was given this row",
        file=entry.file,
        found=", ".join(sorted(found)),
    )


def _missing(manifest: Manifest, entry: ManifestEntry) -> ManifestError:
    return ManifestError(
        "{file} is named but there is no such file",
        where=_where(manifest.path, entry.line),
        remedy="Correct the name, or take the row out",
        file=entry.file,
    )
