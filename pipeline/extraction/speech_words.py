"""How a report tells who speaks: the words of `lexicon/speech.toml`, compiled for match keys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import msgspec

from pipeline import lexicon
from pipeline.extraction.vocabulary import any_of
from pipeline.language.matchkey import match_key


class SpeechWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `lexicon/speech.toml`."""

    gap: list[str]
    clause_openers: list[str]
    auxiliaries: list[str]
    predicates: list[str]
    no_name_words: list[str]
    no_name_unless: dict[str, list[str]]
    no_name_tails: list[str]
    verbal: list[str]
    chair: list[str]
    that_officer: list[str]
    speaking_documents: list[str]
    author_verbs: list[str]
    authored_documents: list[str]
    first_person: list[str]
    own_people: list[str]
    men: list[str]
    women: list[str]
    called_head: list[str]
    called_leader: list[str]
    first_person_adverbs: list[str]


@dataclass(frozen=True, slots=True)
class SpeechPatterns:
    """The patterns and sets of words of speech."""

    gap: re.Pattern[str]
    """What may stand between a speaker and his verb, whole."""
    chunk: re.Pattern[str]
    """What a place where a subject may begin stands behind."""
    auxiliary: re.Pattern[str]
    no_name: re.Pattern[str]
    verbal: re.Pattern[str]
    that_officer: re.Pattern[str]
    """The one who spoke last, told again by his office, before what may stand in the gap."""
    document: re.Pattern[str]
    """A document as the subject of a verb of speech, up to the verb: its issuer goes on speaking."""
    author: re.Pattern[str]
    """Words by which somebody is told to be the author of a document."""
    first_person: re.Pattern[str]
    """The speaker as the subject of his own verb, up to the verb: he goes on speaking."""
    own_people: re.Pattern[str]
    """The same by a word for his people, in a quotation."""
    predicates: frozenset[str]
    no_name_tails: frozenset[str]
    chair: frozenset[str]
    called: re.Pattern[str]
    """Offices by which one who has the floor may be called again: "head" for heads of whatever body."""
    genders: dict[str, str]
    """Forms of address that tell a man ("m") or a woman ("f")."""


@cache
def speech_patterns() -> SpeechPatterns:
    """The words of speech, compiled. Raises LexiconError on a bad entry."""
    words = lexicon.read_entries("speech.toml", SpeechWords)
    unless = "|".join(rf"{match_key(word)}(?! {any_of(names)})" for word, names in words.no_name_unless.items())
    adverbs = rf"(?: {any_of(words.first_person_adverbs)})*"
    return SpeechPatterns(
        gap=re.compile(rf"[ ,–—-]*(?:(?:{any_of(words.gap)}|\d[\w/.-]*|\([^)]*\))[ ,–—-]*)*$"),
        chunk=re.compile(rf"(?:[,;:–—]|[\"“”]|(?<=\s)-)\s*|(?<!\w){any_of(words.clause_openers)} "),
        auxiliary=re.compile(rf"(?<!\w){any_of(words.auxiliaries)}(?!\w)"),
        no_name=re.compile(rf"(?<!\w)(?:{any_of(words.no_name_words)}|{unless})(?!\w)"),
        verbal=re.compile(rf"(?<!\w){any_of(words.verbal)}(?!\w)"),
        that_officer=re.compile(
            rf"(?<!\w)(?:vị|nữ) (?:này|(?:phó )?{any_of(words.that_officer)}(?: [^\W\d_]+){{0,4}}?)(?= )"
        ),
        document=re.compile(
            rf"(?<!\w){any_of(words.speaking_documents)}(?: (?:này|trên|của [^,.;:]{{3,60}}))? *(?:cũng |còn )?$"
        ),
        author=re.compile(
            rf"(?<!\w)(?:đã |vừa |cũng )*{any_of(words.author_verbs)} {any_of(words.authored_documents)}(?!\w)"
        ),
        first_person=re.compile(rf"(?<!\w){any_of(words.first_person)}{adverbs} *$"),
        own_people=re.compile(rf"(?<!\w){any_of(words.own_people)}{adverbs} *$"),
        predicates=frozenset(map(match_key, words.predicates)),
        no_name_tails=frozenset(map(match_key, words.no_name_tails)),
        chair=frozenset(map(match_key, words.chair)),
        called=re.compile(rf"(?:(?P<head>{any_of(words.called_head)})|{any_of(words.called_leader)}) "),
        genders={**dict.fromkeys(words.men, "m"), **dict.fromkeys(words.women, "f")},
    )
