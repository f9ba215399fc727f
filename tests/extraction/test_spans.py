"""Spans of work: where one begins and ends, where a sentence says several, and who takes part."""

from __future__ import annotations

import pytest

from pipeline.extraction.coordination import find_coordinating
from pipeline.extraction.spans import read_piece, split_pieces, strip_list_intro, trim_end
from tests.extraction.pages import page_of

# Text -> pieces as "addressee | span"; the addressee is empty where none stands in front.
PIECES = {
    "one": ("Sở Y tế rà soát thuốc.", ["Sở Y tế | Sở Y tế rà soát thuốc"]),
    "addressees-by-semicolon": (
        "Sở Y tế rà soát thuốc; Sở Tài chính bố trí kinh phí.",
        ["Sở Y tế | Sở Y tế rà soát thuốc", "Sở Tài chính | Sở Tài chính bố trí kinh phí"],
    ),
    "works-by-semicolon": (
        "rà soát các dự án treo; thu hồi đất bỏ hoang; báo cáo kết quả trước ngày 30/6.",
        [" | rà soát các dự án treo", " | thu hồi đất bỏ hoang", " | báo cáo kết quả trước ngày 30/6"],
    ),
    "commas-part-nothing": (
        "Sở Y tế rà soát thuốc, mua thêm vắc xin và báo cáo UBND tỉnh.",
        ["Sở Y tế | Sở Y tế rà soát thuốc, mua thêm vắc xin và báo cáo UBND tỉnh"],
    ),
    "semicolons-between-things": (
        "tổ chức các hội nghị về: giống cây trồng; thủy lợi; phòng dịch.",
        [" | tổ chức các hội nghị về: giống cây trồng; thủy lợi; phòng dịch"],
    ),
    "semicolon-in-brackets": (
        "Sở Y tế kiểm tra các quầy thuốc (kể cả quầy ở chợ; quầy lưu động).",
        ["Sở Y tế | Sở Y tế kiểm tra các quầy thuốc (kể cả quầy ở chợ; quầy lưu động)"],
    ),
    "introduction-of-a-list": (
        "các sở, ngành thực hiện các nhiệm vụ sau: rà soát hồ sơ, báo cáo UBND tỉnh.",
        ["các sở, ngành | rà soát hồ sơ, báo cáo UBND tỉnh"],
    ),
    "connector": ("Đồng thời, các xã kiểm tra từng hộ.", ["các xã | các xã kiểm tra từng hộ"]),
    "filler": ("rằng phải giữ rừng đến cùng.", [" | phải giữ rừng đến cùng"]),
    "topic": ("Về đất đai: Sở Xây dựng kiểm tra các dự án.", ["Sở Xây dựng | Sở Xây dựng kiểm tra các dự án"]),
    "addressees-parted-by-a-semicolon": (
        "các sở, ngành; UBND các huyện, thị xã khẩn trương báo cáo.",
        ["các sở, ngành; UBND các huyện, thị xã | các sở, ngành; UBND các huyện, thị xã khẩn trương báo cáo"],
    ),
    "no-work": ("Hồ đã cạn từ tháng ba.", []),
}


@pytest.mark.parametrize("case", PIECES)
def test_pieces(case: str) -> None:
    text, pieces = PIECES[case]
    found = split_pieces(page_of(text), 0, len(text), loose=True)
    shown = [
        f"{text[one.addressee.start : one.addressee.end] if one.addressee else ''} | {text[one.start : one.end]}"
        for one in found
    ]
    assert shown == pieces


@pytest.mark.parametrize(
    ("text", "intro"),
    [
        ("trước ngày 10-1, chủ đầu tư phải bàn giao mặt bằng.", "trước ngày 10-1"),
        ("trước ngày 10-1 chủ đầu tư phải bàn giao mặt bằng.", "trước ngày 10-1"),
        ("Để chống hạn, các huyện ven biển nạo vét kênh mương.", "Để chống hạn"),
        ("các huyện ven biển nạo vét kênh mương.", None),
    ],
)
def test_the_adverbial_before_an_addressee_stays_outside(text: str, intro: str | None) -> None:
    piece = read_piece(page_of(text), 0, len(text))
    assert piece is not None and piece.addressee is not None
    assert (text[slice(*piece.intro)] if piece.intro else None) == intro
    assert piece.start == piece.addressee.start


