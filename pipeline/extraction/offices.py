"""The issuer of an official document: who concludes, orders or signs, by its title, text, head and signature."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extraction.bodies import begins_with_body
from pipeline.extraction.names import PersonMention
from pipeline.extraction.people_index import PeopleIndex
from pipeline.extraction.person_words import role_head, title_pattern
from pipeline.extraction.page import Page
from pipeline.extraction.speakers import Speaker, Speakers
from pipeline.language.matchkey import match_key
from pipeline.records import Genre

_CONCLUSION = re.compile(r"(?:kết luận|ý kiến(?: chỉ đạo| kết luận)?|chỉ đạo)\s+(?:(?:cuộc họp\s+)?của\s+)?(?:đồng chí\s+)?")
_ORDERS = re.compile(r"(?<!\w)(?:có ý kiến (?:chỉ đạo|kết luận) |kết luận|yêu cầu|chỉ thị|giao|đề nghị|chỉ đạo|điện|thông báo|ban hành kế hoạch|phân công)(?: như sau)?(?= *:|(?: \w+){0,6}:)|(?<!\w)(?:yêu cầu|chỉ thị|đề nghị|điện|kết luận)(?!\w)")


def find_issuer(page: Page, people: list[PersonMention], index: PeopleIndex, genre: Genre) -> Speaker | None:
    """The person (by office, with the name where told) or the body in whose name an official document orders.

    In order: the title ("Kết luận của Thủ tướng Chính phủ Phạm Minh Chính"), the subject of the sentence that orders,
    the body of the letterhead. None where the document names nobody.
    """
    speakers = Speakers(page, people, index)
    titles = [b for b in page.blocks if b.kind == "title"]
    if titles:
        found = _in_title(page, titles[0].start, titles[-1].end, people, index)
        if found is not None:
            return found
    subject = _of_order(page, speakers)
    if subject is not None and subject.person is None and subject.role is not None:
        subject = _signed(page, subject)
    if subject is not None:
        if subject.body is not None and genre != "minutes":
            fuller = _letterhead(page)
            if fuller is not None and fuller.body is not None and subject.body.lower() in fuller.body.lower():
                return Speaker(None, None, fuller.body, subject.start, subject.end, subject.rule)
        return subject
    if genre == "minutes":
        return None
    return _signer(page) or _letterhead(page)


def _in_title(page: Page, start: int, end: int, people: list[PersonMention], index: PeopleIndex) -> Speaker | None:
    match = _CONCLUSION.search(page.key, start, end)
    if match is None:
        return None
    title = title_pattern().match(page.key, match.end(), end)
    if title is None:
        if begins_with_body(page, match.end(), end):
            stop = re.compile(r"\s(?:tại|về|trong|sau)\s|$").search(page.key, match.end(), end)
            stop_at = stop.start() if stop else end
            return Speaker(None, None, _capitals(page.slice(match.end(), stop_at)), match.end(), stop_at, "document-title")
        return None
    stop = re.compile(r"\s(?:tại|về|trong|sau khi|đối với)\s").search(page.key, match.end(), end)
    stop_at = stop.start() if stop else end
    words = page.slice(match.end(), stop_at)
    for person in index.known.values():
        if person.name.lower() in words.lower():
            role = next((r for r in person.roles if role_head(r) == role_head(words)), person.roles[0] if person.roles else None)
            return Speaker(person.name, role, None, match.end(), stop_at, "document-title")
    name = re.search(r"(?:[A-ZĐÀ-Ỹ]{2,} ){1,3}[A-ZĐÀ-Ỹ]{2,}$", words)
    role_words_only = _capitals(words)
    by_role = index.by_role(role_words_only, len(page.text))
    if by_role is not None:
        return Speaker(by_role.name, by_role.roles[0], None, match.end(), stop_at, "document-title")
    del name
    return Speaker(None, role_words_only, None, match.end(), stop_at, "document-title")


def _capitals(words: str) -> str:
    """Words set in capitals as they are written in running text: "THỦ TƯỚNG CHÍNH PHỦ" as "Thủ tướng Chính phủ"."""
    if not words.isupper():
        return words
    lowered = words.lower()
    for lower, written in (("chính phủ", "Chính phủ"), ("ubnd", "UBND"), ("ủy ban nhân dân", "Ủy ban nhân dân"), ("tỉnh ủy", "Tỉnh ủy"), ("hđnd", "HĐND")):
        lowered = lowered.replace(lower, written)
    return lowered[:1].upper() + lowered[1:]


def _of_order(page: Page, speakers: Speakers) -> Speaker | None:
    """The subject of the sentence that orders; of one that only asks ("đề nghị") where none orders."""
    asks: Speaker | None = None
    for sentence in page.sentences:
        if sentence.kind in ("title", "boilerplate", "dateline", "recipients", "signature") or sentence.marker:
            continue
        for match in _ORDERS.finditer(page.key, sentence.start, sentence.end):
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
    """An office that orders with the name of its holder who signs himself; one who signs for him (KT., TL.) is not he."""
    signer = _signer(page)
    if signer is None or not signer.role or not signer.role.lower().startswith(role_head(subject.role or "")):
        return subject
    return Speaker(signer.person, subject.role, None, subject.start, subject.end, "signature")


def _signer(page: Page) -> Speaker | None:
    """The holder of the office who signs himself, with the office; None where another signs for him (KT., TL., TUQ.)."""
    foot = "\n".join(page.text[b.start : b.end] for b in page.blocks if b.kind in ("signature", "recipients"))
    lines = [part.strip(" *_|-") for line in foot.splitlines() for part in re.split(r"\s{3,}|\|", line)]
    if any(re.match(r"(?:KT|TL|TUQ|Q)\s*[.]", line) for line in lines):
        return None
    office = next((line for line in reversed(lines) if line.isupper() and title_pattern().match(line.lower())), None)
    name = next((line for line in reversed(lines) if line.istitle() and 2 <= len(line.split()) <= 5 and line.replace(" ", "").isalpha()), None)
    if office is None or name is None:
        return None
    at = page.text.rfind(name)
    return Speaker(name, _capitals(office), None, at, at + len(name), "signature")


_NO_HEAD = re.compile(r"cộng h[òo][aà]|độc lập|hạnh phúc|đảng cộng sản|chủ nghĩa việt nam|^số|^[\W_]*$|văn phòng thường trực|ngày \d|tháng \d|^ban chấp hành$")


def _letterhead(page: Page) -> Speaker | None:
    """The issuing body of the letterhead: the lines in capitals before the number and sign, the motto left out."""
    lines: list[tuple[int, int, str]] = []
    for block in page.blocks:
        if block.kind == "title":
            break
        if block.kind not in ("boilerplate", "dateline", "heading", "paragraph"):
            continue
        for part in re.finditer(r"[^|\n]+?(?=\s{4,}|\n|\||$)", page.text[block.start : block.end]):
            words = re.sub(r"[*_#|-]+|\s+", " ", part.group()).strip()
            if words.isupper() and len(words) > 3 and not _NO_HEAD.search(words.lower()):
                lines.append((block.start + part.start(), block.start + part.end(), words))
        if block.kind == "dateline":
            break
    if not lines:
        return None
    text = " ".join(words for _, _, words in lines[:3])
    name = _proper(text)
    return Speaker(None, None, name, lines[0][0], lines[min(len(lines), 3) - 1][1], "letterhead") if name else None


def _proper(capitals: str) -> str | None:
    """A body's name in capitals as in running text; the words of places keep their capitals."""
    words = capitals.title() if capitals.isupper() else capitals
    key = words
    for lower in ("Nhân Dân", "Ban Nhân", "Quốc Gia", "Chỉ Đạo", "Chỉ Huy", "Thường Trực", "Quản Lý", "Xã Hội"):
        key = key.replace(lower, lower.lower() if lower != "Ban Nhân" else "ban nhân")
    for head in ("Tỉnh", "Thành Phố", "Huyện", "Quận", "Xã", "Phường", "Thị Xã"):
        key = re.sub(rf"(?<=\S ){head}(?= )", head.lower(), key)
    return key.replace("Chính Phủ", "Chính phủ").replace("Thủ Tướng", "Thủ tướng").replace("Văn Phòng", "Văn phòng").replace("Y Tế", "Y tế").strip() or None
