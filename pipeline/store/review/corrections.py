"""What a person changes in a task, and the task after it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar, cast

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from pipeline.dates import read_dates
from pipeline.errors import ReviewError
from pipeline.records import (
    Body,
    Deadline,
    Directive,
    DirectiveKind,
    Evidence,
    Issuer,
    Record,
    Recurrence,
    Task,
    TextSpan,
)
from pipeline.registry.body_index import load_body_index
from pipeline.store.database.task_values import BY_REVIEW
from pipeline.store.review.quotations import find_words, the_words

CONTEXT = 40
"""Characters kept before and after a task's words, as the extraction does."""
_HEAD = 3000
"""Characters at a report's beginning from which its province is told, as the extraction does."""

_T = TypeVar("_T")
_LEADING = re.compile(r"[\s,:]+")


class CorrectedIssuer(Record, frozen=True, kw_only=True):
    """Who gives the task: what isn't mentioned stays."""

    person: str | None | UnsetType = UNSET
    role: str | None | UnsetType = UNSET
    body: str | None | UnsetType = UNSET


class CorrectedDeadline(Record, frozen=True, kw_only=True):
    """The deadline: its words, its days (ISO) and recurrence. Words alone are read as the program reads them."""

    text: str | UnsetType = UNSET
    start: str | None | UnsetType = UNSET
    end: str | None | UnsetType = UNSET
    recurrence: Recurrence | None | UnsetType = UNSET


class Correction(Record, frozen=True, kw_only=True):
    """Bản chữa: what a person changes in a task; what isn't mentioned stays. Names of bodies are words of the text."""

    words: str | UnsetType = UNSET
    start: int | UnsetType = UNSET
    kind: DirectiveKind | UnsetType = UNSET
    issuer: CorrectedIssuer | UnsetType = UNSET
    lead: tuple[str, ...] | UnsetType = UNSET
    coordinating: tuple[str, ...] | UnsetType = UNSET
    deadline: CorrectedDeadline | None | UnsetType = UNSET


class ReportRead(Record, frozen=True, kw_only=True):
    """A report that a correction is about: its id, its text, its day of publication and the day of its meeting."""

    id: str
    text: str
    published: str | None
    meeting_day: str | None

    @property
    def day(self) -> datetime.date | None:
        """The day that dates count from, and on which bodies must be valid."""
        day = self.meeting_day or self.published
        return datetime.date.fromisoformat(day) if day else None


def apply(correction: Correction, report: ReportRead, directive: Directive, task: Task) -> tuple[Directive, Task]:
    """The task after the correction, and the directive it is then part of. Raises ReviewError where the words of a
    value don't stand in the text, or days are none."""
    start, end = _span(correction, report, task)
    span = text_span(report.text, start, end)
    near = (start, end)
    lead = task.lead
    if not isinstance(correction.lead, UnsetType):
        lead = tuple(_bodies(correction.lead, report, near, task, (*task.lead, *task.coordinating)))
    coordinating = task.coordinating
    if not isinstance(correction.coordinating, UnsetType):
        coordinating = tuple(_bodies(correction.coordinating, report, near, task, (*task.coordinating, *task.lead)))
    deadline = task.deadline
    if not isinstance(correction.deadline, UnsetType):
        deadline = _deadline(correction.deadline, report, near, task)
    action = task.action
    if (span.start, span.end) != (task.span.start, task.span.end) or lead != task.lead:
        action = _action(report.text, span, lead)
    corrected = replace(
        task,
        span=span,
        action=action,
        lead=lead,
        coordinating=coordinating,
        deadline=deadline,
        confidence=1.0,
        rules=(BY_REVIEW,),
    )
    kind = _given(correction.kind, directive.kind)
    issuer = directive.issuer
    if not isinstance(correction.issuer, UnsetType):
        issuer = _issuer(correction.issuer, report, near, issuer)
    return replace(directive, kind=kind, issuer=issuer, tasks=(corrected,)), corrected


def new_task(correction: Correction, report: ReportRead) -> tuple[Directive, Task]:
    """A task that no run had found, in a directive of its own. Raises ReviewError where words or kind are missing."""
    if isinstance(correction.words, UnsetType) or isinstance(correction.kind, UnsetType):
        raise ReviewError(
            "a task that is added needs its words and its kind", where=report.id, remedy="Give both of them"
        )
    empty = Task(
        id="",
        span=TextSpan(start=0, end=0, exact="", prefix="", suffix=""),
        action="",
        lead=(),
        coordinating=(),
        deadline=None,
        urgency=None,
        targets=(),
        confidence=1.0,
        rules=(),
    )
    nobody = Issuer(person=None, role=None, body=None, evidence=None)
    return apply(correction, report, Directive(id="", kind=correction.kind, issuer=nobody, cue=None, tasks=()), empty)


def text_span(text: str, start: int, end: int) -> TextSpan:
    """The run of the text with what stands before and after it."""
    return TextSpan(
        start=start,
        end=end,
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
    )


def _span(correction: Correction, report: ReportRead, task: Task) -> tuple[int, int]:
    if isinstance(correction.words, UnsetType):
        return task.span.start, task.span.end
    near = (task.span.start, task.span.end)
    if not isinstance(correction.start, UnsetType):
        near = (correction.start, correction.start + len(correction.words))
    return the_words(report.text, correction.words, near, task.id or report.id)


