"""The words of a text by sentence, with parts of speech and entities: each found when it is first asked for.

Most sentences of a report are never asked for an entity and many for no word, since what stands in them is told by
characters alone. What is found is what `analyse` finds: the models see one sentence at a time. Sentences that are
likely to be asked for are named beforehand (`expect_…`), for together they cost less than one by one.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from pipeline.language.composition import compose
from pipeline.language.segmentation import segment_columns
from pipeline.language.sentences import find_sentences
from pipeline.language.tagging import find_entity_tags, find_parts_of_speech


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


class Entity(NamedTuple):
    """Thực thể: a name, `text[start:end]`; `label` is PER, ORG, LOC or MISC."""

    start: int
    end: int
    label: str


class Places(NamedTuple):
    """Where the words of one sentence stand in the text: columns of equal length."""

    starts: list[int]
    ends: list[int]


class TextWords:
    """The words of an NFC text. `starts[i]` and `ends[i]` bound sentence `i`; sentences stand apart and in order.

    The methods ask for the sentence by its number; `sentence_at` tells the number.
    """

    __slots__ = ("_entities", "_expected", "_norms", "_places", "_tags", "ends", "starts", "text")

    def __init__(self, text: str, bounds: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.starts = [start for start, _ in bounds]
        self.ends = [end for _, end in bounds]
        self._places: list[Places | None] = [None] * len(bounds)
        self._norms: list[list[str]] = [[]] * len(bounds)
        self._tags: list[list[str] | None] = [None] * len(bounds)
        self._entities: list[list[str] | None] = [None] * len(bounds)
        self._expected: dict[str, set[int]] = {"words": set(), "tags": set(), "entities": set()}

    def __len__(self) -> int:
        return len(self.starts)

    def sentence_at(self, place: int) -> int:
        """The number of the last sentence that begins at `place` or before it; -1 before the first."""
        return bisect.bisect_right(self.starts, place) - 1

    def places(self, sentence: int) -> Places:
        """Where the sentence's words stand."""
        places = self._places[sentence]
        if places is None:
            self._find("words", sentence, self._places, self._find_words)
            places = self._places[sentence]
            assert places is not None
        return places

    def norms(self, sentence: int) -> list[str]:
        """The words in underthesea's spelling."""
        self.places(sentence)
        return self._norms[sentence]

    def tags(self, sentence: int) -> list[str]:
        """The words' parts of speech."""
        tags = self._tags[sentence]
        if tags is None:
            self._find("tags", sentence, self._tags, self._find_tags)
            tags = self._tags[sentence]
            assert tags is not None
        return tags

    def entity_tags(self, sentence: int) -> list[str]:
        """The words' entity tags, well formed."""
        entities = self._entities[sentence]
        if entities is None:
            self._find("entities", sentence, self._entities, self._find_entities)
            entities = self._entities[sentence]
            assert entities is not None
        return entities

    def entities(self, sentence: int) -> list[Entity]:
        """The sentence's entities, in order."""
        return join_entities(zip(*self.places(sentence), self.entity_tags(sentence), strict=True))

    def expect_words(self, sentences: Iterable[int]) -> None:
        """These sentences are likely to be asked for words."""
        self._expected["words"].update(sentences)

    def expect_tags(self, sentences: Iterable[int]) -> None:
        """These sentences are likely to be asked for parts of speech, and so for words."""
        sentences = list(sentences)
        self._expected["words"].update(sentences)
        self._expected["tags"].update(sentences)

    def expect_entities(self, sentences: Iterable[int]) -> None:
        """These sentences are likely to be asked for entities, and so for parts of speech and words."""
        sentences = list(sentences)
        self.expect_tags(sentences)
        self._expected["entities"].update(sentences)

    def _find(
        self, what: str, asked: int, found: Sequence[object | None], find: Callable[[list[int]], None]
    ) -> None:
        """Find what is asked of a sentence, and of those expected with it."""
        wanted = self._expected[what]
        wanted.add(asked)
        missing = sorted(number for number in wanted if found[number] is None)
        wanted.clear()
        find(missing)

    def _find_words(self, numbers: list[int]) -> None:
        segmented = segment_columns([self.text[self.starts[number] : self.ends[number]] for number in numbers])
        for number, words in zip(numbers, segmented, strict=True):
            start = self.starts[number]
            self._places[number] = Places([start + at for at in words.starts], [start + at for at in words.ends])
            self._norms[number] = words.norms

    def _find_tags(self, numbers: list[int]) -> None:
        pieces, norms = self._pieces(numbers)
        for number, tags in zip(numbers, find_parts_of_speech(pieces, norms), strict=True):
            self._tags[number] = tags

    def _find_entities(self, numbers: list[int]) -> None:
        self.expect_tags(numbers)
        parts = [self.tags(number) for number in numbers]
        for number, tags in zip(numbers, find_entity_tags(*self._pieces(numbers), parts), strict=True):
            self._entities[number] = repair(tags)

    def _pieces(self, numbers: list[int]) -> tuple[list[str], list[list[str]]]:
        self.expect_words(numbers)
        norms = [self.norms(number) for number in numbers]
        return [self.text[self.starts[number] : self.ends[number]] for number in numbers], norms

    @classmethod
    def of(cls, text: str, sentences: Sequence[tuple[int, int, Sequence[Word]]]) -> TextWords:
        """The words of sentences that are known already, each with its start and end; `text` need not be NFC."""
        words = cls(text, [(start, end) for start, end, _ in sentences])
        for number, (_, _, known) in enumerate(sentences):
            starts, ends, norms, tags, entities = map(list, zip(*known, strict=True)) if known else ([],) * 5
            words._places[number] = Places(starts, ends)
            words._norms[number], words._tags[number], words._entities[number] = norms, tags, repair(entities)
        return words


def read_words(text: str) -> TextWords:
    """The words of an NFC text, none of them found yet. Raises ValueError for other text."""
    if compose(text).origin is not None:
        raise ValueError("the text is not NFC")
    words = TextWords(text, find_sentences(text))
    words.expect_tags(range(len(words)))
    return words


def repair(tags: Iterable[str]) -> list[str]:
    """Entity tags with every I- that continues nothing of its label made a B-."""
    repaired = []
    label = ""
    for entity in tags:
        if entity[:2] == "I-" and entity[2:] != label:
            entity = f"B-{entity[2:]}"
        label = entity[2:]
        repaired.append(entity)
    return repaired


def join_entities(words: Iterable[tuple[int, int, str]]) -> list[Entity]:
    """The entities of words, each given as its start, its end and its entity tag; the tags are well formed."""
    found: list[Entity] = []
    for start, end, tag in words:
        if tag[:2] == "B-":
            found.append(Entity(start, end, tag[2:]))
        elif tag[:2] == "I-":
            found[-1] = Entity(found[-1].start, end, tag[2:])
    return found
