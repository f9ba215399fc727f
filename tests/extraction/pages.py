"""What the extraction tests share: a text laid out, and the parts of the extraction run over it.

The tests go through these few functions, so that a stage that moves is followed in one place.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pipeline.document import extract_document
from pipeline.extraction.names import PersonMention, find_people
from pipeline.extraction.page import Page, lay_out
from pipeline.extraction.people_index import PeopleIndex
from pipeline.extraction.speakers import Speakers
from pipeline.language import read_words
from pipeline.read import read_string
from pipeline.read.blocks import find_blocks
from pipeline.read.manifest import ManifestEntry
from pipeline.records import Document, Task

PUBLISHED = "2023-06-08"
"""The day that the made-up reports are published, a Thursday."""


@lru_cache(maxsize=512)
def page_of(text: str) -> Page:
    """The page of a text."""
    return lay_out(read_words(text), find_blocks(text))


def people_in(text: str) -> list[PersonMention]:
    """The mentions of persons in a text."""
    return find_people(page_of(text))


def index_of(text: str) -> PeopleIndex:
    """The persons that a text introduces."""
    return PeopleIndex(people_in(text))


def speakers_of(text: str) -> Speakers:
    """What finds the speakers of a text."""
    people = people_in(text)
    return Speakers(page_of(text), people, PeopleIndex(people))


def place_of(text: str, words: str) -> int:
    """Where the words stand in the text; they must stand there once."""
    assert text.count(words) == 1, f"{words!r} stands {text.count(words)} times"
    return text.index(words)


@lru_cache(maxsize=512)
def document_of(text: str, published: str | None = PUBLISHED) -> Document:
    """The document of a report given as a text."""
    return extract_document(read_string(text, entry=ManifestEntry(file="", published=published)))


@dataclass(frozen=True, slots=True)
class Row:
    """One task of a document with what its directive says, in plain values."""

    kind: str
    span: str
    issuer: tuple[str | None, str | None, str | None]
    lead: tuple[str, ...]
    coordinating: tuple[str, ...]
    deadline: tuple[str | None, str | None, str | None] | None
    task: Task


def rows_of(text: str, published: str | None = PUBLISHED) -> list[Row]:
    """The tasks of a report given as a text, in order."""
    return [
        Row(
            directive.kind,
            task.span.exact,
            (directive.issuer.person, directive.issuer.role, directive.issuer.body),
            tuple(body.text for body in task.lead),
            tuple(body.text for body in task.coordinating),
            (task.deadline.start, task.deadline.end, task.deadline.recurrence) if task.deadline else None,
            task,
        )
        for directive in document_of(text, published).directives
        for task in directive.tasks
    ]
