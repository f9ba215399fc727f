"""Cues: the verbs by which somebody orders, asks, pledges, proposes or speaks, found in their verbal use only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.extraction.body_grammar import body_patterns
from pipeline.extraction.first_words import first_words
from pipeline.extraction.page import Page
from pipeline.extraction.vocabulary import CueRule, alternation, any_spelled, load_cues


@dataclass(frozen=True, slots=True)
class CueMention:
    """A cue in [start, end): the words with their adverbs; `force` and `rule` from the lexicon."""

    start: int
    end: int
    force: str
    rule: str
    past: bool


@dataclass(frozen=True, slots=True)
class _Compiled:
    rule: CueRule
    before_not: re.Pattern[str] | None
    after_not: re.Pattern[str] | None


@cache
def _compiled() -> tuple[re.Pattern[str], dict[str, _Compiled]]:
    """One alternation over all cues, each in a group of its own name, and their guards."""
    lexicon = load_cues()
    table: dict[str, _Compiled] = {}
    parts = []
    for rule in lexicon.cue:
        group = rule.name.replace("-", "_")
        parts.append(f"(?P<{group}>{rule.pattern})")
        before = [*rule.before_not, *(lexicon.noun_before if rule.noun else [])]
        after = [*rule.after_not, *(lexicon.noun_after if rule.noun else [])]
        table[group] = _Compiled(
            rule,
            re.compile(rf"(?<!\w){alternation(before)} *$") if before else None,
            re.compile(rf" *{alternation(after)}(?!\w)") if after else None,
        )
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)"), table


@cache
def _openings() -> re.Pattern[str]:
    """Places where a cue may begin, by the words that cues begin with: few, so that cues are tried there alone."""
    words = [first_words(rule.pattern) for rule in load_cues().cue]
    known = [one for one in words if one is not None]
    ahead = any_spelled(frozenset().union(*known)) if len(known) == len(words) else ""
    return re.compile(rf"(?<!\w)(?={ahead})")


def _matches(page: Page, pattern: re.Pattern[str], start: int, end: int) -> Iterator[re.Match[str]]:
    """The matches that `pattern.finditer(page.key, start, end)` gives."""
    reached = start
    for place in page.places_in("cues", _openings(), start, end):
        match = pattern.match(page.key, place, end) if place >= reached else None
        if match is not None:
            reached = match.end()
            yield match


def find_cues(page: Page, start: int, end: int) -> list[CueMention]:
    """The cues in [start, end), in order. A noun use ("theo yêu cầu") is none."""
    pattern, table = _compiled()
    found = []
    for match in _matches(page, pattern, start, end):
        group = match.lastgroup
        if group is None:
            continue
        compiled = table[group]
        before = page.key[max(start, match.start() - 40) : match.start()]
        guard = compiled.before_not.search(before) if compiled.before_not is not None else None
        if guard is not None and not _is_given_name(page, match.start() - len(before) + guard.start(), start):
            continue
        behind = compiled.after_not.match(page.key, match.end(), end) if compiled.after_not is not None else None
        if behind is not None and not page.flat[match.end() : behind.end()].lstrip()[:1].isupper():
            continue
        verb = match.group().rsplit(None, 2)
        # a verb of two syllables is no part of another word, though the segmentation may join it with its object
        whole = len(verb) > 1 or page.is_word(match.start(), match.end())
        if not whole and _inside_word(page, match.start(), match.end()):
            continue
        found.append(
            CueMention(
                match.start(), match.end(), compiled.rule.force, compiled.rule.name, "đã" in match.group().split()
            )
        )
    return found


def _is_given_name(page: Page, at: int, start: int) -> bool:
    """Whether the word at `at` is written with a capital inside a sentence: "Được", a given name, forbids no verb."""
    return at > start + 1 and page.flat[at].isupper() and page.flat[at - 2].isalpha()


def _inside_word(page: Page, start: int, end: int) -> bool:
    """Whether the cue is a part of one longer word of the segmentation ("giao" in "giao thông", "đáp" in "đáp ứng")."""
    for first, last in page.words_between(start - 24, end):
        if first <= start and last >= end and (first, last) != (start, end):
            behind = page.flat[end:last].lstrip()
            if page.flat[start].islower() and behind[:1].isupper():
                return False
            # "hứa sở", joined by the segmentation: a body follows the verb
            return body_patterns().head.fullmatch(page.key, end + 1, last) is None
    return False
