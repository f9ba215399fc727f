"""The work on one report, bytes in and bytes out: the same in this process, in a worker and on another machine.

Two jobs: reading (an item to its report, with the sketch that duplicates are found by) and extraction (a kept report
to its document, the rows of the tables and its page). Jobs and results are plain records; a Doc never leaves the
process that it was made in. The same job gives the same result, wherever and in whatever order it is done.
"""

from __future__ import annotations

import logging
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import msgspec
from msgspec.structs import replace

from pipeline.batch.faults import Fault, fault_of, named
from pipeline.messages import Language, Messages
from pipeline.read.items import Item, ReadOptions
from pipeline.read.manifest import ManifestEntry
from pipeline.records import Document, Record, Report, Source

Extract = Callable[[Report], Document]
# The fastest level: a report takes half a millisecond and a fifth of the space.
_LEVEL = 1
_log = logging.getLogger(__name__)


class ReadJob(Record, frozen=True, kw_only=True, tag=True):
    """An item to read, and what manifests say of it and of the file it lies in."""

    item: Item
    entry: ManifestEntry | None
    container_entry: ManifestEntry | None
    options: ReadOptions


class ExtractJob(Record, frozen=True, kw_only=True, tag=True):
    """A report to extract, packed as `ReadResult` has it, under its `id` and with its other `sources`; `page` is the
    language of its page in the digest, null for none."""

    report: bytes
    id: str
    sources: tuple[Source, ...]
    page: Language | None


class ReadResult(Record, frozen=True, kw_only=True, tag=True):
    """A report and its sketch for `pipeline.read.duplicates`; null where duplicates don't matter."""

    report: bytes
    sketch: bytes


class Extraction(Record, frozen=True, kw_only=True):
    """What is written of one report: its `document` as compact JSON, its rows of both tables, its page (encoded by
    `pipeline.report`), and what the record of the run says of it."""

    document: bytes
    json_rows: bytes
    csv_rows: bytes
    page: bytes | None
    page_fault: str | None
    published: str | None
    directives: int
    tasks: int
    with_deadline: int
    codes: tuple[str, ...]


class ExtractResult(Record, frozen=True, kw_only=True, tag=True):
    """An extraction, packed."""

    extraction: bytes


class Failed(Record, frozen=True, kw_only=True, tag=True):
    """No result."""

    fault: Fault


Result = ReadResult | ExtractResult | Failed
_encoder = msgspec.msgpack.Encoder()
_jobs = msgspec.msgpack.Decoder(ReadJob | ExtractJob)
_results = msgspec.msgpack.Decoder(ReadResult | ExtractResult | Failed)
_reports = msgspec.msgpack.Decoder(Report)
_extractions = msgspec.msgpack.Decoder(Extraction)


@dataclass(frozen=True, slots=True)
class Work:
    """What a worker does with each job. `extract` is the package's own unless given; it must be importable by its name
    where the work crosses to another process."""

    extract: Extract | None = None

    def warm_up(self) -> None:
        """Loads what is needed, so that the first report takes no longer than others."""
        from pipeline.read import read_string
        from pipeline.read.duplicates import sketch

        report = read_string("Chủ tịch UBND tỉnh yêu cầu Sở Y tế báo cáo trước ngày 30/6.")
        sketch(report)
        if self.extract is None:
            from pipeline.document import extract_document

            extract_document(report)

    def __call__(self, data: bytes) -> bytes:
        """The encoded result of an encoded job. Never raises: what goes wrong is a result too."""
        try:
            job = _jobs.decode(data)
            return _encoder.encode(read(job) if isinstance(job, ReadJob) else self._extract(job))
        except Exception as error:
            _log.info("a report failed", exc_info=error)
            return encode(Failed(fault=fault_of(error)))

    def _extract(self, job: ExtractJob) -> ExtractResult:
        clock = time.perf_counter()
        report = unpack_report(job.report)
        report = replace(report, source=replace(report.source, id=job.id, sources=job.sources))
        if self.extract is None:
            from pipeline.document import extract_document

            document = extract_document(report)
        else:
            document = self.extract(report)
        result = ExtractResult(extraction=pack(extraction_of(document, job.page)))
        _log.info("%s %.0f ms", report.source.path, 1000 * (time.perf_counter() - clock))
        return result


def read(job: ReadJob) -> ReadResult:
    """The report in an item, and its sketch. Raises UnreadableDocument as `read_item` does."""
    from pipeline.read import read_item
    from pipeline.read.duplicates import sketch

    report = read_item(job.item, entry=job.entry, container_entry=job.container_entry, options=job.options)
    return ReadResult(report=pack(report), sketch=_encoder.encode(sketch(report)))


def extraction_of(document: Document, page: Language | None) -> Extraction:
    """Everything that is written of a document. A page that can't be made costs the digest, not the document."""
    from pipeline.store.json_files import compact_document
    from pipeline.store.tables import csv_rows, json_rows, task_rows

    rows = list(task_rows(document))
    rendered = page_fault = None
    if page is not None:
        from pipeline import report

        try:
            rendered = report.encode_page(report.render_report(document, page, Messages(page).note))
        except Exception as error:
            _log.exception("the page of %s failed", document.document.path)
            page_fault = named(error)
    return Extraction(
        document=compact_document(document),
        json_rows=json_rows(rows),
        csv_rows=csv_rows(rows),
        page=rendered,
        page_fault=page_fault,
        published=document.document.published,
        directives=len(document.directives),
        tasks=len(rows),
        with_deadline=sum(task.deadline is not None for given in document.directives for task in given.tasks),
        codes=tuple(sorted({note.code for note in document.document.notes})),
    )


def encode(value: ReadJob | ExtractJob | Result) -> bytes:
    """The job or result as bytes, always the same for the same."""
    return _encoder.encode(value)


def decode_result(data: bytes) -> Result:
    """The inverse of `encode` for results."""
    result: Result = _results.decode(data)
    return result


def pack(value: Report | Extraction) -> bytes:
    """The record in as little space as costs little time."""
    return zlib.compress(_encoder.encode(value), _LEVEL)


def unpack_report(data: bytes) -> Report:
    """The inverse of `pack`."""
    return _reports.decode(zlib.decompress(data))


def unpack_extraction(data: bytes) -> Extraction:
    """The inverse of `pack`."""
    return _extractions.decode(zlib.decompress(data))
