"""What stands before a piece of work: colons and quotation marks, words that only introduce, adverbials."""

from __future__ import annotations

import datetime
import re

from pipeline.dates import read_dates
from pipeline.extraction.bodies import begins_with_body, read_addressee
from pipeline.extraction.discourse import adverbial_pattern, skip_connectors
from pipeline.extraction.page import Page
from pipeline.extraction.piece_words import piece_patterns
from pipeline.extraction.vocabulary import work_starts

_OPENING = re.compile(r"[\s:,\"“‘'(–—-]*")
_EDGE = re.compile(r"[(),:]")
_PREVENTION = re.compile(r"phòng, chống")
"""One word with a comma inside, to prevent and fight."""
_COLON = re.compile(r":\s+")
_LONGEST_TOPIC = 700
_LONGEST_ADVERBIAL = 420
_LONGEST_TIME = 90
_ANY_DAY = datetime.date(2000, 1, 1)
"""Where a time ends is the same whatever day it counts from."""


def skip_opening(page: Page, at: int, end: int) -> int:
    """The place behind colons, quotation marks and words that only introduce ("rằng", "với tinh thần")."""
    filler_pattern = piece_patterns().filler
    before = -1
    while before != at:
        before = at
        opening = _OPENING.match(page.flat, at, end)
        if opening is not None:
            at = opening.end()
        filler = filler_pattern.match(page.key, at, end)
        if filler is not None and filler.end() > at and not begins_with_body(page, at, filler.end()):
            at = filler.end()
    return at


def begins_work(page: Page, at: int, end: int) -> bool:
    """Whether a word that begins work stands at `at` and does so there: no noun, no word of consent alone."""
    match = work_starts().match(page.key, at, end)
    if match is None:
        return False
    patterns = piece_patterns()
    word = match.group()
    word_end = page.word_end(at)
    if word_end is not None and word_end > match.end() and page.tag_at(at)[:1] == "N":
        return False
    if word == "lãnh đạo":
        return patterns.to_lead.match(page.key, match.end()) is not None
    if word in patterns.consents:
        return patterns.consent_to.match(page.key, match.end()) is not None
    if word in patterns.weak_starts:
        return word == "căn cứ" or (word == "cùng" and work_starts().match(page.key, match.end() + 1) is not None)
    if " " in word and (at == 0 or page.flat[at].isupper()):
        return patterns.after_noun.match(page.key, match.end(), match.end() + 12) is None
    return page.tag_at(at) not in ("N", "Np") or word in patterns.work_nouns


def adverbial_end(page: Page, at: int, end: int) -> tuple[int, int] | None:
    """The adverbial at `at` as (its end, where the rest begins); None where none stands.

    It ends at a comma behind which an addressee or work stands ("Trước mắt, trong tháng 6, Sở Y tế …"), or right
    before an addressee ("trước ngày 10-1 chủ đầu tư phải …").
    """
    opening = adverbial_pattern().match(page.key, at, end)
    if opening is None:
        return None
    if opening.group() in piece_patterns().topics:
        topic = _COLON.search(page.flat, at, min(end, at + _LONGEST_TOPIC))
        if topic is not None and _says_who_or_what(page, skip_connectors(page, topic.end(), end), end):
            return topic.span()
    limit = min(end, at + _LONGEST_ADVERBIAL)
    depth = 0
    for edge in _EDGE.finditer(page.flat, at, limit):
        mark = edge.group()
        depth += (mark == "(") - (mark == ")")
        if depth > 0 or mark not in ",:" or _PREVENTION.match(page.key, max(at, edge.start() - 5)):
            continue
        rest = edge.end()
        while rest < end and page.flat[rest] == " ":
            rest += 1
        behind = skip_connectors(page, rest, end)
        if _says_who_or_what(page, behind, end):
            return edge.start(), rest
        if mark == "," and adverbial_end(page, behind, end) is not None:
            return edge.start(), rest
    return _bare_adverbial_end(page, at, limit, end)


def _says_who_or_what(page: Page, at: int, end: int) -> bool:
    """Whether an addressee before its work, or work itself, begins at `at`."""
    return read_addressee(page, at, end) is not None or begins_work(page, at, end)


def _bare_adverbial_end(page: Page, at: int, limit: int, end: int) -> tuple[int, int] | None:
    """A time said without a comma right before the addressee, or before the work itself."""
    stop = time_end(page, at, limit)
    if stop is None:
        return None
    rest = stop
    while rest < end and page.flat[rest] in " ,":
        rest += 1
    return (stop, rest) if _says_who_or_what(page, rest, end) else None


def time_end(page: Page, at: int, limit: int) -> int | None:
    """Where the time said at `at` ends, or None where none is."""
    match = piece_patterns().bare_time.match(page.key, at, limit)
    if match is not None:
        return match.end()
    times = read_dates(page.flat[at : min(limit, at + _LONGEST_TIME)], _ANY_DAY)
    return at + times[0].char_end if times and times[0].char_start == 0 else None
