"""The state form of a task: the five columns of a list of tasks as offices know it."""

from __future__ import annotations

from pipeline.store.task_rows import SEPARATOR, TaskRow

FORM_COLUMNS = ("task", "lead", "coordinating", "deadline", "source")
"""Nhiệm vụ, cơ quan chủ trì, cơ quan phối hợp, hạn, nguồn."""


def form_values(row: TaskRow) -> tuple[str, str, str, str, str]:
    """The task's values in the order of FORM_COLUMNS, each on one line."""
    return (
        one_line(row.action or row.task),
        SEPARATOR.join(row.lead),
        SEPARATOR.join(row.coordinating),
        deadline_day(row) or one_line(row.deadline_text or ""),
        source_line(row),
    )


def deadline_day(row: TaskRow) -> str | None:
    """The ISO day that the task is due, where it is one: a task due again and again, from a day on or by an event has
    none, and the words tell its deadline."""
    return row.deadline_end if row.recurrence is None else None


def source_line(row: TaskRow) -> str:
    """Where the task was read: number, title, publisher and day of the report, and its address or file."""
    told = (row.number, row.title, row.publisher, row.published, row.url or row.path)
    return ", ".join(one_line(value) for value in told if value)


def one_line(text: str) -> str:
    """The text with runs of white space as one blank."""
    return " ".join(text.split())
