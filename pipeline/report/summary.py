"""What the index keeps of each report, so that it needn't hold their texts."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.records import DirectiveKind, Document, Genre, Issuer, Recurrence
from pipeline.report.collation import SortKey, sort_key
from pipeline.report.marks import mark_id
from pipeline.report.notes import note_id
from pipeline.report.report_page import damage_of, page_of

ReportOrder = tuple[bool, str, SortKey, str, str]

_LONGEST_ACTION = 220
_LONGEST_NAME = 120
_MOST_LEADS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSummary:
    """A report: where its page lies, what it is, how much was read in it, and in how many other places it lies
    (`sources`; versions have pages of their own and aren't counted)."""

    id: str
    page: str
    path: str
    title: str | None
    published: str | None
    genre: Genre
    quality: str | None
    directives: int
    tasks: int
    with_deadline: int
    sources: int = 0

    @property
    def order(self) -> ReportOrder:
        """Reports sort by day of publication (those without one last), title, id."""
        title = self.title or ""
        return (self.published is None, self.published or "", sort_key(title), title, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedBody:
    """A body as a task names it; `id` is its own where it has one."""

    name: str
    id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineSummary:
    """A deadline: its words, its days as ISO dates, its recurrence."""

    words: str
    start: str | None
    end: str | None
    recurrence: Recurrence | None
    fuzzy: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSummary:
    """A task: where its mark is, what it asks, of whom, by whom, until when. `place` is its number in the report."""

    report: ReportSummary
    place: int
    href: str
    action: str
    kind: DirectiveKind
    leads: tuple[NamedBody, ...]
    person: str | None
    office: str | None
    deadline: DeadlineSummary | None


def summarise(document: Document) -> tuple[ReportSummary, list[TaskSummary]]:
    """The report and its tasks in short; long words are cut and end in "…"."""
    source = document.document
    asked = [(directive, task) for directive in document.directives for task in directive.tasks]
    report = ReportSummary(
        id=source.id,
        page=page_of(source.id),
        path=clip(source.path, _LONGEST_NAME),
        title=clip(source.title, _LONGEST_NAME) if source.title else None,
        published=source.published,
        genre=source.genre,
        quality=damage_of(document),
        directives=len(document.directives),
        tasks=len(asked),
        with_deadline=sum(task.deadline is not None for _, task in asked),
        sources=sum(other.relation != "version" for other in source.sources),
    )
    tasks = []
    for place, (directive, task) in enumerate(asked, start=1):
        span, deadline = task.span, task.deadline
        marked = 0 <= span.start < span.end and document.text[span.start : span.end] == span.exact
        tasks.append(TaskSummary(
            report=report,
            place=place,
            href=f"{report.page}#{mark_id('task', span.start, span.end) if marked else note_id(place)}",
            action=clip(task.action, _LONGEST_ACTION),
            kind=directive.kind,
            leads=tuple(NamedBody(name=clip(body.name, _LONGEST_NAME), id=body.id) for body in task.lead),
            person=_name(directive.issuer.person),
            office=_office(directive.issuer),
            deadline=None if deadline is None else DeadlineSummary(
                words=clip(deadline.text, _LONGEST_NAME), start=deadline.start, end=deadline.end,
                recurrence=deadline.recurrence, fuzzy=deadline.fuzzy,
            ),
        ))  # fmt: skip
    return report, tasks


def clip(text: str, longest: int) -> str:
    """The text on one line, cut before a word so that it has at most `longest` characters with its "…"."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    cut = line[:longest]
    return (cut[: cut.rfind(" ")] if " " in cut else cut[:-1]).rstrip(" ,;:.") + "…"


def lead_names(task: TaskSummary) -> str:
    """The lead bodies of a task on one line."""
    names = [body.name for body in task.leads]
    return clip(", ".join(names[:_MOST_LEADS]) + (", …" if len(names) > _MOST_LEADS else ""), 2 * _LONGEST_NAME)


def _office(issuer: Issuer) -> str | None:
    return _name(", ".join(part for part in (issuer.role, issuer.body) if part))


def _name(text: str | None) -> str | None:
    return clip(text, _LONGEST_NAME) if text else None
