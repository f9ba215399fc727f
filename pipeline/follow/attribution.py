"""Whether an official or a body is told to say what a paper writes, where the statement itself names no speaker."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from pipeline import lexicon

_REACH = 110
"""Characters between who speaks and the verb of speaking."""
_BEHIND = 160
"""Characters behind a statement in which it may be told who said it."""


class _Attribution(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    holders: tuple[str, ...]
    verbs: tuple[str, ...]
    by: tuple[str, ...]
    own: tuple[str, ...]


def is_attributed(text: str, start: int, end: int) -> bool:
    """Whether the paragraph of the statement [start, end) tells, before it or right behind it, that an official or a
    body says so. What the paper saw itself isn't attributed. Not handled: who spoke in an earlier paragraph."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    stop = min(end + _BEHIND, last if last >= 0 else len(text))
    said, own = _patterns()
    sentence = max(text.rfind(sign, first, start) for sign in (". ", "! ", "? ", "\n"))
    if own.search(text, max(sentence, first), end):
        return False
    return said.search(text, first, stop) is not None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = lexicon.read_entries("follow/attribution.toml", _Attribution)
    holders, verbs, by, own = (_either(group) for group in (words.holders, words.verbs, words.by, words.own))
    told = rf"(?<!\w){holders}(?!\w)[^.!?\n]{{0,{_REACH}}}?(?<!\w){verbs}(?!\w)"
    return re.compile(rf"(?<!\w){by}\s+(?:\w+\s+)?{holders}(?!\w)|{told}|(?<!\w)Trả lời:"), re.compile(own)


def _either(words: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))})"
