"""What a worker does: a group of files to reports put by, a part of the kept reports to tables.

Plain functions of their arguments, which are small: reports lie in the storage. What goes wrong with one report is part
of the result; what goes wrong with the storage is raised, so that the task is tried again.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from pipeline.batch import jobs
from pipeline.batch.faults import Fault, fault_of
from pipeline.cluster.storage import Storage, open_location
from pipeline.cluster.versions import Program, check
from pipeline.errors import ReadError
from pipeline.link.revisions import compare_versions
from pipeline.read.assignment import KnownReports
from pipeline.read.folder import InputFile
from pipeline.read.items import Item, ReadOptions
from pipeline.read.metadata import PUBLISHED_CONFLICT
from pipeline.read.sources import open_items
from pipeline.records import Document, ReadReport, Record, Revision, Skipped, Source, decode_document
from pipeline.store.parquet_parts import document_part, task_part

SPOOLS, DOCUMENTS, TASKS = "reports", "documents", "tasks"
"""The folders of a run: reports put by between its two passes, and the two tables."""
# The models are one to a process: a worker of several threads takes turns.
_one_at_a_time = threading.Lock()


class Settings(Record, frozen=True, kw_only=True):
    """What all tasks of a run go by: its `storage` (a URL), the `program` that every worker must be, and how many
    reports make a `part`."""

    storage: str
    program: Program
    options: ReadOptions
    part: int


class FileGroup(Record, frozen=True, kw_only=True):
    """Files to read, in their order. `name` is the group's own."""

    name: str
    files: tuple[InputFile, ...]


class SpooledReport(Record, frozen=True, kw_only=True):
    """A report put by: packed, from `start` to `end` in the file `spool`, with its sketch (encoded)."""

    spool: str
    start: int
    end: int
    sketch: bytes


class FilesRead(Record, frozen=True, kw_only=True):
    """What was in a group of files: so many `items`, each a report or a fault at its path."""

    items: int
    reports: tuple[SpooledReport, ...]
    faults: tuple[tuple[str, Fault], ...]
    skipped: tuple[Skipped, ...]


class KeptReport(Record, frozen=True, kw_only=True):
    """A report to extract, where it was put by, under its final id and with its other sources; `earlier` are those
    versions of it that its document is compared with."""

    path: str
    spool: str
    start: int
    end: int
    id: str
    sources: tuple[Source, ...]
    earlier: tuple[KeptReport, ...] = ()


class Part(Record, frozen=True, kw_only=True):
    """Reports that make a file of each table. `name` is the part's own, and that of its files."""

    name: str
    reports: tuple[KeptReport, ...]


class PartWritten(Record, frozen=True, kw_only=True):
    """What a part has given: a row for each document and a fault at its path for each report without one."""

    reports: tuple[ReadReport, ...]
    faults: tuple[tuple[str, Fault], ...]
    revised: tuple[tuple[str, Revision], ...]
    conflicts: int


class Reading(NamedTuple):
    """The answer of `read_files`: records as bytes, and what was met of the manifests."""

    files: bytes
    known: KnownReports


def read_files(group: FileGroup, known: KnownReports, settings: Settings) -> Reading:
    """The reports of the files, put by in files of at most `part` reports each."""
    check(settings.program)
    spooling = _Spooling(group.name, settings)
    for file in group.files:
        spooling.take(file, known)
    spooling.write()
    return Reading(_encoder.encode(spooling.result()), known)


def decode_files_read(data: bytes) -> FilesRead:
    """The records that `read_files` gives."""
    return _files_read.decode(data)


def write_part(part: Part, settings: Settings) -> bytes:
    """The documents and tasks of the reports, in one file of each table, and what the run's record says of them."""
    check(settings.program)
    storage = Storage(settings.storage)
    work = jobs.Work()
    spools = {kept.spool: storage.read(kept.spool) for kept in part.reports}
    extractions: list[jobs.Extraction] = []
    reports: list[ReadReport] = []
    faults: list[tuple[str, Fault]] = []
    revised: list[tuple[str, Revision]] = []
    for kept in part.reports:
        found = _extract(work, kept, spools[kept.spool][kept.start : kept.end])
        if isinstance(found, Fault):
            faults.append((kept.path, found))
            continue
        revisions = tuple(_revisions(work, storage, kept, found))
        if revisions:
            document = replace(decode_document(found.document), revisions=revisions)
            found = jobs.extraction_of(document, None)
            revised += [(kept.path, revision) for revision in revisions]
        extractions.append(found)
        reports.append(
            ReadReport(
                id=kept.id,
                path=kept.path,
                published=found.published,
                json=f"{DOCUMENTS}/{part.name}.parquet",
                directives=found.directives,
                tasks=found.tasks,
                with_deadline=found.with_deadline,
            )
        )
    documents = document_part(extraction.document for extraction in extractions)
    tasks = task_part(extraction.json_rows for extraction in extractions)
    storage.write(f"{DOCUMENTS}/{part.name}.parquet", documents)
    storage.write(f"{TASKS}/{part.name}.parquet", tasks)
    conflicts = sum(PUBLISHED_CONFLICT in extraction.codes for extraction in extractions)
    return _encoder.encode(
        PartWritten(reports=tuple(reports), faults=tuple(faults), revised=tuple(revised), conflicts=conflicts)
    )