def test_a_clause_with_a_modal_is_work_only_where_that_is_asked_for() -> None:
    text = "việc chi trả cần tiếp tục được làm công khai."
    page = page_of(text)
    assert read_piece(page, 0, len(text)) is None
    piece = read_piece(page, 0, len(text), loose=True)
    assert piece is not None and text[piece.start : piece.end] == text[:-1]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Sở Y tế kiểm tra thuốc.", "Sở Y tế kiểm tra thuốc"),
        ("làm ngay”.", "làm ngay"),
        ("làm ngay...", "làm ngay"),
        ("làm ngay (trong tuần này).", "làm ngay (trong tuần này)"),
        ("họp;", "họp"),
        ("kiểm tra đê điều trên toàn tuyến, vì mưa lớn sắp đến nhiều nơi.", "kiểm tra đê điều trên toàn tuyến"),
    ],
)
def test_the_end_of_a_span(text: str, span: str) -> None:
    assert text[: trim_end(page_of(text), 0, len(text))] == span


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("các xã tập trung thực hiện các nhiệm vụ sau:", None),
        (
            "các xã kiểm tra toàn bộ kênh mương, trạm bơm, cống lấy nước và đường dây điện trên địa bàn trước mùa mưa "
            "lũ năm nay, trong đó tập trung các nhiệm vụ sau:",
            "các xã kiểm tra toàn bộ kênh mương, trạm bơm, cống lấy nước và đường dây điện trên địa bàn trước mùa mưa "
            "lũ năm nay",
        ),
    ],
)
def test_the_introduction_of_a_list_is_no_work(text: str, kept: str | None) -> None:
    page = page_of(text)
    piece = read_piece(page, 0, len(text))
    assert piece is not None
    left = strip_list_intro(page, piece, len(text))
    assert (text[left.start : left.end] if left else None) == kept


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("Sở Y tế chủ trì, phối hợp với Sở Tài chính, Công an tỉnh rà soát thuốc.", ["Sở Tài chính", "Công an tỉnh"]),
        ("Sở Y tế phối hợp chặt chẽ với các huyện, thị xã trong việc mua thuốc.", ["các huyện", "thị xã"]),
        ("Sở Xây dựng cùng Sở Tài chính thẩm định giá.", ["Sở Tài chính"]),
        (
            "Công an tỉnh phối hợp cùng Bộ đội Biên phòng tỉnh và Hải quan tuần tra biên giới.",
            ["Bộ đội Biên phòng tỉnh", "Hải quan"],
        ),
        (
            "Sở Xây dựng phối hợp với các Bộ: Tài chính, Nội vụ và Công Thương xử lý.",
            ["Tài chính", "Nội vụ", "Công Thương"],
        ),
        (
            "Ban Quản lý dự án phối hợp với Công ty Điện lực di dời cột; phối hợp với UBND xã Tân Lập vận động dân.",
            ["Công ty Điện lực", "UBND xã Tân Lập"],
        ),
        ("Phối hợp với Bộ Nông nghiệp và Môi trường kiểm tra đê.", ["Bộ Nông nghiệp và Môi trường"]),
        ("Tăng cường phối hợp giữa các ngành để giữ rừng.", []),
        ("các đơn vị phối hợp chặt chẽ, hiệu quả.", []),
        ("Sở Y tế cùng lúc mở hai điểm tiêm.", []),
        ("Ngành giáo dục tổ chức thi cùng kỳ.", []),
    ],
)
def test_who_takes_part(text: str, bodies: list[str]) -> None:
    found = find_coordinating(page_of(text), 0, len(text), None)
    assert [text[m.start : m.end] for m in found] == bodies
