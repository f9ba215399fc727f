"""Frames of progress found in a text, in their telling use only: no plan, no condition, no part of a noun phrase."""

from __future__ import annotations

import bisect
import re
from typing import NamedTuple

from pipeline.extraction.bodies import begins_with_body, work_start
from pipeline.extraction.openings import begins_work
from pipeline.extraction.page import Page
from pipeline.extraction.progress_words import CompiledFrame, Frame, progress_patterns

_GUARD_REACH = 40
_SYLLABLE = re.compile(r"[^\W\d_]+")
_NO_FACT = ("trường hợp ", "theo ", "căn cứ ", "trên cơ sở ", "của ")
"""What a clause begins with in which a frame is part of a phrase."""
_BY_PHRASE = re.compile(r"(?<!\w)theo (?:[^\s,]+ ){1,5}$")
"""A phrase that a frame is part of ("theo đúng thiết kế đã được phê duyệt")."""
_CONDITIONS = ("nếu ", "trường hợp ", "trong trường hợp ", "một khi ", "giả sử ")
"""What a sentence begins with in which nothing is told."""
_PLAN_REACH = 220
_STOP = re.compile(r"[;.!?](?:\s|$)|\n")
_PLANNED = re.compile(r"(?<!\w)(?:trước (?:ngày|tháng|quý|năm|khi)|chậm nhất|sẽ)(?!\w)")
"""Words behind a frame without tense by which it tells a plan."""


class Clause(NamedTuple):
    """A clause [start, end) of what is told."""

    start: int
    end: int


class FrameMention(NamedTuple):
    """A frame at [start, end)."""

    start: int
    end: int
    frame: Frame


def may_tell(page: Page, start: int, end: int) -> bool:
    """Whether a frame may begin in [start, end): a quick look."""
    places = page.places_of("progress", progress_patterns().gate)
    at = bisect.bisect_left(places, start)
    return at < len(places) and places[at] < end


def find_frames(page: Page, start: int, end: int) -> list[FrameMention]:
    """The frames in [start, end), in order, none overlapping another: at each place the one that says most."""
    places = page.places_of("progress", progress_patterns().gate)
    out: list[FrameMention] = []
    reached = start
    for i in range(bisect.bisect_left(places, start), bisect.bisect_left(places, end)):
        if places[i] < reached:
            continue
        found = _frame_at(page, places[i], start, end)
        if found is not None:
            out.append(found)
            reached = found.end
    return out


def _frame_at(page: Page, at: int, start: int, end: int) -> FrameMention | None:
    best: FrameMention | None = None
    told_otherwise = False
    syllable = _SYLLABLE.match(page.key, at, end)
    known = progress_patterns().by_word.get(syllable.group() if syllable is not None else "")
    if known is None or known[0].match(page.key, at, end) is None:
        return None
    for compiled in known[1]:
        match = compiled.pattern.match(page.key, at, end)
        if match is None:
            continue
        if _guarded(page, compiled, at, match.end(), start, end):
            # what a frame with its own verb leaves alone is none of any verb either
            told_otherwise = True
            continue
        if compiled.frame.verb and (told_otherwise or not _does(page, match.end(), end)):
            continue
        if best is None or (match.end(), compiled.frame.weight) > (best.end, best.frame.weight):
            best = FrameMention(at, match.end(), compiled.frame)
    return best


def _does(page: Page, at: int, end: int) -> bool:
    """Whether a word that may be a verb of doing stands behind a frame that ends at `at`: no state, speech or order."""
    patterns = progress_patterns()
    if page.key.endswith("được", 0, at) and begins_with_body(page, at + 1, end):
        return True
    stop = page.word_end(at + 1) if at + 1 < end else None
    word = page.key[at + 1 : stop] if stop is not None else ""
    return bool(word) and word not in patterns.no_work and word.split(" ", 1)[0] not in patterns.no_work


def has_its_verb(page: Page, mention: FrameMention) -> bool:
    """Whether the word behind a frame that needs a verb is tagged as one; asked last, since tagging costs."""
    if not mention.frame.verb or page.tag_at(mention.end + 1) == "V":
        return True
    agent = page.key.endswith("được", 0, mention.end)
    return agent and begins_with_body(page, mention.end + 1, len(page.key))


def _guarded(page: Page, compiled: CompiledFrame, at: int, stop: int, start: int, end: int) -> bool:
    before = compiled.before_not
    if before is not None and before.search(page.key, max(start, at - _GUARD_REACH), at) is not None:
        return True
    return compiled.after_not is not None and compiled.after_not.match(page.key, stop, end) is not None


def tells(page: Page, mention: FrameMention, clause: Clause, start: int) -> bool:
    """Whether a frame in `clause`, of what is told from `start` on, tells what is or was so."""
    patterns = progress_patterns()
    head = page.key[max(start, clause.start) : mention.start]
    head = patterns.lifted.sub(" ", head)
    if patterns.irreal.search(head) is not None or _BY_PHRASE.search(head) is not None:
        return False
    if head.startswith(_NO_FACT) or page.key.startswith(_CONDITIONS, start):
        return False
    if not mention.frame.tense and (patterns.irreal_bare.search(head) is not None or _is_planned(page, mention.end)):
        return False
    if page.key[mention.start : clause.end].rstrip().endswith("?") or "?" in page.flat[mention.end : clause.end + 2]:
        return False
    if patterns.subject.match(page.key, start, mention.start) is not None:
        return True
    return not _is_modifier(page, mention, max(start, clause.start))


def _is_planned(page: Page, at: int) -> bool:
    """Whether a plan's day stands behind `at`, in the same clause or those behind its commas."""
    stop = _STOP.search(page.flat, at, at + _PLAN_REACH)
    return _PLANNED.search(page.key, at, stop.start() if stop is not None else at + _PLAN_REACH) is not None


def _is_modifier(page: Page, mention: FrameMention, start: int) -> bool:
    """Whether a frame stands behind another verb of the clause that begins at `start`, as part of its object ("thăm
    công nhân đang thi công", "rà soát các dự án chậm tiến độ")."""
    patterns = progress_patterns()
    at = start
    time = patterns.state_time.match(page.key, at, mention.start)
    while time is not None:
        at = time.end()
        while at < mention.start and page.flat[at] in " ,":
            at += 1
        time = patterns.state_time.match(page.key, at, mention.start)
    if at >= mention.start or patterns.subject.match(page.key, at, mention.start) is not None:
        return False
    if begins_with_body(page, at, mention.start):
        verb = work_start(page, at, mention.start)
        if verb is None or page.tag_at(verb) != "V":
            return False
        between = patterns.chain.sub(" ", page.key[verb : mention.start])
        if mention.frame.tense:
            return bool(between.strip(" ,"))
        return patterns.chain.match(page.key, verb, mention.start) is None and bool(between.strip(" ,"))
    if begins_work(page, at, mention.start):
        return patterns.chain.match(page.key, at, mention.start) is None
    return False
