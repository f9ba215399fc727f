"""What the commands that keep the database print: faults, the history of a task, the runs."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.messages import Messages
from pipeline.store.database.checks import Fault
from pipeline.store.database.history import TaskMoment
from pipeline.terminal import plain


def print_fault(fault: Fault, messages: Messages, *, as_json: bool) -> None:
    """The fault on a line of standard output."""
    if as_json:
        typer.echo(json.dumps(msgspec.to_builtins(fault), ensure_ascii=False))
        return
    Console(soft_wrap=True).print(Text(plain(messages.say("check_fault", **msgspec.to_builtins(fault)))))


def print_unfinished(runs: Iterable[tuple[int, datetime.datetime]], messages: Messages) -> None:
    """The runs without an end, on standard error: no fault."""
    for number, at in runs:
        Console(stderr=True, soft_wrap=True).print(Text(messages.say("check_unfinished", run=number, at=_time(at))))


def print_history(moments: Sequence[TaskMoment], messages: Messages) -> None:
    """A row for each time that something was said of the task."""
    table = _table(
        messages, "kept_event", "kept_at", "kept_by", "kept_verdict", "list_task", "list_lead", "list_deadline",
        "kept_reason",
    )  # fmt: skip
    for moment in moments:
        task, directive = moment.task, moment.directive
        said = task.span.exact if task is not None else ""
        lead = "; ".join(body.name for body in task.lead) if task is not None else ""
        deadline = task.deadline.text if task is not None and task.deadline is not None else ""
        verdict = moment.verdict or (directive.kind if directive is not None else "")
        cells = (
            str(moment.event),
            _time(moment.at),
            moment.said_by,
            verdict,
            said,
            lead,
            deadline,
            moment.reason or "",
        )
        table.add_row(*(Text(plain(cell)) for cell in cells))
    Console().print(table)


def print_runs(found: Sequence[Any], messages: Messages, *, as_json: bool) -> None:
    """A row for each run."""
    if as_json:
        values = [
            {
                "run": run.event,
                "started": run.at.isoformat(),
                "finished": run.finished.isoformat() if run.finished else None,
                "seconds": run.seconds,
                "reports": run.reports,
                "versions": run.versions,
                "inputs": run.inputs,
                "counts": run.counts,
            }
            for run in found
        ]
        typer.echo(json.dumps(values, ensure_ascii=False, indent=1))
        return
    table = _table(messages, "kept_event", "kept_at", "kept_finished", "kept_reports", "kept_version")
    for run in found:
        finished = _time(run.finished) if run.finished else ""
        cells = (str(run.event), _time(run.at), finished, str(run.reports), run.versions.get("chidao", ""))
        table.add_row(*(Text(plain(cell)) for cell in cells))
    Console().print(table)


def _table(messages: Messages, *keys: str) -> Table:
    table = Table()
    for key in keys:
        table.add_column(messages.say(key), overflow="fold")
    return table


def _time(moment: datetime.datetime) -> str:
    """The moment by the clock of this place."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")
