"""The examples in the lexicon are tests: every entry is alive, and says what it is and where it is from."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from pipeline.extraction.authority import authority_of, load_authority, office_of_epithet
from pipeline.extraction.cues import find_cues
from pipeline.extraction.vocabulary import load_cues
from pipeline.read.anatomy import Setting, load_anatomy
from pipeline.read.document_type import find_genre
from tests.extraction.pages import page_of

FORCES = {"order", "request", "ban", "pledge", "proposal", "stress", "say", "opine"}
BRACKETS = re.compile(r"\[([^\]]*)\]")


def read_brackets(example: str) -> tuple[str, list[tuple[int, int]]]:
    """An example without its brackets, and the bounds of what stood in them."""
    marks = [(found.start() - 2 * n, found.end() - 2 * n - 2) for n, found in enumerate(BRACKETS.finditer(example))]
    return BRACKETS.sub(r"\1", example), marks


def cue_examples() -> Iterator[object]:
    for rule in load_cues().cue:
        for n, example in enumerate(rule.examples):
            yield pytest.param(rule.name, example, id=f"cues::{rule.name}::{n}")


def cue_counterexamples() -> Iterator[object]:
    for rule in load_cues().cue:
        for n, example in enumerate(rule.counterexamples):
            yield pytest.param(rule.name, example, id=f"cues::{rule.name}::not-{n}")


@pytest.mark.parametrize(("rule", "example"), list(cue_examples()))
def test_a_cue_is_found_where_the_brackets_are(rule: str, example: str) -> None:
    text, marks = read_brackets(example)
    assert marks, "no brackets"
    found = [(cue.start, cue.end, cue.rule) for cue in find_cues(page_of(text), 0, len(text))]
    for start, end in marks:
        assert (start, end, rule) in found, [(text[a:b], name) for a, b, name in found]


@pytest.mark.parametrize(("rule", "example"), list(cue_counterexamples()))
def test_a_cue_is_not_found_in_a_counterexample(rule: str, example: str) -> None:
    found = find_cues(page_of(example), 0, len(example))
    assert rule not in {cue.rule for cue in found}


@pytest.mark.parametrize(("rule", "example"), list(cue_counterexamples()))
def test_a_counterexample_could_be_mistaken(rule: str, example: str) -> None:
    """It holds the words but for the guards; one that doesn't proves nothing."""
    entry = next(entry for entry in load_cues().cue if entry.name == rule)
    assert re.search(rf"(?<!\w)(?:{entry.pattern})(?!\w)", page_of(example).key)


@pytest.mark.parametrize("name", [rule.name for rule in load_cues().cue])
def test_every_cue_is_described(name: str) -> None:
    rule = next(rule for rule in load_cues().cue if rule.name == name)
    assert rule.gloss.strip() and rule.source.strip()
    assert rule.examples and rule.counterexamples
    assert rule.force in FORCES


def test_names_of_rules_are_given_once() -> None:
    for names in ([rule.name for rule in load_cues().cue], [rule.name for rule in load_anatomy().line]):
        assert len(names) == len(set(names))
        assert all(re.fullmatch(r"[a-z]+(?:-[a-z]+)*", name) for name in names)


def settings_of(where: Setting) -> tuple[Setting, ...]:
    return ("press", "official") if where == "any" else (where,)


def line_examples() -> Iterator[object]:
    for rule in load_anatomy().line:
        for n, example in enumerate(rule.examples):
            for setting in settings_of(rule.where):
                yield pytest.param(rule.name, example, setting, id=f"anatomy::{rule.name}::{setting}-{n}")


def line_counterexamples() -> Iterator[object]:
    for rule in load_anatomy().line:
        for n, example in enumerate(rule.counterexamples):
            yield pytest.param(rule.name, example, id=f"anatomy::{rule.name}::not-{n}")


@pytest.mark.parametrize(("name", "example", "setting"), list(line_examples()))
def test_a_line_rule_is_the_first_that_matches(name: str, example: str, setting: Setting) -> None:
    rules = [rule for rule in load_anatomy().line if rule.where in (setting, "any")]
    assert [rule.name for rule in rules if rule.matches(example)][:1] == [name]


@pytest.mark.parametrize(("name", "example"), list(line_counterexamples()))
def test_a_line_rule_leaves_its_counterexamples(name: str, example: str) -> None:
    rule = next(rule for rule in load_anatomy().line if rule.name == name)
    assert not rule.matches(example)


@pytest.mark.parametrize("name", [rule.name for rule in load_anatomy().line])
def test_every_line_rule_is_described(name: str) -> None:
    rule = next(rule for rule in load_anatomy().line if rule.name == name)
    assert rule.gloss.strip() and rule.source.strip()
    assert rule.examples and rule.counterexamples


@pytest.mark.parametrize(
    ("genre", "word"), [(entry.genre, word) for entry in load_anatomy().type for word in entry.words]
)
def test_every_type_of_document_names_its_genre(genre: str, word: str) -> None:
    head = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nSố: 12/UBND-VP\n\n"
    assert find_genre(f"{head}{word.upper()}\nVề việc chống hạn\n\nCác xã kiểm tra kênh mương.\n") == genre


def level_examples() -> Iterator[object]:
    for n, entry in enumerate(load_authority().level):
        for example in entry.examples:
            yield pytest.param(n, entry.level, example, id=f"authority::{n}-{entry.level}::{example}")


@pytest.mark.parametrize(("number", "level", "example"), list(level_examples()))
def test_a_level_of_authority(number: int, level: int, example: str) -> None:
    assert authority_of(example) == level
    patterns = [re.compile(entry.pattern) for entry in load_authority().level]
    key = page_of(example).key
    assert [n for n, pattern in enumerate(patterns) if pattern.search(key)][0] == number


def test_every_level_has_examples() -> None:
    assert all(entry.examples and 0 < entry.level <= 100 for entry in load_authority().level)


@pytest.mark.parametrize(
    ("office", "words"), [(entry.office, word) for entry in load_authority().epithet for word in entry.words]
)
def test_every_epithet_stands_for_its_office(office: str, words: str) -> None:
    assert office_of_epithet(words) == office
    assert office_of_epithet(words.capitalize()) == office
    assert authority_of(office) >= 65
