"""The parties to a task, as the index of searches notes them: the bodies that owe it, the names that gave it.

A body is noted by its id, one without an id by its name in the report: `lead:so-y-te--ben-tre`, `coordinating:=các sở`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, String, column, literal_column, select, table

from pipeline.store.database.tables import READING

SEARCH_PARTY = table(
    "search_party", column("party", String), column("entry", BigInteger), column("report", BigInteger)
)
ROLES = ("lead", "coordinating")


def party_of(role: str, name: str, body: str | None) -> str:
    """A body that owes a task."""
    return f"{role}:{body}" if body else f"{role}:={name}"


def issuing_party(name: str) -> str:
    """A person, office or body that gave a task."""
    return f"issuer:{name}"


def entries_of(parties: Iterable[str]) -> Select[Any]:
    """A query for the numbers of the entries of tasks that any of the parties is party to."""
    return select(SEARCH_PARTY.c.entry).where(SEARCH_PARTY.c.party.in_(list(parties)))


def reports_of(parties: Iterable[str]) -> Select[Any]:
    """A query for the keys of the reports of these tasks."""
    return select(SEARCH_PARTY.c.report).where(SEARCH_PARTY.c.party.in_(list(parties)))


def party_to_task(entry: ColumnElement[int], parties: Iterable[str]) -> ColumnElement[bool]:
    """Whether any of the parties is party to the task of one entry, looked up for itself."""
    return _found(_party_rows(parties).where(SEARCH_PARTY.c.entry == entry))


def party_to_report(reading: ColumnElement[int], parties: Iterable[str]) -> ColumnElement[bool]:
    """Whether any of the parties is party to a task of the report that one reading (its key) is of."""
    rows = _party_rows(parties).join(READING, READING.c.report == SEARCH_PARTY.c.report)
    return _found(rows.where(READING.c.key == reading))


def _party_rows(parties: Iterable[str]) -> Select[Any]:
    one: ColumnElement[int] = literal_column("1")
    return select(one).select_from(SEARCH_PARTY).where(SEARCH_PARTY.c.party.in_(list(parties)))


def _found(rows: Select[Any]) -> ColumnElement[bool]:
    # As a value: `EXISTS` PostgreSQL may answer by a set of all that the parties are party to.
    return rows.limit(1).scalar_subquery().is_not(None)
