"""Which year a day or month without a year belongs to.

A plan looks forward, a report back; where neither is told, the nearest day holds. Source: the annotation guidelines,
"A day and month without a year take the year that puts them nearest to the report's date, and, for work still to be
done, not before it"; 90 % of the press's days have no year.
"""

import datetime
from collections.abc import Callable, Iterable

from pipeline.dates.records import Context

CLOSE_DAYS = 45
Span = tuple[datetime.date, datetime.date]


def distance(span: Span, day: datetime.date) -> int:
    """How far a span lies from a day: days for a day, thirty for each month between the months of longer spans.

    A month or quarter is measured from the one that holds the day, so that of two equally far the later is taken.
    """
    first, last = span
    if first == last or (last - first).days > 200:
        return max((first - day).days, (day - last).days, 0)
    begin, now = first.year * 12 + first.month, day.year * 12 + day.month
    size = last.year * 12 + last.month - begin + 1
    return abs(begin - (begin + (now - begin) // size * size)) * 30


def _nearest(spans: Iterable[Span], day: datetime.date) -> Span | None:
    return min(spans, key=lambda span: (distance(span, day), -span[0].toordinal()), default=None)


def choose(spans: Iterable[Span], context: Context) -> Span | None:
    """The span that the context means, of those that a year-less expression could be; None when there is none."""
    found = sorted(spans)
    if context.not_before is not None:
        later = [span for span in found if span[1] >= context.not_before]
        return later[0] if later else None
    if context.not_after is not None:
        earlier = [span for span in found if span[0] <= context.not_after]
        return earlier[-1] if earlier else None
    if context.near is not None:
        return _nearest(found, context.near)
    nearest = _nearest(found, context.on)
    if nearest is not None and context.soft and distance(nearest, context.on) <= CLOSE_DAYS:
        return nearest
    ahead = [span for span in found if span[1] >= context.on]
    behind = [span for span in found if span[0] <= context.on]
    if context.direction == "future" and ahead:
        return ahead[0]
    if context.direction == "past" and behind:
        return behind[-1]
    return nearest


def year_for(make: Callable[[int], Span | None], context: Context, *, reach: int = 2) -> Span | None:
    """The span `make(year)` for the year that the context means, `reach` years to both sides looked at.

    `make` gives None for a year in which the day does not exist (29 February, lunar thirtieths).
    A weekday in the context is a check: only years in which the day falls on it are looked at, up to six away.
    """
    if context.year is not None:
        return make(context.year)
    centre = (context.not_before or context.not_after or context.near or context.on).year
    if context.weekday is not None:
        checked = [span for year in range(centre - 6, centre + 7) if (span := make(year))]
        checked = [span for span in checked if span[0].weekday() == context.weekday]
        chosen = choose(checked, context)
        if chosen is not None and distance(chosen, context.on) <= 366 * 3:
            return chosen
    reach = max(reach, 8) if make(centre) is None else reach
    return choose([span for year in range(centre - reach, centre + reach + 1) if (span := make(year))], context)
