"""Which of the dates in and around an ask bounds the work, and which is in its subject, past, or somebody else's."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

import msgspec

from pipeline import lexicon
from pipeline.dates import TimeExpression, read_dates
from pipeline.extraction.ask_list import Ask
from pipeline.extraction.page import Page
from pipeline.extraction.vocabulary import alternation, any_of
from pipeline.records import Deadline, Evidence, Recurrence

STRONG = frozenset({"trước", "chậm nhất", "đến hết", "đến", "từ nay đến", "hạn"})
"""Modifiers that bound whatever they stand with."""

_ANY_DAY = datetime.date(2000, 1, 1)
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE = 36
"""How many characters before a time tell what it belongs to."""
_LISTED = re.compile(r"\s*(?:,|và|, và)\s*")
_BRACKET = re.compile(r"[(]\s*$")
_OWN_ISSUE = re.compile(r"(?:ngày )?(?:ban hành|ký|thông báo|công bố)?.*(?:này|ban hành|ký)$")


class BoundWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `lexicon/bounds.toml`."""

    inside_subject: list[str]
    bound_before: list[str]
    begin_before: list[str]
    recurring_things: list[str]
    purposes: list[str]
    urgency: list[str]


@dataclass(frozen=True, slots=True)
class _Patterns:
    inside_subject: re.Pattern[str]
    bound_before: re.Pattern[str]
    begin_before: re.Pattern[str]
    recurring_thing: re.Pattern[str]
    purpose: re.Pattern[str]
    """A clause of purpose ("Để dự án xong trong năm 2023, …") tells an aim, not the bound of the ask."""
    urgency: re.Pattern[str]
    event: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = lexicon.read_entries("bounds.toml", BoundWords)
    events = alternation(lexicon.read_list("event_bounds.txt"))
    return _Patterns(
        inside_subject=re.compile(rf"(?<!\w){any_of(words.inside_subject)}[ ,(]*$"),
        bound_before=re.compile(rf"(?<!\w){any_of(words.bound_before)}[ ,]*$"),
        begin_before=re.compile(rf"(?<!\w){any_of(words.begin_before)} *$"),
        recurring_thing=re.compile(rf"(?<!\w){any_of(words.recurring_things)}\s*$"),
        purpose=re.compile(rf"{any_of(words.purposes)}(?!\w)"),
        urgency=re.compile(rf"(?<!\w){any_of(words.urgency)}(?!\w)"),
        event=re.compile(rf"(?<!\w){events}(?!\w)[^,.;]{{0,60}}"),
    )


def find_deadline(page: Page, ask: Ask, on: datetime.date | None, issued: datetime.date | None) -> Deadline | None:
    """The deadline of an ask, counted from `on` (the day of the meeting or of publication); None when none bounds it.

    Terms counted from a document's own issue ("kể từ ngày ban hành Thông báo này") count from `issued`.

    First in the span itself, then in the adverbial before the issuer or the addressee, then in the sentence that
    introduces the list the ask belongs to. In the span the last bounding expression decides ("bàn giao trong năm
    2025 …, báo cáo kết quả trước ngày 31/12"). Without a day to count from a time that tells no year is kept
    as its words, with neither start nor end.
    """
    if ask.cell is not None:
        return _of_cell(page, ask.cell, on)
    own = _bounds(page, ask.start, ask.end, on, adverbial=False)
    if own:
        strong = [time for time in own if time.modifier in STRONG]
        return _deadline(page, ask.start, _from_issue(page, ask, (strong or own)[-1], issued))
    event = _event_bound(page, ask.start, ask.end, on)
    if event is not None:
        return event
    for region in (ask.intro, ask.scope):
        if region is None or _patterns().purpose.match(page.key, region[0]):
            continue
        outer = _bounds(page, region[0], region[1], on, adverbial=True)
        if outer:
            return _deadline(page, region[0], outer[-1])
    return None


def _from_issue(page: Page, ask: Ask, expression: TimeExpression, issued: datetime.date | None) -> TimeExpression:
    """The expression counted from the document's own day where it says so."""
    anchor = expression.anchor
    if anchor is None or issued is None or not _OWN_ISSUE.match(anchor.event.lower()):
        return expression
    again = read_dates(page.flat[ask.start : ask.end], issued, direction="future")
    return next((e for e in again if e.char_start == expression.char_start), expression)


def _event_bound(page: Page, start: int, end: int, on: datetime.date | None) -> Deadline | None:
    """A bound told by an event ("trước mùa mưa", "trước khi khởi công"): the words, and no dates but those that they
    tell ("tại kỳ họp cuối năm 2018")."""
    match = _patterns().event.search(page.key, start, end)
    if match is None:
        return None
    words = page.text[match.start() : match.end()].rstrip()
    evidence = Evidence(start=match.start(), end=match.start() + len(words), exact=words, rule="event-bound")
    times = read_dates(page.flat[match.start() : match.start() + len(words)], on, direction="future") if on else []
    if times and any(character.isdigit() for character in times[0].text):
        told = _deadline(page, match.start(), times[0])
        return msgspec.structs.replace(told, text=words, evidence=evidence)
    return Deadline(text=words, start=None, end=None, edtf=None, recurrence=None, evidence=evidence)


def _of_cell(page: Page, cell: tuple[int, int], on: datetime.date | None) -> Deadline | None:
    """The deadline in a table's cell: the last date in it; a bare date is the day by which the work is done."""
    text = page.flat[cell[0] : cell[1]]
    found = _times(text, on)
    if not found:
        return None
    last = found[-1] if on is not None else _uncounted(found[-1])
    deadline = _deadline(page, cell[0], last)
    if last.modifier is None and last.start == last.end and last.start is not None:
        return msgspec.structs.replace(deadline, start=None)
    return deadline


