"""Figures to be reached that a task names: "100% đảng viên", "tối thiểu 95%", "1.000 km đường"."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from pipeline import lexicon
from pipeline.extraction.page import Page
from pipeline.extraction.vocabulary import any_of
from pipeline.records import Target


class TargetWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `lexicon/targets.toml`."""

    qualifiers: list[str]
    units: list[str]


@cache
def _target() -> re.Pattern[str]:
    words = lexicon.read_entries("targets.toml", TargetWords)
    return re.compile(
        rf"(?:{any_of(words.qualifiers)} +)*(?P<value>\d+(?:[.,]\d+)*) *(?P<unit>{any_of(words.units)})(?!\w)"
        r"(?: +[^\s,.;:]+){0,3}"
    )


def find_targets(page: Page, start: int, end: int) -> list[Target]:
    """The figures with a unit in a task's span. Dates and numbers of documents have no such unit and are left alone.

    `value` is a number (Vietnamese writing: point for thousands, comma for decimals), null where it can't be read.
    """
    return [
        Target(text=page.slice(match.start(), match.end()), value=read_number(match["value"]), unit=match["unit"])
        for match in _target().finditer(page.key, start, end)
    ]


def read_number(text: str) -> float | None:
    """The number that is written as in Vietnamese (a point for thousands, a comma for decimals), or None."""
    plain = text.replace(".", "") if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text) else text
    try:
        return float(plain.replace(",", "."))
    except ValueError:
        return None
