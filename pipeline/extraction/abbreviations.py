"""Abbreviations that a report defines: "Ban chỉ đạo (BCĐ)", "Khu công nghiệp (KCN)"."""

from __future__ import annotations

import re

from pipeline.extraction.page import Page
from pipeline.extraction.vocabulary import UPPER
from pipeline.records import Abbreviation

_SHORT = re.compile(rf"\((?:gọi tắt là |viết tắt là |sau đây gọi là )?(?P<short>[{UPPER}][{UPPER}0-9&.-]{{1,11}})\)")

_REACH = 120
"""A long form has at most so many characters."""


def find_abbreviations(page: Page) -> list[Abbreviation]:
    """The abbreviations defined in brackets behind their long form, each once, in order.

    The long form is the run of words right before whose first letters spell the short form, in order ("Đ" is a letter
    of its own; small joining words may be left out). Brackets that spell nothing before them define nothing.
    """
    found: list[Abbreviation] = []
    seen: set[str] = set()
    for match in _SHORT.finditer(page.flat):
        short = match["short"]
        if short in seen:
            continue
        long_start = _long_form(page.flat, match.start(), short)
        if long_start is not None:
            seen.add(short)
            long = page.slice(long_start, match.start())
            found.append(Abbreviation(short=short, long=long, start=long_start, end=match.end()))
    return found


def _long_form(flat: str, end: int, short: str) -> int | None:
    """Where the words right before `end` begin whose first letters spell the short form; None where none do."""
    letters = [c for c in short.lower() if c.isalnum()]
    offset = max(0, end - _REACH)
    words = list(re.finditer(r"\w+", flat[offset:end]))
    skipped = 0
    i = len(words) - 1
    while letters and i >= 0:
        if words[i].group()[0].lower() == letters[-1]:
            letters.pop()
            skipped = 0
        else:
            skipped += 1
            if skipped > 1:
                return None
        i -= 1
    return offset + words[i + 1].start() if not letters else None
