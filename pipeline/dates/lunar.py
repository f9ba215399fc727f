"""The Vietnamese lunar calendar for UTC+7, exact for 1990-2050.

A month begins on the day (in Hanoi) of a new moon; the eleventh month is the one that holds the winter solstice;
between two eleventh months thirteen moons make a leap year, whose leap month is the first without a principal term
(a multiple of 30 degrees of the sun's longitude). New moons and longitudes follow Jean Meeus, Astronomical Algorithms,
2nd ed. 1998, chapters 25 and 49, as far as the last day needs.
"""

import datetime
import functools
import math

ZONE_HOURS = 7
_MEAN_MONTH = 29.530588861
_FIRST_NEW_MOON = 2451550.09766  # 6 January 2000, 18:14 TT
_ORDINAL_TO_JULIAN = 1721424.5  # julian day of the midnight that begins datetime ordinal 0

# Periodic terms of the true new moon: (days, power of the eccentricity, multiples of M, M', F, omega).
_NEW_MOON_TERMS = (
    (-0.40720, 0, 0, 1, 0, 0),
    (0.17241, 1, 1, 0, 0, 0),
    (0.01608, 0, 0, 2, 0, 0),
    (0.01039, 0, 0, 0, 2, 0),
    (0.00739, 1, -1, 1, 0, 0),
    (-0.00514, 1, 1, 1, 0, 0),
    (0.00208, 2, 2, 0, 0, 0),
    (-0.00111, 0, 0, 1, -2, 0),
    (-0.00057, 0, 0, 1, 2, 0),
    (0.00056, 1, 1, 2, 0, 0),
    (-0.00042, 0, 0, 3, 0, 0),
    (0.00042, 1, 1, 0, 2, 0),
    (0.00038, 1, 1, 0, -2, 0),
    (-0.00024, 1, -1, 2, 0, 0),
    (-0.00017, 0, 0, 0, 0, 1),
    (-0.00007, 0, 2, 1, 0, 0),
    (0.00004, 0, 0, 2, -2, 0),
    (0.00004, 0, 3, 0, 0, 0),
    (0.00003, 0, 1, 1, -2, 0),
    (0.00003, 0, 0, 2, 2, 0),
    (-0.00003, 0, 1, 1, 2, 0),
    (0.00003, 0, -1, 1, 2, 0),
    (-0.00002, 0, -1, 1, -2, 0),
    (-0.00002, 0, 1, 3, 0, 0),
    (0.00002, 0, 0, 4, 0, 0),
)
# Planetary terms: (days, degrees at k = 0, degrees for each k).
_PLANET_TERMS = (
    (0.000325, 299.77, 0.107408),
    (0.000165, 251.88, 0.016321),
    (0.000164, 251.83, 26.651886),
    (0.000126, 349.42, 36.412478),
    (0.000110, 84.66, 18.206239),
    (0.000062, 141.74, 53.303771),
    (0.000060, 207.14, 2.453732),
    (0.000056, 154.84, 7.306860),
    (0.000047, 34.52, 27.261239),
    (0.000042, 207.19, 0.121824),
    (0.000040, 291.34, 1.844379),
    (0.000037, 161.72, 24.198154),
    (0.000035, 239.56, 25.513099),
    (0.000023, 331.55, 3.592518),
)


def _delta_t_days(year: float) -> float:
    """Terrestrial minus universal time in days, a parabola good to half a minute for 1950-2060."""
    t = year - 2000
    seconds = 63.86 + 0.3345 * t - 0.060374 * t**2 if -50 <= t < 5 else 62.92 + 0.32217 * t + 0.005589 * t**2
    if -14 <= t < 5:
        seconds += 0.0017275 * t**3 + 0.000651814 * t**4 + 0.00002373599 * t**5
    elif -50 <= t < -14:
        u = t + 25
        seconds = 45.45 + 1.067 * u - u**2 / 260 - u**3 / 718
    return seconds / 86400


def _new_moon(k: int) -> datetime.date:
    """The day in Hanoi of the k-th new moon after that of 6 January 2000."""
    t = k / 1236.85
    day = _FIRST_NEW_MOON + _MEAN_MONTH * k + 0.00015437 * t**2 - 0.00000015 * t**3
    eccentricity = 1 - 0.002516 * t - 0.0000074 * t**2
    sun = math.radians(2.5534 + 29.10535670 * k - 0.0000014 * t**2)
    moon = math.radians(201.5643 + 385.81693528 * k + 0.0107582 * t**2 + 0.00001238 * t**3)
    latitude = math.radians(160.7108 + 390.67050284 * k - 0.0016118 * t**2 - 0.00000227 * t**3)
    node = math.radians(124.7746 - 1.56375588 * k + 0.0020672 * t**2)
    for size, power, s, m, f, n in _NEW_MOON_TERMS:
        day += size * eccentricity**power * math.sin(s * sun + m * moon + f * latitude + n * node)
    for size, base, rate in _PLANET_TERMS:
        angle = base + rate * k - (0.009173 * t**2 if base == 299.77 else 0)
        day += size * math.sin(math.radians(angle))
    return _hanoi_day(day)


