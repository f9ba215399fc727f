"""The lists of the index: which tasks each holds, in what order and under which headings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

from pipeline.records import Recurrence
from pipeline.report.collation import sort_key
from pipeline.report.summary import DeadlineSummary, TaskSummary
from pipeline.report.wording import Wording, parse_day

_RECURRENCES: tuple[Recurrence, ...] = get_args(Recurrence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Tasks under one heading (none for a list without headings), in order."""

    heading: str
    tasks: tuple[TaskSummary, ...]
    code: str | None = None
    notes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineLists:
    """The tasks with a deadline, each in one of the lists: to come, recurring, past, without a day that can be told."""

    coming: tuple[Group, ...]
    recurring: tuple[Group, ...]
    past: tuple[Group, ...]
    undated: tuple[Group, ...]


def list_deadlines(tasks: Iterable[TaskSummary], as_of: date | None, wording: Wording) -> DeadlineLists:
    """The tasks by deadline: those to come soonest first, those past latest first.

    What ends on `as_of` or later is to come; so is everything with a day where `as_of` is null.
    """
    coming: list[tuple[date, TaskSummary]] = []
    past: list[tuple[date, TaskSummary]] = []
    recurring: list[tuple[int, TaskSummary]] = []
    undated: list[TaskSummary] = []
    for task in sorted(tasks, key=_order):
        deadline = task.deadline
        if deadline is None:
            continue
        day = bounding_day(deadline)
        if deadline.recurrence:
            recurring.append((_RECURRENCES.index(deadline.recurrence), task))
        elif day is None:
            undated.append(task)
        elif as_of is None or day >= as_of:
            coming.append((day, task))
        else:
            past.append((day, task))
    coming.sort(key=lambda item: item[0])
    past.sort(key=lambda item: item[0], reverse=True)
    recurring.sort(key=lambda item: item[0])
    return DeadlineLists(
        coming=_by_month(coming, wording),
        recurring=_unheaded([task for _, task in recurring]),
        past=_by_month(past, wording),
        undated=_unheaded(undated),
    )


def bounding_day(deadline: DeadlineSummary) -> date | None:
    """The day a deadline is listed under: its last, or its first where it has no last."""
    return parse_day(deadline.end) or parse_day(deadline.start)


def list_by_lead(tasks: Iterable[TaskSummary], wording: Wording) -> tuple[Group, ...]:
    """The tasks under each of their lead bodies, in Vietnamese alphabetical order.

    Bodies are one where their ids are, or where they have none and their names differ in no more than case,
    spaces and the place of the tone. A body goes by the name it has most often. Tasks without any come last.
    """
    found: dict[object, list[TaskSummary]] = defaultdict(list)
    names: dict[object, Counter[str]] = defaultdict(Counter)
    codes: dict[object, str] = {}
    nameless: list[TaskSummary] = []
    for task in sorted(tasks, key=_order):
        if not task.leads:
            nameless.append(task)
        for key, body in {_body_key(body.name, body.id): body for body in task.leads}.items():
            found[key].append(task)
            names[key][body.name] += 1
            if body.id:
                codes[key] = body.id
    groups = [
        Group(heading=_usual(names[key]), tasks=tuple(listed), code=codes.get(key)) for key, listed in found.items()
    ]
    return (*sorted(groups, key=_alphabetical), *_rest(nameless, wording.say("no_lead")))


def list_by_issuer(tasks: Iterable[TaskSummary], wording: Wording) -> tuple[Group, ...]:
    """The tasks under who asked, in Vietnamese alphabetical order: by person where one is named, else by role or body.

    A person's roles stand beside the name.
    """
    found: dict[object, list[TaskSummary]] = defaultdict(list)
    nameless: list[TaskSummary] = []
    for task in sorted(tasks, key=_order):
        name = task.person or task.office
        if name:
            found[(task.person is None, sort_key(name))].append(task)
        else:
            nameless.append(task)
    groups = []
    for listed in found.values():
        offices = {task.office for task in listed if task.person and task.office}
        groups.append(
            Group(
                heading=_usual(Counter(task.person or task.office or "" for task in listed)),
                tasks=tuple(listed),
                notes="; ".join(sorted(offices, key=lambda name: (sort_key(name), name))) or None,
            )
        )
    return (*sorted(groups, key=_alphabetical), *_rest(nameless, wording.say("no_issuer")))


def _by_month(dated: Iterable[tuple[date, TaskSummary]], wording: Wording) -> tuple[Group, ...]:
    months: dict[str, list[TaskSummary]] = defaultdict(list)
    for day, task in dated:
        months[wording.month(day)].append(task)
    return tuple(Group(heading=month, tasks=tuple(listed)) for month, listed in months.items())


def _unheaded(tasks: Sequence[TaskSummary]) -> tuple[Group, ...]:
    return (Group(heading="", tasks=tuple(tasks)),) if tasks else ()


def _rest(tasks: Sequence[TaskSummary], heading: str) -> tuple[Group, ...]:
    return (Group(heading=heading, tasks=tuple(tasks)),) if tasks else ()


def _body_key(name: str, identity: str | None) -> object:
    return (identity,) if identity else sort_key(name)


def _usual(names: Counter[str]) -> str:
    """The name that is met most often; of several, the first in the alphabet."""
    return min(names, key=lambda name: (-names[name], sort_key(name), name))


def _alphabetical(group: Group) -> tuple[object, ...]:
    return (sort_key(group.heading), group.heading, group.code or "", group.notes or "")


def _order(task: TaskSummary) -> tuple[object, ...]:
    return (task.report.order, task.place)
