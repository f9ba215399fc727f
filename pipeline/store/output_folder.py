"""The folder of the results: written as a whole, or not at all.

A run writes into a hidden folder beside the results and moves its files in at the end, each by one rename: a run
that is broken off leaves the earlier results as they were. What an earlier run wrote and this one doesn't is
removed, inside `json/` and `digest/` alone; other files there are never touched.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from pipeline.errors import StoreError

# The files that the last run wrote into the folders below, a path a line.
WRITTEN = ".written"
_OWNED_FOLDERS = ("json", "digest")


@contextlib.contextmanager
def staging(out_dir: Path) -> Iterator[Path]:
    """An empty folder to write into; when the block ends well its files are moved into `out_dir`.

    Makes `out_dir` where it is missing. Raises StoreError where it can't be written; then, as after any
    exception in the block, the earlier results stand.
    """
    try:
        out_dir.mkdir(parents=True, exist_ok=True)
        staged = Path(tempfile.mkdtemp(prefix=".run-", dir=out_dir))
    except OSError as error:
        raise _unwritable(out_dir, error) from error
    try:
        yield staged
        try:
            _install(staged, out_dir)
        except OSError as error:
            raise _unwritable(out_dir, error) from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def write(location: Path, data: bytes) -> None:
    """The bytes in a file, with the folders above it. Raises StoreError."""
    try:
        location.parent.mkdir(parents=True, exist_ok=True)
        location.write_bytes(data)
    except OSError as error:
        raise _unwritable(location, error) from error


def replace(location: Path, data: bytes) -> None:
    """The bytes in a file that a reader sees either as it was or as it is now. Raises StoreError."""
    beside = location.with_name(f".{location.name}.new")
    try:
        beside.write_bytes(data)
        os.replace(beside, location)
    except OSError as error:
        raise _unwritable(location, error) from error


def _install(staged: Path, out_dir: Path) -> None:
    new = sorted(path.relative_to(staged).as_posix() for path in staged.rglob("*") if path.is_file())
    owned = {path for path in new if _is_owned(path)}
    old = _read_written(out_dir)
    # Both lists until the moves are over: a run that is killed among them leaves nothing unaccounted for.
    _write_written(out_dir, owned | old)
    for path in new:
        target = out_dir / path
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(staged / path, target)
    for path in sorted(old - owned):
        with contextlib.suppress(FileNotFoundError):
            (out_dir / path).unlink()
        _remove_empty_folders((out_dir / path).parent, out_dir)
    _write_written(out_dir, owned)


def _is_owned(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return len(parts) > 1 and parts[0] in _OWNED_FOLDERS and ".." not in parts


def _read_written(out_dir: Path) -> set[str]:
    try:
        lines = (out_dir / WRITTEN).read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, UnicodeDecodeError):
        return set()
    return {line for line in lines if _is_owned(line)}


def _write_written(out_dir: Path, paths: set[str]) -> None:
    replace(out_dir / WRITTEN, "".join(f"{path}\n" for path in sorted(paths)).encode("utf-8"))


def _remove_empty_folders(folder: Path, out_dir: Path) -> None:
    while folder != out_dir:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _unwritable(location: Path, error: OSError) -> StoreError:
    return StoreError(
        "the results can't be written ({reason})",
        where=str(location),
        remedy="Choose another folder with --out, or make this one writable",
        reason=error.strerror or error,
    )
