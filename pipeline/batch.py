"""Many files: from what the user names to a folder of results.

The one place that catches: whatever goes wrong with one file becomes a row of `run.json`, and the others go on.
"""

from __future__ import annotations

import logging
import os
import platform
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib import metadata
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from pipeline import __version__
from pipeline.errors import ManifestError, PipelineError, ReadError
from pipeline.link.revisions import compare_versions
from pipeline.messages import Language, Messages
from pipeline.read import read_item
from pipeline.read.assignment import KnownReports
from pipeline.read.duplicates import DuplicateFinder, VersionPair
from pipeline.read.encodings import find_encoding
from pipeline.read.folder import Gathering, InputFile, gather, shown_path
from pipeline.read.items import Item, ReadOptions
from pipeline.read.manifest import MANIFEST_NAMES, read_manifest
from pipeline.read.metadata import PUBLISHED_CONFLICT
from pipeline.read.readers import readable_suffixes
from pipeline.read.report_spool import ReportSpool
from pipeline.read.sources import is_report, open_items
from pipeline.records import (
    Counts,
    Document,
    Duplicate,
    Failure,
    ReadReport,
    Report,
    RevisedReport,
    Revision,
    RunRecord,
    Skipped,
    encode_run,
)
from pipeline.store import json_files
from pipeline.store.json_files import StoredDocuments, document_path, move_document, read_document, write_document
from pipeline.store.output_folder import staging, write
from pipeline.store.tables import write_tables

Extract = Callable[[Report], Document]
WriteDigest = Callable[[Sequence[Document], Path, Language], object]
Progress = Callable[[int, int], None]

_ALL_FOUND = ReadOptions()
_log = logging.getLogger(__name__)


def run(
    inputs: Sequence[str],
    *,
    out_dir: Path,
    started: str,
    extract: Extract,
    write_digest: WriteDigest,
    manifest: Path | None = None,
    options: ReadOptions = _ALL_FOUND,
    keep_duplicates: bool = False,
    language: Language = "vi",
    progress: Progress = lambda done, total: None,
) -> RunRecord:
    """Reads the inputs and writes `json/`, `tasks.jsonl`, `tasks.csv`, `digest/` and `run.json` into `out_dir`.

    The same inputs give the same bytes, whatever their order; times stand in `run.json` alone. A report that lies there
    several times is kept once (see `pipeline.read.duplicates`), or each time with `keep_duplicates`. `progress` is told
    how many of how many items are done; what lies in archives and tables is counted as it is met. Raises StoreError
    where `out_dir` can't be written, ManifestError where `manifest` can't be used at all, and UnreadableDocument where
    there is no encoding of the name asked for; nothing has been written then.
    """
    clock = time.perf_counter()
    messages = Messages(language)
    if options.encoding is not None:
        find_encoding(options.encoding)
    gathering = gather(
        inputs,
        suffixes=readable_suffixes(),
        is_report=is_report,
        manifest_names=MANIFEST_NAMES,
        leave_out=out_dir,
        manifest=manifest,
    )
    known = _known_reports(gathering, manifest)
    with staging(out_dir) as staged:
        batch = _Batch(known, options, extract, messages, staged, progress)
        kept = batch.read(gathering.files) if keep_duplicates else batch.read_once(gathering.files)
        for report in kept:
            batch.take(report)
        batch.compare_versions()
        reports = batch.placed_reports()
        documents = StoredDocuments([staged / report.json for report in reports])
        write_tables(documents, staged)
        problems = [messages.failure(error) for error in _manifest_problems(known)]
        problems += _digest_problems(write_digest, documents, staged / "digest", messages)
        failures = [messages.failure(error) for error in gathering.errors] + batch.failures
        skipped = sorted((*gathering.skipped, *batch.skipped), key=lambda skip: skip.path)
        record = RunRecord(
            started=started,
            seconds=round(time.perf_counter() - clock, 3),
            versions=_versions(),
            inputs=tuple(sorted({shown_path(given) for given in inputs})),
            manifests=tuple(sorted(known.used)),
            counts=_count(batch, reports, failures, gathering, problems),
            reports=reports,
            duplicates=tuple(batch.duplicates),
            revised=tuple(batch.revised),
            failures=tuple(sorted(failures, key=lambda failure: failure.path)),
            problems=tuple(problems),
            skipped=tuple(Skipped(path=skip.path, reason=messages.sentence(skip.reason)) for skip in skipped),
        )
        write(staged / "run.json", encode_run(record))
    return record


