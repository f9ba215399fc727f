"""The tables of the old codes."""

from __future__ import annotations

import pytest

from pipeline.read.encodings.capitals import restore_capitals
from pipeline.read.encodings.code_table import OLD_CODES, code_table
from tests.read.encodings.vietnamese import LETTERS

OWN_CAPITALS = [name for name in OLD_CODES if name != "tcvn3"]


def test_there_are_134_letters() -> None:
    assert len(set(LETTERS)) == 134


@pytest.mark.parametrize("name", OLD_CODES)
def test_every_letter_has_bytes_and_every_table_its_source(name: str) -> None:
    table = code_table(name)
    assert all(table.bytes_of[letter] for letter in LETTERS)
    assert len(table.source) > 20


@pytest.mark.parametrize("name", OWN_CAPITALS)
def test_every_letter_comes_back(name: str) -> None:
    table = code_table(name)
    for letter in LETTERS:
        assert table.decode(table.encode(letter)) == letter
    assert len({table.encode(letter) for letter in LETTERS}) == 134


def test_tcvn3_has_capitals_without_a_tone_alone() -> None:
    table = code_table("tcvn3")
    for letter in LETTERS:
        own = letter.islower() or letter in "ĂÂĐÊÔƠƯ"
        assert table.decode(table.encode(letter)) == (letter if own else letter.lower())


@pytest.mark.parametrize(
    ("name", "typed", "text"),
    [
        ("tcvn3", "Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        ("tcvn3", "§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        ("vni", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("vni", "ÑOÄC LAÄP, Thuû töôùng, tænh, AÙnh, Aùnh", "ĐỘC LẬP, Thủ tướng, tỉnh, Ánh, Ánh"),
        ("windows-1258", "TýõÌng", "Tường"),
        ("windows-1258", "\xe0 a\xcc", "à à"),
        ("viscii", "Vi®t Nam", "Việt Nam"),
        ("vps", "Vi\x8ct Nam", "Việt Nam"),
    ],
)
def test_words_as_they_were_typed(name: str, typed: str, text: str) -> None:
    assert code_table(name).decode_units(typed) == text


@pytest.mark.parametrize("name", OLD_CODES)
def test_all_bytes_have_a_reading(name: str) -> None:
    table = code_table(name)
    assert table.decode(bytes(range(32, 127))) == bytes(range(32, 127)).decode()
    assert table.decode(bytes(range(256)))


@pytest.mark.parametrize("name", OLD_CODES)
def test_what_a_code_has_no_bytes_for(name: str) -> None:
    with pytest.raises(UnicodeEncodeError, match="no such character") as caught:
        code_table(name).encode("chữ 中")
    assert caught.value.start == 4


@pytest.mark.parametrize(
    ("read", "text"),
    [
        ("HộI ĐồNG NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN"),
        ("ủY BAN NHÂN DÂN TỉNH Hà NộI", "ỦY BAN NHÂN DÂN TỈNH HÀ NỘI"),
        ("UBND tỉnh ở Hà Nội", "UBND tỉnh ở Hà Nội"),
        ("ủy ban nhân dân Tỉnh ủy Hà Nội", "ủy ban nhân dân Tỉnh ủy Hà Nội"),
        ("CHỉ THị\nVề việc ở xã", "CHỈ THỊ\nVề việc ở xã"),
        ("", ""),
    ],
)
def test_capitals_of_fonts(read: str, text: str) -> None:
    assert restore_capitals(read) == text
    assert restore_capitals(text) == text
