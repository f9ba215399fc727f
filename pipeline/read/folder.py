"""The files to read: which of what the user names, or what lies in a folder, are reports.

Finding is apart from reading: of a file whose name tells nothing the beginning is looked at, and nothing else.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec

from pipeline.errors import ReadError, UnreadableDocument, UnsupportedFormat
from pipeline.read.limits import REPORT_LIMIT, shown_size
from pipeline.records import Record, Skipped

HEAD = 1 << 16
"""Bytes at a file's beginning from which its format is told where the whole isn't at hand."""
IsReport = Callable[[bytes, str], bool]
"""Whether a file with that beginning and name is one that can be read, though its suffix says nothing."""

# Files that accompany texts in a folder; named outright they are read like any other.
_COMPANIONS = frozenset({"readme", "license", "licence", "changelog", "contributing"})


NO_READER = "no reader for this kind of file"
A_MANIFEST = "a manifest, no report"


class InputFile(Record, frozen=True, kw_only=True):
    """A file to read. `path` is as given by the user, with forward slashes, and names the file in all results;
    `location` is where to open it; `relative` is its path below the folder read (its name, when named outright);
    `named` outright by the user, it must be of a kind that can be read."""

    path: str
    location: str
    relative: str
    named: bool = False


class Gathering(NamedTuple):
    """What the inputs hold, each list by path: files to read, folders' files passed over, inputs that give
    nothing to read, and the manifests that lie in the folders."""

    files: tuple[InputFile, ...]
    skipped: tuple[Skipped, ...]
    errors: tuple[ReadError, ...]
    manifests: tuple[InputFile, ...]


def gather(
    inputs: Sequence[str],
    *,
    suffixes: Collection[str],
    is_report: IsReport,
    manifest_names: Collection[str],
    leave_out: Path,
    manifest: Path | None = None,
) -> Gathering:
    """Every file that the inputs name or hold, once, sorted by path.

    In a folder (read with its sub-folders) a file is taken by its suffix, or by its content where the suffix isn't
    one of `suffixes`; hidden files and folders, symbolic links to folders, companions like README.md, other kinds of
    file, the folder `leave_out` (the results) and `manifest` are skipped, each with the reason. A file named outright
    is always taken: what it is shows when it is read.
    """
    files: dict[str, InputFile] = {}
    skipped: dict[str, Skipped] = {}
    manifests: dict[str, InputFile] = {}
    errors: dict[str, ReadError] = {}
    results = os.path.abspath(leave_out)
    named_manifest = None if manifest is None else _identity(manifest)
    for given in sorted(set(inputs)):
        if not os.path.isdir(given):
            file = _input_file(given, given, os.path.basename(given))
            if os.path.lexists(given):
                known = files.get(_identity(given), file)
                files[_identity(given)] = msgspec.structs.replace(known, named=True)
            else:
                errors[given] = UnreadableDocument(
                    "there is no such file or folder", where=file.path, remedy="Check the name"
                )
            continue
        before = len(files) + len(errors)
        held = 0
        for location, reason in _walk(given, manifest_names, results, errors):
            file = _input_file(location, location, os.path.relpath(location, given))
            identity = _identity(location)
            if reason is None and identity == named_manifest:
                reason = A_MANIFEST
            elif reason == A_MANIFEST:
                manifests.setdefault(identity, file)
            elif reason is None and not _is_taken(location, suffixes, is_report):
                reason = NO_READER
            if reason:
                skipped.setdefault(identity, Skipped(path=file.path, reason=reason))
            else:
                held += 1
                files.setdefault(identity, file)
        if not held and before == len(files) + len(errors):
            errors[given] = UnsupportedFormat(
                "the folder holds no report",
                where=shown_path(given),
                remedy="Give a folder with files that can be read ({suffixes})",
                suffixes=", ".join(sorted(suffixes)),
            )
    # A file both named outright and passed over in a folder is read.
    passed_over = [skip for identity, skip in skipped.items() if identity not in files]
    return Gathering(
        files=tuple(sorted(files.values(), key=lambda file: file.path)),
        skipped=tuple(sorted(passed_over, key=lambda skip: skip.path)),
        errors=tuple(sorted(errors.values(), key=lambda error: error.where)),
        manifests=tuple(sorted(manifests.values(), key=lambda file: file.path)),
    )


def open_file(location: str | Path, where: str) -> tuple[BinaryIO, int]:
    """The file opened, and its size. Raises UnreadableDocument where it can't be read or is no regular file.

    Asked for its kind before it is opened and after, and opened without waiting: opening a pipe or a device could
    wait for ever, and what a name stands for may change in between.
    """
    try:
        if stat.S_ISREG(os.stat(location).st_mode):
            descriptor = os.open(location, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
            stream = os.fdopen(descriptor, "rb")
            status = os.fstat(descriptor)
            if stat.S_ISREG(status.st_mode):
                return stream, status.st_size
            stream.close()
    except FileNotFoundError as error:
        raise UnreadableDocument(
            "there is no such file or folder", where=where, remedy="Check the name", reason=error
        ) from error
    except (OSError, ValueError) as error:
        raise UnreadableDocument(
            "the file can't be read ({reason})",
            where=where,
            remedy="Check that you may read it and that it is no broken link",
            reason=getattr(error, "strerror", None) or error,
        ) from error
    raise UnreadableDocument(
        "this is no regular file but a folder, pipe, socket or device",
        where=where,
        remedy="Give the file that holds the report's text",
    )


def read_bytes(location: str | Path, where: str) -> bytes:
    """The file's bytes. Raises UnreadableDocument as `open_file` and `read_whole` do."""
    stream, _ = open_file(location, where)
    with stream:
        return read_whole(stream, where)


