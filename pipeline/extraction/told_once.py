"""Asks told twice: a report that tells an ask in its lead and again in its text has made it once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from pipeline.extraction.page import Page

_FEWEST_WORDS = 8
"""Shorter asks are never called the same."""
_ALIKE = 0.8
"""The part of the words of two tellings that both have."""
_RARE = 6


class Telling(Protocol):
    """One telling of an ask: its span, its kind, and its sentence's index."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def sentence(self) -> int: ...


_Told = TypeVar("_Told", bound=Telling)


def told_once(page: Page, tellings: Sequence[_Told]) -> list[_Told]:
    """The tellings without those that tell an earlier or later one again in nearly the same words; the fuller stays.

    Tellings of one sentence or of two kinds are never the same. Compared are those that share one of their longest
    words, so that the time grows with the likenesses and not with the square of the number.
    """
    bags = [frozenset(re.findall(r"\w+", page.key[telling.start : telling.end])) for telling in tellings]
    dropped: set[int] = set()
    index: dict[str, list[int]] = {}
    for i, bag in enumerate(bags):
        if len(bag) < _FEWEST_WORDS:
            continue
        rare = sorted(bag, key=lambda word: (-len(word), word))[:_RARE]
        for j in sorted({j for word in rare for j in index.get(word, ())}):
            if j in dropped or tellings[j].kind != tellings[i].kind or tellings[i].sentence == tellings[j].sentence:
                continue
            if 2 * len(bag & bags[j]) >= _ALIKE * (len(bag) + len(bags[j])):
                dropped.add(j if len(bags[j]) < len(bag) else i)
                break
        for word in rare:
            index.setdefault(word, []).append(i)
    return [telling for i, telling in enumerate(tellings) if i not in dropped]
