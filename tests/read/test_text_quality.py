"""Texts that are damaged, and those that aren't."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from pipeline.read.syllables import strip_diacritics
from pipeline.read.text_quality import assess, measure
from tests.read.encodings.vietnamese import corpus

_SMALL = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạ"
# What recognition takes one letter for.
_CONFUSED = {
    "ư": "u'", "ơ": "o'", "ă": "à", "l": "1", "o": "0", "ệ": "é", "ế": "é", "ộ": "ó", "ạ": "a", "ị": "i", "h": "b",
    "c": "e", "i": "í", "n": "u", "ậ": "â", "đ": "d", "ở": "ò", "ữ": "ù",
}  # fmt: skip

Damage = Callable[[str, random.Random], str]


def some(share: float, change: Callable[[str, random.Random], str]) -> Damage:
    """The change made to that share of letters."""

    def damage(text: str, chance: random.Random) -> str:
        return "".join(
            change(letter, chance) if letter.isalpha() and chance.random() < share else letter for letter in text
        )

    return damage


def _random_letter(letter: str, chance: random.Random) -> str:
    return chance.choice(_SMALL)


def _confused(letter: str, chance: random.Random) -> str:
    return _CONFUSED.get(letter, letter)


def _lost(letter: str, chance: random.Random) -> str:
    return letter if letter.isascii() else "?"


# Measured on the corpus, with floors below what was found.
@pytest.mark.parametrize(
    ("damage", "level", "least"),
    [
        (lambda text, chance: strip_diacritics(text), "no_diacritics", 1.0),
        (some(0.9, lambda letter, chance: strip_diacritics(letter)), "no_diacritics", 1.0),
        (some(0.03, _random_letter), "corrupt", 0.95),
        (some(0.05, _random_letter), "corrupt", 1.0),
        (some(0.10, _random_letter), "corrupt", 1.0),
        (some(0.05, _confused), "corrupt", 0.9),
        (some(0.10, _confused), "corrupt", 1.0),
        (some(1.0, _confused), "corrupt", 1.0),
        (some(0.05, _lost), "corrupt", 0.98),
        (some(1.0, _lost), "corrupt", 1.0),
        (some(0.2, lambda letter, chance: letter if letter.isascii() else "\ufffd"), "corrupt", 1.0),
        (some(0.1, lambda letter, chance: letter if letter.isascii() else ""), "corrupt", 0.8),
    ],
)
def test_damaged_copies_of_the_corpus(damage: Damage, level: str, least: float) -> None:
    chance = random.Random(5)
    texts = corpus()[::2]
    found = [measure(damage(text, chance)).level for text in texts]
    assert found.count(level) >= least * len(texts)  # type: ignore[arg-type]


def test_the_corpus_is_good() -> None:
    for text in corpus():
        quality = measure(text)
        assert quality.level == "good"
        assert quality.impossible < 0.03 and quality.accented > 0.7
        assert assess(text).notes == ()


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("", "good"),
        ("12/3", "good"),
        ("UBND TP.HCM, Covid-19", "good"),
        ("Ứng dụng website online, chatbot", "good"),
        ("Xem https://www.baochinhphu.vn/cong-nghiep-hoa.htm và thu@x.vn trên mạng", "good"),
        ("Đề nghị các sở, ngh\ufffdnh, doanh nghi?p, c\ufffdng ty báo cáo", "corrupt"),
        ("Ai chịu trách nhiệm? Các sở? Không rõ? Xã? Bao giờ xong?", "good"),
        ("Chu tich yeu cau cac so, nganh khan truong bao cao ket qua thuc hien", "no_diacritics"),
    ],
)
def test_examples(text: str, level: str) -> None:
    assert measure(text).level == level


@pytest.mark.parametrize(
    "text",
    [
        "The committee asked the department of health to report before June and to prepare its plans for the year.",
        "Le comité a demandé au ministère de la santé de présenter un rapport avant la fin du mois et de préparer.",
    ],
)
def test_other_languages_are_told_and_not_judged(text: str) -> None:
    assert measure(text).level == "good"
    (note,) = assess(text).notes
    assert note.code == "foreign_language" and note.count > 10


def test_a_passage_in_another_language_is_left_out() -> None:
    english = "The committee asked the department of health to report before June to the prime minister.\n"
    text = corpus()[0]
    assert measure(text + english * 3) == measure(text)
    assert assess(text + english).notes == ()
