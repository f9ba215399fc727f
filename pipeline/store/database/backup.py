"""A copy of the database in one file, taken while others read and write."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from pipeline.errors import StoreError
from pipeline.store.database.engine import Database, store_error


def back_up(database: Database, to: Path) -> int:
    """Writes the database as it is at this moment into the file (VACUUM INTO: whole and without gaps) and gives its
    size in bytes. The file appears under its name when it is complete. Raises StoreError where there is one of that
    name, or for PostgreSQL, which has its own programs for it.
    """
    if database.dialect != "sqlite":
        raise StoreError(
            "a database in PostgreSQL is backed up by its own program", where=database.address, remedy="Use pg_dump"
        )
    if to.exists():
        raise StoreError("there is a file of this name", where=str(to), remedy="Choose another name for the backup")
    unfinished = to.with_name(f".{to.name}.part")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        connection = database.engine.raw_connection()
        try:
            connection.cursor().execute("VACUUM INTO ?", (str(unfinished),))
        finally:
            connection.close()
        _flush(unfinished)
        # A link, unlike a rename, leaves a file alone that came to be there meanwhile.
        os.link(unfinished, to)
        _flush(to.parent)
    except (sqlite3.Error, OSError) as error:
        raise store_error(error, str(to)) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return to.stat().st_size


def _flush(path: Path) -> None:
    """Waits until the disk has it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
