"""Which slots a task states: sentences with the words marked, read without the extraction."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.clarity.audit import audit_document
from pipeline.clarity.profiles import find_profile
from pipeline.clarity.records import Slot
from tests.clarity.made_tasks import Span, document_with

LETTERS: dict[str, Slot] = {
    "p": "person", "t": "time", "r": "responsibility", "d": "product", "a": "authority", "e": "effect",
}  # fmt: skip
LINES = [
    line
    for line in (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def read_marks(line: str) -> tuple[str, dict[Slot, list[Span]]]:
    """The sentence without its brackets, and where they stood."""
    text = ""
    open_: list[tuple[Slot, int]] = []
    marks: dict[Slot, list[Span]] = {slot: [] for slot in LETTERS.values()}
    at = 0
    while at < len(line):
        if line[at] == "[":
            open_.append((LETTERS[line[at + 1]], len(text)))
            at += 3
        elif line[at] == "]":
            slot, start = open_.pop()
            marks[slot].append((start, len(text)))
            at += 1
        else:
            text += line[at]
            at += 1
    assert not open_, "a bracket is not closed"
    return text, marks


def touches(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def test_there_are_enough() -> None:
    assert len(LINES) >= 120
    assert len(set(LINES)) == len(LINES)


@pytest.mark.parametrize("line", LINES)
def test_slots(line: str) -> None:
    text, marks = read_marks(line.removeprefix("~"))
    due = marks["time"][0] if marks["time"] else None
    document = document_with(text, [(0, len(text), marks["person"], due)])
    (audit,) = audit_document(document, find_profile("all"))
    assert audit.slots["work"].stated is not line.startswith("~")
    slots: tuple[Slot, ...] = ("responsibility", "product", "authority", "effect")
    for slot in slots:
        found = [(piece.start, piece.end) for piece in audit.slots[slot].evidence]
        said = [text[slice(*span)] for span in found]
        assert all(any(touches(span, mark) for mark in marks[slot]) for span in found), (slot, said)
        assert all(any(touches(span, mark) for span in found) for mark in marks[slot]), (slot, said)
        assert (audit.slots[slot].question is None) is bool(found)
    for reading in audit.slots.values():
        for piece in (*reading.evidence, *reading.vague):
            assert text[piece.start : piece.end] == piece.exact
