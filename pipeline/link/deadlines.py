"""Which of the dates in and around an ask bounds the work, and which is inside its subject, past, or somebody else's."""

from __future__ import annotations

import datetime
import re
from functools import cache

import msgspec

from pipeline import lexicon
from pipeline.dates import TimeExpression, read_dates
from pipeline.extraction.asks import Ask
from pipeline.extraction.page import Page
from pipeline.extraction.vocabulary import alternation
from pipeline.records import Deadline, Evidence

STRONG = frozenset({"trước", "chậm nhất", "đến hết", "đến", "từ nay đến", "hạn"})
"""Modifiers that bound whatever they stand with."""

_INSIDE_SUBJECT = re.compile(
    r"(?<!\w)(?:kế hoạch|nhiệm vụ|nghị quyết|chương trình|mục tiêu|tầm nhìn|quy hoạch|chiến lược|đề án|dự toán|thời kỳ|vụ|số liệu|tình hình|phương án|kỳ họp|"
    r"hội nghị|văn bản|công văn|công điện|chỉ thị|quyết định|nghị định|thông tư|luật|thông báo|kết luận|số|kỳ|năm học|nhiệm kỳ|ngân sách|vốn|ngày|lễ|dịp|mùa|đợt|giá|báo cáo|"
    r"thi|kinh tế - xã hội|tăng trưởng|thu|chi|đại hội|khóa|khoá|sinh hoạt|hoạt động|phong trào|cuộc thi|chủ đề|đầu tư công|so với|cùng kỳ|kết quả|quy định|phát sinh|danh mục|xuân|tết|so|của|tại|khung|quý|hè|thu đông|đông xuân|hè thu|giai đoạn|phong trào thi đua|công tác|quốc phòng địa phương|mốc|cột mốc|ít nhất|tối thiểu|thực hiện các chỉ tiêu|tháng hành động)[ ,(]*$"
)
_BOUND_BEFORE = re.compile(r"(?<!\w)(?:xong|hoàn thành|vào|trong|ngay|hạn|thời hạn|chậm nhất|muộn nhất|dịp|là|kết thúc|:|áp dụng|thực hiện|báo cáo|sử dụng|khởi công|trình|sẽ|dứt điểm)[ ,]*$")


def find_deadline(page: Page, ask: Ask, on: datetime.date | None, issued: datetime.date | None) -> Deadline | None:
    """The deadline of an ask, counted from `on` (the day of the meeting or of publication); None when none bounds it.

    Terms counted from a document's own issue ("kể từ ngày ban hành Thông báo này") count from `issued`.

    First in the span itself, then in the adverbial before the issuer or the addressee, then in the sentence that
    introduces the list the ask belongs to. In the span the last bounding expression decides ("bàn giao trong năm
    2025 …, báo cáo kết quả trước ngày 31/12"). Without a day to count from only dates with a year are read.
    """
    if ask.cell is not None:
        return _of_cell(page, ask.cell, on)
    own = _bounds(page, ask.start, ask.end, on, adverbial=False)
    if own:
        start, chosen = _last_strong(own)
        return _deadline(page, start, _from_issue(page, ask, chosen, issued))
    event = _event_bound(page, ask.start, ask.end)
    if event is not None:
        return event
    for region in (ask.intro, ask.scope):
        if region is None or _PURPOSE.match(page.key, region[0]):
            continue
        outer = _bounds(page, region[0], region[1], on, adverbial=True)
        if outer:
            return _deadline(page, *outer[-1])
    return None


_PURPOSE = re.compile(r"(?:để|nhằm|với mục tiêu)(?!\w)")
"""A clause of purpose ("Để dự án xong trong năm 2023, …") tells an aim, not the bound of the ask."""


def _last_strong(found: list[tuple[int, TimeExpression]]) -> tuple[int, TimeExpression]:
    strong = [pair for pair in found if pair[1].modifier in STRONG]
    return (strong or found)[-1]


_OWN_ISSUE = re.compile(r"(?:ngày )?(?:ban hành|ký|thông báo|công bố)?.*(?:này|ban hành|ký)$")


def _from_issue(page: Page, ask: Ask, expression: TimeExpression, issued: datetime.date | None) -> TimeExpression:
    """The expression counted from the document's own day where it says so."""
    anchor = expression.anchor
    if anchor is None or issued is None or not _OWN_ISSUE.match(anchor.event.lower()):
        return expression
    again = read_dates(page.flat[ask.start : ask.end], issued, direction="future")
    return next((e for e in again if e.char_start == expression.char_start), expression)


@cache
def _events() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){alternation(lexicon.read_list('event_bounds.txt'))}(?!\w)[^,.;]{{0,60}}")


def _event_bound(page: Page, start: int, end: int) -> Deadline | None:
    """A bound told by an event without a day ("trước mùa mưa", "trước khi khởi công"): the words, no dates."""
    match = _events().search(page.key, start, end)
    if match is None:
        return None
    words = page.text[match.start() : match.end()].rstrip()
    evidence = Evidence(start=match.start(), end=match.start() + len(words), exact=words, rule="event-bound")
    return Deadline(text=words, start=None, end=None, edtf=None, recurrence=None, evidence=evidence)