class _Batch:
    """The items met so far, each of which comes into exactly one of reports, duplicates and failures; what is passed
    over in an archive is `skipped` and no item."""

    def __init__(
        self,
        known: KnownReports,
        options: ReadOptions,
        extract: Extract,
        messages: Messages,
        staged: Path,
        progress: Progress,
    ) -> None:
        self.reports: list[ReadReport] = []
        self.duplicates: list[Duplicate] = []
        self.failures: list[Failure] = []
        self.skipped: list[Skipped] = []
        self.revised: list[RevisedReport] = []
        self.items = 0
        self.conflicts = 0
        self._known = known
        self._options = options
        self._extract = extract
        self._messages = messages
        self._staged = staged
        self._progress = progress
        self._ids: Counter[str] = Counter()
        self._versions: tuple[VersionPair, ...] = ()

    def read(self, files: Sequence[InputFile]) -> Iterator[Report]:
        """The reports of the files, in their order; what can't be read is recorded as a failure."""
        self._progress(0, len(files))
        for number, file in enumerate(files, 1):
            before = self.items
            for report in self._read_file(file):
                if report is not None:
                    yield report
                # What is in the files behind shows as they are read: until then each counts as one.
                self._progress(self.items, self.items + len(files) - number)
            if self.items == before:
                raise AssertionError(f"{file.path} was lost")

    def read_once(self, files: Sequence[InputFile]) -> Iterator[Report]:
        """The same without duplicates, which are recorded, each report with its sources. All files are read first."""
        with ReportSpool(self._staged) as spool:
            finder = DuplicateFinder(spool)
            for report in self.read(files):
                finder.add(report)
            findings = finder.find()
            self.duplicates += findings.duplicates
            self._versions = findings.versions
            dropped = {duplicate.path for duplicate in findings.duplicates}
            for report in spool:
                path = report.source.path
                if path not in dropped:
                    yield replace(report, source=replace(report.source, sources=findings.sources.get(path, ())))

    def take(self, report: Report) -> None:
        """One report extracted and written, or recorded as a failure."""
        clock = time.perf_counter()
        report = self._with_id_of_its_own(report)
        location = document_path(report.source.id, many=True)
        try:
            document = self._extract(report)
            write_document(document, self._staged / location)
        except PipelineError as error:
            self._fail(report.source.path, error)
        except Exception as error:
            self._fail(report.source.path, _defect(error))
        else:
            self.reports.append(_summary(document, location))
            self.conflicts += any(note.code == PUBLISHED_CONFLICT for note in report.source.notes)
            _log.info("%s %.0f ms", report.source.path, 1000 * (time.perf_counter() - clock))

    def compare_versions(self) -> None:
        """What each version of a report changed in an earlier one is written into its document."""
        written = {report.path: self._staged / report.json for report in self.reports}
        for earlier, later in self._versions:
            if earlier in written and later in written:
                document = read_document(written[later])
                revision = compare_versions(read_document(written[earlier]), document)
                write_document(replace(document, revisions=(*document.revisions, revision)), written[later])
                self.revised.append(_revised(later, revision))

    def placed_reports(self) -> tuple[ReadReport, ...]:
        """The reports with their documents where they stay: how many items there are shows at the end alone."""
        if self.items > json_files.MANY:
            return tuple(self.reports)
        placed = [replace(report, json=document_path(report.id, many=False)) for report in self.reports]
        for report, moved in zip(self.reports, placed, strict=True):
            move_document(self._staged / report.json, self._staged / moved.json)
        return tuple(placed)

    def _read_file(self, file: InputFile) -> Iterator[Report | None]:
        """The report of each item, null for one that gives none."""
        try:
            for outcome in open_items(file, self._options, self._known):
                if isinstance(outcome, Skipped):
                    self.skipped.append(outcome)
                    continue
                self.items += 1
                if isinstance(outcome, ReadError):
                    self._fail(outcome.where or file.path, outcome)
                    yield None
                else:
                    yield self._read_item(outcome)
        except Exception as error:
            self.items += 1
            self._fail(file.path, _defect(error))
            yield None

    def _read_item(self, item: Item) -> Report | None:
        try:
            return read_item(
                item,
                entry=self._known.entry(item.path),
                container_entry=self._known.container_entry(item.path),
                options=self._options,
            )
        except ReadError as error:
            self._fail(item.path, error)
        except Exception as error:
            self._fail(item.path, _defect(error))
        return None

    def _with_id_of_its_own(self, report: Report) -> Report:
        """The id of the bytes; of bytes met before, where duplicates are kept, with its number among them."""
        id_ = report.source.id
        self._ids[id_] += 1
        if self._ids[id_] == 1:
            return report
        return replace(report, source=replace(report.source, id=f"{id_}-{self._ids[id_]}"))

    def _fail(self, path: str, error: PipelineError) -> None:
        _log.info("%s failed", path, exc_info=error)
        self.failures.append(self._messages.failure(error, path))


