"""From asks to records: directives with their tasks, each value with the words it was read from."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from itertools import groupby

from pipeline.extraction.ask_list import Ask
from pipeline.extraction.bodies import BodyMention
from pipeline.extraction.page import Page
from pipeline.extraction.speakers import Speaker
from pipeline.extraction.targets import find_targets
from pipeline.link.confidence import confidence_of
from pipeline.link.deadlines import find_deadline, find_urgency
from pipeline.records import Body, Cue, Directive, Evidence, Force, Issuer, Task, TextSpan
from pipeline.registry.body_index import load_body_index

CONTEXT = 40
"""Characters of prefix and suffix kept with a span."""

_FORCES: dict[str, Force] = {
    "order": "order",
    "request": "request",
    "ban": "ban",
    "pledge": "pledge",
    "proposal": "proposal",
    "stress": "need",
    "say": "need",
}
"""The force of a cue as a record has it: verbs of stress and speech ask by the need they tell of."""


def assemble(
    page: Page,
    asks: Sequence[Ask],
    *,
    document_id: str,
    on: datetime.date | None,
    issued: datetime.date | None,
    place: str | None,
    official: bool,
) -> tuple[Directive, ...]:
    """The directives of a report: neighbouring asks of one speaker, kind and cue are tasks of one directive.

    `on` is the day counted from and the day on which bodies must be valid; `place` the id of the province the report
    is from, for "UBND tỉnh"; `official` says that it is an official document. Ids come from the content: document, kind
    and span.
    """
    directives = []
    for _, group in groupby(asks, key=_speech_act):
        members = list(group)
        tasks = tuple(_task(page, ask, document_id, on, issued, place, official) for ask in members)
        first = members[0]
        directives.append(
            Directive(
                id=identity(document_id, "directive", tasks[0].id),
                kind=first.kind,
                issuer=issuer_of(page, first.speaker),
                cue=_cue(page, first),
                tasks=tasks,
            )
        )
    return tuple(directives)


def _speech_act(ask: Ask) -> tuple[object, ...]:
    speaker = ask.speaker
    who = (speaker.person, speaker.role, speaker.body) if speaker else None
    return (ask.kind, who, ask.cue.start if ask.cue else None)


def span_of(page: Page, start: int, end: int) -> TextSpan:
    """The run of the text in [start, end) with what stands before and behind it."""
    text = page.text
    return TextSpan(
        start=start,
        end=end,
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
    )


def identity(*parts: str) -> str:
    """An id that comes from the content alone."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def issuer_of(page: Page, speaker: Speaker | None) -> Issuer:
    """Who speaks, as a record; all null where nobody is known to."""
    if speaker is None or not speaker.known:
        return Issuer(person=None, role=None, body=None, evidence=None)
    exact = page.text[speaker.start : speaker.end]
    evidence = Evidence(start=speaker.start, end=speaker.end, exact=exact, rule=f"speaker:{speaker.rule}")
    return Issuer(person=speaker.person, role=speaker.role, body=speaker.body, evidence=evidence)


def _cue(page: Page, ask: Ask) -> Cue | None:
    cue = ask.cue
    if cue is None:
        return None
    return Cue(verb=page.slice(cue.start, cue.end), force=_FORCES.get(cue.force, "need"), start=cue.start, end=cue.end)


def _task(
    page: Page,
    ask: Ask,
    document_id: str,
    on: datetime.date | None,
    issued: datetime.date | None,
    place: str | None,
    official: bool,
) -> Task:
    lead = tuple(body_of(page, mention, on, place) for mention in ask.lead)
    own = () if ask.inherited else ask.lead
    action_start = max((m.end for m in own if ask.start <= m.start and m.end <= ask.end), default=ask.start)
    return Task(
        id=identity(document_id, ask.kind, str(ask.start), str(ask.end)),
        span=span_of(page, ask.start, ask.end),
        action=page.slice(action_start, ask.end).lstrip(" ,:"),
        lead=lead,
        coordinating=tuple(body_of(page, mention, on, place) for mention in ask.coordinating),
        deadline=find_deadline(page, ask, on, issued),
        urgency=find_urgency(page, ask.start, ask.end),
        targets=tuple(find_targets(page, ask.start, ask.end)),
        confidence=confidence_of(ask, official=official),
        rules=ask.rules,
    )


def body_of(page: Page, mention: BodyMention, on: datetime.date | None, place: str | None) -> Body:
    """A body as a record, identified as valid on the day `on`."""
    name = page.slice(mention.start, mention.end)
    found = load_body_index().identify(name, on=on, place=place)
    return Body(
        text=page.text[mention.start : mention.end],
        name=name,
        id=found.id,
        start=mention.start,
        end=mention.end,
        reason=found.reason if found.id is None else None,
    )
