"""The models shipped with underthesea, one set a process: compiled to tables, or the library's own calls.

`load_models` is the one place that decides. Tables are used for versions of underthesea whose words and
tags were compared with them (`TESTED_VERSIONS`) and whose files and templates compile; for anything else
the library itself is called, thirty times slower and right by definition. Nothing is loaded before
the first call. The library's objects can't be pickled: every process loads its own.
"""

from __future__ import annotations

import logging
import pickle
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

import numpy as np

from pipeline.language.crf import Ints, UnreadableModel, read_model
from pipeline.language.features import Layout, UnknownTemplate
from pipeline.language.tag_model import Tagger
from pipeline.language.tokens import TokenRules
from pipeline.language.word_model import Segmenter

TESTED_VERSIONS = frozenset({"9.5.0"})

_WORD_MODEL = "word_tokenize/models/ws_crf_vlsp2013_20230727"
_TAG_MODEL = "pos_tag/pos_crf_2017_10_11.bin"
_ENTITY_MODEL = "ner/ner_crf_2017_10_12.bin"
_TOKEN_FORMS = ["T[0].lower", "T[0].isdigit", "T[0].istitle", "T[0].is_in_dict"]

_log = logging.getLogger(__name__)


class Models(Protocol):
    """What the rest of the room needs of the models. Sentences are NFC and of one call's batch."""

    rules: TokenRules

    def merge(self, sentences: Sequence[str], tokens: Sequence[Sequence[str]]) -> list[list[int]]:
        """For each sentence and each of its tokens' normal forms: 1 if the token continues a word."""
        ...

    def parts_of_speech(self, sentences: Sequence[str], words: Sequence[Sequence[str]]) -> list[list[str]]:
        """For each sentence and each of its words: the part of speech."""
        ...

    def entity_tags(
        self, sentences: Sequence[str], words: Sequence[Sequence[str]], parts: Sequence[Sequence[str]]
    ) -> list[list[str]]:
        """For each sentence and each of its words, whose parts of speech are given: the entity tag."""
        ...


@cache
def load_models() -> Models:
    """The models of this process: compiled where that is known to give the library's words and tags."""
    found = version("underthesea")
    if found not in TESTED_VERSIONS:
        _log.warning("underthesea %s was not compared with the compiled models: using its own, slower calls", found)
        return LibraryModels()
    try:
        return CompiledModels()
    except (OSError, pickle.UnpicklingError, UnreadableModel, UnknownTemplate) as error:
        _log.warning("underthesea's models can't be compiled (%s): using its own, slower calls", error)
        return LibraryModels()


def token_rules() -> TokenRules:
    """The library's token pattern and rewritings."""
    from underthesea.pipeline.text_normalize.text_normalizer import character_map, token_map
    from underthesea.pipeline.word_tokenize.regex_tokenize import regex_patterns

    return TokenRules(regex_patterns, character_map, token_map)


