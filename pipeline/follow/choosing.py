"""Which matters are meant: the filters of searches, and those of follow-up, over matters as of a day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from pipeline.follow.ledger import Matter
from pipeline.follow.statements import Statement
from pipeline.follow.status import Standing
from pipeline.records import Record
from pipeline.store.database.body_names import BodyMeant, find_body, find_places
from pipeline.store.database.search_words import fold, words_of
from pipeline.store.database.selection import Selection


class Asked(Record, frozen=True, kw_only=True):
    """What is asked beside the selection: `quiet` (due, and nothing heard since), `slipped` (the deadline moved)."""

    quiet: bool = False
    slipped: bool = False


def choose(matters: Iterable[Matter], as_of: datetime.date, selection: Selection, asked: Asked) -> Iterator[Matter]:
    """The matters that pass all filters. Of the selection `as_of` (an event of the database) is not looked at."""
    for matter in matters:
        standing = matter.standing(as_of)
        if asked.quiet and not is_quiet(matter, standing, as_of):
            continue
        if asked.slipped and not standing.deadline.moves:
            continue
        if _passes(matter, standing, selection, as_of):
            yield matter


def is_quiet(matter: Matter, standing: Standing, as_of: datetime.date) -> bool:
    """Im ắng: fell due, not known to be done or given up, and no report since its day tells of its progress."""
    due = standing.deadline.day
    if due is None or due > as_of.isoformat() or standing.status.progress in {"completed", "cancelled", "suspended"}:
        return False
    limit = as_of.isoformat()
    return not any(
        one.type == "progress" and one.published is not None and due <= one.published <= limit
        for one in matter.statements
    )


def _passes(matter: Matter, standing: Standing, asked: Selection, as_of: datetime.date) -> bool:
    statements = matter.statements
    due = standing.deadline.day
    last = datetime.date.fromisoformat(due) if due is not None else None
    done = standing.status.progress in {"completed", "cancelled"}
    checks = (
        asked.body is None or _owed_by(statements, find_body(asked.body), coordinating=True),
        asked.lead is None or _owed_by(statements, find_body(asked.lead), coordinating=False),
        asked.issuer is None or _said_by(statements, asked.issuer),
        asked.person is None or any(_same(one.said.person, asked.person) for one in statements),
        asked.kind is None or any(one.kind == asked.kind for one in statements),
        asked.due_before is None or (last is not None and last < asked.due_before),
        asked.due_after is None or (last is not None and last > asked.due_after),
        asked.overdue_on is None or (last is not None and last < asked.overdue_on and not done),
        not asked.without_deadline or last is None,
        asked.province is None or _of_province(statements, find_places(asked.province)),
        asked.source is None or any(_from(one, asked.source) for one in statements),
        asked.published_from is None or any(_published(one, asked.published_from, as_of) for one in statements),
        asked.published_to is None or any(_published(one, None, asked.published_to) for one in statements),
    )
    return all(checks)


def _owed_by(statements: Iterable[Statement], meant: BodyMeant, *, coordinating: bool) -> bool:
    for one in statements:
        for name, id in one.bodies:
            kind = (id or "").partition("--")[0]
            if (id is not None and (id in meant.ids or kind in meant.types)) or (
                id is None and _same(name, meant.name)
            ):
                return True
        if coordinating and any(_same(name, meant.name) for name in one.coordinating):
            return True
    return False


def _said_by(statements: Iterable[Statement], name: str) -> bool:
    return any(_has(part, name) for one in statements for part in (one.said.person, one.said.role, one.said.body))


def _of_province(statements: Iterable[Statement], places: tuple[str, ...]) -> bool:
    return any((id or "").partition("--")[2] in places for one in statements for _, id in one.bodies if id)


def _from(statement: Statement, source: str) -> bool:
    places = (statement.path, statement.url)
    return _has(statement.publisher, source) or any(source.lower() in place.lower() for place in places if place)


def _published(statement: Statement, first: datetime.date | None, last: datetime.date) -> bool:
    day = statement.published
    return day is not None and (first is None or first.isoformat() <= day) and day <= last.isoformat()


def _same(text: str | None, name: str) -> bool:
    return text is not None and _folded(text) == _folded(name)


def _has(text: str | None, name: str) -> bool:
    return text is not None and f" {_folded(name)} " in f" {_folded(text)} "


def _folded(text: str) -> str:
    return fold(" ".join(words_of(text)))
