"""The words that the matches of a regular expression begin with, read off the expression.

Python's engine tries every branch of an expression at every place. Most places are ruled out sooner by a look at the
words that a match can begin with at all: `rf"(?={any_spelled(first_words(pattern))}){pattern}"`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ZERO_WIDTH = ("(?=", "(?!", "(?<=", "(?<!")
_TOKEN = re.compile(r"\(\?(?:[:=!]|<[=!])|\[\^?\]?(?:\\.|[^]\\])*\]|\\.|.", re.DOTALL)
_QUANTIFIER = re.compile(r"(?P<times>[*+?]|\{\d*,?\d*\})[?+]?")
_SPECIAL = frozenset(".^$*+?{}[]()|")


@dataclass(frozen=True, slots=True)
class _Beginning:
    """What a part may begin with (None: anything), and whether it may be empty."""

    words: frozenset[str] | None
    empty: bool

    def then(self, following: _Beginning) -> _Beginning:
        return _Beginning(self._or(following), following.empty) if self.empty else self

    def __or__(self, other: _Beginning) -> _Beginning:
        return _Beginning(self._or(other), self.empty or other.empty)

    def _or(self, other: _Beginning) -> frozenset[str] | None:
        return None if self.words is None or other.words is None else self.words | other.words


_NOTHING = _Beginning(frozenset(), True)
_ANYTHING = _Beginning(None, False)


def first_words(pattern: str) -> frozenset[str] | None:
    """The runs of letters one of which every match of a pattern begins with; None where a match may begin otherwise.

    `(?:đã |vừa )*yêu cầu` gives "đã ", "vừa " and "yêu cầu". Read are literals, groups without names, quantifiers and
    looks around; anything else may be anything.
    """
    tokens = [match.group() for match in _TOKEN.finditer(pattern)]
    if "(" in tokens:
        return None
    beginning, _ = _alternatives(tokens, 0)
    return None if beginning.empty else beginning.words


def _alternatives(tokens: list[str], at: int) -> tuple[_Beginning, int]:
    """The beginning of the alternatives from `at` to a closing bracket or the end, and that place."""
    beginning, at = _sequence(tokens, at)
    while at < len(tokens) and tokens[at] == "|":
        other, at = _sequence(tokens, at + 1)
        beginning |= other
    return beginning, at


def _sequence(tokens: list[str], at: int) -> tuple[_Beginning, int]:
    beginning = _NOTHING
    while at < len(tokens) and tokens[at] not in ("|", ")"):
        part, at = _part(tokens, at)
        beginning = beginning.then(part)
    return beginning, at


def _part(tokens: list[str], at: int) -> tuple[_Beginning, int]:
    """The beginning of one part with its quantifier, and the place behind it."""
    opening = tokens[at]
    if opening in ("(?:", *_ZERO_WIDTH):
        part, at = _alternatives(tokens, at + 1)
        part, at = (_NOTHING if opening in _ZERO_WIDTH else part), at + 1
    elif (literal := _literal(tokens, at)) is not None:
        stop = at + 1
        run = literal
        while stop < len(tokens) and (letter := _literal(tokens, stop)) is not None:
            if _QUANTIFIER.match("".join(tokens[stop + 1 : stop + 6])):
                break  # the quantifier is the last letter's alone
            run, stop = run + letter, stop + 1
        part, at = _Beginning(frozenset((run,)), False), stop
        if len(run) > 1:
            return part, at
    else:
        part, at = _ANYTHING, at + 1
        if opening in "^$" or opening in (r"\b", r"\B"):
            part = _NOTHING
    quantifier = _QUANTIFIER.match("".join(tokens[at : at + 8]))
    if quantifier is not None:
        at += len(quantifier.group())
        if quantifier["times"][:2] in ("*", "?", "{0", "{,"):
            part = _Beginning(part.words, True)
    return part, at


def _literal(tokens: list[str], at: int) -> str | None:
    token = tokens[at]
    if len(token) == 1:
        return None if token in _SPECIAL else token
    return token[1] if token[0] == "\\" and not token[1].isalnum() else None
