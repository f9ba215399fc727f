"""The ledger of a folder of results: what has been worked out, so that no run does it again.

An SQLite database in the hidden folder `.work` of the results. A result is put by under a key that names all it was
made from (the bytes read, what is known of them, the version of the rules, the options), so that it is found again only
where all that is the same; what a run no longer uses is dropped at its end. SQLite's transactions keep it whole
whenever the process is killed or the power fails: the last results alone may be lost, and are worked out again. While
one run has it open no other can.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from pipeline.errors import StoreError

_VERSION = 1
_TABLES = """
CREATE TABLE readings (key BLOB PRIMARY KEY, report BLOB NOT NULL, sketch BLOB NOT NULL);
CREATE TABLE extractions (key BLOB PRIMARY KEY, extraction BLOB NOT NULL);
CREATE TABLE files (path TEXT PRIMARY KEY, digest BLOB NOT NULL, size INTEGER NOT NULL, changed INTEGER NOT NULL);
CREATE TABLE finished (fingerprint BLOB NOT NULL);
"""
# Results put by before they are made sure: what a kill costs.
_TOGETHER = 16


class StoredReading(NamedTuple):
    """A report and its sketch, as `pipeline.batch.jobs` packs them."""

    report: bytes
    sketch: bytes


class WrittenFile(NamedTuple):
    """A file of the results as the last run left it: its path below them, the digest of its bytes, and what shows
    whether somebody has touched it since (bytes, nanoseconds)."""

    path: str
    digest: bytes
    size: int
    changed: int


class Ledger:
    """An open ledger. Every method raises StoreError where the disk is full or the folder can't be written."""

    def __init__(self, folder: Path) -> None:
        """Opens the ledger in the folder, which is made. One that can't be read is begun anew. Raises StoreError where
        another run has it open."""
        self._folder = folder
        self._unsure = 0
        with self._told():
            folder.mkdir(parents=True, exist_ok=True)
            location = folder / "ledger.sqlite"
            try:
                self._database = _open(location)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:
                for name in (location, *folder.glob("ledger.sqlite-*")):
                    name.unlink(missing_ok=True)
                self._database = _open(location)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """What was put by is made sure."""
        with contextlib.suppress(sqlite3.Error):
            self._database.execute("COMMIT")
        self._database.close()

    def clear(self) -> None:
        """Forgets everything: the next results are worked out anew."""
        with self._told():
            for table in ("readings", "extractions", "files", "finished"):
                self._database.execute(f"DELETE FROM {table}")

    def has_reading(self, key: bytes) -> bool:
        """Whether a report lies under the key; it counts as used."""
        return self._has("readings", key)

    def has_extraction(self, key: bytes) -> bool:
        """Whether an extraction lies under the key; it counts as used."""
        return self._has("extractions", key)

    def reading(self, key: bytes) -> StoredReading:
        """What lies under the key. Raises KeyError."""
        with self._told():
            row = self._database.execute("SELECT report, sketch FROM readings WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise KeyError(key)
        return StoredReading(*row)

    def extraction(self, key: bytes) -> bytes:
        """What lies under the key. Raises KeyError."""
        with self._told():
            row = self._database.execute("SELECT extraction FROM extractions WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise KeyError(key)
        return bytes(row[0])

    def put_reading(self, key: bytes, reading: StoredReading) -> None:
        """Puts a report by."""
        self._put("INSERT OR REPLACE INTO readings VALUES (?, ?, ?)", (key, *reading))

    def put_extraction(self, key: bytes, extraction: bytes) -> None:
        """Puts an extraction by."""
        self._put("INSERT OR REPLACE INTO extractions VALUES (?, ?)", (key, extraction))

    def written_files(self) -> Iterator[WrittenFile]:
        """The files of the results as the last run left them."""
        with self._told():
            for row in self._database.execute("SELECT path, digest, size, changed FROM files"):
                yield WrittenFile(*row)

    def written_file(self, path: str) -> WrittenFile | None:
        """One of them."""
        with self._told():
            row = self._database.execute(
                "SELECT path, digest, size, changed FROM files WHERE path = ?", (path,)
            ).fetchone()
        return None if row is None else WrittenFile(*row)

    def fingerprint(self) -> bytes | None:
        """What the last run that came to its end was made from; null where nothing is known."""
        with self._told():
            row = self._database.execute("SELECT fingerprint FROM finished").fetchone()
        return None if row is None else bytes(row[0])

    def finish(self, files: Iterable[WrittenFile], fingerprint: bytes | None) -> None:
        """A run has come to its end: its files, and what it was made from, null where another run may do better. What
        it didn't use is dropped."""
        with self._told():
            self._begin()
            for table in ("readings", "extractions"):
                self._database.execute(
                    f"DELETE FROM {table} WHERE NOT EXISTS (SELECT 1 FROM temp.used WHERE used.key = {table}.key)"
                )
            self._database.execute("DELETE FROM files")
            self._database.executemany("INSERT INTO files VALUES (?, ?, ?, ?)", files)
            self._database.execute("DELETE FROM finished")
            if fingerprint is not None:
                self._database.execute("INSERT INTO finished VALUES (?)", (fingerprint,))
            self._commit()

    def _has(self, table: str, key: bytes) -> bool:
        with self._told():
            found = self._database.execute(f"SELECT 1 FROM {table} WHERE key = ?", (key,)).fetchone() is not None
            if found:
                self._use(key)
        return found

    def _put(self, statement: str, values: tuple[bytes, ...]) -> None:
        with self._told():
            self._begin()
            self._database.execute(statement, values)
            self._use(values[0])
            self._unsure += 1
            if self._unsure >= _TOGETHER:
                self._commit()

    def _use(self, key: bytes) -> None:
        self._database.execute("INSERT OR IGNORE INTO temp.used VALUES (?)", (key,))

    def _begin(self) -> None:
        if not self._database.in_transaction:
            self._database.execute("BEGIN")

    def _commit(self) -> None:
        if self._database.in_transaction:
            self._database.execute("COMMIT")
        self._unsure = 0

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """The database's errors as the project's."""
        try:
            yield
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise StoreError(
                    "another run is writing into this folder",
                    where=str(self._folder.parent),
                    remedy="Wait for its end, or choose another folder with --out",
                ) from error
            raise self._unwritable(str(error)) from error
        except (sqlite3.Error, OSError) as error:
            raise self._unwritable(getattr(error, "strerror", None) or str(error)) from error

    def _unwritable(self, reason: str) -> StoreError:
        return StoreError(
            "the results can't be written ({reason})",
            where=str(self._folder),
            remedy="Choose another folder with --out, or make this one writable",
            reason=reason,
        )


def _open(location: Path) -> sqlite3.Connection:
    database = sqlite3.connect(location, isolation_level=None, timeout=0)
    try:
        # Locked for as long as it is open; so no memory need be shared, and any file system will do.
        database.execute("PRAGMA locking_mode = EXCLUSIVE")
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute("BEGIN EXCLUSIVE")
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version != _VERSION:
            names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            for name in names:
                database.execute(f'DROP TABLE "{name}"')
            for statement in _TABLES.strip().splitlines():
                database.execute(statement)
            database.execute(f"PRAGMA user_version = {_VERSION}")
        database.execute("COMMIT")
        # What this run uses: kept beside the database, on disk where it is large.
        database.execute("CREATE TEMP TABLE used (key BLOB PRIMARY KEY) WITHOUT ROWID")
    except BaseException:
        database.close()
        raise
    return database
