"""Results as pandas DataFrames with typed columns, for analysis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pipeline.records import Document, Genre, Record
from pipeline.store.column_types import ColumnType, column_types
from pipeline.store.exports.sources import open_tasks
from pipeline.store.task_rows import DAYS, TaskRow, task_rows

if TYPE_CHECKING:
    from pandas import DataFrame


class ReportRow(Record, frozen=True, kw_only=True):
    """Báo cáo: one report, with or without tasks. `issuer` is the body that issued an official document."""

    report_id: str
    path: str
    published: str | None
    title: str | None
    genre: Genre
    number: str | None
    publisher: str | None
    url: str | None
    issuer: str | None
    meeting: str | None
    meeting_date: str | None
    directives: int
    tasks: int
    characters: int


class TaskBodyRow(Record, frozen=True, kw_only=True):
    """Cơ quan của nhiệm vụ: one body that must do a task (`lead`) or takes part (`coordinating`)."""

    report_id: str
    task_id: str
    role: Literal["lead", "coordinating"]
    name: str
    body_id: str | None


class Tables(NamedTuple):
    """The results as DataFrames: `reports` (a row each, see ReportRow), `tasks` (see TaskRow), `task_bodies` (a row for
    each body of a task, see TaskBodyRow).

    Days are `datetime64[s]` with NaT where unknown, words of a fixed list are categories, texts are `string`, truths
    `boolean`, each with NA where unknown; several values in one cell are a tuple.
    """

    reports: DataFrame
    tasks: DataFrame
    task_bodies: DataFrame


def read_tables(results: str | PathLike[str]) -> Tables:
    """The tables of a folder of results or of a database. Raises StoreError where there are none."""
    with open_tasks(fspath(results)) as source:
        reports, tasks = [], []
        for document in source.reports():
            rows = list(task_rows(document))
            reports.append(_report_row(document, len(rows)))
            tasks += rows
    bodies = [body for row in tasks for body in _bodies(row)]
    return Tables(
        reports=_frame(reports, column_types(ReportRow, DAYS)),
        tasks=_frame(tasks, column_types(TaskRow, DAYS)),
        task_bodies=_frame(bodies, column_types(TaskBodyRow, DAYS)),
    )


def _report_row(document: Document, tasks: int) -> ReportRow:
    source, meeting = document.document, document.meeting
    return ReportRow(
        report_id=source.id,
        path=source.path,
        published=source.published,
        title=source.title,
        genre=source.genre,
        number=source.number,
        publisher=source.publisher,
        url=source.url,
        issuer=source.issuer,
        meeting=meeting.name,
        meeting_date=meeting.date,
        directives=len(document.directives),
        tasks=tasks,
        characters=len(document.text),
    )


def _bodies(row: TaskRow) -> Iterator[TaskBodyRow]:
    for name, id_ in zip(row.lead, row.lead_ids, strict=True):
        yield TaskBodyRow(report_id=row.report_id, task_id=row.task_id, role="lead", name=name, body_id=id_)
    for name, id_ in zip(row.coordinating, row.coordinating_ids, strict=True):
        yield TaskBodyRow(report_id=row.report_id, task_id=row.task_id, role="coordinating", name=name, body_id=id_)


def _frame(rows: Sequence[Record], columns: Iterable[ColumnType]) -> DataFrame:
    import pandas

    return pandas.DataFrame({it.name: _column([getattr(row, it.name) for row in rows], it) for it in columns})


def _column(values: list[Any], told: ColumnType) -> Any:
    import numpy
    import pandas

    match told.kind:
        case "day":
            return pandas.Series(numpy.array(values, dtype="datetime64[D]").astype("datetime64[s]"))
        case "word":
            return pandas.Categorical(values, categories=list(told.words))
        case "integer":
            return pandas.Series(values, dtype="int64")
        case "number":
            return pandas.Series(values, dtype="float64")
        case "truth":
            return pandas.Series(values, dtype="boolean")
        case "texts":
            return pandas.Series(values, dtype=object)
        case "text":
            return pandas.Series(values, dtype="string")
