"""The lunar calendar against the `holidays` package and days published in Vietnam's calendars."""

import datetime

import holidays
import pytest

from pipeline.dates.lunar import lunar_to_solar, solar_to_lunar, tet

# First day of Tết as in the official calendars.
TET = (
    "1990-01-27 1991-02-15 1992-02-04 1993-01-23 1994-02-10 1995-01-31 1996-02-19 1997-02-07 1998-01-28 1999-02-16 "
    "2000-02-05 2001-01-24 2002-02-12 2003-02-01 2004-01-22 2005-02-09 2006-01-29 2007-02-17 2008-02-07 2009-01-26 "
    "2010-02-14 2011-02-03 2012-01-23 2013-02-10 2014-01-31 2015-02-19 2016-02-08 2017-01-28 2018-02-16 2019-02-05 "
    "2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06"
)
# Leap months of 1990-2050: year and month.
LEAP = {
    1990: 5, 1993: 3, 1995: 8, 1998: 5, 2001: 4, 2004: 2, 2006: 7, 2009: 5, 2012: 4, 2014: 9, 2017: 6, 2020: 4,
    2023: 2, 2025: 6, 2028: 5, 2031: 3, 2033: 11, 2036: 6, 2039: 5, 2042: 2, 2044: 7, 2047: 5, 2050: 3,
}  # fmt: skip


@pytest.mark.parametrize("day", TET.split(" "))
def test_known_tet_days(day: str) -> None:
    assert tet(int(day[:4])).isoformat() == day


def test_tet_and_hung_kings_day_agree_with_the_holidays_package() -> None:
    known = holidays.country_holidays("VN", years=range(1990, 2051), language="en_US")
    for year in range(1990, 2051):
        assert "Lunar New Year" in known[tet(year)].split("; ")
        if year >= 2007:
            assert "Hung Kings" in known[lunar_to_solar(10, 3, year)]


def test_every_day_goes_there_and_back_and_months_follow_each_other() -> None:
    day, leap, before = datetime.date(1990, 1, 27), {}, 0
    while day.year <= 2050:
        number, month, year, is_leap = solar_to_lunar(day)
        assert lunar_to_solar(number, month, year, is_leap) == day
        assert number == before + 1 or (number == 1 and before in (0, 29, 30))
        if is_leap:
            leap[year] = month
        before = number
        day += datetime.timedelta(days=1)
    assert leap == LEAP


@pytest.mark.parametrize(
    ("day", "month", "year", "leap"), [(31, 1, 2024, False), (0, 1, 2024, False), (1, 3, 2024, True)]
)
def test_a_day_that_does_not_exist_is_an_error(day: int, month: int, year: int, leap: bool) -> None:
    with pytest.raises(ValueError, match="no lunar day"):
        lunar_to_solar(day, month, year, leap)


def test_the_thirtieth_of_a_short_month_is_an_error() -> None:
    assert solar_to_lunar(tet(2025) - datetime.timedelta(days=1))[0] == 29
    with pytest.raises(ValueError, match="check day and month"):
        lunar_to_solar(30, 12, 2024)
