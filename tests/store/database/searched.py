"""Small reports with tasks, for tests that search."""

from __future__ import annotations

import hashlib
import tomllib
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import msgspec

from pipeline.read.normalise import normalise
from pipeline.records import Deadline, DirectiveKind, Document, Issuer, Recurrence
from tests.report.documents import body, deadline, directive, document, evidence, task

PAIRS = Path(__file__).with_name("search_pairs.toml")


def pairs() -> list[tuple[str, str]]:
    """Each query as typed, and the document it must find as written."""
    found = []
    for pair in tomllib.loads(PAIRS.read_text(encoding="utf-8"))["pair"]:
        typed = unicodedata.normalize(pair.get("typed", "NFC"), pair["query"])
        found.append((typed, unicodedata.normalize(pair.get("written", "NFC"), pair["document"])))
    return found


def report(text: str, *, published: str | None = "2023-06-08") -> Document:
    """A report of one sentence, without tasks."""
    text = normalise(text)
    return document(text, id=_id(text), title=None, published=published)


def asking(
    text: str,
    words: str,
    *,
    lead: Sequence[tuple[str, str | None]] = (),
    person: str | None = None,
    role: str | None = None,
    by: tuple[str, str, Recurrence | None] | None = None,
    kind: DirectiveKind = "directive",
    published: str | None = "2023-06-08",
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
) -> Document:
    """A report with one task: its `words`, the bodies that lead it with their ids, who gave it, and its deadline as
    words, last day and recurrence."""
    issuer = Issuer(person=person, role=role, body=None, evidence=evidence(text, person or role or words))
    due: Deadline | None = None
    if by:
        due = deadline(text, by[0], end=by[1] or None, recurrence=by[2])
    one = task(text, words, lead=[body(text, name, id=id) for name, id in lead], by=due)
    one = msgspec.structs.replace(one, id=_id(text + words))
    asked = msgspec.structs.replace(directive([one], kind=kind, issuer=issuer), id=_id(words + text))
    made = document(text, id=_id(text), title=title, published=published, url=url, directives=[asked])
    return msgspec.structs.replace(made, document=msgspec.structs.replace(made.document, publisher=publisher))


def _id(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
