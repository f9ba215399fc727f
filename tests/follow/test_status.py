"""How a matter stands as of a day, by the rules of annotation; the official rate on published figures."""

from __future__ import annotations

import datetime
from typing import Any, Literal

import pytest

from pipeline.follow.deadlines import read_deadlines
from pipeline.follow.official_rate import OfficialRate, official_rate
from pipeline.follow.statements import Said, Statement, StatementDeadline
from pipeline.follow.status import Status, published_by, read_standing, said_in_time


def task(
    day: str, due: str | None = None, *, kind: str = "directive", recurrence: str | None = None, words: str = ""
) -> Statement:
    deadline = StatementDeadline(text="", end=due, recurrence=recurrence) if due or recurrence else None
    return _statement(day, "task", kind=kind, deadline=deadline, exact=words)


def state(day: str, progress: str, held: str | None = None, *, official: bool = True, words: str = "") -> Statement:
    return _statement(
        day, "progress", progress=progress, held=(held, held) if held else None, official=official, exact=words
    )


def _statement(day: str, type: Literal["task", "progress"], *, official: bool = True, **values: Any) -> Statement:
    return Statement(
        id=f"{type}{day}{values.get('deadline')}", report=day, path=f"{day}.txt", title=None, publisher=None, url=None,
        published=day, start=0, end=1, type=type, said=Said(person=None, role=None, body=None, official=official), **values,  # noqa: E501
    )  # fmt: skip


ORDER = task("2025-01-10", "2025-06-30")


@pytest.mark.parametrize(
    ("statements", "as_of", "expected"),
    [
        ([ORDER], "2025-05-30", ("unknown", "within_term", "none_found")),
        ([ORDER], "2025-05-31", ("unknown", "due_soon", "none_found")),
        ([ORDER], "2025-06-30", ("unknown", "due_soon", "none_found")),
        ([ORDER], "2025-07-01", ("unknown", "overdue", "none_found")),
        ([ORDER, state("2025-03-01", "late")], "2025-04-01", ("in_progress", "within_term", "official")),
        ([ORDER, state("2025-07-09", "completed", "2025-06-28")], "2025-08-01", ("completed", "on_time", "official")),
        ([ORDER, state("2025-07-09", "completed", "2025-07-02")], "2025-08-01", ("completed", "late", "official")),
        ([ORDER, state("2025-07-09", "completed", words="trước hạn")], "2025-08-01", ("completed", "on_time", "official")),  # noqa: E501
        ([ORDER, state("2025-03-01", "suspended", official=False)], "2025-08-01", ("suspended", "overdue", "press_evidence")),  # noqa: E501
        ([ORDER, state("2025-03-01", "cancelled")], "2025-03-01", ("cancelled", "within_term", "official")),
        ([task("2025-01-10", None)], "2025-03-01", ("unknown", "no_deadline", "none_found")),
        ([task("2025-01-10", "2025-02-05", recurrence="monthly")], "2025-03-01", ("unknown", "no_deadline", "none_found")),  # noqa: E501
    ],
)  # fmt: skip
def test_status(statements: list[Statement], as_of: str, expected: tuple[str, str, str]) -> None:
    day = datetime.date.fromisoformat(as_of)
    status = read_standing(published_by(statements, day), day).status
    assert (status.progress, status.timeliness, status.basis) == expected


def test_what_was_published_later_does_not_count() -> None:
    day = datetime.date(2025, 3, 1)
    kept = published_by([ORDER, state("2025-03-02", "completed")], day)
    assert read_standing(kept, day).status.progress == "unknown"


def test_moved_deadlines() -> None:
    said = [ORDER, task("2025-02-01", "2025-06-30"), task("2025-06-20", "2025-12-31"), task("2025-12-20", "2026-03-31")]
    history = read_deadlines(said)
    assert history.day == "2026-03-31"
    assert [(move.before, move.after, move.nth, move.days) for move in history.moves] == [
        ("2025-06-30", "2025-12-31", 1, 184),
        ("2025-12-31", "2026-03-31", 2, 90),
    ]


def test_a_date_given_up_is_only_told_again() -> None:
    said = [ORDER, task("2025-06-20", "2025-12-31"), task("2025-07-01", "2025-06-30")]
    assert (read_deadlines(said).day, len(read_deadlines(said).moves)) == ("2025-12-31", 1)


def test_asking_for_time_moves_nothing() -> None:
    said = [ORDER, task("2025-06-20", "2025-12-31", kind="proposal", words="cho lùi hạn đến 31/12")]
    assert read_deadlines(said).moves == ()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("hoàn thành trước hạn ba ngày", True),
        ("xong, chậm 16 ngày so với yêu cầu", False),
        ("muộn gần bốn tháng so với cam kết", False),
        ("đã xong từ ngày 25/9", None),
        ("đúng hạn nhưng chậm so với kế hoạch ban đầu", None),
    ],
)
def test_words_of_time(words: str, expected: bool | None) -> None:
    assert said_in_time(words) is expected


def test_the_official_rate_is_that_of_the_report_of_2017() -> None:
    """Báo cáo 1270/BC-TCTTTg (2017): 98.62 %."""
    statuses = (
        *[Status(progress="completed", timeliness="on_time", basis="official")] * 14_068,
        *[Status(progress="completed", timeliness="late", basis="official")] * 1_983,
        *[Status(progress="in_progress", timeliness="within_term", basis="official")] * 5_640,
        *[Status(progress="in_progress", timeliness="overdue", basis="official")] * 223,
    )
    rate = official_rate(statuses)
    assert rate.completed == 16_051
    assert rate.rate is not None and int(10_000 * rate.rate) == 9_862


def test_the_official_rate_counts_what_fell_due() -> None:
    """2,501 of 2,723 are 91.8 %."""
    rate = OfficialRate(completed_on_time=2_501, completed_late=0, within_term=9_999, overdue=222)
    assert rate.rate is not None and round(100 * rate.rate, 1) == 91.8


def test_unseen_overdue_matters_are_told_apart() -> None:
    rate = official_rate([Status(progress="unknown", timeliness="overdue", basis="none_found")])
    assert (rate.overdue, rate.unseen, rate.rate) == (1, 1, 0.0)