class CompiledModels:
    """The three models as tables."""

    def __init__(self) -> None:
        import underthesea.pipeline
        from underthesea.pipeline.ner.model_crf import CRFNERPredictor
        from underthesea.pipeline.pos_tag.model_crf import CRFPOSTagPredictor
        from underthesea.pipeline.pos_tag.tagged_feature import text_istitle
        from underthesea_core import CRFFeaturizer

        folder = Path(underthesea.pipeline.__path__[0])
        dictionary: set[str] = pickle.loads((folder / _WORD_MODEL / "dictionary.bin").read_bytes())
        templates: list[str] = pickle.loads((folder / _WORD_MODEL / "features.bin").read_bytes())
        token_featurizer = CRFFeaturizer(_TOKEN_FORMS, dictionary)
        featurizer = CRFFeaturizer(templates, dictionary)

        def featurize(token: str) -> Sequence[str]:
            features: list[str] = token_featurizer.process([[[token]]])[0][0]
            return features

        def featurize_all(tokens: Sequence[str]) -> Sequence[Sequence[str]]:
            features: list[list[str]] = featurizer.process([[[token] for token in tokens]])[0]
            return features

        self.rules = token_rules()
        self._segmenter = Segmenter(
            read_model(folder / _WORD_MODEL / "models.bin"),
            templates,
            featurize,
            featurize_all,
            dictionary,
        )
        self._parts_of_speech = Tagger(
            read_model(folder / _TAG_MODEL),
            CRFPOSTagPredictor.Instance().transformer.template,
            text_istitle,
            fixed_column=1,
        )
        self._entities = Tagger(
            read_model(folder / _ENTITY_MODEL),
            CRFNERPredictor.Instance().transformer.template,
            text_istitle,
            fixed_column=3,
            tag_names=self._parts_of_speech.labels,
        )
        self._number_of_part = {name: number for number, name in enumerate(self._parts_of_speech.labels)}

    def merge(self, sentences: Sequence[str], tokens: Sequence[Sequence[str]]) -> list[list[int]]:
        """See `Models.merge`."""
        return self._segmenter.tag(tokens)

    def parts_of_speech(self, sentences: Sequence[str], words: Sequence[Sequence[str]]) -> list[list[str]]:
        """See `Models.parts_of_speech`."""
        layout = Layout(words)
        return _named(layout, self._parts_of_speech.tag(layout), self._parts_of_speech.labels)

    def entity_tags(
        self, sentences: Sequence[str], words: Sequence[Sequence[str]], parts: Sequence[Sequence[str]]
    ) -> list[list[str]]:
        """See `Models.entity_tags`."""
        layout = Layout(words)
        flat = Layout(parts, filler=self._parts_of_speech.labels[0]).items
        numbers = np.fromiter(map(self._number_of_part.__getitem__, flat), dtype=np.intp, count=len(flat))
        return _named(layout, self._entities.tag(layout, numbers), self._entities.labels)


def _named(layout: Layout, numbers: Ints, labels: Sequence[str]) -> list[list[str]]:
    """The names of the labels of a flat sequence, sentence by sentence."""
    names = [labels[number] for number in numbers.tolist()]
    bounds = zip(layout.starts.tolist(), layout.lengths.tolist(), strict=True)
    return [names[start : start + length] for start, length in bounds]


class LibraryModels:
    """The library's own calls, sentence by sentence, for versions the tables were not compared with."""

    def __init__(self) -> None:
        self.rules = token_rules()

    def merge(self, sentences: Sequence[str], tokens: Sequence[Sequence[str]]) -> list[list[int]]:
        """See `Models.merge`. Raises UnknownTemplate where the library's words aren't made of its tokens."""
        from underthesea import word_tokenize

        return [_continuations(word_tokenize(text), forms) for text, forms in zip(sentences, tokens, strict=True)]

    def parts_of_speech(self, sentences: Sequence[str], words: Sequence[Sequence[str]]) -> list[list[str]]:
        """See `Models.parts_of_speech`. The library segments once more, to the same words."""
        from underthesea import pos_tag

        pairs = zip(sentences, words, strict=True)
        return [[part for _, part in pos_tag(text)] if forms else [] for text, forms in pairs]

    def entity_tags(
        self, sentences: Sequence[str], words: Sequence[Sequence[str]], parts: Sequence[Sequence[str]]
    ) -> list[list[str]]:
        """See `Models.entity_tags`. The library segments and tags once more, to the same words and tags."""
        from underthesea import ner

        pairs = zip(sentences, words, strict=True)
        return [[entity for *_, entity in ner(text)] if forms else [] for text, forms in pairs]


def _continuations(words: Sequence[str], forms: Sequence[str]) -> list[int]:
    """Which tokens continue a word, given the library's words: each is its tokens' forms with spaces between."""
    tags: list[int] = []
    for word in words:
        run = ""
        while run != word:
            if len(tags) == len(forms) or len(run) > len(word):
                raise UnknownTemplate(f"underthesea's word {word!r} is not made of its tokens")
            tags.append(int(bool(run)))
            run = f"{run} {forms[len(tags) - 1]}" if run else forms[len(tags) - 1]
    if len(tags) != len(forms):
        raise UnknownTemplate("underthesea's words leave tokens out")
    return tags
