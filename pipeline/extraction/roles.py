"""Offices of persons as they are said in running text: "Phó bí thư Tỉnh ủy - Chủ tịch UBND tỉnh Trần Ngọc Tam"."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipeline.extraction.body_grammar import body_patterns
from pipeline.extraction.page import Page
from pipeline.extraction.person_names import name_at, surnames
from pipeline.extraction.person_words import complement_pattern, title_pattern
from pipeline.extraction.vocabulary import UPPER, alternation
from pipeline.language.matchkey import match_key
from pipeline.registry.body_index import load_body_index

WORD = re.compile(r" *([^\s,.;:()\"“”'‘’!?–—]+(?:\.[^\s,.;:()\"“”!?]+)*\.?)")
"""The next word of the flat text; group 1 is the word without the blanks before it."""
_LINK = re.compile(r" *(?:,|[-–—]|kiêm|đồng thời là| là) *")
_PARENTHESIS = re.compile(r" *\([^()\n]{1,40}\)")
_CAPITAL = re.compile(rf"[{UPPER}][\w]*(?:[.&][\w]+)*\.?")
_LONGEST_GAP = 30
"""Between two capitals of one name stand fewer characters in small letters."""
_NAME_TAGS = ("N", "Np", "Nc", "A", "M")
_BLANK = re.compile(r" (?=\S)")


class Roles(NamedTuple):
    """The offices read at a title, where they end with the name behind them, and that name."""

    roles: list[str]
    end: int
    name: re.Match[str] | None


def read_roles(page: Page, at: int, limit: int) -> Roles:
    """The offices from the title at `at` on, joined by commas, dashes, "kiêm"; none where no title stands there.

    "Phó bí thư Tỉnh ủy - Chủ tịch UBND tỉnh Trần Ngọc Tam" gives two offices and the name.
    """
    roles: list[str] = []
    title = title_pattern().match(page.key, at, limit)
    end = at
    while title is not None:
        end, name = _office_end(page, title.end(), limit)
        roles.append(page.slice(title.start(), end).rstrip(" ,-–(").strip())
        if name is not None:
            return Roles(roles, name.end(), name)
        link = _LINK.match(page.flat, end, limit)
        if link is None:
            return Roles(roles, end, None)
        title = title_pattern().match(page.key, link.end(), limit)
        if title is None:
            name = name_at(page, link.end(), limit)
            if name is not None and link.group().strip() in (",", "-", "–", "là"):
                return Roles(roles, name.end(), name)
    return Roles(roles, end, None)


def _office_end(page: Page, end: int, limit: int) -> tuple[int, re.Match[str] | None]:
    """Where an office whose title ends at `end` ends, and the name of its holder right behind it."""
    while end < limit:
        skip = end
        while skip < limit and page.flat[skip] == " ":
            skip += 1
        name = name_at(page, skip, limit) if skip > end else None
        if name is not None:
            return end, name
        inner = _PARENTHESIS.match(page.flat, end, limit)
        if inner is not None and not title_pattern().search(page.key, inner.start(), inner.end()):
            after = name_at(page, inner.end() + 1, limit) if inner.end() < limit else None
            if after is None and not page.flat[page.flat.index("(", end) + 1].isupper():
                return end, None
            end = inner.end()
            continue
        phrase = None
        if skip > end:
            phrase = (
                _registered().match(page.key, skip, limit)
                or body_patterns().company.match(page.key, skip, limit)
                or complement_pattern().match(page.key, skip, limit)
            )
        if phrase is not None and not page.flat.startswith(".", phrase.end()):
            end = _before_name(page, phrase.start(), phrase.end(), limit)
            continue
        word = WORD.match(page.flat, end, limit)
        if word is None or not _extends_role(page, word, end):
            return end, None
        end = word.end()
    return end, None


@cache
def _registered() -> re.Pattern[str]:
    """The names of bodies that the registry lists, of two words or more."""
    return re.compile(rf"{alternation(name for name, _ in load_body_index().names() if ' ' in name)}(?!\w)")


def _before_name(page: Page, start: int, end: int, limit: int) -> int:
    """The end of a phrase of an office, cut where a name begins in it ("tỉnh Đoàn Thế Khiêm" is no "tỉnh đoàn")."""
    for match in _BLANK.finditer(page.flat, start, end):
        if page.flat[match.end()].isupper() and name_at(page, match.end(), limit) is not None:
            return match.start()
    return end


def _extends_role(page: Page, word: re.Match[str], end: int) -> bool:
    """Whether the word behind an office belongs to it: a capital, a number, "và" before one, a noun in a name."""
    text = word.group(1)
    key = match_key(text)
    if _CAPITAL.fullmatch(text) or text.isdigit() or text.isupper():
        return True
    if key in ("-", "–", "—") and title_pattern().match(page.key, word.end() + 1):
        return False
    if key in ("và", "-", "&"):
        following = WORD.match(page.flat, word.end())
        return following is not None and (
            following.group(1)[:1].isupper() or complement_pattern().match(page.key, following.start(1)) is not None
        )
    # "Sở Tài nguyên môi trường", "Ban quản lý dự án": a name goes on in small letters while the tagger calls it a noun
    before = page.flat[max(0, end - 30) : end].split()
    if not before or not before[-1][:1].isupper():
        return False
    if page.word_end(word.start(1)) is None or _goes_to_capital(page, word.start(1)):
        return True
    return page.tag_at(word.start(1)) in ("N", "Np", "Nc") and before[-1] not in surnames()


def _goes_to_capital(page: Page, at: int) -> bool:
    """Whether a few nouns and adjectives in small letters lead on to a capital of the same name ("Trung tâm Chống độc
    khu vực phía Bắc")."""
    for start, _, tag in page.tagged_between(at, at + _LONGEST_GAP):
        if page.flat[start].isupper():
            return start > at
        if tag not in _NAME_TAGS:
            return False
    return False
