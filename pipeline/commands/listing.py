"""Hits and tasks as a table for the eye, as JSON, or as CSV for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.commands.selection_options import Format
from pipeline.messages import Messages
from pipeline.store.database import Database
from pipeline.store.database.body_names import find_body, histories
from pipeline.store.database.search import Hit
from pipeline.store.database.search_snippets import Snippet
from pipeline.store.database.selection import Selection, resolve
from pipeline.store.database.task_list import ListedBody, ListedTask, list_tasks
from pipeline.store.spreadsheet_text import defused
from pipeline.store.task_rows import Value
from pipeline.terminal import plain

_BOM = "\ufeff"
_OPEN, _CLOSE = "«", "»"

_TASK_COLUMNS: tuple[tuple[str, Callable[[ListedTask], Value]], ...] = (
    ("task_id", lambda task: task.id),
    ("kind", lambda task: task.kind),
    ("status", lambda task: task.status),
    ("task", lambda task: task.task),
    ("lead", lambda task: _names(task.lead)),
    ("lead_ids", lambda task: _ids(task.lead)),
    ("coordinating", lambda task: _names(task.coordinating)),
    ("coordinating_ids", lambda task: _ids(task.coordinating)),
    ("issuer_person", lambda task: task.issuer_person),
    ("issuer_role", lambda task: task.issuer_role),
    ("issuer_body", lambda task: task.issuer_body),
    ("deadline_text", lambda task: task.deadline),
    ("deadline_start", lambda task: task.deadline_start.isoformat() if task.deadline_start else None),
    ("deadline_end", lambda task: task.deadline_end.isoformat() if task.deadline_end else None),
    ("recurrence", lambda task: task.recurrence),
    ("meeting", lambda task: task.meeting),
    ("confidence", lambda task: task.confidence),
    ("start", lambda task: task.start),
    ("end", lambda task: task.end),
)
_REPORT_COLUMNS = ("id", "title", "published", "publisher", "url", "path")


def print_hits(hits: Sequence[Hit], output: Format, messages: Messages) -> None:
    """The hits on standard output; that there is none on standard error."""
    if output == "json":
        print_json(hits)
    elif output == "csv":
        found = ("match", "phrase", "within", "snippet")
        rows = (
            [hit.match, hit.phrase, hit.within, _marked(hit.snippet), *_task_cells(hit.task), *_report_cells(hit)]
            for hit in hits
        )
        print_csv([*found, *_task_names(), *_report_names()], rows)
    elif hits:
        table = _table(messages, "list_words", "list_lead", "list_deadline", "list_report")
        for hit in hits:
            lead, deadline = (_names(hit.task.lead), _deadline(hit.task)) if hit.task else ("", "")
            table.add_row(_bold(hit.snippet), *map(_cell, (lead, deadline)), _cell(_report(hit)))
        Console().print(table)
    if not hits:
        Console(stderr=True).print(messages.say("list_none"))


def print_selected(
    database: Database, selection: Selection, limit: int, output: Format, messages: Messages
) -> None:
    """The tasks that the selection means, at most `limit` of them (0: all); that there are more on standard error."""
    with database.reading() as connection:
        chosen = resolve(connection, selection)
        tasks = list_tasks(connection, chosen, limit=limit + 1 if limit else None)
    shown = tasks[:limit] if limit else tasks
    if output == "json":
        print_json(shown)
    elif output == "csv":
        rows = ([*_task_cells(task), *_report_cells(task)] for task in shown)
        print_csv([*_task_names(), *_report_names()], rows)
    elif shown:
        table = _table(messages, "list_task", "list_lead", "list_issuer", "list_deadline", "list_report")
        for task in shown:
            cells = (task.task, _names(task.lead), _issuer(task), _deadline(task), _report(task))
            table.add_row(*map(_cell, cells))
        Console().print(table)
    if len(tasks) > len(shown):
        Console(stderr=True).print(messages.say("list_more", count=len(shown)))
    elif not shown:
        Console(stderr=True).print(messages.say("list_none"))


def print_body(name: str, messages: Messages) -> None:
    """Who the body was and became, by the register; that the register doesn't know it, where it doesn't."""
    meant = find_body(name)
    console = Console(soft_wrap=True)
    for chain in histories(meant):
        for chapter in chain:
            days = f"{chapter.valid_from or '…'} – {chapter.valid_to or '…'}"
            style = "bold" if chapter.id in meant.ids else "dim"
            console.print(Text(f"{chapter.name} ({days})", style=style))
    if not meant.ids and not meant.types:
        Console(stderr=True, soft_wrap=True).print(Text(plain(messages.say("body_unknown", name=name))))


def print_json(values: Sequence[Any]) -> None:
    """The values as a JSON array on standard output."""
    typer.echo(json.dumps(msgspec.to_builtins(values), ensure_ascii=False, indent=1))


def print_csv(names: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """The rows as CSV for a spreadsheet, with their names above, on standard output."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([defused(value) for value in row] for row in rows)
    typer.echo(_BOM + lines.getvalue(), nl=False)


def _table(messages: Messages, *keys: str) -> Table:
    table = Table()
    for key in keys:
        table.add_column(messages.say(key), overflow="fold")
    return table


def _task_names() -> list[str]:
    return [name for name, _ in _TASK_COLUMNS]


def _report_names() -> list[str]:
    return [f"report_{name}" for name in _REPORT_COLUMNS]


def _task_cells(task: ListedTask | None) -> list[Value]:
    return [read(task) if task else None for _, read in _TASK_COLUMNS]


def _report_cells(found: Hit | ListedTask) -> list[Value]:
    values = (getattr(found.report, name) for name in _REPORT_COLUMNS)
    return [None if value is None else str(value) for value in values]


def _names(bodies: Iterable[ListedBody]) -> str:
    return "; ".join(body.name for body in bodies)


def _ids(bodies: Iterable[ListedBody]) -> str:
    return "; ".join(body.id or "" for body in bodies)


def _issuer(task: ListedTask) -> str:
    return ", ".join(part for part in (task.issuer_person, task.issuer_role, task.issuer_body) if part)


def _deadline(task: ListedTask) -> str:
    day = task.deadline_end.isoformat() if task.deadline_end else None
    return "; ".join(part for part in (day, task.deadline) if part)


def _report(found: Hit | ListedTask) -> str:
    report = found.report
    day = report.published.isoformat() if report.published else None
    return "; ".join(part for part in (day, report.title or report.path) if part)


def _cell(text: str) -> Text:
    return Text(plain(text))


def _bold(snippet: Snippet) -> Text:
    text = Text(plain(snippet.text))
    for start, end in snippet.marks:
        text.stylize("bold reverse", start, end)
    return text


def _marked(snippet: Snippet) -> str:
    """The snippet with its hits in « »."""
    pieces, at = [], 0
    for start, end in snippet.marks:
        pieces += [snippet.text[at:start], _OPEN, snippet.text[start:end], _CLOSE]
        at = end
    return "".join([*pieces, snippet.text[at:]])
