"""Every entry of the dates lexicon is proven by its own examples: the span, the bounds, and that this rule won."""

import datetime
from typing import Any

import pytest

from pipeline.dates import read_dates
from pipeline.dates.lexicon import Example, load_lexicon

LEXICON = load_lexicon()
ENTRIES: list[Any] = [compiled.rule for compiled in LEXICON.rules] + list(LEXICON.frames)
EXAMPLES = [
    pytest.param(entry.name, example, id=f"{entry.name}::{number}")
    for entry in ENTRIES
    for number, example in enumerate(entry.examples, 1)
]
COUNTEREXAMPLES = [
    pytest.param(entry.name, text, id=f"{entry.name}::not::{number}")
    for entry in [*ENTRIES, *LEXICON.refusals]
    for number, text in enumerate(entry.counterexamples, 1)
]


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_example(name: str, example: Example) -> None:
    found = read_dates(example.text, datetime.date.fromisoformat(example.on))
    if example.none:
        assert found == []
        return
    assert [(one.start, one.end) for one in found] == [(example.start, example.end), *example.more], found
    one = found[0]
    assert name in one.rule.split("/"), f"{one.rule} won"
    assert one.end_strict == example.end_strict
    assert one.recurrence == example.recurrence
    for field in ("edtf", "rrule"):
        if getattr(example, field) is not None:
            assert getattr(one, field) == getattr(example, field)
    if example.found is not None:
        assert one.text == example.found


@pytest.mark.parametrize(("name", "text"), COUNTEREXAMPLES)
def test_counterexample(name: str, text: str) -> None:
    found = read_dates(text, datetime.date(2023, 6, 14))
    assert all(name not in one.rule.split("/") for one in found), found
