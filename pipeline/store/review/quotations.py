"""Where words that a person typed or copied stand in a report's text."""

from __future__ import annotations

import re

from pipeline.errors import ReviewError
from pipeline.read.normalise import normalise


def find_words(text: str, words: str, near: tuple[int, int]) -> tuple[int, int] | None:
    """The offsets of the words: those inside `near` before all others, then the nearest to it. Line breaks count as
    blanks; the case of letters counts unless they stand nowhere in that case. Null where they don't stand at all."""
    parts = normalise(words).split()
    if not parts:
        return None
    pattern = r"\s+".join(re.escape(part) for part in parts)
    for flags in (0, re.IGNORECASE):
        found = [match.span() for match in re.finditer(pattern, text, flags)]
        if found:
            return min(found, key=lambda span: _distance(span, near))
    return None


def the_words(text: str, words: str, near: tuple[int, int], task: str) -> tuple[int, int]:
    """The same. Raises ReviewError where the words don't stand in the text: every value has words it was read from."""
    found = find_words(text, words, near)
    if found is None:
        raise ReviewError(
            "the words “{words}” don't stand in the report",
            where=task,
            remedy="Copy them from the report's text",
            words=words,
        )
    return found


def _distance(span: tuple[int, int], near: tuple[int, int]) -> tuple[bool, int, int]:
    inside = near[0] <= span[0] and span[1] <= near[1]
    apart = max(near[0] - span[1], span[0] - near[1], 0)
    return (not inside, apart, span[0])
