"""Calendars, parsed back by icalendar; folding by the bytes."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
import pytest
from icalendar import Calendar

from pipeline.store.exports.calendar import write_calendar
from pipeline.store.exports.form import one_line
from pipeline.store.exports.options import ExportOptions, Written
from pipeline.store.task_rows import TaskRow
from tests.store.exports.conftest import Exported


def day(told: str | None) -> datetime.date | None:
    return None if told is None else datetime.date.fromisoformat(told)


def parsed(data: bytes) -> tuple[list[Any], list[Any]]:
    """The to-dos and the events."""
    calendar = Calendar.from_ical(data)
    return list(calendar.walk("VTODO")), list(calendar.walk("VEVENT"))


def of(row: TaskRow) -> tuple[Any, Any | None]:
    """The to-do and the event of one task."""
    import io

    file = io.BytesIO()
    write_calendar([row], file, ExportOptions())
    todos, events = parsed(file.getvalue())
    return todos[0], events[0] if events else None


def test_lines_are_folded_between_characters(exported: Exported) -> None:
    data = exported("ics")
    assert data.startswith(b"BEGIN:VCALENDAR\r\n") and data.endswith(b"END:VCALENDAR\r\n")
    lines = data.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    for line in lines:
        line.decode("utf-8")  # no line ends inside a character
    assert any(line.startswith(b" ") for line in lines)
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_every_deadline_has_a_todo_and_every_day_an_event(exported: Exported, rows: list[TaskRow]) -> None:
    todos, events = parsed(exported("ics"))
    bounded = [row for row in rows if row.deadline_text is not None]
    assert len(todos) == len(bounded)
    dated = 0
    by_uid = {str(event["UID"]): event for event in events}
    assert len(by_uid) == len(events)
    for row, todo in zip(bounded, todos, strict=True):
        assert str(todo["UID"]) == f"{row.report_id}-{row.task_id}-todo@chidao"
        assert str(todo["SUMMARY"]) == one_line(row.action)
        description = str(todo["DESCRIPTION"])
        assert f"Nhiệm vụ: {one_line(row.task)}\n" in description
        assert f"Hạn: {row.deadline_text}\n" in description
        assert [str(name) for name in todo["CATEGORIES"].cats][1:] == list(row.lead)
        assert ("DUE" in todo) == (row.deadline_end is not None)
        if row.deadline_end is not None:
            assert todo["DUE"].dt == day(row.deadline_end)
        if row.deadline_start is not None and row.deadline_end is not None:
            assert todo["DTSTART"].dt == day(row.deadline_start)
        if (row.url or "").startswith("https"):
            assert str(todo["URL"]) == f"https://bao.example/tin/{int(row.report_id, 16)}?q=h%E1%BB%8Dp"
        else:
            assert "URL" not in todo
        event = by_uid.get(f"{row.report_id}-{row.task_id}-day@chidao")
        counted = row.recurrence is not None and row.published is not None
        assert (event is not None) == bool(row.deadline_start or row.deadline_end or counted)
        if event is not None:
            dated += 1
            assert ("RRULE" in event) == (row.recurrence is not None)
            assert event.get("RRULE") == todo.get("RRULE")
            if row.recurrence is None:
                assert event["DTSTART"].dt == day(row.deadline_end or row.deadline_start)
            assert type(event["DTSTART"].dt) is datetime.date
    assert len(events) == dated > 300


def test_tasks_without_a_deadline_are_counted(rows: list[TaskRow]) -> None:
    import io

    bounded = sum(row.deadline_text is not None for row in rows)
    assert write_calendar(rows, io.BytesIO(), ExportOptions()) == Written(bounded, len(rows) - bounded)


@pytest.mark.parametrize(
    ("rrule", "published", "end", "first", "rule"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=25", "2023-06-14", None, "2023-06-25", "FREQ=MONTHLY;BYMONTHDAY=25"),
        ("FREQ=MONTHLY;BYMONTHDAY=25", "2023-06-26", None, "2023-07-25", "FREQ=MONTHLY;BYMONTHDAY=25"),
        ("FREQ=MONTHLY", "2024-02-10", None, "2024-02-29", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("FREQ=MONTHLY;INTERVAL=3", "2023-07-01", None, "2023-09-30", "FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=3,6,9,12"),
        ("FREQ=YEARLY", "2023-07-01", None, "2023-12-31", "FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=12"),
        ("FREQ=YEARLY;BYMONTH=6", "2023-07-01", None, "2024-06-30", "FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=6"),
        ("FREQ=WEEKLY;BYDAY=FR", "2023-06-14", None, "2023-06-16", "FREQ=WEEKLY;BYDAY=FR"),
        ("FREQ=WEEKLY", "2023-06-14", None, "2023-06-18", "FREQ=WEEKLY;BYDAY=SU"),
        ("FREQ=DAILY", "2023-06-14", None, "2023-06-14", "FREQ=DAILY"),
        ("FREQ=DAILY", "2023-06-14", "2023-06-30", "2023-06-14", "FREQ=DAILY;UNTIL=20230630"),
    ],
)
def test_the_first_day_of_a_series(
    rows: list[TaskRow], rrule: str, published: str, end: str | None, first: str, rule: str
) -> None:
    row = msgspec.structs.replace(
        rows[0], deadline_text="hằng kỳ", deadline_start=None, deadline_end=end, recurrence="monthly", rrule=rrule,
        published=published, meeting_date=None,
    )  # fmt: skip
    todo, event = of(row)
    assert event is not None
    assert todo["DTSTART"].dt == event["DTSTART"].dt == day(first)
    assert event["RRULE"].to_ical().decode() == rule
    assert "DUE" not in todo


def test_a_series_without_a_day_to_count_from_has_words_alone(rows: list[TaskRow]) -> None:
    row = msgspec.structs.replace(
        rows[0], deadline_text="hằng tháng", deadline_start=None, deadline_end=None, recurrence="monthly",
        rrule="FREQ=MONTHLY", published=None, meeting_date=None,
    )  # fmt: skip
    todo, event = of(row)
    assert event is None
    assert not {"DTSTART", "DUE", "RRULE"} & set(todo)


def test_a_stamp_from_the_report(exported: Exported) -> None:
    assert b"DTSTAMP:20230201T000000Z" in exported("ics")
