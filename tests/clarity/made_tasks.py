"""Documents with tasks made from places in a text, so that the audit is tested without the extraction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.link.deadlines import find_urgency
from pipeline.records import (
    Body,
    Deadline,
    Directive,
    DirectiveKind,
    Document,
    Evidence,
    Issuer,
    Meeting,
    SourceDocument,
    Task,
    TextSpan,
)
from tests.extraction.pages import page_of

Span = tuple[int, int]


def body_at(text: str, span: Span, id_: str | None = None) -> Body:
    """A body by its words."""
    words = text[slice(*span)]
    return Body(text=words, name=" ".join(words.split()), id=id_, start=span[0], end=span[1])


def made_task(
    text: str,
    span: Span,
    leads: Iterable[Span] = (),
    deadline: Span | None = None,
    coordinating: Iterable[Span] = (),
    id_: str | None = None,
) -> Task:
    """The task with these words; its action begins behind the last lead that opens it."""
    start, end = span
    leads = list(leads)
    after = max((lead[1] for lead in leads if start <= lead[0] and lead[1] <= end), default=start)
    due = None
    if deadline is not None:
        words = text[slice(*deadline)]
        at = Evidence(start=deadline[0], end=deadline[1], exact=words, rule="date:made")
        due = Deadline(text=words, start=None, end=None, edtf=None, recurrence=None, evidence=at)
    return Task(
        id=id_ or f"task-{start}",
        span=TextSpan(start=start, end=end, exact=text[start:end], prefix="", suffix=""),
        action=" ".join(text[after:end].split()).lstrip(" ,:"),
        lead=tuple(body_at(text, lead) for lead in leads),
        coordinating=tuple(body_at(text, other) for other in coordinating),
        deadline=due,
        urgency=find_urgency(page_of(text), start, end),
        targets=(),
        confidence=1.0,
        rules=(),
    )


def document_with(
    text: str,
    tasks: Sequence[tuple[int, int, list[Span], Span | None]] = (),
    *,
    made: Sequence[Task] = (),
    kind: DirectiveKind = "directive",
    issuer: Issuer | None = None,
    path: str = "x.txt",
) -> Document:
    """A document of one directive with these tasks."""
    of_text = [made_task(text, (start, end), leads, due) for start, end, leads, due in tasks]
    nobody = Issuer(person=None, role=None, body=None, evidence=None)
    source = SourceDocument(
        id="r1", path=path, sha256="", media_type="text/plain", encoding="utf-8", genre="news", title=None,
        published="2025-06-04", publisher=None, url=None, number=None,
    )  # fmt: skip
    directive = Directive(id="d1", kind=kind, issuer=issuer or nobody, cue=None, tasks=(*of_text, *made))
    return Document(
        schema="1",
        document=source,
        text=text,
        blocks=(),
        abbreviations=(),
        meeting=Meeting(name=None, date=None, place=None, organizer=None, chairs=()),
        directives=(directive,),
    )
