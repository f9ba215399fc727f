"""The anatomy of press articles and official documents."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.read.blocks import find_blocks
from pipeline.read.document_type import is_official
from pipeline.read.paragraphs import find_paragraphs
from pipeline.read.passages import clean_roles
from pipeline.records import Block, BlockKind


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
    "writer": ("Tác giả: Hà Vy", "byline"),
    "source": ("Nguồn: Báo Yên Bình", "credit"),
    "agency": ("Theo Hà Vy/VOV", "credit"),
    "photo-credit": ("Ảnh: Hà Vy", "credit"),
    "tags": ("Từ khóa: hồ chứa, chống hạn", "tags"),
    "share": ("Chia sẻ bài viết  Zalo  Bình luận (0)", "boilerplate"),
    "advertisement": ("Quảng cáo", "boilerplate"),
    "more": ("Đọc thêm: Xã Tân Lập khởi công đập mới", "related_link"),
    "portal-stamp": ("Thứ 5, 08/06/2023 | 08:15 [GMT+7] A A", "dateline"),
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
        "letterhead", "letterhead", "letterhead", "letterhead", "dateline", "dateline", "title", "title",
        "legal_basis", "paragraph", "list_item", "list_item", "list_item", "list_item", "table", "table",
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


DECISION = """SỞ Y TẾ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM

Số: 45/QĐ-SYT
Yên Bình, ngày 07 tháng 6 năm 2023

QUYẾT ĐỊNH
Về việc ban hành quy chế làm việc

GIÁM ĐỐC SỞ Y TẾ

Căn cứ Luật Khám bệnh, chữa bệnh ngày 09 tháng 01 năm 2023;
- Căn cứ Quyết định số 12/QĐ-UBND ngày 05/5/2022 của UBND tỉnh;
Xét đề nghị của Chánh Văn phòng Sở tại Tờ trình số 3/TTr-VP,

QUYẾT ĐỊNH:

Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
1. Quy chế này quy định cách làm việc của các phòng.
a) Các phòng họp giao ban thứ Hai hằng tuần.
**4.** Phòng Tài chính lập dự toán.
Điều 3. Chánh Văn phòng chịu trách nhiệm thi hành Quyết định này./.

Nơi nhận:
- Như Điều 3;
- Lưu: VT.
Q. GIÁM ĐỐC
Lò Thị Mai
"""


def test_articles_chapters_and_legal_bases_of_a_decision() -> None:
    assert [kind for kind, _ in kinds_of(DECISION)] == [
        "letterhead", "letterhead", "dateline", "dateline", "title", "title", "letterhead",
        "legal_basis", "legal_basis", "legal_basis", "heading", "heading", "heading", "heading",
        "list_item", "list_item", "list_item", "list_item",
        "recipients", "recipients", "recipients", "signature", "signature",
    ]  # fmt: skip


OFFICIAL_LETTER = """UBND TỈNH YÊN BÌNH          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 45/UBND-NN              Yên Bình, ngày 07 tháng 6 năm 2023
V/v chống hạn cho lúa

Kính gửi:
- Sở Nông nghiệp;
- Các xã vùng cao.

Về việc này, UBND tỉnh yêu cầu các xã nạo vét kênh mương.
1 | Nạo vét kênh | Các xã
2 | Mua máy bơm | Sở Nông nghiệp

Nơi nhận:                    TM. ỦY BAN NHÂN DÂN
- Như trên;                      CHỦ TỊCH
- Lưu: VT.                     Lò Văn Đạt

