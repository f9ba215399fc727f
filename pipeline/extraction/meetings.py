"""The main meeting of a report: its day, place, chairs and organizer, as told."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from pipeline.dates import TimeExpression, read_dates
from pipeline.extraction.names import PersonMention
from pipeline.extraction.people_index import PeopleIndex
from pipeline.extraction.page import Page, Sentence
from pipeline.records import Chair, Meeting, Organizer

_MEETING = re.compile(
    r"(?<!\w)(?:hội nghị|cuộc họp báo|họp báo|cuộc họp|phiên họp|buổi họp|buổi làm việc|cuộc làm việc|hội thảo|tọa đàm|toạ đàm|phiên chất vấn|phiên thảo luận|"
    r"kỳ họp|đại hội|buổi tiếp xúc|tiếp xúc cử tri|hội đàm|buổi đối thoại|đối thoại|lễ phát động|buổi xin lỗi|buổi kiểm tra|buổi gặp mặt|"
    r"làm việc với|họp với|họp giao ban|giao ban|chủ trì họp|cuộc tiếp xúc|họp bàn|họp trực tuyến|họp khẩn|họp phiên|họp thường kỳ|đã họp|buổi giám sát|đoàn công tác|phiên giải trình|diễn đàn)(?!\w)"
)
_CHAIR = re.compile(r"(?<!\w)(?:đồng )?chủ (?:trì|tọa|toạ)(?!\w)")
_CHAIR_NOUN = re.compile(r"(?<!\w)(?:đơn vị|cơ quan|bộ|sở|giao|vai trò|được giao|làm|do bộ|do sở|ủy ban nhân dân) *$")
_DUTY = re.compile(r" *,? *(?:phối hợp|xây dựng|thực hiện|nghiên cứu|tham mưu|soạn thảo|rà soát|triển khai|tổng hợp|lập|kiểm tra|hướng dẫn|giúp|xử lý|điều phối|trình|đề xuất|việc|theo dõi|tổ chức thực hiện|đề án)")
_ORGANIZES = re.compile(r"(?<!\w)(?<!cuộc )(?<!buổi )(?<!phiên )(?<!kỳ )(?:đã |vừa |long trọng )*(?:tổ chức|khai mạc|họp|tiến hành|có buổi làm việc|triệu tập|phối hợp tổ chức)(?!\w)")
_PAST_OR_OTHER = re.compile(r"(?<!\w)(?:trước đó|năm ngoái|tại kỳ họp trước|sắp tới|tới đây|dự kiến|nghị quyết (?:số )?|kết luận (?:số )?)(?!\w)")
_HEADLINE_KINDS = ("title", "heading", "caption", "related_link", "boilerplate", "byline", "dateline", "recipients", "signature")


@dataclass(frozen=True, slots=True)
class MeetingReading:
    """The meeting with the offsets that show it."""

    meeting: Meeting
    sentence: Sentence | None


_NOTHING = Meeting(name=None, date=None, place=None, organizer=None, chairs=())


def find_meeting(page: Page, people: list[PersonMention], index: PeopleIndex, published: datetime.date | None) -> MeetingReading:
    """The main meeting reported: the first in the report's opening that is told with a day; chairs from wherever told.

    A report of no meeting gives nulls and no chairs. Days are read back from `published`; without it only days with
    a year are.
    """
    body = [s for s in page.sentences if s.kind not in _HEADLINE_KINDS]
    opening = body[: max(8, len(body) // 4)][:16]
    chosen: Sentence | None = None
    day: str | None = None
    for sentence in opening:
        match = _MEETING.search(page.key, sentence.start, sentence.end)
        if match is None:
            continue
        found = _day_of(page, sentence, match, published)
        if found is not None:
            chosen, day = sentence, found
            break
    if chosen is None:
        chosen, day = _told_over_two_sentences(page, opening, published)
    chairs = _chairs(page, body, people, index)
    if chosen is None and not chairs:
        return MeetingReading(_NOTHING, None)
    organizer = _organizer(page, chosen) if chosen is not None else None
    return MeetingReading(
        Meeting(name=_name(page, chosen), date=day, place=None, organizer=organizer, chairs=tuple(chairs)), chosen
    )


def _expressions(page: Page, sentence: Sentence, published: datetime.date | None) -> list[TimeExpression]:
    on = published or datetime.date(2000, 1, 1)
    text = page.flat[sentence.start : sentence.end]
    found = read_dates(text, on, direction="past")
    if published is None:
        found = [t for t in found if re.search(r"(?:19|20)\d\d", t.text)]
    return found


def _day_of(page: Page, sentence: Sentence, meeting: re.Match[str], published: datetime.date | None) -> str | None:
    """The single day of a sentence that tells of the meeting: the one nearest to the words for it."""
    candidates = []
    for expression in _expressions(page, sentence, published):
        start = expression.start
        if start is None or expression.end is None:
            continue
        if expression.start != expression.end and not re.match(r"từ (?:ngày )?\d", expression.text.lower()):
            continue
        if expression.recurrence or expression.modifier in ("trước", "chậm nhất", "đến hết"):
            continue
        at = sentence.start + expression.char_start
        before = page.key[max(sentence.start, at - 26) : at]
        if re.search(r"(?:nghị quyết|quyết định|kết luận|công văn|chỉ thị|nghị định|luật|thông báo|số [\w/.-]+|văn bản|ký|từ|đến|trước|sau|tính đến)[ ,(]*(?:ngày )?$", before) and not before.rstrip().endswith("từ"):
            continue
        if published is not None:
            gap = (published - datetime.date.fromisoformat(start)).days
            if gap < -1 or gap > 45:
                continue
        candidates.append((abs(at - meeting.start()), start))
    return min(candidates)[1] if candidates else None


def _told_over_two_sentences(
    page: Page, opening: list[Sentence], published: datetime.date | None
) -> tuple[Sentence | None, str | None]:
    """A meeting told in one sentence and its day in the sentence before ("Sáng 12-3, ông … đến …. Tại buổi làm việc …")."""
    for before, sentence in zip(opening, opening[1:], strict=False):
        match = re.compile(r"(?:phát biểu )?(?:tại|trong|kết luận|mở đầu|khai mạc) (?:cuộc|buổi|hội nghị|phiên|kỳ)").match(page.key, sentence.start)
        if match is None:
            continue
        for expression in _expressions(page, before, published):
            if expression.start is not None and expression.start == expression.end and published is not None:
                gap = (published - datetime.date.fromisoformat(expression.start)).days
                if 0 <= gap <= 10:
                    return before, expression.start
    return None, None


def _name(page: Page, sentence: Sentence | None) -> str | None:
    if sentence is None:
        return None
    match = _MEETING.search(page.key, sentence.start, sentence.end)
    if match is None:
        return None
    stop = re.compile(r"[,.;(]| nhằm | do | với sự| tại |$").search(page.flat, match.start(), min(sentence.end, match.start() + 160))
    end = stop.start() if stop and stop.start() > match.end() else match.end()
    return page.slice(match.start(), end)


def _organizer(page: Page, sentence: Sentence) -> Organizer | None:
    from pipeline.extraction.bodies import begins_with_body

    match = _ORGANIZES.search(page.key, sentence.start, sentence.end)
    if match is None:
        return None
    start = sentence.start
    for comma in re.finditer(r"[,–:] *", page.flat[sentence.start : match.start()]):
        start = sentence.start + comma.end()
        if begins_with_body(page, start, match.start()):
            break
    text = page.text[start : match.start()].rstrip()
    if not begins_with_body(page, start, match.start()) or not 2 < len(text) < 120:
        return None
    return Organizer(text=text, name=re.sub(r"\s+", " ", text))


def _chairs(page: Page, body: list[Sentence], people: list[PersonMention], index: PeopleIndex) -> list[Chair]:
    """Those who chaired: persons before "chủ trì …" in its clause, or behind "do … chủ trì", "Chủ trì: …"."""
    found: dict[str, Chair] = {}
    for sentence in body[:40]:
        for match in _CHAIR.finditer(page.key, sentence.start, sentence.end):
            before = page.key[max(sentence.start, match.start() - 24) : match.start()]
            if _CHAIR_NOUN.search(before) or _DUTY.match(page.key, match.end()):
                continue
            after = page.key[match.end() : match.end() + 60]
            listed = re.match(r" *(?:hội nghị|cuộc họp|buổi họp|phiên họp|buổi làm việc)? *(?:là|:|gồm|có)", after)
            by = re.match(r" *của *", after)
            if by is not None:
                under = match.end() + by.end()
                mention = next((m for m in people if under <= m.start <= under + 3), None)
                if mention is not None and mention.name is not None:
                    found.setdefault(mention.name, Chair(name=mention.name, roles=mention.roles))
                continue
            if not re.match(r" *(?:[,.;:]|$|và |hội nghị|cuộc|phiên|buổi|họp|kỳ họp|tại|đại hội|làm việc|hội thảo|tọa|toạ|toàn|điểm cầu|là|gồm|lễ|chương trình|đối thoại|giao ban|tiếp|ngày)", after):
                continue
            if listed is not None:
                group = [m for m in people if match.end() <= m.start < sentence.end]
            else:
                group = _before(page, people, sentence, match.start())
            for mention in group:
                person = index.by_name(mention.name) if mention.name else index.by_role(mention.roles[-1], mention.start) if mention.roles else None
                name = person.name if person else mention.name
                if name is not None and name not in found:
                    roles = mention.roles or tuple(person.roles if person else ())
                    found[name] = Chair(name=name, roles=tuple(roles))
        if found:
            break
    return list(found.values())


def _before(page: Page, people: list[PersonMention], sentence: Sentence, at: int) -> list[PersonMention]:
    """The persons joined by commas and "và" right before `at`."""
    group: list[PersonMention] = []
    edge = at
    for mention in reversed([m for m in people if sentence.start <= m.start and m.end <= at]):
        gap = page.key[mention.end : edge]
        if len(re.sub(r"(?:đã|cùng|và|,|;|đồng chí|-|–|:|\)|\s)+", "", gap)) > (0 if group else 4):
            if group or not re.fullmatch(r"[ ,)–-]*(?:\w+ ){0,3}", gap):
                break
        group.append(mention)
        edge = mention.start
    return list(reversed(group))
