"""Lines and hard-wrapped paragraphs. The wrapped examples are set as in notices taken from PDF and web pages."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.read.paragraphs import find_lines, find_paragraphs, is_page_number

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


def test_columns_break() -> None:
    text = NOTICE.replace("\ntháng 6 năm 2023,", "\n2\ntháng 6     năm 2023,")
    assert "tháng 6     năm 2023, Văn phòng thông báo để các sở, ban, ngành, Ủy ban nhân" in paragraphs(text)


def test_a_page_number_between_the_halves_of_a_paragraph_is_joined() -> None:
    for number in ("2", "- 2 -", "\n  14\n"):
        text = NOTICE.replace("\nban nhân dân tỉnh trước", f"\n{number}\nban nhân dân tỉnh trước")
        assert paragraphs(text)[0].endswith("30 tháng 6 năm 2023."), number
    assert "2" in paragraphs(NOTICE.replace("\n1. Sở", "\n2\n1. Sở"))


@pytest.mark.parametrize(
    ("line", "number"), [("2", True), ("- 12 -", True), ("2023", False), ("2.", False), ("", False), ("2 tỷ", False)]
)
def test_page_numbers(line: str, number: bool) -> None:
    assert is_page_number(line) is number


SPACED = """\
10. Các bộ, cơ quan liên quan và các tập đoàn, tổng công ty: Công nghiệp - Năng
lượng, Bưu chính viễn thông, Viễn thông quân đội, Hàng không, Công nghiệp cao su
- Cà phê và Lương thực miền Bắc trao đổi với tỉnh để rà soát, tháo gỡ vướng mắc.
Tuyệt đối không để chậm tiến độ các dự án đã được giao trong kế hoạch đầu tư của
năm nay.

Trong quá trình thực hiện, nếu có khó khăn, các đơn vị báo cáo Văn phòng Ủy ban
nhân dân tỉnh để tổng hợp, trình Chủ tịch xem xét.

5. Sở Giao thông vận tải
- Kiểm tra bến khách ngang sông, đò dọc không đủ áo phao, báo cáo Chủ tịch Ủy ban
nhân dân tỉnh.

Yên Bình, ngày
07 tháng 6 năm 2023
"""


def test_where_blank_lines_part_the_paragraphs_a_full_line_goes_on() -> None:
    """With a dash that the wrapping put at a line's head, and with a sentence behind a stop at a line's end."""
    found = paragraphs(SPACED)
    assert found[0] == SPACED.split("\n\n")[0]
    assert found[2:] == ["5. Sở Giao thông vận tải", SPACED.split("vận tải\n")[1].split("\n\n")[0],
                         "Yên Bình, ngày\n07 tháng 6 năm 2023"]  # fmt: skip


def test_signatures_rules_and_columns_are_not_joined() -> None:
    foot = "**KT. CHỦ TỊCH**\nPHÓ CHỦ TỊCH\n---------\nNơi nhận:              CHÁNH VĂN PHÒNG\n- Như trên;\n"
    assert paragraphs(SPACED + "\n" + foot)[-5:] == foot.splitlines()

def test_every_kind_of_line_break_counts() -> None:
    assert [line.text for line in find_lines("a\nb\r\nc\rd\u2028e\u2029f\x0bg\x0ch\x85i")] == list("abcdefghi")
    assert [line.after_blank for line in find_lines("a\n\nb\r\nc\n \nd")] == [True, True, False, True]


@given(st.text("aBcĐ .,;:\n\t-1\x0b\x0c\x85\u2028", max_size=300))
@example("\x0b\x0ca\x85b\u2028c")
def test_paragraphs_hold_all_but_white_space(text: str) -> None:
    place = 0
    for start, end in find_paragraphs(text):
        assert place <= start < end
        assert not text[place:start].strip()
        assert text[start:end] == text[start:end].strip()
        place = end
    assert not text[place:].strip()


WRAPPED = """  Phiên họp của Ủy ban nhân dân tỉnh về phòng, chống hạn trong mùa khô
năm nay đã thống nhất nhiều giải pháp để giữ nước cho các hồ chứa, đập
dâng và trạm bơm của tỉnh; nhiều xã đã nạo vét kênh mương, cống lấy
nước trước mùa khô.
  Ông Đạt yêu cầu Sở Nông nghiệp và Phát triển nông thôn kiểm tra toàn
bộ các hồ chứa, đập dâng ở các xã vùng cao; các xã phải cử người trực
ban cả ngày lẫn đêm để giữ nước.
1. Sở Y tế mua đủ thuốc cho các trạm y tế ở những xã thiếu nước sạch
trong những tháng tới.
2. Sở Tài chính bố trí đủ kinh phí cho các xã nạo vét kênh mương, sửa
cống, sửa trạm bơm.
"""


def test_hard_wrapped_lines_are_joined() -> None:
    assert [paragraph.split(" ")[0] for paragraph in paragraphs(WRAPPED)] == ["Phiên", "Ông", "1.", "2."]


def test_lines_without_their_blanks() -> None:
    assert [(line.start, line.end, line.indent, line.text) for line in find_lines("  a b \n\n\tc\n")] == [
        (2, 5, 2, "a b"),
        (9, 10, 1, "c"),
    ]
