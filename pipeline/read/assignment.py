"""Which row of which manifest tells of which report.

The files of folders and the members of archives are known before they are read; the rows of tables are known as they
come. A manifest's row for one of those waits under the path that it will have.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable, Iterable, Sequence

from pipeline.errors import ManifestError
from pipeline.read.folder import InputFile
from pipeline.read.manifest import Manifest, ManifestEntry, file_key

_INSIDE = re.compile("[!#]")
"""What parts a file's path from the path or id of what lies in it."""


class KnownReports:
    """What manifests say of reports, by the path that the report has in results.

    A manifest found in a folder or archive tells of what lies below its own folder, the nearest first; one that the
    user names tells of all, and those found are passed over (`found_ones` is false then).
    """

    def __init__(self, *, found_ones: bool = True) -> None:
        self.found_ones = found_ones
        self.used: list[str] = []
        self.problems: list[ManifestError] = []
        self._entries: dict[str, ManifestEntry] = {}
        self._waiting: dict[str, ManifestError] = {}
        self._contents: tuple[int, dict[str, list[str]]] | None = None

    def learn(self, manifest: Manifest, files: Sequence[InputFile], exists: Callable[[str], bool]) -> None:
        """Takes up a manifest that tells of those files. Of a file that is told of already it isn't asked: nearer
        manifests come first. `exists` says whether there is a file at a place as the row writes it."""
        self.used.append(manifest.path)
        self.problems += manifest.problems
        waiting = self._assign(manifest, [file for file in files if file.path not in self._entries])
        self._await(manifest, waiting, files, exists)

    def entry(self, path: str) -> ManifestEntry | None:
        """What is known of the report at that path; null where no manifest tells of it."""
        self._waiting.pop(path, None)
        return self._entries.get(path)

    def container_entry(self, path: str) -> ManifestEntry | None:
        """What is known of the file, archive or table that the report at that path lies in, the nearest first."""
        for mark in reversed(list(_INSIDE.finditer(path))):
            entry = self._entries.get(path[: mark.start()])
            if entry is not None:
                return entry
        return None

    def unmet(self) -> list[ManifestError]:
        """An error for each row that named something in a file which was not there."""
        return list(self._waiting.values())

    def part(self, paths: Iterable[str]) -> KnownReports:
        """What is known of those files and of what lies in them, to read them elsewhere: see `join`."""
        part = KnownReports(found_ones=self.found_ones)
        inside = self._inside()
        for path in paths:
            for key in (path, *inside.get(path, ())):
                if key in self._entries:
                    part._entries[key] = self._entries[key]
                if key in self._waiting:
                    part._waiting[key] = self._waiting[key]
        return part

    def join(self, paths: Iterable[str], part: KnownReports) -> None:
        """Takes up what was met of the part of those files where they were read, and the manifests found in them."""
        inside = self._inside()
        for path in paths:
            for key in (path, *inside.get(path, ())):
                self._waiting.pop(key, None)
        self._waiting.update(part._waiting)
        self.used += part.used
        self.problems += part.problems

    def _inside(self) -> dict[str, list[str]]:
        """The paths told of inside files, under the path of each file or archive that they may lie in."""
        if self._contents is None or self._contents[0] != len(self._entries):
            contents: dict[str, list[str]] = {}
            for path in self._entries:
                for mark in _INSIDE.finditer(path):
                    contents.setdefault(path[: mark.start()], []).append(path)
            self._contents = (len(self._entries), contents)
        return self._contents[1]

    def _assign(self, manifest: Manifest, files: Sequence[InputFile]) -> list[ManifestEntry]:
        """Gives each row to the file that it fits; those that fit none are left over.

        A row fits the file with its path below the manifest's folder; failing that, the one with its path below the
        folder read, or as given; failing that, the one with its name. A row that fits several files at its best
        level is given to none.
        """
        waiting = list(manifest.entries)
        for number, keys in enumerate(_levels(manifest)):
            index = _index((file for file in files if file.path not in self._entries), keys)
            unmatched = []
            for entry in waiting:
                found = index.get(posixpath.basename(entry.file) if number == 2 else entry.file, [])
                if len(found) == 1 and found[0] not in self._entries:
                    self._entries[found[0]] = entry
                elif len(found) > 1:
                    self.problems.append(_ambiguous(manifest, entry, found))
                else:
                    unmatched.append(entry)
            waiting = unmatched
        return waiting

    def _await(
        self,
        manifest: Manifest,
        waiting: Iterable[ManifestEntry],
        files: Sequence[InputFile],
        exists: Callable[[str], bool],
    ) -> None:
        """Puts rows for what lies in a file under the path that it will have. A row for a file that is there but
        isn't read is no error: the manifest may tell of more reports than are read."""
        indexes = [_index(files, keys) for keys in _levels(manifest)[:2]]
        for entry in waiting:
            for mark in _INSIDE.finditer(entry.file):
                outer, inner = entry.file[: mark.start()], entry.file[mark.start() :]
                found = next((index[outer] for index in indexes if len(index.get(outer, ())) == 1), None)
                if found:
                    path = found[0] + inner
                    if path not in self._entries:
                        self._entries[path] = entry
                        self._waiting[path] = _missing(manifest, entry)
                    break
            else:
                if not exists(entry.file):
                    self.problems.append(_missing(manifest, entry))


def _levels(manifest: Manifest) -> tuple[Callable[[InputFile], Iterable[str]], ...]:
    return (
        lambda file: [file_key(os.path.relpath(file.location, manifest.folder or os.curdir))],
        lambda file: {file_key(file.relative), file_key(file.path)},
        lambda file: [posixpath.basename(file_key(file.path))],
    )


def _index(files: Iterable[InputFile], keys: Callable[[InputFile], Iterable[str]]) -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for file in files:
        for key in keys(file):
            index.setdefault(key, []).append(file.path)
    return index


def _ambiguous(manifest: Manifest, entry: ManifestEntry, found: Sequence[str]) -> ManifestError:
    return ManifestError(
        "{file} fits several files ({found})",
        where=f"{manifest.path}:{entry.line}",
        remedy="Write the path below the manifest's folder; none of them was given this row",
        file=entry.file,
        found=", ".join(sorted(found)),
    )


def _missing(manifest: Manifest, entry: ManifestEntry) -> ManifestError:
    return ManifestError(
        "{file} is named but there is no such file",
        where=f"{manifest.path}:{entry.line}",
        remedy="Correct the name, or take the row out",
        file=entry.file,
    )
