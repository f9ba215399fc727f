"""Short forms written out, so that "GPMB QL57" and "giải phóng mặt bằng quốc lộ 57" are the same words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from pipeline.follow.vocabulary import load_vocabulary
from pipeline.records import Abbreviation


def make_expander(abbreviations: Iterable[Abbreviation] = ()) -> Callable[[str], str]:
    """A function that writes out the short forms of a text: those that the report defines itself, else those of the
    lexicon. A short form before a number may be joined to it: "QL57", "ĐT.883"."""
    own = {one.short: " ".join(one.long.split()) for one in abbreviations if len(one.short) > 1}
    if not own:
        return _expand
    pattern = _pattern(own)
    return lambda text: _expand(pattern.sub(lambda match: own[match[0]], text))


def _expand(text: str) -> str:
    words, numbered = load_vocabulary().short, load_vocabulary().numbered
    joined, alone = _lexicon_patterns()
    text = joined.sub(lambda match: f"{numbered[match[1]]} {match[2]}", text)
    return alone.sub(lambda match: words[match[0]], text)


@cache
def _lexicon_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    vocabulary = load_vocabulary()
    heads = "|".join(sorted(map(re.escape, vocabulary.numbered), key=len, reverse=True))
    return re.compile(rf"(?<!\w)({heads})[. ]?(\d+[A-Z]?)(?![\w/])"), _pattern(vocabulary.short)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    heads = "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))
    return re.compile(rf"(?<!\w)(?:{heads})(?!\w)")
