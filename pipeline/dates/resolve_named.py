"""Readings of named days: public holidays, commemorations, the lunar calendar, Tết."""

import datetime
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from pipeline.dates import lunar
from pipeline.dates.records import Context, Reading
from pipeline.dates.resolve_days import named_year, told_direction
from pipeline.dates.spans import DAY, date_or_none
from pipeline.dates.years import Span, year_for

Fields = Mapping[str, Any]


def _lunar(day: int, month: int, year: int, *, leap: bool = False) -> datetime.date | None:
    try:
        return lunar.lunar_to_solar(day, month, year, leap)
    except ValueError:
        return None


def _forward(fields: Fields, context: Context) -> Context:
    """Feasts are looked for ahead unless the sentence looks back."""
    if fields.get("rel") != 0:
        context = told_direction(fields, context)
    if context.near is not None and fields.get("rel") is None:
        return msgspec.structs.replace(context, near=None, not_before=context.near)
    if context.direction == "unknown" and context.near is None:
        return msgspec.structs.replace(context, direction="future", soft=False)
    return context


def _just_over(make: Callable[[int], Span | None], context: Context) -> Span | None:
    """The feast that ended within the last two weeks, when nothing says that the text looks ahead."""
    if context.direction == "future" and not context.soft:
        return None
    for year in (context.on.year - 1, context.on.year):
        span = make(year)
        if span is not None and 0 <= (context.on - span[1]).days <= 14:
            return span
    return None


def _named_lunar_year(fields: Fields, context: Context) -> int | None:
    """The year named, "year" of the lunar calendar: late months of lunar 2023 fall into January 2024."""
    if fields.get("stem_branch") is not None and fields.get("year") is None:
        cycle: int = fields["stem_branch"]
        near = context.on.year
        return min((y for y in range(near - 60, near + 61) if (y - 4) % 60 == cycle), key=lambda y: abs(y - near))
    return named_year(fields, context)


def lunar_day(fields: Fields, context: Context) -> Reading | None:
    """A day of the lunar calendar: "mùng 10/3 âm lịch", "rằm tháng Bảy", "23 tháng Chạp"."""
    day, month = fields["day"], fields["month"]
    year = _named_lunar_year(fields, context)
    leap = bool(fields.get("leap"))
    if year is not None:
        found = _lunar(day, month, year, leap=leap)
        if month >= 11 and found is not None and fields.get("solar_year") and found.year > year:
            found = _lunar(day, month, year - 1, leap=leap)
        span: Span | None = None if found is None else (found, found)
    else:
        span = year_for(
            lambda year: (day_found, day_found) if (day_found := _lunar(day, month, year, leap=leap)) else None,
            _forward(fields, context),
        )
    if span is None:
        return None
    return Reading(first=span[0], last=span[1], grain="day", has_year=year is not None, include_last=True, lunar=True)


def lunar_month(fields: Fields, context: Context) -> Reading | None:
    """A whole lunar month: "tháng Chạp", "tháng Giêng"."""
    month = fields["month"]

    def make(year: int) -> Span | None:
        first, last = _lunar(1, month, year), _lunar(lunar.last_day(month, year), month, year)
        return None if first is None or last is None else (first, last)

    year = _named_lunar_year(fields, context)
    span = make(year) if year is not None else year_for(make, _forward(fields, context))
    if span is None:
        return None
    if fields.get("part"):
        cut = {"start": (0, 9), "mid": (10, 19), "end": (20, 30), "half1": (0, 14), "half2": (15, 30)}[fields["part"]]
        span = span[0] + cut[0] * DAY, min(span[0] + cut[1] * DAY, span[1])
    return Reading(first=span[0], last=span[1], grain="month", has_year=year is not None, lunar=True)


def lunar_of_month(fields: Fields, context: Context) -> Reading | None:
    """A lunar day with no month named: "rằm", "mùng một": the next one."""
    at = context.on
    step = -1 if context.direction == "past" else 1
    for _ in range(62):
        if lunar.solar_to_lunar(at)[0] == fields["day"]:
            return Reading(first=at, last=at, grain="day", include_last=True, lunar=True)
        at += step * DAY
    return None


def lunar_of_rel_month(fields: Fields, context: Context) -> Reading | None:
    """A day of this, the next or the last lunar month: "rằm tháng sau"."""
    first = context.on - (lunar.solar_to_lunar(context.on)[0] - 1) * DAY
    for _ in range(abs(fields["rel"])):
        first += (32 if fields["rel"] > 0 else -1) * DAY
        first -= (lunar.solar_to_lunar(first)[0] - 1) * DAY
    found = first + (fields["day"] - 1) * DAY
    return Reading(first=found, last=found, grain="day", has_year=True, include_last=True, lunar=True)


