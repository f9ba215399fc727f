"""Cells to lines between bars."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.table_rows import COLUMNS_MAX, TableCell, cell_text, is_layout, table_lines


def cell(text: str, columns: int = 1, rows: int = 1) -> TableCell:
    return TableCell(tuple(text.split("\n")), columns, rows)


def test_cells_over_columns_and_rows() -> None:
    rows = [
        [cell("TT", rows=2), cell("Việc", rows=2), cell("Thời gian", columns=2)],
        [cell("Bắt đầu"), cell("Kết thúc")],
        [cell("I. Nhóm một", columns=4)],
        [cell("1"), cell("Rà\nsoát"), cell("", columns=2)],
    ]
    assert list(table_lines(rows)) == [
        "| TT | Việc | Thời gian |  |",
        "| TT | Việc | Bắt đầu | Kết thúc |",
        "| I. Nhóm một |  |  |  |",
        "| 1 | Rà soát |  |  |",
    ]


def test_a_long_cell_over_rows_is_written_once() -> None:
    long = "chữ " * 100
    first, second = table_lines([[cell("a"), cell(long, rows=2)], [cell("b")]])
    assert long.strip() in first
    assert second == "| b |  |"


def test_rows_without_words_give_no_line() -> None:
    assert list(table_lines([[cell(""), cell("\xa0")], [cell("a"), cell("")], []])) == ["| a |  |"]


def test_spans_without_end_are_bounded() -> None:
    lines = list(table_lines([[cell("a", columns=9999, rows=9999)], [cell("b")]]))
    assert all(line.count("|") <= COLUMNS_MAX + 2 for line in lines)


def test_merged_cells_do_not_swell() -> None:
    rows = [[cell("chữ" * 60, rows=9999) for _ in range(200)], *([cell("x")] for _ in range(5000))]
    assert sum(len(line) for line in table_lines(rows)) < 3_000_000


@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=4), min_size=1, max_size=4))
def test_every_cell_can_be_read_back(words: list[list[str]]) -> None:
    rows = [[TableCell((text,)) for text in row] for row in words]
    lines = list(table_lines(rows))
    read = [[c.strip() for c in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    wanted = [[cell_text(text).strip() for text in row] for row in words]
    kept = [row for row in wanted if any(row)]
    assert len(lines) == len(kept)
    if not any("\\" in text for row in words for text in row):
        assert [[c for c in row if c] for row in read] == [[c for c in row if c] for row in kept]


def test_heads_and_feet_of_documents_are_no_tables() -> None:
    motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    assert is_layout([[cell("UBND TỈNH"), cell(motto)]])
    assert is_layout([[cell("TỈNH ỦY\n*"), cell("ĐẢNG CỘNG SẢN VIỆT NAM")], [cell("Số 5-KL/TU"), cell("")]])
    assert is_layout([[cell("Nơi nhận:\n- Như trên;"), cell("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH")]])
    assert is_layout([[cell("một cột")], [cell("hai dòng")]])
    assert not is_layout([[cell("TT"), cell("Nhiệm vụ"), cell("Chủ trì"), cell("Thời hạn")]])
    assert not is_layout([[cell("Chủ tịch"), cell("Lò Văn Đạt")]])