PHỤ LỤC
Danh mục kênh          Xã
Kênh Ba Khe            Tân Lập
"""


def test_an_official_letter_with_a_foot_in_columns() -> None:
    assert kinds_of(OFFICIAL_LETTER)[2:] == [
        ("title", "V/v chống hạn cho lúa"),
        ("addressees", "Kính gửi:"),
        ("addressees", "- Sở Nông nghiệp;"),
        ("addressees", "- Các xã vùng cao."),
        ("paragraph", "Về việc này, UBND tỉnh y"),
        ("table", "1 | Nạo vét kênh | Các x"),
        ("table", "2 | Mua máy bơm | Sở Nôn"),
        ("recipients", "Nơi nhận:"),
        ("signature", "TM. ỦY BAN NHÂN DÂN"),
        ("recipients", "- Như trên;"),
        ("signature", "CHỦ TỊCH"),
        ("recipients", "- Lưu: VT."),
        ("signature", "Lò Văn Đạt"),
        ("heading", "PHỤ LỤC"),
        ("heading", "Danh mục kênh          X"),
        ("heading", "Kênh Ba Khe            T"),
    ]


def test_what_a_telegram_is_sent_to() -> None:
    text = DECISION.replace("QUYẾT ĐỊNH\n", "CÔNG ĐIỆN\n").replace(
        "GIÁM ĐỐC SỞ Y TẾ\n", "GIÁM ĐỐC SỞ Y TẾ điện:\n- Các trạm y tế;\n- Bệnh viện tỉnh.\n"
    )
    for words in ("GIÁM ĐỐC SỞ Y TẾ điện", "- Các trạm", "- Bệnh viện"):
        assert kind_of(text, words) == "addressees"
    assert kind_of(text, "Căn cứ Luật") == "legal_basis"


PAGE = """Bão tan, xã Tân Lập dựng lại cầu

