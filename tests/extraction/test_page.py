"""A report laid out: texts of one length, sentences inside blocks, list markers before them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.extraction.page import flatten
from pipeline.read.blocks import find_blocks
from tests.extraction.pages import page_of

WRAPPED = """Phiên họp của Ủy ban nhân dân tỉnh về phòng, chống hạn trong mùa khô
năm nay đã thống nhất nhiều giải pháp để giữ nước cho các hồ chứa, đập
dâng và trạm bơm; các xã phải rà soát lại từng tuyến kênh, từng cống lấy
nước, không để người dân thiếu nước sinh hoạt trong những tháng nắng
nóng sắp tới, nhất là các xã vùng cao; ngành điện bảo đảm đủ điện cho
các trạm bơm chạy suốt ngày đêm theo lịch đã thống nhất với từng xã.
"""
PIECES = st.sampled_from(
    ["Sở Y tế", "yêu cầu", " ", "  ", "\n", "\n\n", "\t", "\u00a0", "\u200b", ".", ";", ":", "1. ", "- ", "a) ", "hoà",
     "Uỷ ban", "“", "”", "(", "İ", "30/6", "|", "# ", "**", "đẩy mạnh", "\r", "\x0b", "\u2028", "😀"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map("".join)


@given(TEXTS)
@example("İstanbul\thọp.\nHoà Bình họp.")
def test_flat_text_and_key_have_the_length_of_the_text(text: str) -> None:
    page = page_of(text)
    assert len(page.flat) == len(page.key) == len(text)
    for a, b in zip(text, page.flat, strict=True):
        assert a == b or (b == " " and (a.isspace() or a == "\u200b"))


@given(TEXTS)
def test_sentences_lie_inside_their_blocks_and_apart(text: str) -> None:
    page = page_of(text)
    end = 0
    for n, sentence in enumerate(page.sentences):
        assert sentence.index == n
        assert end <= sentence.start <= sentence.end
        end = sentence.end
        block = page.blocks[sentence.block]
        assert block.start <= sentence.start and sentence.end <= block.end
        assert sentence.kind == block.kind


def test_line_ends_inside_a_paragraph_become_blanks() -> None:
    page = page_of(WRAPPED)
    assert len(page.blocks) == 1
    assert "\n" not in page.flat[: page.blocks[0].end]
    assert "mùa khô năm nay" in page.key


def test_a_page_number_in_a_sentence_is_not_part_of_it() -> None:
    """Its block is residue; the sentence goes on in the block behind it and reads as one."""
    text = WRAPPED.replace("từng cống lấy\n", "từng cống lấy\n2\n")
    page = page_of(text)
    assert [block.kind for block in find_blocks(text)] == ["paragraph", "boilerplate", "paragraph"]
    assert len(page.blocks) == len(page.sentences) == 1
    assert "từng cống lấy   nước" in page.key
    assert len(page.flat) == len(page.key) == len(text)


def test_flatten_leaves_what_is_between_paragraphs() -> None:
    assert flatten("a\nb\n\nc\td", [(0, 3), (5, 8)]) == "a b\n\nc d"


@pytest.mark.parametrize(
    ("line", "marker", "rest"),
    [
        ("1. Sở Y tế mua thuốc.", "1.", "Sở Y tế mua thuốc."),
        ("2.1. Sở Y tế mua thuốc.", "2.1.", "Sở Y tế mua thuốc."),
        ("a) Sở Y tế mua thuốc.", "a)", "Sở Y tế mua thuốc."),
        ("đ) Sở Y tế mua thuốc.", "đ)", "Sở Y tế mua thuốc."),
        ("- Sở Y tế mua thuốc.", "-", "Sở Y tế mua thuốc."),
        ("+ Sở Y tế mua thuốc.", "+", "Sở Y tế mua thuốc."),
        ("IV. Sở Y tế mua thuốc.", "IV.", "Sở Y tế mua thuốc."),
        ("**1. Sở Y tế mua thuốc.", "1.", "Sở Y tế mua thuốc."),
        ("1. **Sở Y tế mua thuốc.", "1.", "Sở Y tế mua thuốc."),
        ("Sở Y tế mua thuốc.", "", "Sở Y tế mua thuốc."),
        ("30/6 là hạn cuối của các xã.", "", "30/6 là hạn cuối của các xã."),
        ("-5 độ là mức thấp nhất.", "", "-5 độ là mức thấp nhất."),
    ],
)
def test_a_list_marker_stands_before_its_sentence(line: str, marker: str, rest: str) -> None:
    [sentence] = page_of(line).sentences
    assert (sentence.marker, line[sentence.start : sentence.end], sentence.first) == (marker, rest, True)


def test_only_the_first_sentence_of_a_block_opens_it() -> None:
    page = page_of("Hồ đã cạn. Dân thiếu nước.\nTỉnh đã họp. Các xã đã trực.")
    assert [sentence.first for sentence in page.sentences] == [True, False, True, False]


def test_words_by_place() -> None:
    text = "Sở Y tế yêu cầu báo cáo."
    page = page_of(text)
    at = text.index("yêu cầu")
    assert page.is_word(at, at + len("yêu cầu"))
    assert not page.is_word(at, at + 3)
    assert page.tag_at(at) == "V"
    assert page.tag_at(at + 1) == ""
    assert page.word_end(at) in [end for _, end in page.words_between(at, at + 1)]
    assert page.slice(0, len(text)) == text
