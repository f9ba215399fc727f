"""The command line: arguments and exit codes only.

Exit codes: 0 all well, 1 some file failed, 2 wrong use, 128 and the signal's number where a run was broken off. What is
asked for goes to standard output, all else to standard error. Heavy imports stand in the commands, so that help and
wrong use answer at once.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from typer.main import get_command

from pipeline import __version__
from pipeline.commands import clarity as clarity_command
from pipeline.commands import export as export_command
from pipeline.commands import following, keeping, reviewing, searching
from pipeline.errors import PipelineError
from pipeline.messages import LANGUAGES, Language, Messages

if TYPE_CHECKING:
    from pipeline.records import Report
    from pipeline.store.database.run_database import RunDatabase

DATABASE = "directives.db"
"""The database's name in the folder of results."""
FAILED, WRONG_USE = 1, 2
# As shells say it: 130 for an interruption, 143 for a request to end.
SIGNALLED = 128
OutputFormat = Literal["json", "jsonl", "parquet"]
Engine = Literal["local", "dask"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line and exits. `arguments` are the process's own unless given."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        # The program's words and results are Vietnamese in UTF-8, whatever the terminal's locale says.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    localised_command(language_of(given))(args=given, prog_name="chidao")


def language_of(arguments: Sequence[str]) -> Language:
    """The language that `--lang` asks for, known before anything is parsed, for help and messages of wrong use."""
    for place, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == "--lang":
            value = value if equals else "".join(arguments[place + 1 : place + 2])
            return next((language for language in LANGUAGES if language == value), "vi")
    return "vi"


def localised_command(language: Language) -> Any:
    """The command line with its help in that language; below, help texts are keys of the catalogue."""
    say = Messages(language).say
    group: Any = get_command(app)
    commands = [group]
    for command in commands:
        commands += getattr(command, "commands", {}).values()
        command.help = say(command.help)
        for parameter in command.params:
            if parameter.help:
                parameter.help = say(parameter.help)
    return group


app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

Lang = Annotated[Language, typer.Option("--lang", help="opt_lang")]
Published = Annotated[str | None, typer.Option("--published", metavar="DATE", help="opt_published")]
InputPath = Annotated[str, typer.Argument(metavar="FILE", help="arg_file", show_default=False)]
Encoding = Annotated[str | None, typer.Option("--encoding", metavar="NAME", help="opt_encoding", show_default=False)]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"chidao {__version__}")
        raise typer.Exit


@app.callback(help="help")
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="opt_version", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    pass


