"""The deadline of a matter as it was told over time: set, told again, moved to another date."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import groupby

from pipeline.follow.statements import Statement
from pipeline.follow.vocabulary import load_vocabulary
from pipeline.language.matchkey import match_key
from pipeline.records import Record


class Move(Record, frozen=True, kw_only=True):
    """Lùi hạn: `nth` change of the deadline, by so many days (negative where it came nearer), told by `statement`."""

    statement: str
    published: str | None
    before: str
    after: str
    nth: int
    days: int


class DeadlineHistory(Record, frozen=True, kw_only=True):
    """Thời hạn of a matter: `day` in force (null where there is none), who told of it first, and how it moved."""

    day: str | None = None
    statement: str | None = None
    moves: tuple[Move, ...] = ()
    recurrence: str | None = None


def read_deadlines(statements: Sequence[Statement]) -> DeadlineHistory:
    """The deadline after these statements of one matter, in their order.

    Who asks for more time moves nothing: that is another's to grant. Of several dates in one report the one in force
    is what it was, and another is the new one. A date that was given up before is told of as the past, not set again.
    """
    day: str | None = None
    teller: str | None = None
    recurrence: str | None = None
    given_up: set[str] = set()
    moves: list[Move] = []
    for _, report in groupby(statements, key=lambda one: (one.published, one.path)):
        told = [one for one in report if one.type == "task" and one.deadline is not None and not _asks_for_time(one)]
        for one in told:
            assert one.deadline is not None
            recurrence = one.deadline.recurrence or recurrence
        dated = [one for one in told if _day(one) is not None and _day(one) not in given_up]
        new = [one for one in dated if _day(one) != day]
        if not new:
            continue
        last = new[-1]
        after = _day(last)
        if after is None:
            continue
        if day is not None:
            days = (datetime.date.fromisoformat(after) - datetime.date.fromisoformat(day)).days
            moves.append(
                Move(
                    statement=last.id,
                    published=last.published,
                    before=day,
                    after=after,
                    nth=len(moves) + 1,
                    days=days,
                )
            )
            given_up.add(day)
        day, teller = after, last.id
    return DeadlineHistory(day=day, statement=teller, moves=tuple(moves), recurrence=recurrence)


def _day(statement: Statement) -> str | None:
    """The last day that the statement gives; none for a duty that comes again."""
    deadline = statement.deadline
    return deadline.end if deadline is not None and deadline.recurrence is None else None


def _asks_for_time(statement: Statement) -> bool:
    words = load_vocabulary().more_time
    key = f" {match_key(' '.join(statement.exact.split()))} "
    return statement.kind == "proposal" and any(f" {word} " in key for word in words)
