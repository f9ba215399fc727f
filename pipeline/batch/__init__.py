"""Many files: from what the user names to a folder of results.

Three passes over the batch, each report by itself: `reading` opens the files and finds duplicates, `extraction` reads
what was asked of whom, `writing` makes the files. The work on a report (`jobs`) is done by processes (`workers`), and
what it gave is put by in the ledger of the results, so that a run that is broken off goes on where it stopped and one
over unchanged files has nothing to do. The one place that catches: whatever goes wrong with one file becomes a row of
`run.json`, and the others go on.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec.structs import replace

from pipeline.batch.extraction import Extractions
from pipeline.batch.fingerprint import inputs_digest, key_of
from pipeline.batch.jobs import Extract, Work
from pipeline.batch.manifests import known_reports
from pipeline.batch.reading import Reading
from pipeline.batch.run_record import make_record
from pipeline.batch.workers import Inline, Processes, Workers
from pipeline.batch.writing import many_items, write_results
from pipeline.messages import Language, Messages
from pipeline.read.encodings import find_encoding
from pipeline.read.folder import gather
from pipeline.read.items import ReadOptions
from pipeline.read.manifest import MANIFEST_NAMES
from pipeline.read.readers import readable_suffixes
from pipeline.read.sources import is_report
from pipeline.records import Record, RunRecord, decode_run, encode_run
from pipeline.store import output_folder
from pipeline.store.ledger import Ledger
from pipeline.store.output_folder import WORK, are_untouched, staging
from pipeline.store.shards import Format

if TYPE_CHECKING:
    from pipeline.store.database.run_database import RunDatabase

Stage = Literal["reading", "extracting", "writing"]
Progress = Callable[[Stage, int, int], None]

TIMEOUT = 600.0
"""Seconds that a report may take, unless said otherwise: a scan of many pages takes minutes to recognise."""
_ALL_FOUND = ReadOptions()


class RunOptions(Record, frozen=True, kw_only=True):
    """What the results of a run depend on beside its inputs. `digest` null: where documents are a file each."""

    read: ReadOptions = _ALL_FOUND
    keep_duplicates: bool = False
    format: Format = "json"
    digest: bool | None = None
    language: Language = "vi"

    @property
    def page(self) -> Language | None:
        """The language of the digest, null for none."""
        wanted = self.format == "json" if self.digest is None else self.digest
        return self.language if wanted else None


def run(
    inputs: Sequence[str],
    *,
    out_dir: Path,
    started: str,
    extract: Extract | None = None,
    manifest: Path | None = None,
    options: RunOptions = RunOptions(),  # noqa: B008 (frozen)
    database: RunDatabase | None = None,
    force: bool = False,
    workers: int = 0,
    timeout: float | None = TIMEOUT,
    progress: Progress = lambda stage, done, total: None,
) -> RunRecord:
    """Reads the inputs and writes documents, `tasks.jsonl`, `tasks.csv`, `digest/` and `run.json` into `out_dir`.

    The same inputs and options give the same bytes, whatever the order of the inputs and the number of `workers` (0:
    in this process, where `timeout` doesn't hold), and however often it was broken off; times stand in `run.json`
    alone. Only what is new or changed since the last run is worked out, all of it with `force`. A report that lies
    there several times is kept once (see `pipeline.read.duplicates`) unless the options say otherwise. `extract` is
    the package's own unless given. `database` gets the documents too, which holds the history of all runs; it is closed
    by whoever opened it. `progress` is told how many of how many are done; what lies in archives and tables
    is counted as it is met. Raises StoreError where `out_dir` can't be written or another run is writing there,
    ManifestError where `manifest` can't be used at all, WorkerError where no workers can be had, and UnreadableDocument
    where there is no encoding of the name asked for; nothing has been written then but the ledger.
    """
    clock = time.perf_counter()
    messages = Messages(options.language)
    if options.read.encoding is not None:
        find_encoding(options.read.encoding)
    gathering = gather(
        inputs,
        suffixes=readable_suffixes(),
        is_report=is_report,
        manifest_names=MANIFEST_NAMES,
        leave_out=out_dir,
        manifest=manifest,
    )
    known = known_reports(gathering, manifest)
    with Ledger(out_dir / WORK) as ledger:
        if force:
            ledger.clear()
        made_from = key_of("run", inputs_digest(inputs, gathering, manifest), options, extract is None)
        is_stored = database is None or database.holds(made_from)
        if is_stored and ledger.fingerprint() == made_from and are_untouched(out_dir, ledger):
            record = _last_record(out_dir)
            if record is not None:
                seconds = round(time.perf_counter() - clock, 3)
                record = replace(record, started=started, seconds=seconds)
                output_folder.replace(out_dir / "run.json", encode_run(record))
                return record
        with staging(out_dir, ledger) as staged, _workers(Work(extract), workers, timeout) as at_work:
            reading = Reading(known, options.read, ledger, at_work, find_duplicates=not options.keep_duplicates)
            reading.read(gathering.files, lambda done, total: progress("reading", done, total))
            findings = reading.find_duplicates()
            extractions = Extractions(ledger, at_work, page=options.page)
            extractions.extract(reading, findings, lambda done, total: progress("extracting", done, total))
            at_work.close()
            written = write_results(
                extractions.reports,
                findings.versions,
                ledger,
                staged,
                kind=options.format,
                page=options.page,
                many=many_items(reading.items),
                tell=lambda done, total: progress("writing", done, total),
                database=database,
            )
            unstored = () if database is None else database.flush()
            faults = [*reading.faults, *extractions.faults]
            record = make_record(
                started=started,
                seconds=time.perf_counter() - clock,
                inputs=inputs,
                gathering=gathering,
                known=known,
                items=reading.items,
                faults=faults,
                skipped=reading.skipped,
                findings=findings,
                written=written,
                unstored=unstored,
                messages=messages,
            )
            output_folder.write(staged.place("run.json"), encode_run(record))
            files = [file for file in staged.install() if file.path != "run.json"]
            # What failed for a reason of the moment is tried again by the next run.
            settled = written.digest_problem is None and all(fault.settled for _, fault in faults)
            ledger.finish(files, made_from if settled else None)
            if database is not None:
                database.close(record, made_from if settled else None)
    return record


@contextlib.contextmanager
def _workers(work: Work, count: int, timeout: float | None) -> Iterator[Workers]:
    at_work: Workers = Processes(work, count, timeout) if count else Inline(work)
    try:
        yield at_work
    finally:
        at_work.close()


def _last_record(out_dir: Path) -> RunRecord | None:
    try:
        return decode_run((out_dir / "run.json").read_bytes())
    except (OSError, msgspec.DecodeError):
        return None
