"""Readings of days: with and without year or month, ranges and lists, weekdays, deictic days."""

import datetime
from collections.abc import Mapping
from typing import Any

import msgspec

from pipeline.dates.records import Context, Direction, Reading
from pipeline.dates.spans import DAY, date_or_none, month_span, part_of, shift, unit_span, week_span
from pipeline.dates.working_days import add_working_days
from pipeline.dates.years import Span, choose, year_for

Fields = Mapping[str, Any]


def named_year(fields: Fields, context: Context) -> int | None:
    """The year that the words name: four digits, two digits (1970-2069), or relative to the day counted from."""
    if fields.get("year") is not None:
        return int(fields["year"])
    if fields.get("yy") is not None:
        return int(fields["yy"]) + (2000 if fields["yy"] < 70 else 1900)
    if fields.get("yrel") is not None:
        return context.on.year + int(fields["yrel"])
    return None


def told_direction(fields: Fields, context: Context) -> Context:
    """The context with the direction that a word such as "tới" or "vừa qua" in the expression fixes."""
    rel = fields.get("rel")
    if rel is None:
        return context
    direction: Direction = "future" if rel > 0 else "past" if rel < 0 else "unknown"
    return msgspec.structs.replace(context, direction=direction, near=context.on if rel == 0 else None)


def single(day: datetime.date | None, *, has_year: bool, direction: Direction = "unknown") -> Reading | None:
    """The reading of one day, None for no day."""
    if day is None:
        return None
    return Reading(first=day, last=day, grain="day", has_year=has_year, direction=direction, include_last=True)


def _clamped(year: int, month: int, day: int) -> datetime.date | None:
    """The date; 31 April is read as 30 April (the press writes such days), 29 February stays impossible."""
    found = date_or_none(year, month, day)
    if found is None and day == 31 and month in (4, 6, 9, 11):
        return datetime.date(year, month, 30)
    return found


def _span(day: datetime.date | None) -> Span | None:
    return None if day is None else (day, day)


def day(fields: Fields, context: Context) -> Reading | None:
    """A day and month, with or without year; a `weekday` among the words checks the year."""
    number, month = fields["day"], fields["month"]
    year = named_year(fields, context)
    if year is not None:
        return single(_clamped(year, month, number), has_year=True)
    context = told_direction(fields, context)
    if fields.get("weekday") is not None:
        context = msgspec.structs.replace(context, weekday=fields["weekday"])
    span = year_for(lambda year: _span(_clamped(year, month, number)), context)
    return single(span and span[0], has_year=False, direction=context.direction)


