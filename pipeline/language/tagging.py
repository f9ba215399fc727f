"""Parts of speech and named-entity tags of segmented sentences, as underthesea gives them."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.language.models import Tags, load_models

# Words taken through the models together: bounds the arrays and how much one batch adds to the caches.
_BATCH_WORDS = 4_096


def tag_words(sentences: Sequence[str], words: Sequence[Sequence[str]]) -> list[list[Tags]]:
    """For every sentence, a (part of speech, entity tag) for each of its words.

    `words[i]` are the normal forms that `segmentation.segment` gives for `sentences[i]`. The tags are
    those of `underthesea.ner(sentence)`, so that an I- tag may be ill-formed.
    """
    models = load_models()
    result: list[list[Tags]] = []
    count = 0
    for number, forms in enumerate(words):
        count += len(forms)
        if count >= _BATCH_WORDS or number + 1 == len(words):
            batch = slice(len(result), number + 1)
            result += models.tag(sentences[batch], words[batch])
            count = 0
    return result
