"""Text that was read in a wrong encoding before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.encodings import encode_text
from pipeline.read.encodings.code_table import OLD_CODES
from pipeline.read.encodings.misreading import find_misreadings
from pipeline.read.encodings.repair import repair
from pipeline.records import Block, FileText
from tests.read.encodings.vietnamese import corpus, typed_in


def taken_for_western(data: bytes) -> str:
    """The bytes as Windows-1252, its gaps as control codes."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)


def content(text: str, blocks: tuple[Block, ...] = (), title: str | None = None) -> FileText:
    return FileText(text=text, media_type="text/plain", encoding="utf-8", blocks=blocks, title=title)


@pytest.mark.parametrize(
    ("misread", "text", "encoding"),
    [
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam", "tcvn3"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam", "vni"),
        ("Viá»‡t Nam, Háº£i PhÃ²ng", "Việt Nam, Hải Phòng", "utf-8"),
        ("NgÃ y hÃ´m nay lÃ má»™t, chÃnh phá»§", "Ngày hôm nay là một, chính phủ", "utf-8"),
        ("Sở Y tế.\nUû ban nh©n d©n tØnh\nHạn 30/6.", "Sở Y tế.\nUỷ ban nhân dân tỉnh\nHạn 30/6.", "tcvn3"),
    ],
)
def test_put_right(misread: str, text: str, encoding: str) -> None:
    repaired = repair(content(misread))
    assert repaired.text == text
    (note,) = repaired.notes
    assert (note.code, note.count, note.detail) == ("misread_text", 1, encoding)


def test_encoded_twice_over() -> None:
    text = "Chủ tịch yêu cầu Sở Y tế"
    twice = taken_for_western(taken_for_western(text.encode()).encode())
    assert repair(content(twice)).text == text


@pytest.mark.parametrize("encoding", ["utf-8", *OLD_CODES])
def test_the_corpus_misread(encoding: str) -> None:
    right = 0
    texts = corpus()[::5]
    for whole in texts:
        # Codes with letters on control codes lose those where text is kept as Western letters.
        text = typed_in(whole, "vps")
        expected = typed_in(text, encoding)
        anew = repair(content(taken_for_western(encode_text(text, encoding)))).text
        right += anew == expected
    assert right >= 0.9 * len(texts)


def test_some_of_the_lines_misread() -> None:
    wrong = count = 0
    for whole in corpus()[::10]:
        lines = typed_in(whole, "tcvn3").split("\n")
        mixed = [taken_for_western(encode_text(line, "tcvn3")) if n % 4 else line for n, line in enumerate(lines)]
        anew = repair(content("\n".join(mixed))).text.split("\n")
        wrong += sum(one != other for one, other in zip(anew, lines, strict=True))
        count += len(lines)
    # Lines of a word or two read as well either way.
    assert wrong <= 0.01 * count


def test_good_text_stays() -> None:
    for text in corpus():
        assert find_misreadings(text) == []
    for text in ("Élève à côté où il était reçu à Noël, très âgé.", "Müller über Größe für Österreich", "", "plain"):
        assert find_misreadings(text) == []


def test_blocks_and_title_follow() -> None:
    text = "Sở Y tế\nCoäng hoøa xaõ hoäi chuû nghóa\nđường"
    middle = text.index("Coäng")
    end = text.index("\nđường")
    last = Block(kind="paragraph", start=end + 1, end=len(text))
    blocks = (Block(kind="title", start=0, end=7), Block(kind="caption", start=middle, end=end), last)
    repaired = repair(content(text, blocks, title="Vieät Nam"))
    assert [repaired.text[block.start : block.end] for block in repaired.blocks] == [
        "Sở Y tế", "Cộng hòa xã hội chủ nghĩa", "đường",
    ]  # fmt: skip
    assert repaired.title == "Việt Nam"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], max_codepoint=0x2122)))
def test_any_text_has_a_repair_that_repairs_no_further(text: str) -> None:
    once = repair(content(text)).text
    assert find_misreadings(once) == [] or len(find_misreadings(text)) == 3
