"""The bodies that take part in a piece of work: "phối hợp với Sở Tài chính", "cùng các huyện"."""

from __future__ import annotations

import re

from pipeline.extraction.bodies import BodyMention, begins_with_body, split_bodies, work_start
from pipeline.extraction.page import Page
from pipeline.extraction.piece_words import piece_patterns

_MOST_BODIES = 20
_LONGEST_LIST = 320
_LONGEST_BODY = 120
_ITEM = re.compile(r",\s*|(?<!\w)và\s+")


def find_coordinating(page: Page, start: int, end: int, lead: tuple[int, int] | None) -> list[BodyMention]:
    """The bodies that take part: under "phối hợp với …", "cùng với …", each named once, in order.

    General calls ("phối hợp chặt chẽ giữa …") name nobody; nor does cooperation said inside the addressee's own
    phrase, `lead`.
    """
    unique: dict[str, BodyMention] = {}
    count = 0
    for match in piece_patterns().cooperation.finditer(page.key, start, end):
        if not _names_partners(page, match, start, lead) or not begins_with_body(page, match.end(), end):
            continue
        mentions = split_bodies(page, match.end(), _list_end(page, match.end(), _stop(page, match.end(), end)))
        for mention in mentions:
            if 1 < mention.end - mention.start < _LONGEST_BODY:
                unique.setdefault(page.key[mention.start : mention.end], mention)
        count += len(mentions)
        if count > _MOST_BODIES:
            break
    return list(unique.values())


def _names_partners(page: Page, match: re.Match[str], start: int, lead: tuple[int, int] | None) -> bool:
    """Whether words of cooperation name partners by what stands around them."""
    patterns = piece_patterns()
    if page.key.startswith(patterns.cooperation_not, match.end()):
        return False
    if match.group().startswith("cùng"):
        return patterns.together_not.search(page.key[max(start, match.start() - 14) : match.start()]) is None
    return lead is None or not lead[0] <= match.start() < lead[1]


def _stop(page: Page, at: int, end: int) -> int:
    """Where the words behind the list of bodies at `at` begin: work, or a word or mark that ends a list."""
    patterns = piece_patterns()
    work = work_start(page, at, min(end, at + _LONGEST_LIST))
    stop = end if work is None else work
    for mark in patterns.list_stop.finditer(page.key, at, end):
        if mark.start() >= stop:
            break
        if mark.group() in ("(", ")", ":"):
            continue
        if mark.group() == "trong" and page.key.startswith(patterns.inside_names, mark.end()):
            continue
        return mark.start()
    return stop


def _list_end(page: Page, start: int, end: int) -> int:
    """Where a list of bodies ends in [start, end): before the first item that is no body."""
    for match in _ITEM.finditer(page.key, start, end):
        if match.end() < end and not begins_with_body(page, match.end(), end) and not page.flat[match.end()].isupper():
            return match.start()
    return end
