"""Readings of terms: durations and offsets from the day counted from, working days, recurrence."""

import datetime
from collections.abc import Mapping
from typing import Any

from pipeline.dates.records import Context, Direction, Grain, Reading
from pipeline.dates.resolve_days import named_year
from pipeline.dates.spans import shift
from pipeline.dates.working_days import add_working_days

Fields = Mapping[str, Any]
_MOST = {"hour": 24 * 400, "minute": 60 * 24 * 30, "day": 40000, "working_day": 2000, "week": 6000, "month": 1300}
_GRAINS: dict[str, Grain] = {"hour": "hour", "minute": "hour", "working_day": "day"}


def counted(day: datetime.date, n: int, unit: str) -> datetime.date | None:
    """The day `n` units after a day, n may be negative; None for more than a text can mean."""
    if abs(n) > _MOST.get(unit, 1000):
        return None
    if unit in ("hour", "minute"):
        hours = n / 60 if unit == "minute" else n
        return shift(day, int(hours / 24) if hours < 0 else -int(-hours // 24) if hours >= 24 else 0, "day")
    if unit == "working_day":
        return add_working_days(day, n)
    if unit == "half_month":
        return shift(day, 15 * n, "day")
    if unit == "weekend":
        return shift(day, n, "week")
    return shift(day, n, unit)


def _count(fields: Fields) -> int:
    return int(fields.get("n") or 1)


def _extra(day: datetime.date | None, fields: Fields, sign: int) -> datetime.date | None:
    if day is not None and fields.get("n2") is not None:
        return counted(day, sign * fields["n2"], fields["unit2"])
    if day is not None and fields.get("half"):
        months = {"year": 6, "quarter": 1}.get(fields["unit"])
        if months:
            return counted(day, sign * months, "month")
        return counted(day, sign * {"month": 15, "week": 3}.get(fields["unit"], 0), "day")
    return day


def within(fields: Fields, context: Context) -> Reading | None:
    """ "trong vòng 15 ngày": the day counted from, up to that day + 15 (annotation guidelines, Dates).

    With `event` set and no date for the event, both ends stay open and the count goes into the anchor.
    """
    n, unit = _count(fields), fields["unit"]
    last = _extra(counted(context.on, n, unit), fields, 1)
    if last is None:
        return None
    event = bool(fields.get("event"))
    return Reading(
        first=None if event else context.on, last=None if event else last,
        grain=_GRAINS.get(unit, unit if unit != "half_month" else "day"), direction="future", bounded=True,
        count=n, unit=unit, event=event,
        fuzzy=bool(fields.get("fuzzy")), has_year=True,
    )  # fmt: skip


def until_count(fields: Fields, context: Context) -> Reading | None:
    """ "chậm nhất sau 10 ngày", "không quá 5 ngày": open begin, the day counted from + n as the last."""
    reading = within(fields, context)
    if reading is None:
        return None
    return Reading(
        first=None, last=reading.last, grain=reading.grain, direction="future", bounded=True,
        count=reading.count, unit=reading.unit, event=reading.event, has_year=True,
    )  # fmt: skip


def ago_or_hence(fields: Fields, context: Context) -> Reading | None:
    """One day n units away: "3 ngày nữa" (`sign` 1), "cách đây 2 năm" (-1)."""
    sign = fields["sign"]
    day = _extra(counted(context.on, sign * _count(fields), fields["unit"]), fields, sign)
    if day is None:
        return None
    told: Direction = "future" if sign > 0 else "past"
    fuzzy = bool(fields.get("fuzzy"))
    return Reading(
        first=day, last=day, grain="day", direction=told, fuzzy=fuzzy, has_year=True, include_last=True,
        count=_count(fields), unit=fields["unit"],
    )  # fmt: skip


def half_ago(fields: Fields, context: Context) -> Reading | None:
    """Half a year (6 months), month (15 days), decade or century ago (Civil Code 2015 art. 146)."""
    months = {"month": 0, "year": 6, "decade": 60, "century": 600}[fields["unit"]]
    day = shift(context.on, -months, "month") if months else shift(context.on, -15, "day")
    if fields.get("span"):
        return Reading(first=day, last=context.on, grain="period", direction="past", bounded=True, has_year=True)
    return Reading(first=day, last=day, grain="day", direction="past", has_year=True, include_last=True)


def past_span(fields: Fields, context: Context) -> Reading | None:
    """The last n units up to the day counted from: "trong 3 tháng qua"."""
    first = _extra(counted(context.on, -_count(fields), fields["unit"]), fields, -1)
    if first is None:
        return None
    unit = fields["unit"]
    return Reading(
        first=first, last=context.on, grain=_GRAINS.get(unit, unit if unit != "half_month" else "day"),
        direction="past", bounded=True, has_year=True, fuzzy=bool(fields.get("fuzzy")),
        count=_count(fields), unit=unit,
    )  # fmt: skip


def from_date(fields: Fields, context: Context) -> Reading | None:
    """A term counted from a named day: "180 ngày kể từ ngày 18/5" runs from 18 May to that day + 180."""
    from pipeline.dates.resolve_days import day

    begin = day({key: fields.get(key) for key in ("day", "month", "year", "yy", "yrel")}, context)
    if begin is None or begin.first is None:
        return None
    last = counted(begin.first, _count(fields), fields["unit"])
    unit: Grain = fields["unit"]
    return Reading(
        first=begin.first, last=last, grain=_GRAINS.get(unit, unit), bounded=True,
        has_year=named_year(fields, context) is not None, count=_count(fields), unit=unit,
    )  # fmt: skip


def from_day_on(fields: Fields, context: Context) -> Reading | None:
    """Open end from the day counted from: "ngay sau hội nghị", "từ hôm nay trở đi"."""
    known = fields.get("known", True)
    return Reading(
        first=context.on if known else None, last=None, grain="day",
        direction="future", bounded=True, event=bool(fields.get("event")), has_year=True,
    )  # fmt: skip


_FREQ = {
    "daily": "DAILY", "working_day": "WEEKLY;BYDAY=MO,TU,WE,TH,FR", "weekly": "WEEKLY", "monthly": "MONTHLY",
    "quarterly": "MONTHLY;INTERVAL=3", "half-yearly": "MONTHLY;INTERVAL=6", "yearly": "YEARLY",
}  # fmt: skip
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def recurring(fields: Fields, context: Context) -> Reading | None:
    """What comes again: "hằng tháng", "thứ sáu hằng tuần", "ngày 25 hằng tháng", "ngày 25/12 hằng năm"."""
    every = fields["every"]
    rrule: str | None = "FREQ=" + _FREQ[every]
    if fields.get("weekday") is not None and every == "weekly":
        days = [fields[name] for name in ("weekday", "weekday2", "weekday3") if fields.get(name) is not None]
        rrule = "FREQ=WEEKLY;BYDAY=" + ",".join(WEEKDAYS[number] for number in days)
    elif fields.get("edge") and every in ("monthly", "quarterly", "yearly"):
        month_day = "1" if fields["edge"] == "start" else "15" if fields["edge"] == "mid" else "-1"
        months = {"monthly": "", "quarterly": "BYMONTH=3,6,9,12;", "yearly": "BYMONTH=12;"}[every]
        if fields["edge"] == "start":
            months = {"monthly": "", "quarterly": "BYMONTH=1,4,7,10;", "yearly": "BYMONTH=1;"}[every]
        rrule = f"FREQ={'MONTHLY' if every == 'monthly' else 'YEARLY'};{months}BYMONTHDAY={month_day}"
    elif fields.get("month2") is not None:
        both = f"FREQ=YEARLY;BYMONTH={fields['month']},{fields['month2']};BYMONTHDAY={fields['day']}"
        rrule = both if fields["day"] == fields["day2"] else None
    elif fields.get("month") is not None and fields.get("day") is not None:
        rrule = f"FREQ=YEARLY;BYMONTH={fields['month']};BYMONTHDAY={fields['day']}"
    elif fields.get("month") is not None:
        rrule = f"FREQ=YEARLY;BYMONTH={fields['month']}"
    elif fields.get("day") is not None:
        numbers = [fields[name] for name in ("day", "day2") if fields.get(name) is not None]
        if fields.get("run"):
            numbers = list(range(numbers[0], numbers[1] + 1))
        if not numbers:
            return None
        days_of_month = ",".join(str(number) for number in numbers)
        rrule = f"FREQ=MONTHLY{';INTERVAL=3' if every == 'quarterly' else ''};BYMONTHDAY={days_of_month}"
    word = {"working_day": "daily", "half-yearly": "yearly"}.get(every, every)
    return Reading(first=None, last=None, grain="period", recurrence=word, rrule=rrule, has_year=True)


def every_n(fields: Fields, context: Context) -> Reading | None:
    """Once in n units: "6 tháng một lần", "định kỳ 3 tháng"; the plain word is the nearest whole one."""
    n, unit = _count(fields), fields["unit"]
    freq = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "quarter": "MONTHLY", "year": "YEARLY"}[unit]
    step = n * 3 if unit == "quarter" else n
    if not 1 <= step <= 600:
        return None
    word = {"DAILY": "daily", "WEEKLY": "weekly", "MONTHLY": "monthly", "YEARLY": "yearly"}[freq]
    if freq == "MONTHLY" and step >= 3:
        word = "quarterly" if step == 3 else "yearly"
    rrule = f"FREQ={freq}" + (f";INTERVAL={step}" if step > 1 else "")
    return Reading(first=None, last=None, grain="period", recurrence=word, rrule=rrule, has_year=True)


def nothing(fields: Fields, context: Context) -> Reading | None:
    """A rule whose words look like a time and are none: they are passed over whole."""
    return None
