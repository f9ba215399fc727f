"""The spaCy tokenizer: nothing lost, plain data, rebuilt and used."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.language import Analysis, Entity, Sentence, Word, analyse, load
from pipeline.language.tokenizer import build_doc
from tests.language.texts import NAUGHTY, random_sentence

REPORT = "  Hội nghị tại  Hà Nội\n\nÔng Nguyễn Văn Hùng yêu cầu Sở Y tế Thanh Hoá báo cáo. Bà Lê Thị Hoa đồng ý.\n"


@pytest.fixture(scope="module")
def nlp() -> Iterator[Language]:
    yield load()


def test_a_report(nlp: Language) -> None:
    doc = nlp(REPORT)
    assert doc.text == REPORT
    assert [sentence.text.strip() for sentence in doc.sents] == [
        "Hội nghị tại  Hà Nội",
        "Ông Nguyễn Văn Hùng yêu cầu Sở Y tế Thanh Hoá báo cáo.",
        "Bà Lê Thị Hoa đồng ý.",
    ]
    assert ("Nguyễn Văn Hùng", "PER") in [(entity.text, entity.label_) for entity in doc.ents]
    words = {token.text: token for token in doc}
    assert words["Thanh Hoá"].norm_ == "Thanh Hóa"
    assert words["Nguyễn Văn Hùng"].tag_ == "Np"
    assert {token.tag_ for token in doc if token.is_space} == {"_SP"}
    assert doc.has_annotation("SENT_START")


def test_tokens_are_the_words_of_the_analysis(nlp: Language) -> None:
    text = "\n".join(random_sentence(seed) for seed in range(60))
    words = [word for sentence in analyse(text).sentences for word in sentence.words]
    tokens = [token for token in nlp(text) if not token.is_space]
    assert [(t.idx, t.idx + len(t), t.norm_, t.tag_) for t in tokens] == [word[:4] for word in words]


def test_entities_and_sentences_are_those_of_the_analysis(nlp: Language) -> None:
    text = "\n".join(random_sentence(seed) for seed in range(60))
    analysis, doc = analyse(text), nlp(text)
    found = [(entity.start_char, entity.end_char, entity.label_) for entity in doc.ents]
    assert found == [(entity.start, entity.end, entity.label) for entity in analysis.entities]
    assert len(list(doc.sents)) == len(analysis.sentences)


@pytest.mark.parametrize("text", NAUGHTY)
def test_naughty_strings_are_kept(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert "".join(token.text_with_ws for token in doc) == text


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_text_is_kept(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert len(list(doc.sents)) == max(len(analyse(text).sentences), bool(text))


def test_white_space_inside_an_entity_is_part_of_it(nlp: Language) -> None:
    text = "Ông Nguyễn Văn\nHùng  họp"
    words = (
        Word(0, 3, "Ông", "Nc", "O"),
        Word(4, 14, "Nguyễn Văn", "Np", "B-PER"),
        Word(15, 19, "Hùng", "Np", "I-PER"),
        Word(21, 24, "họp", "V", "O"),
    )
    analysis = Analysis(text, (Sentence(0, 24, words),), (Entity(4, 19, "PER"),))
    doc = build_doc(nlp.vocab, analysis, tags=True)
    assert doc.text == text
    assert [token.text_with_ws for token in doc] == ["Ông ", "Nguyễn Văn", "\n", "Hùng ", " ", "họp"]
    assert [entity.text for entity in doc.ents] == ["Nguyễn Văn\nHùng"]


def test_a_doc_survives_its_bytes(nlp: Language) -> None:
    doc = nlp(REPORT)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again.to_bytes() == doc.to_bytes()
    assert again.to_json() == doc.to_json()
    assert [token.norm_ for token in again] == [token.norm_ for token in doc]


@pytest.mark.parametrize("tags", [True, False])
def test_a_rebuilt_pipeline_works(nlp: Language, tmp_path: Path, tags: bool) -> None:
    original = load(tags=tags)
    expected = original(REPORT).to_json()
    assert load(tags=not tags).from_bytes(original.to_bytes())(REPORT).to_json() == expected
    original.to_disk(tmp_path)
    assert load(tags=not tags).from_disk(tmp_path)(REPORT).to_json() == expected
    assert pickle.loads(pickle.dumps(original))(REPORT).to_json() == expected


def test_without_tags_there_are_none() -> None:
    doc = load(tags=False)(REPORT)
    assert doc.text == REPORT
    assert not doc.ents and not doc.has_annotation("TAG") and not doc.has_annotation("ENT_IOB")


def test_lone_surrogates_are_refused(nlp: Language) -> None:
    with pytest.raises(ValueError, match="surrogates"):
        nlp("a \ud800 b")
