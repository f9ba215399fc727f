"""`chidao check`, `backup`, `history` and `runs`: whether the database is sound, a copy of it, what was said when."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.selection_options import DATABASE, FAILED, Db, Lang
from pipeline.errors import PipelineError
from pipeline.messages import Messages

if TYPE_CHECKING:
    from pipeline.store.database import Database

AsJson = Annotated[bool, typer.Option("--json", help="opt_json")]


def check(as_json: AsJson = False, db: Db = DATABASE, lang: Lang = "vi") -> None:
    """Every fault on a line of its own; exits with 1 where there is one."""
    from pipeline.commands.kept import print_fault, print_unfinished
    from pipeline.store.database.checks import check as faults_of
    from pipeline.store.database.checks import unfinished_runs

    messages = Messages(lang)
    count = 0
    with _opened(db, messages) as database:
        for fault in faults_of(database):
            count += 1
            print_fault(fault, messages, as_json=as_json)
        with database.reading() as connection:
            unfinished = unfinished_runs(connection)
    if not as_json:
        print_unfinished(unfinished, messages)
        typer.echo(messages.say("check_faults", count=count) if count else messages.say("check_sound"))
    if count:
        raise typer.Exit(FAILED)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="arg_backup", show_default=False)],
    db: Db = DATABASE,
    lang: Lang = "vi",
) -> None:
    """A copy of the database in the file."""
    from pipeline import terminal
    from pipeline.store.database.backup import back_up

    messages = Messages(lang)
    with _opened(db, messages) as database:
        back_up(database, file)
    terminal.print_path("results_written", str(file), messages)


def history(
    task: Annotated[str, typer.Argument(metavar="TASK", help="arg_task", show_default=False)],
    as_json: AsJson = False,
    db: Db = DATABASE,
    lang: Lang = "vi",
) -> None:
    """All that runs and people said of a task."""
    import msgspec

    from pipeline.commands.kept import print_history
    from pipeline.store.database.history import task_history

    messages = Messages(lang)
    with _opened(db, messages) as database, database.reading() as connection:
        moments = task_history(connection, task)
    if as_json:
        typer.echo(json.dumps(msgspec.to_builtins(moments), ensure_ascii=False, indent=1))
    else:
        print_history(moments, messages)


def runs(as_json: AsJson = False, db: Db = DATABASE, lang: Lang = "vi") -> None:
    """The runs, oldest first: their numbers are what "as of" takes."""
    from pipeline.commands.kept import print_runs
    from pipeline.store.database.history import runs as read_runs

    messages = Messages(lang)
    with _opened(db, messages) as database, database.reading() as connection:
        found = read_runs(connection)
    print_runs(found, messages, as_json=as_json)


@contextlib.contextmanager
def _opened(db: str, messages: Messages) -> Iterator[Database]:
    from pipeline import terminal
    from pipeline.store.database import open_database

    try:
        with open_database(db, create=False) as database:
            yield database
    except PipelineError as error:
        terminal.print_fault(error, messages)
        raise typer.Exit(FAILED) from error
