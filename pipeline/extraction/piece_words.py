"""Where pieces of work begin and end, and who takes part: `lexicon/pieces.toml`, compiled for match keys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import msgspec

from pipeline import lexicon
from pipeline.extraction.vocabulary import any_of
from pipeline.language.matchkey import match_key


class PieceWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `lexicon/pieces.toml`."""

    fillers: list[str]
    filler_nouns: list[str]
    filler_adjectives: list[str]
    reasons: list[str]
    noun_lists: list[str]
    lead_to: list[str]
    weak_starts: list[str]
    consents: list[str]
    consent_to: list[str]
    after_noun: list[str]
    work_nouns: list[str]
    no_work_verbs: list[str]
    topics: list[str]
    time_bounds: list[str]
    time_numbers: list[str]
    time_units: list[str]
    time_tails: list[str]
    cooperation: list[str]
    cooperation_adverbs: list[str]
    cooperation_with: list[str]
    cooperation_not: list[str]
    together_not: list[str]
    list_stops: list[str]
    inside_names: list[str]


@dataclass(frozen=True, slots=True)
class PiecePatterns:
    """The patterns and sets of words of pieces of work."""

    filler: re.Pattern[str]
    reason: re.Pattern[str]
    noun_list: re.Pattern[str]
    to_lead: re.Pattern[str]
    """What behind "lãnh đạo" shows the verb, to lead."""
    consent_to: re.Pattern[str]
    after_noun: re.Pattern[str]
    no_work: re.Pattern[str]
    bare_time: re.Pattern[str]
    """A time said without a comma before the addressee."""
    cooperation: re.Pattern[str]
    together_not: re.Pattern[str]
    list_stop: re.Pattern[str]
    weak_starts: frozenset[str]
    consents: frozenset[str]
    work_nouns: frozenset[str]
    topics: frozenset[str]
    topic_openers: tuple[str, ...]
    cooperation_not: tuple[str, ...]
    inside_names: tuple[str, ...]


@cache
def piece_patterns() -> PiecePatterns:
    """The words of pieces of work, compiled. Raises LexiconError on a bad entry."""
    words = lexicon.read_entries("pieces.toml", PieceWords)
    return PiecePatterns(
        filler=_filler(words),
        reason=re.compile(rf", *{any_of(words.reasons)}(?!\w)"),
        noun_list=re.compile(rf"(?<!\w){any_of(words.noun_lists)}\s*:"),
        to_lead=re.compile(rf"[ ,]*{any_of(words.lead_to)}"),
        consent_to=re.compile(rf"\s*{any_of(words.consent_to)}"),
        after_noun=re.compile(rf" *{any_of(words.after_noun)}(?!\w)"),
        no_work=re.compile(rf"{any_of(words.no_work_verbs)}(?!\w)"),
        bare_time=_bare_time(words),
        cooperation=re.compile(
            rf"(?<!\w){any_of(words.cooperation)}(?: {any_of(words.cooperation_adverbs)})*"
            rf"(?: {any_of(words.cooperation_with)})? +|(?<!\w)cùng(?: với)? +"
        ),
        together_not=re.compile(rf"{any_of(words.together_not)} *$"),
        list_stop=re.compile(rf"[.;:()]|(?<!\w){any_of(words.list_stops)}(?!\w)"),
        weak_starts=frozenset(map(match_key, words.weak_starts)),
        consents=frozenset(map(match_key, words.consents)),
        work_nouns=frozenset(map(match_key, words.work_nouns)),
        topics=frozenset(map(match_key, words.topics)),
        topic_openers=tuple(f"{match_key(word)} " for word in (*words.topics, "với", "riêng")),
        cooperation_not=tuple(f"{match_key(word)} " for word in words.cooperation_not),
        inside_names=tuple(f" {match_key(word)}" for word in words.inside_names),
    )


def _filler(words: PieceWords) -> re.Pattern[str]:
    adjectives = rf"(?: {any_of(words.filler_adjectives)})*"
    listed = rf"(?:các |một số |những )?{any_of(words.filler_nouns)}{adjectives}(?= *:)"
    return re.compile(rf"[ ,:]*(?:{any_of(words.fillers)}|{listed}|một số nội dung(?: sau)?|như sau)(?!\w)[ ,:]*")


def _bare_time(words: PieceWords) -> re.Pattern[str]:
    bound = rf"(?:{any_of(words.time_bounds)}(?: hết)? )?"
    number = rf"(?:(?:\d+|{any_of(words.time_numbers)}) )?"
    unit = rf"{any_of(words.time_units)}?"
    figure = r"(?:\d[\w/.\-]*|[ivx]+(?:[/.\-]\w+)*(?!\w))"
    return re.compile(rf"{bound}{number}{unit}(?: ?{figure}| {any_of(words.time_tails)})+(?= )")
