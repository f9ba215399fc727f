"""Matters in the directive database: only what is new or changed is read and joined anew.

What is stored is what `join` gives for all statements at once, whatever the order in which reports came: a statement is
joined anew where one that it meets came, went, or changed its matter, from the earliest on.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Sequence
from functools import cache

import msgspec
from sqlalchemy import Connection

from pipeline import lexicon
from pipeline.errors import ReviewError
from pipeline.follow.candidates import ENOUGH, keys_of, worth_of
from pipeline.follow.features import Features, read_features
from pipeline.follow.joining import Decisions, Link, join
from pipeline.follow.ledger import Matter, make_matters, read_events
from pipeline.follow.rejoining import Rejoining
from pipeline.follow.statements import Statement
from pipeline.follow.status import Verdict, published_by
from pipeline.store.database.reading_rows import json_text
from pipeline.store.database.statements import execute, execute_many, insert_sql, select
from pipeline.store.database.stored_documents import read_documents
from pipeline.store.database.writer import add_event

_AT_ONCE = 500  # values in one statement: SQLite takes 999 at least
_MOST_ANEW = 5
"""Where more than one statement in so many is new, all are joined at once."""
_FEATURES = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Features)
_FORM = "2"
"""Another where features are read or statements joined in another way: all is followed anew then."""
_LEXICON = ("aspects", "attribution", "generic", "names", "objects", "syllables", "synonyms", "weights")


class FollowedDatabase:
    """The matters of a database, by a connection in a transaction that writes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def update(self) -> int:
        """Follows what runs and reviews have brought since it was last done; gives how many reports that were. Raises
        StoreError."""
        changed = self._changed_reports()
        if not changed:
            return 0
        gone: set[str] = set()
        new: dict[str, Features] = {}
        for report, id, state in changed:
            held = {row[0] for row in select(self._connection, "SELECT id FROM statement WHERE report = ?", (report,))}
            read = [
                pair for document in read_documents(self._connection, report_id=id) for pair in read_features(document)
            ]
            gone |= held
            new |= {features.id: features for _, features in read}
            self._replace(report, held, read, state)
        self._join(new, gone)
        return len(changed)

    def decide(
        self, one: str, other: str, verdict: str, *, reviewer: str, reason: str | None, at: datetime.datetime
    ) -> None:
        """Remembers that two statements are of one matter ("accept") or aren't ("reject"). Raises ReviewError for a
        statement that isn't there."""
        first, second = sorted((one, other))
        for id in (first, second):
            if not select(self._connection, "SELECT 1 FROM statement WHERE id = ?", (id,)):
                raise ReviewError("there is no such statement", where=id, remedy="chidao follow MATTER shows the ids")
        if first == second:
            raise ReviewError("a statement is of one matter with itself", where=one, remedy="Give two statements")
        event = add_event(self._connection, "review", at)
        values = (event, first, second, verdict, reviewer, reason)
        execute(self._connection, insert_sql("link_decision"), values)
        self._join_all()

    def judge(
        self,
        statement: str,
        progress: str,
        *,
        day: datetime.date,
        reviewer: str,
        reason: str | None,
        at: datetime.datetime,
    ) -> None:
        """Remembers how far the matter of the statement had come on the day, as a person found. Raises ReviewError."""
        if not select(self._connection, "SELECT 1 FROM statement WHERE id = ?", (statement,)):
            raise ReviewError(
                "there is no such statement", where=statement, remedy="chidao follow MATTER shows the ids"
            )
        event = add_event(self._connection, "review", at)
        values = (event, statement, progress, day.isoformat(), reviewer, reason)
        execute(self._connection, insert_sql("matter_verdict"), values)

    def matters(self, as_of: datetime.date) -> list[Matter]:
        """The matters as of the day, in the order of their first statements."""
        sql = "SELECT content, matter FROM statement"
        groups: dict[str, list[Statement]] = {}
        for content, matter in select(self._connection, sql):
            groups.setdefault(matter, []).append(msgspec.convert(_json(content), Statement))
        kept = [published_by(group, as_of) for group in groups.values()]
        found = [sorted(group, key=lambda one: (one.order, one.id)) for group in kept if group]
        found.sort(key=lambda group: (group[0].order, group[0].id))
        shown = {one.id for group in found for one in group}
        links = [link for link in self._links() if link.later in shown and link.earlier in shown]
        return make_matters(found, links, self._verdicts())

    def decisions(self) -> Decisions:
        """What people said of pairs of statements: of each pair the last."""
        sql = "SELECT one, other, verdict FROM link_decision ORDER BY event"
        last = {(one, other): verdict for one, other, verdict in select(self._connection, sql)}
        accepted, rejected = (
            frozenset(pair for pair, verdict in last.items() if verdict == wanted) for wanted in ("accept", "reject")
        )
        return Decisions(accepted, rejected)

    def _changed_reports(self) -> list[tuple[int, str, str]]:
        """The key and id of each report that isn't followed as it stands, and how it stands."""
        sql = (
            "SELECT report.key, report.id, reading.key, COUNT(task_state.key), COALESCE(SUM(task_state.key), 0) "
            "FROM report JOIN reading ON reading.report = report.key AND reading.until IS NULL "
            "LEFT JOIN task ON task.report = report.key AND task.status <> 'rejected' "
            "LEFT JOIN task_state ON task_state.task = task.key AND task_state.current "
            "GROUP BY report.key, report.id, reading.key ORDER BY report.id"
        )
        rows = select(self._connection, "SELECT report, state FROM followed_report")
        followed: dict[int, str] = {report: state for report, state in rows}
        found = []
        for report, id, reading, count, total in select(self._connection, sql):
            state = f"{reading} {count} {int(total)} {edition()}"
            if followed.get(report) != state:
                found.append((report, id, state))
        return found

    def _replace(self, report: int, held: set[str], read: Sequence[tuple[Statement, Features]], state: str) -> None:
        connection = self._connection
        self._delete("statement", "id", held)
        self._delete("statement_key", "statement", held)
        self._delete("statement_link", "later", held)
        self._delete("statement_link", "earlier", held)
        rows, keys = [], []
        for statement, features in read:
            content, blob = json_text(statement), _FEATURES.encode(features)
            rows.append((statement.id, report, statement.type, statement.published, content, blob, statement.id))
            keys += [(key, statement.id) for key in hashed_keys(features)]
        execute_many(connection, insert_sql("statement"), rows)
        execute_many(connection, insert_sql("statement_key"), keys)
        execute(connection, "DELETE FROM followed_report WHERE report = ?", (report,))
        execute(connection, insert_sql("followed_report"), (report, state))

    def _join(self, new: dict[str, Features], gone: set[str]) -> None:
        total = int(select(self._connection, "SELECT COUNT(*) FROM statement")[0][0])
        # What went may have led others to their matters.
        if gone or _MOST_ANEW * len(new) > total:
            self._join_all()
            return
        rejoined = Rejoining(self._connection, self.decisions(), _DECODER.decode).run(new)
        if rejoined is None:
            self._join_all()
            return
        self._write(rejoined.matter_of, rejoined.links, set(rejoined.placed), set(rejoined.touched))

    def _join_all(self) -> None:
        features = [_DECODER.decode(blob) for (blob,) in select(self._connection, "SELECT features FROM statement")]
        joined = join(features, self.decisions())
        rows = select(self._connection, "SELECT id, matter FROM statement")
        held: dict[str, str] = {id: matter for id, matter in rows}
        execute(self._connection, "DELETE FROM statement_link")
        execute(self._connection, "DELETE FROM matter_event")
        changed = {id: matter for id, matter in joined.matter_of.items() if held[id] != matter}
        self._write(changed, joined.links, set(), set(joined.matter_of.values()))

    def _write(self, matter_of: dict[str, str], links: Iterable[Link], placed: set[str], touched: set[str]) -> None:
        connection = self._connection
        sql = "UPDATE statement SET matter = ? WHERE id = ?"
        execute_many(connection, sql, [(matter, id) for id, matter in sorted(matter_of.items())])
        self._delete("statement_link", "later", placed)
        rows = [(link.later, link.earlier, link.verdict, link.score, json_text(link.reasons)) for link in links]
        execute_many(connection, insert_sql("statement_link"), rows)
        self._write_events(touched)

    def _write_events(self, matters: set[str]) -> None:
        connection = self._connection
        self._delete("matter_event", "matter", matters)
        rows = []
        for matter, group in self._groups(matters):
            for number, event in enumerate(read_events(group)):
                details = {"before": event.before, "nth": event.nth, "days": event.days} if event.before else {}
                values = (event.day, event.kind, event.statement, event.value, json_text(details))
                rows.append((matter, number, *values))
        execute_many(connection, insert_sql("matter_event"), rows)

    def _groups(self, matters: set[str]) -> Iterable[tuple[str, list[Statement]]]:
        ordered = sorted(matters)
        for first in range(0, len(ordered), _AT_ONCE):
            some = ordered[first : first + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            found: dict[str, list[Statement]] = {}
            sql = f"SELECT matter, content FROM statement WHERE matter IN ({marks})"
            for matter, content in select(self._connection, sql, some):
                found.setdefault(matter, []).append(msgspec.convert(_json(content), Statement))
            for matter in sorted(found):
                yield matter, sorted(found[matter], key=lambda one: (one.order, one.id))

    def _delete(self, table: str, column: str, values: set[str]) -> None:
        execute_many(
            self._connection, f"DELETE FROM {table} WHERE {column} = ?", [(value,) for value in sorted(values)]
        )

    def _links(self) -> list[Link]:
        sql = "SELECT later, earlier, verdict, score, reasons FROM statement_link ORDER BY later, earlier"
        return [
            msgspec.convert(
                {"later": later, "earlier": earlier, "verdict": verdict, "score": score, "reasons": _json(reasons)},
                Link,
            )
            for later, earlier, verdict, score, reasons in select(self._connection, sql)
        ]

    def _verdicts(self) -> dict[str, Verdict]:
        sql = "SELECT statement, progress, day, reviewer, reason FROM matter_verdict ORDER BY event"
        return {
            statement: msgspec.convert(
                {"progress": progress, "day": str(day), "reviewer": reviewer, "reason": reason}, Verdict
            )
            for statement, progress, day, reviewer, reason in select(self._connection, sql)
        }


def hashed_keys(features: Features) -> list[str]:
    """The keys of a statement as they are stored: "w" or, for one that is enough alone, "t", and sixteen digits."""
    return sorted({_hashed(key) for key in keys_of(features)})


def _hashed(key: str) -> str:
    digest = hashlib.blake2b(key.encode(), digest_size=8).hexdigest()
    return f"{'w' if worth_of(key) < ENOUGH else 't'}{digest}"


@cache
def edition() -> str:
    """What features and links depend on beside the reports: the rules and their lexicon."""
    digest = hashlib.sha256(_FORM.encode())
    for name in _LEXICON:
        digest.update(lexicon.read_text(f"follow/{name}.toml").encode())
    return digest.hexdigest()[:12]


def _json(value: object) -> object:
    """SQLite's driver gives JSON as text, PostgreSQL's as values."""
    return msgspec.json.decode(value) if isinstance(value, str) else value
