"""The spaCy tokenizer: a report's text to a Doc whose text is that text, whatever it holds.

The Doc carries plain data only. Tokens are slices of the text: underthesea's words, and white space beyond
the single space spaCy keeps on a token ("\\n", a second space, a tab) as tokens of its own.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.util import registry
from spacy.vocab import Vocab

from pipeline.language.analysis import Analysis, Sentence, analyse
from pipeline.language.text_words import Entity, Word

TOKENIZER = "chidao.underthesea.v1"
SPACE_TAG = "_SP"


class UndertheseaTokenizer:
    """Text -> Doc with sentence starts, `norm_`, and, with `tags`, `tag_` and `ents`.

    `token.norm_` is underthesea's spelling ("Thanh Hoá" -> "Thanh Hóa"), of white space the white space itself;
    `token.tag_` the part of speech, `_SP` for white space; `doc.ents` have the labels PER, ORG, LOC and MISC.
    Holds no model: those are the process's own (see `models`), so that it pickles and serialises as its
    one setting. Raises ValueError for text with lone surrogates.
    """

    def __init__(self, vocab: Vocab, *, tags: bool = True) -> None:
        self.vocab = vocab
        self.tags = tags

    def __call__(self, text: str) -> Doc:
        """The Doc of a report."""
        return build_doc(self.vocab, analyse(text, tags=self.tags), tags=self.tags)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (self.vocab, self.tags)

    def to_bytes(self, *, exclude: tuple[str, ...] = ()) -> bytes:
        """The tokenizer's one setting."""
        return b"\x01" if self.tags else b"\x00"

    def from_bytes(self, data: bytes, *, exclude: tuple[str, ...] = ()) -> UndertheseaTokenizer:
        """Take over the setting of another tokenizer."""
        self.tags = data == b"\x01"
        return self

    def to_disk(self, path: Any, *, exclude: tuple[str, ...] = ()) -> None:
        """Write the setting to a file."""
        with open(path, "wb") as file:
            file.write(self.to_bytes())

    def from_disk(self, path: Any, *, exclude: tuple[str, ...] = ()) -> UndertheseaTokenizer:
        """Take over the setting in a file."""
        with open(path, "rb") as file:
            return self.from_bytes(file.read())


def _rebuild(vocab: Vocab, tags: bool) -> UndertheseaTokenizer:
    return UndertheseaTokenizer(vocab, tags=tags)


@registry.tokenizers(TOKENIZER)  # type: ignore[untyped-decorator]
def create_tokenizer(tags: bool = True) -> Callable[[Language], UndertheseaTokenizer]:
    """What spaCy's configuration calls: `{"@tokenizers": "chidao.underthesea.v1", "tags": true}`."""

    def build(nlp: Language) -> UndertheseaTokenizer:
        return UndertheseaTokenizer(nlp.vocab, tags=tags)

    return build


def load(*, tags: bool = True) -> Language:
    """A Vietnamese pipeline with this tokenizer and no component. The models load at its first text."""
    config = {"nlp": {"tokenizer": {"@tokenizers": TOKENIZER, "tags": tags}}}
    nlp = spacy.blank("vi", config=config)
    nlp.max_length = sys.maxsize  # the limit guards parsers; sentences here are cut at LONGEST_SENTENCE
    return nlp


def build_doc(vocab: Vocab, analysis: Analysis, *, tags: bool) -> Doc:
    """The Doc of an analysis: `doc.text == analysis.text`.

    White space that no word holds belongs to the sentence before it, at the text's head to the first one; inside an
    entity it is part of the entity.
    """
    columns = _Columns(analysis.text)
    for sentence in analysis.sentences:
        columns.begin_sentence()
        for word in sentence.words:
            columns.add_space(word.start, entity=word.entity)
            columns.add_word(word.end, word.norm, word.tag, word.entity)
    columns.add_space(len(analysis.text), entity="O")
    doc = Doc(
        vocab,
        words=columns.words,
        spaces=columns.spaces,
        sent_starts=columns.sentence_starts,
        tags=columns.tags if tags else None,
        ents=columns.entities if tags else None,
    )
    for token, norm in zip(doc, columns.norms, strict=True):
        token.norm_ = norm
    return doc


def analysis_of(doc: Doc) -> Analysis:
    """The analysis in a Doc of this tokenizer, the way back of `build_doc`; entities are the Doc's own now."""
    sentences = []
    for span in doc.sents:
        tokens = [token for token in span if not token.is_space]
        if tokens:
            words = tuple(Word(t.idx, t.idx + len(t), t.norm_, t.tag_, _entity_tag(t)) for t in tokens)
            sentences.append(Sentence(words[0].start, words[-1].end, words))
    entities = tuple(Entity(span.start_char, span.end_char, span.label_) for span in doc.ents)
    return Analysis(doc.text, tuple(sentences), entities)


def _entity_tag(token: Token) -> str:
    return f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O"


class _Columns:
    """A Doc's columns, filled from the left; `place` is how much of the text they hold."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.words: list[str] = []
        self.spaces: list[bool] = []
        self.norms: list[str] = []
        self.tags: list[str] = []
        self.entities: list[str] = []
        self.sentence_starts: list[bool | int | None] = []
        self._fresh = True

    def begin_sentence(self) -> None:
        """The next word begins a sentence."""
        self._fresh = True

    def add_space(self, until: int, entity: str) -> None:
        """White space up to `until`; `entity` is the entity tag of the word that follows."""
        if self.place == until:
            return
        gap = self.text[self.place : until]
        if self.words and gap[0] == " " and not self.spaces[-1]:
            self.spaces[-1] = True
            gap = gap[1:]
        if gap:
            # White space ahead of everything is in the first sentence, and its token begins it.
            self._add(gap, gap, SPACE_TAG, entity if entity[:2] == "I-" else "O", begins=not self.words)
            self._fresh = self._fresh and len(self.words) > 1
        self.place = until

    def add_word(self, until: int, norm: str, tag: str, entity: str) -> None:
        """The word up to `until`."""
        self._add(self.text[self.place : until], norm, tag, entity, begins=self._fresh)
        self._fresh = False
        self.place = until

    def _add(self, word: str, norm: str, tag: str, entity: str, *, begins: bool) -> None:
        self.words.append(word)
        self.spaces.append(False)
        self.norms.append(norm)
        self.tags.append(tag)
        self.entities.append(entity)
        self.sentence_starts.append(begins)
