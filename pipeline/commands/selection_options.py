"""The options by which commands say which tasks they mean, and the selection made from them."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipeline.errors import PipelineError
from pipeline.messages import Language, Messages

if TYPE_CHECKING:
    from pipeline.store.database import Database
    from pipeline.store.database.selection import Selection

FAILED, WRONG_USE = 1, 2
DATABASE = "outputs/directives.db"

Format = Literal["table", "json", "csv"]
Kind = Literal["directive", "commitment", "proposal"]


def _option(name: str, key: str, metavar: str | None = None) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(name, metavar=metavar, help=key, show_default=False)
    return option


Db = Annotated[str, typer.Option("--db", metavar="DATABASE", help="opt_db")]
Lang = Annotated[Language, typer.Option("--lang", help="opt_lang")]
Output = Annotated[Format, typer.Option("--format", help="opt_list_format")]
Limit = Annotated[int, typer.Option("--limit", metavar="N", min=0, help="opt_limit")]
BodyName = Annotated[str | None, _option("--body", "opt_body", "NAME")]
LeadName = Annotated[str | None, _option("--lead", "opt_lead", "NAME")]
IssuerName = Annotated[str | None, _option("--issuer", "opt_issuer", "NAME")]
KindName = Annotated[Kind | None, _option("--kind", "opt_kind")]
DueBefore = Annotated[str | None, _option("--due-before", "opt_due_before", "DATE")]
DueAfter = Annotated[str | None, _option("--due-after", "opt_due_after", "DATE")]
OverdueOn = Annotated[str | None, _option("--overdue-on", "opt_overdue_on", "DATE")]
WithoutDeadline = Annotated[bool, typer.Option("--without-deadline", help="opt_without_deadline")]
Province = Annotated[str | None, _option("--province", "opt_province", "NAME")]
SourceName = Annotated[str | None, _option("--source", "opt_source", "NAME")]
PublishedFrom = Annotated[str | None, _option("--published-from", "opt_published_from", "DATE")]
PublishedTo = Annotated[str | None, _option("--published-to", "opt_published_to", "DATE")]


def make_selection(
    messages: Messages,
    *,
    body: str | None = None,
    lead: str | None = None,
    issuer: str | None = None,
    person: str | None = None,
    kind: Kind | None = None,
    due_before: str | None = None,
    due_after: str | None = None,
    overdue_on: str | None = None,
    without_deadline: bool = False,
    province: str | None = None,
    source: str | None = None,
    published_from: str | None = None,
    published_to: str | None = None,
) -> Selection:
    """The selection that the options ask for. Raises typer.BadParameter for a day that is none, a province that the
    register doesn't have, and a name without words."""
    from pipeline.store.database.body_names import find_places
    from pipeline.store.database.search_words import words_of
    from pipeline.store.database.selection import Selection

    for name in (body, lead, issuer, person, province, source):
        if name is not None and not words_of(name):
            raise typer.BadParameter(messages.say("bad_name", name=repr(name)))
    if province is not None and not find_places(province):
        raise typer.BadParameter(messages.say("bad_province", name=repr(province)))
    return Selection(
        body=body,
        lead=lead,
        issuer=issuer,
        person=person,
        kind=kind,
        due_before=_day(due_before, messages),
        due_after=_day(due_after, messages),
        overdue_on=_day(overdue_on, messages),
        without_deadline=without_deadline,
        province=province,
        source=source,
        published_from=_day(published_from, messages),
        published_to=_day(published_to, messages),
    )


@contextlib.contextmanager
def opened(address: str, messages: Messages) -> Iterator[Database]:
    """The database, with its index made current; a fault of it ends the command with a message."""
    from pipeline import terminal
    from pipeline.store.database import open_database
    from pipeline.store.database.search_index import ensure_index

    try:
        with open_database(address, create=False) as database:
            ensure_index(database)
            yield database
    except PipelineError as error:
        terminal.print_fault(error, messages)
        raise typer.Exit(FAILED) from error


def _day(text: str | None, messages: Messages) -> datetime.date | None:
    from pipeline.read.manifest import parse_day

    if text is None:
        return None
    day = parse_day(text)
    if day is None:
        raise typer.BadParameter(messages.say("bad_day", day=repr(text)))
    return day