def _revised(path: str, revision: Revision) -> RevisedReport:
    changes = Counter(change.change for change in revision.changes)
    return RevisedReport(
        path=path, of=revision.path, added=changes["added"], dropped=changes["dropped"], changed=changes["changed"]
    )


def _summary(document: Document, location: str) -> ReadReport:
    tasks = [task for directive in document.directives for task in directive.tasks]
    return ReadReport(
        id=document.document.id,
        path=document.document.path,
        published=document.document.published,
        json=location,
        directives=len(document.directives),
        tasks=len(tasks),
        with_deadline=sum(task.deadline is not None for task in tasks),
    )


def _known_reports(gathering: Gathering, manifest: Path | None) -> KnownReports:
    """What the manifests say of the files: the one that the user names, else those found in the folders.

    A manifest found in a folder tells of the files below that folder, the nearest first; one that the user names
    tells of all files, and those found are passed over.
    """
    known = KnownReports(found_ones=manifest is None)
    if manifest is not None:
        table = read_manifest(manifest, shown_path(manifest))
        known.learn(table, gathering.files, _there(table.folder))
        return known
    for found in sorted(gathering.manifests, key=lambda file: -len(PurePosixPath(file.path).parts)):
        below = f"{PurePosixPath(found.path).parent.as_posix()}/" if "/" in found.path else ""
        files = [file for file in gathering.files if file.path.startswith(below)]
        try:
            rows = read_manifest(Path(found.location), found.path)
        except ManifestError as error:
            known.problems.append(error)
        else:
            known.learn(rows, files, _there(rows.folder))
    return known


def _there(folder: str) -> Callable[[str], bool]:
    return lambda file: os.path.lexists(os.path.join(folder, file))


def _manifest_problems(known: KnownReports) -> list[ManifestError]:
    return sorted((*known.problems, *known.unmet()), key=lambda problem: problem.where)


def _digest_problems(
    write_digest: WriteDigest, documents: Sequence[Document], folder: Path, messages: Messages
) -> list[Failure]:
    """A digest that can't be written costs the digest alone."""
    try:
        write_digest(documents, folder, messages.language)
    except Exception as error:
        _log.exception("the digest failed")
        shutil.rmtree(folder, ignore_errors=True)
        remedy = "The other results are complete; this is a defect of the program: report it"
        problem = PipelineError(
            "the digest can't be written ({reason})", where="digest", remedy=remedy, reason=_named(error)
        )
        problem.__cause__ = error
        return [messages.failure(problem)]
    return []


def _defect(error: Exception) -> PipelineError:
    failure = PipelineError(
        "the report can't be extracted ({reason})",
        remedy="This is a defect of the program: report it with the file",
        reason=_named(error),
    )
    failure.__cause__ = error
    return failure


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def _count(
    batch: _Batch,
    reports: Sequence[ReadReport],
    failures: Sequence[Failure],
    gathering: Gathering,
    problems: Sequence[Failure],
) -> Counts:
    counts = Counts(
        files=len(gathering.files) + len(gathering.errors),
        items=batch.items + len(gathering.errors),
        reports=len(reports),
        duplicates=len(batch.duplicates),
        failures=len(failures),
        skipped=len(gathering.skipped) + len(batch.skipped),
        problems=len(problems),
        conflicts=batch.conflicts,
        directives=sum(report.directives for report in reports),
        tasks=sum(report.tasks for report in reports),
        with_deadline=sum(report.with_deadline for report in reports),
    )
    if counts.items != counts.reports + counts.duplicates + counts.failures or counts.items < counts.files:
        raise AssertionError(f"items were lost: {counts}")
    return counts


def _versions() -> dict[str, str]:
    """What the results depend on: another version of these may read a text otherwise."""
    libraries = {name: metadata.version(name) for name in ("rensa", "spacy", "underthesea")}
    return {"chidao": __version__, "python": platform.python_version(), **libraries}
