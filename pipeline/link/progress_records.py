"""From progress statements to records: each value with the words it was read from, its date resolved."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from pipeline.dates import TimeExpression, read_dates
from pipeline.extraction.page import Page
from pipeline.extraction.progress import Statement
from pipeline.extraction.progress_words import progress_patterns
from pipeline.link.assemble import body_of, identity, issuer_of, span_of
from pipeline.records import Evidence, Figure, ProgressStatement, StateDate, Words

_MAY_DATE = re.compile(r"\d[/.-]\d|(?:ngày|tháng|quý|năm|tuần|hôm|tết) ")
"""A quick look at whether a time may stand in a statement."""
_AS_OF = frozenset({"tính đến", "đến", "đến hết", "tính đến hết"})
_ON_THE_DAY = frozenset({None, "từ", "trong"})
_CONFIDENCE = {2: 0.7, 3: 0.82, 4: 0.88}
_SUREST = 0.93
"""Confidence by points, a little under the shares that were right, span and value, on reports with such points."""


def progress_records(
    page: Page, statements: Sequence[Statement], *, document_id: str, on: datetime.date | None, place: str | None
) -> tuple[ProgressStatement, ...]:
    """The records of the statements, in the order of the text. `on` is the day that dates count from and on which
    bodies must be valid, `place` the id of the province the report is from. Ids come from the content."""
    return tuple(_record(page, statement, document_id, on, place) for statement in statements)


def _record(
    page: Page, statement: Statement, document_id: str, on: datetime.date | None, place: str | None
) -> ProgressStatement:
    start, end = statement.start, statement.end
    known = statement.speaker is not None and statement.speaker.known
    return ProgressStatement(
        id=identity(document_id, "progress", str(start), str(end)),
        span=span_of(page, start, end),
        progress=statement.value,
        work=_words(page, statement.work),
        bodies=tuple(body_of(page, mention, on, place) for mention in statement.bodies),
        speaker=issuer_of(page, statement.speaker) if known else None,
        date=find_state_date(page, start, end, statement.work, on),
        figures=tuple(
            Figure(
                text=page.text[figure.start : figure.end],
                value=figure.value,
                of=figure.of,
                unit=figure.unit,
                start=figure.start,
                end=figure.end,
            )
            for figure in statement.figures
        ),
        reason=_words(page, statement.reason),
        confidence=_CONFIDENCE.get(statement.points, _SUREST if statement.points > max(_CONFIDENCE) else 0.7),
        rules=tuple(dict.fromkeys(f"progress:{mention.frame.name}" for mention in statement.frames)),
    )


def _words(page: Page, place: tuple[int, int] | None) -> Words | None:
    return Words(text=page.text[place[0] : place[1]], start=place[0], end=place[1]) if place is not None else None


def find_state_date(
    page: Page, start: int, end: int, work: tuple[int, int] | None, on: datetime.date | None
) -> StateDate | None:
    """When the state told in [start, end) held or was reached: a time that bounds it ("tính đến hết tháng 5"), the
    day of the report for "đến nay", else a past time outside the words of the `work`; None where none is told."""
    dated = on is not None and _MAY_DATE.search(page.key, start, end) is not None
    times = read_dates(page.flat[start:end], on, direction="past") if dated and on is not None else []
    told = [time for time in times if not _is_inside(start + time.char_start, work) and not _is_ahead(time, on)]
    bound = next((time for time in told if time.modifier in _AS_OF), None)
    if bound is not None:
        return _date(start, bound)
    today = progress_patterns().today.search(page.key, start, end)
    if today is not None:
        words = page.text[today.start() : today.end()]
        day = on.isoformat() if on is not None else None
        evidence = Evidence(start=today.start(), end=today.end(), exact=words, rule="state-now")
        return StateDate(text=words, start=day, end=day, edtf=day, evidence=evidence)
    # A day of the calendar is seldom part of the work itself; where it is told it says more than the year.
    days = [time for time in times if _is_day(time) and not _is_ahead(time, on)]
    if told and (told[0].grain == "day" or not any(time in told for time in days)):
        return _date(start, told[0])
    return _date(start, next((time for time in days if time in told), days[0])) if days else None


def _is_day(time: TimeExpression) -> bool:
    """Whether it is a day on which something happened, not one by which it was to happen."""
    return time.grain == "day" and time.modifier in _ON_THE_DAY


def _is_inside(at: int, work: tuple[int, int] | None) -> bool:
    return work is not None and work[0] < at < work[1]


def _is_ahead(time: TimeExpression, on: datetime.date | None) -> bool:
    first = time.start or time.end
    return first is None or (on is not None and first > on.isoformat())


def _date(start: int, time: TimeExpression) -> StateDate:
    at = start + time.char_start
    evidence = Evidence(start=at, end=start + time.char_end, exact=time.text, rule=f"date:{time.rule}")
    return StateDate(text=time.text, start=time.start, end=time.end, edtf=time.edtf, evidence=evidence)
