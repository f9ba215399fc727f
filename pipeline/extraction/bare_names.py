"""Bare words for bodies, "sở", "công ty", "nhà trường", and the full names told before that they stand for."""

from __future__ import annotations

from collections import Counter

from pipeline.extraction.bodies import BodyMention
from pipeline.extraction.body_grammar import bare_words, body_patterns, full_name_pattern, played_parts
from pipeline.extraction.page import Page
from pipeline.extraction.person_names import name_at
from pipeline.language.matchkey import match_key

_REACH = 6000
"""How many characters back a full name is looked for."""


def fullest_name(page: Page, name: str, at: int, *, generic: bool = True) -> BodyMention | None:
    """The full name that a bare word for a body stands for: "sở" after "Sở Y tế", "công ty" after its full name.

    The last full name of that kind told before `at`; for a word that names a part played ("chủ đầu tư", "đơn vị") the
    one told most often, and none with `generic` false, as in documents that speak of all of a kind. None when the
    word is no bare one or no full name was told.
    """
    word = " ".join(match_key(name).split())
    if word not in bare_words():
        return None
    told = list(full_name_pattern(word).finditer(page.flat, max(0, at - _REACH), at))
    if not told:
        return None
    last = told[-1]
    if word in played_parts():
        if not generic:
            return None
        counts = Counter(match.group() for match in told)
        most = max(counts.values())
        last = [match for match in told if counts[match.group()] == most][-1]
    known = body_patterns().named.match(page.key, last.start())
    if known is None:
        return BodyMention(last.start(), last.end())
    if known.end() < last.end() and name_at(page, known.end() + 1, last.end()) is not None:
        return BodyMention(last.start(), known.end())
    return BodyMention(last.start(), max(last.end(), known.end()))