def read_whole(stream: BinaryIO, where: str, *, taken: int = 0) -> bytes:
    """All that is left of the stream, of which `taken` bytes were read before. Raises UnreadableDocument where it holds
    more than `REPORT_LIMIT` or can't be read to its end."""
    try:
        data = stream.read(max(0, REPORT_LIMIT + 1 - taken))
    except OSError as error:
        raise UnreadableDocument(
            "the file can't be read ({reason})",
            where=where,
            remedy="Check that you may read it and that it is no broken link",
            reason=error.strerror or error,
        ) from error
    if taken + len(data) > REPORT_LIMIT:
        raise UnreadableDocument(
            "the file is larger than {limit}",
            where=where,
            remedy="Split it into its reports",
            limit=shown_size(REPORT_LIMIT),
        )
    return data


def shown_path(path: str | Path) -> str:
    """The path as results show it: without `.` parts and doubled slashes, with forward slashes, as valid UTF-8.

    Bytes of a name that isn't UTF-8 are shown as `\\xff`, so that two such names stay two.
    """
    shown = os.path.normpath(path).replace(os.sep, "/")
    # Such bytes reach Python as lone surrogates, which no JSON can hold.
    return os.fsencode(shown).decode("utf-8", "backslashreplace")


def passed_over(name: str, manifest_names: Collection[str]) -> str | None:
    """Why a file of that name in a folder or archive is no report; null where its name doesn't say so."""
    if name.startswith("."):
        return "a hidden file"
    if name in manifest_names:
        return A_MANIFEST
    if os.path.splitext(name)[0].lower() in _COMPANIONS:
        return "a file about the folder, no report"
    return None


def _walk(
    top: str, manifest_names: Collection[str], results: str, errors: dict[str, ReadError]
) -> Iterator[tuple[str, str | None]]:
    """Each file below `top` with the reason for passing it over, null for a report; folders only when skipped.

    Not `os.walk`, whose recursion a thousand folders in one another end.
    """
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            errors[folder] = UnreadableDocument(
                "the folder can't be read ({reason})",
                where=shown_path(folder),
                remedy="Check that you may read it",
                reason=error.strerror,
            )
            continue
        for entry in entries:
            if os.path.isdir(entry.path):
                reason = _folder_skip(entry.path, results)
                if reason:
                    yield entry.path, reason
                else:
                    waiting.append(entry.path)
            else:
                yield entry.path, passed_over(entry.name, manifest_names)


def _is_taken(location: str, suffixes: Collection[str], is_report: IsReport) -> bool:
    """A file that can't be looked at is no report by its content: its suffix alone would make it a failure."""
    if os.path.splitext(location)[1].lower() in suffixes:
        return True
    try:
        stream, _ = open_file(location, location)
        with stream:
            return is_report(stream.read(HEAD), os.path.basename(location))
    except (ReadError, OSError):
        return False


def _folder_skip(location: str, results: str) -> str | None:
    if os.path.islink(location):
        return "a symbolic link to a folder is not followed"
    if os.path.basename(location).startswith("."):
        return "a hidden folder"
    return "the folder of the results" if os.path.abspath(location) == results else None


def _input_file(path: str, location: str, relative: str) -> InputFile:
    return InputFile(path=shown_path(path), location=location, relative=shown_path(relative))


def _identity(location: str | Path) -> str:
    return os.path.abspath(location)
