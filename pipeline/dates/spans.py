"""Arithmetic of days, months and years: spans of calendar units and shifts by them."""

import calendar
import datetime

from pipeline.dates.years import Span

DAY = datetime.timedelta(days=1)
MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}


def date_or_none(year: int, month: int, day: int) -> datetime.date | None:
    """The date, or None when there is no such day or year."""
    try:
        return datetime.date(year, month, day)
    except (ValueError, OverflowError):
        return None


def month_span(year: int, month: int, *, months: int = 1) -> Span:
    """First and last day of `months` months beginning with year-month; month may lie outside 1-12."""
    index = min(max(year * 12 + month - 1, 12), 9999 * 12 + 11)
    last = min(index + months - 1, 9999 * 12 + 11)
    first_day = datetime.date(index // 12, index % 12 + 1, 1)
    year, month = last // 12, last % 12 + 1
    return first_day, datetime.date(year, month, calendar.monthrange(year, month)[1])


def year_span(first: int, last: int | None = None) -> Span:
    """1 January of the first to 31 December of the last year."""
    return datetime.date(first, 1, 1), datetime.date(first if last is None else last, 12, 31)


def week_span(day: datetime.date, weeks: int = 0) -> Span:
    """Monday and Sunday of the week of a day, `weeks` later."""
    monday = shift(day - datetime.timedelta(days=day.weekday()), weeks, "week")
    return monday, shift(monday, 6, "day")


def unit_span(day: datetime.date, unit: str, n: int) -> Span:
    """The whole day, week, month, quarter, half, year, decade or century that holds `day`, n units later."""
    if unit == "day":
        return shift(day, n, "day"), shift(day, n, "day")
    if unit == "week":
        return week_span(day, n)
    size = MONTHS_IN[unit]
    if unit == "century":
        first = (day.year - 1) // 100 * 100 + 1 + 100 * n
        return year_span(max(first, 1), min(max(first, 1) + 99, 9999))
    index = (day.year * 12 + day.month - 1) // size * size + n * size
    return month_span(index // 12, index % 12 + 1, months=size)


def shift(day: datetime.date, n: int, unit: str) -> datetime.date:
    """The day n units later; months and years end on the corresponding day or the month's last (Civil Code art. 148).

    Kept within the years 1-9999.
    """
    try:
        if unit in ("day", "week"):
            return day + datetime.timedelta(days=n * (7 if unit == "week" else 1))
        index = day.year * 12 + day.month - 1 + n * MONTHS_IN[unit]
        year, month = index // 12, index % 12 + 1
        return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        return datetime.date.max if n > 0 else datetime.date.min


def part_of(span: Span, part: str, unit: str) -> Span:
    """The beginning, middle or end ("start", "mid", "end", "half1", "half2") of a month, year, quarter or week.

    Months: days 1-10, 11-20, 21-end; years: months 1-4, 5-8, 9-12 (annotation guidelines, Dates); quarters: their
    first, second, third month; weeks: Monday-Tuesday, Wednesday-Thursday, Saturday-Sunday; decades in thirds.
    """
    first, last = span
    if unit == "month":
        cut = {"start": (1, 10), "mid": (11, 20), "end": (21, 31), "half1": (1, 15), "half2": (16, 31)}[part]
        return first.replace(day=cut[0]), first.replace(day=min(cut[1], last.day))
    if unit == "week":
        cut = {"start": (0, 1), "mid": (2, 3), "end": (5, 6), "half1": (0, 2), "half2": (3, 6)}[part]
        return first + cut[0] * DAY, first + cut[1] * DAY
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    halves = {"half1": (0, months // 2), "half2": (months // 2, months)}
    thirds = {
        "start": (0, months // 3),
        "mid": (months // 3, months - months // 3),
        "end": (months - months // 3, months),
    }
    begin, end = (halves | thirds)[part]
    return month_span(first.year, first.month + begin, months=end - begin)
