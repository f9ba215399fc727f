"""A run's way into the database: transactions of whole reports, so that none is ever half stored."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from pipeline.errors import StoreError
from pipeline.records import Document, Failure, RunRecord, Skipped
from pipeline.store.database.engine import Database, store_error
from pipeline.store.database.keys import Keys, take_numbers
from pipeline.store.database.reading_rows import json_text
from pipeline.store.database.register import renew_bodies
from pipeline.store.database.report_store import ReportStore, keys_needed
from pipeline.store.database.statements import NewRows, execute
from pipeline.store.database.tables.columns import moment_text

GROUP = 512
"""Documents in one transaction. Ids and digests lie anywhere in their indexes: a long transaction writes fewer pages
twice. It lasts a third of a second, for which another writer waits."""
_GROUP_TEXT = 4_000_000
_TRIES = 5
# Two writers of PostgreSQL in each other's way: one is told to begin again.
_BEGIN_AGAIN = {"40001", "40P01"}


class RunWriter:
    """Stores the documents of one run: `add` each, then `close`. A context that closes on leaving.

    What has been added is stored for good, whatever becomes of the run. A document that was stored by an earlier run
    replaces what that run read of it, whose tasks keep their ids; the earlier reading stays in the history. What a
    person said of a task is never touched. Two runs at once may write: each waits for the other's report.
    """

    def __init__(
        self,
        database: Database,
        *,
        started: str | datetime.datetime,
        versions: Mapping[str, str] | None = None,
        inputs: Sequence[str] = (),
    ) -> None:
        """`started` is a moment with its offset from UTC. Raises StoreError."""
        moment = datetime.datetime.fromisoformat(started) if isinstance(started, str) else started
        self._database = database
        self._keys = Keys()
        self._closed = False
        with database.writing() as connection:
            renew_bodies(connection)
            self.event = add_event(connection, "run", moment)
            sql = "INSERT INTO run (event, versions, inputs, manifests) VALUES (?, ?, ?, ?)"
            execute(connection, sql, (self.event, json_text(versions or {}), json_text(list(inputs)), "[]"))
        self._connection = database.engine.connect().execution_options(writes=True)
        self._reports = ReportStore(self._connection, self._keys, self.event)

    def add(self, document: Document) -> None:
        """Stores the document, in a transaction of its own. Raises StoreError where it can't be, or where its offsets
        and quotations differ; then nothing of it is stored, and the next may be added."""
        for fault in self.add_all([document]):
            raise fault

    def add_all(self, documents: Iterable[Document]) -> Iterator[StoreError]:
        """Stores the documents, many in one transaction, which takes a third of the time; gives why one could not be.
        All others are stored, as the iterator is run to its end."""
        faults: tuple[type[Exception], ...] = (StoreError, *self._database.faults)
        for group in _groups(documents):
            try:
                self._store(group)
            except faults as error:
                if len(group) == 1:
                    yield self._fault(error, group[0])
                    continue
                # One of them is at fault: each by itself.
                for document in group:
                    yield from self.add_all([document])

    def _store(self, group: Sequence[Document]) -> None:
        needed = sum(keys_needed(document) for document in group)
        for attempt in range(1, _TRIES + 1):
            try:
                if self._keys.wanting(needed):
                    # In a transaction of its own: in the reports' it would hold up other writers.
                    with self._transaction():
                        self._keys.refill(self._connection, needed)
                with self._transaction():
                    self._reports.prepare(group)
                    for document in group:
                        self._reports.store(document)
                    self._reports.flush()
                return
            except self._database.faults as error:
                if attempt == _TRIES or getattr(error, "sqlstate", None) not in _BEGIN_AGAIN:
                    raise

    def _fault(self, error: Exception, document: Document) -> StoreError:
        if isinstance(error, StoreError):
            return error
        fault = store_error(error, f"{self._database.address}: {document.document.path}")
        fault.__cause__ = error
        return fault

    def close(self, run: RunRecord | None = None) -> None:
        """Ends the run: with what its record says, or without one for documents that are merely added. Closing again
        does nothing. Raises StoreError."""
        if self._closed:
            return
        self._closed = True
        try:
            with self._transaction():
                _finish(self._connection, self.event, run)
        except self._database.faults as error:
            raise store_error(error, self._database.address) from error
        finally:
            self._connection.close()

    def abandon(self) -> None:
        """Leaves the run without an end; what it stored stays."""
        if not self._closed:
            self._closed = True
            self._connection.close()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            with self._connection.begin():
                yield
        except BaseException:
            # What was numbered or remembered in it may not be there.
            self._keys.drop()
            self._reports.forget()
            raise

    def __enter__(self) -> RunWriter:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self.close()
        else:
            self.abandon()


def store(
    database: Database,
    documents: Iterable[Document],
    *,
    started: str | datetime.datetime,
    versions: Mapping[str, str] | None = None,
) -> int:
    """Stores the documents as one run and gives its number in the history. Raises StoreError."""
    with RunWriter(database, started=started, versions=versions) as writer:
        for fault in writer.add_all(documents):
            raise fault
    return writer.event


def _groups(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """The documents in groups for one transaction each."""
    group: list[Document] = []
    size = 0
    for document in documents:
        group.append(document)
        size += len(document.text)
        if len(group) == GROUP or size > _GROUP_TEXT:
            yield group
            group, size = [], 0
    if group:
        yield group


def add_event(connection: Connection, kind: str, moment: datetime.datetime) -> int:
    """The number of a new event in the history."""
    number = take_numbers(connection, "event", 1)
    sql = "INSERT INTO event (number, kind, at) VALUES (?, ?, ?)"
    execute(connection, sql, (number, kind, moment_text(moment)))
    return number


def _finish(connection: Connection, event: int, run: RunRecord | None) -> None:
    if run is None:
        execute(
            connection,
            "UPDATE run SET counts = ?, finished = (SELECT at FROM event WHERE number = ?) WHERE event = ?",
            ("{}", event, event),
        )
        return
    finished = datetime.datetime.fromisoformat(run.started) + datetime.timedelta(seconds=run.seconds)
    sql = (
        "UPDATE run SET finished = ?, seconds = ?, versions = ?, inputs = ?, manifests = ?, counts = ? WHERE event = ?"
    )
    values = (run.versions, run.inputs, run.manifests, run.counts)
    execute(connection, sql, (moment_text(finished), run.seconds, *(json_text(value) for value in values), event))
    rows = NewRows()
    for number, (kind, fault) in enumerate(_faults(run)):
        if isinstance(fault, Skipped):
            rows.add("failure", event, number, kind, fault.path, fault.reason, "", "")
        else:
            rows.add("failure", event, number, kind, fault.path, fault.reason, fault.remedy, fault.error)
    rows.insert(connection)


def _faults(run: RunRecord) -> Iterator[tuple[str, Any]]:
    faults: tuple[tuple[str, tuple[Failure, ...] | tuple[Skipped, ...]], ...] = (
        ("failure", run.failures),
        ("problem", run.problems),
        ("skipped", run.skipped),
    )
    for kind, members in faults:
        for member in members:
            yield kind, member
