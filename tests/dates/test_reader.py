"""Direction, years told elsewhere in the sentence, lists, anchors, records."""

import datetime
import json
from typing import Any

import pytest

from pipeline.dates import expressions_as_json, read_dates

ON = datetime.date(2023, 6, 14)


def _bounds(text: str, on: datetime.date = ON, **more: Any) -> list[tuple[str | None, str | None]]:
    return [(one.start, one.end) for one in read_dates(text, on, **more)]


@pytest.mark.parametrize(
    ("text", "direction", "expected"),
    [
        ("ngày 20/1", "unknown", "2023-01-20"),
        ("ngày 20/1", "future", "2024-01-20"),
        ("ngày 20/1", "past", "2023-01-20"),
        ("ngày 20/11", "past", "2022-11-20"),
        ("ngày 20/11", "unknown", "2023-11-20"),
        ("ngày 20/11 vừa qua", "unknown", "2022-11-20"),
        ("ngày 20/1 tới", "unknown", "2024-01-20"),
        ("đã khởi công ngày 20/12", "unknown", "2022-12-20"),
        ("sẽ khởi công ngày 20/1", "unknown", "2024-01-20"),
        ("sẽ báo cáo về vụ việc ngày 10/6", "unknown", "2023-06-10"),
        ("thứ Hai", "past", "2023-06-12"),
        ("thứ Hai", "future", "2023-06-19"),
    ],
)
def test_direction_decides_the_year(text: str, direction: Any, expected: str) -> None:
    assert _bounds(text, direction=direction) == [(expected, expected)]


def test_a_year_named_at_the_head_of_the_sentence_holds() -> None:
    assert _bounds("Năm 2021, tổng kết vào ngày 30/12 và 15/1")[1:] == [("2021-12-30",) * 2, ("2021-01-15",) * 2]


def test_a_year_of_another_sentence_does_not() -> None:
    assert _bounds("Năm 2019 đạt 5%. Họp ngày 10/6")[1] == ("2023-06-10", "2023-06-10")


def test_a_day_follows_the_full_date_before_it() -> None:
    assert _bounds("khởi tố ngày 20/12/2018, bắt giam ngày 5/1")[1] == ("2019-01-05", "2019-01-05")


def test_the_year_at_the_end_of_a_list_serves_all_members() -> None:
    assert _bounds("các ngày 6/4, 8/4 và 10/4/2018") == [(f"2018-04-{d:02}",) * 2 for d in (6, 8, 10)]


def test_a_list_with_gaps_is_no_range() -> None:
    found = read_dates("họp ngày 14, 20/2", datetime.date(2018, 2, 1))
    assert [(one.text, one.start, one.end) for one in found] == [
        ("ngày 14", "2018-02-14", "2018-02-14"),
        ("20/2", "2018-02-20", "2018-02-20"),
    ]


def test_months_with_a_gap_are_two() -> None:
    assert _bounds("tháng 6 và 9 năm 2023") == [("2023-06-01", "2023-06-30"), ("2023-09-01", "2023-09-30")]


def test_a_term_from_an_event_keeps_count_unit_and_words() -> None:
    text = "báo cáo trong thời hạn 10 ngày làm việc kể từ ngày nhận đủ hồ sơ."
    (found,) = read_dates(text, ON)
    assert (found.start, found.end, found.edtf) == (None, None, None)
    assert found.anchor is not None
    assert (found.anchor.event, found.anchor.count, found.anchor.unit) == ("ngày nhận đủ hồ sơ", 10, "working_day")
    assert text[found.anchor.char_start : found.anchor.char_end] == found.anchor.event


def test_the_signing_is_the_day_counted_from() -> None:
    (found,) = read_dates("trong vòng 15 ngày kể từ ngày ký", ON)
    assert (found.start, found.end) == ("2023-06-14", "2023-06-29")
    assert found.anchor is not None and (found.anchor.event, found.anchor.count) == ("ngày ký", 15)


