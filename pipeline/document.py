"""The whole way of one report: language → extraction → link, from a Report to its Document."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from pipeline.extraction.abbreviations import find_abbreviations
from pipeline.extraction.asks import Ask, AskReader
from pipeline.extraction.cues import find_cues
from pipeline.extraction.meetings import MeetingReading, find_meeting
from pipeline.extraction.names import PeopleIndex, PersonMention, find_people
from pipeline.extraction.offices import find_issuer
from pipeline.extraction.page import Page, lay_out
from pipeline.language import load
from pipeline.link.assemble import assemble
from pipeline.records import SCHEMA_VERSION, Document, Finding, Report
from pipeline.registry.body_index import load_body_index


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read in a report, before it becomes records."""

    page: Page
    people: list[PersonMention]
    meeting: MeetingReading
    asks: list[Ask]
    on: datetime.date | None
    issued: datetime.date | None


def read_report(report: Report) -> Reading:
    """The mentions and asks of a report. A pure function of the report."""
    doc = load()(report.text)
    page = lay_out(doc, report.blocks)
    people = find_people(page)
    index = PeopleIndex(people)
    published = datetime.date.fromisoformat(report.source.published) if report.source.published else None
    official = report.source.genre not in ("news",)
    issuer = find_issuer(page, people, index, report.source.genre) if official else None
    meeting = find_meeting(page, people, index, published)
    told = meeting.meeting.date
    on = datetime.date.fromisoformat(told) if told is not None else published
    reader = AskReader(page, people, index, issuer, official, minutes=report.source.genre == "minutes", chairs=frozenset(chair.name for chair in meeting.meeting.chairs))
    return Reading(page, people, meeting, reader.read(), on, published)


def extract_document(report: Report) -> Document:
    """The document record of a report: what was asked of whom, by whom, by when, and where that was read.

    Pure: the same report gives the same document. Dates count from the meeting's day where it is told, else from
    the day of publication.
    """
    reading = read_report(report)
    page = reading.page
    place = load_body_index().find_place(report.text[:3000], on=reading.on)
    return Document(
        schema=SCHEMA_VERSION,
        document=report.source,
        text=report.text,
        blocks=report.blocks,
        abbreviations=tuple(find_abbreviations(page)),
        meeting=reading.meeting.meeting,
        directives=assemble(page, reading.asks, document_id=report.source.id, on=reading.on, issued=reading.issued, place=place),
    )


def findings(report: Report) -> list[Finding]:
    """Everything read in a report, place by place, for `explain`: blocks, sentences, persons, cues, and all values of tasks."""
    reading = read_report(report)
    document = extract_document(report)
    page, text = reading.page, report.text

    def found(kind: str, start: int, end: int, rule: str, value: str) -> Finding:
        return Finding(kind=kind, start=start, end=end, exact=text[start:end], rule=rule, value=value)

    out = [found("block", block.start, block.end, f"anatomy:{block.kind}", block.kind) for block in report.blocks]
    for sentence in page.sentences:
        out.append(found("sentence", sentence.start, sentence.end, "sentences", sentence.marker))
        out.extend(found("cue", cue.start, cue.end, f"cue:{cue.rule}", cue.force) for cue in find_cues(page, sentence.start, sentence.end))
    out.extend(found("person", m.start, m.end, f"names:{m.rule}", m.name or m.given or ", ".join(m.roles)) for m in reading.people)
    for directive in document.directives:
        who = directive.issuer
        if who.evidence is not None:
            out.append(found("issuer", who.evidence.start, who.evidence.end, who.evidence.rule, ", ".join(v for v in (who.person, who.role, who.body) if v)))
        for task in directive.tasks:
            out.append(found("task", task.span.start, task.span.end, " + ".join(task.rules), f"{directive.kind} {task.confidence}"))
            out.extend(found("lead", b.start, b.end, "addressee", b.id or b.reason or "") for b in task.lead)
            out.extend(found("coordinating", b.start, b.end, "coordination", b.id or b.reason or "") for b in task.coordinating)
            if task.deadline is not None:
                e = task.deadline.evidence
                out.append(found("deadline", e.start, e.end, e.rule, f"{task.deadline.start or ''}/{task.deadline.end or ''} {task.deadline.recurrence or ''}".strip()))
    return sorted(out, key=lambda f: (f.start, -f.end, f.kind))
