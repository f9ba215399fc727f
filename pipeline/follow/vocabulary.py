"""The words that matters are told apart by: a text's syllables, and the phrases of `lexicon/follow/` among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

import msgspec

from pipeline import lexicon
from pipeline.language.matchkey import match_key

Kind = Literal[
    "aspect", "structure_aspect", "document_aspect", "object", "generic", "back", "qualifier", "year", "place", "alias",
    "subordinate", "synonym", "whole",
]  # fmt: skip
Syllables = tuple[str, ...]
UNSEEN = 1.0
"""What a syllable weighs that stands in no list."""

# A document's number, a number with a letter (57B, 500kV), a word.
_TOKEN = re.compile(
    r"\d+(?:/\d{4})?[/-][A-ZĐƯ]{1,8}\d*(?:[-/][A-ZĐƯ][\wĐ]{0,9})*|\d+(?:[.,]\d+)*[^\W\d_]{0,3}(?!\w)|[^\W_]+"
)
_ROMAN = re.compile(r"[IVX]{1,4}$")


class Token(NamedTuple):
    """A syllable, a number, or a document's number, by its match key. `gap`: what lies between it and the one before
    is more than spaces and dashes; `capital`: it begins with one where no sentence begins."""

    key: str
    start: int
    end: int
    capital: bool
    gap: bool
    number: bool
    document: bool


class Phrase(NamedTuple):
    """A phrase of the lexicon: `entry` is its aspect, object, qualifier or kind of place."""

    syllables: Syllables
    kind: Kind
    entry: str


class Found(NamedTuple):
    """A phrase in a text: tokens [first, last)."""

    phrase: Phrase
    first: int
    last: int


class Aspect(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Mặt of a thing that a work is about: see `aspects.toml`."""

    id: str
    gloss: str
    phrases: tuple[str, ...]
    apart: bool = False
    yearly: bool = False
    of_structure: tuple[str, ...] = ()
    of_document: tuple[str, ...] = ()


