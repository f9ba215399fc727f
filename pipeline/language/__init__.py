"""A report's language: canonical text in; sentences, words, parts of speech and named entities out.

Enters a report's text. Leaves, by `load()`, a spaCy Doc whose text is that text, or, by `analyse()`, the same as
plain objects without spaCy. Words and tags are underthesea's, called sentence by sentence. Never changes the
text, never decides what a sentence means.

    compose -> find_sentences -> segment -> tag_words -> analyse -> load()

Nothing is loaded at import, spaCy neither; the models load once a process, at the first text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.language.analysis import Analysis, Sentence, analyse
from pipeline.language.matchkey import match_key
from pipeline.language.segmentation import WordSpan, segment, segment_many
from pipeline.language.sentences import find_clauses, find_sentences
from pipeline.language.text_words import Entity, TextWords, Word, read_words

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = [
    "Analysis",
    "Entity",
    "Sentence",
    "TextWords",
    "Word",
    "WordSpan",
    "analyse",
    "find_clauses",
    "find_sentences",
    "load",
    "match_key",
    "read_words",
    "segment",
    "segment_many",
]


def load(*, tags: bool = True) -> Language:
    """A spaCy pipeline that tokenises Vietnamese as `analyse` does: see `tokenizer.UndertheseaTokenizer`."""
    from pipeline.language import tokenizer

    return tokenizer.load(tags=tags)
