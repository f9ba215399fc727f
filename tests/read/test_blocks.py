"""The anatomy of press articles and official documents."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.read.blocks import find_blocks
from pipeline.read.document_type import is_official
from pipeline.read.paragraphs import find_paragraphs


def kinds_of(text: str) -> list[tuple[str, str]]:
    """Each block's kind and its first words."""
    return [(block.kind, text[block.start : block.end][:24]) for block in find_blocks(text)]


def kind_of(text: str, words: str) -> str:
    """The kind of the block that holds the words."""
    at = text.index(words)
    return next(block.kind for block in find_blocks(text) if block.start <= at < block.end)


ARTICLE = """Tỉnh họp bàn chống hạn

Mùa khô kéo dài, tỉnh lập lại lịch cấp nước cho từng xã.

Sáng 7/6, Chủ tịch UBND tỉnh Lò Văn Đạt chủ trì cuộc họp về chống hạn.
Theo Sở Nông nghiệp, 12 hồ đã cạn.
Ưu tiên nước cho dân
Ông Đạt yêu cầu các xã nạo vét kênh mương.
- Sở Y tế mua thuốc.
- Sở Tài chính bố trí kinh phí.
HÀ VY

Kênh Ba Khe cạn trơ đáy - Ảnh: HÀ VY
Quang cảnh cuộc họp. Ảnh: Hà Vy
"""


def test_a_press_article() -> None:
    assert [kind for kind, _ in kinds_of(ARTICLE)] == [
        "title", "lead", "paragraph", "paragraph", "heading", "paragraph", "list_item", "list_item", "byline",
        "caption", "caption",
    ]  # fmt: skip


# Lines put behind the body of an article, and the kind of the last of them.
TAILS = {
    "glued-related-link": ("Xã Tân Lập khởi công đập mớiXã Tân Lập khởi công đập mới", "related_link"),
    "see-also": (">> Xem thêm: Xã Tân Lập khởi công đập mới", "related_link"),
    "credit": ("Tác giả: Hà Vy", "byline"),
    "source": ("Nguồn: Báo Yên Bình", "byline"),
    "image-mark": ("[img]", "boilerplate"),
    "rule": ("-----", "boilerplate"),
    "address": ("baoyenbinh.vn", "boilerplate"),
    "stamp": ("19:54 | 08/06/2023", "dateline"),
    "photo": ("Hồ Ba Khe cạn nước. Ảnh: Hà Vy", "caption"),
}


@pytest.mark.parametrize("case", TAILS)
def test_what_stands_around_an_article(case: str) -> None:
    line, kind = TAILS[case]
    body = "\n".join(ARTICLE.split("\n")[:6])
    assert kind_of(f"{body}\n{line}\nMưa đã về trên các xã vùng cao.\n", line) == kind


def test_a_line_behind_an_image_mark_is_its_caption() -> None:
    text = ARTICLE.replace("Ông Đạt yêu cầu", "[img]\nKênh mương xã Tân Lập khô nứt\nÔng Đạt yêu cầu")
    assert kind_of(text, "Kênh mương xã Tân Lập") == "caption"
    assert kind_of(text, "Ông Đạt yêu cầu") == "paragraph"


def test_words_of_photos_in_running_text_are_no_caption() -> None:
    text = ARTICLE.replace("12 hồ đã cạn.", "ảnh vệ tinh cho thấy 12 hồ đã cạn.")
    assert kind_of(text, "ảnh vệ tinh") == "paragraph"


LETTER = """ỦY BAN NHÂN DÂN
TỈNH YÊN BÌNH

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 45/TB-UBND
Yên Bình, ngày 07 tháng 6 năm 2023

THÔNG BÁO
Kết luận của Chủ tịch UBND tỉnh tại cuộc họp về phòng cháy rừng

Căn cứ Luật Lâm nghiệp ngày 15 tháng 11 năm 2017;
Ngày 05 tháng 6 năm 2023, Chủ tịch UBND tỉnh chủ trì cuộc họp về phòng cháy rừng.
I. Đánh giá tình hình
1. Các huyện đã có nhiều cố gắng.
a) Rà soát phương án chữa cháy.
- Tuần tra rừng.

| STT | Việc | Cơ quan |
|---|---|---|

Văn phòng UBND tỉnh thông báo để các cơ quan biết, thực hiện./.

KT. CHÁNH VĂN PHÒNG
(Đã ký)
Trần Văn Ban

Nơi nhận:
- Các sở, ngành;
- Lưu: VT.
"""


