"""The parties to a task, as the index of searches notes them: the bodies that owe it, the names that gave it.

A body is noted by its id, one without an id by its name in the report: `lead:so-y-te--ben-tre`, `coordinating:=các sở`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import BigInteger, Select, String, column, select, table

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