class Thing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Loại đối tượng of a work: see `objects.toml`."""

    id: str
    genus: Literal["structure", "document", "system"]
    heads: tuple[str, ...]
    wild: bool = False
    numbered: bool = False


class _Aspects(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    aspect: tuple[Aspect, ...]


class _Things(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    object: tuple[Thing, ...]


class _Back(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    phrases: tuple[str, ...]


class _Generic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    syllables: tuple[str, ...]
    phrases: tuple[str, ...]
    back: _Back
    whole: _Back


class _Aliases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    between: tuple[str, ...]


class _Subordinate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: tuple[str, ...]


class _Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    qualifiers: tuple[str, ...]
    years: tuple[str, ...]
    before_time: tuple[str, ...]
    places: dict[str, tuple[str, ...]]
    aliases: _Aliases
    time: _Subordinate
    subordinate: _Subordinate
    numbered: dict[str, str]
    short: dict[str, str]


class _Synonyms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    groups: tuple[tuple[str, ...], ...]


class _Level(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    weight: float
    syllables: tuple[str, ...]


class _Levels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    level: tuple[_Level, ...]


class Vocabulary:
    """The phrases of the lexicon by their first syllable, the longest first."""

    def __init__(self) -> None:
        aspects = lexicon.read_entries("follow/aspects.toml", _Aspects).aspect
        things = lexicon.read_entries("follow/objects.toml", _Things).object
        generic = lexicon.read_entries("follow/generic.toml", _Generic)
        names = lexicon.read_entries("follow/names.toml", _Names)
        levels = lexicon.read_entries("follow/syllables.toml", _Levels).level
        self.aspects = {aspect.id: aspect for aspect in aspects}
        self.things = {thing.id: thing for thing in things}
        self.stops = frozenset(match_key(one) for one in generic.syllables)
        self.weights = {match_key(one): level.weight for level in levels for one in level.syllables}
        self._phrases: dict[str, list[Phrase]] = {}
        for aspect in aspects:
            self._add("aspect", aspect.id, aspect.phrases)
            self._add("structure_aspect", aspect.id, aspect.of_structure)
            self._add("document_aspect", aspect.id, aspect.of_document)
        for thing in things:
            self._add("object", thing.id, thing.heads)
        self._add("generic", "", generic.phrases)
        self._add("back", "", generic.back.phrases)
        self._add("whole", "", generic.whole.phrases)
        for words in names.qualifiers:
            self._add("qualifier", words, [words])
        self._add("year", "", names.years)
        for level, level_words in names.places.items():
            self._add("place", level, level_words)
        self._add("alias", "", names.aliases.between)
        self._add("subordinate", "", names.subordinate.words)
        for group in lexicon.read_entries("follow/synonyms.toml", _Synonyms).groups:
            self._add("synonym", f"={group[0]}", group)
        self.before_time = frozenset(match_key(word) for word in names.before_time)
        self.more_time = tuple(match_key(word) for word in names.time.words)
        self.numbered = names.numbered
        self.short = names.short
        for phrases in self._phrases.values():
            phrases.sort(key=lambda phrase: (-len(phrase.syllables), phrase.kind, phrase.entry))

    def _add(self, kind: Kind, entry: str, phrases: Iterable[str]) -> None:
        for phrase in phrases:
            syllables = syllables_of(phrase)
            self._phrases.setdefault(syllables[0], []).append(Phrase(syllables, kind, entry))

    def weight(self, syllable: str) -> float:
        """How much it says that two statements share the syllable, 0 to 1."""
        return self.weights.get(syllable, UNSEEN)

    def find(self, tokens: Sequence[Token], kinds: frozenset[Kind]) -> list[Found]:
        """The phrases of these kinds, in order: at each place the longest, none within another of its kind."""
        found = []
        behind: dict[Kind, int] = {}
        for place, token in enumerate(tokens):
            for phrase in self._phrases.get(token.key, ()):
                kind = phrase.kind
                if kind not in kinds or behind.get(kind, 0) > place:
                    continue
                last = place + len(phrase.syllables)
                same = last <= len(tokens) and all(
                    tokens[place + nth].key == syllable and not tokens[place + nth].gap
                    for nth, syllable in enumerate(phrase.syllables)
                    if nth
                )
                if same:
                    found.append(Found(phrase, place, last))
                    behind[kind] = last
        return found


@cache
def load_vocabulary() -> Vocabulary:
    """The vocabulary of the package's lexicon. Raises LexiconError where an entry is wrong."""
    return Vocabulary()


@lru_cache(maxsize=1 << 14)
def syllables_of(text: str) -> Syllables:
    """The keys of a text's tokens."""
    return tuple(token.key for token in read_tokens(text))


def read_tokens(text: str) -> list[Token]:
    """The tokens of a text, in order. Linear in the text."""
    key = match_key(text)
    tokens: list[Token] = []
    before, opening = 0, True
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        between = text[before:start]
        if tokens:
            opening = not between.isspace() and any(sign in between for sign in '.!?:;"“”\n')
        word = match[0]
        number = word[0].isdigit() or bool(_ROMAN.match(word))
        document = word[0].isdigit() and ("/" in word or "-" in word) and any(letter.isupper() for letter in word)
        capital = word[0].isupper() and not opening
        gap = bool(between.strip(" \n\u00a0-–—")) or "\n" in between.strip(" ")
        tokens.append(Token(key[start:end], start, end, capital, gap, number, document))
        if word[0].isupper() and len(tokens) > 1 and _begins_name(tokens, text, gap):
            tokens[-2] = tokens[-2]._replace(capital=True)
        before = end
    return tokens


def _begins_name(tokens: Sequence[Token], text: str, gap: bool) -> bool:
    """Whether the capital of the token before the last, at a sentence's head, is that of a name: another follows."""
    before = tokens[-2]
    return (
        not gap
        and not before.capital
        and text[before.start].isupper()
        and not text[before.start : before.end].isupper()
    )
