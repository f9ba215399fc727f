"""Abbreviations that a report defines in brackets."""

from __future__ import annotations

import pytest

from pipeline.extraction.abbreviations import find_abbreviations
from tests.extraction.pages import page_of


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Ban chỉ đạo (BCĐ) họp.", [("BCĐ", "Ban chỉ đạo")]),
        ("Khu công nghiệp (KCN) và cụm công nghiệp (CCN) đã đầy.",
         [("KCN", "Khu công nghiệp"), ("CCN", "cụm công nghiệp")]),
        ("Giải phóng mặt bằng (gọi tắt là GPMB) còn chậm.", [("GPMB", "Giải phóng mặt bằng")]),
        ("Ban Quản lý (BQL) cũ và Ban Quản lý (BQL) mới.", [("BQL", "Ban Quản lý")]),
        ("Hồ Ba Khe (xã Tân Lập) đã cạn.", []),
        ("Ông Đạt (ĐBQH) phát biểu.", []),
        ("Mức tăng (12%) là cao.", []),
        ("Bão lớn gây sập cầu đò (BCĐ) ở xã.", []),
    ],
)  # fmt: skip
def test_abbreviations(text: str, pairs: list[tuple[str, str]]) -> None:
    found = find_abbreviations(page_of(text))
    assert [(one.short, one.long) for one in found] == pairs
    for one in found:
        assert text[one.start : one.end].startswith(one.long) and text[one.start : one.end].endswith(f"{one.short})")
