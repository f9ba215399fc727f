"""The loader refuses what can't be used, and says where."""

from typing import Any

import pytest

from pipeline.dates.lexicon import compile_lexicon
from pipeline.dates.records import DatesLexiconError

GOOD: dict[str, Any] = {
    "name": "hom-nay", "gloss": "today", "pattern": "hôm nay", "resolve": "deictic_day", "use": {"offset": 0},
    "source": "grammar", "examples": [{"text": "hôm nay", "on": "2023-06-14", "start": "2023-06-14"}],
}  # fmt: skip


def _load(*rules: dict[str, Any], **tables: Any) -> None:
    compile_lexicon([("toy.toml", {"rule": list(rules), **tables})])


def test_a_good_rule_loads() -> None:
    _load(GOOD)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"colour": "red"}, "colour"),
        ({"source": ""}, "source and gloss"),
        ({"examples": []}, "at least one example"),
        ({"name": "Hôm Nay"}, "lower-case ASCII"),
        ({"pattern": "[hôm nay]"}, "empty string"),
        ({"pattern": "hôm {nowhere}"}, "no atom"),
        ({"pattern": "hôm (nay"}, "bracket"),
        ({"pattern": "hôm nay]"}, "unbalanced"),
        ({"pattern": "ho\u0302m nay"}, "normal form"),
        ({"resolve": "guess"}, "no resolver"),
        ({"weak": "perhaps"}, "perhaps"),
        ({"examples": [{"text": "hôm nay", "on": "2023-06-14", "begin": "x"}]}, "begin"),
    ],
)
def test_a_bad_rule_is_refused(change: dict[str, Any], says: str) -> None:
    with pytest.raises(DatesLexiconError, match=says):
        _load(GOOD | change)


def test_a_rule_without_a_source_is_refused() -> None:
    with pytest.raises(DatesLexiconError, match="source"):
        _load({key: value for key, value in GOOD.items() if key != "source"})


def test_names_are_unique_and_tables_known() -> None:
    with pytest.raises(DatesLexiconError, match="taken"):
        _load(GOOD, GOOD)
    with pytest.raises(DatesLexiconError, match="unknown keys"):
        _load(GOOD, rules=[])
    with pytest.raises(DatesLexiconError, match="unknown keys"):
        _load(GOOD, atom={"x": {"word": "a"}})


@pytest.mark.parametrize("spelling", [{"quí": "quy2"}, {"quí": "quí"}, {"quí": 3}])
def test_a_spelling_keeps_the_length(spelling: dict[str, Any]) -> None:
    with pytest.raises(DatesLexiconError, match="equal length"):
        _load(GOOD, spelling=spelling)


def test_a_list_shows_each_of_its_days_in_an_example() -> None:
    _load(GOOD | {"examples": [GOOD["examples"][0] | {"more": [["2023-06-15", None]]}]})
