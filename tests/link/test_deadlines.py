"""Which date bounds the work, and which is in its subject, past, or an aim."""

from __future__ import annotations

import pytest

from pipeline.link.deadlines import find_urgency
from tests.extraction.pages import page_of, rows_of

OPENING = "Tỉnh chống hạn\n\nSáng 7/6, Chủ tịch UBND tỉnh Lò Văn Đạt chủ trì cuộc họp về chống hạn.\n"
Bounds = tuple[str | None, str | None, str | None]
# The report is of 2023-06-08, the meeting of 2023-06-07, a Wednesday. Sentence -> start, end, recurrence; or None.
DEADLINES: dict[str, tuple[str, Bounds | None]] = {
    "before-a-day": ("Ông Đạt yêu cầu Sở Y tế mua thuốc trước ngày 20/6.", (None, "2023-06-20", None)),
    "at-latest": ("Ông Đạt yêu cầu Sở Y tế báo cáo chậm nhất ngày 20/6/2023.", (None, "2023-06-20", None)),
    "before-a-month": ("Ông Đạt yêu cầu Sở Y tế mua thuốc trước tháng 8/2023.", (None, "2023-07-31", None)),
    "within-a-month": ("Ông Đạt yêu cầu Sở Y tế mua thuốc trong tháng 6.", ("2023-06-01", "2023-06-30", None)),
    "to-the-end": ("Ông Đạt yêu cầu Sở Y tế mua xong thuốc đến hết quý III.", (None, "2023-09-30", None)),
    "within-days": ("Ông Đạt yêu cầu Sở Y tế báo cáo trong vòng 15 ngày.", ("2023-06-07", "2023-06-22", None)),
    "within-working-days": (
        "Ông Đạt yêu cầu Sở Y tế báo cáo trong 5 ngày làm việc.",
        ("2023-06-07", "2023-06-14", None),
    ),
    "next-week": ("Ông Đạt yêu cầu Sở Y tế báo cáo trong tuần tới.", ("2023-06-12", "2023-06-18", None)),
    "from-now": (
        "Ông Đạt yêu cầu Sở Y tế kiểm tra các chợ từ nay đến cuối năm.",
        ("2023-06-07", "2023-12-31", None),
    ),
    "every-month": (
        "Ông Đạt yêu cầu các xã báo cáo UBND tỉnh trước ngày 25 hằng tháng.",
        (None, None, "monthly"),
    ),
    "from-a-day-to-come-before-the-addressee": (
        "Ông Đạt yêu cầu từ ngày 1/9, Sở Y tế bán thuốc theo giá mới.",
        ("2023-09-01", None, None),
    ),
    "until-an-event": ("Ông Đạt yêu cầu Sở Y tế dừng bán thuốc cho đến khi có kết luận.", (None, None, None)),
    "at-a-session-of-a-year": (
        "Ông Đạt yêu cầu Sở Y tế trình HĐND tỉnh tại kỳ họp cuối năm 2023.",
        ("2023-09-01", "2023-12-31", None),
    ),
    "one-recurrence-instead-of-another": (
        "Ông Đạt yêu cầu Sở Y tế báo cáo mỗi quý một lần, thay vì mỗi năm một lần như trước.",
        (None, None, "quarterly"),
    ),
    "pledged-before-the-speaker": (
        "Năm 2024, ông Đạt khẳng định tỉnh sẽ mua đủ thuốc.",
        ("2024-01-01", "2024-12-31", None),
    ),
    "before-the-issuer": (
        "Trong 6 tháng cuối năm, ông Đạt đề nghị Sở Y tế mua đủ thuốc.",
        ("2023-07-01", "2023-12-31", None),
    ),
    "before-the-addressee": (
        "Ông Đạt yêu cầu trước ngày 20/6, Sở Y tế mua đủ thuốc.",
        (None, "2023-06-20", None),
    ),
    "the-last-of-several": (
        "Ông Đạt yêu cầu Sở Y tế rà soát kho trước ngày 15/6, báo cáo UBND tỉnh trước ngày 20/6.",
        (None, "2023-06-20", None),
    ),
    "beside-a-year-in-the-subject": (
        "Ông Đạt yêu cầu Sở Y tế lập kế hoạch năm 2024 trước ngày 30/6.",
        (None, "2023-06-30", None),
    ),
    "none": ("Ông Đạt yêu cầu Sở Y tế mua thuốc.", None),
    "urgency-alone": ("Ông Đạt yêu cầu Sở Y tế khẩn trương mua thuốc, báo cáo ngay.", None),
    "year-of-a-plan": ("Ông Đạt yêu cầu Sở Y tế xây dựng kế hoạch năm 2024.", None),
    "day-of-a-document": (
        "Ông Đạt yêu cầu Sở Y tế thực hiện nghiêm Công văn số 45/UBND ngày 1/6/2023.",
        None,
    ),
    "term-of-a-programme": ("Ông Đạt yêu cầu Sở Y tế rà soát đề án giai đoạn 2021-2025.", None),
    "past-day": ("Ông Đạt yêu cầu Sở Y tế làm rõ vụ ngộ độc xảy ra ngày 1/6.", None),
    "year-of-a-budget": ("Ông Đạt yêu cầu Sở Tài chính quyết toán ngân sách năm 2022.", None),
    "purpose": (
        "Để hồ Ba Khe xong trong năm 2024, ông Đạt yêu cầu Sở Xây dựng rà soát thiết kế.",
        None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", DEADLINES)
def test_deadline(case: str) -> None:
    sentence, bounds = DEADLINES[case]
    rows = rows_of(f"{OPENING}{sentence}\n")
    assert [row.deadline for row in rows] == [bounds]


@pytest.mark.parametrize("case", [case for case, (_, bounds) in DEADLINES.items() if bounds])
def test_a_deadline_shows_where_it_was_read(case: str) -> None:
    text = f"{OPENING}{DEADLINES[case][0]}\n"
    [row] = rows_of(text)
    deadline = row.task.deadline
    assert deadline is not None
    assert text[deadline.evidence.start : deadline.evidence.end] == deadline.evidence.exact == deadline.text
    assert deadline.evidence.rule.startswith(("date:", "event-bound"))
    assert deadline.evidence.start >= len(OPENING)


def test_a_list_takes_the_deadline_of_its_introduction() -> None:
    rows = rows_of(
        f"{OPENING}Ông Đạt yêu cầu từ nay đến ngày 20/6, các sở thực hiện các nhiệm vụ sau:\n"
        "- Sở Y tế mua thuốc;\n- Sở Tài chính bố trí kinh phí trước ngày 15/6.\n"
    )
    assert [row.deadline and row.deadline[1] for row in rows] == ["2023-06-20", "2023-06-15"]


def test_the_next_order_in_a_sentence_does_not_take_it() -> None:
    rows = rows_of(f"{OPENING}Ông Đạt giao các xã nạo vét kênh trước ngày 20/6; đề nghị Sở Y tế mua đủ thuốc.\n")
    assert [row.deadline for row in rows] == [(None, "2023-06-20", None), None]


def test_the_next_speaker_does_not_take_it() -> None:
    rows = rows_of(
        f"{OPENING}Trong tháng 6, ông Đạt đề nghị Sở Y tế mua đủ thuốc.\nCử tri xã Tân Lập đề nghị tỉnh sửa đập.\n"
    )
    assert [row.deadline for row in rows] == [("2023-06-01", "2023-06-30", None), None]


def test_days_count_from_the_meeting_where_it_is_told() -> None:
    text = (
        "Tỉnh chống hạn\n\nNgày {day}, Chủ tịch UBND tỉnh Lò Văn Đạt chủ trì cuộc họp.\n"
        "Ông Đạt yêu cầu Sở Y tế báo cáo trong 10 ngày.\n"
    )
    assert [rows_of(text.format(day=day))[0].deadline for day in ("1/6", "7/6")] == [
        ("2023-06-01", "2023-06-11", None),
        ("2023-06-07", "2023-06-17", None),
    ]


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("trước ngày 20/6", (None, None, None)),
        ("trong 10 ngày", (None, None, None)),
        ("trước ngày 20/6/2023", (None, "2023-06-20", None)),
    ],
)
def test_without_a_day_to_count_from_only_full_dates_are_dated(words: str, bounds: Bounds) -> None:
    text = f"Tỉnh chống hạn\n\nThủ tướng yêu cầu Bộ Y tế mua thuốc {words}.\nHồ đã cạn.\n"
    assert [row.deadline for row in rows_of(text, None)] == [bounds]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("khẩn trương mua thuốc", "khẩn trương"),
        ("sớm sửa đập", "sớm"),
        ("Khẩn trương họp, báo cáo ngay", "Khẩn trương"),
        ("họp ngay lập tức", "ngay lập tức"),
        ("giữ nguyên hiện trạng", None),
        ("ngày mai họp", None),
    ],
)
def test_urgency(text: str, word: str | None) -> None:
    assert find_urgency(page_of(text), 0, len(text)) == word


def test_the_days_of_a_list_bound_the_work_together() -> None:
    text = "Ông Lò Văn Đạt yêu cầu các xã họp dân trong các ngày 14, 20/6.\n"
    rows = rows_of("Sáng 5/6, Chủ tịch UBND tỉnh Lò Văn Đạt chủ trì cuộc họp về chống hạn.\n" + text)
    deadline = rows[0].task.deadline
    assert deadline is not None
    assert (deadline.text, deadline.start, deadline.end) == ("trong các ngày 14, 20/6", "2023-06-14", "2023-06-20")
