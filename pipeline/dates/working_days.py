"""Working days in Vietnam: Monday to Friday without the public holidays of the `holidays` package.

Public holidays: Labour Code 2019 art. 112, with the government's yearly decisions on days taken instead. A Saturday
worked in exchange for a free day is not counted as a working day.
"""

import datetime
import functools

import holidays


@functools.cache
def _public_holidays(year: int) -> frozenset[datetime.date]:
    return frozenset(holidays.country_holidays("VN", years=year))


def is_working_day(day: datetime.date) -> bool:
    """True for a Monday to Friday that is no public holiday."""
    return day.weekday() < 5 and day not in _public_holidays(day.year)


def add_working_days(day: datetime.date, n: int) -> datetime.date:
    """The n-th working day after `day`; the day itself is not counted (Civil Code 2015 art. 147).

    `n` may be negative (counts back). With n = 0 the day itself comes back, whether it is a working day or not.
    """
    step = datetime.timedelta(days=1 if n > 0 else -1)
    left = abs(n)
    while left:
        day += step
        if is_working_day(day):
            left -= 1
    return day
