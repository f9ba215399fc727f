"""`chidao review …`: tasks accepted, rejected, edited and added; the queue, corrected files in, gold files out."""

from __future__ import annotations

import contextlib
import datetime
import getpass
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from pipeline.commands.selection_options import (
    DATABASE,
    FAILED,
    WRONG_USE,
    BodyName,
    Db,
    IssuerName,
    KindName,
    Lang,
    Limit,
    Output,
    Province,
    PublishedFrom,
    PublishedTo,
    SourceName,
    make_selection,
)
from pipeline.errors import PipelineError
from pipeline.messages import Messages

if TYPE_CHECKING:
    from pipeline.store.review.reviewing import Reviewer

QUEUE = 20
"""How many doubtful tasks are shown unless asked otherwise."""

app = typer.Typer(no_args_is_help=True)

TaskIds = Annotated[list[str], typer.Argument(metavar="TASK...", help="arg_tasks", show_default=False)]
Who = Annotated[str | None, typer.Option("--reviewer", metavar="NAME", help="opt_reviewer", show_default=False)]
Why = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="opt_reason", show_default=False)]
Often = Literal["daily", "weekly", "monthly", "quarterly", "yearly"]


def _text(name: str, key: str, metavar: str = "TEXT") -> Any:
    return typer.Option(name, metavar=metavar, help=key, show_default=False)


Words = Annotated[str | None, _text("--words", "opt_words")]
Lead = Annotated[list[str] | None, _text("--lead", "opt_new_lead", "NAME")]
NoLead = Annotated[bool, typer.Option("--no-lead", help="opt_no_lead")]
Coordinating = Annotated[list[str] | None, _text("--coordinating", "opt_new_coordinating", "NAME")]
NoCoordinating = Annotated[bool, typer.Option("--no-coordinating", help="opt_no_coordinating")]
IssuerPerson = Annotated[str | None, _text("--issuer-person", "opt_issuer_person", "NAME")]
IssuerRole = Annotated[str | None, _text("--issuer-role", "opt_issuer_role")]
IssuerBody = Annotated[str | None, _text("--issuer-body", "opt_issuer_body", "NAME")]
DeadlineWords = Annotated[str | None, _text("--deadline", "opt_deadline")]
DueFrom = Annotated[str | None, _text("--due-from", "opt_due_from", "DATE")]
Due = Annotated[str | None, _text("--due", "opt_due", "DATE")]
Recurs = Annotated[Often | None, typer.Option("--recurrence", help="opt_recurrence", show_default=False)]
NoDeadline = Annotated[bool, typer.Option("--no-deadline", help="opt_no_deadline")]


@app.command(help="help_accept")
def accept(tasks: TaskIds, reviewer: Who = None, reason: Why = None, db: Db = DATABASE, lang: Lang = "vi") -> None:
    with _reviewing(db, reviewer, Messages(lang)) as review:
        for task in tasks:
            review.accept(task, reason)


@app.command(help="help_reject")
def reject(tasks: TaskIds, reviewer: Who = None, reason: Why = None, db: Db = DATABASE, lang: Lang = "vi") -> None:
    with _reviewing(db, reviewer, Messages(lang)) as review:
        for task in tasks:
            review.reject(task, reason)


@app.command(help="help_edit")
def edit(
    task: Annotated[str, typer.Argument(metavar="TASK", help="arg_task", show_default=False)],
    words: Words = None,
    kind: KindName = None,
    issuer_person: IssuerPerson = None,
    issuer_role: IssuerRole = None,
    issuer_body: IssuerBody = None,
    lead: Lead = None,
    no_lead: NoLead = False,
    coordinating: Coordinating = None,
    no_coordinating: NoCoordinating = False,
    deadline: DeadlineWords = None,
    due_from: DueFrom = None,
    due: Due = None,
    recurrence: Recurs = None,
    no_deadline: NoDeadline = False,
    reviewer: Who = None,
    reason: Why = None,
    db: Db = DATABASE,
    lang: Lang = "vi",
) -> None:
    messages = Messages(lang)
    values = _values(
        words=words,
        kind=kind,
        issuer={"person": issuer_person, "role": issuer_role, "body": issuer_body},
        lead=() if no_lead else lead,
        coordinating=() if no_coordinating else coordinating,
        deadline={"text": deadline, "start": due_from, "end": due, "recurrence": recurrence},
        no_deadline=no_deadline,
    )
    with _reviewing(db, reviewer, messages) as review:
        review.edit(task, _correction(values), reason)


