"""Bare words for bodies, "sở", "công ty", "nhà trường", and the full names told before that they stand for."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from pipeline.extraction.bodies import BodyMention
from pipeline.extraction.body_grammar import bare_words, body_patterns, full_name_pattern, played_parts
from pipeline.extraction.page import Page
from pipeline.extraction.person_names import name_at
from pipeline.extraction.vocabulary import UPPER
from pipeline.language.matchkey import match_key

_KIND = re.compile(
    r"(?P<count>các|những|\d+|hai|ba|bốn|năm|sáu) (?P<kind>huyện|tỉnh|quận|xã|phường|thị xã|thành phố|sở|bộ)"
)
_NUMBERS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6}
_PARTS = re.compile(r", | và |; ")
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


def those_named(page: Page, start: int, end: int) -> tuple[BodyMention, ...]:
    """The places or bodies that "UBND 4 huyện nói trên" at [start, end) means: the last list of names before it of that
    kind and number; empty where none was told."""
    told = _KIND.search(page.key, start, end)
    if told is None:
        return ()
    count = _NUMBERS.get(told["count"]) or (int(told["count"]) if told["count"].isdigit() else None)
    listed = [
        names
        for match in _names_of(told["kind"]).finditer(page.flat, max(0, start - _REACH), start)
        if len(names := _listed(page, match)) > 1 and (count is None or len(names) == count)
    ]
    return listed[-1] if listed else ()


@cache
def _names_of(kind: str) -> re.Pattern[str]:
    """Lists of names in the flat text under a kind of place or body said once or again: "huyện A, B và huyện C"."""
    word = rf"[{kind[0].upper()}{kind[0]}]{re.escape(kind[1:])}"
    name = rf"[{UPPER}][^\s,.;:()“”\"]*(?: [{UPPER}][^\s,.;:()“”\"]*){{0,3}}"
    item = rf"(?:{word} )?{name}"
    return re.compile(rf"(?<!\w){word} (?P<items>{name}(?:(?:, | và |; ){item})+)")


def _listed(page: Page, match: re.Match[str]) -> tuple[BodyMention, ...]:
    at = match.start("items")
    items = []
    for part in _PARTS.split(match["items"]):
        items.append(BodyMention(at, at + len(part)))
        at += len(part)
        joint = _PARTS.match(match["items"], at - match.start("items"))
        at += len(joint.group()) if joint is not None else 0
    # the kind, said once before the first name, belongs to it
    items[0] = BodyMention(match.start(), items[0].end)
    return tuple(items)
