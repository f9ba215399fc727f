"""The Vietnamese words in exports, from `words.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from pipeline.records import Record


class Words(Record, frozen=True, kw_only=True):
    """`form` are the headings of the state form by column, `labels` single words, `kinds` those for directives."""

    form: dict[str, str]
    labels: dict[str, str]
    kinds: dict[str, str]


@cache
def export_words() -> Words:
    """The words, read once a process."""
    return Words(**tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8")))
