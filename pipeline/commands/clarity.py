"""`chidao clarity`: which of the "N rõ" the tasks state, the questions about the rest, and totals."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipeline.commands.selection_options import (
    DATABASE,
    FAILED,
    WRONG_USE,
    BodyName,
    DueAfter,
    DueBefore,
    IssuerName,
    KindName,
    Lang,
    LeadName,
    Limit,
    Output,
    OverdueOn,
    Province,
    PublishedFrom,
    PublishedTo,
    SourceName,
    WithoutDeadline,
    make_selection,
)
from pipeline.messages import Messages

if TYPE_CHECKING:
    from pipeline.records import Failure
    from pipeline.store.database.selection import Selection
    from pipeline.store.exports.sources import TaskSource

TASKS = 100
"""How many tasks are shown unless asked otherwise; totals count all."""
By = Literal["issuer", "body"]


def clarity(
    inputs: Annotated[
        list[str] | None, typer.Argument(metavar="INPUT...", help="arg_clarity_inputs", show_default=False)
    ] = None,
    manifest: Annotated[
        str | None, typer.Option("--manifest", metavar="FILE", help="opt_manifest", show_default=False)
    ] = None,
    profile: Annotated[
        str | None, typer.Option("--profile", metavar="NAME", help="opt_profile", show_default=False)
    ] = None,
    profiles: Annotated[bool, typer.Option("--profiles", help="opt_profiles")] = False,
    by: Annotated[By | None, typer.Option("--by", help="opt_by", show_default=False)] = None,
    body: BodyName = None,
    lead: LeadName = None,
    issuer: IssuerName = None,
    kind: KindName = None,
    due_before: DueBefore = None,
    due_after: DueAfter = None,
    overdue_on: OverdueOn = None,
    without_deadline: WithoutDeadline = False,
    province: Province = None,
    source: SourceName = None,
    published_from: PublishedFrom = None,
    published_to: PublishedTo = None,
    limit: Limit = TASKS,
    output: Output = "table",
    workers: Annotated[int, typer.Option("--workers", metavar="N", min=0, help="opt_workers_here")] = 0,
    db: Annotated[
        str | None, typer.Option("--db", metavar="DATABASE", help="opt_db", show_default=False)
    ] = None,
    lang: Lang = "vi",
) -> None:
    """The tasks of the files given, or of the database; proposals are left out."""
    from pipeline import terminal
    from pipeline.clarity.audit import audit_document
    from pipeline.clarity.profiles import ProfileError, find_profile
    from pipeline.clarity.totals import total_by
    from pipeline.commands.clarity_listing import print_audits, print_profiles, print_totals
    from pipeline.errors import PipelineError

    messages = Messages(lang)
    if profiles:
        print_profiles(output, messages)
        return
    if inputs and db is not None:
        raise typer.BadParameter(messages.say("inputs_or_db"))
    asked = (
        body, lead, issuer, kind, due_before, due_after, overdue_on, province, source, published_from, published_to
    )  # fmt: skip
    selection = None
    if without_deadline or any(value is not None for value in asked):
        selection = make_selection(
            messages,
            body=body,
            lead=lead,
            issuer=issuer,
            kind=kind,
            due_before=due_before,
            due_after=due_after,
            overdue_on=overdue_on,
            without_deadline=without_deadline,
            province=province,
            source=source,
            published_from=published_from,
            published_to=published_to,
        )
    try:
        chosen = find_profile(profile)
        with _tasks(inputs, manifest, selection, workers, db, messages) as (tasks, faults):
            audits = [audit for document in tasks.documents() for audit in audit_document(document, chosen, lang)]
    except ProfileError as error:
        terminal.print_fault(error, messages)
        raise typer.Exit(WRONG_USE) from error
    except PipelineError as error:
        terminal.print_fault(error, messages)
        raise typer.Exit(FAILED) from error
    if by is not None:
        print_totals(total_by(audits, by, chosen), chosen, by, output, messages)
    else:
        print_audits(audits, chosen, limit, output, messages)
    terminal.print_failures(faults, messages)
    if faults:
        raise typer.Exit(FAILED)


@contextlib.contextmanager
def _tasks(
    inputs: list[str] | None,
    manifest: str | None,
    selection: Selection | None,
    workers: int,
    db: str | None,
    messages: Messages,
) -> Iterator[tuple[TaskSource, tuple[Failure, ...]]]:
    if inputs:
        from pipeline.commands.inputs import read_inputs

        with read_inputs(
            inputs, manifest=manifest, selection=selection, workers=workers, messages=messages
        ) as found:
            yield found
        return
    from pipeline.store.exports.sources import open_tasks

    with open_tasks(db if db is not None else DATABASE, selection) as tasks:
        yield tasks, ()
