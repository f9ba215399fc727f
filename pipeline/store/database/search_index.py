"""The index that searches go through: derived from the tables, built in steps, made anew when it is outdated.

Entries are of readings (title, number, publisher, issuing body, text) and of states of tasks (their words, bodies,
issuer). Neither ever changes, so an entry is written once; what no longer holds is left out by the query that asks,
and when that is more than what holds, the index is made anew. An entry's number has the day of publication before the
key: the newest come first in the order of the index itself, without sorting.

SQLite: FTS5 tables without content, words with their positions. PostgreSQL: `tsvector` columns of words, and of words
and pairs folded by `unaccent`, under GIN. Beside them stand `search_name`, the names that filters compare,
`search_place`, the province that a report speaks from, and `search_party`, the entries of each body that owes a task
and of each name that gave one.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, literal_column, select, text
from sqlalchemy.sql.elements import ColumnElement

from pipeline.registry.body_index import load_body_index
from pipeline.store.database.engine import Database
from pipeline.store.database.search_parties import issuing_party, party_of
from pipeline.store.database.search_tables import (
    KEY_BITS,
    create_tables,
    drop_tables,
    indexed_keys,
    insert_of,
    insert_rows,
)
from pipeline.store.database.search_words import fold, indexed_words, with_pairs, words_of
from pipeline.store.database.tables import (
    DIRECTIVE,
    EVIDENCE,
    PERSON,
    PROPERTY,
    READING,
    READING_SOURCE,
    TASK_BODY,
    TASK_STATE,
    TEXT,
)

VERSION = 3
"""Of the words and the tables: an index of another version is made anew."""

_PROPERTY = "search_index"
_MOVED = "search_days_moved"
_BATCH = 2000
_HEAD = 3000  # characters of a report in which its province is looked for
_STALE_MAY = 10_000
# Of the words of an entry on PostgreSQL, whose `tsvector` has at most 1 MiB: what an article of 300 pages has.
_MOST_BYTES = 900_000
_LOCK = 0x43484944  # of PostgreSQL, by which one writer of the index waits for another

Row = tuple[int, str, str]


def entry_of(key: int, published: datetime.date | None) -> int:
    """The number of an entry: reports without a day come after all others."""
    return ((published.toordinal() if published else 0) << KEY_BITS) | key


def first_entry(day: datetime.date) -> int:
    """The lowest number that an entry of the day may have."""
    return day.toordinal() << KEY_BITS


def days_hold(connection: Connection) -> bool:
    """Whether the entries of all tasks have the day on which their report is said to be published: one that a later run
    read with another day keeps the entries of those tasks that stayed as they were."""
    return connection.scalar(select(PROPERTY.c.value).where(PROPERTY.c.name == _MOVED)) is None


def is_current(connection: Connection) -> bool:
    """Whether all that is stored has been indexed, as far as the last keys tell."""
    return _noted(connection) == _last_keys(connection)


def ensure_index(database: Database) -> None:
    """Makes the index current where it isn't. Raises StoreError, also where the database can't be written."""
    with database.reading() as connection:
        if is_current(connection):
            return
    with database.writing() as connection:
        update_index(connection)


def update_index(connection: Connection) -> int:
    """Adds what is stored and not yet indexed, in the transaction of `connection`; gives the number of new entries.

    To be called when a run or a review has stored what it had to. Making the index of 100,000 reports takes minutes.
    Not handled: on PostgreSQL the words of a report beyond its first 900,000 bytes of different words and pairs.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    noted = _noted(connection)
    if noted is None or noted["version"] != VERSION:
        drop_tables(connection)
    create_tables(connection, indexes=False)
    added = _index(connection, "report_words", _missing(connection, "report_words", _current_readings()))
    added += _index(connection, "task_words", _missing(connection, "task_words", _open_states()))
    _note_names(connection)
    create_tables(connection, indexes=True)
    connection.execute(PROPERTY.delete().where(PROPERTY.c.name == _PROPERTY))
    connection.execute(PROPERTY.insert(), {"name": _PROPERTY, "value": json.dumps(_last_keys(connection))})
    if added and days_hold(connection) and connection.scalar(_moved().limit(1)):
        connection.execute(PROPERTY.insert(), {"name": _MOVED, "value": "yes"})
    if added and connection.dialect.name == "postgresql":
        connection.execute(text("ANALYZE report_words, task_words, search_name, search_place, search_party"))
    return added


def _noted(connection: Connection) -> dict[str, int] | None:
    value = connection.scalar(select(PROPERTY.c.value).where(PROPERTY.c.name == _PROPERTY))
    return dict(json.loads(value)) if value else None


def _last_keys(connection: Connection) -> dict[str, int]:
    readings = connection.scalar(select(READING.c.key).order_by(READING.c.key.desc()).limit(1))
    states = connection.scalar(select(TASK_STATE.c.key).order_by(TASK_STATE.c.key.desc()).limit(1))
    return {"version": VERSION, "reading": readings or 0, "state": states or 0}


def _moved() -> Select[Any]:
    """Readings that were replaced by one with another day of publication."""
    later = READING.alias("later")
    replaced = select(READING.c.key).join(later, (later.c.report == READING.c.report) & later.c.until.is_(None))
    return replaced.where(READING.c.until.is_not(None), READING.c.published.is_distinct_from(later.c.published))


def _current_readings() -> Select[Any]:
    return select(READING.c.key).where(READING.c.until.is_(None))


def _open_states() -> Select[Any]:
    # Also what a person's word stands before: it holds again when that is taken back.
    return select(TASK_STATE.c.key).where(TASK_STATE.c.until.is_(None))


