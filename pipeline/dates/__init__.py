"""Vietnamese expressions of time: text and a day go in, dates with offsets come out.

    >>> import datetime
    >>> from pipeline.dates import read_dates
    >>> [found.end for found in read_dates("trước ngày 30/6", datetime.date(2023, 6, 8))]
    ['2023-06-30']

What enters: a text and the day counted from. What leaves: `TimeExpression` records. The room never asks the clock,
never reads the network, never folds diacritics, and has no notion of tasks or meetings. Its knowledge stands in
`pipeline/lexicon/dates/*.toml`; adding an expression is one entry there.
"""

from pipeline.dates.lunar import lunar_to_solar, solar_to_lunar, tet
from pipeline.dates.reader import can_count_from, read_dates
from pipeline.dates.records import Anchor, DatesLexiconError, TimeExpression, expressions_as_json
from pipeline.dates.working_days import add_working_days

__all__ = [
    "Anchor",
    "DatesLexiconError",
    "TimeExpression",
    "add_working_days",
    "can_count_from",
    "expressions_as_json",
    "lunar_to_solar",
    "read_dates",
    "solar_to_lunar",
    "tet",
]
