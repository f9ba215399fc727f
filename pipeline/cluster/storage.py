"""Files by fsspec URL: a local or shared folder, the memory of this process, an object store.

A path without a protocol is local. What a store asks for (keys, an endpoint) is read from fsspec's own configuration
on every machine, and never from here. Storage that is read and written by several processes must be one that they all
see.
"""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, cast

from pipeline.errors import ManifestError, StoreError, UnreadableDocument
from pipeline.read.folder import open_file, read_whole
from pipeline.read.manifest import Manifest, parse_manifest, read_manifest

_PROTOCOL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def is_url(location: str) -> bool:
    """Whether the location names a protocol, as `s3://bucket/articles` does."""
    return _PROTOCOL.match(location) is not None


def find_filesystem(location: str) -> tuple[Any, str]:
    """The fsspec file system of a location, and the location's path in it. Raises StoreError for a protocol that
    fsspec doesn't know, or whose package isn't installed."""
    from fsspec.core import url_to_fs

    try:
        return cast("tuple[Any, str]", url_to_fs(location))
    except (ImportError, ValueError) as error:
        raise StoreError(
            "this kind of storage can't be used ({reason})",
            where=location,
            remedy="Install fsspec's package for it on all machines (for s3:// that is s3fs)",
            reason=error,
        ) from error


def open_location(location: str, where: str) -> tuple[BinaryIO, int]:
    """The file at a path or URL, and its size, as `pipeline.read.folder.open_file`. Raises UnreadableDocument."""
    if not is_url(location):
        return open_file(location, where)
    filesystem, path = find_filesystem(location)
    try:
        size = filesystem.size(path)
        return cast(BinaryIO, filesystem.open(path, "rb")), int(size or 0)
    except FileNotFoundError as error:
        raise UnreadableDocument(
            "there is no such file or folder", where=where, remedy="Check the name", reason=error
        ) from error
    except OSError as error:
        raise UnreadableDocument(
            "the file can't be read ({reason})",
            where=where,
            remedy="Check that you may read it and that it is no broken link",
            reason=error,
        ) from error


def location_exists(location: str) -> bool:
    """Whether there is a file at a path or URL."""
    if not is_url(location):
        return os.path.lexists(location)
    filesystem, path = find_filesystem(location)
    return bool(filesystem.exists(path))


def read_manifest_at(location: str, path: str) -> Manifest:
    """The manifest at a path or URL; one at a URL is named by it. Raises ManifestError as `read_manifest`."""
    if not is_url(location):
        return read_manifest(Path(location), path)
    try:
        stream, _ = open_location(location, location)
        with stream:
            data = read_whole(stream, location)
    except UnreadableDocument as error:
        problem, remedy = error.sentences
        raise ManifestError(problem, where=location, remedy=remedy, **error.details) from error
    return parse_manifest(data, location, folder=location.rpartition("/")[0])


class Storage:
    """A folder, by URL or local path; files in it by their paths below it.

    Can be sent to another process. A file is written whole or not at all: on a local disk it is written beside and
    renamed, in an object store a file shows when all of it has arrived. Raises OSError where the store does, so that
    a task is tried again.
    """

    def __init__(self, location: str) -> None:
        self.location = location if is_url(location) else os.path.abspath(location)

    def __reduce__(self) -> tuple[type[Storage], tuple[str]]:
        return Storage, (self.location,)

    def below(self, name: str) -> Storage:
        """The folder of that name in this one."""
        return Storage(f"{self.location.rstrip('/')}/{name}")

    def make(self) -> None:
        """The folder itself, where there are such things."""
        filesystem, path = self._place
        filesystem.makedirs(path, exist_ok=True)

    def write(self, name: str, data: bytes) -> None:
        """The bytes in a file of that name, in a folder that is there."""
        filesystem, path = self._place
        target = f"{path.rstrip('/')}/{name}"
        if self._is_local:
            beside = f"{os.path.dirname(target)}/.{uuid.uuid4().hex}"
            filesystem.pipe_file(beside, data)
            os.replace(beside, target)
        else:
            filesystem.pipe_file(target, data)

    def read(self, name: str, start: int | None = None, end: int | None = None) -> bytes:
        """The bytes of a file, or those from `start` to `end`."""
        filesystem, path = self._place
        return cast(bytes, filesystem.cat_file(f"{path.rstrip('/')}/{name}", start=start, end=end))

    def exists(self, name: str) -> bool:
        """Whether there is a file of that name, asked anew."""
        filesystem, path = self._place
        filesystem.invalidate_cache()
        return bool(filesystem.exists(f"{path.rstrip('/')}/{name}"))

    def names(self, folder: str) -> list[str]:
        """The names of the files in a folder, sorted; none where there is no folder."""
        filesystem, path = self._place
        filesystem.invalidate_cache()
        try:
            found = filesystem.ls(f"{path.rstrip('/')}/{folder}", detail=False)
        except FileNotFoundError:
            return []
        return sorted(str(name).rpartition("/")[2] for name in found)

    def move(self, names: Iterable[str], to: Storage) -> None:
        """Files to the same names in another folder of the same store, in place of what is there."""
        filesystem, path = self._place
        _, target = to._place
        pairs = [(f"{path.rstrip('/')}/{name}", f"{target.rstrip('/')}/{name}") for name in names]
        if self._is_local:
            for one, other in pairs:
                os.replace(one, other)
        elif pairs:
            # Copied within the store, several at a time where it can; there is no renaming there.
            filesystem.copy([one for one, _ in pairs], [other for _, other in pairs])
            filesystem.rm([one for one, _ in pairs])

    def remove(self, names: Iterable[str]) -> None:
        """Files that are no longer wanted."""
        filesystem, path = self._place
        for name in names:
            filesystem.rm(f"{path.rstrip('/')}/{name}")

    def remove_all(self) -> None:
        """The folder with all that is in it, where it is there."""
        filesystem, path = self._place
        filesystem.invalidate_cache()
        if filesystem.exists(path):
            filesystem.rm(path, recursive=True)

    @cached_property
    def _place(self) -> tuple[Any, str]:
        return find_filesystem(self.location)

    @property
    def _is_local(self) -> bool:
        protocol = self._place[0].protocol
        return "file" in (protocol if isinstance(protocol, tuple | list) else (protocol,))
