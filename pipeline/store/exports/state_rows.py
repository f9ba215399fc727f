"""States of tasks in the database as directives again: the inverse of `database.task_values`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.records import Body, Cue, Deadline, Directive, Evidence, Issuer, Target, Task, TextSpan

if TYPE_CHECKING:
    from sqlalchemy import Connection

_AT_ONCE = 500  # keys in one statement: SQLite takes 999 at least


def directives_of(connection: Connection, states: Sequence[int]) -> Callable[[Sequence[int]], tuple[Directive, ...]]:
    """A function that makes directives of some of these states, with their tasks in the order given; a directive
    stands where its first task does."""
    bodies: defaultdict[tuple[int, str], list[Body]] = defaultdict(list)
    targets: defaultdict[int, list[Target]] = defaultdict(list)
    rows: dict[int, Any] = {}
    for first in range(0, len(states), _AT_ONCE):
        some = states[first : first + _AT_ONCE]
        rows |= {row.key: row for row in connection.execute(_states(some))}
        for row in connection.execute(_bodies(some)):
            bodies[row.state, row.role].append(
                Body(
                    text=row.exact,
                    name=row.name,
                    id=row.body,
                    start=row.start_offset,
                    end=row.end_offset,
                    reason=row.reason,
                )
            )
        for row in connection.execute(_targets(some)):
            targets[row.state].append(Target(text=row.words, value=row.value, unit=row.unit))

    def make(keys: Sequence[int]) -> tuple[Directive, ...]:
        heads: dict[int, Any] = {}
        tasks: defaultdict[int, list[Task]] = defaultdict(list)
        for key in keys:
            row = rows[key]
            heads.setdefault(row.directive, row)
            task = _task(row, bodies[key, "lead"], bodies[key, "coordinating"], targets[key])
            tasks[row.directive].append(task)
        return tuple(_directive(row, tasks[directive]) for directive, row in heads.items())

    return make


def _states(keys: Sequence[int]) -> Any:
    from sqlalchemy import select

    from pipeline.store.database.tables import DEADLINE, DIRECTIVE, EVIDENCE, PERSON, TASK, TASK_STATE

    words, due, issuer, cue = (EVIDENCE.alias(name) for name in ("words_at", "due_at", "issuer_at", "cue_at"))
    tables = (
        TASK_STATE.join(TASK, TASK.c.key == TASK_STATE.c.task)
        .join(DIRECTIVE, DIRECTIVE.c.key == TASK_STATE.c.directive)
        .join(words, words.c.key == TASK_STATE.c.evidence)
        .outerjoin(DEADLINE, DEADLINE.c.state == TASK_STATE.c.key)
        .outerjoin(due, due.c.key == DEADLINE.c.evidence)
        .outerjoin(PERSON, PERSON.c.key == DIRECTIVE.c.issuer)
        .outerjoin(issuer, issuer.c.key == DIRECTIVE.c.issuer_evidence)
        .outerjoin(cue, cue.c.key == DIRECTIVE.c.cue_evidence)
    )
    places = [
        column.label(f"{name}_{column.name}")
        for name, place in (("words", words), ("due", due), ("said", issuer), ("cue", cue))
        for column in (place.c.start_offset, place.c.end_offset, place.c.exact, place.c.rule)
    ]
    query = select(
        TASK_STATE.c.key, TASK_STATE.c.directive, TASK_STATE.c.prefix, TASK_STATE.c.suffix, TASK_STATE.c.action,
        TASK_STATE.c.urgency, TASK_STATE.c.confidence, TASK_STATE.c.rules, TASK.c.id,
        DIRECTIVE.c.id.label("directive_id"), DIRECTIVE.c.kind, PERSON.c.name.label("person"),
        DIRECTIVE.c.issuer_role, DIRECTIVE.c.issuer_body, DIRECTIVE.c.cue.label("verb"), DIRECTIVE.c.force,
        DEADLINE.c.words.label("deadline"), DEADLINE.c.first_day, DEADLINE.c.last_day, DEADLINE.c.last_day_strict,
        DEADLINE.c.edtf, DEADLINE.c.recurrence, DEADLINE.c.rrule, DEADLINE.c.fuzzy, *places,
    )  # fmt: skip
    return query.select_from(tables).where(TASK_STATE.c.key.in_(keys))


def _bodies(keys: Sequence[int]) -> Any:
    from sqlalchemy import select

    from pipeline.store.database.tables import EVIDENCE, TASK_BODY

    query = select(TASK_BODY, EVIDENCE.c.exact, EVIDENCE.c.start_offset, EVIDENCE.c.end_offset)
    query = query.join(EVIDENCE, EVIDENCE.c.key == TASK_BODY.c.evidence).where(TASK_BODY.c.state.in_(keys))
    return query.order_by(TASK_BODY.c.state, TASK_BODY.c.role, TASK_BODY.c.number)


def _targets(keys: Sequence[int]) -> Any:
    from sqlalchemy import select

    from pipeline.store.database.tables import TARGET

    return select(TARGET).where(TARGET.c.state.in_(keys)).order_by(TARGET.c.state, TARGET.c.number)


def _directive(row: Any, tasks: list[Task]) -> Directive:
    cue = None
    if row.verb is not None:
        cue = Cue(verb=row.verb, force=row.force, start=row.cue_start_offset, end=row.cue_end_offset)
    issuer = Issuer(
        person=row.person, role=row.issuer_role, body=row.issuer_body, evidence=_evidence(row, "said")
    )
    return Directive(id=row.directive_id, kind=row.kind, issuer=issuer, cue=cue, tasks=tuple(tasks))


def _task(row: Any, lead: list[Body], coordinating: list[Body], targets: list[Target]) -> Task:
    span = TextSpan(
        start=row.words_start_offset, end=row.words_end_offset, exact=row.words_exact, prefix=row.prefix,
        suffix=row.suffix,
    )  # fmt: skip
    return Task(
        id=row.id,
        span=span,
        action=row.action,
        lead=tuple(lead),
        coordinating=tuple(coordinating),
        deadline=_deadline(row),
        urgency=row.urgency,
        targets=tuple(targets),
        confidence=row.confidence,
        rules=tuple(row.rules),
    )


def _deadline(row: Any) -> Deadline | None:
    evidence = _evidence(row, "due")
    if row.deadline is None or evidence is None:
        return None
    days = (row.first_day, row.last_day, row.last_day_strict)
    first, last, strict = (day.isoformat() if day else None for day in days)
    return Deadline(
        text=row.deadline,
        start=first,
        end=last,
        edtf=row.edtf,
        recurrence=row.recurrence,
        evidence=evidence,
        end_strict=strict,
        rrule=row.rrule,
        fuzzy=row.fuzzy,
    )


def _evidence(row: Any, name: str) -> Evidence | None:
    parts = ("start_offset", "end_offset", "exact", "rule")
    start, end, exact, rule = (getattr(row, f"{name}_{part}") for part in parts)
    return Evidence(start=start, end=end, exact=exact, rule=rule) if start is not None else None
