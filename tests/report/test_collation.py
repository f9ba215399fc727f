from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.collation import sort_key


@pytest.mark.parametrize(
    "names",
    [
        ["an", "ăn", "ân", "bà", "ca", "da", "đa", "em", "ê", "ga"],
        ["ba", "bà", "bả", "bã", "bá", "bạ"],
        ["ba", "ba lô", "bà", "bà con", "bác"],
        ["o", "ô", "ơ", "p", "u", "ư", "v", "y"],
        ["Bộ Công an", "Bộ Công Thương", "Bộ Tài chính", "Bộ Y tế", "Đà Nẵng"],
        ["Cần Thơ", "Dĩ An", "Đồng Nai", "Hà Nội", "Huế"],
        ["Quận 2", "Quận 10", "quận 010 b", "Quận Ba Đình"],
        ["Sở", "Sở Nội vụ", "Sở Y tế"],
    ],
)
def test_names_sort_in_vietnamese_order(names: list[str]) -> None:
    shuffled = list(names)
    random.Random(0).shuffle(shuffled)
    assert sorted(shuffled, key=sort_key) == names


@pytest.mark.parametrize(
    ("one", "other"),
    [("hòa", "hoà"), ("Ủy ban", "Uỷ  ban"), ("BỘ Y TẾ", "Bộ Y tế"), ("Đa\nMi", "đa mi"), ("tê\u0301", "tế")],
)
def test_spellings_of_one_name_are_equal(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("da", "đa"), ("ma", "má"), ("Quận 1", "Quận 11"), ("a-b", "a b"), ("o", "ô")]
)
def test_different_names_differ(one: str, other: str) -> None:
    assert sort_key(one) != sort_key(other)


@given(st.lists(st.text()))
def test_any_names_can_be_sorted(names: list[str]) -> None:
    assert sorted(sorted(names, key=sort_key), key=sort_key) == sorted(names, key=sort_key)


def test_a_long_number_is_no_error() -> None:
    assert sort_key("9" * 5000) < sort_key("1" + "0" * 5000)
