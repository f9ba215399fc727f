"""Lines and hard-wrapped paragraphs. The wrapped examples are set as in notices taken from PDF and web pages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.lines import find_lines, find_paragraphs

NOTICE = """\
Thực hiện kết luận của Chủ tịch Ủy ban nhân dân tỉnh tại cuộc họp ngày 05
tháng 6 năm 2023, Văn phòng thông báo để các sở, ban, ngành, Ủy ban nhân
dân các huyện biết và tổ chức thực hiện các nội dung sau đây, bảo đảm đúng
tiến độ. Giao Sở Kế hoạch và Đầu tư chủ trì, phối hợp với Sở Tài chính, Sở
Xây dựng rà soát toàn bộ dự án chậm tiến độ trên địa bàn tỉnh, báo cáo Ủy
ban nhân dân tỉnh trước ngày 30 tháng 6 năm 2023.
1. Sở Tài chính
Bố trí kinh phí;
cấp đủ vốn cho các dự án.
- Lưu: VT.

Nơi nhận:
"""


def paragraphs(text: str) -> list[str]:
    return [text[start:end] for start, end in find_paragraphs(text)]


def test_a_wrapped_paragraph_is_one_also_before_a_capital() -> None:
    assert paragraphs(NOTICE)[0] == NOTICE[: NOTICE.index("\n1. ")]


def test_headings_list_items_and_blank_lines_break() -> None:
    assert paragraphs(NOTICE)[1:] == [
        "1. Sở Tài chính", "Bố trí kinh phí;", "cấp đủ vốn cho các dự án.", "- Lưu: VT.", "Nơi nhận:",
    ]  # fmt: skip


def test_markers_break_a_wrapped_paragraph() -> None:
    for marker in ("- ", "+ ", "• ", "a) ", "1. ", "1.1. ", "(1) ", "I. ", "* ", "# ", "| "):
        changed = NOTICE.replace("\ntháng 6", f"\n{marker}tháng 6")
        assert paragraphs(changed)[0].endswith("ngày 05"), marker


def test_an_indent_begins_a_paragraph() -> None:
    wrapped = "     " + NOTICE.split("\n1.")[0].replace(" Giao Sở", "\n     Giao Sở").replace("độ.", "độ")
    assert any(paragraph.startswith("Giao Sở") for paragraph in paragraphs(wrapped))


def test_press_lines_are_left_alone() -> None:
    lines = ["Tiêu đề", "công ty và các đơn vị " * 12, "đoạn một " * 20, "Đoạn hai. Câu. " * 5, "ảnh minh họa", "Hết"]
    text = "\n".join(line.strip() for line in lines * 3)
    assert paragraphs(text) == text.split("\n")
    assert paragraphs("a\nb\nc\nd\ne\n") == ["a", "b", "c", "d", "e"]


def test_columns_and_page_numbers_break() -> None:
    text = NOTICE.replace("\ntháng 6 năm 2023,", "\n2\ntháng 6     năm 2023,")
    assert "2" in paragraphs(text)


def test_every_kind_of_line_break_counts() -> None:
    assert [line.text for line in find_lines("a\nb\r\nc\rd\u2028e\u2029f\x0bg\x0ch\x85i")] == list("abcdefghi")
    assert [line.after_blank for line in find_lines("a\n\nb\r\nc\n \nd")] == [True, True, False, True]


@given(st.text("aBcĐ .,;:\n\t-1", max_size=300))
def test_paragraphs_hold_all_but_white_space(text: str) -> None:
    place = 0
    for start, end in find_paragraphs(text):
        assert place <= start < end
        assert not text[place:start].strip()
        assert text[start:end] == text[start:end].strip()
        place = end
    assert not text[place:].strip()