def test_a_clock_time_keeps_the_day_in() -> None:
    (found,) = read_dates("trước 17h30 ngày 23/7/2023", ON)
    assert (found.end, found.end_strict, found.clock) == ("2023-07-23", "2023-07-23", "17:30")


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("ngày 30/6/2025", "2025-06-30"),
        ("chậm nhất 30/6/2025", "../2025-06-30"),
        ("trong tháng 6/2025", "2025-06"),
        ("quý III/2025", "2025-35"),
        ("6 tháng cuối năm 2025", "2025-41"),
        ("6 tháng đầu năm 2025", "2025-40"),
        ("9 tháng đầu năm 2025", "2025-01/2025-09"),
        ("giai đoạn 2021-2025", "2021/2025"),
        ("đến năm 2030", "../2030"),
        ("từ ngày 1/7/2025", "2025-07-01/.."),
        ("khoảng tháng 9/2025", "2025-09~"),
        ("dự kiến tháng 9/2025", "2025-09?"),
        ("dự kiến khoảng tháng 9/2025", "2025-09%"),
        ("thập niên 90", "199X"),
        ("thế kỷ 20", "19XX"),
        ("cuối tháng 6/2025", "2025-06-21/2025-06-30"),
        ("trước ngày 25 hằng tháng", None),
    ],
)
def test_edtf(text: str, edtf: str | None) -> None:
    assert [one.edtf for one in read_dates(text, ON)] == [edtf]


@pytest.mark.parametrize(
    "day",
    [
        "1961-04-02",
        "1981-04-19",
        "1994-04-03",
        "2000-04-23",
        "2008-03-23",
        "2016-03-27",
        "2019-04-21",
        "2024-03-31",
        "2025-04-20",
        "2038-04-25",
    ],
)
def test_easter(day: str) -> None:
    assert _bounds(f"lễ Phục sinh năm {day[:4]}") == [(day, day)]


def test_odd_blanks_and_hyphens_keep_the_offsets() -> None:
    text = "nộp trước\u00a0ngày 30\u20116\u20112023, quí\u202fIII năm 2023 họp"
    found = read_dates(text, ON)
    assert [text[one.char_start : one.char_end] for one in found] == [one.text for one in found]
    assert [one.end for one in found] == ["2023-06-30", "2023-09-30"]


def test_up_to_now_looks_back() -> None:
    (found,) = read_dates("từ tháng 7 đến nay", ON, direction="future")
    assert (found.start, found.end, found.direction, found.modifier) == ("2022-07-01", "2023-06-14", "past", "từ")


def test_json_has_fixed_keys() -> None:
    rows = expressions_as_json(read_dates("trong vòng 15 ngày kể từ ngày ký; trước ngày 25 hằng tháng", ON))
    assert json.loads(json.dumps(rows)) == rows
    assert list(rows[0]) == [
        "text", "start", "end", "end_strict", "grain", "edtf", "recurrence", "rrule", "anchor", "modifier",
        "direction", "fuzzy", "rule", "clock", "char_start", "char_end",
    ]  # fmt: skip
    assert rows[0]["anchor"]["event"] == "ngày ký"
    assert rows[1]["rrule"] == "FREQ=MONTHLY;BYMONTHDAY=25"


def test_from_now_until_a_day_already_past_has_no_start() -> None:
    assert _bounds("từ nay đến năm 2020") == [(None, "2020-12-31")]


@pytest.mark.parametrize("on", [datetime.date.min, datetime.date.max])
def test_a_day_at_the_edge_of_the_calendar_is_refused(on: datetime.date) -> None:
    with pytest.raises(ValueError, match="can't count from"):
        read_dates("mùa hè tới", on)


@pytest.mark.parametrize("on", [datetime.date(1600, 1, 1), datetime.date(9000, 12, 31)])
def test_far_days_are_read(on: datetime.date) -> None:
    for text in ("Tết", "rằm", "ngày 29/2", "mùa hè tới", "năm Giáp Thìn", "mùng 10/3 âm lịch"):
        assert len(read_dates(text, on)) == 1
