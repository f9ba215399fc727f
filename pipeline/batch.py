"""Many files: from what the user names to a folder of results.

The one place that catches: whatever goes wrong with one file becomes a row of `run.json`, and the others go on.
"""

from __future__ import annotations

import logging
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
from pipeline.read import READERS, read
from pipeline.read.duplicates import DuplicateFinder, VersionPair
from pipeline.read.folder import Gathering, InputFile, gather, shown_path
from pipeline.read.manifest import MANIFEST_NAME, ManifestEntry, assign, read_manifest
from pipeline.read.report_spool import ReportSpool
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
from pipeline.store.json_files import StoredDocuments, document_path, read_document, write_document
from pipeline.store.output_folder import staging, write
from pipeline.store.tables import write_tables

Extract = Callable[[Report], Document]
WriteDigest = Callable[[Sequence[Document], Path, Language], object]
Progress = Callable[[int, int], None]

_log = logging.getLogger(__name__)


def run(
    inputs: Sequence[str],
    *,
    out_dir: Path,
    started: str,
    extract: Extract,
    write_digest: WriteDigest,
    manifest: Path | None = None,
    language: Language = "vi",
    keep_duplicates: bool = False,
    progress: Progress = lambda done, total: None,
) -> RunRecord:
    """Reads the inputs and writes `json/`, `tasks.jsonl`, `tasks.csv`, `digest/` and `run.json` into `out_dir`.

    The same inputs give the same bytes, whatever their order; times stand in `run.json` alone. A report that lies there
    several times is kept once (see `pipeline.read.duplicates`), or each time with `keep_duplicates`. `progress` is told
    how many of how many files are done. Raises StoreError where `out_dir` can't be written, and ManifestError
    where `manifest` can't be used at all; nothing has been written then.
    """
    clock = time.perf_counter()
    messages = Messages(language)
    gathering = gather(inputs, suffixes=READERS, manifest_name=MANIFEST_NAME, leave_out=out_dir)
    entries, manifests, manifest_errors = _entries(gathering, manifest)
    problems = [messages.failure(error) for error in manifest_errors]
    with staging(out_dir) as staged:
        batch = _Batch(entries, extract, messages, staged, many=len(gathering.files))
        kept = batch.read(gathering.files) if keep_duplicates else batch.read_once(gathering.files)
        for done, report in enumerate(kept):
            progress(done, len(gathering.files))
            batch.take(report)
        progress(len(gathering.files), len(gathering.files))
        batch.compare_versions()
        documents = StoredDocuments([staged / report.json for report in batch.reports])
        write_tables(documents, staged)
        problems += _digest_problems(write_digest, documents, staged / "digest", messages)
        failures = [messages.failure(error) for error in gathering.errors] + batch.failures
        record = RunRecord(
            started=started,
            seconds=round(time.perf_counter() - clock, 3),
            versions=_versions(),
            inputs=tuple(sorted({shown_path(given) for given in inputs})),
            manifests=manifests,
            counts=_count(batch, failures, gathering, problems),
            reports=tuple(batch.reports),
            duplicates=tuple(batch.duplicates),
            revised=tuple(batch.revised),
            failures=tuple(sorted(failures, key=lambda failure: failure.path)),
            problems=tuple(problems),
            skipped=tuple(Skipped(path=skip.path, reason=messages.sentence(skip.reason)) for skip in gathering.skipped),
        )
        write(staged / "run.json", encode_run(record))
    return record


class _Batch:
    """The files read so far, each of which comes into exactly one of the three lists."""

    def __init__(
        self, entries: dict[str, ManifestEntry], extract: Extract, messages: Messages, staged: Path, *, many: int
    ) -> None:
        self.reports: list[ReadReport] = []
        self.duplicates: list[Duplicate] = []
        self.failures: list[Failure] = []
        self.revised: list[RevisedReport] = []
        self._entries = entries
        self._extract = extract
        self._messages = messages
        self._staged = staged
        self._files = many
        self._ids: Counter[str] = Counter()
        self._versions: tuple[VersionPair, ...] = ()

    def read(self, files: Sequence[InputFile]) -> Iterator[Report]:
        """The reports of the files, one after the other; a file that can't be read is recorded as a failure."""
        for file in files:
            try:
                report = read(file.location, path=file.path, entry=self._entries.get(file.path))
            except ReadError as error:
                self._fail(file.path, error)
            except Exception as error:
                self._fail(file.path, _defect(error))
            else:
                yield report

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
        location = document_path(report.source.id, files=self._files)
        try:
            document = self._extract(report)
            write_document(document, self._staged / location)
        except PipelineError as error:
            self._fail(report.source.path, error)
        except Exception as error:
            self._fail(report.source.path, _defect(error))
        else:
            self.reports.append(_summary(document, location))
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


def _entries(
    gathering: Gathering, manifest: Path | None
) -> tuple[dict[str, ManifestEntry], tuple[str, ...], list[ManifestError]]:
    """The manifest's row of each file that has one, the manifests used, and what is wrong in them.

    A manifest found in a folder tells of the files below that folder, the nearest first; one that the user names
    tells of all files, and those found are passed over.
    """
    if manifest is not None:
        table = read_manifest(manifest, shown_path(manifest))
        entries, unfit = assign(table, gathering.files)
        return entries, (table.path,), [*table.problems, *unfit]
    entries = {}
    problems: list[ManifestError] = []
    used: list[str] = []
    for found in sorted(gathering.manifests, key=lambda file: -len(PurePosixPath(file.path).parts)):
        below = f"{PurePosixPath(found.path).parent.as_posix()}/" if "/" in found.path else ""
        files = [file for file in gathering.files if file.path.startswith(below) and file.path not in entries]
        try:
            rows = read_manifest(Path(found.location), found.path)
        except ManifestError as error:
            problems.append(error)
            continue
        assigned, unfit = assign(rows, files)
        entries.update(assigned)
        problems += [*rows.problems, *unfit]
        used.append(rows.path)
    return entries, tuple(sorted(used)), sorted(problems, key=lambda problem: problem.where)


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


def _count(batch: _Batch, failures: Sequence[Failure], gathering: Gathering, problems: Sequence[Failure]) -> Counts:
    counts = Counts(
        files=len(gathering.files) + len(gathering.errors),
        reports=len(batch.reports),
        duplicates=len(batch.duplicates),
        failures=len(failures),
        skipped=len(gathering.skipped),
        problems=len(problems),
        directives=sum(report.directives for report in batch.reports),
        tasks=sum(report.tasks for report in batch.reports),
        with_deadline=sum(report.with_deadline for report in batch.reports),
    )
    if counts.files != counts.reports + counts.duplicates + counts.failures:
        raise AssertionError(f"files were lost: {counts}")
    return counts


def _versions() -> dict[str, str]:
    """What the results depend on: another version of these may read a text otherwise."""
    libraries = {name: metadata.version(name) for name in ("rensa", "spacy", "underthesea")}
    return {"chidao": __version__, "python": platform.python_version(), **libraries}
