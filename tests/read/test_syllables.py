"""The table of syllables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.read.syllables import bare_syllables, strip_diacritics, syllables

POSSIBLE = """
nghiệp thương quốc quyền giếng gì gìn giết khuỷu khuya ngoằn nguyễn xoong yếu yên yết kỹ kĩ lý lí hoà hòa thuý thúy
ươm ưu oanh uỷ ủy quý quả huếch nguệch ngoéo loắt choắt chuệch choạc tuýp huỳnh quỳnh sử đường đỗ ý à
"""
IMPOSSIBLE = """
ngiệp nghôn kường céng hoµ website việtnam đắk krông cat các̣ thuơngn qoàn giình ưới1 ơng ươ hocj q bb
"""


@pytest.mark.parametrize("word", POSSIBLE.split())
def test_syllables(word: str) -> None:
    assert word in syllables()


@pytest.mark.parametrize("word", IMPOSSIBLE.split())
def test_no_syllables(word: str) -> None:
    assert word not in syllables()


def test_stopped_syllables_have_two_tones() -> None:
    toned = {word for word in syllables() if strip_diacritics(word) == "bat"}
    assert toned == {"bát", "bạt", "bắt", "bặt", "bất", "bật"}


def test_stripped_syllables() -> None:
    assert {"nghiep", "duong", "uy", "thuong"} <= bare_syllables()
    assert "the" in bare_syllables() and "health" not in bare_syllables()
    assert all(word.isascii() for word in bare_syllables())
    assert strip_diacritics("Đường lối Uỷ ban") == "Duong loi Uy ban"


def test_words_of_the_corpus_are_syllables(root: Path) -> None:
    words = [
        word
        for report in (root / "corpus").glob("*.txt")
        for word in re.findall(r"[^\W\d_]{2,}", report.read_text(encoding="utf-8"))
        if word.islower()
    ]
    known = sum(word in syllables() for word in words)
    assert known / len(words) > 0.99
