"""The ledger: matters with their statements, links and events; what each stands at as of a day is derived from it.

Events are only ever added: each is told by a statement, in the order of publication. As of a day the ledger is what the
statements published by then give, and the same whatever came after or in which order reports were ingested.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from pipeline.follow.deadlines import read_deadlines
from pipeline.follow.features import Features
from pipeline.follow.joining import NOTHING_DECIDED, Decisions, Link, join
from pipeline.follow.statements import Statement, matter_id
from pipeline.follow.status import Standing, Verdict, published_by, read_standing
from pipeline.records import Record

EventKind = Literal[
    "first_said", "said_again", "issued_again", "promised", "proposed", "deadline_set", "deadline_moved", "progress",
]  # fmt: skip
_TITLE = 160


class MatterEvent(Record, frozen=True, kw_only=True):
    """Sự kiện of a matter, told by a statement: `value` is the progress, or the deadline now in force; `before` the
    deadline before it, `nth` and `days` which move it was and by how much."""

    day: str | None
    kind: EventKind
    statement: str
    value: str | None = None
    before: str | None = None
    nth: int | None = None
    days: int | None = None


class Matter(Record, frozen=True, kw_only=True):
    """Việc: one piece of work with everything that was said of it, in the order of publication. `maybe` are links that
    could make it one with another matter and are a person's to decide."""

    id: str
    title: str
    body: str | None
    statements: tuple[Statement, ...]
    links: tuple[Link, ...] = ()
    maybe: tuple[Link, ...] = ()
    events: tuple[MatterEvent, ...] = ()
    verdict: Verdict | None = None

    def standing(self, as_of: datetime.date) -> Standing:
        """How it stands as of the day, by what was published by then."""
        return read_standing(published_by(self.statements, as_of), as_of, _by(self.verdict, as_of))


def _by(verdict: Verdict | None, as_of: datetime.date) -> Verdict | None:
    return verdict if verdict is not None and verdict.day <= as_of.isoformat() else None


def make_ledger(
    read: Iterable[tuple[Statement, Features]],
    decisions: Decisions = NOTHING_DECIDED,
    verdicts: Mapping[str, Verdict] | None = None,
    as_of: datetime.date | None = None,
) -> list[Matter]:
    """The matters of all these statements, in the order of their first ones; with a day, of those published by it.
    `verdicts` are by a statement of the matter."""
    known = {statement.id: (statement, features) for statement, features in read}
    if as_of is not None:
        kept = {one.id for one in published_by([statement for statement, _ in known.values()], as_of)}
        known = {id: pair for id, pair in known.items() if id in kept}
    joined = join((features for _, features in known.values()), decisions)
    groups = [[known[id][0] for id in ids] for ids in joined.matters]
    return make_matters(groups, joined.links, verdicts or {})


def make_matters(
    groups: Iterable[Sequence[Statement]], links: Iterable[Link], verdicts: Mapping[str, Verdict]
) -> list[Matter]:
    """Matters of statements that belong together, each in order."""
    groups = list(groups)
    of = {statement.id: number for number, group in enumerate(groups) for statement in group}
    joined: list[list[Link]] = [[] for _ in groups]
    maybe: list[list[Link]] = [[] for _ in groups]
    orders = {statement.id: (statement.order, statement.id) for group in groups for statement in group}
    for link in sorted(links, key=lambda it: (orders[it.later], -it.score, orders[it.earlier])):
        if link.verdict == "joined":
            joined[of[link.later]].append(link)
        else:
            for number in sorted({of[link.later], of[link.earlier]}):
                maybe[number].append(link)
    return [
        Matter(
            id=matter_id(group[0]),
            title=_title(group),
            body=_body(group),
            statements=tuple(group),
            links=tuple(joined[number]),
            maybe=tuple(maybe[number]),
            events=tuple(read_events(group)),
            verdict=max((verdicts[one.id] for one in group if one.id in verdicts), key=lambda it: it.day, default=None),
        )
        for number, group in enumerate(groups)
    ]


def read_events(statements: Sequence[Statement]) -> list[MatterEvent]:
    """What each statement of a matter brought, in order."""
    events: list[MatterEvent] = []
    for number, one in enumerate(statements):
        kind: EventKind
        if one.type == "progress":
            events.append(MatterEvent(day=one.published, kind="progress", statement=one.id, value=one.progress))
            continue
        if not any(earlier.type == "task" for earlier in statements[:number]):
            kind = "first_said"
        elif one.kind == "commitment":
            kind = "promised"
        elif one.kind == "proposal":
            kind = "proposed"
        else:
            same_day = any(earlier.published == one.published for earlier in statements[:number])
            kind = "said_again" if same_day else "issued_again"
        events.append(MatterEvent(day=one.published, kind=kind, statement=one.id))
    return _with_deadlines(statements, events)


def _with_deadlines(statements: Sequence[Statement], events: Sequence[MatterEvent]) -> list[MatterEvent]:
    """The events with those of the deadline behind what told of them."""
    whole = read_deadlines(statements)
    moves = {move.statement: move for move in whole.moves}
    first = next((one for one in statements if read_deadlines([one]).day is not None), None)
    told: list[MatterEvent] = []
    for event in events:
        told.append(event)
        if first is not None and event.statement == first.id and event.kind != "progress":
            day = whole.moves[0].before if whole.moves else whole.day
            told.append(MatterEvent(day=event.day, kind="deadline_set", statement=first.id, value=day))
        if move := moves.get(event.statement):
            told.append(
                MatterEvent(
                    day=event.day,
                    kind="deadline_moved",
                    statement=event.statement,
                    value=move.after,
                    before=move.before,
                    nth=move.nth,
                    days=move.days,
                )
            )
    return told


def _title(statements: Sequence[Statement]) -> str:
    """The words of the first task, else of the first statement, on one line."""
    first = next((one for one in statements if one.type == "task"), statements[0])
    words = " ".join(first.exact.split())
    return words if len(words) <= _TITLE else words[: words.rindex(" ", 0, _TITLE)] + " …"


def _body(statements: Sequence[Statement]) -> str | None:
    """Who must do it, as the first task that names somebody does."""
    tasks_first = sorted(statements, key=lambda one: one.type != "task")
    return next((name for one in tasks_first for name, _ in one.bodies), None)
