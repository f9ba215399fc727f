"""The examples in the lexicon of clarity are tests: every rule is alive, described, and leaves its counterexamples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

import pytest

from pipeline.clarity.profiles import ProfileError, find_profile, load_profiles
from pipeline.clarity.questions import load_questions
from pipeline.clarity.records import Slot
from pipeline.clarity.rules import CompiledRule, RuleFile, load_rules, load_words, matched_form
from pipeline.language.matchkey import match_key

FILES: tuple[RuleFile, ...] = get_args(RuleFile)
WHOLE = frozenset({"person", "work"})
"""The files whose rules match a lead's words, or a piece of the work, from end to end."""
BRACKETS = re.compile(r"\[([^\]]*)\]")
RULES = [pytest.param(file, rule, id=f"{file}::{rule.rule.name}") for file in FILES for rule in load_rules(file)]


def examples() -> Iterator[object]:
    for file in FILES:
        for rule in load_rules(file):
            for n, example in enumerate(rule.rule.examples):
                yield pytest.param(file, rule, example, id=f"{file}::{rule.rule.name}::{n}")


def counterexamples() -> Iterator[object]:
    for file in FILES:
        for rule in load_rules(file):
            for n, example in enumerate(rule.rule.counterexamples):
                yield pytest.param(file, rule, example, id=f"{file}::{rule.rule.name}::not-{n}")


@pytest.mark.parametrize(("file", "rule", "example"), list(examples()))
def test_a_rule_matches_what_stands_in_brackets(file: RuleFile, rule: CompiledRule, example: str) -> None:
    text = BRACKETS.sub(r"\1", example)
    marks = [(m.start() - 2 * n, m.end() - 2 * n - 2) for n, m in enumerate(BRACKETS.finditer(example))]
    assert marks, "no brackets"
    form = matched_form(text)
    if file in WHOLE:
        assert all(rule.pattern.fullmatch(form[start:end]) for start, end in marks)
    else:
        found = [(match.start, match.end) for match in rule.find(form, 0, len(form))]
        assert found == marks, [text[start:end] for start, end in found]


@pytest.mark.parametrize(("file", "rule", "example"), list(counterexamples()))
def test_a_rule_leaves_its_counterexamples(file: RuleFile, rule: CompiledRule, example: str) -> None:
    form = matched_form(example)
    if file in WHOLE:
        assert not rule.pattern.fullmatch(form)
    else:
        assert [example[match.start : match.end] for match in rule.find(form, 0, len(form))] == []


@pytest.mark.parametrize(("file", "rule"), RULES)
def test_every_rule_is_described(file: RuleFile, rule: CompiledRule) -> None:
    entry = rule.rule
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", entry.name)
    assert entry.gloss.strip() and entry.source.strip()
    assert entry.examples and entry.counterexamples
    assert match_key(entry.pattern) == entry.pattern.lower(), "a tone mark stands elsewhere than in match keys"
    if file in WHOLE:
        assert entry.vague


def test_names_are_given_once() -> None:
    for file in FILES:
        names = [rule.rule.name for rule in load_rules(file)]
        assert len(names) == len(set(names))
    names = [profile.name for profile in load_profiles()]
    assert len(names) == len(set(names))


def test_lists_are_match_keys_without_doubles() -> None:
    for name, words in load_words().lists.items():
        assert words == [match_key(word) for word in words], name
        assert len(words) == len(set(words)), name


def test_every_slot_has_its_questions() -> None:
    assert [question.slot for question in load_questions().question] == list(get_args(Slot))
    for question in load_questions().question:
        for wording in (question.missing, question.vague):
            for words in (wording.vi, wording.en):
                assert words.format(lead="a", work="b", words="c").endswith("?")
        assert "{words}" in question.vague.vi and "{words}" in question.vague.en


@pytest.mark.parametrize("profile", load_profiles(), ids=lambda profile: profile.name)
def test_every_profile_is_described(profile: object) -> None:
    chosen = find_profile(profile.name)  # type: ignore[attr-defined]
    assert chosen is profile
    assert chosen.source.strip() and chosen.vi.strip() and chosen.en.strip()
    slots = [item.slot for item in chosen.slots]
    assert slots and len(slots) == len(set(slots))


def test_the_usual_profile() -> None:
    assert find_profile().name == "pm-2025"
    with pytest.raises(ProfileError, match="strategy-2026"):
        find_profile("7-ro")
