"""The matching key: every syllable in oa, oe and uy, and lengths."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.language.matchkey import match_key

ONSETS = (
    "", "b", "c", "ch", "d", "đ", "g", "gh", "h", "k", "kh", "l", "m", "n", "ng", "nh", "p", "ph", "r", "s", "t", "th",
    "tr", "v", "x",
)  # fmt: skip
TONES = "\u0300\u0301\u0309\u0303\u0323"
OPEN = ("oa", "oe", "uy")
CLOSED = (
    "oan",
    "oang",
    "oai",
    "oay",
    "oao",
    "oac",
    "oat",
    "oach",
    "oen",
    "oeo",
    "oet",
    "uyn",
    "uynh",
    "uyt",
    "uych",
    "uyu",
    "uya",
)


def toned(rhyme: str, place: int, tone: str) -> str:
    return unicodedata.normalize("NFC", rhyme[: place + 1] + tone + rhyme[place + 1 :])


@pytest.mark.parametrize("rhyme", OPEN)
@pytest.mark.parametrize("onset", ONSETS)
def test_open_syllables_have_the_tone_on_the_first_vowel(onset: str, rhyme: str) -> None:
    for tone in TONES:
        old, new = onset + toned(rhyme, 0, tone), onset + toned(rhyme, 1, tone)
        for spelling in (old, new, old.upper(), new.title(), f"{new} ban", f"({new})", f"{new},"):
            key = match_key(spelling)
            assert len(key) == len(spelling)
            assert key.strip("(),").removesuffix(" ban") == old


@pytest.mark.parametrize("rhyme", CLOSED)
@pytest.mark.parametrize("onset", ONSETS)
def test_closed_syllables_have_the_tone_on_the_second_vowel(onset: str, rhyme: str) -> None:
    for tone in TONES:
        right, wrong = onset + toned(rhyme, 1, tone), onset + toned(rhyme, 0, tone)
        assert match_key(right) == match_key(wrong) == match_key(wrong.upper()) == right


@pytest.mark.parametrize("vowel", "aăâeêioôơy")
def test_after_q_the_tone_is_never_on_u(vowel: str) -> None:
    for tone in TONES:
        for ending in ("", "n", "nh", "t"):
            right, wrong = toned(f"qu{vowel}{ending}", 2, tone), toned(f"qu{vowel}{ending}", 1, tone)
            assert match_key(right) == match_key(wrong) == match_key(wrong.title()) == right


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Uỷ ban, Hoà Bình", "ủy ban, hòa bình"),
        ("QUÝ I, Quí II", "quý i, quí ii"),
        ("Thuỷ lợi Thanh Hoá", "thủy lợi thanh hóa"),
        ("của, mùa, lúa, cửa, huơ, tuần", "của, mùa, lúa, cửa, huơ, tuần"),
        ("nguyễn, chuyện, khuỷu, hoặc, loè loẹt", "nguyễn, chuyện, khuỷu, hoặc, lòe loẹt"),
        ("hoà2, hoà_bình", "hòa2, hòa_bình"),
        ("İSTANBUL Σ ẞ", "istanbul σ ß"),
        ("", ""),
    ],
)
def test_examples(text: str, key: str) -> None:
    assert match_key(text) == key


def test_every_code_point_keeps_its_place() -> None:
    for code in range(0x110000):
        assert len(match_key(chr(code))) == 1, hex(code)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_offsets_in_the_key_are_offsets_in_the_text(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    key = match_key(composed)
    assert len(key) == len(composed)
    assert match_key(key) == key


@given(st.text("qQuUoOaAeEyYnh ỷúóạẻýÝÓ", max_size=12))
@example("QúOAA")
def test_the_key_is_stable(text: str) -> None:
    assert match_key(match_key(text)) == match_key(text)
    assert match_key(text.upper()) == match_key(text.lower())
