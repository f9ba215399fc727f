"""The files to read where some are named by URL: the rules of `pipeline.read.folder` for a store instead of a disk."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.cluster.storage import find_filesystem, is_url
from pipeline.errors import ReadError, UnreadableDocument, UnsupportedFormat
from pipeline.read.folder import A_MANIFEST, HEAD, NO_READER, Gathering, InputFile, IsReport, gather, passed_over
from pipeline.records import Skipped


def list_files(
    inputs: Sequence[str],
    *,
    suffixes: Collection[str],
    is_report: IsReport,
    manifest_names: Collection[str],
    leave_out: str,
    manifest: str | None = None,
) -> Gathering:
    """Every file that the inputs name or hold, once, sorted by path: as `folder.gather`, for URLs too.

    A file's path in results is its URL; local ones keep theirs and are opened by their absolute path, for a worker's
    working folder is another.
    """
    local = [given for given in inputs if not is_url(given)]
    gathered = gather(
        local,
        suffixes=suffixes,
        is_report=is_report,
        manifest_names=manifest_names,
        leave_out=Path(leave_out) if not is_url(leave_out) else Path(os.devnull),
        manifest=None if manifest is None or is_url(manifest) else Path(manifest),
    )
    found = _Found(suffixes, is_report, manifest_names, leave_out.rstrip("/"), manifest)
    for given in sorted({given.rstrip("/") for given in inputs if is_url(given)}):
        found.take(given)
    files = {file.path: file for file in (*map(_absolute, gathered.files), *found.files.values())}
    skipped = {skip.path: skip for skip in (*gathered.skipped, *found.skipped.values()) if skip.path not in files}
    manifests = {file.path: file for file in (*gathered.manifests, *found.manifests.values())}
    return Gathering(
        files=tuple(files[path] for path in sorted(files)),
        skipped=tuple(skipped[path] for path in sorted(skipped)),
        errors=tuple(sorted((*gathered.errors, *found.errors), key=lambda error: error.where)),
        manifests=tuple(manifests[path] for path in sorted(manifests)),
    )


class _Found:
    """What the URLs hold, each list by URL."""

    def __init__(
        self,
        suffixes: Collection[str],
        is_report: IsReport,
        manifest_names: Collection[str],
        leave_out: str,
        manifest: str | None,
    ) -> None:
        self.files: dict[str, InputFile] = {}
        self.skipped: dict[str, Skipped] = {}
        self.manifests: dict[str, InputFile] = {}
        self.errors: list[ReadError] = []
        self._suffixes = suffixes
        self._is_report = is_report
        self._manifest_names = manifest_names
        self._leave_out = leave_out
        self._manifest = manifest

    def take(self, url: str) -> None:
        """What one URL names or holds."""
        filesystem, path = find_filesystem(url)
        filesystem.invalidate_cache()
        try:
            if filesystem.isfile(path):
                relative = posixpath.basename(url)
                self.files[url] = InputFile(path=url, location=url, relative=relative, named=True)
                return
            if not filesystem.isdir(path):
                raise FileNotFoundError(path)
            names = sorted(_below(path, found) for found in filesystem.find(path))
        except FileNotFoundError:
            self.errors.append(
                UnreadableDocument("there is no such file or folder", where=url, remedy="Check the name")
            )
            return
        except OSError as error:
            self.errors.append(
                UnreadableDocument(
                    "the folder can't be read ({reason})", where=url, remedy="Check that you may read it", reason=error
                )
            )
            return
        held = 0
        for name in names:
            held += self._take_member(url, name, filesystem, path)
        if not held:
            self.errors.append(
                UnsupportedFormat(
                    "the folder holds no report",
                    where=url,
                    remedy="Give a folder with files that can be read ({suffixes})",
                    suffixes=", ".join(sorted(self._suffixes)),
                )
            )

    def _take_member(self, url: str, name: str, filesystem: Any, path: str) -> bool:
        """One file in a folder; whether it is a report."""
        for folder in _folders(name):
            hidden = posixpath.basename(folder).startswith(".")
            if hidden or f"{url}/{folder}" == self._leave_out:
                reason = "a hidden folder" if hidden else "the folder of the results"
                self._skip(f"{url}/{folder}", reason)
                return False
        file = InputFile(path=f"{url}/{name}", location=f"{url}/{name}", relative=name)
        reason = passed_over(posixpath.basename(name), self._manifest_names) or ""
        if posixpath.basename(name) in self._manifest_names:
            self.manifests.setdefault(file.path, file)
        if file.path == self._manifest:
            reason = A_MANIFEST
        if not reason and not self._is_taken(name, filesystem, path):
            reason = NO_READER
        if reason:
            self._skip(file.path, reason)
            return False
        self.files.setdefault(file.path, file)
        return True

    def _is_taken(self, name: str, filesystem: Any, path: str) -> bool:
        if posixpath.splitext(name)[1].lower() in self._suffixes:
            return True
        try:
            head = filesystem.cat_file(f"{path.rstrip('/')}/{name}", start=0, end=HEAD)
        except OSError:
            return False
        return self._is_report(head, posixpath.basename(name))

    def _skip(self, path: str, reason: str) -> None:
        self.skipped.setdefault(path, Skipped(path=path, reason=reason))


def _folders(name: str) -> Iterator[str]:
    """The folders above a file, the outermost first."""
    parts = name.split("/")[:-1]
    return ("/".join(parts[: count + 1]) for count in range(len(parts)))


def _below(folder: str, path: str) -> str:
    return path[len(folder.rstrip("/")) :].lstrip("/")


def _absolute(file: InputFile) -> InputFile:
    return InputFile(
        path=file.path, location=os.path.abspath(file.location), relative=file.relative, named=file.named
    )
