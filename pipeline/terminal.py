"""What the commands print: the progress bar, the closing table, one report's directives, findings, scores."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from pipeline.errors import PipelineError
from pipeline.evaluate import Evaluation, Rate, Scores
from pipeline.messages import Messages
from pipeline.records import Body, Directive, Document, Failure, Finding, Issuer, RunRecord, Task
from pipeline.store.exports.options import Written

# A report's text may hold escape sequences; a terminal must not act on them.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


@contextlib.contextmanager
def progress_bar(messages: Messages) -> Iterator[Callable[[str, int, int], None]]:
    """A bar on standard error while the block runs, none where that is no terminal; gives the function to tell."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        files = bar.add_task(messages.say("reading"), total=None)

        def tell(stage: str, done: int, total: int) -> None:
            bar.update(files, description=messages.say(stage), completed=done, total=total)

        yield tell


def print_error(problem: str, messages: Messages) -> None:
    """The problem on standard error."""
    Console(stderr=True, soft_wrap=True).print(
        Text(f"{messages.say('error')}: ", style="bold red") + Text(plain(problem))
    )


def print_fault(error: PipelineError, messages: Messages) -> None:
    """What stopped a command, where, and what to do about it, on standard error."""
    failure = messages.failure(error)
    where = f"{failure.path}: " if failure.path else ""
    remedy = f" {failure.remedy}." if failure.remedy else ""
    print_error(f"{where}{failure.reason}.{remedy}", messages)


def print_failures(failures: Iterable[Failure], messages: Messages) -> None:
    """A line on standard error for each file that failed."""
    console = Console(stderr=True, soft_wrap=True)
    for failure in failures:
        line = messages.say("failure", path=failure.path, reason=failure.reason, remedy=failure.remedy)
        console.print(Text(plain(line)))


def print_exported(written: Written, location: str, messages: Messages) -> None:
    """How many tasks an export holds, how many had no place in it, and where it is."""
    console = Console(soft_wrap=True)
    console.print(Text(messages.say("exported", tasks=written.tasks)))
    if written.left_out:
        console.print(Text(messages.say("exported_left_out", tasks=written.left_out)))
    print_path("results_written", location, messages)


def print_closing(record: RunRecord, messages: Messages) -> None:
    """The run's counts as a short table."""
    table = Table(show_header=False)
    table.add_column()
    table.add_column(justify="right")
    counts = record.counts
    rows = (
        ("closing_reports", counts.reports),
        ("closing_duplicates", counts.duplicates),
        ("closing_directives", counts.directives),
        ("closing_tasks", counts.tasks),
        ("closing_with_deadline", counts.with_deadline),
        ("closing_failures", counts.failures),
        ("closing_problems", counts.problems),
        ("closing_conflicts", counts.conflicts),
    )
    for key, number in rows:
        table.add_row(messages.say(key), str(number))
    Console().print(table)


def print_path(key: str, path: str, messages: Messages) -> None:
    """Where something was written."""
    Console(soft_wrap=True).print(Text(plain(messages.say(key, path=path))))


def print_document(document: Document, messages: Messages) -> None:
    """One report: its head, then each directive with its issuer and tasks."""
    console = Console(soft_wrap=True)
    unknown = messages.say("show_unknown")
    _field(console, messages.say("show_title"), document.document.title or unknown)
    _field(console, messages.say("show_published"), document.document.published or unknown)
    meeting = ", ".join(part for part in (document.meeting.name, document.meeting.date) if part)
    _field(console, messages.say("show_meeting"), meeting or unknown)
    _print_reading(console, document, messages)
    if not document.directives:
        console.print(messages.say("show_none"))
    for number, directive in enumerate(document.directives, 1):
        _print_directive(console, number, directive, messages)


def print_findings(findings: Sequence[Finding], offset: int, messages: Messages) -> None:
    """What was read at a place, widest first, as a table."""
    if not findings:
        Console().print(messages.say("explain_none", offset=offset))
        return
    table = Table()
    for key in ("explain_kind", "explain_span", "explain_words", "explain_value", "explain_rule"):
        table.add_column(messages.say(key), overflow="fold")
    for finding in findings:
        span = f"{finding.start}-{finding.end}"
        cells = (finding.kind, span, _shortened(finding.exact), finding.value, finding.rule)
        table.add_row(*(Text(plain(cell)) for cell in cells))
    Console().print(table)


