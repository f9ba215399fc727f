"""The database as one of the results of a run over many files."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import StoreError
from pipeline.records import Document, RunRecord, decode_document
from pipeline.store.database.engine import open_database
from pipeline.store.database.statements import execute, select_one
from pipeline.store.database.writer import GROUP, RunWriter

_MADE_FROM = "made from"


class RunDatabase:
    """Takes the documents of a run, many in one transaction: `add` each, `flush`, then `close` with the run's record.

    Opened at once, so that a wrong address is told before the work begins; the run begins with its first document.
    """

    def __init__(self, address: str | Path, *, started: str) -> None:
        """Raises StoreError where the database can't be opened."""
        self._database = open_database(address)
        # The processes that do the work must not inherit a connection.
        self._database.close()
        self._started = started
        self._writer: RunWriter | None = None
        self._waiting: list[Document] = []
        self._faults: list[StoreError] = []

    def holds(self, made_from: bytes) -> bool:
        """Whether the last run that was stored was made from the same inputs and options."""
        with self._database.reading() as connection:
            held = select_one(connection, "SELECT value FROM property WHERE name = ?", (_MADE_FROM,))
        self._database.close()
        return bool(held == made_from.hex())

    def add(self, document: bytes) -> None:
        """Stores a document, given as JSON, with the next group. Raises StoreError where nothing can be stored."""
        self._waiting.append(decode_document(document))
        if len(self._waiting) == GROUP:
            self._store()

    def flush(self) -> list[StoreError]:
        """Stores what is waiting; gives why a document could not be. Raises StoreError where nothing can be stored."""
        self._store()
        return self._faults

    def close(self, run: RunRecord | None = None, made_from: bytes | None = None) -> None:
        """Ends the run with its record, and notes what it was made from; without a record the run has no end. Closing
        again does nothing."""
        try:
            if run is not None:
                self._run().close(run)
                sql = (
                    "INSERT INTO property (name, value) VALUES (?, ?) "
                    "ON CONFLICT (name) DO UPDATE SET value = excluded.value"
                )
                with self._database.writing() as connection:
                    execute(connection, sql, (_MADE_FROM, made_from.hex() if made_from else ""))
            elif self._writer is not None:
                self._writer.abandon()
        finally:
            self._database.close()

    def _store(self) -> None:
        waiting, self._waiting = self._waiting, []
        self._faults += self._run().add_all(waiting)

    def _run(self) -> RunWriter:
        if self._writer is None:
            self._writer = RunWriter(self._database, started=self._started)
        return self._writer

    def __enter__(self) -> RunDatabase:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
