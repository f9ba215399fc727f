"""A run over many machines as a whole.

Two passes, each spread over the workers: files are read and their reports put by in the storage, then the kept ones are
extracted, a part of them at a time. Between the passes this process finds the duplicates, from the reports' sketches.
What is written goes into a hidden folder and is moved in at the end.
"""

from __future__ import annotations

import contextlib
import re
import time
import uuid
from collections.abc import Iterator, Sequence

from pipeline.batch import Progress, RunOptions
from pipeline.batch.manifests import known_reports
from pipeline.batch.run_record import make_record
from pipeline.cluster.listing import list_files
from pipeline.cluster.reading import Reading
from pipeline.cluster.scheduler import connect
from pipeline.cluster.storage import Storage, location_exists, read_manifest_at
from pipeline.cluster.tasks import DOCUMENTS, SPOOLS, TASKS, Settings
from pipeline.cluster.versions import this_program
from pipeline.cluster.writing import Writing, cut
from pipeline.errors import StoreError
from pipeline.messages import Messages
from pipeline.read.encodings import find_encoding
from pipeline.read.manifest import MANIFEST_NAMES
from pipeline.read.readers import readable_suffixes
from pipeline.read.sources import is_report
from pipeline.records import RunRecord, encode_run

PART = 500
"""Reports in a part: some seconds of work, and a few megabytes of each table."""
_PARTS = re.compile(r"part-[\d-]+\.(parquet|jsonl)")


def run(
    inputs: Sequence[str],
    *,
    out: str,
    scheduler: str,
    started: str,
    manifest: str | None = None,
    options: RunOptions = RunOptions(format="parquet"),  # noqa: B008 (frozen)
    part: int = PART,
    progress: Progress = lambda stage, done, total: None,
) -> RunRecord:
    """Reads the inputs on the workers of a Dask scheduler and writes `documents/`, `tasks/` (Parquet, a file of each
    for every `part` reports) and `run.json` below `out`.

    Inputs, `manifest` and `out` are paths or fsspec URLs that this machine and all workers see. The documents are
    those of `batch.run` for the same inputs, duplicates found over all of them; the same inputs with the same `part`
    give the same bytes, however many workers there are and whichever of them go. There is no digest. Raises
    ClusterError where there is no scheduler or no worker, or the storage fails them; StoreError, ManifestError and
    UnreadableDocument as `batch.run` does. Earlier results stand then as they were.
    """
    clock = time.perf_counter()
    messages = Messages(options.language)
    if options.read.encoding is not None:
        find_encoding(options.read.encoding)
    results = Storage(out)
    with connect(scheduler) as client, _workplace(results) as work:
        gathering = list_files(
            inputs,
            suffixes=readable_suffixes(),
            is_report=is_report,
            manifest_names=MANIFEST_NAMES,
            leave_out=out,
            manifest=manifest,
        )
        known = known_reports(gathering, manifest, read_manifest_at, location_exists)
        settings = Settings(storage=work.location, program=this_program(), options=options.read, part=part)
        reading = Reading(client, settings, known, find_duplicates=not options.keep_duplicates)
        reading.read(gathering.files, lambda done, total: progress("reading", done, total))
        findings = reading.find_duplicates()
        parts = list(cut(reading.kept(findings), part))
        writing = Writing(client, settings)
        writing.write(parts, lambda done, total: progress("extracting", done, total))
        written = writing.written()
        record = make_record(
            started=started,
            seconds=time.perf_counter() - clock,
            inputs=inputs,
            gathering=gathering,
            known=known,
            items=reading.items,
            faults=[*reading.faults, *writing.faults],
            skipped=reading.skipped,
            findings=findings,
            written=written,
            messages=messages,
        )
        _install(work, results, record)
    return record


@contextlib.contextmanager
def _workplace(results: Storage) -> Iterator[Storage]:
    """A hidden folder in that of the results, gone in the end. Raises StoreError where it can't be written."""
    work = results.below(f".run-{uuid.uuid4().hex[:12]}")
    try:
        for folder in (SPOOLS, DOCUMENTS, TASKS):
            work.below(folder).make()
    except OSError as error:
        raise _unwritable(results, error) from error
    try:
        yield work
    finally:
        with contextlib.suppress(OSError):
            work.remove_all()


def _install(work: Storage, results: Storage, record: RunRecord) -> None:
    """Moves the parts in, takes away those of an earlier run that this one has none for, and writes `run.json` last:
    where that is, all is. Raises StoreError."""
    try:
        for folder in (DOCUMENTS, TASKS):
            results.below(folder).make()
            made = work.names(folder)
            work.move([f"{folder}/{name}" for name in made], results)
            old = [name for name in results.names(folder) if _PARTS.fullmatch(name) and name not in made]
            results.remove(f"{folder}/{name}" for name in old)
        results.write("run.json", encode_run(record))
    except OSError as error:
        raise _unwritable(results, error) from error


def _unwritable(results: Storage, error: OSError) -> StoreError:
    return StoreError(
        "the results can't be written ({reason})",
        where=results.location,
        remedy="Choose another folder with --out, or make this one writable",
        reason=error.strerror or error,
    )
