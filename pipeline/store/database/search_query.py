"""What was typed into a search, as words that a text must have.

    chuyển đổi số           all three words; reports that have them side by side come first
    "chuyển đổi số"         the three side by side
    "chuyển đổi số" UBND    both; "Ủy ban nhân dân" will do

Nothing else means anything: every other sign parts words as it does in texts, so any punctuation may be typed. A
quotation mark without a partner is such a sign.
"""

from __future__ import annotations

import re
from itertools import product
from typing import NamedTuple

from pipeline.read.normalise import normalise
from pipeline.store.database.search_abbreviations import Words, load_abbreviations
from pipeline.store.database.search_words import GAP, LONGEST, fold, phrase_terms, words_of

MOST_VARIANTS = 64
"""Of the ways to write a phrase with short and long forms so many are looked for, that which was typed first."""
MOST_TERMS = 64
"""An index is asked for so many terms of a phrase; a longer one is told by its first words and checked in the text."""

_QUOTED = re.compile(r"[\"“”„«»](?P<phrase>[^\"“”„«»]+)[\"“”„«»]")


class Alternative(NamedTuple):
    """Words that an entry of an index must have: side by side in this order, or anywhere."""

    words: Words
    together: bool

    @property
    def terms(self) -> Words:
        """What an index of words and pairs is asked for: the words, or their pairs where they stand together."""
        found = phrase_terms(self.words) if self.together else self.words
        return tuple(dict.fromkeys(found))[:MOST_TERMS]


Clause = tuple[Alternative, ...]
"""One of the alternatives must hold."""


class Segment(NamedTuple):
    """Words of a query that stand for one thing: as typed, and the other forms of it. `written`: the words typed are a
    form as it is written, not one that lacks its marks; only then are the other forms exact finds."""

    typed: Words
    others: tuple[Words, ...] = ()
    written: bool = False

    def forms(self, *, folded: bool) -> tuple[Words, ...]:
        """The forms to look for, as typed first."""
        return (self.typed, *self.others) if folded or self.written else (self.typed,)


class Phrase(NamedTuple):
    """A run of a query's words; `quoted`, they must stand side by side."""

    segments: tuple[Segment, ...]
    quoted: bool

    @property
    def words(self) -> Words:
        """The words as typed."""
        return tuple(word for segment in self.segments for word in segment.typed)

    def variants(self, *, folded: bool) -> tuple[Words, ...]:
        """The ways to write the phrase, as typed first."""
        ways = product(*(segment.forms(folded=folded) for segment in self.segments))
        found: dict[Words, None] = {}
        for way, _ in zip(ways, range(MOST_VARIANTS), strict=False):
            found[tuple(word for words in way for word in words)] = None
        return tuple(found)


class Query(NamedTuple):
    """A search as typed, in words. Without any (`bool(query.phrases)` is false) it finds nothing."""

    phrases: tuple[Phrase, ...]

    @property
    def marked(self) -> bool:
        """Whether any letter was typed with a mark, or as đ."""
        return any(word != fold(word) for phrase in self.phrases for word in phrase.words)

    @property
    def scattered(self) -> bool:
        """Whether some of its words may stand apart."""
        return any(not phrase.quoted and len(phrase.words) > 1 for phrase in self.phrases)

    def clauses(self, *, folded: bool, together: bool) -> tuple[Clause, ...]:
        """What an entry of an index must have, all of it: every phrase as one, or (not `together`) all the words, those
        quoted as one and the others anywhere."""
        found: list[Clause] = []
        for phrase in self.phrases:
            if phrase.quoted or together:
                found.append(_clause([(words, True) for words in phrase.variants(folded=folded)], folded))
                continue
            for segment in phrase.segments:
                typed, *others = segment.forms(folded=folded)
                found.append(_clause([(typed, False), *((words, True) for words in others)], folded))
        return tuple(found)

    def phrase_patterns(self, *, folded: bool) -> tuple[re.Pattern[str], ...]:
        """For each phrase a pattern that finds it in a key (exact or folded) of a text, in any of its forms."""
        return tuple(_pattern(phrase.variants(folded=folded), folded) for phrase in self.phrases)

    def word_pattern(self, *, folded: bool) -> re.Pattern[str]:
        """A pattern that finds any of the words, in the longest form first."""
        forms: dict[Words, None] = {}
        for phrase in self.phrases:
            if phrase.quoted:
                forms |= dict.fromkeys(phrase.variants(folded=folded))
            for segment in () if phrase.quoted else phrase.segments:
                forms |= dict.fromkeys([*segment.forms(folded=folded), *((word,) for word in segment.typed)])
        return _pattern(sorted(forms, key=len, reverse=True), folded)


def parse_query(typed: str) -> Query:
    """The query in what was typed, in any Unicode form. Never raises."""
    typed = normalise(typed)
    phrases: list[Phrase] = []
    end = 0
    for match in _QUOTED.finditer(typed):
        phrases += _phrase(typed[end : match.start()], quoted=False)
        phrases += _phrase(match["phrase"], quoted=True)
        end = match.end()
    return Query((*phrases, *_phrase(typed[end:], quoted=False)))


def exact_phrase(typed: str) -> Query:
    """The query for all that was typed as one phrase."""
    return Query(tuple(_phrase(typed, quoted=True)))


def _phrase(typed: str, *, quoted: bool) -> list[Phrase]:
    words = words_of(typed)
    segments: list[Segment] = []
    place = 0
    while place < len(words):
        size, others, written = load_abbreviations().longest_at(words, place)
        segments.append(Segment(words[place : place + size], others, written))
        place += size
    return [Phrase(tuple(segments), quoted)] if segments else []


def _clause(alternatives: list[tuple[Words, bool]], folded: bool) -> Clause:
    made = (Alternative(tuple(map(fold, words)) if folded else words, together) for words, together in alternatives)
    return tuple(dict.fromkeys(made))


def _pattern(variants: tuple[Words, ...] | list[Words], folded: bool) -> re.Pattern[str]:
    written = (GAP.join(map(_word_pattern, map(fold, words) if folded else words)) for words in variants)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(dict.fromkeys(written))})(?![^\W_])")


def _word_pattern(word: str) -> str:
    return rf"{word}[^\W_]*" if len(word) == LONGEST else word
