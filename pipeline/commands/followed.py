"""Matters as a table for the eye, as JSON or CSV; the dossier of one."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.commands.listing import print_csv, print_json
from pipeline.follow.joining import Link
from pipeline.follow.ledger import Matter, MatterEvent
from pipeline.follow.listing import list_matter
from pipeline.follow.official_rate import official_rate
from pipeline.follow.statements import Statement
from pipeline.messages import Messages
from pipeline.terminal import plain

_HEADS = ("follow_id", "follow_title", "list_lead", "follow_status", "list_deadline", "follow_moved", "follow_reports")


def print_matters(matters: Sequence[Matter], day: datetime.date, output: str, messages: Messages) -> None:
    """The matters as of the day on standard output; the official rate and that there are none on standard error."""
    listed = [list_matter(matter, day) for matter in matters]
    if output == "json":
        print_json(listed)
        return
    if output == "csv":
        heads = (
            "id",
            "title",
            "body",
            "deadline",
            "moved",
            "progress",
            "timeliness",
            "basis",
            "statements",
            "first",
            "last",
        )
        print_csv(
            heads,
            (
                [
                    one.id, one.title, one.body, one.deadline, one.moved, one.status.progress, one.status.timeliness,
                    one.status.basis, len(one.statements), one.statements[0].published, one.statements[-1].published,
                ]
                for one in listed
                if one.statements
            ),
        )  # fmt: skip
        return
    table = Table()
    for head in _HEADS:
        table.add_column(messages.say(head), overflow="fold")
    for matter, one in zip(matters, listed, strict=True):
        cells = (
            one.id,
            one.title,
            one.body or "",
            status_words(matter, day, messages),
            one.deadline or "",
            _moves(matter, day, messages),
            str(len({said.path for said in one.statements})),
        )
        table.add_row(*(Text(plain(cell)) for cell in cells))
    if listed:
        Console().print(table)
        _print_rate([one.status for one in listed], messages)
    else:
        Console(stderr=True).print(messages.say("list_none"))


def print_dossier(matters: Sequence[Matter], id: str, day: datetime.date, output: str, messages: Messages) -> None:
    """Everything said of the matter by the day: each statement with its source, quotation, day and what it changed.
    As JSON the whole record with links and their reasons. Exits with 1 where there is no such matter."""
    if not matters:
        typer.echo(messages.say("follow_no_matter", id=id), err=True)
        raise typer.Exit(1)
    matter = matters[0]
    if output != "table":
        whole = msgspec.to_builtins(matter) | {"status": msgspec.to_builtins(matter.standing(day))}
        print_json([whole])
        return
    console = Console(soft_wrap=True)
    console.print(Text(plain(f"{matter.title} ({matter.id})"), style="bold"))
    console.print(Text(plain("; ".join(filter(None, (matter.body, status_words(matter, day, messages)))))))
    events: dict[str, list[MatterEvent]] = {}
    for event in matter.events:
        events.setdefault(event.statement, []).append(event)
    links = {link.later: link for link in matter.links}
    for one in matter.statements:
        _print_statement(console, one, events.get(one.id, []), links.get(one.id), messages)
    for link in matter.maybe:
        words = messages.say("follow_maybe", earlier=link.earlier, later=link.later, score=f"{link.score:.2f}")
        console.print(Text(plain(words), style="yellow"))


def _print_statement(
    console: Console, one: Statement, events: Sequence[MatterEvent], link: Link | None, messages: Messages
) -> None:
    said = ", ".join(part for part in (one.said.person, one.said.role, one.said.body) if part)
    source = ", ".join(part for part in (one.publisher, one.title or one.path) if part)
    console.print()
    console.print(Text(plain(f"{one.published or '?'}  {source}  [{one.path} {one.start}-{one.end}]"), style="dim"))
    console.print(Text(plain(f"  {said + ': ' if said else ''}“{' '.join(one.exact.split())}”")))
    changes = "; ".join(event_words(event, messages) for event in events)
    console.print(Text(plain(f"  → {changes}")))
    if link is not None:
        reasons = ", ".join(f"{reason.feature} {reason.adds:+.1f}" for reason in link.reasons[:5])
        console.print(Text(plain(f"  = {link.earlier} ({link.score:.2f}: {reasons}) {one.id}"), style="dim"))
    else:
        console.print(Text(plain(f"  {one.id}"), style="dim"))


def event_words(event: MatterEvent, messages: Messages) -> str:
    """What an event is, in words: "lùi từ 2025-06-30 sang 2025-12-31, lần 2, +184 ngày"."""
    if event.kind == "progress":
        return messages.say(f"progress_{event.value}")
    if event.kind == "deadline_moved":
        assert event.days is not None
        return messages.say(
            "follow_deadline_moved", before=event.before, after=event.value, nth=event.nth, days=f"{event.days:+d}"
        )
    return messages.say(f"follow_{event.kind}", day=event.value or "")


def status_words(matter: Matter, day: datetime.date, messages: Messages) -> str:
    """The status in the state's words, always with what it rests on."""
    status = matter.standing(day).status
    parts = (f"progress_{status.progress}", f"timeliness_{status.timeliness}", f"basis_{status.basis}")
    progress, timeliness, basis = (messages.say(part) for part in parts)
    return f"{progress}: {timeliness} ({basis})"


def _moves(matter: Matter, day: datetime.date, messages: Messages) -> str:
    moves = matter.standing(day).deadline.moves
    if not moves:
        return ""
    move = moves[-1]
    return messages.say(
        "follow_deadline_moved", before=move.before, after=move.after, nth=move.nth, days=f"{move.days:+d}"
    )


def _print_rate(statuses: Sequence[object], messages: Messages) -> None:
    rate = official_rate(statuses)  # type: ignore[arg-type]
    if rate.rate is not None:
        words = messages.say(
            "follow_rate",
            rate=f"{100 * rate.rate:.1f}",
            completed=rate.completed,
            overdue=rate.overdue,
            unseen=rate.unseen,
        )
        Console(stderr=True, soft_wrap=True).print(Text(words))
