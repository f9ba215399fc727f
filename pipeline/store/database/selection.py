"""Which tasks are meant: one definition of the filters, for search, lists and exports.

    chosen = resolve(connection, Selection(body="Sở Y tế", overdue_on=date(2023, 7, 1)))
    connection.execute(select_tasks(chosen, TASK.c.id, DEADLINE.c.last_day))

The index of searches must be there (`search_index.ensure_index`): the names that filters compare are noted in it.

A task is meant as it stands now (or stood, `as_of` an event): as a person said it, else as the last run read it; what a
person rejected is left out.
Names are compared by their words. Typed with marks ("Sở Y tế") they must be so; where no name is, or typed without
("so y te"), marks don't count.
"""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ClauseElement,
    Column,
    ColumnElement,
    Connection,
    Select,
    and_,
    false,
    func,
    literal_column,
    or_,
    select,
    text,
)
from sqlalchemy.sql import visitors
from sqlalchemy.sql.selectable import FromClause

from pipeline.records import DirectiveKind, Record
from pipeline.store.database.body_names import find_body, find_places
from pipeline.store.database.history import held_at, rejected_at, stood_at
from pipeline.store.database.search_parties import ROLES, issuing_party, party_of
from pipeline.store.database.search_words import fold, words_of
from pipeline.store.database.tables import (
    BODY,
    DEADLINE,
    DIRECTIVE,
    EVIDENCE,
    MEETING,
    PERSON,
    READING,
    READING_SOURCE,
    REPORT,
    TASK,
    TASK_BODY,
    TASK_STATE,
)


class Selection(Record, frozen=True, kw_only=True):
    """Bộ lọc. Each field that is given must hold; days are compared with a deadline's last day or with the report's day
    of publication."""

    body: str | None = None  # owes the task: leads it or takes part
    lead: str | None = None  # leads it
    issuer: str | None = None  # person, office or body that gave it: its words stand in the name
    person: str | None = None  # person that gave it, the whole name
    kind: DirectiveKind | None = None
    due_before: datetime.date | None = None  # the last day lies before it
    due_after: datetime.date | None = None  # the last day lies after it
    overdue_on: datetime.date | None = None  # given by that day, its only deadline past
    without_deadline: bool = False
    province: str | None = None  # where the report speaks from, or whose body owes the task
    source: str | None = None  # publisher's name, or part of the address or path
    published_from: datetime.date | None = None
    published_to: datetime.date | None = None
    as_of: int | None = None  # how all stood at this event of the history; now unless given

    @property
    def of_tasks(self) -> bool:
        """Whether a filter is set that only a task can pass: all but province, source and publication."""
        reports = Selection(
            province=self.province,
            source=self.source,
            published_from=self.published_from,
            published_to=self.published_to,
        )
        return self != reports


class _Meant(NamedTuple):
    """What a name of a body means in a database: ids that stand in it, and names that bodies without an id bear."""

    ids: tuple[str, ...]
    names: tuple[str, ...]


class Chosen(NamedTuple):
    """A selection with its names looked up in a database."""

    selection: Selection
    bodies: tuple[_Meant, ...]  # what `body` and `lead` mean
    places: tuple[str, ...]  # what `province` means
    place_bodies: tuple[str, ...]  # the bodies there
    parties: tuple[frozenset[str], ...]  # of each set one must be party to the task, see `search_parties`
    folded: frozenset[str]  # the filters whose names are compared without marks


_MOST_NAMES = 300

# What is joined to the state of a task, so that there is one row for each task as it stands: the table, what it hangs
# on, by which condition, and whether there may be none.
_JOINS = (
    (TASK, TASK_STATE, TASK.c.key == TASK_STATE.c.task, False),
    (DIRECTIVE, TASK_STATE, DIRECTIVE.c.key == TASK_STATE.c.directive, False),
    (REPORT, TASK, REPORT.c.key == TASK.c.report, False),
    (READING, TASK, READING.c.report == TASK.c.report, False),
    (EVIDENCE, TASK_STATE, EVIDENCE.c.key == TASK_STATE.c.evidence, False),
    (DEADLINE, TASK_STATE, DEADLINE.c.state == TASK_STATE.c.key, True),
    (PERSON, DIRECTIVE, PERSON.c.key == DIRECTIVE.c.issuer, True),
    (MEETING, READING, MEETING.c.reading == READING.c.key, True),
)
_HANGS_ON = {table: above for table, above, _, _ in _JOINS}


