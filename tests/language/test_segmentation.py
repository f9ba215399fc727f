"""Words and their places against underthesea's own."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
import underthesea
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.composition import _begins_cluster, compose
from pipeline.language.models import LibraryModels, load_models
from pipeline.language.segmentation import segment, segment_many
from pipeline.language.sentences import find_sentences
from tests.language.texts import NAUGHTY, random_sentence, read_reports

any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def check_places(text: str) -> None:
    words = segment(text)
    place = 0
    for word in words:
        assert place <= word.start < word.end <= len(text)
        assert not text[place : word.start].strip()
        assert text[word.start : word.end] == text[word.start : word.end].strip()
        place = word.end
    assert not text[place:].strip()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Uỷ ban nhân dân TP.HCM", [(0, 2, "Ủy"), (3, 15, "ban nhân dân"), (16, 22, "TP.HCM")]),
        ("ngành Hoá  học", [(0, 5, "ngành"), (6, 14, "Hóa học")]),
        ("40x40x30", [(0, 5, "40x40"), (5, 8, "x30")]),
        ("", []),
        (" \n ", []),
    ],
)
def test_words_have_places_and_normal_forms(text: str, words: list[tuple[int, int, str]]) -> None:
    assert segment(text) == words


@pytest.mark.parametrize("text", NAUGHTY)
def test_naughty_strings_keep_places(text: str) -> None:
    check_places(text)


@pytest.mark.parametrize("text", [text for text in NAUGHTY if unicodedata.is_normalized("NFC", text)])
def test_naughty_strings_give_the_library_s_words(text: str) -> None:
    assert [word.norm for word in segment(text)] == underthesea.word_tokenize(text)


def test_random_sentences_give_the_library_s_words() -> None:
    sentences = [random_sentence(seed) for seed in range(2_000)]
    for text, words in zip(sentences, segment_many(sentences), strict=True):
        assert [word.norm for word in words] == underthesea.word_tokenize(text), text


@settings(max_examples=300, deadline=None)
@given(any_text)
def test_any_text_keeps_places_and_gives_the_library_s_words(text: str) -> None:
    check_places(text)
    composed = unicodedata.normalize("NFC", text)
    assert [word.norm for word in segment(composed)] == underthesea.word_tokenize(composed)


def test_reports_give_the_library_s_words(gold_folder: Path) -> None:
    for text in read_reports(gold_folder):
        sentences = [text[start:end] for start, end in find_sentences(text)]
        for sentence, words in zip(sentences, segment_many(sentences), strict=True):
            assert [word.norm for word in words] == underthesea.word_tokenize(sentence)


def test_batches_don_t_change_words() -> None:
    sentences = [random_sentence(seed) for seed in range(300)] + ["", " "]
    assert segment_many(sentences) == [segment(sentence) for sentence in sentences]
    assert segment_many([]) == []


def test_fixed_words_given_to_the_library_elsewhere_change_nothing() -> None:
    from underthesea.pipeline.word_tokenize import regex_tokenize

    text = "Viện Nghiên cứu chiến lược quốc gia họp"
    before = segment(text)
    patterns = regex_tokenize.patterns
    try:
        underthesea.word_tokenize(text, fixed_words=["chiến lược quốc gia họp"])
        load_models.cache_clear()
        assert segment(text) == before
    finally:
        regex_tokenize.patterns = patterns


def test_decomposed_text_gives_the_words_of_its_nfc_in_place() -> None:
    for seed in range(100):
        line = random_sentence(seed)
        decomposed = unicodedata.normalize("NFD", line)
        expected, found = segment(line), segment(decomposed)
        assert [word.norm for word in found] == [word.norm for word in expected]
        for one, other in zip(expected, found, strict=True):
            assert unicodedata.normalize("NFC", decomposed[other.start : other.end]) == line[one.start : one.end]


@settings(max_examples=300, deadline=None)
@given(any_text)
def test_composition_is_nfc_with_a_way_back(text: str) -> None:
    composed = compose(text)
    assert composed.text == unicodedata.normalize("NFC", text)
    if composed.origin is None:
        assert composed.text == text
    else:
        assert len(composed.origin) == len(composed.text) + 1
        assert composed.origin == sorted(composed.origin)
        assert composed.origin[0] == 0 and composed.origin[-1] == len(text)


def test_no_character_that_begins_a_cluster_composes_with_one_before() -> None:
    second: set[str] = set()
    for code in range(0x110000):
        if 0xD800 <= code < 0xE000:
            continue
        char = chr(code)
        parts = unicodedata.normalize("NFD", char)
        if _begins_cluster(char):
            assert unicodedata.combining(parts[0]) == 0, hex(code)
        if len(parts) > 1 and unicodedata.normalize("NFC", char) == char:
            second.update(parts[1:])
    assert not [hex(ord(char)) for char in second if _begins_cluster(char)]


def test_lone_surrogates_are_refused() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        segment("a \ud800 b")


def test_the_library_s_own_calls_agree() -> None:
    library, compiled = LibraryModels(), load_models()
    for text in [*NAUGHTY, *(random_sentence(seed) for seed in range(50))]:
        sentence = unicodedata.normalize("NFC", text)
        _, forms = library.rules.read(sentence)
        tags = compiled.merge([sentence], [forms])[0]
        assert library.merge([sentence], [forms])[0][1:] == tags[1:]
