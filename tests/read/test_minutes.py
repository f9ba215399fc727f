"""The parts of minutes."""

from __future__ import annotations

import pytest

from pipeline.read.blocks import find_blocks
from pipeline.read.minutes import find_minutes

TOWN = """BIÊN BẢN HỌP TỔ DÂN PHỐ

Thời gian: 19 giờ 30 ngày 05/6/2023.
Địa điểm: Nhà văn hóa tổ 4, phường Tân Lập.
Thành phần:
- Chủ trì: ông Lò Văn Đạt, tổ trưởng.
- Thư ký: bà Hà Thị Vy.
- Có mặt: 42 hộ; vắng: 03 hộ (có lý do).
Nội dung họp: bàn việc làm đường ngõ 12 và giao các hộ thu phí vệ sinh.
Ý kiến thảo luận:
1. Ông Bảy: đề nghị làm đường trước mùa mưa.
2. Bà Lan: đồng ý.
Kết quả biểu quyết: 40/42 hộ tán thành.
Kết luận:
1. Ông Bảy lập danh sách các hộ góp tiền trước ngày 20/6/2023.
2. Các hộ dọn ngõ.
Cuộc họp kết thúc lúc 21 giờ cùng ngày.
THƯ KÝ                    CHỦ TRÌ
Hà Thị Vy              Lò Văn Đạt
"""

BOARD = """BAN QUẢN LÝ DỰ ÁN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 9/BB-BQL
BIÊN BẢN
Họp giao ban tháng 6

Hôm nay, hồi 14 giờ 00 ngày 12/6/2023, tại phòng họp Ban, Ban Quản lý dự án họp giao ban.
I. THÀNH PHẦN
1. Chủ đầu tư: ông Lò Văn Đạt - Phó Giám đốc, chủ trì; bà Hà Thị Vy, thư ký.
2. Nhà thầu: ông Vi Văn Ba.
3. Vắng mặt: tư vấn thiết kế.
II. NỘI DUNG
Kiểm điểm tiến độ tháng 5.
III. Ý KIẾN CÁC BÊN
1. Nhà thầu
- Đề nghị sớm duyệt mẫu cửa.
IV. Ông Lò Văn Đạt kết luận như sau:
1. Nhà thầu bổ sung công nhân trước ngày 20/6/2023.
Biên bản được thông qua với 100% thành viên nhất trí.
"""


def parts(text: str) -> list[tuple[str, str]]:
    found = find_minutes(text, find_blocks(text))
    assert all(0 <= part.start < part.end <= len(text) for part in found)
    return [(part.part, text[part.start : part.end]) for part in found]


def test_minutes_with_words_before_colons() -> None:
    assert parts(TOWN) == [
        ("time", "19 giờ 30 ngày 05/6/2023."),
        ("place", "Nhà văn hóa tổ 4, phường Tân Lập."),
        ("chair", "ông Lò Văn Đạt, tổ trưởng."),
        ("secretary", "bà Hà Thị Vy."),
        ("present", "42 hộ; vắng: 03 hộ (có lý do)."),
        ("absent", "vắng: 03 hộ (có lý do)"),
        ("agenda", "bàn việc làm đường ngõ 12 và giao các hộ thu phí vệ sinh."),
        ("opinions", "1. Ông Bảy: đề nghị làm đường trước mùa mưa.\n2. Bà Lan: đồng ý."),
        ("votes", "40/42 hộ tán thành."),
        ("conclusions", "1. Ông Bảy lập danh sách các hộ góp tiền trước ngày 20/6/2023.\n2. Các hộ dọn ngõ."),
    ]


def test_minutes_in_numbered_parts() -> None:
    assert parts(BOARD) == [
        ("time", "hồi 14 giờ 00 ngày 12/6/2023"),
        ("place", "phòng họp Ban"),
        ("present", "1. Chủ đầu tư: ông Lò Văn Đạt - Phó Giám đốc, chủ trì; bà Hà Thị Vy, thư ký."),
        ("chair", "Chủ đầu tư: ông Lò Văn Đạt - Phó Giám đốc, chủ trì"),
        ("secretary", "bà Hà Thị Vy, thư ký"),
        ("present", "2. Nhà thầu: ông Vi Văn Ba."),
        ("absent", "tư vấn thiết kế."),
        ("agenda", "Kiểm điểm tiến độ tháng 5."),
        ("opinions", "1. Nhà thầu\n- Đề nghị sớm duyệt mẫu cửa."),
        ("conclusions", "1. Nhà thầu bổ sung công nhân trước ngày 20/6/2023."),
        ("votes", "Biên bản được thông qua với 100% thành viên nhất trí"),
    ]


@pytest.mark.parametrize(
    ("words", "kind"),
    [("Địa điểm", "attendance"), ("- Chủ trì", "attendance"), ("- Có mặt", "attendance"), ("Nội dung họp", "agenda"),
     ("Kết quả biểu quyết", "vote"), ("Kết luận:", "paragraph"), ("1. Ông Bảy lập", "list_item"),
     ("Cuộc họp kết thúc", "boilerplate"), ("Hà Thị Vy   ", "signature")],
)  # fmt: skip
def test_blocks_of_minutes(words: str, kind: str) -> None:
    at = TOWN.index(words)
    assert next(block.kind for block in find_blocks(TOWN) if block.start <= at < block.end) == kind


def test_content_without_opinions_or_conclusions_behind_it_is_no_agenda() -> None:
    """Where all that was said stands under "Nội dung", it is read."""
    text = "BIÊN BẢN HỌP\n\nChủ trì: ông Đạt.\nNội dung:\n1. Ông Đạt giao ông Bảy dọn ngõ trước ngày 20/6/2023.\n"
    assert [part for part, _ in parts(text)] == ["chair"]
    assert [block.kind for block in find_blocks(text)][-1] == "list_item"


def test_a_report_without_parts_has_none() -> None:
    assert parts("Tỉnh họp\n\nSáng 7/6, tỉnh họp.\nMưa ít.\n") == []
