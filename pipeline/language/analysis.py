"""What the models see in a report: sentences, words with parts of speech, named entities. Plain objects, no spaCy.

One pass: lines, sentences, words (segmented once), tags. The unit the models are given is the sentence;
another unit would give other tags for the same words (measured: 7 to 10 % of the entities).
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.language.composition import compose
from pipeline.language.sentences import find_sentences
from pipeline.language.text_words import Entity, TextWords, Word, join_entities


@dataclass(frozen=True, slots=True)
class Sentence:
    """Câu: `text[start:end]` and its words, which hold all of it but white space."""

    start: int
    end: int
    words: tuple[Word, ...]


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
    words = TextWords(composed.text, find_sentences(composed.text))
    numbers = range(len(words))
    if tags:
        words.expect_entities(numbers)
    else:
        words.expect_words(numbers)
    sentences: list[Sentence] = []
    entities: list[Entity] = []
    for number in numbers:
        norms = words.norms(number)
        blank = [""] * len(norms)
        found = words.entity_tags(number) if tags else blank
        columns = (*words.places(number), norms, words.tags(number) if tags else blank, found)
        placed = list(map(Word._make, zip(*columns, strict=True)))
        if composed.origin is not None:
            spans = [composed.span(word.start, word.end) for word in placed]
            # see segmentation.segment: half of a character that composes to two
            moved = zip(placed, spans, strict=True)
            placed = [word._replace(start=start, end=end) for word, (start, end) in moved if start < end]
        start, end = composed.span(words.starts[number], words.ends[number])
        sentences.append(Sentence(start, end, tuple(placed)))
        entities += join_entities((word.start, word.end, word.entity) for word in placed)
    return Analysis(text, tuple(sentences), tuple(entities))


def words_of(analysis: Analysis) -> TextWords:
    """The words of an analysis, all of them found."""
    return TextWords.of(analysis.text, [(it.start, it.end, it.words) for it in analysis.sentences])