def _bounds(page: Page, start: int, end: int, on: datetime.date | None, *, adverbial: bool) -> list[TimeExpression]:
    """The times in [start, end) that bound the work, in order; their places count from `start`."""
    found = _with_lists_joined(page.flat[start:end], _times(page.flat[start:end], on))
    bounds = [time for time in found if _bounds_work(page, start, time, on, adverbial)]
    return bounds if on is not None else [_uncounted(time) for time in bounds]


def _times(text: str, on: datetime.date | None) -> list[TimeExpression]:
    """The times of a text; where no day to count from is known they count from any, and `_uncounted` goes over them."""
    return read_dates(text, on or _ANY_DAY, direction="future")


def _uncounted(time: TimeExpression) -> TimeExpression:
    """The time as its words alone where only the day it was counted from gave it a year."""
    if _YEAR.search(time.text) or time.recurrence is not None:
        return time
    return msgspec.structs.replace(time, start=None, end=None, edtf=None, end_strict=None)


def _with_lists_joined(text: str, times: Sequence[TimeExpression]) -> list[TimeExpression]:
    """The times with the days of one list ("trong các ngày 15, 16 và 17/6") as one, first to last: work set
    for several days is done by the last. Places count in `text`."""
    joined: list[TimeExpression] = []
    for time in times:
        last = joined[-1] if joined else None
        if last is None or not _is_listed_with(text, last, time):
            joined.append(time)
            continue
        joined[-1] = msgspec.structs.replace(
            last,
            text=text[last.char_start : time.char_end],
            end=time.end,
            edtf=f"{last.start}/{time.end}",
            char_end=time.char_end,
        )
    return joined


def _is_listed_with(text: str, last: TimeExpression, time: TimeExpression) -> bool:
    """Whether two times are days of one list: read by one rule of lists, with a comma or "và" between."""
    lists = last.rule.rsplit("/", 1)[-1] == time.rule.rsplit("/", 1)[-1]
    days = last.start is not None and time.start is not None and time.start == time.end and last.end is not None
    return (
        lists
        and days
        and last.grain == time.grain == "day"
        and _LISTED.fullmatch(text, last.char_end, time.char_start) is not None
    )


def _bounds_work(page: Page, start: int, expression: TimeExpression, on: datetime.date | None, adverbial: bool) -> bool:
    """Whether an expression in the stretch from `start` on bounds the work it stands with."""
    if expression.start is None and expression.end is None and expression.recurrence is None:
        return expression.anchor is not None and not adverbial
    if expression.direction == "past":
        return False
    if on is not None and expression.end is not None and expression.end < on.isoformat():
        return False
    at = start + expression.char_start
    before = page.key[max(start, at - _BEFORE) : at]
    if _BRACKET.search(before) and expression.modifier not in STRONG:
        return False
    if expression.recurrence is not None:
        instead = before.rstrip().endswith(("thay vì", "thay cho"))
        return not instead and _patterns().recurring_thing.search(before) is None
    head = page.key[start:at]
    if adverbial:
        return _bounds_from_outside(expression, head, before, on)
    return _bounds_inside(expression, head, before, on)


def _bounds_from_outside(expression: TimeExpression, head: str, before: str, on: datetime.date | None) -> bool:
    """Whether a time in an adverbial or an introduction bounds the work; `head` is all before it, `before` its end."""
    strong = expression.modifier in STRONG
    opens = not head.strip(" ,")
    if not opens and not strong and _patterns().inside_subject.search(before):
        return False
    if expression.start is not None and expression.end is None:
        # work that begins on a day to come ("Từ ngày 1/9, tổng cục sẽ …")
        return opens and on is not None and expression.start > on.isoformat()
    if expression.start is not None and expression.end == expression.start:
        return False
    return strong or opens or expression.modifier == "trong" or head.rstrip().endswith((",", ":"))


def _bounds_inside(expression: TimeExpression, head: str, before: str, on: datetime.date | None) -> bool:
    """Whether a time in the span itself bounds the work; `head` is all before it, `before` its end."""
    free = _patterns().inside_subject.search(before) is None
    if expression.modifier in STRONG:
        return free or expression.modifier in ("trước", "chậm nhất", "hạn")
    if expression.modifier == "từ" and not _patterns().begin_before.search(before):
        return free and expression.start is not None and (on is None or expression.start >= on.isoformat())
    if expression.modifier == "trong" or expression.text.lower().startswith("trong "):
        return free or not before.rstrip().endswith(("kế hoạch", "nhiệm vụ"))
    if not head.strip(" ,"):
        return True
    if _patterns().bound_before.search(before) is None:
        return False
    if expression.start is not None and expression.end is None:
        return expression.modifier != "từ"
    return free


def _deadline(page: Page, start: int, expression: TimeExpression) -> Deadline:
    at, stop = start + expression.char_start, start + expression.char_end
    words = page.text[at:stop]
    return Deadline(
        text=words,
        start=expression.start,
        end=expression.end,
        edtf=expression.edtf,
        recurrence=cast("Recurrence | None", expression.recurrence),
        evidence=Evidence(start=at, end=stop, exact=words, rule=f"date:{expression.rule}"),
        end_strict=expression.end_strict,
        rrule=expression.rrule,
        fuzzy=expression.fuzzy,
    )


def find_urgency(page: Page, start: int, end: int) -> str | None:
    """The first word of urgency in a span ("khẩn trương", "sớm"), as in the text; it is no deadline."""
    match = _patterns().urgency.search(page.key, start, end)
    return page.text[match.start() : match.end()] if match else None
