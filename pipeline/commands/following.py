"""`chidao follow`: matters with their status as of a day, over the database or over files; one matter's dossier."""

from __future__ import annotations

import contextlib
import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipeline.commands.selection_options import (
    DATABASE,
    FAILED,
    WRONG_USE,
    BodyName,
    Db,
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
from pipeline.errors import PipelineError
from pipeline.messages import Messages

if TYPE_CHECKING:
    from pipeline.follow.ledger import Matter

_ID = re.compile(r"[0-9a-f]{12}$")
Format = Literal["table", "json", "csv"]
Inputs = Annotated[list[str] | None, typer.Argument(metavar="[INPUT...|MATTER]", help="arg_follow", show_default=False)]
Decided = Annotated[list[str] | None, typer.Option("--accept", metavar="A,B", help="opt_accept", show_default=False)]
Refused = Annotated[list[str] | None, typer.Option("--reject", metavar="A,B", help="opt_reject", show_default=False)]


def follow(
    inputs: Inputs = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="opt_status_on", show_default=False)
    ] = None,
    manifest: Annotated[
        str | None, typer.Option("--manifest", metavar="FILE", help="opt_manifest", show_default=False)
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="opt_quiet")] = False,
    slipped: Annotated[bool, typer.Option("--slipped", help="opt_slipped")] = False,
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
    accept: Decided = None,
    reject: Refused = None,
    reviewer: Annotated[str | None, typer.Option("--reviewer", metavar="NAME", help="opt_reviewer")] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="opt_reason")] = None,
    output: Annotated[Format, typer.Option("--format", help="opt_list_format")] = "table",
    db: Db = DATABASE,
    lang: Lang = "vi",
) -> None:
    """The matters as of a day; the dossier of one; what a person says of a link."""
    messages = Messages(lang)
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
    from pipeline.commands.followed import print_dossier, print_matters
    from pipeline.follow.choosing import Asked, choose

    day = _day(as_of, messages)
    given = list(inputs or ())
    wanted = None
    if len(given) == 1 and _ID.match(given[0]) and not Path(given[0]).exists():
        wanted, given = given[0], []
    if given and (accept or reject):
        raise typer.BadParameter(messages.say("follow_decides_in_db"))
    try:
        with _matters(given, manifest, db, day, messages, _pairs(accept, reject, messages), reviewer, reason) as (
            matters,
            failed,
        ):
            if wanted is not None:
                print_dossier([matter for matter in matters if matter.id == wanted], wanted, day, output, messages)
            else:
                chosen = choose(matters, day, selection, Asked(quiet=quiet, slipped=slipped))
                print_matters(list(chosen), day, output, messages)
    except PipelineError as error:
        from pipeline import terminal

        terminal.print_fault(error, messages)
        raise typer.Exit(WRONG_USE if given else FAILED) from error
    if failed:
        raise typer.Exit(FAILED)


Pairs = list[tuple[str, str, str]]


@contextlib.contextmanager
def _matters(
    inputs: list[str],
    manifest: str | None,
    db: str,
    day: datetime.date,
    messages: Messages,
    pairs: Pairs,
    reviewer: str | None,
    reason: str | None,
) -> Iterator[tuple[list[Matter], bool]]:
    """The matters of the files or of the database as of the day, and whether some file failed."""
    if inputs:
        from pipeline.commands.followed_files import follow_files

        yield follow_files(inputs, manifest, day, messages, started=_now().isoformat(timespec="seconds"))
        return
    from pipeline.follow.database import FollowedDatabase
    from pipeline.store.database import open_database

    with open_database(db, create=False) as database, database.writing() as connection:
        followed = FollowedDatabase(connection)
        followed.update()
        for one, other, verdict in pairs:
            followed.decide(one, other, verdict, reviewer=_reviewer(reviewer), reason=reason, at=_now())
        yield followed.matters(day), False


def _pairs(accept: list[str] | None, reject: list[str] | None, messages: Messages) -> Pairs:
    found = []
    for verdict, given in (("accept", accept), ("reject", reject)):
        for pair in given or ():
            one, comma, other = pair.partition(",")
            if not comma or not one or not other:
                raise typer.BadParameter(messages.say("bad_pair", pair=repr(pair)))
            found.append((one.strip(), other.strip(), verdict))
    return found


def _reviewer(name: str | None) -> str:
    import getpass

    return name if name is not None else getpass.getuser()


def _now() -> datetime.datetime:
    return datetime.datetime.now().astimezone()


def _day(text: str | None, messages: Messages) -> datetime.date:
    from pipeline.read.manifest import parse_day

    if text is None:
        return _now().date()
    day = parse_day(text)
    if day is None:
        raise typer.BadParameter(messages.say("bad_day", day=repr(text)))
    return day