def print_evaluation(evaluation: Evaluation, messages: Messages, *, misses: bool) -> None:
    """The figures over all reports, then by group; each disagreement before them where asked for."""
    console = Console()
    if misses:
        lines = Console(soft_wrap=True)
        for line in evaluation.misses:
            lines.print(Text(plain(line)))
    console.print(_total_table(evaluation.total, messages))
    console.print(_group_table(evaluation.groups, messages))


def _total_table(scores: Scores, messages: Messages) -> Table:
    table = Table()
    table.add_column(messages.say("score_figure"))
    for key in ("score_f1", "score_precision", "score_recall", "score_predicted", "score_gold"):
        table.add_column(messages.say(key), justify="right")
    for name, value in scores._asdict().items():
        if isinstance(value, Rate):
            shares = (value.f1, value.precision, value.recall)
            table.add_row(name, *map(_share, shares), str(value.predicted), str(value.gold))
        else:
            table.add_row(name, _share(value) if isinstance(value, float) else str(value))
    return table


def _group_table(groups: dict[str, Scores], messages: Messages) -> Table:
    table = Table()
    table.add_column(messages.say("score_group"))
    for group in groups:
        table.add_column(group, justify="right", overflow="fold")
    for name in Scores._fields:
        values = (getattr(scores, name) for scores in groups.values())
        table.add_row(name, *(_figure(value) for value in values))
    return table


def _figure(value: Rate | float | int) -> str:
    if isinstance(value, int):
        return str(value)
    return _share(value.f1 if isinstance(value, Rate) else value)


def _print_reading(console: Console, document: Document, messages: Messages) -> None:
    """What is wrong with the text, and what was done to it while it was read."""
    quality = document.document.quality
    damage = {"no_diacritics": "show_no_diacritics", "corrupt": "show_corrupt"}.get(quality.level if quality else "")
    if quality and damage:
        _field(console, messages.say("show_quality"), messages.say(damage, impossible=f"{quality.impossible:.1%}"))
    for note in document.document.notes:
        _field(console, messages.say("show_note"), messages.note(note))


def _print_directive(console: Console, number: int, directive: Directive, messages: Messages) -> None:
    console.print()
    kind = messages.say(f"show_kind_{directive.kind}")
    issuer = _issuer(directive.issuer) or messages.say("show_unknown")
    console.print(Text(f"{number}. {kind}", style="bold") + Text(f" | {messages.say('show_issuer')}: {plain(issuer)}"))
    for task in directive.tasks:
        _print_task(console, task, messages)


def _print_task(console: Console, task: Task, messages: Messages) -> None:
    _field(console, f"   {messages.say('show_task')}", task.span.exact)
    for key, bodies in (("show_lead", task.lead), ("show_coordinating", task.coordinating)):
        if bodies:
            _field(console, f"      {messages.say(key)}", _names(bodies))
    if task.deadline:
        deadline = task.deadline
        days = " … ".join(day or "" for day in (deadline.start, deadline.end)) if deadline.start else deadline.end
        value = ", ".join(part for part in (days, deadline.recurrence) if part)
        _field(
            console, f"      {messages.say('show_deadline')}", f"{deadline.text} ({value})" if value else deadline.text
        )


def _field(console: Console, name: str, value: str) -> None:
    console.print(Text(f"{name}: ", style="dim") + Text(plain(value)))


def _issuer(issuer: Issuer) -> str:
    return ", ".join(part for part in (issuer.person, issuer.role, issuer.body) if part)


def _names(bodies: Iterable[Body]) -> str:
    return "; ".join(body.name for body in bodies)


def _share(value: float) -> str:
    return f"{value:.3f}"


def _shortened(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:80]} … {text[-30:]}"


def plain(text: str) -> str:
    """The text as a terminal may show it: control characters are blanks."""
    return _CONTROL.sub(" ", text)
