"""A document as a text with labelled spans and relations: what annotation tools show.

    DIRECTIVE, COMMITMENT, PROPOSAL   a task, by the kind of its directive
    LEAD, COORDINATING, DEADLINE, ISSUER   where its values were read; a relation of the same name leads there from the
                                           task
"""

from __future__ import annotations

from collections.abc import Container, Iterable

import msgspec

from pipeline.records import Directive, DirectiveKind, Document, Record, Task

TASK_LABELS: dict[DirectiveKind, str] = {
    "directive": "DIRECTIVE", "commitment": "COMMITMENT", "proposal": "PROPOSAL",
}  # fmt: skip
VALUE_LABELS = ("LEAD", "COORDINATING", "DEADLINE", "ISSUER")
LABELS = (*TASK_LABELS.values(), *VALUE_LABELS)

ABOUT = ("path", "title", "published", "url")
"""What is told of a report beside its text."""


class AnnotatedSpan(Record, frozen=True, kw_only=True):
    """Đoạn có nhãn. `id` is one of its text's: a task's own, or made of label and place. Offsets count code points."""

    id: str
    label: str
    start: int
    end: int


class AnnotatedRelation(Record, frozen=True, kw_only=True):
    """Quan hệ: leads from one span to another, both by id."""

    source: str
    target: str
    label: str


class AnnotatedText(Record, frozen=True, kw_only=True):
    """Văn bản có nhãn: the spans in the order of the text, the relations in that of the tasks. `confidence` is that of
    each task, by its span's id; `report` is the report's id, `about` what else is known of it."""

    report: str
    text: str
    spans: tuple[AnnotatedSpan, ...]
    relations: tuple[AnnotatedRelation, ...]
    confidence: dict[str, float] = {}
    about: dict[str, str] = {}


def annotate(document: Document) -> AnnotatedText:
    """The document's tasks and their values as spans and relations. Two tasks that share a value share its span."""
    spans: dict[str, AnnotatedSpan] = {}
    relations: dict[AnnotatedRelation, None] = {}
    confidence = {}
    for directive in document.directives:
        for task in directive.tasks:
            label = TASK_LABELS[directive.kind]
            spans[task.id] = AnnotatedSpan(id=task.id, label=label, start=task.span.start, end=task.span.end)
            confidence[task.id] = task.confidence
            for label, start, end in _values(directive, task):
                span = AnnotatedSpan(id=f"{label}-{start}-{end}", label=label, start=start, end=end)
                spans[span.id] = span
                relations[AnnotatedRelation(source=task.id, target=span.id, label=label)] = None
    source = document.document
    about = dict(zip(ABOUT, (source.path, source.title, source.published, source.url), strict=True))
    return AnnotatedText(
        report=source.id,
        text=document.text,
        spans=tuple(sorted(spans.values(), key=lambda span: (span.start, -span.end, span.label, span.id))),
        relations=tuple(relations),
        confidence=confidence,
        about={name: value for name, value in about.items() if value},
    )


def _values(directive: Directive, task: Task) -> Iterable[tuple[str, int, int]]:
    """The label and place of each value of a task."""
    for body in task.lead:
        yield "LEAD", body.start, body.end
    for body in task.coordinating:
        yield "COORDINATING", body.start, body.end
    if task.deadline is not None:
        yield "DEADLINE", task.deadline.evidence.start, task.deadline.evidence.end
    if directive.issuer.evidence is not None:
        yield "ISSUER", directive.issuer.evidence.start, directive.issuer.evidence.end


def with_tasks(document: Document, ids: Container[str]) -> Document:
    """The document with those of its tasks alone, and no directive without a task."""
    kept = []
    for directive in document.directives:
        tasks = tuple(task for task in directive.tasks if task.id in ids)
        if tasks:
            kept.append(msgspec.structs.replace(directive, tasks=tasks))
    return msgspec.structs.replace(document, directives=tuple(kept))