def join_tasks(*used: ClauseElement, as_of: int | None) -> FromClause:
    """The states of tasks joined to the tables that the columns and conditions are of, and to no others: TASK,
    DIRECTIVE, REPORT, READING, EVIDENCE, DEADLINE, PERSON, MEETING. For a state that stood at the event (null: now)
    there is exactly one row."""
    needed = {part.table for one in used for part in visitors.iterate(one) if isinstance(part, Column)}
    for table in reversed(_HANGS_ON):
        if table in needed:
            needed.add(_HANGS_ON[table])
    joined: FromClause = TASK_STATE
    for table, _, condition, optional in _JOINS:
        if table in needed:
            held = and_(condition, held_at(READING, as_of)) if table is READING else condition
            joined = joined.join(table, held, isouter=optional)
    return joined


def resolve(connection: Connection, selection: Selection) -> Chosen:
    """The selection with its names looked up; names nobody bears select nothing."""
    asked = [(name, kinds) for name, kinds in _NAMED.items() if getattr(selection, name)]
    folded = {name for name, kinds in asked if not _is_name(connection, getattr(selection, name), kinds)}
    places = find_places(selection.province) if selection.province else ()
    here = connection.scalars(select(BODY.c.id).where(BODY.c.place.in_(places))) if places else ()
    bodies = tuple(
        _meant(connection, getattr(selection, name), name in folded) for name, _ in asked if name in ("body", "lead")
    )
    owing = [_owing_parties(one, leads=leads) for one, leads in zip(bodies, _leads(selection), strict=True)]
    giving = [
        frozenset(map(issuing_party, names))
        for name, kinds in asked
        if name in ("issuer", "person")
        for names in [_few_names(connection, kinds, getattr(selection, name), name in folded, whole=name == "person")]
        if names is not None
    ]
    return Chosen(selection, bodies, places, tuple(here), (*owing, *giving), frozenset(folded))


def _leads(selection: Selection) -> list[bool]:
    """For each name of a body that is asked, whether it must lead."""
    return [leads for name, leads in ((selection.body, False), (selection.lead, True)) if name]


def _owing_parties(meant: _Meant, *, leads: bool) -> frozenset[str]:
    roles = ("lead",) if leads else ROLES
    ids = {party_of(role, "", id) for role in roles for id in meant.ids}
    return frozenset(ids | {party_of(role, name, None) for role in roles for name in meant.names})


def _few_names(
    connection: Connection, kinds: tuple[str, ...], name: str, folded: bool, *, whole: bool
) -> list[str] | None:
    """The names meant, where they are few; a search looks at each task else."""
    names = list(connection.scalars(_names(kinds, name, folded, whole=whole).limit(_MOST_NAMES + 1)))
    return names if len(names) <= _MOST_NAMES else None


def _meant(connection: Connection, name: str, folded: bool) -> _Meant:
    meant = find_body(name)
    ids = connection.scalars(select(BODY.c.id).where(or_(BODY.c.id.in_(meant.ids), BODY.c.type.in_(meant.types))))
    names = connection.scalars(_names(("body",), name, folded, whole=True))
    return _Meant(tuple(ids), tuple(names))


def select_tasks(chosen: Chosen, *columns: Any, one_by_one: bool = False) -> Select[Any]:
    """A query for the columns (of the tables of `join_tasks`) of the tasks meant, in no order. `one_by_one`: for a
    query that looks at few tasks, each for itself, and needn't know all that a body owes."""
    as_of = chosen.selection.as_of
    conditions = task_conditions(chosen, one_by_one=one_by_one)
    return select(*columns).select_from(join_tasks(*columns, *conditions, as_of=as_of)).where(*conditions)


def select_readings(chosen: Chosen, *columns: Any) -> Select[Any]:
    """A query for the columns of the reports that pass the filters on reports; those on tasks are not looked at."""
    held = held_at(READING, chosen.selection.as_of)
    return select(*columns).select_from(READING).where(held, *report_conditions(chosen))


def task_conditions(chosen: Chosen, *, one_by_one: bool = False) -> list[ColumnElement[bool]]:
    """What the tables of `join_tasks` must hold."""
    asked = chosen.selection
    found: list[ColumnElement[bool]] = [stood_at(asked.as_of), ~rejected_at(asked.as_of)]
    bodies = iter(chosen.bodies)
    if asked.body:
        found.append(_owes(next(bodies), leads=False, one_by_one=one_by_one))
    if asked.lead:
        found.append(_owes(next(bodies), leads=True, one_by_one=one_by_one))
    if asked.issuer:
        found.append(_issued(asked.issuer, "issuer" in chosen.folded))
    if asked.person:
        found.append(PERSON.c.name.in_(_names(("person",), asked.person, "person" in chosen.folded, whole=True)))
    if asked.kind:
        found.append(DIRECTIVE.c.kind == asked.kind)
    return found + _deadline_conditions(asked) + report_conditions(chosen, of_task=True, one_by_one=one_by_one)


