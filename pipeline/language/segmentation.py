"""Words of a sentence as underthesea segments it, each with its exact place in the text.

underthesea returns rewritten words without places ("hoá" -> "hóa", "nghành" -> "ngành", inner white
space folded). Here the words are slices of the text, and the library's word is their normal form.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.language.composition import compose
from pipeline.language.models import load_models

# Tokens taken through the model together: bounds the arrays and how much one batch adds to the caches.
_BATCH_TOKENS = 4_096


class WordSpan(NamedTuple):
    """One word: `text[start:end]`, and its normal form, the library's word ("hoá  học" -> "hóa học")."""

    start: int
    end: int
    norm: str


def segment(text: str) -> list[WordSpan]:
    """The words of one sentence, in order; offsets are half-open, in code points of `text`.

    Equal, norm for norm, to `underthesea.word_tokenize(text)`. Outside the words there is white space
    alone. A word may hold white space, a line break too: "Thanh\\nHóa".

    "Uỷ ban nhân dân TP.HCM" -> (0, 2, "Ủy"), (3, 15, "ban nhân dân"), (16, 22, "TP.HCM").

    Text that isn't NFC gives the words of its NFC, placed in the text given; where one of its characters
    composes to two, of which each is a word (U+0958), the second stands at the place after the first and is
    left out. Raises UnicodeEncodeError, a ValueError, for lone surrogates.
    """
    composed = compose(text)
    words = segment_many([composed.text])[0]
    if composed.origin is None:
        return words
    placed = [WordSpan(*composed.span(word.start, word.end), word.norm) for word in words]
    return [word for word in placed if word.start < word.end]


def segment_many(sentences: Sequence[str]) -> list[list[WordSpan]]:
    """The words of each of many NFC sentences: as `segment`, at a lower cost for each."""
    return [list(map(WordSpan._make, zip(*words, strict=True))) for words in segment_columns(sentences)]


class WordColumns(NamedTuple):
    """The words of one sentence as columns of equal length, see `WordSpan`."""

    starts: list[int]
    ends: list[int]
    norms: list[str]


def segment_columns(sentences: Sequence[str]) -> list[WordColumns]:
    """What `segment_many` gives, as columns."""
    models = load_models()
    result: list[WordColumns] = []
    spans: list[list[tuple[int, int]]] = []
    forms: list[list[str]] = []
    count = 0
    for number, sentence in enumerate(sentences):
        places, tokens = models.rules.read(sentence)
        spans.append(places)
        forms.append(tokens)
        count += len(tokens)
        if count >= _BATCH_TOKENS or number + 1 == len(sentences):
            tags = models.merge(sentences[len(result) : number + 1], forms)
            result += map(_merge, spans, forms, tags)
            spans, forms, count = [], [], 0
    return result


def _merge(spans: list[tuple[int, int]], forms: list[str], tags: list[int]) -> WordColumns:
    """The words of one sentence from its tokens; a tag of 1 continues the word before, if there is one."""
    heads = [0, *(here for here, tag in enumerate(tags) if here and not tag)] if tags else []
    nexts = [*heads[1:], len(tags)]
    return WordColumns(
        [spans[head][0] for head in heads],
        [spans[behind - 1][1] for behind in nexts] if heads else [],
        [
            forms[head] if behind == head + 1 else " ".join(forms[head:behind])
            for head, behind in zip(heads, nexts, strict=False)
        ],
    )
