"""The words of the terminal, in Vietnamese or English, from `messages.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

from pipeline.errors import PipelineError
from pipeline.records import Failure, Note

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


class Messages:
    """What the program says, in one language."""

    def __init__(self, language: Language) -> None:
        catalogue = read_catalogue()
        self.language = language
        self._words: dict[str, str] = catalogue[language]
        self._sentences: dict[str, str] = catalogue["sentences"] if language == "vi" else {}

    def say(self, key: str, **details: object) -> str:
        """The words under the key, with `{name}` filled in. Raises KeyError for a key that isn't there."""
        words = self._words[key]
        return words.format(**details) if details else words

    def sentence(self, english: str, **details: object) -> str:
        """The English sentence in this language; as it is where the catalogue has no other."""
        words = self._sentences.get(english, english)
        return words.format(**details) if details else words

    def note(self, note: Note) -> str:
        """The note as words: what was done, how often, to what; its bare code where the catalogue doesn't know it."""
        known: dict[str, str] = read_catalogue()["notes"].get(note.code, {})
        words = known.get(self.language, note.code)
        return words.format(count=note.count, detail=note.detail)

    def failure(self, error: PipelineError, path: str | None = None) -> Failure:
        """The error as a row for `run.json`; `path` is its own `where` unless given.

        A bare PipelineError stands for the exception that caused it, whose type the row names.
        """
        problem, remedy = error.sentences
        source = error.__cause__ if type(error) is PipelineError and error.__cause__ else error
        return Failure(
            path=error.where if path is None else path,
            reason=self.sentence(problem, **error.details),
            remedy=self.sentence(remedy, **error.details),
            error=type(source).__name__,
        )


@cache
def read_catalogue() -> dict[str, Any]:
    """The tables of `messages.toml`."""
    return tomllib.loads(resources.files("pipeline").joinpath("messages.toml").read_text(encoding="utf-8"))
