"""The knowledge of a report's anatomy: `lexicon/anatomy.toml`, read once and checked.

What a caption, a legal basis or a closing formula looks like, which words name a type of document, and how the parts
of minutes are headed is data; `blocks` and what it calls are the mechanism.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from typing import Literal

import msgspec

from pipeline import lexicon
from pipeline.records import BlockKind, Genre

Setting = Literal["press", "official", "any"]
MinutesPartName = Literal[
    "time", "place", "chair", "secretary", "present", "absent", "agenda", "opinions", "conclusions", "votes"
]


class LineRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule of `lexicon/anatomy.toml`: a line whose key matches `pattern` (and not `guard`) is a `kind` block."""

    name: str
    gloss: str
    kind: BlockKind
    where: Setting
    pattern: str
    source: str
    examples: list[str]
    counterexamples: list[str]
    guard: str | None = None
    max_length: int | None = None
    holds: list[str] = []
    """One of these stands in every line that matches; others needn't be tried."""

    def matches(self, line: str) -> bool:
        """Whether this rule names `line` (already stripped)."""
        key = _key(line)
        if self.max_length is not None and len(key) > self.max_length:
            return False
        if self.holds and not any(words in key for words in self.holds):
            return False
        return bool(_compiled(self.pattern).match(key)) and not (self.guard and _compiled(self.guard).match(key))


class DocumentType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A type of official document and the words that name it above the abstract."""

    genre: Genre
    words: list[str]


class MinutesPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of minutes and the words that head it, in lower case."""

    part: MinutesPartName
    words: list[str]


class BodyHeads(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the lines of a letterhead make up names: see the comments in the file. All in lower case."""

    opening: list[str]
    units: list[str]
    joined: list[str]
    placed: list[str]
    not_a_body: str


class Signing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a signature tells authority and office: see the comments in the file. All in lower case."""

    authorities: dict[str, list[str]]
    offices: list[str]
    signed: list[str]


class Anatomy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `lexicon/anatomy.toml`."""

    line: list[LineRule]
    type: list[DocumentType]
    minutes: list[MinutesPart]
    body_heads: BodyHeads
    signing: Signing
    written: list[str]
    furniture: list[str]


def _key(line: str) -> str:
    return line.strip("*_ ").lower() or line


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def load_anatomy() -> Anatomy:
    """The content of `lexicon/anatomy.toml`. Raises LexiconError on an unknown key or a missing field."""
    return lexicon.read_entries("anatomy.toml", Anatomy)


@cache
def line_rules(setting: Setting) -> tuple[LineRule, ...]:
    """The rules that hold in a setting, in the order in which they are tried."""
    return tuple(rule for rule in load_anatomy().line if rule.where in (setting, "any"))


def may_be_ruled(setting: Setting, line: str) -> bool:
    """Whether some rule's pattern matches a line: a search or two instead of one for each rule."""
    key = _key(line)
    for longest, holds, pattern in _any_rule(setting):
        if len(key) <= longest and (not holds or any(words in key for words in holds)) and pattern.match(key):
            return True
    return False


@cache
def _any_rule(setting: Setting) -> tuple[tuple[int, tuple[str, ...], re.Pattern[str]], ...]:
    """The patterns of the rules, those for lines of one length and with the same words as one, and that length and
    those words."""
    parts: dict[tuple[int, tuple[str, ...]], list[str]] = {}
    for rule in line_rules(setting):
        longest = sys.maxsize if rule.max_length is None else rule.max_length
        parts.setdefault((longest, tuple(rule.holds)), []).append(f"(?:{rule.pattern})")
    return tuple((longest, holds, re.compile("|".join(given))) for (longest, holds), given in parts.items())


@cache
def types_of_documents() -> dict[str, Genre]:
    """Types of documents by the words that name them, the longest first."""
    types = {word: entry.genre for entry in load_anatomy().type for word in entry.words}
    return dict(sorted(types.items(), key=lambda pair: -len(pair[0])))