@app.command(help="help_run")
def run(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help="arg_inputs", show_default=False)],
    out: Annotated[str, typer.Option("--out", metavar="FOLDER", help="opt_out")] = "outputs",
    manifest: Annotated[
        str | None, typer.Option("--manifest", metavar="FILE", help="opt_manifest", show_default=False)
    ] = None,
    encoding: Encoding = None,
    text_column: Annotated[
        str | None, typer.Option("--text-column", metavar="NAME", help="opt_text_column", show_default=False)
    ] = None,
    date_column: Annotated[
        str | None, typer.Option("--date-column", metavar="NAME", help="opt_date_column", show_default=False)
    ] = None,
    id_column: Annotated[
        str | None, typer.Option("--id-column", metavar="NAME", help="opt_id_column", show_default=False)
    ] = None,
    keep_duplicates: Annotated[bool, typer.Option("--keep-duplicates", help="opt_keep_duplicates")] = False,
    format: Annotated[
        OutputFormat | None, typer.Option("--format", help="opt_format", show_default=False)
    ] = None,
    digest: Annotated[bool | None, typer.Option("--digest/--no-digest", help="opt_digest", show_default=False)] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", metavar="N", min=0, help="opt_workers", show_default=False)
    ] = None,
    timeout: Annotated[float, typer.Option("--timeout", metavar="SECONDS", min=0.1, help="opt_timeout")] = 600,
    force: Annotated[bool, typer.Option("--force", help="opt_force")] = False,
    engine: Annotated[Engine, typer.Option("--engine", help="opt_engine")] = "local",
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", metavar="ADDRESS", help="opt_scheduler", show_default=False)
    ] = None,
    part: Annotated[int, typer.Option("--part", metavar="N", min=1, help="opt_part")] = 500,
    db: Annotated[
        str | None, typer.Option("--db", metavar="DATABASE", help="opt_run_db", show_default=False)
    ] = None,
    no_db: Annotated[bool, typer.Option("--no-db", help="opt_no_db")] = False,
    lang: Lang = "vi",
) -> None:
    from pipeline import batch, terminal
    from pipeline.errors import ClusterError, ManifestError, StoreError, UnreadableDocument, WorkerError
    from pipeline.read.items import ReadOptions

    messages = Messages(lang)
    if (engine == "dask") != (scheduler is not None):
        raise typer.BadParameter(messages.say("needs_scheduler"))
    started = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
    options = batch.RunOptions(
        read=ReadOptions(encoding=encoding, text_column=text_column, date_column=date_column, id_column=id_column),
        keep_duplicates=keep_duplicates,
        format=format or ("json" if scheduler is None else "parquet"),
        digest=digest,
        language=lang,
    )
    try:
        stored = _database(None if no_db or scheduler is not None else db or Path(out) / DATABASE, started)
        with stored as database, terminal.progress_bar(messages) as tell, _ended_by_signals():
            if scheduler is not None:
                from pipeline.cluster import engine as cluster

                given = {"--format": options.format != "parquet", "--digest": digest, "--workers": workers, "--db": db}
                _refuse(given, messages)
                record = cluster.run(
                    inputs,
                    out=out,
                    scheduler=scheduler,
                    started=started,
                    manifest=manifest,
                    options=options,
                    part=part,
                    progress=tell,
                )
            else:
                record = batch.run(
                    inputs,
                    out_dir=Path(out),
                    started=started,
                    manifest=Path(manifest) if manifest is not None else None,
                    options=options,
                    database=database,
                    force=force,
                    workers=_cores() if workers is None else workers,
                    timeout=timeout,
                    progress=tell,
                )
    except (ManifestError, StoreError, UnreadableDocument, WorkerError, ClusterError) as error:
        raise _stop(error, messages, WRONG_USE) from error
    except _Ended as ended:
        terminal.print_error(messages.say("broken_off" if scheduler is None else "broken_off_dask"), messages)
        raise typer.Exit(SIGNALLED + ended.number) from ended
    faults = (*record.failures, *record.problems)
    terminal.print_failures(faults, messages)
    terminal.print_closing(record, messages)
    terminal.print_path("results_written", out, messages)
    if faults:
        raise typer.Exit(FAILED)


@contextlib.contextmanager
def _database(address: str | Path | None, started: str) -> Iterator[RunDatabase | None]:
    """The database that a run stores its documents in; null for none."""
    if address is None:
        yield None
        return
    from pipeline.store.database.run_database import RunDatabase

    with RunDatabase(address, started=started) as database:
        yield database


@app.command(help="help_show")
def show(file: InputPath, published: Published = None, encoding: Encoding = None, lang: Lang = "vi") -> None:
    from pipeline import terminal
    from pipeline.document import extract_document

    messages = Messages(lang)
    terminal.print_document(extract_document(_read(file, published, encoding, messages)), messages)


@app.command(help="help_schema")
def schema(lang: Lang = "vi") -> None:
    from pipeline.records import document_schema

    typer.echo(_json(document_schema(), indent=2))


@app.command(help="help_evaluate")
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="arg_gold", show_default=False)],
    only: Annotated[str, typer.Option("--only", metavar="PREFIX", help="opt_only", show_default=False)] = "",
    misses: Annotated[bool, typer.Option("--misses", help="opt_misses")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="opt_json")] = False,
    lang: Lang = "vi",
) -> None:
    from pipeline import evaluate as evaluation
    from pipeline import terminal
    from pipeline.document import extract_document

    messages = Messages(lang)
    try:
        result = evaluation.evaluate(gold, extract_document, only=only)
    except PipelineError as error:
        raise _stop(error, messages, FAILED) from error
    if as_json:
        typer.echo(_json(result.as_json(misses=misses), indent=1))
    else:
        terminal.print_evaluation(result, messages, misses=misses)


