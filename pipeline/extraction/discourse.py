"""Connectors, adverbials, modals and narration: the words of `lexicon/discourse.toml`, compiled."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from pipeline import lexicon
from pipeline.extraction.page import Page
from pipeline.extraction.vocabulary import alternation, whole


class DiscourseLexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `lexicon/discourse.toml`."""

    connectors: list[str]
    adverbials: list[str]
    modals: list[str]
    modal_not_before: list[str]
    modal_not_after: list[str]
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
    for match in _modal_pattern().finditer(page.key, start, end):
        if _modal_before().search(page.key, max(start, match.start() - 24), match.start()):
            continue
        if page.tag_at(match.start()) in ("N", "Np"):
            continue
        return match.start()
    return None


def skip_connectors(page: Page, at: int, end: int) -> int:
    """The place behind the connectors that stand at `at`."""
    match = connector_pattern().match(page.key, at, end)
    return match.end() if match is not None else at


def section_of(heading: str) -> str | None:
    """ "idle" or "asking" for a heading by its words, None when it tells neither; `heading` is a match key."""
    entry = load_discourse()
    idle = _first(heading, tuple(entry.idle_sections))
    asking = _first(heading, tuple(entry.asking_sections))
    if idle is None and asking is None:
        return None
    if asking is None:
        return "idle"
    if idle is None:
        return "asking"
    return "idle" if idle < asking else "asking"


def _first(heading: str, words: tuple[str, ...]) -> int | None:
    match = whole(words).search(heading)
    return match.start() if match else None
