"""Readings of months, quarters, half-years, years, and named periods of years."""

import datetime
from collections.abc import Mapping
from typing import Any

import msgspec

from pipeline.dates.records import Context, Direction, Grain, Reading
from pipeline.dates.resolve_days import named_year, told_direction
from pipeline.dates.spans import DAY, month_span, part_of, shift, unit_span, year_span
from pipeline.dates.years import Span, year_for

Fields = Mapping[str, Any]


def whole(span: Span | None, grain: Grain, part: str | None, *, has_year: bool, unit: str = "") -> Reading | None:
    """The reading of a unit, or of its beginning, middle, end when `part` says so."""
    if span is None:
        return None
    if part is None or part == "all":
        return Reading(first=span[0], last=span[1], grain=grain, has_year=has_year, include_last=part == "all")
    first, last = part_of(span, part, unit or grain)
    size: Grain = "half" if part in ("half1", "half2") and grain == "year" else "part"
    keep = part in ("end", "half2")
    return Reading(first=first, last=last, grain=size, has_year=has_year, include_last=keep)


def month(fields: Fields, context: Context) -> Reading | None:
    """A month or a part of it; without a year by direction and nearness, "này", "tới", "vừa qua" fix it."""
    number = fields["month"]
    year = named_year(fields, context)
    if year is not None:
        return whole(month_span(year, number), "month", fields.get("part"), has_year=True)
    context = told_direction(fields, context)
    span = year_for(lambda year: month_span(year, number), context)
    return whole(span, "month", fields.get("part"), has_year=False)


def month_range(fields: Fields, context: Context) -> Reading | None:
    """Months joined by "-" or "đến": "tháng 7-9/2023"."""
    last = month({**fields, "month": fields["month2"], "part": None}, context)
    if last is None or last.last is None or (fields["month"] == fields["month2"] and not fields.get("year1")):
        return None
    begin_year = fields.get("year1") or last.last.year - (fields["month"] > fields["month2"])
    first = datetime.date(begin_year, fields["month"], 1)
    if first > last.last:
        return None
    return Reading(first=first, last=last.last, grain="month", has_year=last.has_year)


def year(fields: Fields, context: Context) -> Reading | None:
    """A year or a part of it."""
    number = named_year(fields, context)
    if number is None:
        number = context.year if context.year is not None else context.on.year
        return whole(year_span(number), "year", fields.get("part"), has_year=False)
    if not 1 <= number <= 9999:
        return None
    return whole(year_span(number), "year", fields.get("part"), has_year=True)


def quarter(fields: Fields, context: Context) -> Reading | None:
    """A quarter 1-4 or a part of it; `quarter2` makes it a range or list."""
    number = fields["quarter"]
    last = fields.get("quarter2") or number
    if last < number:
        return None

    def make(year: int) -> Span:
        return month_span(year, number * 3 - 2, months=3 * (last - number + 1))

    named = named_year(fields, context)
    if named is not None:
        return whole(make(named), "quarter", fields.get("part"), has_year=True)
    span = year_for(make, told_direction(fields, context))
    return whole(span, "quarter", fields.get("part"), has_year=False)


def months_of_year(fields: Fields, context: Context) -> Reading | None:
    """The first or last `n` months (or quarters) of a year: "6 tháng cuối năm 2023", "9 tháng đầu năm".

    "còn lại" (what is left) counts from the end too. Half-years have grain half, three months quarter.
    `year` alone in the sentence serves when the words name none.
    """
    n = fields["n"] * {"month": 1, "quarter": 3}[fields.get("unit") or "month"]
    if not 1 <= n <= 11:
        return None
    named = named_year(fields, context)
    number = named if named is not None else context.year if context.year is not None else context.on.year
    span = month_span(number, 1, months=n) if fields["edge"] == "start" else month_span(number, 13 - n, months=n)
    grain: Grain = "half" if n == 6 else "quarter" if n == 3 else "month"
    fuzzy = bool(fields.get("fuzzy"))
    return Reading(
        first=span[0], last=span[1], grain=grain, has_year=named is not None, fuzzy=fuzzy,
        include_last=fields["edge"] == "end",
    )  # fmt: skip


