"""`chidao export`: the tasks chosen as a file that another program opens."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.messages import Language, Messages
from pipeline.store.exports.options import Columns, ExportOptions, FormatName

FAILED = 1


def export(
    results: Annotated[Path, typer.Argument(metavar="RESULTS", help="arg_results")] = Path("outputs"),
    format_: Annotated[FormatName, typer.Option("--format", help="opt_export_format")] = "csv",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="opt_export_out", show_default=False)
    ] = None,
    columns: Annotated[Columns, typer.Option("--columns", help="opt_columns")] = "form",
    lang: Annotated[Language, typer.Option("--lang", help="opt_lang")] = "vi",
) -> None:
    """Writes the export and says how many tasks it holds; exits with 1 where it can't be written."""
    from pipeline import __version__, terminal
    from pipeline.errors import StoreError
    from pipeline.store.exports.formats import format_named
    from pipeline.store.exports.sources import open_tasks
    from pipeline.store.exports.write import export as write_export

    messages = Messages(lang)
    chosen = format_named(format_)
    location = out if out is not None else results / f"export{chosen.suffix}"
    try:
        with open_tasks(str(results)) as source:
            written = write_export(source, chosen, location, ExportOptions(columns=columns, version=__version__))
    except StoreError as error:
        terminal.print_stop(error, messages)
        raise typer.Exit(FAILED) from error
    terminal.print_exported(written, str(location), messages)
