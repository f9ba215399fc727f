"""`chidao export`: the tasks chosen as a file that another program opens."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.selection_options import (
    FAILED,
    BodyName,
    DueAfter,
    DueBefore,
    IssuerName,
    KindName,
    Lang,
    LeadName,
    OverdueOn,
    Province,
    PublishedFrom,
    PublishedTo,
    SourceName,
    WithoutDeadline,
    make_selection,
)
from pipeline.messages import Messages
from pipeline.store.exports.options import Columns, ExportOptions, FormatName


def export(
    results: Annotated[Path, typer.Argument(metavar="RESULTS", help="arg_results")] = Path("outputs"),
    format_: Annotated[FormatName, typer.Option("--format", help="opt_export_format")] = "csv",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="opt_export_out", show_default=False)
    ] = None,
    columns: Annotated[Columns, typer.Option("--columns", help="opt_columns")] = "form",
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
    db: Annotated[
        str | None, typer.Option("--db", metavar="DATABASE", help="opt_export_db", show_default=False)
    ] = None,
    lang: Lang = "vi",
) -> None:
    """Writes the export and says how many tasks it holds; exits with 1 where it can't be written."""
    from pipeline import __version__, terminal
    from pipeline.errors import StoreError
    from pipeline.store.exports.formats import format_named
    from pipeline.store.exports.sources import open_tasks
    from pipeline.store.exports.write import export as write_export

    messages = Messages(lang)
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
    chosen = format_named(format_)
    location = out if out is not None else results / f"export{chosen.suffix}"
    options = ExportOptions(columns=columns, version=__version__)
    try:
        with open_tasks(db if db is not None else str(results), selection) as tasks:
            written = write_export(tasks, chosen, location, options)
    except StoreError as error:
        terminal.print_fault(error, messages)
        raise typer.Exit(FAILED) from error
    terminal.print_exported(written, str(location), messages)
