"""iCalendar (RFC 5545): each task with a deadline as a to-do, and its day as an all-day event, which phones show.

A task due again and again has a rule of recurrence instead of a day. A rule that names no day of its period ("hằng
tháng", every month) falls on the period's last day, as a deadline "in June" does on the thirtieth.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from pipeline.store.exports.form import one_line, source_line
from pipeline.store.exports.options import ExportOptions, Written
from pipeline.store.exports.web_address import web_address
from pipeline.store.exports.words import export_words
from pipeline.store.task_rows import SEPARATOR, TaskRow

# Rules that name no day, with the last day of their period: the week ends on Sunday (ISO 8601).
_LAST_DAYS = {
    "FREQ=WEEKLY": "FREQ=WEEKLY;BYDAY=SU",
    "FREQ=MONTHLY": "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=MONTHLY;INTERVAL=3": "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1",
    "FREQ=MONTHLY;INTERVAL=6": "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1",
    "FREQ=YEARLY": "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1",
}
# Where a report has no day, the stamp that RFC 5545 asks for says so by being before any report.
_NO_DAY = datetime.date(1970, 1, 1)


def write_calendar(rows: Iterable[TaskRow], file: BinaryIO, options: ExportOptions) -> Written:
    """One VTODO for each task with a deadline, and one all-day VEVENT where its deadline has a day, or a rule that can
    be counted from the report's day. Tasks without a deadline are left out and counted.

    Lines are folded at 75 octets between characters. DTSTAMP is the report's day, so that the same tasks give the same
    bytes. Deadlines told by an event alone have a VTODO without a day; the words stand in its description.
    """
    from icalendar import Calendar

    head = Calendar()
    head.add("PRODID", f"-//chidao//chidao {options.version}//VI")
    head.add("VERSION", "2.0")
    head.add("CALSCALE", "GREGORIAN")
    head.add("X-WR-CALNAME", export_words().labels["calendar"])
    opening, closing = head.to_ical().split(b"END:VCALENDAR")
    file.write(opening)
    count = left_out = 0
    for row in rows:
        if row.deadline_text is None:
            left_out += 1
            continue
        for component in _components(row):
            file.write(component.to_ical())
        count += 1
    file.write(b"END:VCALENDAR" + closing)
    return Written(count, left_out)


def _components(row: TaskRow) -> Iterator[Any]:
    """The task's VTODO and, where it has a day, its VEVENT."""
    from icalendar import Event, Todo

    start, end = _day(row.deadline_start), _day(row.deadline_end)
    series = _series(row)
    todo = _described(Todo(), row, "todo")
    todo.add("STATUS", "NEEDS-ACTION")
    if series is not None:
        # DUE would have to be later than DTSTART, which the series is counted from.
        todo.add("DTSTART", series[0])
        todo.add("RRULE", series[1])
    else:
        if start is not None and (end is None or start < end):
            todo.add("DTSTART", start)
        if end is not None:
            todo.add("DUE", end)
    yield todo
    day = series[0] if series is not None else end or start
    if day is not None:
        event = _described(Event(), row, "day")
        event.add("DTSTART", day)
        event.add("TRANSP", "TRANSPARENT")
        event.add("RELATED-TO", _uid(row, "todo"), parameters={"RELTYPE": "SIBLING"})
        if series is not None:
            event.add("RRULE", series[1])
        yield event


def _described(component: Any, row: TaskRow, part: str) -> Any:
    words = export_words()
    component.add("UID", _uid(row, part))
    issued = _day(row.published or row.meeting_date) or _NO_DAY
    component.add("DTSTAMP", datetime.datetime(issued.year, issued.month, issued.day, tzinfo=datetime.UTC))
    component.add("SUMMARY", one_line(row.action or row.task))
    issuer = ", ".join(told for told in (row.issuer_person, row.issuer_role, row.issuer_body) if told)
    told = (
        (words.form["task"], row.task),
        (words.labels["issuer"], issuer),
        (words.form["lead"], SEPARATOR.join(row.lead)),
        (words.form["coordinating"], SEPARATOR.join(row.coordinating)),
        (words.form["deadline"], row.deadline_text),
        (words.form["source"], source_line(row)),
    )
    component.add("DESCRIPTION", "\n".join(f"{label}: {one_line(value)}" for label, value in told if value))
    component.add("CATEGORIES", [words.kinds[row.kind], *(one_line(name) for name in row.lead)])
    url = web_address(row.url)
    if url is not None:
        component.add("URL", url)
    return component


def _series(row: TaskRow) -> tuple[datetime.date, Any] | None:
    """The first day of a recurring deadline from the report's day on, and its rule; None where it isn't one, or where
    no day is known to count from."""
    since = _day(row.deadline_start or row.meeting_date or row.published)
    if row.rrule is None or since is None:
        return None
    from dateutil.rrule import rrulestr
    from icalendar import vRecur

    rule = _LAST_DAYS.get(row.rrule, row.rrule)
    if "BYMONTH=" in rule and "DAY=" not in rule:
        rule += ";BYMONTHDAY=-1"
    if row.deadline_end is not None and "UNTIL=" not in rule and "COUNT=" not in rule:
        rule += f";UNTIL={row.deadline_end.replace('-', '')}"
    midnight = datetime.datetime(since.year, since.month, since.day)
    first = next(iter(rrulestr(rule, dtstart=midnight)), None)
    return (first.date(), vRecur.from_ical(rule)) if first is not None else None


def _day(told: str | None) -> datetime.date | None:
    return None if told is None else datetime.date.fromisoformat(told)


def _uid(row: TaskRow, part: str) -> str:
    return f"{row.report_id}-{row.task_id}-{part}@chidao"
