"""The canonical text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.normalise import canonicalise, normalise
from tests.read.encodings.vietnamese import corpus

ODD = (
    "\r\n\f\v\x07\x85\u2028\u2029\xad\xa0\u3000\u200b\u200c\u200d\ufeff\u202e\ufffd\ufffe\u0300\u0301\u0302\u0306\u0309"
    "\u0323\u031b\u0335aêơdưođ ТТАВСоеаорΟΤðÐƣƢıﬁＡ１\uf0b7\U0001f468क"
)
texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]) | st.sampled_from(ODD))
words = st.text(alphabet=st.sampled_from(ODD + "TPHCMUBND "), max_size=12)


@pytest.mark.parametrize(
    "text",
    [
        "Trước ngày 30/6, Sở Y tế",
        "hoà   uỷ “…” – \t",
        "газета «Правда», ТАСС và Τάσος",
        "Davíð Guðmundsson, Þór",
        "ΔT, µm, kΩ, αβ, 5 μg",
        "IT-компания, Nga không, iфон",
        "👨\u200d👩\u200d👧 và ❤\ufe0f",
        "क्\u200dष",
        "ẹ́ trong tiếng Yoruba, ǘ trong pinyin, a\u0304",
        "Işık, Yıldırım",
        "「全角」（括弧）",
        "",
    ],
)
def test_unchanged_and_unnoted(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    made = canonicalise(text)
    assert made.text == text
    assert made.notes == ()


@pytest.mark.parametrize(
    ("text", "canonical", "code", "count"),
    [
        (unicodedata.normalize("NFD", "Trước ngày"), "Trước ngày", "composed", 4),
        ("\u212a", "K", "composed", 1),
        ("\ufeffmột", "một", "zero_width", 1),
        ("giữa\ufeffchữ\u200b, \u200eở\u2060", "giữachữ, ở", "zero_width", 4),
        ("x\u200dy", "xy", "zero_width", 1),
        ("trang 1\n\ftrang 2", "trang 1\n\ntrang 2", "page_breaks", 1),
        ("một\u2028hai\u2029ba\vbốn\x85năm", "một\nhai\nba\nbốn\nnăm", "line_separators", 4),
        ("th\xadực hiện", "thực hiện", "soft_hyphens", 1),
        ("a\x00b\x1bc\x7fd\x9fe\ufffe", "abcde", "control_characters", 5),
        ("30\xa0ngày\u202f\u3000x", "30 ngày  x", "spaces", 3),
        ("\uf0b7 Việc\uf020một", "• Việc một", "symbol_fonts", 2),
        ("ﬁnal oﬀice", "final office", "ligatures", 2),
        ("１２ ＡＢｃ", "12 ABc", "wide_letters", 5),
        ("tấn", "tấn", "", 0),
        ("ta\u0301\u0302n, tê\u0301t, e\u0323\u0302", "tấn, tết, ệ", "composed", 4),
        ("tá\u0302n", "tấn", "marks_reordered", 1),
        ("ấ\u0301", "ấ", "marks_reordered", 1),
        ("á\u0306n", "ắn", "marks_reordered", 1),
        ("d\u0335ường", "đường", "marks_reordered", 1),
        ("Sở TTĐТ", "Sở TTĐT", "look_alikes", 1),
        ("UBND ТР Hà Nội", "UBND TP Hà Nội", "look_alikes", 2),
        ("Τhông báο", "Thông báo", "look_alikes", 2),
        ("thƣơng mại, Ƣu tiên", "thương mại, Ưu tiên", "look_alikes", 2),
        ("Ðường lối HÐND, QÐ, Ðắk Lắk, ðề án", "Đường lối HĐND, QĐ, Đắk Lắk, đề án", "look_alikes", 5),
        ("thı̣ trường", "thị trường", "look_alikes", 1),
        ("mất ch\ufffd", "mất ch\ufffd", "replacement_characters", 1),
    ],
)
def test_mended_and_noted(text: str, canonical: str, code: str, count: int) -> None:
    made = canonicalise(text)
    assert made.text == canonical
    assert {note.code: note.count for note in made.notes}.get(code, 0) == count


@pytest.mark.parametrize("text", ["một\r\nhai\rba\n"])
def test_line_ends_are_no_defect(text: str) -> None:
    made = canonicalise(text)
    assert (made.text, made.notes) == ("một\nhai\nba\n", ())


def test_the_words_with_look_alikes_are_told() -> None:
    (note,) = canonicalise("Sở TTĐТ, thƣơng, thƣơng").notes
    assert (note.code, note.count, note.detail) == ("look_alikes", 3, "TTĐТ, thƣơng")


def test_an_abbreviation_in_a_russian_line_stays() -> None:
    assert normalise("ТТ и газета в Hà Nội") == "ТТ и газета в Hà Nội"
    assert normalise("ТТ") == "ТТ"


def test_the_corpus_is_as_it_was() -> None:
    for text in corpus():
        made = canonicalise(text)
        assert made.text is text and made.notes == ()


@given(texts | words)
def test_idempotent_and_nfc(text: str) -> None:
    canonical = normalise(text)
    assert normalise(canonical) == canonical
    assert unicodedata.is_normalized("NFC", canonical)
    assert "\r" not in canonical


@given(texts | words)
def test_a_canonical_text_has_nothing_to_note_but_what_was_lost(text: str) -> None:
    assert {note.code for note in canonicalise(normalise(text)).notes} <= {"replacement_characters"}


@given(texts | words)
def test_nfd_input_gives_the_same_text(text: str) -> None:
    assert normalise(unicodedata.normalize("NFD", text)) == normalise(text)


@given(st.lists((texts | words).map(lambda line: line.replace("\r", "")), max_size=4))
def test_line_by_line(lines: list[str]) -> None:
    assert normalise("\n".join(lines)) == "\n".join(normalise(line) for line in lines)
