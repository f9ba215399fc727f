"""The words that state a slot, compiled from `lexicon/clarity/`; how they are written: `responsibility.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

import msgspec

from pipeline import lexicon
from pipeline.extraction.body_grammar import BodyGrammar
from pipeline.extraction.targets import TargetWords
from pipeline.extraction.vocabulary import UPPER, any_of, load_titles
from pipeline.language.matchkey import match_key

RuleFile = Literal["person", "work", "responsibility", "product", "authority", "effect"]

_NAMED = re.compile(r"<(\w+)>")
_CAPITAL = re.compile(rf"[{UPPER}]")
_SENTENCE_START = re.compile(r"(?:^|[.;:!?\n\"“”(–+•*-]|\d\)|[a-zđ]\)) *$")
_LOOK_BACK = 40


class ClarityRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of a file of rules."""

    name: str
    gloss: str
    pattern: str
    source: str
    examples: list[str]
    counterexamples: list[str]
    before_not: list[str] = []
    after_not: list[str] = []
    vague: bool = False
    names: bool = False
    not_first: bool = False


class RuleLexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of a file of rules."""

    rule: list[ClarityRule]


class WordLexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `lexicon/clarity/words.toml`."""

    lists: dict[str, list[str]]
    pieces: dict[str, str]


class Match(NamedTuple):
    """Where a rule's words stand."""

    start: int
    end: int
    rule: ClarityRule


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its patterns. `pattern` has borders of words around it."""

    rule: ClarityRule
    pattern: re.Pattern[str]
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None

    def find(self, words: str, start: int, end: int) -> Iterator[Match]:
        """Where the rule's words stand in `words[start:end]`, left to right, none overlapping another."""
        at = start
        while (found := self.pattern.search(words, at, end)) is not None:
            if self._is_guarded(words, start, end, found):
                at = found.start() + 1
            else:
                yield Match(found.start(), found.end(), self.rule)
                at = max(found.end(), found.start() + 1)

    def _is_guarded(self, words: str, start: int, end: int, found: re.Match[str]) -> bool:
        """Whether the words around say that it is something else."""
        at = found.start()
        if self.before and self.before.search(words, max(start, at - _LOOK_BACK), at):
            return True
        if self.after and self.after.match(words, found.end(), end):
            return True
        return not self.rule.names and _begins_name(words, start, at)


def _begins_name(words: str, start: int, at: int) -> bool:
    """Whether a capital stands there in the middle of a sentence: part of a name ("Sở Xây dựng")."""
    if at == start or not _CAPITAL.match(words, at):
        return False
    return _SENTENCE_START.search(words, max(start, at - _LOOK_BACK), at) is None


def matched_form(text: str) -> str:
    """The text as rules match it, of the same length: blanks for white space, tones in one place, capitals kept."""
    flat = re.sub(r"\s", " ", text)
    key = list(match_key(flat))
    for capital in _CAPITAL.finditer(flat):
        key[capital.start()] = key[capital.start()].upper()
    return "".join(key)


@cache
def load_words() -> WordLexicon:
    """The lists and pieces that patterns name. Raises LexiconError on a bad entry."""
    return lexicon.read_entries("clarity/words.toml", WordLexicon)


@cache
def load_rules(file: RuleFile) -> tuple[CompiledRule, ...]:
    """The rules of a file, in its order. Raises LexiconError on a bad entry."""
    return tuple(_compile(rule) for rule in lexicon.read_entries(f"clarity/{file}.toml", RuleLexicon).rule)


def _compile(rule: ClarityRule) -> CompiledRule:
    return CompiledRule(
        rule,
        re.compile(rf"(?<!\w)(?:{_expanded(rule.pattern)})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w){any_of(rule.before_not)}[ ,]*$", re.IGNORECASE) if rule.before_not else None,
        re.compile(rf" *{any_of(rule.after_not)}(?!\w)", re.IGNORECASE) if rule.after_not else None,
    )


def _expanded(pattern: str) -> str:
    """The pattern with lists and pieces put in, and a run of blanks for each blank."""
    while _NAMED.search(pattern):
        pattern = _NAMED.sub(lambda named: _piece(named[1]), pattern)
    return re.sub(r"\\? (?![+*?])", " +", pattern)


@cache
def _piece(name: str) -> str:
    words = load_words()
    if name in words.lists:
        return f"(?:{any_of(words.lists[name])})"
    if name in words.pieces:
        return words.pieces[name]
    if name == "unit":
        return any_of(lexicon.read_entries("targets.toml", TargetWords).units)
    if name == "upper":
        return UPPER
    if name == "who":
        return _who()
    raise KeyError(name)


def _who() -> str:
    """The beginning of a named body or office: a head with a capital, capitals alone (UBND), or one that needs none."""
    heads = lexicon.read_entries("bodies_grammar.toml", BodyGrammar).heads
    titles = [name for group in load_titles().title for name in group.names]
    named = rf"(?-i:(?=[{UPPER}])){any_of([*heads, *titles])}(?!\w)|(?-i:[{UPPER}]{{2,}})(?!\w)"
    return rf"(?:(?:các )?(?:{named})|(?:đồng chí |ông |bà )(?-i:[{UPPER}])\w*|<organ>(?!\w))"