def _of_tet_or_month(fields: Fields, number: int, context: Context) -> Reading | None:
    make = lunar_day if fields.get("month") is not None else tet_day
    return make({**fields, "day": number}, context)


def lunar_run(fields: Fields, context: Context) -> Reading | None:
    """From one day of Tết or of a lunar month to another: "mùng 1 đến mùng 5 Tết"."""
    last = _of_tet_or_month(fields, fields["day2"], context)
    if last is None or last.last is None:
        return None
    bound = msgspec.structs.replace(context, not_after=last.last, near=None, direction="unknown")
    first = _of_tet_or_month(fields, fields["day"], bound)
    if first is None or first.first is None or not 0 < (last.last - first.first).days < 30:
        return None
    return msgspec.structs.replace(last, first=first.first)


def lunar_list(fields: Fields, context: Context) -> Reading | None:
    """Days of Tết or of a lunar month in a list: one reading each."""
    parts = []
    for name in ("day", "day2", "day3"):
        if fields.get(name) is not None:
            found = _of_tet_or_month(fields, fields[name], context)
            if found is None:
                return None
            parts.append((name, found))
    return msgspec.structs.replace(parts[0][1], last=parts[-1][1].last, parts=tuple(parts))


def tet_day(fields: Fields, context: Context) -> Reading | None:
    """A day counted from Tết: `day` 1 is the first day, 0 the eve; "28 Tết" counts in the month before."""
    day = fields["day"]
    before = day >= 20

    def make(year: int) -> Span | None:
        found = (
            _lunar(min(day, lunar.last_day(12, year - 1)), 12, year - 1)
            if before
            else lunar.tet(year) + (day - 1) * DAY
        )
        return None if found is None else (found, found)

    year = _named_lunar_year(fields, context)
    span = make(year) if year is not None else year_for(make, _forward(fields, context))
    if span is None:
        return None
    return Reading(first=span[0], last=span[1], grain="day", has_year=year is not None, include_last=True, lunar=True)


def feast(fields: Fields, context: Context) -> Reading | None:
    """A named day or feast of several days from the lexicon: `feast` is [month, day, length, lunar].

    "trước" excludes it and "sau" counts from its last day; the solar year is the one named.
    """
    month, day, length, is_lunar = fields["feast"]

    def make(year: int) -> Span | None:
        if is_lunar:
            number = year - 1 if month == 12 else year
            first = _lunar(min(day, lunar.last_day(month, number)), month, number)
        else:
            first = date_or_none(year, month, day)
        return None if first is None else (first, first + (length - 1) * DAY)

    return _feast(make, fields, context, lunar=bool(is_lunar))


def weekday_feast(fields: Fields, context: Context) -> Reading | None:
    """A feast on the n-th weekday of a month: `weekday_feast` is [month, n, weekday, days after it]."""
    month, n, number, later = fields["weekday_feast"]

    def make(year: int) -> Span:
        first = datetime.date(year, month, 1)
        found = first + ((number - first.weekday()) % 7 + 7 * (n - 1) + later) * DAY
        return found, found

    return _feast(make, fields, context)


def easter(year: int) -> datetime.date:
    """Easter Sunday of the Gregorian calendar: the first Sunday after the full moon of spring."""
    century, rest = divmod(year, 100)
    golden = year % 19
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    month, day = divmod(moon + sunday - 7 * ((golden + 11 * moon + 22 * sunday) // 451) + 114, 31)
    return datetime.date(year, month, day + 1)


def easter_feast(fields: Fields, context: Context) -> Reading | None:
    """Easter, or a day counted from it: `easter_feast` days later."""
    later = fields["easter_feast"] * DAY
    return _feast(lambda year: (easter(year) + later, easter(year) + later), fields, context)


def _feast(
    make: Callable[[int], Span | None], fields: Fields, context: Context, *, lunar: bool = False
) -> Reading | None:
    """The feast of the year named, else one just over, else the next."""
    year = _named_lunar_year(fields, context)
    span = make(year) if year is not None else _just_over(make, context) or year_for(make, _forward(fields, context))
    if span is None:
        return None
    return Reading(first=span[0], last=span[1], grain="day", has_year=year is not None, lunar=lunar)


def lunar_year(fields: Fields, context: Context) -> Reading | None:
    """A lunar year from its Tết to the eve of the next."""
    year = _named_lunar_year(fields, context)
    if year is None:
        return None
    first, last = lunar.tet(year), lunar.tet(year + 1) - DAY
    return Reading(first=first, last=last, grain="period", has_year=True, lunar=True)
