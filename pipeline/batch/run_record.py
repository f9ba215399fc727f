"""The record of a run, however its reports were read: nothing that was met is missing from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.batch.faults import Fault, failure_of
from pipeline.batch.fingerprint import versions
from pipeline.batch.manifests import manifest_problems
from pipeline.batch.writing import Written
from pipeline.errors import PipelineError
from pipeline.messages import Messages
from pipeline.read.assignment import KnownReports
from pipeline.read.duplicates import Findings
from pipeline.read.folder import Gathering, shown_path
from pipeline.records import Counts, RunRecord, Skipped


def make_record(
    *,
    started: str,
    seconds: float,
    inputs: Iterable[str],
    gathering: Gathering,
    known: KnownReports,
    items: int,
    faults: Sequence[tuple[str, Fault]],
    skipped: Sequence[Skipped],
    findings: Findings,
    written: Written,
    messages: Messages,
    unstored: Iterable[PipelineError] = (),
) -> RunRecord:
    """The record of a run over the files of `gathering`, in which so many `items` were found: each is among the reports
    written, the duplicates or the `faults`; `unstored` says what the database refused. Raises AssertionError where an
    item was lost."""
    problems = [messages.failure(error) for error in manifest_problems(known)]
    if written.digest_problem is not None:
        problems.append(messages.failure(written.digest_problem))
    problems += [messages.failure(error) for error in unstored]
    failures = [messages.failure(error) for error in gathering.errors]
    failures += [failure_of(fault, path, messages) for path, fault in faults]
    passed_over = sorted((*gathering.skipped, *skipped), key=lambda skip: skip.path)
    counts = Counts(
        files=len(gathering.files) + len(gathering.errors),
        items=items + len(gathering.errors),
        reports=len(written.reports),
        duplicates=len(findings.duplicates),
        failures=len(failures),
        skipped=len(passed_over),
        problems=len(problems),
        conflicts=written.conflicts,
        directives=sum(report.directives for report in written.reports),
        tasks=sum(report.tasks for report in written.reports),
        with_deadline=sum(report.with_deadline for report in written.reports),
    )
    if counts.items != counts.reports + counts.duplicates + counts.failures or counts.items < counts.files:
        raise AssertionError(f"items were lost: {counts}")
    return RunRecord(
        started=started,
        seconds=round(seconds, 3),
        versions=versions(),
        inputs=tuple(sorted({shown_path(given) for given in inputs})),
        manifests=tuple(sorted(known.used)),
        counts=counts,
        reports=written.reports,
        duplicates=findings.duplicates,
        revised=written.revised,
        failures=tuple(sorted(failures, key=lambda failure: failure.path)),
        problems=tuple(problems),
        skipped=tuple(Skipped(path=skip.path, reason=messages.sentence(skip.reason)) for skip in passed_over),
    )