def rest_of_year(fields: Fields, context: Context) -> Reading | None:
    """The months left of a year with no number given: from next month (or of another year, all of it)."""
    number = named_year(fields, context)
    if number is None or number == context.on.year:
        first = min(month_span(context.on.year, context.on.month + 1)[0], datetime.date(context.on.year, 12, 1))
        return Reading(
            first=first, last=datetime.date(first.year, 12, 31), grain="month", fuzzy=True, include_last=True
        )
    return whole(year_span(number), "year", None, has_year=True)


def this_unit(fields: Fields, context: Context) -> Reading | None:
    """This, the next or the last month, quarter, year, decade, or a part of it: "tháng tới", "đầu năm sau"."""
    unit: Grain = fields["unit"]
    rel = fields.get("rel") or 0
    span = unit_span(context.on, unit, rel)
    told: Direction = "future" if rel > 0 else "past" if rel < 0 else "unknown"
    reading: Reading | None
    if unit in ("decade", "century"):
        named = {"decade": span[0].year, "century": span[0].year // 100 + 1, "part": fields.get("part")}
        reading = century(named, context) if unit == "century" else decade({**named, "century": None}, context)
    else:
        reading = whole(span, unit, fields.get("part"), has_year=True)
    if reading is None:
        return None
    closes = bool(fields.get("closes"))
    return msgspec.structs.replace(
        reading, direction=told, closes=closes, include_last=closes or reading.include_last,
    )  # fmt: skip


def bare_part(fields: Fields, context: Context) -> Reading | None:
    """Beginning, middle or end of the current month, quarter or year with nothing more said: "cuối năm".

    With a direction, a part wholly on the other side gives way to that of the next or last unit.
    """
    unit: Grain = fields["unit"]
    at = context.on if context.year is None or unit != "year" else datetime.date(context.year, 7, 1)
    for step in (0, {"future": 1, "past": -1, "unknown": 0}[context.direction]):
        reading = whole(unit_span(at, unit, step), unit, fields["part"], has_year=False)
        if reading is None or reading.first is None or reading.last is None:
            return None
        wrong = reading.last < context.on if context.direction == "future" else reading.first > context.on
        if context.direction == "unknown" or not wrong:
            return reading
    return reading


def years(fields: Fields, context: Context) -> Reading | None:
    """A run of years, both included: "giai đoạn 2021-2025", "nhiệm kỳ 2020 - 2025"."""
    first, last = fields["year"], fields["year2"]
    if last < 100:
        last += first // 100 * 100
    if not first < last <= first + 100:
        return None
    span = year_span(first, last)
    return Reading(first=span[0], last=span[1], grain="period", has_year=True, fuzzy=bool(fields.get("fuzzy")))


def school_year(fields: Fields, context: Context) -> Reading | None:
    """A school year, 1 September to 31 May; named by its years or by "này", "tới", "trước"; `term` 1 or 2."""
    if fields.get("year") is not None:
        first = fields["year"]
        last = fields.get("year2") or first + 1
        last += first // 100 * 100 if last < 100 else 0
        if last != first + 1:
            return None
    else:
        running = context.on.year - (context.on.month < 9)
        first = context.on.year if fields.get("rel") is None else running + fields["rel"]
    begin, end = datetime.date(first, 9, 1), datetime.date(first + 1, 5, 31)
    term = fields.get("term")
    if term == 1:
        end = datetime.date(first + 1, 1, 15)
    elif term == 2:
        begin = datetime.date(first + 1, 1, 16)
    return Reading(first=begin, last=end, grain="period", has_year=True)


def plan_years(fields: Fields, context: Context) -> Reading | None:
    """The five-year plan that holds the day counted from (2021-2025, 2026-2030), one later for "tới"."""
    first = (context.on.year - 1) // 5 * 5 + 1 + 5 * (fields.get("rel") or 0)
    span = year_span(first, first + 4)
    return Reading(first=span[0], last=span[1], grain="period", has_year=True)


def edge_days(fields: Fields, context: Context) -> Reading | None:
    """The first ten days of a year, or the last days from 21 December."""
    named = named_year(fields, context)
    number = named if named is not None else context.on.year
    month, part = (1, "start") if fields["edge"] == "start" else (12, "end")
    return whole(month_span(number, month), "month", part, has_year=named is not None)


def decade(fields: Fields, context: Context) -> Reading | None:
    """Ten years: "thập niên 90", "những năm 1990", "những năm 30 của thế kỷ XIX"."""
    number = fields["decade"]
    if number < 100 and fields.get("century") is not None:
        first = (fields["century"] - 1) * 100 + number
    else:
        first = number if number >= 100 else (1900 if number >= 30 else 2000) + number
    if first % 10 or first < 10:
        return None
    part = fields.get("part")
    if part is not None:
        cut = {"start": (0, 3), "mid": (4, 6), "end": (7, 9), "half1": (0, 4), "half2": (5, 9)}[part]
        span = year_span(first + cut[0], first + cut[1])
        return Reading(first=span[0], last=span[1], grain="period", has_year=True, fuzzy=True)
    span = year_span(first, first + 9)
    return Reading(first=span[0], last=span[1], grain="decade", has_year=True)


def century(fields: Fields, context: Context) -> Reading | None:
    """A hundred years: the 21st century is 2001-2100."""
    number = fields["century"]
    if not 1 <= number <= 30:
        return None
    first = (number - 1) * 100 + 1
    part = fields.get("part")
    cut = {None: (0, 99), "start": (0, 32), "mid": (33, 66), "end": (67, 99), "half1": (0, 49), "half2": (50, 99)}[part]
    span = year_span(first + cut[0], first + cut[1])
    return Reading(first=span[0], last=span[1], grain="century" if part is None else "period", has_year=True)


def season(fields: Fields, context: Context) -> Reading | None:
    """A season of three months: spring from March, summer June, autumn September, winter December."""
    begin = fields["season"]
    named = named_year(fields, context)
    rel = fields.get("rel")
    if named is None and rel in (0, None):
        if rel == 0:
            context = msgspec.structs.replace(context, direction="future", soft=False)
        span = year_for(lambda year: month_span(year, begin, months=3), context)
    else:
        number = named if named is not None else context.on.year
        span = month_span(number, begin, months=3)
        if named is None and rel is not None:
            if rel > 0 and span[0] <= context.on:
                span = month_span(number + 1, begin, months=3)
            elif rel < 0 and span[1] >= context.on:
                span = month_span(number - 1, begin, months=3)
    if span is None:
        return None
    if fields.get("part"):
        third = {"start": 0, "mid": 1, "end": 2}.get(fields["part"], 0)
        first, last = month_span(span[0].year, span[0].month + third)
        return Reading(first=first, last=last, grain="part", has_year=named is not None)
    return Reading(first=span[0], last=span[1], grain="season", has_year=named is not None)


def years_span_to_now(fields: Fields, context: Context) -> Reading | None:
    """From the first day of a period up to the day counted from: "từ đầu năm đến nay"."""
    unit: Grain = fields["unit"]
    first = unit_span(context.on, unit, 0)[0]
    return Reading(first=first, last=context.on, grain="period", direction="past", bounded=True, has_year=True)


def day_after(day: datetime.date) -> datetime.date:
    """The next day."""
    return shift(day, 1, "day") if day < datetime.date.max else day


def day_before(day: datetime.date) -> datetime.date:
    """The day before."""
    return day - DAY if day > datetime.date.min else day
