"""The whole way of one report: language → extraction → link, from a Report to its Document."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.dates import can_count_from
from pipeline.extraction.abbreviations import find_abbreviations
from pipeline.extraction.ask_list import Ask
from pipeline.extraction.asks import AskReader
from pipeline.extraction.cues import find_cues
from pipeline.extraction.meetings import MeetingReading, find_meeting
from pipeline.extraction.names import PersonMention, find_people
from pipeline.extraction.offices import find_issuer
from pipeline.extraction.page import Page, lay_out
from pipeline.extraction.people_index import PeopleIndex
from pipeline.extraction.progress import Statement, find_progress
from pipeline.language.text_words import TextWords, read_words
from pipeline.link.assemble import assemble
from pipeline.link.progress_records import progress_records
from pipeline.read.genre import issue_day
from pipeline.read.minutes import find_minutes
from pipeline.records import SCHEMA_VERSION, Block, Directive, Document, Finding, Genre, ProgressStatement, Report
from pipeline.registry.body_index import load_body_index

HEAD = 3000
"""Characters at a report's beginning from which its province is told."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read in a report before it becomes records. `on` is the day that dates count from, `issued` the day
    of publication."""

    page: Page
    people: list[PersonMention]
    meeting: MeetingReading
    asks: list[Ask]
    progress: list[Statement]
    on: datetime.date | None
    issued: datetime.date | None
    official: bool
    place: str | None
    """The id of the province the report is from, told at its beginning; not looked for where nothing was read."""


def _countable(day: str | None) -> datetime.date | None:
    """The ISO day where terms can be counted from it; null for a misprint (9394) or a database's zero (0001-01-01)."""
    if day is None:
        return None
    found = datetime.date.fromisoformat(day)
    return found if can_count_from(found) else None


def read_report(words: TextWords, blocks: Sequence[Block], genre: Genre, published: str | None) -> Reading:
    """The mentions and asks of a text with its words. `published` is an ISO day or null. The same arguments give the
    same reading.

    An official document counts from the day of its own head, where it has one, rather than from its publication.
    """
    page = lay_out(words, blocks)
    people = find_people(page)
    index = PeopleIndex(people)
    official = genre != "news"
    day = (issue_day(words.text, blocks) if official else None) or published
    issued = _countable(day)
    issuer = find_issuer(page, people, index, genre) if official else None
    meeting = find_meeting(page, people, index, issued)
    told = meeting.meeting.date
    reader = AskReader(
        page,
        people,
        index,
        issuer,
        official,
        minutes=genre == "minutes",
        chairs=frozenset(chair.name for chair in meeting.meeting.chairs),
    )
    on = _countable(told) or issued
    asks = reader.read()
    progress = find_progress(reader.scene, reader.quotations, asks)
    place = load_body_index().find_place(page.text[:HEAD], on=on) if asks or progress else None
    return Reading(page, people, meeting, asks, progress, on, issued, official, place)


def find_directives(reading: Reading, document_id: str) -> tuple[Directive, ...]:
    """The directives of what was read, their dates resolved and their bodies identified."""
    return assemble(
        reading.page,
        reading.asks,
        document_id=document_id,
        on=reading.on,
        issued=reading.issued,
        place=reading.place,
        official=reading.official,
    )


def find_progress_statements(reading: Reading, document_id: str) -> tuple[ProgressStatement, ...]:
    """The progress statements of what was read, their dates resolved and their bodies identified."""
    return progress_records(
        reading.page, reading.progress, document_id=document_id, on=reading.on, place=reading.place
    )


def _read(report: Report) -> Reading:
    return read_report(read_words(report.text), report.blocks, report.source.genre, report.source.published)


def _document(report: Report, reading: Reading) -> Document:
    return Document(
        schema=SCHEMA_VERSION,
        document=report.source,
        text=report.text,
        blocks=report.blocks,
        abbreviations=tuple(find_abbreviations(reading.page)),
        meeting=reading.meeting.meeting,
        directives=find_directives(reading, report.source.id),
        progress=find_progress_statements(reading, report.source.id),
    )


def extract_document(report: Report) -> Document:
    """The document record of a report: what was asked of whom, by whom, by when, and where that was read.

    Pure: the same report gives the same document. Dates count from the meeting's day where it is told, else from
    the day of publication.
    """
    return _document(report, _read(report))


def findings(report: Report) -> list[Finding]:
    """Everything read in a report, in the order of the text, for `explain`: blocks, sentences, persons, cues, and
    each value of each task with the rule that read it."""
    reading = _read(report)
    document = _document(report, reading)
    page, text = reading.page, report.text

    def found(kind: str, start: int, end: int, rule: str, value: str) -> Finding:
        return Finding(kind=kind, start=start, end=end, exact=text[start:end], rule=rule, value=value)

    out = [found("block", block.start, block.end, f"anatomy:{block.kind}", block.kind) for block in report.blocks]
    if report.source.genre == "minutes":
        parts = find_minutes(text, report.blocks)
        out += [found("minutes", part.start, part.end, f"minutes:{part.part}", part.part) for part in parts]
    for sentence in page.sentences:
        out.append(found("sentence", sentence.start, sentence.end, "sentences", sentence.marker))
        for cue in find_cues(page, sentence.start, sentence.end):
            out.append(found("cue", cue.start, cue.end, f"cue:{cue.rule}", cue.force))
    for mention in reading.people:
        who = mention.name or mention.given or ", ".join(mention.roles)
        out.append(found("person", mention.start, mention.end, f"names:{mention.rule}", who))
    for directive in document.directives:
        issuer = directive.issuer
        if issuer.evidence is not None:
            who = ", ".join(v for v in (issuer.person, issuer.role, issuer.body) if v)
            out.append(found("issuer", issuer.evidence.start, issuer.evidence.end, issuer.evidence.rule, who))
        for task in directive.tasks:
            value = f"{directive.kind} {task.confidence}"
            out.append(found("task", task.span.start, task.span.end, " + ".join(task.rules), value))
            for body in task.lead:
                out.append(found("lead", body.start, body.end, "addressee", body.id or body.reason or ""))
            for body in task.coordinating:
                out.append(found("coordinating", body.start, body.end, "coordination", body.id or body.reason or ""))
            if task.deadline is not None:
                evidence = task.deadline.evidence
                due = task.deadline
                value = f"{due.start or ''}/{due.end or ''} {due.recurrence or ''}".strip()
                out.append(found("deadline", evidence.start, evidence.end, evidence.rule, value))
    for statement in document.progress:
        value = f"{statement.progress} {statement.confidence}"
        out.append(found("progress", statement.span.start, statement.span.end, " + ".join(statement.rules), value))
        if statement.work is not None:
            out.append(found("progress_work", statement.work.start, statement.work.end, "work", ""))
        if statement.reason is not None:
            out.append(found("progress_reason", statement.reason.start, statement.reason.end, "reason", ""))
        for figure in statement.figures:
            of = f" / {figure.of:g}" if figure.of is not None else ""
            value = f"{figure.value}{of} {figure.unit or ''}".strip()
            out.append(found("progress_figure", figure.start, figure.end, "figure", value))
        for body in statement.bodies:
            out.append(found("progress_body", body.start, body.end, "subject", body.id or body.reason or ""))
        if statement.date is not None:
            evidence = statement.date.evidence
            value = f"{statement.date.start or ''}/{statement.date.end or ''}"
            out.append(found("progress_date", evidence.start, evidence.end, evidence.rule, value))
    return sorted(out, key=lambda f: (f.start, -f.end, f.kind))
