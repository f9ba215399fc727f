"""Bare words for bodies, "sở", "công ty", "nhà trường", and the full names told before that they stand for."""

from __future__ import annotations

from pipeline.extraction.bodies import BodyMention
from pipeline.extraction.body_grammar import bare_words, body_patterns, full_name_pattern
from pipeline.extraction.page import Page
from pipeline.language.matchkey import match_key

_REACH = 6000
"""How many characters back a full name is looked for."""


def fullest_name(page: Page, name: str, at: int) -> BodyMention | None:
    """The full name that a bare word for a body stands for: "sở" after "Sở Y tế", "công ty" after its full name.

    The last full name of that kind told before `at`; None when the word is no bare one or no full name was told.
    """
    word = " ".join(match_key(name).split())
    if word not in bare_words():
        return None
    last = None
    for match in full_name_pattern(word).finditer(page.flat, max(0, at - _REACH), at):
        last = match
    if last is None:
        return None
    known = body_patterns().named.match(page.key, last.start())
    return BodyMention(last.start(), max(last.end(), known.end() if known is not None else 0))
