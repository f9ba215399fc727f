"""Short made reports of one story, read by the program."""

from __future__ import annotations

import pipeline
from pipeline.follow.features import Features, read_features
from pipeline.follow.statements import Statement
from pipeline.records import Document


def report(number: int, day: str | None, text: str, title: str = "Họp giao ban") -> Document:
    """A report of the day with the text."""
    return pipeline.extract(text, published=day, title=title, path=f"r{number}.txt")


def read(*documents: Document) -> list[tuple[Statement, Features]]:
    """The statements of the reports."""
    return [pair for document in documents for pair in read_features(document)]