def _deadline_conditions(asked: Selection) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.due_before:
        found.append(DEADLINE.c.last_day < asked.due_before)
    if asked.due_after:
        found.append(DEADLINE.c.last_day > asked.due_after)
    if asked.overdue_on:
        # What comes again has no last time, and what was asked later can't be overdue yet.
        found.append(and_(DEADLINE.c.last_day < asked.overdue_on, DEADLINE.c.recurrence.is_(None)))
        found.append(or_(READING.c.published.is_(None), READING.c.published <= asked.overdue_on))
    if asked.without_deadline:
        found.append(DEADLINE.c.state.is_(None))
    return found


def report_conditions(
    chosen: Chosen, *, of_task: bool = False, one_by_one: bool = False
) -> list[ColumnElement[bool]]:
    """What a row of READING must hold; with `of_task`, a task's own bodies may be of the province too."""
    asked = chosen.selection
    found: list[ColumnElement[bool]] = []
    if asked.published_from:
        found.append(READING.c.published >= asked.published_from)
    if asked.published_to:
        found.append(READING.c.published <= asked.published_to)
    if asked.source:
        found.append(_comes_from(asked.source, "source" in chosen.folded))
    if asked.province:
        here: Select[Any] = select(literal_column("search_place.reading")).select_from(text("search_place"))
        place = READING.c.key.in_(here.where(literal_column("search_place.place").in_(chosen.places)))
        owed = _owes(_Meant(chosen.place_bodies, ()), leads=False, one_by_one=one_by_one)
        found.append(or_(place, owed) if of_task else place)
    return found


def _owes(meant: _Meant, *, leads: bool, one_by_one: bool) -> ColumnElement[bool]:
    known = TASK_BODY.c.body.in_(meant.ids)
    # A body that the register could not tell is asked for by the name that the report gives it. Said so that no
    # database looks for it among all the bodies that are not told.
    named = and_(TASK_BODY.c.name.in_(meant.names), func.coalesce(TASK_BODY.c.body, "") == "")
    roles = ("lead",) if leads else ("lead", "coordinating")
    role = TASK_BODY.c.role.in_(roles)
    if one_by_one:
        own = TASK_BODY.c.state == TASK_STATE.c.key
        return select(literal_column("1")).select_from(TASK_BODY).where(own, role, or_(known, named)).exists()
    states = select(TASK_BODY.c.state)
    return TASK_STATE.c.key.in_(states.where(known, role).union_all(states.where(named, role)))


def _issued(name: str, folded: bool) -> ColumnElement[bool]:
    return or_(
        PERSON.c.name.in_(_names(("person",), name, folded)),
        DIRECTIVE.c.issuer_role.in_(_names(("role",), name, folded)),
        DIRECTIVE.c.issuer_body.in_(_names(("issuer",), name, folded)),
    )


def _comes_from(source: str, folded: bool) -> ColumnElement[bool]:
    named = _names(("publisher",), source, folded)
    also = select(READING_SOURCE.c.reading).where(
        or_(READING_SOURCE.c.publisher.in_(named), _has(READING_SOURCE.c.url, source))
    )
    places = (READING.c.url, READING.c.path)
    return or_(READING.c.publisher.in_(named), READING.c.key.in_(also), *(_has(column, source) for column in places))


def _has(column: ColumnElement[Any], part: str) -> ColumnElement[bool]:
    return column.icontains(part, autoescape=True)


_NAMED = {
    "body": ("body",),
    "lead": ("body",),
    "issuer": ("person", "role", "issuer"),
    "person": ("person",),
    "source": ("publisher",),
}
"""The filters that compare names, and the kinds of names in `search_name` that each looks among."""


def _names(kinds: tuple[str, ...], name: str, folded: bool, *, whole: bool = False) -> Select[Any]:
    """The names as they stand in the tables that have these words, or are them."""
    words = " ".join(words_of(name))
    column: ColumnElement[str] = literal_column("search_name.folded" if folded else "search_name.exact")
    sought = f" {fold(words) if folded else words} "
    same = column == sought if whole else column.contains(sought, autoescape=True)
    if not words:
        same = false()
    kind = literal_column("search_name.kind").in_(kinds)
    return select(literal_column("search_name.name")).select_from(text("search_name")).where(kind, same)


def _is_name(connection: Connection, name: str, kinds: tuple[str, ...]) -> bool:
    """Whether what was typed has marks and a name has its words with these marks."""
    words = " ".join(words_of(name))
    if words == fold(words):
        return False
    return connection.scalar(_names(kinds, name, folded=False).limit(1)) is not None
