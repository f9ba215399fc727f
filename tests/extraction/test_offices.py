"""The issuer of an official document."""

from __future__ import annotations

import pytest

from pipeline.extraction.offices import find_issuer
from pipeline.read.document_type import find_genre
from tests.extraction.pages import index_of, page_of, people_in

HEAD = """{body}

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 45/UBND-VP

Yên Bình, ngày 07 tháng 6 năm 2023

"""
DOCUMENTS = {
    "person-in-the-title": (
        HEAD.format(body="ỦY BAN NHÂN DÂN\nTỈNH YÊN BÌNH")
        + "THÔNG BÁO\nKết luận của Chủ tịch UBND tỉnh Lò Văn Đạt tại cuộc họp về rừng\n\n"
        "Ngày 05 tháng 6 năm 2023, Chủ tịch UBND tỉnh Lò Văn Đạt họp về rừng.\n1. Các xã kiểm tra rừng.\n",
        ("Lò Văn Đạt", "Chủ tịch UBND tỉnh", None),
    ),
    "office-in-the-title-in-capitals": (
        HEAD.format(body="VĂN PHÒNG CHÍNH PHỦ")
        + "THÔNG BÁO\nKẾT LUẬN CỦA THỦ TƯỚNG CHÍNH PHỦ TẠI CUỘC HỌP VỀ RỪNG\n\n1. Các bộ kiểm tra rừng.\n",
        (None, "Thủ tướng Chính phủ", None),
    ),
    "who-has-an-opinion": (
        HEAD.format(body="VĂN PHÒNG CHÍNH PHỦ") + "CÔNG VĂN\nVề việc phòng cháy rừng\n\n"
        "Xét báo cáo của tỉnh, Phó Thủ tướng Chính phủ Vi Văn Khang có ý kiến chỉ đạo như sau:\n"
        "1. Các bộ kiểm tra rừng.\n",
        ("Vi Văn Khang", "Phó Thủ tướng Chính phủ", None),
    ),
    "who-orders-in-the-text": (
        HEAD.format(body="ỦY BAN NHÂN DÂN\nTỈNH YÊN BÌNH") + "CÔNG ĐIỆN\nVề việc phòng cháy rừng\n\n"
        "Để giữ rừng, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:\n1. Các xã kiểm tra rừng.\n",
        (None, "Chủ tịch Ủy ban nhân dân tỉnh", None),
    ),
}


@pytest.mark.parametrize("case", DOCUMENTS)
def test_issuer(case: str) -> None:
    text, who = DOCUMENTS[case]
    found = find_issuer(page_of(text), people_in(text), index_of(text), find_genre(text))
    assert found is not None
    assert (found.person, found.role, found.body) == who


def test_the_letterhead_where_nobody_is_named() -> None:
    text = HEAD.format(body="SỞ Y TẾ YÊN BÌNH") + "KẾ HOẠCH\nPhòng, chống sốt xuất huyết\n\n1. Các xã phun thuốc.\n"
    assert people_in(text) == []
    found = find_issuer(page_of(text), [], index_of(text), "plan")
    assert found is not None and found.body is not None
    assert (found.person, found.role, found.body.lower()) == (None, None, "sở y tế yên bình")


def test_nobody() -> None:
    text = "Trời nắng.\n\nHồ Ba Khe đã cạn.\n"
    assert find_issuer(page_of(text), [], index_of(text), "document") is None
