"""The register of bodies in the database: each body that a task names, with those before and after it."""

from __future__ import annotations

import datetime
import functools
import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from pipeline.lexicon.bodies import Body, LocalType, Register, Window, load_register
from pipeline.lexicon.bodies.lineage import Lineage
from pipeline.store.database.statements import execute, execute_many, insert_sql, select, select_one

UNKNOWN = "unknown"
"""The kind of a body that a report's record names and the register doesn't have."""
_EDITION = "register"
_ONE_DAY = datetime.timedelta(days=1)


class _Name(NamedTuple):
    name: str
    kind: str
    ambiguous: bool
    window: Window


@functools.cache
def _lineage() -> Lineage:
    return Lineage(load_register())


@functools.cache
def _entries() -> tuple[dict[str, Body], dict[str, LocalType]]:
    register = load_register()
    return {body.id: body for body in register.bodies}, {kind.id: kind for kind in register.types}


@functools.cache
def register_digest() -> str:
    """SHA-256 of the register's content: the edition that rows are of."""
    return hashlib.sha256(msgspec.json.encode(load_register())).hexdigest()


def insert_bodies(connection: Connection, named: Iterable[tuple[str, str]]) -> None:
    """The bodies, each given with its id and how a report names it, where they aren't there yet, with their chains of
    succession. One that the register doesn't have stands there with the report's name for it."""
    chains: dict[str, str] = {}
    for id_, name in named:
        for member in _chain(id_):
            chains.setdefault(member, name)
    # In one order, so that two writers never wait for each other.
    for id_ in sorted(chains):
        _insert_body(connection, id_, chains[id_])
    for earlier in sorted(chains):
        for number, later in enumerate(_heirs(earlier)):
            if later in chains:
                sql = "INSERT INTO body_succession (earlier, later, number) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
                execute(connection, sql, (earlier, later, number))


def renew_bodies(connection: Connection) -> None:
    """Brings the bodies in the database to this edition of the register. Those that it no longer has stay as they were:
    what was once told of a body is never lost."""
    edition = register_digest()
    if select_one(connection, "SELECT value FROM property WHERE name = ?", (_EDITION,)) == edition:
        return
    held = select(connection, "SELECT id FROM body WHERE register <> ? ORDER BY id", (edition,))
    renewed = [id_ for (id_,) in held if _is_known(id_)]
    for id_ in renewed:
        row = _body_row(id_)
        execute_many(connection, "DELETE FROM body_succession WHERE earlier = ?", [(id_,)])
        execute_many(connection, "DELETE FROM body_name WHERE body = ?", [(id_,)])
        sql = (
            "UPDATE body SET name = ?, kind = ?, type = ?, place = ?, parent = ?, first_day = ?, last_day = ?, "
            "checked = ?, source = ?, register = ? WHERE id = ?"
        )
        execute(connection, sql, (*row[1:], id_))
        execute_many(connection, insert_sql("body_name"), list(_name_rows(id_)))
    insert_bodies(connection, [(id_, "") for id_ in renewed])
    sql = "INSERT INTO property (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
    execute(connection, sql, (_EDITION, edition))


def _insert_body(connection: Connection, id_: str, name: str) -> None:
    known = _is_known(id_)
    row = _body_row(id_) if known else (id_, name, UNKNOWN, None, None, None, None, None, False, "", "")
    sql = f"{insert_sql('body')} ON CONFLICT (id) DO NOTHING"
    if execute(connection, sql, row) == 1:
        names = list(_name_rows(id_)) if known else [(id_, 0, name, "official", False, None, None)]
        execute_many(connection, insert_sql("body_name"), names)


def _is_known(id_: str) -> bool:
    bodies, types = _entries()
    kind, _, place = id_.partition("--")
    if not place:
        return id_ in bodies
    return kind in types and place in {one.id for one in load_register().places}


def _chain(id_: str) -> tuple[str, ...]:
    return tuple(chapter.id for chapter in _lineage().history(id_)) if _is_known(id_) else (id_,)


def _heirs(id_: str) -> tuple[str, ...]:
    """The bodies that took over on the day after the last of this one, the main one first."""
    if not _is_known(id_):
        return ()
    bodies, _ = _entries()
    if id_ in bodies:
        return tuple(dict.fromkeys(bodies[id_].succeeded_by))
    windows = _lineage().windows_of(id_)
    last = windows[-1].last if windows else None
    return _lineage().successors(id_, last + _ONE_DAY) if last else ()


def _body_row(id_: str) -> tuple[object, ...]:
    bodies, types = _entries()
    kind, _, place = id_.partition("--")
    entry: Body | LocalType = types[kind] if place else bodies[id_]
    windows = _lineage().windows_of(id_)
    first = windows[0].first if windows else None
    last = windows[-1].last if windows else None
    name = _lineage().name_of(id_, on=last)
    if place and last is None:
        name = _lineage().name_of(id_, on=datetime.date.max)
    where: tuple[str | None, str | None] = (kind, place) if place else (None, None)
    days = (_iso(first), _iso(last))
    return (id_, name, entry.kind, *where, entry.parent, *days, entry.checked, entry.source, register_digest())


def _name_rows(id_: str) -> Iterator[tuple[object, ...]]:
    names = dict.fromkeys(_local_names(id_, load_register()) if "--" in id_ else _central_names(id_))
    for number, one in enumerate(names):
        days = (_iso(one.window.first), _iso(one.window.last))
        yield (id_, number, one.name, one.kind, one.ambiguous, *days)


def _central_names(id_: str) -> Iterator[_Name]:
    body = _entries()[0][id_]
    yield _Name(body.name, "official", False, body.window)
    for alias in list(body.claims())[1:]:
        window = body.window.overlap(Window(alias.valid_from, alias.valid_to)) or body.window
        yield _Name(alias.text, "alias", alias.ambiguous, window)


def _local_names(id_: str, register: Register) -> Iterator[_Name]:
    """The names of a local body, one for each kind of unit that its place has been; then those it is also called."""
    kind_id, _, place_id = id_.partition("--")
    kind = _entries()[1][kind_id]
    place = next(one for one in register.places if one.id == place_id)
    units = {unit.id: unit for unit in register.units}
    periods = [one for one in place.period if kind.unit in (None, one.unit)]
    for template, sort in ((kind.name, "official"), *((alias, "alias") for alias in kind.aliases)):
        for period in periods:
            window = kind.window.overlap(period.window)
            unit = units[period.unit]
            if window is not None:
                words = f"{unit.printed} {place.name}"
                name = template.format(unit=words, place=place.name, committee=unit.committee)
                yield _Name(name, sort, False, window)


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
