"""The audit: each task of a document with what it states of a profile, and the questions about the rest."""

from __future__ import annotations

from pipeline.clarity.evidence import Found, Words
from pipeline.clarity.profiles import Profile
from pipeline.clarity.questions import Language, question_for
from pipeline.clarity.records import Slot, SlotReading, TaskClarity
from pipeline.clarity.slots import read_slots
from pipeline.records import Directive, Document, Task


def audit_document(document: Document, profile: Profile, language: Language = "vi") -> list[TaskClarity]:
    """The tasks of the document's directives and commitments, in its order. Proposals ask those above and are left out.

    A pure function of its arguments; questions are in `language`.
    """
    words = Words(document.text)
    return [
        _audit(document, words, directive, task, profile, language)
        for directive in document.directives
        if directive.kind != "proposal"
        for task in directive.tasks
    ]


def _audit(
    document: Document, words: Words, directive: Directive, task: Task, profile: Profile, language: Language
) -> TaskClarity:
    found = read_slots(words, task)
    slots = {item.slot: _reading(item.slot, found[item.slot], task, language) for item in profile.slots}
    return TaskClarity(
        task_id=task.id,
        report_id=document.document.id,
        path=document.document.path,
        published=document.document.published,
        title=document.document.title,
        kind=directive.kind,
        start=task.span.start,
        end=task.span.end,
        exact=task.span.exact,
        issuer=directive.issuer,
        lead=task.lead,
        profile=profile.name,
        slots=slots,
        stated=sum(reading.stated for reading in slots.values()),
        of=len(slots),
    )


def _reading(slot: Slot, found: Found, task: Task, language: Language) -> SlotReading:
    stated = bool(found.evidence)
    return SlotReading(
        stated=stated,
        evidence=found.evidence,
        vague=found.vague,
        question=None if stated else question_for(slot, found, task, language),
    )
