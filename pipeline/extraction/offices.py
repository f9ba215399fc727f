"""The issuer of an official document: who concludes, orders or signs, by its title, text, head and signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import msgspec

from pipeline import lexicon
from pipeline.extraction.bodies import begins_with_body
from pipeline.extraction.names import PersonMention
from pipeline.extraction.page import Page
from pipeline.extraction.people_index import PeopleIndex
from pipeline.extraction.person_words import role_head, title_pattern
from pipeline.extraction.speakers import Speaker, Speakers
from pipeline.extraction.vocabulary import any_of
from pipeline.language.matchkey import match_key
from pipeline.read.capitals import as_written
from pipeline.read.letterhead import find_issuing_body
from pipeline.read.signature import find_signer
from pipeline.records import Genre

_BODY_END = re.compile(r"\s(?:tại|về|trong|sau)\s|$")
_OFFICE_END = re.compile(r"\s(?:tại|về|trong|sau khi|đối với)\s")
_COLLECTIVE = re.compile(r"(?:ban thường vụ|ban chấp hành|thường trực|tập thể|ban cán sự)(?!\w)")
"""Titles that are no person's: a body concludes."""
_LIST_COLON = re.compile(r"[^.;:]*:\s*$")
_FOR_ANOTHER = frozenset({"KT.", "TL.", "TUQ.", "Q."})
_NO_ORDER = frozenset({"title", "letterhead", "legal_basis", "boilerplate", "dateline", "recipients", "signature"})


class DocumentWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `lexicon/documents.toml`."""

    conclusions: list[str]
    orders_before_colon: list[str]
    orders: list[str]


@cache
def _words() -> DocumentWords:
    return lexicon.read_entries("documents.toml", DocumentWords)


@dataclass(frozen=True, slots=True)
class _Patterns:
    conclusion: re.Pattern[str]
    order: re.Pattern[str]
    list_intro: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = _words()
    before_colon = rf"{any_of(words.orders_before_colon)}(?: như sau)?"
    return _Patterns(
        conclusion=re.compile(rf"{any_of(words.conclusions)}\s+(?:(?:cuộc họp\s+)?của\s+)?(?:đồng chí\s+)?"),
        order=re.compile(rf"(?<!\w){before_colon}(?= *:|(?: \w+){{0,6}}:)|(?<!\w){any_of(words.orders)}(?!\w)"),
        list_intro=re.compile(rf"(?<!\w){before_colon}(?: [^\W\d_]+){{0,8}} *:\s*$"),
    )


def introduces_orders(page: Page, start: int, end: int) -> bool:
    """Whether a sentence of an official document introduces its list of orders: "… kết luận như sau:"."""
    return _patterns().list_intro.search(page.key, max(start, end - 120), end) is not None


def find_issuer(page: Page, people: Sequence[PersonMention], index: PeopleIndex, genre: Genre) -> Speaker | None:
    """The person (by office, with the name where told) or the body in whose name an official document orders.

    In order: the title ("Kết luận của Thủ tướng Chính phủ Phạm Minh Chính"), the subject of the sentence that orders,
    the body of the letterhead. None where the document names nobody.
    """
    titles = [block for block in page.blocks if block.kind == "title"]
    if titles:
        found = _in_title(page, titles[0].start, titles[-1].end, index)
        if found is not None:
            return found
    head = _letterhead(page) if genre not in ("notice", "minutes") else None
    subject = _of_order(page, Speakers(page, people, index), head.level if head is not None else None)
    if subject is None:
        if genre == "minutes":
            return None
        # "TM. ỦY BAN NHÂN DÂN": the body speaks, whoever signs on its behalf
        return (_letterhead(page) if _on_behalf(page) else None) or _signer(page) or _letterhead(page)
    if subject.person is None and subject.role is not None:
        subject = _signed(page, subject)
    if subject.body is not None and genre != "minutes":
        fuller = _letterhead(page)
        if fuller is not None and fuller.body is not None and subject.body.lower() in fuller.body.lower():
            return Speaker(None, None, fuller.body, subject.start, subject.end, subject.rule)
    return subject


def _in_title(page: Page, start: int, end: int, index: PeopleIndex) -> Speaker | None:
    """The one whose conclusion the document's title names."""
    conclusion = _patterns().conclusion.search(page.key, start, end)
    if conclusion is None:
        return None
    at = conclusion.end()
    if title_pattern().match(page.key, at, end) is None:
        if not begins_with_body(page, at, end):
            return None
        stop = _BODY_END.search(page.key, at, end)
        stop_at = stop.start() if stop else end
        return Speaker(None, None, as_written(page.slice(at, stop_at), page.text), at, stop_at, "document-title")
    stop = _OFFICE_END.search(page.key, at, end)
    stop_at = stop.start() if stop else end
    words = page.slice(at, stop_at)
    for person in index.known.values():
        if person.name.lower() in words.lower():
            told = person.roles[0] if person.roles else None
            role = next((role for role in person.roles if role_head(role) == role_head(words)), told)
            return Speaker(person.name, role, None, at, stop_at, "document-title")
    office = as_written(words, page.text)
    if _COLLECTIVE.match(match_key(office)):
        return Speaker(None, None, office, at, stop_at, "document-title")
    holder = index.by_role(office, len(page.text))
    if holder is not None:
        return Speaker(holder.name, holder.roles[0], None, at, stop_at, "document-title")
    return Speaker(None, office, None, at, stop_at, "document-title")


