"""`chidao search`, `tasks`, `body` and `person`: what the database has, found by words and filters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.selection_options import (
    DATABASE,
    BodyName,
    Db,
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
    opened,
)
from pipeline.messages import Messages

if TYPE_CHECKING:
    from pipeline.store.database import Database
    from pipeline.store.database.selection import Selection

HITS, TASKS = 20, 100
"""How many are shown unless asked otherwise."""

Words = Annotated[str, typer.Argument(metavar="WORDS", help="arg_words", show_default=False)]
AskedBody = Annotated[str, typer.Argument(metavar="NAME", help="arg_body", show_default=False)]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="RUN|DATE", help="opt_as_of", show_default=False)]
AskedPerson = Annotated[str, typer.Argument(metavar="NAME", help="arg_person", show_default=False)]


def search(
    words: Words,
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
    phrase: Annotated[bool, typer.Option("--phrase", help="opt_phrase")] = False,
    exact: Annotated[bool, typer.Option("--exact", help="opt_exact")] = False,
    limit: Limit = HITS,
    output: Output = "table",
    db: Db = DATABASE,
    lang: Lang = "vi",
) -> None:
    """Reports and tasks with the words."""
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
    from pipeline.commands.listing import print_hits
    from pipeline.store.database.search import ALL
    from pipeline.store.database.search import search as find
    from pipeline.store.database.search_query import exact_phrase, parse_query

    query = exact_phrase(words) if phrase else parse_query(words)
    if not query.phrases:
        raise typer.BadParameter(messages.say("no_words", words=repr(words)))
    with opened(db, messages) as database, database.reading() as connection:
        hits = find(connection, query, selection, limit=limit or ALL, exact=exact)
    print_hits(hits, output, messages)


def tasks(
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
    as_of: AsOf = None,
    limit: Limit = TASKS,
    output: Output = "table",
    db: Db = DATABASE,
    lang: Lang = "vi",
) -> None:
    """The tasks that pass the filters."""
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
    from pipeline.commands.listing import print_selected

    with opened(db, messages) as database:
        if as_of is not None:
            selection = _as_of(database, selection, as_of)
        print_selected(database, selection, limit, output, messages)


def _as_of(database: Database, selection: Selection, moment: str) -> Selection:
    from msgspec.structs import replace

    from pipeline.store.database.history import event_as_of

    with database.reading() as connection:
        return replace(selection, as_of=event_as_of(connection, moment))


def body(
    name: AskedBody,
    kind: KindName = None,
    due_before: DueBefore = None,
    overdue_on: OverdueOn = None,
    province: Province = None,
    limit: Limit = TASKS,
    output: Output = "table",
    db: Db = DATABASE,
    lang: Lang = "vi",
) -> None:
    """All that a body owes."""
    messages = Messages(lang)
    selection = make_selection(
        messages, body=name, kind=kind, due_before=due_before, overdue_on=overdue_on, province=province
    )
    from pipeline.commands.listing import print_body, print_selected

    with opened(db, messages) as database:
        if output == "table":
            print_body(name, messages)
        print_selected(database, selection, limit, output, messages)


def person(
    name: AskedPerson,
    kind: KindName = None,
    due_before: DueBefore = None,
    overdue_on: OverdueOn = None,
    limit: Limit = TASKS,
    output: Output = "table",
    db: Db = DATABASE,
    lang: Lang = "vi",
) -> None:
    """All that a person asked."""
    messages = Messages(lang)
    selection = make_selection(messages, person=name, kind=kind, due_before=due_before, overdue_on=overdue_on)
    from pipeline.commands.listing import print_selected

    with opened(db, messages) as database:
        print_selected(database, selection, limit, output, messages)
