"""A file that appears under its name when it is complete, and not before."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import StoreError


@contextlib.contextmanager
def whole_file(location: Path) -> Iterator[BinaryIO]:
    """A file to write into; when the block ends well it takes the place of `location` by one rename.

    Makes the folders above. After an exception in the block, or where the disk is full, the earlier file stands and
    nothing is left beside it; a process that is killed leaves at most a hidden file that ends in ".part". Raises
    StoreError where nothing can be written there.
    """
    part = location.with_name(f".{location.name}.{os.getpid()}.part")
    try:
        location.parent.mkdir(parents=True, exist_ok=True)
        if location.is_dir():
            raise IsADirectoryError(None, "a folder has this name")
        file = part.open("w+b")
    except OSError as error:
        raise _unwritable(location, error) from error
    try:
        try:
            with file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            part.replace(location)
        except OSError as error:
            raise _unwritable(location, error) from error
    finally:
        part.unlink(missing_ok=True)


def _unwritable(location: Path, error: OSError) -> StoreError:
    return StoreError(
        "the export can't be written ({reason})",
        where=str(location),
        remedy="Choose another file with --out, or make room there",
        reason=error.strerror or error,
    )
