from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from typing import Any, get_args

import pytest

from pipeline.records import DirectiveKind, Force, Genre, Recurrence, Relation
from pipeline.report.marks import MarkKind
from pipeline.report.wording import Language, Wording, read_words

LANGUAGES: tuple[Language, ...] = get_args(Language)
_FIELD = re.compile(r"\{(\w+)")


def _keys(table: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _keys(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def _sources(suffix: str) -> str:
    """All code (".py") or templates (".j2") of the room."""
    room = resources.files("pipeline.report")
    folders = [room, room.joinpath("templates")]
    files = [file for folder in folders for file in folder.iterdir() if file.name.endswith(suffix)]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def test_both_languages_have_the_same_keys_and_fields() -> None:
    vietnamese, english = (dict(_keys(read_words(language))) for language in LANGUAGES)
    assert vietnamese.keys() == english.keys()
    for key, words in vietnamese.items():
        assert words.strip() and english[key].strip(), key
        assert sorted(_FIELD.findall(words)) == sorted(_FIELD.findall(english[key])), key


def test_every_word_of_the_pages_is_used_and_there() -> None:
    used = set(re.findall(r"words\.(\w+)", _sources(".j2"))) | set(re.findall(r"page\[\"(\w+)\"\]", _sources(".py")))
    assert used == set(read_words("vi")["page"])


def test_every_sentence_is_used() -> None:
    code = _sources(".py")
    by_kind = {f"field_issuer_{kind}" for kind in get_args(DirectiveKind)}
    facts = {f"fact_{name}" for name in re.findall(r'\("(\w+)", ', code)}
    for key in read_words("vi")["say"]:
        assert f'"{key}"' in code or key in by_kind | facts, key


def test_every_counted_thing_is_used() -> None:
    code = _sources(".py")
    assert all(f'"{key}"' in code for key in read_words("vi")["count"])


@pytest.mark.parametrize(
    ("table", "values"),
    [("genre", get_args(Genre)), ("kind", get_args(DirectiveKind)), ("force", get_args(Force)),
     ("quality", ("no_diacritics", "corrupt")), ("quality_mark", ("no_diacritics", "corrupt")),
     ("recurrence", get_args(Recurrence)), ("mark", get_args(MarkKind)), ("relation", get_args(Relation)),
     ("change", ("added", "dropped", "changed")), ("changed_field", ("task", "lead", "deadline")),
     ("confidence", ("high", "fair", "medium", "low"))],
)  # fmt: skip
def test_every_value_has_its_word_and_no_other(table: str, values: tuple[str, ...]) -> None:
    assert set(read_words("vi")[table]) == set(values)


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_of_marks_differ(language: Language) -> None:
    letters = [mark["letter"] for mark in read_words(language)["mark"].values()]
    assert len(letters) == len(set(letters)) and all(len(letter) == 1 for letter in letters)


def test_numbers_are_written_as_the_language_has_them() -> None:
    assert (Wording("vi").number(12345), Wording("en").number(12345)) == ("12.345", "12,345")
    assert (Wording("vi").decimal(1234.5), Wording("en").decimal(20)) == ("1.234,5", "20")
    assert Wording("vi").confidence(0.9) == "cao (0,90)"
    assert Wording("en").confidence(0.0) == "low (0.00)"


def test_days_are_written_as_the_language_has_them() -> None:
    assert (Wording("vi").iso_day("2023-06-30"), Wording("en").iso_day("2023-06-30")) == ("30/06/2023", "2023-06-30")
    assert Wording("vi").iso_day("2023-99-99") == "2023-99-99"
    assert Wording("en").iso_day(None) == "unknown"


def test_no_sentence_of_the_pages_stands_in_code() -> None:
    allowed = {"collation.py"}
    for file in resources.files("pipeline.report").iterdir():
        if file.name.endswith(".py") and file.name not in allowed:
            code = re.sub(r'"""[\s\S]*?"""|#.*', "", file.read_text(encoding="utf-8"))
            assert not re.search(r'"[^"\n]*[À-ỹ][^"\n]*"', code), file.name


@pytest.mark.parametrize(
    ("says", "words"),
    [
        ("not in the register", "chưa có trong danh mục cơ quan"),
        ("two candidates: Sở Y tế, Sở Công Thương", "có hai cơ quan cùng khớp: Sở Y tế, Sở Công Thương"),
        ("so called until 2025-02-28; then Bộ Tài chính", "mang tên này đến 2025-02-28; sau đó là Bộ Tài chính"),
        ("something new", "something new"),
    ],
)
def test_reasons_of_the_registry_are_said_in_vietnamese(says: str, words: str) -> None:
    assert Wording("vi").reason(says) == words
