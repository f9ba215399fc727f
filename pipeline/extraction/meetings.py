"""The main meeting of a report: its day, place, chairs and organizer, as told."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import msgspec

from pipeline import lexicon
from pipeline.dates import TimeExpression, read_dates
from pipeline.extraction.bodies import begins_with_body
from pipeline.extraction.names import PersonMention
from pipeline.extraction.page import Page, Sentence
from pipeline.extraction.people_index import PeopleIndex
from pipeline.extraction.vocabulary import any_of
from pipeline.records import Chair, Meeting, Organizer

_NO_BODY = frozenset(
    {
        "title",
        "heading",
        "caption",
        "credit",
        "related_link",
        "tags",
        "letterhead",
        "legal_basis",
        "addressees",
        "boilerplate",
        "byline",
        "dateline",
        "recipients",
        "signature",
    }
)
_DAYS_BACK = 45
"""A meeting was held at most so many days before its report is published."""
_SENTENCES_FOR_CHAIRS = 40
_YEAR = re.compile(r"(?:19|20)\d\d")
_FROM_DAY = re.compile(r"từ (?:ngày )?\d")
_CHAIR = re.compile(r"(?<!\w)(?:đồng )?chủ (?:trì|tọa)(?!\w)")
_OF = re.compile(r" *của *")
_NAME_END = re.compile(r"[,.;(]| nhằm | do | với sự| tại |$")
_CLAUSE = re.compile(r"[,–:] *")
_JOINING = re.compile(r"(?:đã|cùng|và|,|;|đồng chí|-|–|:|\)|\s)+")
_FEW_WORDS = re.compile(r"[ ,)–-]*(?:\w+ ){0,3}")


class MeetingWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `lexicon/meetings.toml`."""

    meetings: list[str]
    organizing: list[str]
    other_day: list[str]
    told_at: list[str]
    told_meetings: list[str]
    chair_not_after: list[str]
    chair_duties: list[str]
    chaired: list[str]
    chaired_by_list: list[str]


@dataclass(frozen=True, slots=True)
class _Patterns:
    meeting: re.Pattern[str]
    organizes: re.Pattern[str]
    other_day: re.Pattern[str]
    told: re.Pattern[str]
    chair_not_after: re.Pattern[str]
    chair_duty: re.Pattern[str]
    chaired: re.Pattern[str]
    listed: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = lexicon.read_entries("meetings.toml", MeetingWords)
    return _Patterns(
        meeting=re.compile(rf"(?<!\w){any_of(words.meetings)}(?!\w)"),
        organizes=re.compile(
            rf"(?<!\w)(?<!cuộc )(?<!buổi )(?<!phiên )(?<!kỳ )"
            rf"(?:đã |vừa |long trọng )*{any_of(words.organizing)}(?!\w)"
        ),
        other_day=re.compile(rf"(?:{any_of(words.other_day)}|số [\w/.-]+)[ ,(]*(?:ngày )?$"),
        told=re.compile(rf"(?:phát biểu )?{any_of(words.told_at)} {any_of(words.told_meetings)}"),
        chair_not_after=re.compile(rf"(?<!\w){any_of(words.chair_not_after)} *$"),
        chair_duty=re.compile(rf" *,? *{any_of(words.chair_duties)}"),
        chaired=re.compile(rf" *(?:[,.;:]|$|{any_of(words.chaired)})"),
        listed=re.compile(rf" *{any_of(words.chaired_by_list)}? *(?:là|:|gồm|có)"),
    )


@dataclass(frozen=True, slots=True)
class MeetingReading:
    """The meeting, and the sentence that tells its day (null when none does)."""

    meeting: Meeting
    sentence: Sentence | None


_NOTHING = Meeting(name=None, date=None, place=None, organizer=None, chairs=())


