"""The analysis of a whole report."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import Analysis, analyse, find_sentences, segment
from pipeline.language.text_words import repair
from tests.language.texts import NAUGHTY, random_sentence

REPORT = "Hội nghị tại Hà Nội\n\nÔng Nguyễn Văn Hùng yêu cầu Sở Y tế Thanh Hoá báo cáo. Bà Lê Thị Hoa đồng ý.\n"


def check(analysis: Analysis) -> None:
    text = analysis.text
    place = 0
    for sentence in analysis.sentences:
        assert sentence.start == sentence.words[0].start and sentence.end == sentence.words[-1].end
        for word in sentence.words:
            assert place <= word.start < word.end
            assert not text[place : word.start].strip()
            place = word.end
    assert not text[place:].strip()
    ends = [0]
    for entity in analysis.entities:
        assert ends[-1] <= entity.start < entity.end
        assert entity.label in {"PER", "LOC", "ORG", "MISC"}
        ends.append(entity.end)


def test_a_report() -> None:
    analysis = analyse(REPORT)
    check(analysis)
    assert [REPORT[sentence.start : sentence.end] for sentence in analysis.sentences] == [
        "Hội nghị tại Hà Nội",
        "Ông Nguyễn Văn Hùng yêu cầu Sở Y tế Thanh Hoá báo cáo.",
        "Bà Lê Thị Hoa đồng ý.",
    ]
    found = [(REPORT[entity.start : entity.end], entity.label) for entity in analysis.entities]
    assert ("Hà Nội", "LOC") in found and ("Nguyễn Văn Hùng", "PER") in found
    assert "Thanh Hóa" in [word.norm for sentence in analysis.sentences for word in sentence.words]


def test_without_tags_the_words_are_the_same() -> None:
    with_tags, without = analyse(REPORT), analyse(REPORT, tags=False)
    assert without.entities == ()
    for one, other in zip(with_tags.sentences, without.sentences, strict=True):
        assert [word[:3] for word in one.words] == [word[:3] for word in other.words]
        assert {word[3:] for word in other.words} == {("", "")}


@pytest.mark.parametrize("text", NAUGHTY)
def test_naughty_strings(text: str) -> None:
    check(analyse(text))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_text(text: str) -> None:
    check(analyse(text))


def test_words_are_those_of_the_sentences_alone() -> None:
    text = "\n".join(random_sentence(seed) for seed in range(40))
    for sentence, (start, end) in zip(analyse(text, tags=False).sentences, find_sentences(text), strict=True):
        words = [(start + first, start + last, norm) for first, last, norm in segment(text[start:end])]
        assert [word[:3] for word in sentence.words] == words


def test_decomposed_text_has_the_same_words_and_entities() -> None:
    analysis, decomposed = analyse(REPORT), analyse(unicodedata.normalize("NFD", REPORT))
    check(decomposed)
    for one, other in zip(analysis.sentences, decomposed.sentences, strict=True):
        assert [word[2:] for word in one.words] == [word[2:] for word in other.words]
    names = [decomposed.text[entity.start : entity.end] for entity in decomposed.entities]
    expected = [REPORT[entity.start : entity.end] for entity in analysis.entities]
    assert [unicodedata.normalize("NFC", name) for name in names] == expected


@pytest.mark.parametrize(
    ("shipped", "repaired"),
    [
        (["I-PER", "I-PER", "O"], ["B-PER", "I-PER", "O"]),
        (["B-PER", "I-LOC"], ["B-PER", "B-LOC"]),
        (["B-LOC", "O", "I-LOC"], ["B-LOC", "O", "B-LOC"]),
        (["B-LOC", "B-LOC", "I-LOC"], ["B-LOC", "B-LOC", "I-LOC"]),
        ([], []),
    ],
)
def test_entity_tags_are_made_well_formed(shipped: list[str], repaired: list[str]) -> None:
    assert repair(shipped) == repaired


def test_nothing_heavy_is_imported_or_read_before_the_first_text() -> None:
    code = "import sys, pipeline.language; print([name for name in ('spacy', 'underthesea') if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
