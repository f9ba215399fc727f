"""Short and long forms that a search takes for each other: `lexicon/search_abbreviations.toml`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import msgspec

from pipeline.errors import LexiconError
from pipeline.lexicon import read_entries
from pipeline.store.database.search_words import fold, words_of

FILE = "search_abbreviations.toml"

Words = tuple[str, ...]


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    long: str
    short: tuple[str, ...]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    abbreviation: tuple[_Entry, ...]


class Abbreviations:
    """The other forms of the words at a place of a query."""

    def __init__(self, forms: dict[Words, tuple[Words, ...]]) -> None:
        self._forms = forms
        self._folded: dict[Words, dict[Words, None]] = {}
        for form in forms:
            self._folded.setdefault(tuple(map(fold, form)), {})[form] = None
        self._longest = max(map(len, forms), default=0)

    def longest_at(self, words: Sequence[str], place: int) -> tuple[int, tuple[Words, ...], bool]:
        """How many words from the place on are the longest form that begins there, the forms that say the same, and
        whether it was typed as it is written; (1, (), False) where none begins. Typed without marks ("uy ban nhan
        dan", "hdnd") words may stand for any form that is so without its marks."""
        for size in range(min(self._longest, len(words) - place), 0, -1):
            form = tuple(words[place : place + size])
            known = [one for one in self._folded.get(tuple(map(fold, form)), ()) if _may_mean(form, one)]
            others = dict.fromkeys(other for one in known for other in self._forms[one] if other != form)
            if others:
                return size, tuple(others), form in self._forms
        return 1, (), False


@cache
def load_abbreviations() -> Abbreviations:
    """The abbreviations of the package. Raises LexiconError where an entry is wrong."""
    return build_abbreviations(read_entries(FILE, _File).abbreviation)


def build_abbreviations(entries: Sequence[_Entry]) -> Abbreviations:
    """Every form with the other forms of its entries. Raises LexiconError where a long form stands twice, or a form
    has no words."""
    forms: dict[Words, dict[Words, None]] = {}
    longs: set[Words] = set()
    for entry in entries:
        long = words_of(entry.long)
        alike = dict.fromkeys([long, *map(words_of, entry.short)])
        if long in longs or not all(alike) or len(alike) < 2:
            raise LexiconError(f"the entry {entry.long!r} is a double or empty", where=f"lexicon/{FILE}")
        longs.add(long)
        for form in alike:
            forms.setdefault(form, {}).update((other, None) for other in alike if other != form)
    return Abbreviations({form: tuple(others) for form, others in forms.items()})


def _may_mean(typed: Words, form: Words) -> bool:
    return all(word == meant or word == fold(meant) for word, meant in zip(typed, form, strict=True))