def find_meeting(
    page: Page, people: Sequence[PersonMention], index: PeopleIndex, published: datetime.date | None
) -> MeetingReading:
    """The main meeting reported: the first in the report's opening that is told with a day; chairs from wherever told.

    A report of no meeting gives nulls and no chairs. Days are read back from `published`; without it only days with
    a year are. Not read: the place (always null).
    """
    body = [sentence for sentence in page.sentences if sentence.kind not in _NO_BODY]
    opening = body[: max(8, len(body) // 4)][:16]
    chosen, day = _told_at_once(page, opening, published)
    if chosen is None:
        chosen, day = _told_over_two_sentences(page, opening, published)
    chairs = _chairs(page, body, people, index)
    if chosen is None:
        if not chairs:
            return MeetingReading(_NOTHING, None)
        return MeetingReading(Meeting(name=None, date=None, place=None, organizer=None, chairs=chairs), None)
    meeting = Meeting(name=_name(page, chosen), date=day, place=None, organizer=_organizer(page, chosen), chairs=chairs)
    return MeetingReading(meeting, chosen)


def _told_at_once(
    page: Page, opening: Sequence[Sentence], published: datetime.date | None
) -> tuple[Sentence | None, str | None]:
    """The first sentence that tells of a meeting and its day, and that day."""
    for sentence in opening:
        match = _patterns().meeting.search(page.key, sentence.start, sentence.end)
        day = _day_of(page, sentence, match, published) if match is not None else None
        if day is not None:
            return sentence, day
    return None, None


def _expressions(page: Page, sentence: Sentence, published: datetime.date | None) -> list[TimeExpression]:
    on = published or datetime.date(2000, 1, 1)
    found = read_dates(page.flat[sentence.start : sentence.end], on, direction="past")
    return found if published is not None else [time for time in found if _YEAR.search(time.text)]


def _day_of(page: Page, sentence: Sentence, meeting: re.Match[str], published: datetime.date | None) -> str | None:
    """The single day of a sentence that tells of the meeting: the one nearest to the words for it."""
    candidates = []
    for expression in _expressions(page, sentence, published):
        start = expression.start
        if start is None or expression.end is None:
            continue
        if start != expression.end and not _FROM_DAY.match(expression.text.lower()):
            continue
        if expression.recurrence or expression.modifier in ("trước", "chậm nhất", "đến hết"):
            continue
        at = sentence.start + expression.char_start
        before = page.key[max(sentence.start, at - 26) : at]
        if _patterns().other_day.search(before) and not before.rstrip().endswith("từ"):
            continue
        if published is not None and not -1 <= (published - datetime.date.fromisoformat(start)).days <= _DAYS_BACK:
            continue
        candidates.append((abs(at - meeting.start()), start))
    return min(candidates)[1] if candidates else None


def _told_over_two_sentences(
    page: Page, opening: Sequence[Sentence], published: datetime.date | None
) -> tuple[Sentence | None, str | None]:
    """A meeting told in one sentence, its day in the one before ("Sáng 12-3, ông … đến …. Tại buổi làm việc …")."""
    if published is None:
        return None, None
    for before, sentence in pairwise(opening):
        if _patterns().told.match(page.key, sentence.start) is None:
            continue
        for expression in _expressions(page, before, published):
            if expression.start is not None and expression.start == expression.end:
                gap = (published - datetime.date.fromisoformat(expression.start)).days
                if 0 <= gap <= 10:
                    return before, expression.start
    return None, None


def _name(page: Page, sentence: Sentence) -> str | None:
    match = _patterns().meeting.search(page.key, sentence.start, sentence.end)
    if match is None:
        return None
    stop = _NAME_END.search(page.flat, match.start(), min(sentence.end, match.start() + 160))
    end = stop.start() if stop and stop.start() > match.end() else match.end()
    return page.slice(match.start(), end)


def _organizer(page: Page, sentence: Sentence) -> Organizer | None:
    """The body before the verb of holding a meeting: "Sáng 8/6, Sở Y tế tổ chức hội nghị …"."""
    match = _patterns().organizes.search(page.key, sentence.start, sentence.end)
    if match is None:
        return None
    start = sentence.start
    for comma in _CLAUSE.finditer(page.flat, sentence.start, match.start()):
        start = comma.end()
        if begins_with_body(page, start, match.start()):
            break
    text = page.text[start : match.start()].rstrip()
    if not begins_with_body(page, start, match.start()) or not 2 < len(text) < 120:
        return None
    return Organizer(text=text, name=re.sub(r"\s+", " ", text))


def _chairs(
    page: Page, body: Sequence[Sentence], people: Sequence[PersonMention], index: PeopleIndex
) -> tuple[Chair, ...]:
    """Those who chaired, by the first sentence that tells: persons before "chủ trì …" in its clause, or behind
    "chủ trì của …", "Chủ trì: …"."""
    found: dict[str, Chair] = {}
    for sentence in body[:_SENTENCES_FOR_CHAIRS]:
        for match in _CHAIR.finditer(page.key, sentence.start, sentence.end):
            for chair in _chairs_at(page, sentence, match, people, index):
                found.setdefault(chair.name, chair)
        if found:
            break
    return tuple(found.values())


def _chairs_at(
    page: Page, sentence: Sentence, match: re.Match[str], people: Sequence[PersonMention], index: PeopleIndex
) -> list[Chair]:
    """The persons of whom one use of "chủ trì" tells that they chair."""
    patterns = _patterns()
    end = match.end()
    if patterns.chair_not_after.search(page.key[max(sentence.start, match.start() - 24) : match.start()]):
        return []
    if patterns.chair_duty.match(page.key, end):
        return []
    reach = end + 60
    by = _OF.match(page.key, end, reach)
    if by is not None:
        mention = next((m for m in people if by.end() <= m.start <= by.end() + 3), None)
        if mention is None or mention.name is None:
            return []
        return [Chair(name=mention.name, roles=mention.roles)]
    if not patterns.chaired.match(page.key, end, reach):
        return []
    if patterns.listed.match(page.key, end, reach):
        group = [m for m in people if end <= m.start < sentence.end]
    else:
        group = _before(page, people, sentence, match.start())
    chairs = (_as_chair(mention, index) for mention in group)
    return [chair for chair in chairs if chair is not None]


def _as_chair(mention: PersonMention, index: PeopleIndex) -> Chair | None:
    """A mentioned person as a chair, by the name the report gives; None where it gives none."""
    person = None
    if mention.name:
        person = index.by_name(mention.name)
    elif mention.roles:
        person = index.by_role(mention.roles[-1], mention.start)
    name = person.name if person else mention.name
    return Chair(name=name, roles=mention.roles or tuple(person.roles if person else ())) if name is not None else None


def _before(page: Page, people: Sequence[PersonMention], sentence: Sentence, at: int) -> list[PersonMention]:
    """The persons joined by commas and "và" right before `at`."""
    group: list[PersonMention] = []
    edge = at
    for mention in reversed([m for m in people if sentence.start <= m.start and m.end <= at]):
        gap = page.key[mention.end : edge]
        rest = len(_JOINING.sub("", gap))
        if group and rest > 0:
            break
        if rest > 4 and not _FEW_WORDS.fullmatch(gap):
            break
        group.append(mention)
        edge = mention.start
    return list(reversed(group))
