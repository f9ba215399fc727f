"""How a matter stands as of a day: progress, timeliness and on what that rests, from what was published by then."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from functools import cache
from typing import Literal, get_args

import msgspec

from pipeline import lexicon
from pipeline.follow.deadlines import DeadlineHistory, read_deadlines
from pipeline.follow.statements import Statement
from pipeline.language.matchkey import match_key
from pipeline.records import Record

Progress = Literal["completed", "in_progress", "not_started", "late", "suspended", "cancelled", "unknown"]
Timeliness = Literal["on_time", "late", "within_term", "due_soon", "overdue", "no_deadline"]
Basis = Literal["official", "press_evidence", "reviewer", "none_found"]
PROGRESS: tuple[Progress, ...] = get_args(Progress)
DUE_SOON = 30
"""Days before a deadline from which it is due soon."""


class Verdict(Record, frozen=True, kw_only=True):
    """Kết luận của người duyệt: how far a matter has come, as a person found on `day`."""

    progress: Progress
    day: str
    reviewer: str
    reason: str | None = None


class Status(Record, frozen=True, kw_only=True):
    """Tình trạng: `progress` × `timeliness`, and the `basis`: who told of it, or that nobody did."""

    progress: Progress
    timeliness: Timeliness
    basis: Basis


class Standing(Record, frozen=True, kw_only=True):
    """A matter as of a day: its status, its deadline with its moves, and the statement or person that it rests on."""

    status: Status
    deadline: DeadlineHistory
    rests_on: str | None = None


def published_by(statements: Sequence[Statement], as_of: datetime.date) -> list[Statement]:
    """Those of the statements that were published by the day. One without a day isn't."""
    limit = as_of.isoformat()
    return [one for one in statements if one.published is not None and one.published <= limit]


def read_standing(statements: Sequence[Statement], as_of: datetime.date, verdict: Verdict | None = None) -> Standing:
    """How a matter stands by these statements (all published by the day, in their order). What a reviewer found holds
    until a later report says something else."""
    deadline = read_deadlines(statements)
    last = _last_state(statements)
    if verdict is not None and (last is None or last.published is None or last.published <= verdict.day):
        timeliness = _timeliness(verdict.progress, deadline, as_of, (verdict.day, verdict.day))
        status = Status(progress=verdict.progress, timeliness=timeliness, basis="reviewer")
        return Standing(status=status, deadline=deadline, rests_on=verdict.reviewer)
    if last is None:
        timeliness = _timeliness("unknown", deadline, as_of, None)
        return Standing(status=Status(progress="unknown", timeliness=timeliness, basis="none_found"), deadline=deadline)
    progress: Progress = "in_progress" if last.progress in {"late", None} else last.progress
    timeliness = _timeliness(progress, deadline, as_of, _reached(last), said_in_time(last.exact))
    basis: Basis = "official" if last.said.official else "press_evidence"
    return Standing(
        status=Status(progress=progress, timeliness=timeliness, basis=basis), deadline=deadline, rests_on=last.id
    )


def _last_state(statements: Sequence[Statement]) -> Statement | None:
    """What was last said of the progress: in the last report that says anything, what held last."""
    states = [one for one in statements if one.type == "progress"]
    if not states:
        return None
    newest = [one for one in states if one.published == states[-1].published]
    return max(newest, key=lambda one: (_held_until(one), one.path, one.start))


def _held_until(statement: Statement) -> str:
    reached = _reached(statement)
    return reached[1] if reached is not None else ""


def _reached(statement: Statement) -> tuple[str, str] | None:
    """The first and last day on which the state may have been reached: what is told, no later than the report."""
    published = statement.published
    first, last = statement.held if statement.held is not None else (None, None)
    last = min(filter(None, (last, published)), default=None)
    first = first or last
    if first is None or last is None:
        return None
    return min(first, last), last


def _timeliness(
    progress: Progress,
    deadline: DeadlineHistory,
    as_of: datetime.date,
    reached: tuple[str, str] | None,
    in_time: bool | None = None,
) -> Timeliness:
    if deadline.day is None:
        return "no_deadline"
    due = datetime.date.fromisoformat(deadline.day)
    if progress == "completed" and in_time is not None:
        return "on_time" if in_time else "late"
    if progress == "completed":
        # A month told for the day of completion is in time where some day of it is.
        done = datetime.date.fromisoformat(reached[0]) if reached is not None else as_of
        return "on_time" if done <= due else "late"
    if as_of > due:
        return "overdue"
    return "due_soon" if (due - as_of).days <= DUE_SOON else "within_term"


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    on_time: tuple[str, ...]
    late: tuple[str, ...]
    late_by: tuple[str, ...]


def said_in_time(words: str) -> bool | None:
    """Whether words of completion say that it was in time, or late; None where they say neither, or both."""
    on_time, late = _patterns()
    key = match_key(" ".join(words.split()))
    found = {bool(on_time.search(key)), not late.search(key)}
    return found.pop() if len(found) == 1 else None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = lexicon.read_entries("follow/timeliness.toml", _Words)
    on_time, late, by = (
        "|".join(re.escape(match_key(one)) for one in group) for group in (words.on_time, words.late, words.late_by)
    )
    number = r"(?:\d|hơn|gần|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|nửa|vài|mấy)"
    return re.compile(rf"(?<!\w)(?:{on_time})(?!\w)"), re.compile(
        rf"(?<!\w)(?:{late})(?!\w)|(?<!\w)(?:{by}) {number}[^.;]{{0,20}}?(?:ngày|tuần|tháng|năm)(?!\w)"
    )