def test_an_official_document() -> None:
    assert [kind for kind, _ in kinds_of(LETTER)] == [
        "boilerplate", "boilerplate", "boilerplate", "boilerplate", "dateline", "dateline", "title", "title",
        "boilerplate", "paragraph", "list_item", "list_item", "list_item", "list_item", "table", "table",
        "boilerplate", "signature", "signature", "signature", "recipients", "recipients", "recipients",
    ]  # fmt: skip


def test_the_signature_may_stand_behind_the_recipients() -> None:
    head, tail = LETTER.split("KT. CHÁNH VĂN PHÒNG")
    text = f"{head}Nơi nhận:{tail.split('Nơi nhận:')[1]}\nKT. CHÁNH VĂN PHÒNG\n(Đã ký)\n"
    assert kind_of(text, "- Lưu: VT.") == "recipients"
    assert kind_of(text, "KT. CHÁNH") == kind_of(text, "(Đã ký)") == "signature"


def test_an_annex_behind_the_recipients_is_read() -> None:
    text = LETTER + "\nPHỤ LỤC\nDanh mục nhiệm vụ\n1. Sở Y tế mua thuốc.\n"
    assert kind_of(text, "1. Sở Y tế mua thuốc.") == "list_item"


@pytest.mark.parametrize(
    ("text", "official"),
    [
        pytest.param(LETTER, True, id="notice"),
        pytest.param(ARTICLE, False, id="article"),
        pytest.param("ĐẢNG BỘ TỈNH\nĐẢNG CỘNG SẢN VIỆT NAM\nSố 57-NQ/TU\n\nNGHỊ QUYẾT\n", True, id="party"),
        pytest.param("CÔNG ĐIỆN\nSố: 3/CĐ-UBND\n\nCác xã trực ban.\n", True, id="telegram-without-motto"),
        pytest.param("**CỘNG HÒA XÃ HỘI CHỦ NGHĨA\nVIỆT NAM**\n\nCác xã trực ban.\n", True, id="motto-over-two-lines"),
        pytest.param("Công điện của Thủ tướng\n\nCác xã trực ban.\n", False, id="about-a-telegram"),
    ],
)
def test_official(text: str, official: bool) -> None:
    assert is_official(text) is official


LINES = st.sampled_from(
    ["", " ", "\t", "Họp", "họp bàn,", "Nơi nhận:", "KT. CHỦ TỊCH", "THÔNG BÁO", "1. Sở Y tế mua thuốc.", "- Lưu VT.",
     "| a | b | c |", "|---|", "[img]", "Ảnh: Hà Vy", "Tin liên quan", "Số: 5/TB-UBND", "# Đầu đề", "**Đậm**", "...",
     "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Căn cứ Luật Đất đai;", "Yên Bình, ngày 7 tháng 6 năm 2023", "08/06/2023",
     "phải cử người trực ban cả ngày lẫn đêm để giữ nước cho các hồ chứa", "Mưa.", "“", "😀", "a" * 700]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(LINES, max_size=30).map("\n".join))


@given(TEXTS)
@example("\x0b\x0ca\x85b\u2028c")
def test_blocks_cover_all_but_blanks_in_order_without_overlap(text: str) -> None:
    blocks = find_blocks(text)
    assert all(block.start < block.end for block in blocks)
    assert all(a.end <= b.start for a, b in itertools.pairwise(blocks))
    outside = 0
    for block in blocks:
        assert not text[outside : block.start].strip()
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        outside = block.end
    assert not text[outside:].strip()
    assert [(block.start, block.end) for block in blocks] == find_paragraphs(text)


@given(TEXTS)
def test_at_most_one_lead_and_it_follows_a_title(text: str) -> None:
    kinds = [block.kind for block in find_blocks(text)]
    assert kinds.count("lead") <= 1
    if "lead" in kinds:
        assert "title" in kinds[: kinds.index("lead")]
