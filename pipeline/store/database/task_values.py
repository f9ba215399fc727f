"""Directives and states of tasks in rows, each value with its evidence."""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec
from sqlalchemy import Connection

from pipeline.records import Body, Directive, Task
from pipeline.store.database.keys import Keys
from pipeline.store.database.reading_rows import json_text
from pipeline.store.database.statements import NewRows

Origin = Literal["run", "review"]
BY_REVIEW = "review"
"""The rule of evidence that a person pointed at."""

_ENCODER = msgspec.json.Encoder()


def state_digest(directive: Directive, task: Task) -> str:
    """SHA-256 of all that is said of a task, its ids aside."""
    values = (
        directive.kind,
        directive.issuer,
        directive.cue,
        task.span,
        task.action,
        task.lead,
        task.coordinating,
        task.deadline,
        task.urgency,
        task.targets,
        task.confidence,
        task.rules,
    )
    return hashlib.sha256(_ENCODER.encode(values)).hexdigest()


def count_keys(directives: tuple[Directive, ...]) -> int:
    """How many keys the rows of new directives take at most."""
    tasks = [task for directive in directives for task in directive.tasks]
    return 3 * len(directives) + 4 * len(tasks) + sum(len(task.lead) + len(task.coordinating) for task in tasks)


class ValueRows:
    """Adds the rows of values read in one text. `people` are the keys of names; `text` is the text's key."""

    def __init__(
        self, connection: Connection, rows: NewRows, keys: Keys, *, text: int, content: str, people: dict[str, int]
    ) -> None:
        self._connection = connection
        self._rows = rows
        self._keys = keys
        self._text = text
        self._content = content
        self._people = people

    def add_directive(self, directive: Directive, *, id: str, report: int) -> int:
        """The key of a new row for the directive."""
        key = self._keys.next(self._connection)
        issuer, cue = directive.issuer, directive.cue
        said = issuer.evidence
        self._rows.add(
            "directive",
            key,
            id,
            report,
            directive.kind,
            self._people[issuer.person] if issuer.person is not None else None,
            issuer.role,
            issuer.body,
            self._add_evidence(said.start, said.end, said.rule) if said else None,
            cue.verb if cue else None,
            cue.force if cue else None,
            self._add_evidence(cue.start, cue.end, f"cue:{cue.force}") if cue else None,
        )
        return key

    def add_state(
        self,
        task: Task,
        *,
        task_key: int,
        directive: int,
        digest: str,
        since: int,
        until: int | None = None,
        origin: Origin = "run",
        current: bool = True,
    ) -> int:
        """The key of a new row for the task's state, with its bodies, deadline and figures."""
        key = self._keys.next(self._connection)
        span = task.span
        rule = task.rules[-1] if task.rules else BY_REVIEW
        self._rows.add(
            "task_state",
            key,
            task_key,
            directive,
            origin,
            since,
            until,
            current,
            digest,
            self._add_evidence(span.start, span.end, rule),
            span.prefix,
            span.suffix,
            task.action,
            task.urgency,
            task.confidence,
            json_text(task.rules),
        )
        self._add_bodies(key, "lead", task.lead)
        self._add_bodies(key, "coordinating", task.coordinating)
        deadline = task.deadline
        if deadline is not None:
            self._rows.add(
                "deadline",
                key,
                deadline.text,
                deadline.start,
                deadline.end,
                deadline.end_strict,
                deadline.edtf,
                deadline.recurrence,
                deadline.rrule,
                deadline.fuzzy,
                self._add_evidence(deadline.evidence.start, deadline.evidence.end, deadline.evidence.rule),
            )
        for number, target in enumerate(task.targets):
            self._rows.add("target", key, number, target.text, target.value, target.unit)
        return key

    def _add_bodies(self, state: int, role: str, bodies: tuple[Body, ...]) -> None:
        for number, body in enumerate(bodies):
            evidence = self._add_evidence(body.start, body.end, "addressee" if role == "lead" else "coordination")
            self._rows.add("task_body", state, role, number, body.id, body.name, body.reason, evidence)

    def _add_evidence(self, start: int, end: int, rule: str) -> int:
        key = self._keys.next(self._connection)
        # The text itself is the witness: a record whose quotation differs from it is found by its digest.
        self._rows.add("evidence", key, self._text, start, end, self._content[start:end], rule)
        return key