@app.command(help="help_explain")
def explain(
    file: InputPath,
    offset: Annotated[int, typer.Argument(metavar="OFFSET", help="arg_offset", show_default=False)],
    published: Published = None,
    encoding: Encoding = None,
    lang: Lang = "vi",
) -> None:
    from pipeline import terminal
    from pipeline.explain import explain as findings_at

    messages = Messages(lang)
    report = _read(file, published, encoding, messages)
    try:
        findings = findings_at(report, offset)
    except IndexError as error:
        length = len(report.text)
        terminal.print_error(messages.say("bad_offset", length=length, last=length - 1), messages)
        raise typer.Exit(WRONG_USE) from error
    terminal.print_findings(findings, offset, messages)


@app.command(help="help_date")
def date(
    text: Annotated[str | None, typer.Argument(metavar="TEXT", help="arg_text", show_default=False)] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="opt_on", show_default=False)] = None,
    batch: Annotated[str | None, typer.Option("--batch", metavar="FILE", help="opt_batch", show_default=False)] = None,
    lang: Lang = "vi",
) -> None:
    from pipeline import terminal

    messages = Messages(lang)
    if batch is not None and text is None and on is None:
        _answer_lines(batch, messages)
    elif batch is None and text is not None and on is not None:
        from pipeline.date_lines import answer

        typer.echo(answer(text, _day(on, messages)))
    else:
        terminal.print_error(messages.say("text_or_batch"), messages)
        raise typer.Exit(WRONG_USE)


app.add_typer(reviewing.app, name="review", help="help_review")
app.command(name="check", help="help_check")(keeping.check)
app.command(name="backup", help="help_backup")(keeping.backup)
app.command(name="history", help="help_history")(keeping.history)
app.command(name="runs", help="help_runs")(keeping.runs)
app.command(name="follow", help="help_follow")(following.follow)
app.command(name="search", help="help_search")(searching.search)
app.command(name="tasks", help="help_tasks")(searching.tasks)
app.command(name="body", help="help_body")(searching.body)
app.command(name="person", help="help_person")(searching.person)
app.command(name="clarity", help="help_clarity")(clarity_command.clarity)
app.command(name="export", help="help_export")(export_command.export)


class _Ended(BaseException):
    """A signal to end."""

    def __init__(self, number: int) -> None:
        self.number = number


@contextlib.contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Raises where the process is interrupted or told to end, so that what was worked out is put by."""

    def end(number: int, frame: object) -> None:
        # A second signal would only disturb the tidying up.
        for each in signals:
            signal.signal(each, signal.SIG_IGN)
        raise _Ended(number)

    signals = (signal.SIGINT, signal.SIGTERM)
    before = {each: signal.signal(each, end) for each in signals}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _refuse(options: Mapping[str, object], messages: Messages) -> None:
    """Wrong use where one of the options was given that say nothing to Dask."""
    for name, given in options.items():
        if given:
            raise typer.BadParameter(messages.say("not_with_dask", option=name))


def _cores() -> int:
    """How many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def _read(file: str, published: str | None, encoding: str | None, messages: Messages) -> Report:
    from pipeline.read import read
    from pipeline.read.items import ReadOptions
    from pipeline.read.manifest import make_entry

    day = _day(published, messages).isoformat() if published is not None else None
    try:
        return read(file, entry=make_entry(file=file, published=day), options=ReadOptions(encoding=encoding))
    except PipelineError as error:
        raise _stop(error, messages, FAILED) from error


def _answer_lines(file: str, messages: Messages) -> None:
    from pipeline import terminal
    from pipeline.date_lines import answer_line

    failed = False
    try:
        # "-" is standard input; its bytes are UTF-8 whatever the locale says.
        with open(0 if file == "-" else file, encoding="utf-8", errors="replace", closefd=file != "-") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    typer.echo(answer_line(line))
                except ValueError:
                    # An answer for every line, so that the n-th answer is to the n-th line.
                    typer.echo("null")
                    failed = True
                    terminal.print_error(messages.say("bad_line", line=number), messages)
    except OSError as error:
        terminal.print_error(f"{file}: {error.strerror}", messages)
        raise typer.Exit(FAILED) from error
    if failed:
        raise typer.Exit(FAILED)


def _day(text: str, messages: Messages) -> datetime.date:
    from pipeline.read.manifest import parse_day

    day = parse_day(text)
    if day is None:
        raise typer.BadParameter(messages.say("bad_day", day=repr(text)))
    return day


def _stop(error: PipelineError, messages: Messages, code: int) -> typer.Exit:
    from pipeline import terminal

    terminal.print_fault(error, messages)
    return typer.Exit(code)


def _json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)