def _hanoi_day(julian_tt: float) -> datetime.date:
    year = 2000 + (julian_tt - 2451545) / 365.25
    local = julian_tt - _delta_t_days(year) + ZONE_HOURS / 24
    return datetime.date.fromordinal(math.floor(local - _ORDINAL_TO_JULIAN))


def _sun_longitude(day: datetime.date) -> float:
    """The sun's apparent longitude in degrees at the midnight that ends the day in Hanoi."""
    julian = day.toordinal() + 1 + _ORDINAL_TO_JULIAN - ZONE_HOURS / 24
    t = (julian + _delta_t_days(day.year) - 2451545) / 36525
    anomaly = math.radians(357.52911 + 35999.05029 * t - 0.0001537 * t**2)
    centre = (
        (1.914602 - 0.004817 * t - 0.000014 * t**2) * math.sin(anomaly)
        + (0.019993 - 0.000101 * t) * math.sin(2 * anomaly)
        + 0.000289 * math.sin(3 * anomaly)
    )
    node = math.radians(125.04 - 1934.136 * t)
    return (280.46646 + 36000.76983 * t + 0.0003032 * t**2 + centre - 0.00569 - 0.00478 * math.sin(node)) % 360


def _term(day: datetime.date) -> int:
    """How many principal terms (0 = spring equinox, 9 = winter solstice) the year's sun passed by the end of day."""
    return int(_sun_longitude(day) // 30)


@functools.cache
def _eleventh_month(year: int) -> int:
    """k of the new moon that begins the eleventh lunar month, the one holding the winter solstice of the year."""
    k = math.floor((datetime.date(year, 12, 31) - datetime.date(2000, 1, 6)).days / _MEAN_MONTH)
    solstice = datetime.date(year, 12, 20)
    while _term(solstice) != 9:
        solstice += datetime.timedelta(days=1)
    while _new_moon(k) > solstice:
        k -= 1
    while _new_moon(k + 1) <= solstice:
        k += 1
    return k


@functools.cache
def _months_of(year: int) -> tuple[tuple[datetime.date, int, int, bool], ...]:
    """Months from the eleventh of year - 1 up to the tenth of year: (first day, lunar year, month, leap)."""
    first, last = _eleventh_month(year - 1), _eleventh_month(year)
    starts = [_new_moon(k) for k in range(first, last + 1)]
    leap_index = -1
    if last - first == 13:
        for i in range(1, 13):
            before = _term(starts[i] - datetime.timedelta(days=1))
            if before == _term(starts[i + 1] - datetime.timedelta(days=1)):
                leap_index = i
                break
    months, number = [], 11
    for i, start in enumerate(starts[:-1]):
        is_leap = i == leap_index
        if i and not is_leap:
            number = number % 12 + 1
        months.append((start, year - 1 if number >= 11 and i < 3 else year, number, is_leap))
    return tuple(months)


def lunar_to_solar(day: int, month: int, year: int, leap: bool = False) -> datetime.date:
    """The solar date of a lunar day, for example (1, 1, 2024) is 10 February 2024, first day of Tết.

    `day` 1-30, `month` 1-12, `year` the lunar year (it begins at Tết), `leap` for the second of two like-named months.
    Raises ValueError when there is no such day: a thirtieth in a month of 29, or a leap month the year lacks.
    """
    table = _months_of(year) + _months_of(year + 1)
    for i, (start, lunar_year, number, is_leap) in enumerate(table):
        if (lunar_year, number, is_leap) == (year, month, leap):
            after = table[i + 1][0] if i + 1 < len(table) else start + datetime.timedelta(days=30)
            found = start + datetime.timedelta(days=day - 1)
            if 1 <= day <= 30 and found < after:
                return found
    raise ValueError(f"no lunar day {day}/{month}/{year}{' of the leap month' if leap else ''}: check day and month")


def solar_to_lunar(date: datetime.date) -> tuple[int, int, int, bool]:
    """(day, month, year, leap) of the Vietnamese lunar calendar: 10 February 2024 is (1, 1, 2024, False)."""
    table = _months_of(date.year) + _months_of(date.year + 1)
    start, year, month, leap = max((row for row in table if row[0] <= date), key=lambda row: row[0])
    return (date - start).days + 1, month, year, leap


def tet(year: int) -> datetime.date:
    """The first day of Tết Nguyên đán in the given solar year."""
    return lunar_to_solar(1, 1, year)


def last_day(month: int, year: int) -> int:
    """29 or 30: the length of a (common) lunar month."""
    try:
        lunar_to_solar(30, month, year)
    except ValueError:
        return 29
    return 30