def decode_part_written(data: bytes) -> PartWritten:
    """The record that `write_part` gives."""
    return _part_written.decode(data)


def _revisions(work: jobs.Work, storage: Storage, kept: KeptReport, later: jobs.Extraction) -> Iterator[Revision]:
    """What the report changed in its earlier versions. These are extracted here a second time, so that no task waits
    for another."""
    document: Document | None = None
    for version in kept.earlier:
        earlier = _extract(work, version, storage.read(version.spool, version.start, version.end))
        if not isinstance(earlier, Fault):
            document = document or decode_document(later.document)
            yield compare_versions(decode_document(earlier.document), document)


def _extract(work: jobs.Work, kept: KeptReport, report: bytes) -> jobs.Extraction | Fault:
    job = jobs.ExtractJob(report=report, id=kept.id, sources=kept.sources, page=None)
    with _one_at_a_time:
        result = jobs.decode_result(work(jobs.encode(job)))
    if isinstance(result, jobs.Failed):
        return result.fault
    if not isinstance(result, jobs.ExtractResult):
        raise AssertionError("an extraction was answered by a reading")
    return jobs.unpack_extraction(result.extraction)


class _Spooling:
    """Reports on their way from a group of files into the storage."""

    def __init__(self, name: str, settings: Settings) -> None:
        self._name = name
        self._settings = settings
        self._storage = Storage(settings.storage)
        self._work = jobs.Work()
        self._spool = bytearray()
        self._count = 0
        self._items = 0
        self._reports: list[SpooledReport] = []
        self._faults: list[tuple[str, Fault]] = []
        self._skipped: list[Skipped] = []

    def take(self, file: InputFile, known: KnownReports) -> None:
        """Everything in a file."""
        try:
            for outcome in open_items(file, self._settings.options, known, open_location):
                if isinstance(outcome, Skipped):
                    self._skipped.append(outcome)
                    continue
                self._items += 1
                if isinstance(outcome, ReadError):
                    self._faults.append((outcome.where or file.path, fault_of(outcome)))
                else:
                    self._read(outcome, known)
        except _StorageError as error:
            raise error.reason from error
        except Exception as error:
            self._items += 1
            self._faults.append((file.path, fault_of(error)))

    def _read(self, item: Item, known: KnownReports) -> None:
        job = jobs.ReadJob(
            item=item,
            entry=known.entry(item.path),
            container_entry=known.container_entry(item.path),
            options=self._settings.options,
        )
        with _one_at_a_time:
            result = jobs.decode_result(self._work(jobs.encode(job)))
        if isinstance(result, jobs.Failed):
            self._faults.append((item.path, result.fault))
            return
        if not isinstance(result, jobs.ReadResult):
            raise AssertionError("a reading was answered by an extraction")
        start = len(self._spool)
        self._spool += result.report
        self._reports.append(
            SpooledReport(spool=self._spool_name(), start=start, end=len(self._spool), sketch=result.sketch)
        )
        if len(self._reports) % self._settings.part == 0:
            try:
                self.write()
            except OSError as error:
                raise _StorageError(error) from error

    def write(self) -> None:
        """What is held, into the storage."""
        if self._spool:
            self._storage.write(self._spool_name(), bytes(self._spool))
            self._spool.clear()
            self._count += 1

    def result(self) -> FilesRead:
        """What was in the files."""
        return FilesRead(
            items=self._items,
            reports=tuple(self._reports),
            faults=tuple(self._faults),
            skipped=tuple(self._skipped),
        )

    def _spool_name(self) -> str:
        return f"{SPOOLS}/{self._name}-{self._count:05}"


class _StorageError(Exception):
    """A fault of the storage amid the reading of a file, which is no fault of the file."""

    def __init__(self, reason: OSError) -> None:
        self.reason = reason
        super().__init__(reason)


_encoder = msgspec.msgpack.Encoder()
_files_read = msgspec.msgpack.Decoder(FilesRead)
_part_written = msgspec.msgpack.Decoder(PartWritten)
