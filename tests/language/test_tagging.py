"""Tags against underthesea's own, and the decision between tables and library."""

from __future__ import annotations

import logging
import random
import unicodedata
from pathlib import Path

import pytest
import underthesea

from pipeline.language import models
from pipeline.language.models import CompiledModels, LibraryModels, load_models
from pipeline.language.segmentation import segment_many
from pipeline.language.sentences import find_sentences
from pipeline.language.tagging import find_entity_tags, find_parts_of_speech
from tests.language.texts import NAUGHTY, random_sentence, read_reports


def tag_words(sentences: list[str], words: list[list[str]]) -> list[list[tuple[str, str]]]:
    parts = find_parts_of_speech(sentences, words)
    pairs = zip(parts, find_entity_tags(sentences, words, parts), strict=True)
    return [list(zip(*both, strict=True)) for both in pairs]


def compare(sentences: list[str]) -> None:
    segmented = [[word.norm for word in words] for words in segment_many(sentences)]
    tagged = tag_words(sentences, segmented)
    for text, words, tags in zip(sentences, segmented, tagged, strict=True):
        expected = [(word, part, entity) for word, part, _, entity in underthesea.ner(text)] if words else []
        assert [(word, *pair) for word, pair in zip(words, tags, strict=True)] == expected, text


def test_random_sentences_have_the_library_s_tags() -> None:
    compare([random_sentence(seed) for seed in range(300)])


def test_ties_are_broken_as_the_library_s_rounding_does() -> None:
    # Two orders of the same two tags have equal sums here; found among random sentences.
    compare(["vụThịTHỊ @\nhiện + ‘ 08-2014 Chính Nguyễnquý  THÁNG 4K ", "tỉnh  2025 ° ? UỶ\nuỷ\ne-mail thủ", "? UỶ uỷ"])


def test_naughty_strings_have_the_library_s_tags() -> None:
    texts = [text for text in NAUGHTY if len(text) < 400 and unicodedata.is_normalized("NFC", text)]
    compare([text for text in texts if underthesea.word_tokenize(text)])


def test_reports_have_the_library_s_tags(gold_folder: Path) -> None:
    texts = read_reports(gold_folder)
    sentences = [text[start:end] for text in texts for start, end in find_sentences(text)]
    compare(random.Random(20240607).sample(sentences, min(250, len(sentences))))


def test_parts_of_speech_are_those_of_pos_tag() -> None:
    sentences = [random_sentence(seed) for seed in range(1_000, 1_060)]
    segmented = [[word.norm for word in words] for words in segment_many(sentences)]
    for text, tags in zip(sentences, tag_words(sentences, segmented), strict=True):
        assert [part for part, _ in tags] == [part for _, part in underthesea.pos_tag(text)]


def test_batches_don_t_change_tags() -> None:
    sentences = [random_sentence(seed) for seed in range(300)] + [""]
    segmented = [[word.norm for word in words] for words in segment_many(sentences)]
    together = tag_words(sentences, segmented)
    assert together == [tag_words([text], [words])[0] for text, words in zip(sentences, segmented, strict=True)]
    assert tag_words([], []) == []


def test_the_library_s_own_calls_agree() -> None:
    sentences = [random_sentence(seed) for seed in range(40)] + [""]
    segmented = [[word.norm for word in words] for words in segment_many(sentences)]
    library, compiled = LibraryModels(), load_models()
    parts = library.parts_of_speech(sentences, segmented)
    assert parts == compiled.parts_of_speech(sentences, segmented)
    assert library.entity_tags(sentences, segmented, parts) == compiled.entity_tags(sentences, segmented, parts)


def test_a_version_not_compared_is_left_to_the_library(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(models, "version", lambda name: "99.0")
    load_models.cache_clear()
    try:
        with caplog.at_level(logging.WARNING):
            assert isinstance(load_models(), LibraryModels)
        assert "99.0" in caplog.text
    finally:
        load_models.cache_clear()


def test_a_model_that_can_t_be_read_is_left_to_the_library(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(models, "_ENTITY_MODEL", "ner/model_crf.py")
    load_models.cache_clear()
    try:
        with caplog.at_level(logging.WARNING):
            assert isinstance(load_models(), LibraryModels)
        assert "can't be compiled" in caplog.text
    finally:
        load_models.cache_clear()


def test_the_installed_version_is_compiled_once() -> None:
    assert isinstance(load_models(), CompiledModels)
    assert load_models() is load_models()
