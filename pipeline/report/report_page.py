"""The page of one report: its text with the marks in place, the notes beside it, and what is known of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from urllib.parse import urlsplit

from pipeline.records import Document, Meeting, Note
from pipeline.report.marks import MARK_KINDS, find_segments, split_runs
from pipeline.report.notes import Notes
from pipeline.report.sources import view_revisions, view_sources
from pipeline.report.views import FactView, LegendView, ReportView, SegmentView
from pipeline.report.wording import Wording, parse_day

_SEPARATOR = " · "
_SAFE_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}", re.ASCII)
_SPACE_OR_CONTROL = re.compile(r"[\s\x00-\x1f\x7f]")


def page_of(document_id: str) -> str:
    """Where a report's page lies below the digest. An id that is no safe file name gives a name made from its hash."""
    if _SAFE_NAME.fullmatch(document_id):
        return f"reports/{document_id}.html"
    digest = hashlib.sha256(document_id.encode("utf-8", "surrogatepass")).hexdigest()
    return f"reports/id-{digest[:32]}.html"


def damage_of(document: Document) -> str | None:
    """What is wrong with the report's text, by the name of its quality; null where it is good or wasn't measured."""
    quality = document.document.quality
    return None if quality is None or quality.level == "good" else quality.level


def view_report(
    document: Document, wording: Wording, tell_note: Callable[[Note], str] | None = None
) -> ReportView:
    """The page of a document. Nothing of its text is lost: the segments' runs joined are the text. `tell_note` words
    the notes on how the file was read, which without it aren't shown."""
    source, text = document.document, document.text
    notes = Notes(document, wording)
    marks = notes.marks()
    segments = find_segments(text, document.blocks)
    runs = split_runs(text, segments, marks)
    tasks = [task for directive in document.directives for task in directive.tasks]
    counts = (("directives", len(document.directives)), ("tasks", len(tasks)),
              ("with_deadline", sum(task.deadline is not None for task in tasks)))  # fmt: skip
    used = {mark.kind for mark in marks}
    return ReportView(
        title=source.title or wording.say("no_title", path=source.path),
        genre=wording.term("genre", source.genre),
        summary=_SEPARATOR.join(wording.count(key, count) for key, count in counts),
        quality=_quality(document, wording),
        facts=_facts(document, wording, tell_note),
        legend=tuple(
            LegendView(kind=kind, letter=wording.letter(kind), name=wording.name(kind))
            for kind in MARK_KINDS if kind in used
        ),
        segments=tuple(
            SegmentView(kind=segment.kind or ("paragraph" if text[segment.start:segment.end].strip() else "blank"),
                        runs=segment_runs)
            for segment, segment_runs in zip(segments, runs, strict=True)
        ),
        directives=notes.directives,
        sources=tuple(view_sources(document, wording, page_of, web_address)),
        revisions=view_revisions(document, wording, page_of),
        home="../index.html",
    )  # fmt: skip


def web_address(url: str) -> str | None:
    """The address if it is one to link to: http or https with a host, and nothing hidden in it."""
    if _SPACE_OR_CONTROL.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def _facts(
    document: Document, wording: Wording, tell_note: Callable[[Note], str] | None
) -> tuple[FactView, ...]:
    source, meeting = document.document, document.meeting
    chairs = ", ".join(
        wording.say("with_roles", name=chair.name, roles=", ".join(chair.roles)) if chair.roles else chair.name
        for chair in meeting.chairs
    )
    abbreviations = dict.fromkeys(
        wording.say("abbreviation", short=abbreviation.short, long=abbreviation.long)
        for abbreviation in document.abbreviations
    )
    facts = (
        ("published", wording.iso_day(source.published)),
        ("publisher", source.publisher),
        ("number", source.number),
        ("meeting", _meeting(meeting, wording)),
        ("place", meeting.place),
        ("organizer", meeting.organizer.name if meeting.organizer else None),
        ("chairs", chairs),
        ("abbreviations", "; ".join(abbreviations)),
    )
    told = [FactView(label=wording.say(f"fact_{key}"), text=text) for key, text in facts if text]
    if source.url:
        told.append(FactView(label=wording.say("fact_url"), text=source.url, href=web_address(source.url)))
    told.append(FactView(label=wording.say("fact_path"), text=source.path, code=True))
    told.append(FactView(label=wording.say("fact_sha256"), text=source.sha256, code=True))
    if tell_note is not None:
        told += [FactView(label=wording.say("fact_note"), text=tell_note(note)) for note in source.notes]
    return tuple(told)


def _quality(document: Document, wording: Wording) -> str | None:
    damage = damage_of(document)
    return wording.term("quality", damage) if damage else None


def _meeting(meeting: Meeting, wording: Wording) -> str:
    day = parse_day(meeting.date)
    parts = (meeting.name, wording.say("meeting_on", day=wording.day(day)) if day else meeting.date)
    return ", ".join(part for part in parts if part)
