"""The files to read: which of what the user names, or what lies in a folder, are reports.

Finding is apart from reading: nothing is opened here but by `read_bytes`.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import ReadError, UnreadableDocument, UnsupportedFormat
from pipeline.records import Record, Skipped

# Files that accompany texts in a folder; named outright they are read like any other.
_COMPANIONS = frozenset({"readme", "license", "licence", "changelog", "contributing"})


class InputFile(Record, frozen=True, kw_only=True):
    """A file to read. `path` is as given by the user, with forward slashes, and names the file in all results;
    `location` is where to open it; `relative` is its path below the folder read (its name, when named outright)."""

    path: str
    location: str
    relative: str


class Gathering(NamedTuple):
    """What the inputs hold, each list by path: files to read, folders' files passed over, inputs that give
    nothing to read, and the manifests that lie in the folders."""

    files: tuple[InputFile, ...]
    skipped: tuple[Skipped, ...]
    errors: tuple[ReadError, ...]
    manifests: tuple[InputFile, ...]


def gather(inputs: Sequence[str], *, suffixes: Collection[str], manifest_name: str, leave_out: Path) -> Gathering:
    """Every file that the inputs name or hold, once, sorted by path.

    In a folder (read with its sub-folders) a file is taken by its suffix; hidden files and folders, symbolic
    links to folders, companions like README.md, other kinds of file and the folder `leave_out` (the results)
    are skipped, each with the reason. A file named outright must be of a kind that can be read.
    """
    files: dict[str, InputFile] = {}
    skipped: dict[str, Skipped] = {}
    manifests: dict[str, InputFile] = {}
    errors: dict[str, ReadError] = {}
    results = os.path.abspath(leave_out)
    for given in sorted(set(inputs)):
        if not os.path.isdir(given):
            file = _input_file(given, given, os.path.basename(given))
            error = _refusal(file, suffixes)
            if error:
                errors[given] = error
            else:
                files.setdefault(_identity(given), file)
            continue
        before = len(files) + len(errors)
        held = 0
        for location, reason in _walk(given, suffixes, manifest_name, results, errors):
            file = _input_file(location, location, os.path.relpath(location, given))
            if os.path.basename(location) == manifest_name:
                manifests.setdefault(_identity(location), file)
            if reason:
                skipped.setdefault(_identity(location), Skipped(path=file.path, reason=reason))
            else:
                held += 1
                files.setdefault(_identity(location), file)
        if not held and before == len(files) + len(errors):
            errors[given] = UnsupportedFormat(
                "the folder holds no report",
                where=shown_path(given),
                remedy="Give a folder with UTF-8 text files ({suffixes})",
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


def read_bytes(location: str | Path, where: str) -> bytes:
    """The file's bytes. Raises UnreadableDocument where it can't be read or is no regular file.

    Asked for its kind before it is opened: opening a pipe or a device could wait for ever.
    """
    try:
        mode = os.stat(location).st_mode
        if stat.S_ISREG(mode):
            return Path(location).read_bytes()
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


def shown_path(path: str | Path) -> str:
    """The path as results show it: without `.` parts and doubled slashes, with forward slashes, as valid UTF-8."""
    shown = os.path.normpath(path).replace(os.sep, "/")
    # A file name in another encoding reaches Python with lone surrogates, which no JSON can hold.
    return shown.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _walk(
    top: str, suffixes: Collection[str], manifest_name: str, results: str, errors: dict[str, ReadError]
) -> Iterator[tuple[str, str | None]]:
    """Each file below `top` with the reason for passing it over, null for a report; folders only when skipped."""

    def unreadable(error: OSError) -> None:
        errors[str(error.filename)] = UnreadableDocument(
            "the folder can't be read ({reason})",
            where=shown_path(error.filename),
            remedy="Check that you may read it",
            reason=error.strerror,
        )

    for folder, folders, names in os.walk(top, onerror=unreadable):
        for name in sorted(folders):
            location = os.path.join(folder, name)
            reason = _folder_skip(location, results)
            if reason:
                folders.remove(name)
                yield location, reason
        for name in sorted(names):
            yield os.path.join(folder, name), _file_skip(name, suffixes, manifest_name)


def _folder_skip(location: str, results: str) -> str | None:
    if os.path.islink(location):
        return "a symbolic link to a folder is not followed"
    if os.path.basename(location).startswith("."):
        return "a hidden folder"
    return "the folder of the results" if os.path.abspath(location) == results else None


def _file_skip(name: str, suffixes: Collection[str], manifest_name: str) -> str | None:
    stem, suffix = os.path.splitext(name)
    if name.startswith("."):
        return "a hidden file"
    if name == manifest_name:
        return "a manifest, no report"
    if stem.lower() in _COMPANIONS:
        return "a file about the folder, no report"
    return None if suffix.lower() in suffixes else "no reader for this kind of file"


def _refusal(file: InputFile, suffixes: Collection[str]) -> ReadError | None:
    if not os.path.lexists(file.location):
        return UnreadableDocument("there is no such file or folder", where=file.path, remedy="Check the name")
    if os.path.splitext(file.location)[1].lower() in suffixes:
        return None
    return UnsupportedFormat(
        "no reader for this kind of file",
        where=file.path,
        remedy="Give a UTF-8 text file ({suffixes})",
        suffixes=", ".join(sorted(suffixes)),
    )


def _input_file(path: str, location: str, relative: str) -> InputFile:
    return InputFile(path=shown_path(path), location=location, relative=shown_path(relative))


def _identity(location: str) -> str:
    return os.path.abspath(location)
