"""The ids of tasks and directives: from the content, so that the same words of the same report have the same id."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection

from pipeline.store.database.statements import select

DIGITS = 12
"""Hexadecimal digits of an id; more where another report's task happens to have the same."""
_MORE_DIGITS = 4
_ASKED_AT_ONCE = 500


def content_digest(*parts: str) -> str:
    """SHA-256 of the parts in hexadecimal: an id is its beginning."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def task_digest(report_id: str, kind: str, start: int, end: int, nth: int = 0) -> str:
    """The digest behind a task's id: the report, the kind of directive and the span. `nth` counts from 0 the tasks of a
    report that have all three in common."""
    parts = (report_id, kind, str(start), str(end))
    return content_digest(*parts, str(nth)) if nth else content_digest(*parts)


def directive_id(report_id: str, first_task: str) -> str:
    """A directive's id: the report and the id of its first task."""
    return content_digest(report_id, "directive", first_task)[:DIGITS]


def task_digests(report_id: str, spans: Iterable[tuple[str, int, int]]) -> Iterator[str]:
    """The digests of the tasks of a report, each given as kind, start and end, in their order."""
    met: dict[tuple[str, int, int], int] = {}
    for span in spans:
        nth = met[span] = met.get(span, -1) + 1
        yield task_digest(report_id, *span, nth)


def free_ids(connection: Connection, report_id: str, spans: Iterable[tuple[str, int, int]]) -> list[str]:
    """The ids of new tasks of a report, each given as kind, start and end: the beginnings of their digests, long enough
    that no other task has them."""
    ids: dict[str, str] = {}
    for digest in task_digests(report_id, spans):
        length = DIGITS
        while digest[:length] in ids:
            length += _MORE_DIGITS
        ids[digest[:length]] = digest
    while taken := _taken(connection, list(ids)):
        ids = {digest[: len(id_) + _MORE_DIGITS] if id_ in taken else id_: digest for id_, digest in ids.items()}
    return list(ids)


def _taken(connection: Connection, ids: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for first in range(0, len(ids), _ASKED_AT_ONCE):
        asked = ids[first : first + _ASKED_AT_ONCE]
        marks = ", ".join("?" * len(asked))
        found.update(id_ for (id_,) in select(connection, f"SELECT id FROM task WHERE id IN ({marks})", asked))
    return found
