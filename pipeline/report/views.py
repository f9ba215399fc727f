"""What the pages show: plain frozen data with every word already chosen, which the templates only lay out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.report.marks import MarkKind, Run

FieldKind = MarkKind | Literal["plain"]
SectionShape = Literal["dated", "listed", "grouped", "reports"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """A day: what it bounds ("đến hết"), and itself as an ISO date."""

    label: str
    iso: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueView:
    """A value, a link to the words it was read from, days it stands for, remarks, and codes (ids, rules)."""

    text: str
    href: str | None = None
    quoted: bool = True
    days: tuple[DayView, ...] = ()
    notes: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """A field of a directive or task. No values: the report doesn't tell."""

    kind: FieldKind
    letter: str
    label: str
    values: tuple[ValueView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """The note on a task."""

    number: int
    anchor: str
    heading: str
    quotation: ValueView
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveView:
    """The note on a directive, with those on its tasks."""

    kind: str
    heading: str
    fields: tuple[FieldView, ...]
    tasks: tuple[TaskView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentView:
    """A stretch of the text; `kind` is "blank" for the white space between blocks."""

    kind: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendView:
    """A kind of mark: its letter and name."""

    kind: MarkKind
    letter: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """Something known of the report as a whole; `href` is a web address, `code` says that it is no prose."""

    label: str
    text: str
    href: str | None = None
    code: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """Another file with the report: how near it is, its page where it has one, its web address where it is one."""

    path: str
    page: str | None
    relation: str
    publisher: str | None
    url: str | None
    href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedFieldView:
    """A field of a task as it was and as it is."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """A task that a version added, dropped or changed; `href` leads to its mark in the text."""

    kind: str
    task: str
    href: str | None
    fields: tuple[ChangedFieldView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionView:
    """What the report changed in an earlier version, whose file and page are named."""

    path: str
    page: str
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """The page of a report."""

    title: str
    genre: str
    summary: str
    quality: str | None
    facts: tuple[FactView, ...]
    legend: tuple[LegendView, ...]
    segments: tuple[SegmentView, ...]
    directives: tuple[DirectiveView, ...]
    sources: tuple[SourceView, ...]
    revisions: tuple[RevisionView, ...]
    home: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """A task in a list: `day` is the first thing read, `since` and `recurrence` go with it."""

    href: str
    action: str
    kind: str | None
    day: str | None
    iso: str | None
    since: str | None
    recurrence: str | None
    words: str | None
    fuzzy: str | None
    lead: str
    issuer: str
    issuer_label: str
    report: str
    report_href: str
    published: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """A report in the list of reports."""

    href: str
    title: str
    quality: str | None
    published: str
    iso: str | None
    genre: str
    directives: str
    tasks: str
    with_deadline: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """Tasks under one heading: a month, a body, an issuer. `count` is of all its tasks, also on other pages."""

    heading: str
    count: str
    code: str | None
    notes: str | None
    continued: bool
    rows: tuple[TaskRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PagerView:
    """The way to the other pages of a list."""

    position: str
    previous: str | None
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A list of the index, or the page of it that is shown. `empty` is said in place of an empty list."""

    anchor: str
    shape: SectionShape
    heading: str
    count: str
    note: str | None
    empty: str
    groups: tuple[GroupView, ...]
    reports: tuple[ReportRow, ...]
    pager: PagerView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalView:
    """A number and what it counts."""

    number: str
    noun: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexView:
    """The first page of the digest."""

    title: str
    coverage: tuple[str, ...]
    totals: tuple[TotalView, ...]
    balance: str | None
    sections: tuple[SectionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A further page of a list."""

    title: str
    home: str
    section: SectionView
