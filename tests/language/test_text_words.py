"""Words found when they are asked for, against the analysis of the whole text."""

from __future__ import annotations

import random
import unicodedata

import pytest

from pipeline.language import analyse, read_words
from pipeline.language.analysis import words_of
from pipeline.language.text_words import TextWords
from tests.language.texts import random_sentence

TEXT = "\n".join(random_sentence(seed) for seed in range(60)) + (
    "\nÔng Nguyễn Văn Hùng yêu cầu Sở Y tế Thanh Hoá báo cáo. Bà Lê Thị Hoa đồng ý.\n"
)
METHODS = ("places", "norms", "tags", "entity_tags", "entities")


def ask(words: TextWords, method: str, sentence: int) -> object:
    return getattr(words, method)(sentence)


@pytest.mark.parametrize("seed", range(6))
def test_in_whatever_order_they_are_asked_for_they_are_those_of_the_whole_text(seed: int) -> None:
    analysis = analyse(TEXT)
    whole, one_by_one = words_of(analysis), read_words(TEXT)
    chance = random.Random(seed)
    asked = [(method, number) for method in METHODS for number in range(len(whole))]
    for method, number in chance.sample(asked, len(asked) // 2):
        if chance.random() < 0.1:
            one_by_one.expect_entities(chance.sample(range(len(whole)), 5))
        assert ask(one_by_one, method, number) == ask(whole, method, number)
    found = [entity for number in range(len(whole)) for entity in one_by_one.entities(number)]
    assert tuple(found) == analysis.entities


def test_a_sentence_is_told_by_its_place() -> None:
    words = read_words("\n Hồ đã cạn. Dân thiếu nước.")
    assert [words.sentence_at(place) for place in (0, 1, 2, 11, 12, 13, 26)] == [-1, -1, 0, 0, 0, 1, 1]
    assert len(words) == 2
    assert len(read_words("")) == 0


def test_text_that_is_not_composed_is_refused() -> None:
    with pytest.raises(ValueError, match="NFC"):
        read_words(unicodedata.normalize("NFD", "Hồ đã cạn."))
