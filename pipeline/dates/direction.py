"""Where a sentence looks: cues of plans and of reports, and the bounds of the sentence around a place."""

import re

from pipeline.dates.lexicon import Lexicon
from pipeline.dates.records import Direction

_REACH = 160
_BREAK = re.compile(r"[.!?…;](?=\s)|\n\s*\n|\n(?=[-+•*\d])")


def sentence_bounds(key: str, start: int, end: int) -> tuple[int, int]:
    """Offsets of the sentence (at most 160 characters to both sides) around [start, end)."""
    low = max(0, start - _REACH)
    for found in _BREAK.finditer(key, low, start):
        low = found.end()
    found_after = _BREAK.search(key, end, end + _REACH)
    return low, found_after.start() if found_after else min(len(key), end + _REACH)


def told(lexicon: Lexicon, key: str, start: int, end: int) -> Direction:
    """The direction that the cue words of a sentence tell; unknown with none, or with both."""
    low, high = sentence_bounds(key, start, end)
    past = lexicon.cues["past"].search(key, low, high) is not None
    future = lexicon.cues["future"].search(key, low, high) is not None
    if past == future:
        return "unknown"
    return "past" if past else "future"
