"""Readings of lists of months, quarters and years: "tháng 3, 5 và 7 năm 2024", "quý I và quý III"."""

from collections.abc import Mapping
from typing import Any

import msgspec

from pipeline.dates.records import Context, Grain, Reading
from pipeline.dates.resolve_days import named_year
from pipeline.dates.resolve_periods import month, quarter
from pipeline.dates.spans import DAY, month_span, year_span
from pipeline.dates.years import Span

Fields = Mapping[str, Any]


def _members(fields: Fields, name: str) -> list[tuple[str, int]]:
    """Slot names and numbers of a list: name, name2, name3, name4."""
    slots = (name, name + "2", name + "3", name + "4")
    return [(slot, fields[slot]) for slot in slots if fields.get(slot) is not None]


def _spans(names: list[str], spans: list[Span], grain: Grain, *, has_year: bool) -> Reading | None:
    """One span where the members follow each other, else a reading of each."""
    if len(set(spans)) < len(spans):
        return None
    parts = [Reading(first=first, last=last, grain=grain, has_year=has_year) for first, last in spans]
    whole = Reading(first=spans[0][0], last=spans[-1][1], grain=grain, has_year=has_year)
    if all(earlier[1] + DAY == later[0] for earlier, later in zip(spans, spans[1:], strict=False)):
        return whole
    return msgspec.structs.replace(whole, parts=tuple(zip(names, parts, strict=True)))


def month_list(fields: Fields, context: Context) -> Reading | None:
    """Months; the year of the last, the year before where the numbers fall ("tháng 12 và tháng 1/2024")."""
    members = _members(fields, "month")
    last = month({**fields, "month": members[-1][1], "part": None}, context)
    if last is None or last.first is None:
        return None
    year, after, spans = last.first.year, members[-1][1], []
    for _, number in reversed(members):
        year -= number > after
        after = number
        spans.append(month_span(year, number))
    return _spans([name for name, _ in members], spans[::-1], "month", has_year=last.has_year)


def quarter_list(fields: Fields, context: Context) -> Reading | None:
    """Quarters of one year."""
    members = _members(fields, "quarter")
    last = quarter({**fields, "quarter": members[-1][1], "quarter2": None}, context)
    if last is None or last.first is None:
        return None
    year, numbers = last.first.year, [number for _, number in members]
    if numbers != sorted(numbers):
        return None
    spans = [month_span(year, number * 3 - 2, months=3) for number in numbers]
    return _spans([name for name, _ in members], spans, "quarter", has_year=named_year(fields, context) is not None)


def year_list(fields: Fields, context: Context) -> Reading | None:
    """Years."""
    members = _members(fields, "year")
    spans = [year_span(number) for _, number in members]
    reading = _spans([name for name, _ in members], spans, "year", has_year=True)
    return reading if reading is None or reading.parts else msgspec.structs.replace(reading, grain="period")
