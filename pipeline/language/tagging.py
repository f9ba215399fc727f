"""Parts of speech and named-entity tags of segmented sentences, as underthesea gives them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.language.models import load_models

# Words taken through the models together: bounds the arrays and how much one batch adds to the caches.
_BATCH_WORDS = 4_096


def find_parts_of_speech(sentences: Sequence[str], words: Sequence[Sequence[str]]) -> list[list[str]]:
    """For every sentence, the part of speech of each of its words.

    `words[i]` are the normal forms that `segmentation.segment` gives for `sentences[i]`. The tags are those of
    `underthesea.pos_tag(sentence)`.
    """
    models = load_models()
    found: list[list[str]] = []
    for batch in _batches(words):
        found += models.parts_of_speech(sentences[batch], words[batch])
    return found


def find_entity_tags(
    sentences: Sequence[str], words: Sequence[Sequence[str]], parts: Sequence[Sequence[str]]
) -> list[list[str]]:
    """For every sentence, the entity tag of each of its words, given their parts of speech.

    The tags are those of `underthesea.ner(sentence)`, so that an I- tag may be ill-formed.
    """
    models = load_models()
    found: list[list[str]] = []
    for batch in _batches(words):
        found += models.entity_tags(sentences[batch], words[batch], parts[batch])
    return found


def _batches(words: Sequence[Sequence[str]]) -> Iterator[slice]:
    first = count = 0
    for number, forms in enumerate(words, start=1):
        count += len(forms)
        if count >= _BATCH_WORDS or number == len(words):
            yield slice(first, number)
            first, count = number, 0