def _of_cell(page: Page, cell: tuple[int, int], on: datetime.date | None) -> Deadline | None:
    """The deadline in a table's cell: the last date in it; a bare date is the day by which the work is done."""
    text = page.flat[cell[0] : cell[1]]
    found = read_dates(text, on or datetime.date(2000, 1, 1), direction="future")
    if not found:
        return None
    last = found[-1]
    deadline = _deadline(page, cell[0], last)
    if last.modifier is None and last.start == last.end and last.start is not None:
        return msgspec.structs.replace(deadline, start=None)
    return deadline


def _bounds(
    page: Page, start: int, end: int, on: datetime.date | None, *, adverbial: bool
) -> list[tuple[int, TimeExpression]]:
    text = page.flat[start:end]
    day = on or datetime.date(2000, 1, 1)
    out = []
    for expression in read_dates(text, day, direction="future"):
        if on is None and not re.search(r"(?:19|20)\d\d", expression.text) and expression.recurrence is None:
            continue
        if _bounds_work(page, start, end, expression, on, adverbial):
            out.append((start, expression))
    return out


def _bounds_work(
    page: Page, start: int, end: int, expression: TimeExpression, on: datetime.date | None, adverbial: bool
) -> bool:
    """Whether an expression bounds the work it stands with."""
    at = start + expression.char_start
    stop = start + expression.char_end
    if expression.start is None and expression.end is None and expression.recurrence is None:
        return expression.anchor is not None and not adverbial
    if expression.direction == "past":
        return False
    if on is not None and expression.end is not None and expression.end < on.isoformat():
        return False
    before = page.key[max(start, at - 36) : at]
    after = page.key[stop : min(end, stop + 24)]
    strong = expression.modifier in STRONG
    if re.search(r"[(]\s*$", before) and not strong:
        return False
    if expression.recurrence is not None:
        return _recurs_as_work(before, expression)
    head = page.key[start:at].strip(" ,")
    if adverbial:
        if head and not strong and _INSIDE_SUBJECT.search(before):
            return False
        if expression.start is not None and (expression.end is None or expression.end == expression.start):
            return False
        return strong or not head or expression.modifier == "trong" or page.key[start:at].rstrip().endswith((",", ":"))
    if strong:
        return _INSIDE_SUBJECT.search(before) is None or expression.modifier in ("trước", "chậm nhất", "hạn")
    if expression.modifier == "từ" and not re.search(r"(?<!\w)(?:kể|tính|kéo dài|áp dụng|có hiệu lực|trở) *$", before):
        later = expression.start is not None and (on is None or expression.start >= on.isoformat())
        return later and _INSIDE_SUBJECT.search(before) is None
    if expression.modifier == "trong" or expression.text.lower().startswith("trong "):
        return _INSIDE_SUBJECT.search(before) is None or not before.rstrip().endswith(("kế hoạch", "nhiệm vụ"))
    if not head:
        return True
    if expression.start is not None and expression.end is None:
        return _BOUND_BEFORE.search(before) is not None and expression.modifier != "từ"
    return _BOUND_BEFORE.search(before) is not None and _INSIDE_SUBJECT.search(before) is None


def _recurs_as_work(before: str, expression: TimeExpression) -> bool:
    """Whether a recurring time says when the work recurs ("định kỳ hằng tháng báo cáo") and no thing ("ngân sách hàng năm")."""
    return re.search(r"(?<!\w)(?:ngân sách|kế hoạch|tỷ lệ|mức|cuộc sống|nhu cầu|công việc|chi phí|vật dụng|sinh hoạt|đời sống|thu nhập|doanh thu|số liệu|thường|diễn ra)\s*$", before) is None


def _deadline(page: Page, start: int, expression: TimeExpression) -> Deadline:
    at, stop = start + expression.char_start, start + expression.char_end
    words = page.text[at:stop]
    return Deadline(
        text=words,
        start=expression.start,
        end=expression.end,
        edtf=expression.edtf,
        recurrence=expression.recurrence,  # type: ignore[arg-type]
        evidence=Evidence(start=at, end=stop, exact=words, rule=f"date:{expression.rule}"),
        end_strict=expression.end_strict,
        rrule=expression.rrule,
        fuzzy=expression.fuzzy,
    )


_URGENCY = re.compile(r"(?<!\w)(?:khẩn trương|ngay lập tức|lập tức|ngay|sớm nhất|sớm|kịp thời|nhanh chóng|gấp rút|gấp|cấp bách|không chậm trễ|càng sớm càng tốt)(?!\w)")


def find_urgency(page: Page, start: int, end: int) -> str | None:
    """The first word of urgency in a span ("khẩn trương", "sớm"), as in the text; it is no deadline."""
    match = _URGENCY.search(page.key, start, end)
    return page.text[match.start() : match.end()] if match else None
