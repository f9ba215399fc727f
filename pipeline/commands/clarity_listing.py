"""Audited tasks and totals as a table for the eye, as JSON, or as CSV for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.clarity.profiles import Profile, ProfileSlot, load_profiles
from pipeline.clarity.records import ClarityTotal, SlotReading, TaskClarity
from pipeline.clarity.totals import By, sum_up
from pipeline.commands.listing import print_csv, print_json
from pipeline.commands.selection_options import Format
from pipeline.messages import Messages
from pipeline.records import Evidence, Issuer
from pipeline.store.task_rows import Value
from pipeline.terminal import plain

_STATED, _MISSING = "✓", "–"
_PLACES = "; "


def print_audits(
    audits: Sequence[TaskClarity], profile: Profile, limit: int, output: Format, messages: Messages
) -> None:
    """The audits on standard output, at most `limit` of them (0: all), for the eye with the sum of all below them; that
    there are more, or none, on standard error."""
    shown = audits[:limit] if limit else audits
    if output == "json":
        print_json(shown)
    elif output == "csv":
        print_csv(_names(profile), (_row(audit) for audit in shown))
    elif shown:
        for number, audit in enumerate(shown, 1):
            _print_task(number, audit, profile, messages)
        _print_sum(audits, profile, messages)
    if len(audits) > len(shown):
        Console(stderr=True).print(messages.say("list_more", count=len(shown)))
    elif not shown:
        Console(stderr=True).print(messages.say("list_none"))


def print_totals(
    totals: Sequence[ClarityTotal], profile: Profile, by: By, output: Format, messages: Messages
) -> None:
    """The totals on standard output, each share with the numbers it is made of."""
    if output == "json":
        print_json(totals)
    elif output == "csv":
        slots = [item.slot for item in profile.slots]
        names = ["name", "id", "profile", "tasks", *slots, "complete"]
        rows = (
            [total.name, total.id, total.profile, total.tasks, *(total.slots[slot] for slot in slots), total.complete]
            for total in totals
        )
        print_csv(names, rows)
    elif totals:
        table = Table()
        table.add_column(messages.say("list_issuer" if by == "issuer" else "list_lead"), overflow="fold")
        table.add_column(messages.say("clarity_tasks"), justify="right")
        for item in profile.slots:
            table.add_column(_called(item, messages), justify="right")
        table.add_column(messages.say("clarity_complete"), justify="right")
        for total in totals:
            counts = [*(total.slots[item.slot] for item in profile.slots), total.complete]
            name = total.name if total.name is not None else messages.say("clarity_nobody")
            table.add_row(_cell(name), str(total.tasks), *(_share(count, total.tasks, "\n") for count in counts))
        Console().print(table)
    if not totals:
        Console(stderr=True).print(messages.say("list_none"))


def print_profiles(output: Format, messages: Messages) -> None:
    """The lists of "N rõ" that can be asked for, each with its slots and its source."""
    profiles = load_profiles()
    if output == "json":
        print_json(profiles)
        return
    rows = [
        (
            profile.name,
            profile.vi if messages.language == "vi" else profile.en,
            ", ".join(_called(item, messages) for item in profile.slots),
            profile.source if profile.checked else f"{profile.source} ({messages.say('clarity_unchecked')})",
        )
        for profile in profiles
    ]
    if output == "csv":
        print_csv(["profile", "title", "slots", "source"], rows)
        return
    table = Table()
    for key in ("clarity_profile", "clarity_title", "clarity_slots", "clarity_source"):
        table.add_column(messages.say(key), overflow="fold")
    for row in rows:
        table.add_row(*map(_cell, row))
    Console().print(table)


def _print_task(number: int, audit: TaskClarity, profile: Profile, messages: Messages) -> None:
    """The task with a line for each slot: the words that state it, or the question to ask."""
    console = Console()
    console.print(Text(f"{number}. {plain(audit.exact)}", style="bold"))
    where = "; ".join(part for part in (_issuer(audit.issuer), audit.published, audit.title or audit.path) if part)
    console.print(Text(f"   {plain(where)}", style="dim"))
    grid = Table.grid(padding=(0, 1), pad_edge=True)
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for item in profile.slots:
        reading = audit.slots[item.slot]
        said = _PLACES.join(f"“{piece.exact}”" for piece in reading.evidence) or reading.question or ""
        mark = Text(f"  {_STATED}", style="green") if reading.stated else Text(f"  {_MISSING}", style="red")
        grid.add_row(mark, _called(item, messages), _cell(said))
    console.print(grid)
    console.print()


def _print_sum(audits: Iterable[TaskClarity], profile: Profile, messages: Messages) -> None:
    total = sum_up(audits, profile)
    parts = [f"{_called(item, messages)} {_share(total.slots[item.slot], total.tasks)}" for item in profile.slots]
    parts.append(f"{messages.say('clarity_complete')} {_share(total.complete, total.tasks)}")
    Console(soft_wrap=True).print(Text(f"{messages.say('clarity_all', count=total.tasks)}: {'; '.join(parts)}"))


def _names(profile: Profile) -> list[str]:
    slots = [name for item in profile.slots for name in (item.slot, f"{item.slot}_places", f"{item.slot}_question")]
    return [
        "task_id", "kind", "task", "lead", "issuer", "profile", "stated", "of", *slots, "start", "end", "report_id",
        "report_title", "report_published", "report_path",
    ]  # fmt: skip


def _row(audit: TaskClarity) -> list[Value]:
    slots = [value for reading in audit.slots.values() for value in _slot(reading)]
    return [
        audit.task_id, audit.kind, audit.exact, "; ".join(body.name for body in audit.lead), _issuer(audit.issuer),
        audit.profile, audit.stated, audit.of, *slots, audit.start, audit.end, audit.report_id, audit.title,
        audit.published, audit.path,
    ]  # fmt: skip


def _slot(reading: SlotReading) -> tuple[Value, Value, Value]:
    return (
        _PLACES.join(piece.exact for piece in reading.evidence) or None,
        _PLACES.join(_place(piece) for piece in reading.evidence) or None,
        reading.question,
    )


def _place(piece: Evidence) -> str:
    return f"{piece.start}-{piece.end} {piece.rule}"


def _called(item: ProfileSlot, messages: Messages) -> str:
    return item.vi if messages.language == "vi" else item.en


def _share(count: int, of: int, gap: str = " ") -> str:
    return f"{count}/{of}{gap}({round(100 * count / of) if of else 0}%)"


def _issuer(issuer: Issuer) -> str:
    return ", ".join(part for part in (issuer.person, issuer.role, issuer.body) if part)


def _cell(text: str) -> Text:
    return Text(plain(text))
