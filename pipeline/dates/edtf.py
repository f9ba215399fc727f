"""EDTF strings (Extended Date/Time Format, Library of Congress, 4 February 2019).

Levels 0 and 1, and from level 2 only the sub-year codes 33-36 (quarters) and 40-41 (half-years). An open side is
written "..": "../2025-06-30" is everything up to that day.
"""

import datetime

from pipeline.dates.records import Grain


def _point(first: datetime.date, grain: Grain) -> str:
    year = f"{first.year:04d}"
    if grain == "month":
        return f"{year}-{first.month:02d}"
    if grain == "quarter":
        return f"{year}-{33 + (first.month - 1) // 3}"
    if grain == "half":
        return f"{year}-{40 + (first.month - 1) // 6}"
    if grain == "year":
        return year
    if grain == "decade":
        return year[:3] + "X"
    if grain == "century":
        return f"{(first.year - 1) // 100:02d}XX"
    return first.isoformat()


def _whole(first: datetime.date, last: datetime.date, grain: Grain) -> bool:
    """True when [first, last] is exactly one unit of the grain."""
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}.get(grain)
    if grain in ("day", "hour"):
        return first == last
    if grain == "century":
        return True
    if grain == "decade":
        return first.year % 10 == 0 and last.year == first.year + 9
    if months is None or first.day != 1 or (first.month - 1) % months:
        return False
    after = last + datetime.timedelta(days=1)
    return (after.year * 12 + after.month) - (first.year * 12 + first.month) == months and after.day == 1


def _bound(day: datetime.date, grain: Grain, *, opens: bool) -> str:
    """A bound at the coarsest of year, month, day that says exactly the same."""
    after = day + datetime.timedelta(days=1)
    if grain in ("day", "hour", "week", "weekend", "part"):
        return day.isoformat()
    if grain in ("year", "period", "decade") and ((day.month, day.day) == ((1, 1) if opens else (12, 31))):
        return f"{day.year:04d}"
    if (day.day == 1) if opens else (after.day == 1):
        return day.isoformat()[:7]
    return day.isoformat()


def interval_edtf(
    first: datetime.date | None, last: datetime.date | None, grain: Grain, *, about: bool = False, planned: bool = False
) -> str | None:
    """EDTF of [first, last]: a single value when it is one unit of the grain, else an interval; None if both are open.

    `about` adds "~", `planned` (uncertain) "?", both together "%"; a part of a month or year is its exact interval.
    """
    sign = "%" if about and planned else "~" if about else "?" if planned else ""
    if first is None and last is None:
        return None
    if first is not None and last is not None and _whole(first, last, grain):
        value = _point(first, grain)
        return value if "X" in value else value + sign
    left = ".." if first is None else _bound(first, grain, opens=True) + sign
    right = ".." if last is None else _bound(last, grain, opens=False) + sign
    if left == right:
        return left
    return f"{left}/{right}"
