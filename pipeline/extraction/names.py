"""Mentions of persons with their roles, as a report presents them.

"Phó bí thư Tỉnh ủy - Chủ tịch UBND tỉnh Trần Ngọc Tam", "ông Nguyễn Văn Tuấn - phó chủ tịch UBND huyện Nông
Cống", "Thủ tướng", "ông Tuấn", "người đứng đầu Chính phủ". A full name counts as a person when a title, a form
of address or the tagger says so, because names of places begin with the same syllables ("Hà Giang").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from pipeline.extraction.body_grammar import body_patterns
from pipeline.extraction.page import Page
from pipeline.extraction.person_names import (
    FOREIGN_NAME,
    GIVEN_NAME,
    is_place,
    is_tagged,
    name_at,
    name_pattern,
)
from pipeline.extraction.person_words import (
    honorific_pattern,
    load_person_words,
    presentation_behind_no_word,
    presentation_pattern,
    title_pattern,
)
from pipeline.extraction.roles import WORD, read_roles
from pipeline.extraction.vocabulary import UPPER

# A word with a capital before another, by its first letter: the engine looks for that letter faster than for a place
# between words.
_TWO_CAPITALS = re.compile(rf"[{UPPER}](?<!\w.)(?=\S* +[{UPPER}])")
_POST_LINK = re.compile(r" *(?:,|[-–—]|\(|là) *")
_BY = re.compile(r"(?<!\w)theo $")
_BY_REACH = 6
_CLOSE = re.compile(r" *\)| *[-–—](?= )| *,")


@dataclass(frozen=True, slots=True)
class PersonMention:
    """One mention of a person: [start, end) with honorific, role and name.

    `name` is null for a title alone or "ông Tuấn" (then `given` holds "Tuấn"); `roles` are the offices said in
    this mention, in order; `rule` tells how it was found.
    """

    start: int
    end: int
    name: str | None
    given: str | None
    roles: tuple[str, ...]
    rule: str


def find_people(page: Page) -> list[PersonMention]:
    """All mentions of persons, in order, not overlapping. Linear in the length of the report."""
    mentions: list[PersonMention] = []
    limits = [(block.start, block.end) for block in page.blocks] or [(0, len(page.flat))]
    named = [list(_names_in(page, start, end)) for start, end in limits]
    page.expect_people(chain(*named, _opened_by_names(page)))
    for (start, end), names in zip(limits, named, strict=True):
        mentions.extend(_people_in(page, start, end, names))
    return mentions


def _names_in(page: Page, start: int, end: int) -> Iterator[int]:
    """Where full names begin, by their spelling."""
    reached = start
    for capital in _TWO_CAPITALS.finditer(page.flat, start, end):
        name = name_pattern().match(page.flat, capital.start(), end) if capital.start() >= reached else None
        if name is not None:
            yield name.start()
            reached = name.end()


def _opened_by_names(page: Page) -> Iterator[int]:
    """Where sentences begin that open with two words in capitals which are no body: their subject may be a person."""
    head = body_patterns().head
    for sentence in page.sentences:
        start = sentence.start
        if _TWO_CAPITALS.match(page.flat, start) and head.match(page.key, start) is None:
            yield start


def _presented_in(page: Page, start: int, end: int) -> Iterator[int]:
    """Where forms of address and titles begin."""
    first = presentation_pattern().match(page.key, start, end)
    if first is not None:
        yield start
        start = first.end()
    for match in presentation_behind_no_word().finditer(page.key, start, end):
        yield match.start() + 1


def _people_in(page: Page, start: int, end: int, names: list[int]) -> list[PersonMention]:
    found: list[PersonMention] = []
    at = start
    for event in sorted({*_presented_in(page, start, end), *names}):
        if event < at:
            continue
        mention = _mention_at(page, event, end)
        if mention is not None:
            found.append(mention)
            at = mention.end
    return found


def _mention_at(page: Page, at: int, limit: int) -> PersonMention | None:
    honorific = honorific_pattern().match(page.key, at, limit)
    if honorific is not None:
        return _addressed(page, at, honorific.end(), limit)
    if title_pattern().match(page.key, at, limit) and not page.key.endswith("ban ", max(0, at - 4), at):
        roles, end, name = read_roles(page, at, limit)
        if name is not None:
            return _named(page, at, name, tuple(roles), limit, "role-and-name")
        return PersonMention(at, end, None, None, tuple(roles), "title-alone") if roles else None
    name = name_at(page, at, limit)
    if name is not None and is_tagged(page, name.start(), name.end()) and not is_place(name.group()):
        return _named(page, at, name, (), limit, "tagged-name")
    return None


def _addressed(page: Page, at: int, address: int, limit: int) -> PersonMention | None:
    """The mention at `at` that opens with a form of address which ends at `address`."""
    behind = _behind_addresses(page, address, limit)
    if title_pattern().match(page.key, behind, limit) is not None:
        roles, end, name = read_roles(page, behind, limit)
        if name is not None:
            return _named(page, at, name, tuple(roles), limit, "role-and-name")
        return PersonMention(at, end, None, None, tuple(roles), "title-alone")
    full = name_pattern().match(page.flat, behind, limit) or FOREIGN_NAME.match(page.flat, behind, limit)
    if full is not None:
        return _named(page, at, full, (), limit, "form-of-address-and-name")
    given = GIVEN_NAME.match(page.flat, behind, limit)
    if given is not None:
        mention = PersonMention(at, given.end(), None, given.group(), (), "given-name")
        return _with_apposition(page, mention, limit)
    if page.key[at:address] in load_person_words().alone and _predicate_follows(page, address):
        return PersonMention(at, address, None, None, (), "form-of-address-alone")
    return None


def _behind_addresses(page: Page, end: int, limit: int) -> int:
    """The place behind a form of address and others that follow it ("đồng chí đại tá …")."""
    while end < limit and page.flat[end] in " .":
        end += 1
    again = honorific_pattern().match(page.key, end, limit)
    while again is not None:
        end = again.end() + 1
        again = honorific_pattern().match(page.key, end, limit)
    return end


def _predicate_follows(page: Page, end: int) -> bool:
    word = WORD.match(page.flat, end)
    return word is not None and page.tag_at(word.start(1)) in ("V", "R")


def _named(page: Page, at: int, name: re.Match[str], roles: tuple[str, ...], limit: int, rule: str) -> PersonMention:
    return _with_apposition(page, PersonMention(at, name.end(), _tidy(name.group()), None, roles, rule), limit)


def _with_apposition(page: Page, mention: PersonMention, limit: int) -> PersonMention:
    """The mention with a role told behind the name: ", Phó Bí thư Tỉnh ủy", "- phó chủ tịch …", "(trưởng …)"."""
    if mention.given is not None and _BY.search(page.key, max(0, mention.start - _BY_REACH), mention.start):
        # "Theo bà Hằng, Chủ tịch UBND tỉnh giao …": another's office
        return mention
    link = _POST_LINK.match(page.flat, mention.end, limit)
    if link is None or title_pattern().match(page.key, link.end(), limit) is None:
        return mention
    more, stop, other = read_roles(page, link.end(), limit)
    if other is not None or not more:
        return mention
    close = _CLOSE.match(page.flat, stop, limit)
    if mention.roles and close is None:
        return mention
    if close is not None and ("(" in link.group() or close.group().strip() in (",", "-", "–")):
        stop = close.end()
    return replace(mention, end=stop, roles=(*mention.roles, *more))


def _tidy(name: str) -> str:
    return " ".join(name.split())
