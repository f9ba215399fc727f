"""Connectors, adverbials, modals and narration: the words of `lexicon/discourse.toml`, compiled."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

import msgspec

from pipeline import lexicon
from pipeline.extraction.page import Page
from pipeline.extraction.vocabulary import alternation, any_of, whole

_MAIN_CLAUSE = re.compile(r"[,:]\s*(?:thì )?(?:\w+ ){0,6}$")
"""The end of a clause before a main clause's modal."""
Mood = Literal["idle", "asking"]
"""Whether a part of a document tells or asks."""


class DiscourseLexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `lexicon/discourse.toml`."""

    connectors: list[str]
    adverbials: list[str]
    modals: list[str]
    modal_not_before: list[str]
    modal_not_after: list[str]
    modal_conditions: list[str]
    modal_subjects_not: list[str]
    modal_questions: list[str]
    narration: list[str]
    list_intro: str
    idle_sections: list[str]
    asking_sections: list[str]


@cache
def load_discourse() -> DiscourseLexicon:
    """The words of discourse. Raises LexiconError on a bad entry."""
    return lexicon.read_entries("discourse.toml", DiscourseLexicon)


@cache
def connector_pattern() -> re.Pattern[str]:
    """Connectors at a place, with the comma and blanks behind them."""
    return re.compile(rf"(?:{alternation(load_discourse().connectors)}(?!\w)[ ,:]*)+")


@cache
def adverbial_pattern() -> re.Pattern[str]:
    """The first words of an adverbial."""
    return re.compile(rf"{alternation(load_discourse().adverbials)}(?!\w)")


@cache
def _modal_pattern() -> re.Pattern[str]:
    entry = load_discourse()
    return re.compile(rf"(?<!\w){alternation(entry.modals)}(?!\w)(?! *{alternation(entry.modal_not_after)}(?!\w))")


@cache
def _modal_before() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){alternation(load_discourse().modal_not_before)} *$")


@cache
def narration_pattern() -> re.Pattern[str]:
    """Words that tell what is or was."""
    return whole(load_discourse().narration)


@cache
def list_intro_pattern() -> re.Pattern[str]:
    """The end of a sentence that only introduces a list."""
    return re.compile(load_discourse().list_intro)


def find_modal(page: Page, start: int, end: int) -> int | None:
    """Where the first modal of need or ban stands in [start, end) that asks for something; or None."""
    for place in page.places_in("modals", _modal_pattern(), start, end):
        if _modal_before().search(page.key, max(start, place - 24), place):
            continue
        if page.tag_at(place) in ("N", "Np"):
            continue
        return place
    return None


@cache
def _modal_condition() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(load_discourse().modal_conditions)}(?!\w)")


@cache
def _modal_subject_not() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(load_discourse().modal_subjects_not)} *$")


@cache
def _modal_question() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(load_discourse().modal_questions)}(?!\w)")


def asks_by_modal(page: Page, start: int, modal: int, stop: int) -> bool:
    """Whether the modal at `modal` of a clause in [start, stop) asks for action: no condition, question or tale around
    it ("Nếu cần, …", "… có cần không?")."""
    head = page.key[start:modal]
    if _modal_subject_not().search(head):
        return False
    if _modal_condition().search(head[-60:]) and not _MAIN_CLAUSE.search(head):
        return False
    if _modal_question().search(page.key[modal : min(stop, modal + 40)]):
        return False
    return page.flat.find("?", modal, stop + 1) < 0


def skip_connectors(page: Page, at: int, end: int) -> int:
    """The place behind the connectors that stand at `at`."""
    match = connector_pattern().match(page.key, at, end)
    return match.end() if match is not None else at


@cache
def _sections() -> tuple[re.Pattern[str], re.Pattern[str]]:
    entry = load_discourse()
    return whole(entry.idle_sections), whole(entry.asking_sections)


def section_of(heading: str) -> Mood | None:
    """ "idle" or "asking" for a heading by its words, the first that tells; None when none does.

    `heading` is a match key: "ii. nhiệm vụ, giải pháp" is asking, "kết quả thực hiện nhiệm vụ" idle.
    """
    idle, asking = (pattern.search(heading) for pattern in _sections())
    if idle is None or asking is None:
        return "idle" if idle is not None else "asking" if asking is not None else None
    return "idle" if idle.start() < asking.start() else "asking"
