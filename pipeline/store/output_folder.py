"""The folder of the results: written as a whole, or not at all.

A run writes into a hidden folder inside the results' and moves its files in at the end, each by one rename: a run
that is broken off leaves the earlier results as they were, and what it had written is removed by the next. A file that
lies there already with the same bytes is left alone. What an earlier run wrote and this one doesn't is removed, inside
the folders of documents and pages alone; other files there are never touched.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from pipeline.errors import StoreError
from pipeline.store.ledger import Ledger, WrittenFile

# The files that the last run wrote into the folders below, a path a line.
WRITTEN = ".written"
WORK = ".work"
"""The hidden folder of what runs leave for the next: the ledger, and a broken-off run's files."""
_OWNED_FOLDERS = ("json", "documents", "digest")
_OWNED_FILES = ("tasks.parquet",)


class Staging:
    """The files of a run on their way into `out_dir`, by their paths below it with forward slashes."""

    def __init__(self, out_dir: Path, folder: Path, ledger: Ledger) -> None:
        self._out_dir = out_dir
        self._folder = folder
        self._ledger = ledger
        self._made: set[str] = set()
        self._folders: set[Path] = set()
        self._kept: dict[str, WrittenFile] = {}
        self._digests: dict[str, bytes] = {}

    def write(self, path: str, data: bytes) -> None:
        """The bytes in a file; nothing is done where they lie there. Raises StoreError."""
        digest = hashlib.blake2b(data, digest_size=16).digest()
        known = self._ledger.written_file(path)
        if known is not None and known.digest == digest and _is_untouched(self._out_dir, known):
            self._kept[path] = known
            return
        location = self.place(path)
        try:
            with open(location, "wb") as file:
                file.write(data)
        except OSError as error:
            raise _unwritable(location, error) from error
        self._digests[path] = digest

    def place(self, path: str) -> Path:
        """Where to write a file that is too large for one piece of bytes. Raises StoreError."""
        location = self._folder / path
        if location.parent not in self._folders:
            try:
                location.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise _unwritable(location, error) from error
            self._folders.add(location.parent)
        self._made.add(path)
        return location

    def drop(self, folder: str) -> None:
        """Takes back all that was written into a folder: it won't be among the results."""
        below = f"{folder}/"
        self._made = {path for path in self._made if not path.startswith(below)}
        self._kept = {path: file for path, file in self._kept.items() if not path.startswith(below)}
        self._folders.clear()
        shutil.rmtree(self._folder / folder, ignore_errors=True)

    def install(self) -> list[WrittenFile]:
        """Moves the files in and removes those of earlier runs; gives all that are there now. Raises StoreError."""
        try:
            return self._install()
        except OSError as error:
            raise _unwritable(self._out_dir, error) from error

    def _install(self) -> list[WrittenFile]:
        made = sorted(self._made)
        owned = {path for path in (*made, *self._kept) if _is_owned(path)}
        old = _read_written(self._out_dir)
        # Both lists until the moves are over: a run that is killed among them leaves nothing unaccounted for.
        if not owned <= old:
            _write_written(self._out_dir, owned | old)
        folders = set()
        for path in made:
            target = self._out_dir / path
            if target.parent not in folders:
                target.parent.mkdir(parents=True, exist_ok=True)
                folders.add(target.parent)
            os.replace(self._folder / path, target)
        for path in sorted(old - owned):
            with contextlib.suppress(FileNotFoundError):
                (self._out_dir / path).unlink()
            _remove_empty_folders((self._out_dir / path).parent, self._out_dir)
        if owned != old or not (self._out_dir / WRITTEN).exists():
            _write_written(self._out_dir, owned)
        files = list(self._kept.values())
        for path in made:
            state = (self._out_dir / path).stat()
            files.append(WrittenFile(path, self._digests.get(path, b""), state.st_size, state.st_mtime_ns))
        return files


@contextlib.contextmanager
def staging(out_dir: Path, ledger: Ledger) -> Iterator[Staging]:
    """A place to write results into, which `Staging.install` moves into `out_dir`. Without that, as after any
    exception in the block, the earlier results stand. Raises StoreError where `out_dir` can't be written.

    What a run that was killed left behind is removed: `ledger`, open, says that no other run is at work.
    """
    folder = out_dir / WORK / "staged"
    try:
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
    except OSError as error:
        raise _unwritable(out_dir, error) from error
    try:
        yield Staging(out_dir, folder, ledger)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def are_untouched(out_dir: Path, ledger: Ledger) -> bool:
    """Whether all files that the last run left lie there as it left them."""
    return all(_is_untouched(out_dir, file) for file in ledger.written_files())


def write(location: Path, data: bytes) -> None:
    """The bytes in a file, with the folders above it. Raises StoreError."""
    try:
        location.parent.mkdir(parents=True, exist_ok=True)
        location.write_bytes(data)
    except OSError as error:
        raise _unwritable(location, error) from error


def replace(location: Path, data: bytes) -> None:
    """The bytes in a file that a reader sees either as it was or as it is now, whenever the power fails. Raises
    StoreError."""
    beside = location.with_name(f".{location.name}.new")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, location)
    except OSError as error:
        raise _unwritable(location, error) from error


def _is_untouched(out_dir: Path, file: WrittenFile) -> bool:
    try:
        state = os.stat(os.path.join(out_dir, file.path))
    except OSError:
        return False
    return state.st_size == file.size and state.st_mtime_ns == file.changed


def _is_owned(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return path in _OWNED_FILES or (len(parts) > 1 and parts[0] in _OWNED_FOLDERS and ".." not in parts)


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
