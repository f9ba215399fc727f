"""Forms of address, titles, and what offices are compared by: `lexicon/persons.toml` and `titles.toml`, compiled."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import msgspec

from pipeline import lexicon
from pipeline.extraction.body_grammar import load_body_grammar
from pipeline.extraction.vocabulary import alternation, any_of, load_titles
from pipeline.language.matchkey import match_key


class ShortForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A short form inside offices and what it is opened to."""

    pattern: str
    long: str


class PersonWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `lexicon/persons.toml`."""

    honorifics: list[str]
    degrees: list[str]
    place_units: list[str]
    complements: list[str]
    title_tails: list[str]
    alone: list[str]
    held_by_one: list[str]
    short: list[ShortForm]


@cache
def load_person_words() -> PersonWords:
    """The words by which persons are presented. Raises LexiconError on a bad entry."""
    return lexicon.read_entries("persons.toml", PersonWords)


@cache
def honorific_pattern() -> re.Pattern[str]:
    """Forms of address and ranks before a name."""
    words = load_person_words()
    return re.compile(rf"(?<!\w)(?:các +)?(?:{any_of(words.honorifics)}|{'|'.join(words.degrees)})(?!\w)")


@cache
def title_pattern() -> re.Pattern[str]:
    """All titles, longest first, on match keys."""
    names = [name for title in load_titles().title for name in title.names]
    return re.compile(rf"(?<!\w)(?:nguyên +|quyền +|q\. *|cựu +|tân +)?{alternation(names)}(?!\w)")


@cache
def presentation_pattern() -> re.Pattern[str]:
    """Where the mention of a person may begin but for a bare name: a form of address or a title."""
    return re.compile(rf"{honorific_pattern().pattern}|{title_pattern().pattern}")


@cache
def presentation_behind_no_word() -> re.Pattern[str]:
    """The same with the sign before it, for which the engine looks faster than for a place between words."""
    return re.compile(rf"[^\w](?:{presentation_pattern().pattern})")


@cache
def complement_pattern() -> re.Pattern[str]:
    """Phrases in small letters that go on with an office: bodies, units, "thường trực", "phụ trách"."""
    return re.compile(rf"{alternation([*load_body_grammar().heads, *load_person_words().complements])}(?!\w)")


@cache
def _short_forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(entry.pattern), entry.long) for entry in load_person_words().short)


@lru_cache(maxsize=4096)
def role_words(role: str) -> frozenset[str]:
    """The words of a role for comparing roles, abbreviations opened, brackets dropped."""
    key = re.sub(r"\([^)]*\)", " ", match_key(role))
    for pattern, long in _short_forms():
        key = pattern.sub(long, key)
    return frozenset(re.findall(r"\w+", key))


@cache
def _title_tail() -> re.Pattern[str]:
    return re.compile(rf"\s+{any_of(load_person_words().title_tails)}$")


@lru_cache(maxsize=4096)
def role_head(role: str) -> str:
    """The title at the head of a role: "phó chủ tịch" of "Phó Chủ tịch UBND tỉnh"; without "thường trực"."""
    key = match_key(role)
    match = title_pattern().match(key)
    return _title_tail().sub("", match.group() if match else key)