def day_of_month(fields: Fields, context: Context) -> Reading | None:
    """A day of a month that is not named ("ngày 25": this month, the next once past) or named by "này", "tới"."""
    number = fields["day"]
    if fields.get("rel") is not None:
        index = context.on.year * 12 + context.on.month - 1 + fields["rel"]
        return single(_clamped(index // 12, index % 12 + 1, number), has_year=True)
    at = context.not_before or context.not_after or context.near or context.on
    months = [month_span(at.year, at.month + step)[0] for step in range(-2, 4)]
    spans = [(found, found) for first in months if (found := date_or_none(first.year, first.month, number))]
    if fields.get("weekday") is not None:
        spans = [span for span in spans if span[0].weekday() == fields["weekday"]]
    if context.direction == "unknown":
        context = msgspec.structs.replace(context, direction="future", soft=False)
    span = choose(spans, context)
    return single(span and span[0], has_year=False)


def day_of_quarter(fields: Fields, context: Context) -> Reading | None:
    """A day of the first or last month of this or the next quarter; the next quarter's once this one's is past."""
    for rel in (fields.get("rel") or 0, 1):
        first, last = unit_span(context.on, "quarter", rel)
        at = first if fields["edge"] == "start" else last
        found = _clamped(at.year, at.month, fields["day"])
        if found is not None and (found >= context.on or fields.get("rel") is not None):
            return single(found, has_year=True)
    return single(found, has_year=True)


def day_range(fields: Fields, context: Context) -> Reading | None:
    """Two days joined by "-" or "đến": the month and year of one serve both, the year is carried back."""
    if fields.get("month") is None and fields["day"] >= fields["day2"]:
        return None
    year2 = named_year({key[:-1]: fields[key] for key in ("year2", "yy2", "yrel2") if fields.get(key)}, context)
    last = day({"day": fields["day2"], "month": fields["month2"], "year": year2}, context)
    if last is None or last.last is None:
        return None
    year1 = named_year(fields, context)
    month1 = fields.get("month") or fields["month2"]
    bound = msgspec.structs.replace(context, not_after=last.last, direction="unknown", near=None, year=None)
    first = day({"day": fields["day"], "month": month1, "year": year1}, bound)
    if first is not None and year1 is not None and year2 is None:
        bound = msgspec.structs.replace(context, not_before=first.first, direction="unknown", near=None, year=None)
        last = day({"day": fields["day2"], "month": fields["month2"]}, bound)
    if first is None or last is None or first.first is None or last.last is None or first.first > last.last:
        return None
    whole = year2 is not None or year1 is not None
    return Reading(first=first.first, last=last.last, grain="day", has_year=whole, include_last=True)


def day_list(fields: Fields, context: Context) -> Reading | None:
    """Days that share a month ("ngày 6 và 7-4"): a list is no range, so each has a reading of its own."""
    names = [name for name in ("day", "day2", "day3", "day4") if fields.get(name) is not None]
    readings = [(name, day({**fields, "day": fields[name]}, context)) for name in names]
    found = [(name, reading) for name, reading in readings if reading is not None and reading.first is not None]
    if len(found) < len(names):
        return None
    days = [reading.first for _, reading in found if reading.first]
    if any(later <= earlier for earlier, later in zip(days, days[1:], strict=False)):
        return None
    return msgspec.structs.replace(found[0][1], parts=tuple(found), last=days[-1])


def deictic_day(fields: Fields, context: Context) -> Reading | None:
    """hôm nay, ngày mai, hôm kia: `offset` days from the day counted from."""
    offset = fields["offset"]
    told: Direction = "future" if offset > 0 else "past" if offset < 0 else "unknown"
    return single(shift(context.on, offset, "day"), has_year=True, direction=told)


def weekday(fields: Fields, context: Context) -> Reading | None:
    """A weekday of this, the next or last week ("thứ Năm tuần tới"), or the next or last one ("thứ Sáu tới")."""
    number = fields["weekday"]
    if fields.get("week") is not None:
        return single(week_span(context.on, fields["week"])[0] + number * DAY, has_year=True)
    ahead = (number - context.on.weekday()) % 7
    rel = fields.get("rel")
    if rel is not None and rel > 0:
        return single(context.on + (ahead or 7) * DAY + 7 * (rel - 1) * DAY, has_year=True, direction="future")
    if rel is not None and rel < 0:
        return single(context.on - ((-ahead) % 7 or 7) * DAY, has_year=True, direction="past")
    if rel == 0:
        return single(week_span(context.on)[0] + number * DAY, has_year=True)
    if context.not_before is not None:
        at = context.not_before
        return single(at + ((number - at.weekday()) % 7) * DAY, has_year=False)
    if context.not_after is not None:
        at = context.not_after
        return single(at - ((at.weekday() - number) % 7) * DAY, has_year=False)
    if context.direction == "past":
        return single(context.on - ((context.on.weekday() - number) % 7) * DAY, has_year=False, direction="past")
    return single(context.on + ahead * DAY, has_year=False)


def weekday_list(fields: Fields, context: Context) -> Reading | None:
    """Weekdays in a list, each a day of its own: of the week named, or each the next one after the one before."""
    parts: list[tuple[str, Reading]] = []
    for name in ("weekday", "weekday2", "weekday3", "weekday4"):
        if fields.get(name) is None:
            continue
        found = weekday({"weekday": fields[name], "week": fields.get("week"), "rel": fields.get("rel")}, context)
        if found is None or found.last is None:
            return None
        context = msgspec.structs.replace(context, not_before=found.last + DAY)
        parts.append((name, found))
    return msgspec.structs.replace(parts[0][1], last=parts[-1][1].last, parts=tuple(parts))


def weekday_range(fields: Fields, context: Context) -> Reading | None:
    """From one weekday to another: "thứ 2 đến thứ 6"; of this week while it lasts, else of the next."""
    begin = {"weekday": fields["weekday"], "week": fields.get("week")}
    if begin["week"] is None:
        last = weekday({"weekday": fields["weekday2"]}, context)
        bound = None if last is None else last.last
        first = weekday(begin, msgspec.structs.replace(context, not_after=bound))
    else:
        first = weekday(begin, context)
        bound = None if first is None else first.first
        last = weekday({"weekday": fields["weekday2"]}, msgspec.structs.replace(context, not_before=bound))
    if first is None or last is None:
        return None
    return msgspec.structs.replace(first, last=last.last)


def _unit_named(fields: Fields, context: Context) -> Reading | None:
    """The month, quarter or year that an edge or n-th part belongs to, named or by "này", "tới"."""
    from pipeline.dates.resolve_periods import month, quarter, year

    if fields.get("month") is not None:
        return month(fields, context)
    if fields.get("quarter") is not None:
        return quarter(fields, context)
    if fields.get("unit") is not None:
        first, last = unit_span(context.on, fields["unit"], fields.get("rel") or 0)
        return Reading(first=first, last=last, grain="day")
    return year(fields, context)


def working_day_of(fields: Fields, context: Context) -> Reading | None:
    """The n-th or last working day of a week, month, quarter or year: "ngày làm việc cuối cùng của tháng 6"."""
    whole = _unit_named(fields, context)
    if whole is None or whole.first is None or whole.last is None:
        return None
    nth = fields["nth"]
    found = add_working_days(whole.last + DAY, nth) if nth < 0 else add_working_days(whole.first - DAY, nth)
    return single(found, has_year=whole.has_year)


def weekday_of_month(fields: Fields, context: Context) -> Reading | None:
    """The n-th or last weekday of a month, quarter or year: "thứ Hai đầu tiên của tháng 6"."""
    whole = _unit_named(fields, context)
    if whole is None or whole.first is None or whole.last is None:
        return None
    if fields["nth"] < 0:
        found = whole.last - ((whole.last.weekday() - fields["weekday"]) % 7) * DAY
    else:
        found = whole.first + ((fields["weekday"] - whole.first.weekday()) % 7 + 7 * (fields["nth"] - 1)) * DAY
    return single(found, has_year=whole.has_year)


def week(fields: Fields, context: Context) -> Reading | None:
    """A week (Monday to Sunday) or its beginning, middle, end (Saturday and Sunday) by "này", "tới", "trước"."""
    span = week_span(context.on, fields.get("rel") or 0)
    told: Direction = "unknown" if not fields.get("rel") else "future" if fields["rel"] > 0 else "past"
    if fields.get("part"):
        first, last = part_of(span, fields["part"], "week")
        grain: Any = "weekend" if fields["part"] == "end" else "part"
        keep = fields["part"] == "end"
        return Reading(first=first, last=last, grain=grain, direction=told, has_year=True, include_last=keep)
    return Reading(first=span[0], last=span[1], grain="week", direction=told, has_year=True)


def weeks_of_month(fields: Fields, context: Context) -> Reading | None:
    """The first, n-th or last seven days of a month or year: "tuần cuối tháng 11", "tuần đầu năm 2024"."""
    whole = _unit_named(fields, context)
    if whole is None or whole.first is None or whole.last is None:
        return None
    first = whole.last - 6 * DAY if fields["nth"] < 0 else whole.first + 7 * (fields["nth"] - 1) * DAY
    last = min(first + 6 * DAY, whole.last)
    keep = fields["nth"] < 0
    return Reading(first=first, last=last, grain="week", has_year=whole.has_year, include_last=keep)


def iso_week(fields: Fields, context: Context) -> Reading | None:
    """A week by its number (ISO 8601): "tuần 25 năm 2023"."""
    year = named_year(fields, context)
    try:
        first = datetime.date.fromisocalendar(context.on.year if year is None else year, fields["n"], 1)
    except ValueError:
        return None
    return Reading(first=first, last=first + 6 * DAY, grain="week", has_year=True)


def edge_day(fields: Fields, context: Context) -> Reading | None:
    """The first or last day of a month, quarter, year: "ngày cuối cùng của tháng", "ngày đầu năm"."""
    whole = _unit_named(fields, context)
    if whole is None:
        return None
    return single(whole.first if fields["nth"] > 0 else whole.last, has_year=whole.has_year)