@app.command(help="help_add")
def add(
    report: Annotated[str, typer.Argument(metavar="REPORT", help="arg_report", show_default=False)],
    words: Annotated[str, _text("--words", "opt_words")],
    kind: Annotated[
        Literal["directive", "commitment", "proposal"], typer.Option("--kind", help="opt_kind")
    ] = "directive",
    issuer_person: IssuerPerson = None,
    issuer_role: IssuerRole = None,
    issuer_body: IssuerBody = None,
    lead: Lead = None,
    coordinating: Coordinating = None,
    deadline: DeadlineWords = None,
    due_from: DueFrom = None,
    due: Due = None,
    recurrence: Recurs = None,
    reviewer: Who = None,
    reason: Why = None,
    db: Db = DATABASE,
    lang: Lang = "vi",
) -> None:
    values = _values(
        words=words,
        kind=kind,
        issuer={"person": issuer_person, "role": issuer_role, "body": issuer_body},
        lead=lead,
        coordinating=coordinating,
        deadline={"text": deadline, "start": due_from, "end": due, "recurrence": recurrence},
        no_deadline=False,
    )
    with _reviewing(db, reviewer, Messages(lang)) as review:
        typer.echo(review.add(report, _correction(values), reason))


@app.command(name="import", help="help_import")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="arg_corrected", show_default=False)],
    reviewer: Who = None,
    reason: Why = None,
    db: Db = DATABASE,
    lang: Lang = "vi",
) -> None:
    """Each file is stored whole or not at all; the first that can't be ends the command."""
    from pipeline.commands.reviewed import import_file, print_imported
    from pipeline.store.review.gold_files import Imported

    messages = Messages(lang)
    done = Imported()
    for file in files:
        with _reviewing(db, reviewer, messages, origin=file.name) as review:
            done = done.plus(import_file(review, file, reason))
    print_imported(done, messages)


@app.command(help="help_queue")
def queue(
    body: BodyName = None,
    issuer: IssuerName = None,
    kind: KindName = None,
    province: Province = None,
    source: SourceName = None,
    published_from: PublishedFrom = None,
    published_to: PublishedTo = None,
    limit: Limit = QUEUE,
    output: Output = "table",
    db: Db = DATABASE,
    lang: Lang = "vi",
) -> None:
    messages = Messages(lang)
    selection = make_selection(
        messages,
        body=body,
        issuer=issuer,
        kind=kind,
        province=province,
        source=source,
        published_from=published_from,
        published_to=published_to,
    )
    from pipeline.commands.reviewed import print_queue
    from pipeline.commands.selection_options import opened
    from pipeline.store.review.queue import review_queue

    with opened(db, messages) as database, database.reading() as connection:
        found = review_queue(connection, selection, limit=limit or None)
    print_queue(found, output, messages)


@app.command(help="help_export_gold")
def export(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="arg_gold_folder", show_default=False)],
    db: Db = DATABASE,
    lang: Lang = "vi",
) -> None:
    from pipeline import terminal
    from pipeline.store.database import open_database
    from pipeline.store.review.gold_export import export_gold

    messages = Messages(lang)
    try:
        with open_database(db, create=False) as database, database.reading() as connection:
            written = export_gold(connection, folder)
    except PipelineError as error:
        terminal.print_fault(error, messages)
        raise typer.Exit(FAILED) from error
    typer.echo(messages.say("gold_written", reports=written))
    terminal.print_path("results_written", str(folder), messages)


@contextlib.contextmanager
def _reviewing(db: str, reviewer: str | None, messages: Messages, origin: str = "command") -> Iterator[Reviewer]:
    """What stores reviews, all of the block in one transaction; a fault ends the command with a message."""
    from pipeline import terminal
    from pipeline.store.database import open_database
    from pipeline.store.review.reviewing import Reviewer, Signature

    try:
        signature = Signature(
            reviewer=reviewer if reviewer is not None else getpass.getuser(),
            at=datetime.datetime.now().astimezone(),
            origin=origin,
        )
        with open_database(db, create=False) as database, database.writing() as connection:
            yield Reviewer(connection, signature)
    except PipelineError as error:
        terminal.print_fault(error, messages)
        raise typer.Exit(WRONG_USE) from error


def _values(*, no_deadline: bool, **given: Any) -> dict[str, Any]:
    """What was given: an option left out says nothing of its field, an empty one that there is none."""
    values: dict[str, Any] = {}
    for name, value in given.items():
        if isinstance(value, dict):
            value = {part: one or None for part, one in value.items() if one is not None} or None
        if value is not None:
            values[name] = value
    if no_deadline:
        values["deadline"] = None
    return values


def _correction(values: dict[str, Any]) -> Any:
    import msgspec

    from pipeline.errors import ReviewError
    from pipeline.store.review.corrections import Correction

    try:
        return msgspec.convert(values, Correction)
    except msgspec.ValidationError as error:
        raise ReviewError("a value can't be used ({reason})", remedy="Correct it", reason=error) from error