def _missing(connection: Connection, table: str, current: Select[Any]) -> list[int]:
    """The keys that have no entry; of all that are current, where most entries are of keys that no longer are."""
    indexed = indexed_keys(connection, table)
    missing = list(connection.scalars(current.except_(indexed)))
    stale = len(list(connection.scalars(indexed.except_(current).limit(_STALE_MAY + 1))))
    if stale > _STALE_MAY:
        keys = list(connection.scalars(current))
        count = connection.scalar(select(literal_column("count(*)")).select_from(indexed.subquery())) or 0
        if count - len(keys) + len(missing) > len(keys):
            drop_tables(connection, only=table)
            create_tables(connection, indexes=False)
            return sorted(keys)
    return sorted(missing)


def _index(connection: Connection, table: str, keys: Sequence[int]) -> int:
    read = _readings if table == "report_words" else _states
    statement = insert_of(connection, table)
    for batch in _batches(keys):
        # FTS5 keeps words in memory as long as the numbers rise.
        rows = sorted((_entry(connection, *one) for one in read(connection, batch)), key=lambda row: row[0])
        connection.exec_driver_sql(statement, rows)
    return len(keys)


def _entry(connection: Connection, key: int, published: datetime.date | None, texts: Iterable[str]) -> Row:
    words = indexed_words(texts)
    if connection.dialect.name == "sqlite":
        return entry_of(key, published), words, fold(words)
    return entry_of(key, published), _once(words), _once(with_pairs(words))


def _once(words: str) -> str:
    """The words, each once, as many as a `tsvector` holds."""
    once = " ".join(dict.fromkeys(words.split()))
    data = once.encode()
    return once if len(data) <= _MOST_BYTES else data[:_MOST_BYTES].decode(errors="ignore").rpartition(" ")[0]


def _batches(keys: Sequence[int]) -> Iterator[list[int]]:
    rest = iter(keys)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def reading_texts(title: str | None, number: str | None, publisher: str | None, issuer: str | None) -> list[str]:
    """What is searched of a report beside its text, which comes first."""
    return [one for one in (title, number, publisher, issuer) if one]


def _readings(connection: Connection, keys: Sequence[int]) -> Iterator[tuple[int, datetime.date | None, list[str]]]:
    columns = (READING.c.title, READING.c.number, READING.c.publisher, READING.c.issuer)
    query = select(READING.c.key, READING.c.published, TEXT.c.content, *columns)
    query = query.join(TEXT, TEXT.c.key == READING.c.text)
    places = []
    for key, published, content, *rest in connection.execute(query.where(READING.c.key.in_(keys))):
        place = load_body_index().find_place(content[:_HEAD], on=published)
        if place:
            places.append((key, place))
        yield key, published, [content, *reading_texts(*rest)]
    insert_rows(connection, "search_place", "reading, place", places)


def _states(connection: Connection, keys: Sequence[int]) -> Iterator[tuple[int, datetime.date | None, list[str]]]:
    bodies: dict[int, list[tuple[str, str | None, str]]] = {}
    owing = select(TASK_BODY.c.state, TASK_BODY.c.role, TASK_BODY.c.body, TASK_BODY.c.name)
    ordered = owing.order_by(TASK_BODY.c.state, TASK_BODY.c.role.desc(), TASK_BODY.c.number)
    for state, role, body, name in connection.execute(ordered.where(TASK_BODY.c.state.in_(keys))):
        bodies.setdefault(state, []).append((role, body, name))
    query = (
        select(
            TASK_STATE.c.key, READING.c.published, DIRECTIVE.c.report, EVIDENCE.c.exact,
            PERSON.c.name, DIRECTIVE.c.issuer_role, DIRECTIVE.c.issuer_body,
        )
        .join(DIRECTIVE, DIRECTIVE.c.key == TASK_STATE.c.directive)
        .join(EVIDENCE, EVIDENCE.c.key == TASK_STATE.c.evidence)
        .join(READING, _reading_of_directive())
        .outerjoin(PERSON, PERSON.c.key == DIRECTIVE.c.issuer)
        .where(TASK_STATE.c.key.in_(keys))
    )  # fmt: skip
    parties: list[tuple[str, int, int]] = []
    for key, published, report, exact, *issuer in connection.execute(query):
        owe, issuers = bodies.get(key, []), [one for one in issuer if one]
        of_task = {party_of(role, name, body) for role, body, name in owe} | set(map(issuing_party, issuers))
        parties += ((party, entry_of(key, published), report) for party in of_task)
        yield key, published, [exact, *(name for _, _, name in owe), *issuers]
    insert_rows(connection, "search_party", "party, entry, report", parties)


def _reading_of_directive() -> ColumnElement[bool]:
    return (READING.c.report == DIRECTIVE.c.report) & READING.c.until.is_(None)


_NAMES = (
    ("person", PERSON.c.name),
    ("role", DIRECTIVE.c.issuer_role),
    ("issuer", DIRECTIVE.c.issuer_body),
    ("body", TASK_BODY.c.name),
    ("publisher", READING.c.publisher),
    ("publisher", READING_SOURCE.c.publisher),
)


def _note_names(connection: Connection) -> None:
    """Each name that stands in the tables and is not yet noted, with its words."""
    noted: ColumnElement[str] = literal_column("search_name.name")
    for kind, column in _NAMES:
        known = select(noted).select_from(text("search_name")).where(text("search_name.kind = :kind"))
        new = select(column).where(column.is_not(None)).except_(known)
        rows = []
        for name in connection.scalars(new, {"kind": kind}):
            exact = " ".join(words_of(name))
            rows.append((kind, name, f" {exact} ", f" {fold(exact)} "))
        insert_rows(connection, "search_name", "kind, name, exact, folded", rows)
