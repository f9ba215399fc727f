"""Figures of a progress statement: "7/11 nhiệm vụ", "80,3 %", "còn 28 đề án", "1.250 tỷ đồng"."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipeline.extraction.page import Page
from pipeline.extraction.progress_words import load_progress
from pipeline.extraction.targets import read_number
from pipeline.extraction.vocabulary import any_of

_BEFORE = 24
_BEFORE_DAY = re.compile(
    r"(?:ngày|tháng|sáng|chiều|tối|trưa|hôm|đến|trước|từ|quý|hạn|ngày \d+ và|\d ?[-–,]) *$"
)
_DELAYED = re.compile(r"(?:chậm|trễ|quá|muộn)[\w ]*$")


class FigureMention(NamedTuple):
    """A figure at [start, end): `value` of `of` in `unit`."""

    start: int
    end: int
    value: float | None
    of: float | None
    unit: str | None

    @property
    def share(self) -> float | None:
        """The share of the whole that it tells, 1.0 for all; None where it tells none."""
        if self.value is None:
            return None
        if self.unit in ("%", "phần trăm"):
            return self.value / 100
        return self.value / self.of if self.of else None


@cache
def _figure() -> re.Pattern[str]:
    words = load_progress()
    number = r"\d+(?:[.,]\d+)*"
    units = any_of(words.figure_units)
    return re.compile(
        rf"(?<![\w/.,-])(?P<value>{number})(?: ?(?:{units}))?(?: ?/ ?| (?:trong|trên) (?:tổng số )?)(?P<of>{number})"
        rf"(?![\w/-]) *(?P<unit_of>{units})?(?!\w)"
        rf"|(?<![\w/.,-])(?P<bare>{number}) ?(?P<unit>{units})(?!\w)"
    )


def find_figures(page: Page, start: int, end: int) -> list[FigureMention]:
    """The figures in [start, end), in order. Dates ("15/6") and numbers of documents are left alone."""
    out = []
    for match in _figure().finditer(page.key, start, end):
        if match["bare"] is not None:
            value, of, unit = read_number(match["bare"]), None, match["unit"]
            if unit in ("ngày", "tháng", "năm") and not _is_span_of_time(page, match.start()):
                continue
        else:
            value, of, unit = read_number(match["value"]), read_number(match["of"]), match["unit_of"]
            if unit is None and _is_date(page, match.start()):
                continue
        stop = match.end()
        out.append(FigureMention(match.start(), start + len(page.flat[start:stop].rstrip()), value, of, unit))
    return out


def _is_date(page: Page, at: int) -> bool:
    """Whether "7/11" at a place is a day: behind a word for one or another day."""
    return _BEFORE_DAY.search(page.key, max(0, at - _BEFORE), at) is not None


def _is_span_of_time(page: Page, start: int) -> bool:
    """Whether days, months or years are counted as a delay ("chậm 45 ngày"), and tell no date."""
    return _DELAYED.search(page.key, max(0, start - _BEFORE), start) is not None