Sáng 7/6, xã Tân Lập dựng lại cầu Ba Khe.
Dân bản góp gỗ và công.
Mưa đã tạnh từ hôm qua. Tin, ảnh: Hà Vy
Tin liên quan
Xã Tân Lập nạo vét kênh mươngXã Đồng Văn khởi công đập mớiHai bản có nước sạch về tận nhà
- Giá ngô giống tăng nhẹ
"""


def test_what_one_line_holds_is_parted() -> None:
    assert kinds_of(PAGE)[3:] == [
        ("paragraph", "Mưa đã tạnh từ hôm qua."),
        ("byline", "Tin, ảnh: Hà Vy"),
        ("related_link", "Tin liên quan"),
        ("related_link", "Xã Tân Lập nạo vét kênh "),
        ("related_link", "Xã Đồng Văn khởi công đậ"),
        ("related_link", "Hai bản có nước sạch về "),
        ("related_link", "- Giá ngô giống tăng nhẹ"),
    ]
    furniture = "\nHÀ VY Từ khóa: cầu, bão In bài viết Gửi phản hồi"
    tail = PAGE.split("Tin liên quan")[0].replace("Tin, ảnh: Hà Vy", furniture)
    assert kinds_of(tail)[-3:] == [
        ("byline", "HÀ VY"),
        ("tags", "Từ khóa: cầu, bão"),
        ("boilerplate", "In bài viết Gửi phản hồi"),
    ]


def test_buttons_behind_the_writer_are_no_bylines() -> None:
    body = "\n".join(ARTICLE.split("\n")[:6])
    assert [kind for kind, _ in kinds_of(f"{body}\nHÀ VY\nĐường dây nóng\nHộp thư bạn đọc\n")][-3:] == [
        "byline", "boilerplate", "boilerplate",
    ]  # fmt: skip


def test_captions_behind_the_byline_need_no_credit() -> None:
    text = ARTICLE.replace(" - Ảnh: HÀ VY", ".").replace("Quang cảnh cuộc họp. Ảnh: Hà Vy", "Quang cảnh cuộc họp.")
    assert [kind for kind, _ in kinds_of(text)][-3:] == ["byline", "caption", "caption"]


def test_a_page_number_inside_a_paragraph_is_boilerplate() -> None:
    line = "Các xã phải cử người trực ban cả ngày lẫn đêm để giữ nước cho hồ,\nđập dâng của xã\n"
    last = "Các xã vùng cao đã cử hơn hai trăm người trực ban để giữ nước cho\n2\ncác hồ chứa.\n"
    text = "Tỉnh họp\n\n" + line * 3 + last
    assert kinds_of(text)[-3:] == [
        ("paragraph", "Các xã vùng cao đã cử hơ"), ("boilerplate", "2"), ("paragraph", "các hồ chứa."),
    ]  # fmt: skip


def given_in(text: str, *roles: tuple[BlockKind, str]) -> list[Block]:
    return [
        Block(kind=kind, start=text.index(words), end=text.index(words) + len(words)) for kind, words in roles
    ]


def test_roles_that_a_reader_gives_stay() -> None:
    text = "Báo Yên Bình - Trang 1\n" + ARTICLE.replace("12 hồ đã cạn.", "12 hồ\n\nTrang 2\n\nđã cạn.")
    given = given_in(
        text,
        ("boilerplate", "Báo Yên Bình - Trang 1\n"),
        ("boilerplate", "Trang 2"),
        ("table", "- Sở Y tế mua thuốc.\n- Sở Tài chính bố trí kinh phí."),
    )
    found = find_blocks(text, given)
    kinds = [(block.kind, text[block.start : block.end][:12]) for block in found]
    assert kinds[:3] == [("boilerplate", "Báo Yên Bình"), ("title", "Tỉnh họp bàn"), ("lead", "Mùa khô kéo ")]
    assert ("boilerplate", "Trang 2") in kinds
    assert [text[b.start : b.end] for b in found if b.kind == "table"] == [text[given[2].start : given[2].end]]


def test_a_title_that_the_file_tells_is_the_only_one() -> None:
    text = "Trang chủ\n" + ARTICLE
    found = find_blocks(text, given_in(text, ("title", "Tỉnh họp bàn chống hạn")))
    assert [text[block.start : block.end] for block in found if block.kind == "title"] == ["Tỉnh họp bàn chống hạn"]


LINES = st.sampled_from(
    ["", " ", "\t", "Họp", "họp bàn,", "Nơi nhận:", "KT. CHỦ TỊCH", "THÔNG BÁO", "1. Sở Y tế mua thuốc.", "- Lưu VT.",
     "| a | b | c |", "|---|", "[img]", "Ảnh: Hà Vy", "Tin liên quan", "Số: 5/TB-UBND", "# Đầu đề", "**Đậm**", "...",
     "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Căn cứ Luật Đất đai;", "Yên Bình, ngày 7 tháng 6 năm 2023", "08/06/2023",
     "Kính gửi: Các sở;", "Thời gian: 8 giờ ngày 7/6.", "II. NỘI DUNG", "Điều 1. Phạm vi", "2", "HÀ VY",
     "Nơi nhận:          CHỦ TỊCH", "- Lưu: VT.      Lò Văn Đạt", "Xã họp bàn việcTỉnh chống hạn lớn", "BIÊN BẢN",
     "phải cử người trực ban cả ngày lẫn đêm để giữ nước cho các hồ chứa", "Mưa.", "“", "😀", "a" * 700]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(LINES, max_size=30).map("\n".join))


ROLES = st.lists(
    st.builds(
        lambda kind, start, length: Block(kind=kind, start=start, end=start + length),
        st.sampled_from(get_args(BlockKind)), st.integers(0, 400), st.integers(0, 60),
    ),
    max_size=6,
)  # fmt: skip


def assert_covered(text: str, blocks: Sequence[Block]) -> None:
    assert all(block.start < block.end for block in blocks)
    assert all(a.end <= b.start for a, b in itertools.pairwise(blocks))
    outside = 0
    for block in blocks:
        assert not text[outside : block.start].strip()
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        outside = block.end
    assert not text[outside:].strip()


@given(TEXTS)
@example("\x0b\x0ca\x85b\u2028c")
def test_blocks_cover_all_but_blanks_in_order_without_overlap(text: str) -> None:
    blocks = find_blocks(text)
    assert_covered(text, blocks)
    starts, ends = {block.start for block in blocks}, {block.end for block in blocks}
    for start, end in find_paragraphs(text):
        assert start in starts
        assert end in ends


@given(TEXTS, ROLES)
@example("a\n", [Block(kind="table", start=0, end=9)])
@example("một hai ba", [Block(kind="table", start=4, end=7), Block(kind="caption", start=0, end=5)])
def test_blocks_cover_the_text_also_where_roles_are_given(text: str, roles: list[Block]) -> None:
    blocks = find_blocks(text, roles)
    assert_covered(text, blocks)
    for role in clean_roles(text, roles):
        assert role in blocks


@given(TEXTS)
def test_at_most_one_lead_and_it_follows_a_title(text: str) -> None:
    kinds = [block.kind for block in find_blocks(text)]
    assert kinds.count("lead") <= 1
    if "lead" in kinds:
        assert "title" in kinds[: kinds.index("lead")]
