"""What a task says to each slot: from the records where they have it, else by the rules."""

from __future__ import annotations

from pipeline.clarity.evidence import Found, Words
from pipeline.clarity.records import Slot
from pipeline.clarity.rules import load_rules, matched_form
from pipeline.clarity.table_cells import Column, find_cells
from pipeline.clarity.work import find_work, work_start
from pipeline.records import Body, Evidence, Task


def read_slots(words: Words, task: Task) -> dict[Slot, Found]:
    """Every slot of a task, by what `corpus/chains/CLARITY.md` says of it.

    Words are looked for in the task's span and, in a table, in the cells of its row; lead and deadline stand where the
    records have them.
    """
    start, end = task.span.start, task.span.end
    work = work_start(words, task)
    cells = find_cells(words, start)
    return {
        "person": _bodies(task.lead, "lead"),
        "work": find_work(words, task, work),
        "time": _time(words, task),
        "responsibility": _joined(
            words.find("responsibility", start, end, work),
            _bodies(task.coordinating, "coordinating"),
            _cell(words, cells, "responsibility"),
        ),
        "product": _joined(words.find("product", start, end, work), _cell(words, cells, "product")),
        "authority": _joined(words.find("authority", start, end, work), _cell(words, cells, "authority")),
        "effect": _joined(words.find("effect", start, end, work), _cell(words, cells, "effect")),
        "coordination": _bodies(task.coordinating, "coordinating"),
    }


def _bodies(bodies: tuple[Body, ...], field: str) -> Found:
    """The bodies that can tell from these words that they are meant; "các cơ quan liên quan" can't."""
    told: list[Evidence] = []
    vague: list[Evidence] = []
    for body in sorted(bodies, key=lambda body: (body.start, body.end)):
        name = matched_form(body.text)
        rule = next((rule.rule.name for rule in load_rules("person") if rule.pattern.fullmatch(name)), None)
        of = told if rule is None else vague
        of.append(
            Evidence(
                start=body.start, end=body.end, exact=body.text, rule=field if rule is None else f"person:{rule}"
            )
        )
    return Found(tuple(told), tuple(vague))


def _time(words: Words, task: Task) -> Found:
    if task.deadline is not None:
        return Found((task.deadline.evidence,))
    if task.urgency is None:
        return Found()
    at = words.text.find(task.urgency, task.span.start, task.span.end)
    return Found((), (words.evidence(at, at + len(task.urgency), "urgency"),) if at >= 0 else ())


def _cell(words: Words, cells: dict[Column, tuple[int, int]], column: Column) -> Found:
    cell = cells.get(column)
    return Found((words.evidence(*cell, f"column:{column}"),)) if cell is not None else Found()


def _joined(*several: Found) -> Found:
    """All that was found, each place once, in the order of the text."""

    def sort(pieces: list[Evidence]) -> tuple[Evidence, ...]:
        by_place = {(piece.start, piece.end): piece for piece in reversed(pieces)}
        return tuple(by_place[place] for place in sorted(by_place))

    return Found(
        sort([piece for found in several for piece in found.evidence]),
        sort([piece for found in several for piece in found.vague]),
    )
