"""The index of a digest and the further pages of its lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from pipeline.report.index_lists import Group, bounding_day, list_by_issuer, list_by_lead, list_deadlines
from pipeline.report.paging import paginate, weigh_values
from pipeline.report.summary import ReportSummary, TaskSummary, lead_names
from pipeline.report.views import (
    GroupView,
    IndexView,
    ListView,
    PagerView,
    ReportRow,
    SectionShape,
    SectionView,
    TaskRow,
    TotalView,
)
from pipeline.report.wording import Wording, parse_day

INDEX = "index.html"


class Index:
    """The index over reports and their tasks, given in any order, and the further pages of its lists by their names.

    Deadlines count from `as_of`, or from the newest publication date of a report where it is null.
    """

    def __init__(
        self, reports: Sequence[ReportSummary], tasks: Sequence[TaskSummary], wording: Wording, as_of: date | None
    ) -> None:
        self._wording = wording
        self.further: dict[str, ListView] = {}
        days = sorted(day for report in reports if (day := parse_day(report.published)))
        counted_from = as_of or (days[-1] if days else None)
        lists = list_deadlines(tasks, counted_from, wording)
        sizes = {
            "coming": _size(lists.coming),
            "recurring": _size(lists.recurring),
            "past": _size(lists.past),
            "undated": _size(lists.undated),
        }
        sections = [
            self._tasks("coming", "dated", lists.coming, heading="coming" if counted_from else "dated"),
            self._tasks("recurring", "listed", lists.recurring),
            *([self._tasks("past", "dated", lists.past)] if lists.past else []),
            *([self._tasks("undated", "listed", lists.undated)] if lists.undated else []),
            self._tasks("leads", "grouped", list_by_lead(tasks, wording), note=wording.say("leads_note")),
            self._tasks("issuers", "grouped", list_by_issuer(tasks, wording), note=wording.say("issuers_note")),
            self._reports(sorted(reports, key=lambda report: report.order)),
        ]
        with_deadline = sum(sizes.values())
        totals = {
            "reports": len(reports),
            "directives": sum(report.directives for report in reports),
            "tasks": len(tasks),
            "with_deadline": with_deadline,
            "recurring": sizes["recurring"],
        }
        further = sum(report.sources for report in reports)
        if further:
            totals["further_sources"] = further
        numbers = {key: wording.number(size) for key, size in {**sizes, "all": with_deadline}.items()}
        self.view = IndexView(
            title=wording.page["digest_title"],
            coverage=tuple(self._coverage(days, as_of, sum(report.quality is not None for report in reports))),
            totals=tuple(
                TotalView(number=wording.number(count), noun=wording.noun(key, count)) for key, count in totals.items()
            ),
            balance=wording.say("balance", **numbers) if with_deadline else None,
            sections=tuple(sections),
        )

    def _coverage(self, days: Sequence[date], as_of: date | None, damaged: int) -> Iterator[str]:
        say, day = self._wording.say, self._wording.day
        if days:
            key = "coverage" if days[0] != days[-1] else "coverage_day"
            yield say(key, first=day(days[0]), last=day(days[-1]))
        if as_of:
            yield say("counted_from_given", day=day(as_of))
        elif days:
            yield say("counted_from_newest", day=day(days[-1]))
        else:
            yield say("counted_from_nothing")
        if damaged:
            yield say("damaged", reports=self._wording.count("damaged_reports", damaged))

    def _tasks(
        self, anchor: str, shape: SectionShape, groups: Sequence[Group], *, heading: str | None = None,
        note: str | None = None,
    ) -> SectionView:  # fmt: skip
        rows = [(group, self._task_row(task)) for group in groups for task in group.tasks]
        pages = paginate(rows, lambda row: weigh_values(row[0].heading, row[0].code, row[0].notes, row[1]))
        shown: list[tuple[GroupView, ...]] = []
        last: Group | None = None
        for page in pages:
            shown.append(tuple(self._group_views(page, last)))
            last = page[-1][0] if page else None
        size = len(groups) if shape == "grouped" else len(rows)
        return self._paged(
            anchor, len(pages),
            lambda number, pager: SectionView(
                anchor=anchor,
                shape=shape,
                heading=self._wording.say(heading or anchor),
                count=self._wording.number(size),
                note=note,
                empty=self._wording.say("none"),
                groups=shown[number],
                reports=(),
                pager=pager,
            ),
        )  # fmt: skip

    def _group_views(self, page: Sequence[tuple[Group, TaskRow]], last: Group | None) -> Iterator[GroupView]:
        """The groups of one page; the first may go on from `last`, the one that the page before ended in."""
        begin = 0
        for end in range(1, len(page) + 1):
            group = page[begin][0]
            if end < len(page) and page[end][0] is group:
                continue
            yield GroupView(
                heading=group.heading,
                count=self._wording.count("tasks", len(group.tasks)),
                code=group.code,
                notes=group.notes,
                continued=group is last,
                rows=tuple(row for _, row in page[begin:end]),
            )
            begin = end

    def _reports(self, reports: Sequence[ReportSummary]) -> SectionView:
        pages = paginate([self._report_row(report) for report in reports], weigh_values)
        return self._paged(
            "reports", len(pages),
            lambda number, pager: SectionView(
                anchor="reports",
                shape="reports",
                heading=self._wording.say("reports"),
                count=self._wording.number(len(reports)),
                note=None,
                empty=self._wording.say("none"),
                groups=(),
                reports=tuple(pages[number]),
                pager=pager,
            ),
        )  # fmt: skip

    def _paged(self, anchor: str, pages: int, view: Callable[[int, PagerView | None], SectionView]) -> SectionView:
        """The section of the index; its further pages go to `further`."""
        names = [f"{INDEX}#{anchor}", *(f"{anchor}-{number}.html" for number in range(2, pages + 1))]
        sections = []
        for number in range(pages):
            pager = PagerView(
                position=self._wording.say("page_of", page=number + 1, pages=pages),
                previous=names[number - 1] if number else None,
                next=names[number + 1] if number + 1 < pages else None,
            )
            sections.append(view(number, pager if pages > 1 else None))
        for number, section in enumerate(sections[1:], start=2):
            title = self._wording.say("page_title", heading=section.heading, page=number)
            self.further[names[number - 1]] = ListView(title=title, home=INDEX, section=section)
        return sections[0]

    def _task_row(self, task: TaskSummary) -> TaskRow:
        say, deadline, report = self._wording.say, task.deadline, task.report
        day = bounding_day(deadline) if deadline else None
        since = parse_day(deadline.start) if deadline and parse_day(deadline.end) else None
        opens = deadline is not None and day is not None and not parse_day(deadline.end)
        return TaskRow(
            href=task.href,
            action=task.action,
            kind=None if task.kind == "directive" else self._wording.term("kind", task.kind),
            day=None if day is None else say("from_day", day=self._wording.day(day)) if opens else
            self._wording.day(day),
            iso=day.isoformat() if day else None,
            since=say("from_day", day=self._wording.day(since)) if since and since != day else None,
            recurrence=self._wording.term("recurrence", deadline.recurrence)
            if deadline and deadline.recurrence else None,
            words=deadline.words if deadline else None,
            fuzzy=say("fuzzy") if deadline and deadline.fuzzy else None,
            lead=lead_names(task),
            issuer=", ".join(part for part in (task.person, task.office) if part),
            issuer_label=say(f"field_issuer_{task.kind}"),
            report=self._title(report),
            report_href=report.page,
            published=self._wording.iso_day(report.published),
        )  # fmt: skip

    def _title(self, report: ReportSummary) -> str:
        return report.title or self._wording.say("no_title", path=report.path)

    def _report_row(self, report: ReportSummary) -> ReportRow:
        day = parse_day(report.published)
        return ReportRow(
            href=report.page,
            title=self._title(report),
            quality=self._wording.term("quality_mark", report.quality) if report.quality else None,
            published=self._wording.iso_day(report.published),
            iso=day.isoformat() if day else None,
            genre=self._wording.term("genre", report.genre),
            directives=self._wording.number(report.directives),
            tasks=self._wording.number(report.tasks),
            with_deadline=self._wording.number(report.with_deadline),
        )


def _size(groups: Sequence[Group]) -> int:
    return sum(len(group.tasks) for group in groups)
