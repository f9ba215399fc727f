"""An extraction for tests of what is around it: each line with "yêu cầu" is a directive of one task."""

from __future__ import annotations

from pipeline.records import (
    SCHEMA_VERSION,
    Body,
    Cue,
    Deadline,
    Directive,
    Document,
    Evidence,
    Issuer,
    Meeting,
    Report,
    Target,
    Task,
    TextSpan,
)


def extract_lines(report: Report) -> Document:
    directives = []
    start = 0
    for line in report.text.split("\n"):
        issuer, cue, words = line.partition(" yêu cầu ")
        if cue:
            directives.append(_directive(report.text, start, issuer, words))
        start += len(line) + 1
    return Document(
        schema=SCHEMA_VERSION,
        document=report.source,
        text=report.text,
        blocks=report.blocks,
        abbreviations=(),
        meeting=Meeting(name=None, date=report.source.published, place=None, organizer=None, chairs=()),
        directives=tuple(directives),
    )


def _directive(text: str, line: int, issuer: str, words: str) -> Directive:
    cue = line + len(issuer) + 1
    start = cue + len("yêu cầu ")
    end = start + len(words)
    lead, _, action = words.partition(" phải ")
    at = words.find("trước ")
    deadline = Deadline(
        text=words[at:],
        start=None,
        end="2023-06-30",
        edtf="../2023-06-30",
        recurrence=None,
        evidence=Evidence(start=start + at, end=end, exact=words[at:], rule="before"),
    )
    task = Task(
        id=f"t{start}",
        span=TextSpan(
            start=start, end=end, exact=words, prefix=text[max(0, start - 8) : start], suffix=text[end : end + 8]
        ),
        action=action or words,
        lead=(Body(text=lead, name=lead, id="so-y-te", start=start, end=start + len(lead)),) if action else (),
        coordinating=(),
        deadline=deadline if at >= 0 else None,
        urgency=None,
        targets=(Target(text="100%", value=100.0, unit="%"),) if "100%" in words else (),
        confidence=0.9,
        rules=("cue", "list"),
    )
    return Directive(
        id=f"d{line}",
        kind="directive",
        issuer=Issuer(person=None, role=issuer, body=None, evidence=None),
        cue=Cue(verb="yêu cầu", force="order", start=cue, end=cue + 7),
        tasks=(task,),
    )
