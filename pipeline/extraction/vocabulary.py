"""The lexicon's words compiled for matching on match keys: each list one alternation, longest first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar

import msgspec

from pipeline import lexicon
from pipeline.errors import LexiconError
from pipeline.language.matchkey import match_key
from pipeline.records import Force

_T = TypeVar("_T")
UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
LOWER = UPPER.lower().replace("a-z", "a-z")
SYLLABLE_UPPER = rf"[{UPPER}][\w]*(?:[.&][\w]+)*"


def alternation(words: Iterable[str]) -> str:
    """A regular expression for any of the words, longest first, on match keys; a blank matches a run of blanks, never a line end."""
    keys = sorted({match_key(word) for word in words}, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(key).replace(r"\ ", " +") for key in keys) + ")"


def whole(words: Iterable[str]) -> re.Pattern[str]:
    """A compiled pattern for any of the words with borders of words around it."""
    return re.compile(rf"(?<!\w){alternation(words)}(?!\w)")


class CueRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of `lexicon/cues.toml`."""

    name: str
    gloss: str
    force: Force | str
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


class Title(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Titles of one level of authority; level null: the body decides."""

    names: list[str]
    level: int | None = None


class TitleLexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `lexicon/titles.toml`."""

    title: list[Title]
    group_head: list[Title]


class BodyGrammar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `lexicon/bodies_grammar.toml`."""

    heads: list[str]
    alone: list[str]
    determiners: list[str]
    groups: list[str]
    modifiers: list[str]
    joiners: list[str]
    company_words: list[str]


def _convert(name: str, kind: type[_T]) -> _T:
    data: dict[str, Any] = lexicon.read_toml(name)
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise LexiconError(str(error), where=f"lexicon/{name}") from error


@cache
def load_cues() -> CueLexicon:
    """The cue verbs. Raises LexiconError on a bad entry."""
    return _convert("cues.toml", CueLexicon)


@cache
def load_titles() -> TitleLexicon:
    """The titles of persons. Raises LexiconError on a bad entry."""
    return _convert("titles.toml", TitleLexicon)


@cache
def load_body_grammar() -> BodyGrammar:
    """How names of bodies are built. Raises LexiconError on a bad entry."""
    return _convert("bodies_grammar.toml", BodyGrammar)


@cache
def work_starts() -> re.Pattern[str]:
    """The words that begin the saying of a piece of work."""
    return whole(lexicon.read_list("work_starts.txt"))