def _of_order(page: Page, speakers: Speakers, highest: int | None) -> Speaker | None:
    """The subject of the sentence that introduces the list of orders ("… yêu cầu:"); without one that of the first
    sentence that orders; of one that only asks ("đề nghị") where none orders.

    One who stands above `highest`, the level of the issuing body, ordered what the document carries out.
    """
    asks: Speaker | None = None
    orders: Speaker | None = None
    for sentence in page.sentences:
        if sentence.kind in _NO_ORDER or sentence.marker:
            continue
        for match in _patterns().order.finditer(page.key, sentence.start, sentence.end):
            subject = speakers.subject(sentence.start, match.start(), None)
            if subject is None or not (subject.role or subject.body):
                continue
            subject = _as_office(page, subject)
            if _LIST_COLON.match(page.flat, match.end(), sentence.end):
                return subject
            if highest is not None and subject.level > highest:
                continue
            if "đề nghị" in match.group():
                asks = asks or subject
            else:
                orders = orders or subject
    return orders or asks


def _as_office(page: Page, speaker: Speaker) -> Speaker:
    """A subject in capitals that is an office and no body ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH") as that office."""
    if speaker.body is None or not title_pattern().match(match_key(speaker.body)):
        return speaker
    return replace(speaker, role=as_written(speaker.body, page.text), body=None)


def _signed(page: Page, subject: Speaker) -> Speaker:
    """An office that orders, with the name of its holder who signs; one who signs for him (KT., TL.) isn't he."""
    signer = _signer(page)
    if signer is None or not signer.role or not signer.role.lower().startswith(role_head(subject.role or "")):
        return subject
    return Speaker(signer.person, subject.role, None, subject.start, subject.end, "signature")


def _signer(page: Page) -> Speaker | None:
    """The holder of the office who signs himself, with the office; None where another does for him (KT., TL., TUQ.)."""
    signer = find_signer(page.text, page.blocks)
    if signer is None or signer.role is None or signer.authority in _FOR_ANOTHER:
        return None
    at = max(page.text.lower().rfind(signer.name.lower()), 0)
    return Speaker(signer.name, signer.role, None, at, at + len(signer.name), "signature")


def _on_behalf(page: Page) -> bool:
    """Whether the document is signed on behalf of the body (TM.; Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    signer = find_signer(page.text, page.blocks)
    return signer is not None and signer.authority is not None and signer.authority.startswith(("TM", "T/M"))


def _letterhead(page: Page) -> Speaker | None:
    """The issuing body of the letterhead."""
    name = find_issuing_body(page.text, page.blocks)
    head = [block for block in page.blocks if block.kind == "letterhead"]
    return Speaker(None, None, name, head[0].start, head[-1].end, "letterhead") if name and head else None
