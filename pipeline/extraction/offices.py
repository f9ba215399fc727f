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
from pipeline.records import Genre

_BODY_END = re.compile(r"\s(?:tại|về|trong|sau)\s|$")
_OFFICE_END = re.compile(r"\s(?:tại|về|trong|sau khi|đối với)\s")
_FOR_ANOTHER = re.compile(r"(?:KT|TL|TUQ|Q)\s*[.]")
_CELL = re.compile(r"\s{3,}|\|")
_HEAD_PART = re.compile(r"[^|\n]+?(?=\s{4,}|\n|\||$)")
_DECORATION = re.compile(r"[*_#|-]+|\s+")
_LETTERHEAD_LINES = 3
_NO_ORDER = frozenset({"title", "letterhead", "legal_basis", "boilerplate", "dateline", "recipients", "signature"})


class DocumentWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `lexicon/documents.toml`."""

    conclusions: list[str]
    orders_before_colon: list[str]
    orders: list[str]
    no_letterhead: str
    offices_written: list[str]
    small_words: list[str]
    small_units: list[str]
    one_capital: list[str]


@cache
def _words() -> DocumentWords:
    return lexicon.read_entries("documents.toml", DocumentWords)


@dataclass(frozen=True, slots=True)
class _Patterns:
    conclusion: re.Pattern[str]
    order: re.Pattern[str]
    list_intro: re.Pattern[str]
    no_letterhead: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = _words()
    before_colon = rf"{any_of(words.orders_before_colon)}(?: như sau)?"
    return _Patterns(
        conclusion=re.compile(rf"{any_of(words.conclusions)}\s+(?:(?:cuộc họp\s+)?của\s+)?(?:đồng chí\s+)?"),
        order=re.compile(rf"(?<!\w){before_colon}(?= *:|(?: \w+){{0,6}}:)|(?<!\w){any_of(words.orders)}(?!\w)"),
        list_intro=re.compile(rf"(?<!\w){before_colon}(?: [^\W\d_]+){{0,8}} *:\s*$"),
        no_letterhead=re.compile(words.no_letterhead),
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
    subject = _of_order(page, Speakers(page, people, index))
    if subject is None:
        return None if genre == "minutes" else _signer(page) or _letterhead(page)
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
        return Speaker(None, None, _capitals(page.slice(at, stop_at)), at, stop_at, "document-title")
    stop = _OFFICE_END.search(page.key, at, end)
    stop_at = stop.start() if stop else end
    words = page.slice(at, stop_at)
    for person in index.known.values():
        if person.name.lower() in words.lower():
            told = person.roles[0] if person.roles else None
            role = next((role for role in person.roles if role_head(role) == role_head(words)), told)
            return Speaker(person.name, role, None, at, stop_at, "document-title")
    office = _capitals(words)
    holder = index.by_role(office, len(page.text))
    if holder is not None:
        return Speaker(holder.name, holder.roles[0], None, at, stop_at, "document-title")
    return Speaker(None, office, None, at, stop_at, "document-title")


def _capitals(words: str) -> str:
    """Words set in capitals as they are written in running text: "THỦ TƯỚNG CHÍNH PHỦ" as "Thủ tướng Chính phủ"."""
    if not words.isupper():
        return words
    lowered = words.lower()
    for written in _words().offices_written:
        lowered = lowered.replace(written.lower(), written)
    return lowered[:1].upper() + lowered[1:]


def _of_order(page: Page, speakers: Speakers) -> Speaker | None:
    """The subject of the first sentence that orders; of one that only asks ("đề nghị") where none orders."""
    asks: Speaker | None = None
    for sentence in page.sentences:
        if sentence.kind in _NO_ORDER or sentence.marker:
            continue
        for match in _patterns().order.finditer(page.key, sentence.start, sentence.end):
            subject = speakers.subject(sentence.start, match.start(), None)
            if subject is None or not (subject.role or subject.body):
                continue
            subject = _as_office(subject)
            if "đề nghị" not in match.group():
                return subject
            asks = asks or subject
    return asks


def _as_office(speaker: Speaker) -> Speaker:
    """A subject in capitals that is an office and no body ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH") as that office."""
    if speaker.body is None or not title_pattern().match(match_key(speaker.body)):
        return speaker
    return replace(speaker, role=_capitals(speaker.body), body=None)


def _signed(page: Page, subject: Speaker) -> Speaker:
    """An office that orders, with the name of its holder who signs; one who signs for him (KT., TL.) isn't he."""
    signer = _signer(page)
    if signer is None or not signer.role or not signer.role.lower().startswith(role_head(subject.role or "")):
        return subject
    return Speaker(signer.person, subject.role, None, subject.start, subject.end, "signature")


def _signer(page: Page) -> Speaker | None:
    """The holder of the office who signs himself, with the office; None where another does for him (KT., TL., TUQ.)."""
    foot = "\n".join(page.text[b.start : b.end] for b in page.blocks if b.kind in ("signature", "recipients"))
    lines = [part.strip(" *_|-") for line in foot.splitlines() for part in _CELL.split(line)]
    if any(_FOR_ANOTHER.match(line) for line in lines):
        return None
    office = next((line for line in reversed(lines) if line.isupper() and title_pattern().match(line.lower())), None)
    name = next((line for line in reversed(lines) if _is_name(line)), None)
    if office is None or name is None:
        return None
    at = page.text.rfind(name)
    return Speaker(name, _capitals(office), None, at, at + len(name), "signature")


def _is_name(line: str) -> bool:
    return line.istitle() and 2 <= len(line.split()) <= 5 and line.replace(" ", "").isalpha()


def _letterhead(page: Page) -> Speaker | None:
    """The issuing body of the letterhead: the lines in capitals before the number and sign, the motto left out."""
    lines: list[tuple[int, int, str]] = []
    for block in page.blocks:
        if block.kind == "title":
            break
        if block.kind not in ("letterhead", "boilerplate", "dateline", "heading", "paragraph"):
            continue
        for part in _HEAD_PART.finditer(page.text[block.start : block.end]):
            words = _DECORATION.sub(" ", part.group()).strip()
            if words.isupper() and len(words) > 3 and not _patterns().no_letterhead.search(words.lower()):
                lines.append((block.start + part.start(), block.start + part.end(), words))
        if block.kind == "dateline":
            break
    if not lines:
        return None
    head = lines[:_LETTERHEAD_LINES]
    name = _proper(" ".join(words for _, _, words in head))
    return Speaker(None, None, name, head[0][0], head[-1][1], "letterhead") if name else None


def _proper(capitals: str) -> str | None:
    """A body's name in capitals as in running text; the words of places keep their capitals."""
    name = capitals.title() if capitals.isupper() else capitals
    words = _words()
    for small in words.small_words:
        name = name.replace(small.title(), small)
    for unit in words.small_units:
        name = re.sub(rf"(?<=\S ){unit.title()}(?= )", unit, name)
    for written in words.one_capital:
        name = name.replace(written.title(), written)
    return name.strip() or None
