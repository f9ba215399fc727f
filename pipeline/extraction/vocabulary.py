"""Words compiled for matching on match keys, longest first; the lexicon's cues, titles and beginnings of work."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal, TypeAlias

import msgspec

from pipeline import lexicon
from pipeline.language.matchkey import match_key

UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
"""Vietnamese capital letters, for a set in a regular expression."""


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words, longest first, on match keys; a blank matches one blank."""
    return any_spelled(map(match_key, words))


def any_spelled(words: Iterable[str]) -> str:
    """Like `any_of`, of words as they are spelled.

    Words with a common beginning are one branch, so that a place is tried in the time of a word, not of the list.
    """
    tree: _Branches = {}
    for word in words:
        branch = tree
        for character in word:
            branch = branch.setdefault(character, {})
        branch[_END] = {}
    return f"(?:{_branches(tree)})"


_Branches: TypeAlias = "dict[str, _Branches]"
_END = ""


def _branches(tree: _Branches) -> str:
    """The alternatives that go on from a beginning; its own end, where it is a word, comes last."""
    return "|".join(_branch(*item) for item in sorted(tree.items(), reverse=True))


def _branch(written: str, tree: _Branches) -> str:
    while len(tree) == 1 and _END not in tree:
        character, tree = next(iter(tree.items()))
        written += character
    behind = _branches(tree)
    return f"{re.escape(written)}(?:{behind})" if behind else re.escape(written)


def alternation(words: Iterable[str]) -> str:
    """Like `any_of`, but a blank matches a run of blanks (never a line end): for names, which are set in columns."""
    return any_of(words).replace(r"\ ", " +")


def whole(words: Iterable[str]) -> re.Pattern[str]:
    """A compiled pattern for any of the words with borders of words around it; a blank matches a run of blanks."""
    return re.compile(rf"(?<!\w){alternation(words)}(?!\w)")


CueForce = Literal["order", "request", "ban", "pledge", "proposal", "stress", "say", "opine"]
"""What the words of a cue do by themselves; see the head of `lexicon/cues.toml`."""


class CueRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of `lexicon/cues.toml`."""

    name: str
    gloss: str
    force: CueForce
    pattern: str
    before_not: list[str]
    after_not: list[str]
    noun: bool
    source: str
    examples: list[str]
    counterexamples: list[str]


class CueLexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `lexicon/cues.toml`."""

    noun_before: list[str]
    noun_after: list[str]
    cue: list[CueRule]


class Titles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Titles of one kind."""

    names: list[str]


class TitleLexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `lexicon/titles.toml`."""

    title: list[Titles]
    group_head: list[Titles]


@cache
def load_cues() -> CueLexicon:
    """The cue verbs. Raises LexiconError on a bad entry."""
    return lexicon.read_entries("cues.toml", CueLexicon)


@cache
def load_titles() -> TitleLexicon:
    """The titles of persons. Raises LexiconError on a bad entry."""
    return lexicon.read_entries("titles.toml", TitleLexicon)


@cache
def work_starts() -> re.Pattern[str]:
    """The words that begin the saying of a piece of work."""
    return whole(lexicon.read_list("work_starts.txt"))
