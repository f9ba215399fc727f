"""Sentences and clauses: a table of cases in table/sentences.txt, properties, and time on long lines."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.sentences import LONGEST_SENTENCE, find_clauses, find_sentences, load_sentence_lexicon
from tests.language.texts import NAUGHTY, random_sentence, read_reports

TABLE = Path(__file__).with_name("table") / "sentences.txt"
CASES = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("# ")]


def check_cover(text: str) -> None:
    place = 0
    for start, end in find_sentences(text):
        assert place <= start < end <= len(text)
        assert end - start <= LONGEST_SENTENCE
        assert not text[place:start].strip()
        assert not text[start].isspace() and not text[end - 1].isspace()
        clause_place = start
        for first, last in find_clauses(text, start, end):
            assert clause_place <= first < last <= end
            assert not text[clause_place:first].strip()
            clause_place = last
        assert clause_place == end
        place = end
    assert not text[place:].strip()


def test_the_table_is_large_enough() -> None:
    assert len(CASES) >= 80


@pytest.mark.parametrize("case", CASES)
def test_table(case: str) -> None:
    marked = case.replace("⏎", "\n")
    text = marked.replace("¦ ", "").replace("¦", "")
    expected = [part.strip() for part in marked.split("¦") if part.strip()]
    assert [text[start:end] for start, end in find_sentences(text)] == expected


@pytest.mark.parametrize("text", NAUGHTY)
def test_naughty_strings_are_covered(text: str) -> None:
    check_cover(text)


@given(st.text(max_size=200))
def test_any_text_is_covered(text: str) -> None:
    check_cover(text)


@given(st.text('aA1.!?…"“”()[];: \n-,/*', max_size=120))
def test_any_punctuation_is_covered(text: str) -> None:
    check_cover(text)


def test_random_sentences_are_covered() -> None:
    for seed in range(500):
        check_cover("\n".join(random_sentence(seed + part) for part in range(5)))


def test_reports_are_covered(gold_folder: Path) -> None:
    for text in read_reports(gold_folder):
        check_cover(text)


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "a ",
        ". ",
        '"',
        ".",
        " ",
        "A. ",
        'a."',
        "a . ” ",
        "Ông nói ",
        "a\n",
        "a; ",
        "1) ",
        "((",
        "“a.” ",
        "\u0301",
        "-\n",
    ],
)
def test_a_megabyte_takes_seconds(unit: str) -> None:
    text = (unit * (1_000_000 // len(unit) + 1))[:1_000_000]
    began = time.process_time()
    sentences = find_sentences(text)
    for start, end in sentences:
        find_clauses(text, start, end)
    assert time.process_time() - began < 15
    assert all(end - start <= LONGEST_SENTENCE for start, end in sentences)


def test_a_long_run_is_cut_at_punctuation_before_spaces() -> None:
    text = "các bộ ngành, " * 300
    pieces = [text[start:end] for start, end in find_sentences(text)]
    assert all(piece.endswith(",") for piece in pieces)
    assert max(map(len, pieces)) <= LONGEST_SENTENCE


@pytest.mark.parametrize(
    "clauses",
    [
        ["Thủ tướng yêu cầu:", "a) Bộ Y tế trực 24/24;", "b) các tỉnh báo cáo."],
        ["Bộ Y tế trực;", "Bộ Công an phối hợp."],
        ["Họp lúc 19:54 tại https://a.vn/b;", "kết thúc 20:30."],
        ["Nhiệm vụ gồm", "(1) rà soát,", "(2) báo cáo."],
        ["Ông nói:", "“Phải làm ngay.”"],
        ["Phát triển kinh tế - xã hội, y tế."],
        ["Bến Tre:", "Đẩy nhanh tiến độ"],
        ["Tỷ lệ 1:2 và 3 : 4"],
    ],
)
def test_clauses(clauses: list[str]) -> None:
    text = "x " + " ".join(clauses)
    if clauses == ["Tỷ lệ 1:2 và 3 : 4"]:
        assert [text[start:end] for start, end in find_clauses(text, 2, len(text))] == ["Tỷ lệ 1:2 và 3 :", "4"]
    else:
        assert [text[start:end] for start, end in find_clauses(text, 2, len(text))] == clauses


def test_the_lexicon_has_no_item_twice_and_is_sorted_out() -> None:
    lexicon = load_sentence_lexicon()
    assert {"PGS", "TP", "St", "No"} <= lexicon.abbreviations
    assert not any(item.endswith(".") or item != item.strip() for item in lexicon.abbreviations)
