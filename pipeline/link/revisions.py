"""What a version of a report changed in the tasks of an earlier one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.records import Deadline, Document, FieldChange, Revision, Task, TaskChange

# Tasks of two versions with less of their words in common are two tasks, one dropped and one added.
_SAME_TASK = 0.6


class _Words(NamedTuple):
    """A task and its words, to be matched."""

    task: Task
    kind: str
    words: tuple[str, ...]


def compare_versions(earlier: Document, later: Document) -> Revision:
    """What the later version changed: tasks added and changed in the order of its text, then those dropped in the
    order of the earlier's.

    A task is the same in both where its directive is of the same kind and its words are, or where three fifths of the
    words of both are (then its words are changed). Lead bodies and deadlines are compared as the reports word them;
    one in the same words that now means another day is changed too. Where a task merely stands changes nothing.
    """
    before, after = _tasks(earlier), _tasks(later)
    pairs = _match(before, after)
    changes = []
    for number, new in enumerate(after):
        if number not in pairs:
            changes.append(TaskChange(change="added", task=new.task.span.exact, before=None, after=new.task.id))
            continue
        old = before[pairs[number]]
        fields = tuple(_changed_fields(old, new))
        if fields:
            changes.append(
                TaskChange(
                    change="changed", task=new.task.span.exact, before=old.task.id, after=new.task.id, fields=fields
                )
            )
    kept = set(pairs.values())
    changes += [
        TaskChange(change="dropped", task=old.task.span.exact, before=old.task.id, after=None)
        for number, old in enumerate(before)
        if number not in kept
    ]
    return Revision(of=earlier.document.id, path=earlier.document.path, changes=tuple(changes))


def _tasks(document: Document) -> list[_Words]:
    return [
        _Words(task, directive.kind, tuple(task.span.exact.lower().split()))
        for directive in document.directives
        for task in directive.tasks
    ]


def _match(before: Sequence[_Words], after: Sequence[_Words]) -> dict[int, int]:
    """The place in `before` of each task of `after` that is in both; the nearest first, each once."""
    near = []
    for new_place, new in enumerate(after):
        for old_place, old in enumerate(before):
            if new.kind == old.kind:
                likeness = 1.0 if new.words == old.words else _likeness(new.words, old.words)
                if likeness >= _SAME_TASK:
                    # Of tasks in the same words those with the same fields, then those in the same order.
                    changed = len(list(_changed_fields(old, new)))
                    near.append((-likeness, changed, abs(new_place - old_place), new_place, old_place))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for *_, new_place, old_place in sorted(near):
        if new_place not in pairs and old_place not in taken:
            pairs[new_place] = old_place
            taken.add(old_place)
    return pairs


def _likeness(one: Sequence[str], other: Sequence[str]) -> float:
    shared = (Counter(one) & Counter(other)).total()
    return min(2 * shared / (len(one) + len(other)), 0.999)


def _changed_fields(old: _Words, new: _Words) -> Iterator[FieldChange]:
    if old.words != new.words:
        yield FieldChange(field="task", before=old.task.span.exact, after=new.task.span.exact)
    leads = [", ".join(body.name for body in task.lead) for task in (old.task, new.task)]
    if leads[0].lower() != leads[1].lower():
        yield FieldChange(field="lead", before=leads[0], after=leads[1])
    deadlines = [_deadline(task.deadline) for task in (old.task, new.task)]
    if deadlines[0] != deadlines[1]:
        yield FieldChange(field="deadline", before=deadlines[0], after=deadlines[1])


def _deadline(deadline: Deadline | None) -> str:
    """The words, and the days or the recurrence they were read as: "trước 30/6 (../2023-06-30)"."""
    if deadline is None:
        return ""
    means = deadline.edtf or deadline.end or deadline.start or deadline.recurrence
    words = " ".join(deadline.text.split())
    return f"{words} ({means})" if means else words
