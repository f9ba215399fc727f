"""What the models see in a report: sentences, words with parts of speech, named entities. Plain objects, no spaCy.

One pass: lines, sentences, words (segmented once), tags. The unit the models are given is the sentence;
another unit would give other tags for the same words (measured: 7 to 10 % of the entities).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from pipeline.language.composition import Composed, compose
from pipeline.language.segmentation import WordColumns, segment_columns
from pipeline.language.sentences import find_sentences
from pipeline.language.tagging import tag_words


class Word(NamedTuple):
    """Từ: `text[start:end]`; `norm` is underthesea's spelling of it, `tag` its part of speech.

    `entity` is "B-PER", "I-PER" and so on, or "O": well formed, so that an I- always goes on with an entity of
    the same label. Without tags both are "".
    """

    start: int
    end: int
    norm: str
    tag: str
    entity: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """Câu: `text[start:end]` and its words, which hold all of it but white space."""

    start: int
    end: int
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """Thực thể: a name, `text[start:end]`; `label` is PER, ORG, LOC or MISC."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """A report's text with its sentences and entities, in the order of the text."""

    text: str
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]


def analyse(text: str, *, tags: bool = True) -> Analysis:
    """The sentences, words and entities of a whole report.

    `tags=False` leaves out parts of speech and entities, at under half the cost. Offsets are half-open and
    count code points of `text`, which may be any string but one with lone surrogates (UnicodeEncodeError, a
    ValueError); text that isn't NFC is read as its NFC.
    """
    composed = compose(text)
    bounds = find_sentences(composed.text)
    pieces = [composed.text[start:end] for start, end in bounds]
    segmented = segment_columns(pieces)
    sentences: list[Sentence] = []
    if tags:
        tagged = tag_words(pieces, [words.norms for words in segmented])
        for (start, end), words, pairs in zip(bounds, segmented, tagged, strict=True):
            sentences.append(_place(composed, start, end, words, [tag for tag, _ in pairs], _repair(pairs)))
    else:
        for (start, end), words in zip(bounds, segmented, strict=True):
            blank = [""] * len(words.norms)
            sentences.append(_place(composed, start, end, words, blank, blank))
    return Analysis(text, tuple(sentences), tuple(_find_entities(sentences)))


def _place(
    composed: Composed, start: int, end: int, words: WordColumns, tags: list[str], entities: list[str]
) -> Sentence:
    """A sentence with its words placed in the text given."""
    starts = [start + first for first in words.starts]
    ends = [start + last for last in words.ends]
    placed = map(Word._make, zip(starts, ends, words.norms, tags, entities, strict=True))
    if composed.origin is None:
        return Sentence(start, end, tuple(placed))
    kept = []
    for word in placed:
        here, there = composed.span(word.start, word.end)
        if here < there:  # see segmentation.segment: half of a character that composes to two
            kept.append(word._replace(start=here, end=there))
    return Sentence(*composed.span(start, end), tuple(kept))


def _repair(pairs: list[tuple[str, str]]) -> list[str]:
    """Entity tags with every I- that continues nothing of its label made a B-."""
    repaired = []
    label = ""
    for _, entity in pairs:
        if entity[:2] == "I-" and entity[2:] != label:
            entity = f"B-{entity[2:]}"
        label = entity[2:]
        repaired.append(entity)
    return repaired


def _find_entities(sentences: list[Sentence]) -> list[Entity]:
    found: list[Entity] = []
    for sentence in sentences:
        for word in sentence.words:
            if word.entity[:2] == "B-":
                found.append(Entity(word.start, word.end, word.entity[2:]))
            elif word.entity[:2] == "I-":
                found[-1] = Entity(found[-1].start, word.end, word.entity[2:])
    return found
