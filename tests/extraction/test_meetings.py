"""The meeting reported: its day, who chaired, whose it is."""

from __future__ import annotations

import pytest

from tests.extraction.pages import document_of

# Opening of the report -> day, chairs.
OPENINGS = {
    "chaired-by-a-person": (
        "Sáng 7/6, Chủ tịch UBND tỉnh Lò Văn Đạt chủ trì cuộc họp về chống hạn.",
        "2023-06-07",
        ["Lò Văn Đạt"],
    ),
    "weekday-before-the-day": (
        "Chiều thứ ba, 6-6, tại thị xã Gia Phú, Phó Thủ tướng Lương Bá Thuận chủ trì hội nghị về rừng.",
        "2023-06-06",
        ["Lương Bá Thuận"],
    ),
    "by-the-body": ("Ngày 7/6, UBND tỉnh tổ chức hội nghị trực tuyến.", "2023-06-07", []),
    "yesterday": ("Hôm qua, Bộ Công Thương họp báo về giá xăng.", "2023-06-07", []),
    "full-date": ("Ngày 01 tháng 6 năm 2023, UBND huyện Ba Chẽ tổ chức hội nghị.", "2023-06-01", []),
    "two-chairs": (
        "Ngày 7/6, Bí thư Tỉnh ủy Trần Quốc Hưng và Chủ tịch UBND tỉnh Lò Văn Đạt đồng chủ trì hội nghị.",
        "2023-06-07",
        ["Trần Quốc Hưng", "Lò Văn Đạt"],
    ),
    "chaired-in-the-passive": (
        "Ngày 7/6, UBND tỉnh tổ chức phiên họp thường kỳ. Phiên họp do Chủ tịch UBND tỉnh Lò Văn Đạt chủ trì.",
        "2023-06-07",
        ["Lò Văn Đạt"],
    ),
    "regular-session": ("Ngày 7/6, UBND tỉnh họp phiên thường kỳ tháng 6.", "2023-06-07", []),
    "day-in-the-sentence-before": (
        "Ngày 5/6, ông Lò Văn Đạt thăm bà con xã Tân Lập. Tại buổi làm việc, xã nêu nhiều khó khăn.",
        "2023-06-05",
        [],
    ),
    "lead-of-a-task-is-no-chair": (
        "Ngày 7/6, UBND tỉnh tổ chức hội nghị. Sở Y tế chủ trì, phối hợp với Công an tỉnh kiểm tra.",
        "2023-06-07",
        [],
    ),
    "day-of-a-resolution": (
        "Ngày 7/6, Tỉnh ủy tổ chức hội nghị triển khai Nghị quyết số 5 ngày 1/6 của Trung ương.",
        "2023-06-07",
        [],
    ),
    "no-meeting": ("Sáng 7/6, mưa lớn làm sập hai cây cầu ở xã Tân Lập.", None, []),
    "a-meeting-to-come": ("Ngày 15/8, UBND tỉnh sẽ tổ chức hội nghị xúc tiến đầu tư.", None, []),
}


@pytest.mark.parametrize("case", OPENINGS)
def test_day_and_chairs(case: str) -> None:
    opening, date, chairs = OPENINGS[case]
    meeting = document_of(f"Tin trong ngày\n\n{opening}\nHồ Ba Khe đã cạn.\nDân xã Tân Lập thiếu nước.\n").meeting
    assert (meeting.date, [chair.name for chair in meeting.chairs]) == (date, chairs)


def test_a_chair_has_roles() -> None:
    text = "Họp chống hạn\n\nSáng 7/6, Chủ tịch UBND tỉnh Lò Văn Đạt chủ trì cuộc họp về chống hạn.\nHồ đã cạn.\n"
    [chair] = document_of(text).meeting.chairs
    assert chair.roles == ("Chủ tịch UBND tỉnh",)


@pytest.mark.parametrize(
    ("opening", "organizer"),
    [
        ("Ngày 7/6, UBND tỉnh tổ chức hội nghị trực tuyến.", "UBND tỉnh"),
        ("Ngày 7/6, Sở Y tế đã tổ chức hội nghị về tiêm chủng.", "Sở Y tế"),
        ("Sáng 7/6, Chủ tịch UBND tỉnh Lò Văn Đạt chủ trì cuộc họp về chống hạn.", None),
    ],
)
def test_organizer(opening: str, organizer: str | None) -> None:
    found = document_of(f"Tin trong ngày\n\n{opening}\nHồ Ba Khe đã cạn.\n").meeting.organizer
    assert (found and found.name) == organizer


def test_without_a_day_of_publication_only_a_full_date_is_read() -> None:
    for day, date in (("7/6", None), ("7/6/2023", "2023-06-07")):
        text = f"Tin trong ngày\n\nNgày {day}, UBND tỉnh tổ chức hội nghị trực tuyến.\nHồ Ba Khe đã cạn.\n"
        assert document_of(text, None).meeting.date == date