def _bodies(
    names: Sequence[str], report: ReportRead, near: tuple[int, int], task: Task, known: Sequence[Body]
) -> Iterator[Body]:
    """The bodies of the names; one that the task had already stays as it was read."""
    for name in names:
        held = next((body for body in known if name in (body.text, body.name)), None)
        if held is not None:
            yield held
            continue
        start, end = the_words(report.text, name, near, task.id or report.id)
        words = " ".join(report.text[start:end].split())
        index = load_body_index()
        place = index.find_place(report.text[:_HEAD], on=report.day)
        found = index.identify(words, on=report.day, place=place)
        reason = found.reason if found.id is None else None
        yield Body(text=report.text[start:end], name=words, id=found.id, start=start, end=end, reason=reason)


def _issuer(correction: CorrectedIssuer, report: ReportRead, near: tuple[int, int], issuer: Issuer) -> Issuer:
    person = _given(correction.person, issuer.person)
    role = _given(correction.role, issuer.role)
    body = _given(correction.body, issuer.body)
    if (person, role, body) == (issuer.person, issuer.role, issuer.body):
        return issuer
    evidence = None
    for words in (person, role, body):
        found = find_words(report.text, words, near) if words else None
        if found is not None:
            evidence = _evidence(report.text, *found)
            break
    return Issuer(person=person, role=role, body=body, evidence=evidence)


def _deadline(
    correction: CorrectedDeadline | None, report: ReportRead, near: tuple[int, int], task: Task
) -> Deadline | None:
    if correction is None:
        return None
    held = task.deadline
    if isinstance(correction.text, UnsetType):
        if held is None:
            raise ReviewError(
                "the deadline's words are missing", where=task.id or report.id, remedy="Give the words that tell it"
            )
        deadline = held
    elif held is not None and correction.text == held.text:
        deadline = held
    else:
        start, end = the_words(report.text, correction.text, near, task.id or report.id)
        deadline = _read_deadline(report, start, end)
    first = _given(correction.start, deadline.start)
    last = _given(correction.end, deadline.end)
    recurrence = _given(correction.recurrence, deadline.recurrence)
    if (first, last, recurrence) == (deadline.start, deadline.end, deadline.recurrence):
        return deadline
    for day in (first, last):
        _check_day(day, task.id or report.id)
    if first and last and last < first:
        raise ReviewError(
            "the deadline ends on {last}, before it begins on {first}",
            where=task.id or report.id,
            remedy="Correct a day",
            first=first,
            last=last,
        )
    return replace(
        deadline,
        start=first,
        end=last,
        edtf=_edtf(first, last),
        recurrence=recurrence,
        rrule=deadline.rrule if recurrence == deadline.recurrence else None,
        end_strict=None,
        fuzzy=False,
        evidence=replace(deadline.evidence, rule=BY_REVIEW),
    )


def _read_deadline(report: ReportRead, start: int, end: int) -> Deadline:
    """The words as a deadline with the days that the program reads in them."""
    text = report.text[start:end]
    evidence = _evidence(report.text, start, end)
    times = read_dates(text, report.day, direction="future") if report.day else []
    if not times:
        return Deadline(text=text, start=None, end=None, edtf=None, recurrence=None, evidence=evidence)
    time = times[-1]
    return Deadline(
        text=text,
        start=time.start,
        end=time.end,
        edtf=time.edtf,
        recurrence=cast("Recurrence | None", time.recurrence),
        evidence=evidence,
        end_strict=time.end_strict,
        rrule=time.rrule,
        fuzzy=time.fuzzy,
    )


def _edtf(first: str | None, last: str | None) -> str | None:
    if first == last:
        return first
    return f"{first or '..'}/{last or '..'}"


def _check_day(day: str | None, where: str) -> None:
    try:
        if day is not None:
            datetime.date.fromisoformat(day)
    except ValueError as error:
        raise ReviewError("{day} is no day", where=where, remedy="Write it as 2023-06-30", day=day) from error


def _action(text: str, span: TextSpan, lead: Sequence[Body]) -> str:
    """The work alone: what comes after the last lead body inside the span."""
    inside = [body.end for body in lead if span.start <= body.start and body.end <= span.end]
    start = max(inside, default=span.start)
    words = " ".join(text[start : span.end].split())
    return _LEADING.sub("", words, count=1) if _LEADING.match(words) else words


def _evidence(text: str, start: int, end: int) -> Evidence:
    return Evidence(start=start, end=end, exact=text[start:end], rule=BY_REVIEW)


def _given(value: _T | UnsetType, otherwise: _T) -> _T:
    return otherwise if isinstance(value, UnsetType) else value


def plain(directive: Directive, task: Task) -> dict[str, Any]:
    """What a person may change in a task, as plain values: the form in which changes are noted and compared."""
    issuer, deadline = directive.issuer, task.deadline
    return {
        "words": task.span.exact,
        "start": task.span.start,
        "kind": directive.kind,
        "issuer": msgspec.to_builtins((issuer.person, issuer.role, issuer.body)),
        "lead": [body.text for body in task.lead],
        "coordinating": [body.text for body in task.coordinating],
        "deadline": [deadline.text, deadline.start, deadline.end, deadline.recurrence] if deadline else None,
    }
