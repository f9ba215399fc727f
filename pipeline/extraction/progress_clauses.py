"""Where a progress statement may stand: stretches of a sentence without who says it, and their clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extraction.bodies import begins_with_body
from pipeline.extraction.page import Page, Sentence
from pipeline.extraction.progress_frames import Clause, find_frames
from pipeline.extraction.progress_words import progress_patterns
from pipeline.extraction.spans import semicolons
from pipeline.extraction.speakers import Speakers

_CLAUSE = re.compile(
    r"[,:] +|[–—] +| (?=(?:nhưng|song|tuy nhiên|trong khi|còn(?! \d|lại)) )| và (?=(?:đã|đang|chưa|mới|hiện|vẫn) )"
)
_CONTRAST = re.compile(r" ?(?:nhưng|song|tuy nhiên)(?!\w)")
_ADVERBS = frozenset(("cũng", "đã", "vừa", "còn"))
_NO_NAMES = frozenset(("Theo", "Tại", "Trong", "Qua", "Cũng", "Các", "Những", "Và"))
_SPEAKER_MARK = re.compile(r", |[\"”]|[-–] ")
_QUOTE = re.compile(r"[\"“”]")
_SOURCE_END = re.compile(r"[,:] ")
_LONGEST_SOURCE = 160
_SHORTEST_QUOTED = 60
"""A mark closed within so many characters behind a frame holds a word, and opens no quotation."""
_FINITE = re.compile(r"(?<!\w)(?:đã|đang|chưa|sẽ|là|được|bị|vừa|cần|phải|thì|nên|vẫn|không)(?!\w)")
"""Words by which a clause says something of its own."""
_SHORTEST_SUBJECT = 2
_BRACKETS = re.compile(r"\([^()]*\)")
_OPENING = re.compile(r"[\s:,\"“‘'(–—.-]*")


def stretches(page: Page, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """The parts of a sentence that semicolons part."""
    at = sentence.start
    for stop in [*semicolons(page, sentence.start, sentence.end), sentence.end]:
        yield at, stop
        at = stop + 1


def told_start(page: Page, start: int, frame: int) -> int:
    """Where what is told begins in a stretch, before the frame at `frame`: behind the verb of speech, the source that
    opens it ("Theo Sở Y tế, …"), an opening quotation mark and connectors."""
    patterns = progress_patterns()
    at = start
    for match in patterns.lead_in.finditer(page.key, start, frame):
        at = match.end()
    for match in patterns.named_lead_in.finditer(page.key, start, frame):
        word = page.flat[start : match.start()].rstrip(" ,").rsplit(None, 1)
        named = page.flat[match.start() - 2] == "," or (
            word and word[-1] not in _NO_NAMES and (word[-1][:1].isupper() or word[-1] in _ADVERBS)
        )
        if named and page.flat[match.start()].islower():
            at = max(at, match.end())
    if at == start:
        at = _OPENING.match(page.flat, at, frame).end()  # type: ignore[union-attr]
        at = _connectors_end(page, at, frame)
        if patterns.source.match(page.key, at, frame):
            comma = _SOURCE_END.search(page.flat, at, min(frame, at + _LONGEST_SOURCE))
            at = comma.end() if comma is not None else at
    for mark in _QUOTE.finditer(page.flat, at, frame):
        closed = page.flat.find('"' if mark.group() == '"' else "”", mark.end(), frame + _SHORTEST_QUOTED)
        if closed < 0:
            at = mark.end()
            break
    return min(frame, _connectors_end(page, _OPENING.match(page.flat, at, frame).end(), frame))  # type: ignore[union-attr]


def _connectors_end(page: Page, at: int, end: int) -> int:
    match = progress_patterns().connector.match(page.key, at, end)
    return match.end() if match is not None else at


def told_end(page: Page, speakers: Speakers, frame_end: int, end: int) -> int:
    """Where what is told ends: before who is told to have said it ("…, ông Nam cho biết"), a closing quotation mark,
    and a clause that goes on with a plan or an ask ("…, phấn đấu …")."""
    patterns = progress_patterns()
    closing = page.flat.find("”", frame_end, end)
    if closing > 0 and page.flat.find("“", frame_end, closing) < 0:
        end = closing
    said = patterns.lead_in.search(page.key, frame_end, end)
    if said is not None:
        for mark in _SPEAKER_MARK.finditer(page.flat, frame_end, said.start()):
            opened = _OPENING.match(page.flat, mark.end(), said.start())
            who = opened.end() if opened is not None else mark.end()
            if begins_with_body(page, who, end) or speakers.mention_at(who, reach=2) is not None:
                end = mark.start()
                break
    for clause in clauses(page, frame_end, end):
        if clause.start == frame_end:
            continue
        if patterns.sequel.match(page.key, clause.start, clause.end) or _is_of_another(page, clause):
            return clause.start
        if page.key.startswith("theo ", clause.start) and begins_with_body(page, clause.start + len("theo "), end):
            return clause.start
    return end


def _is_of_another(page: Page, clause: Clause) -> bool:
    """Whether a clause behind what is told says something of somebody or something else."""
    said = _FINITE.search(page.key, clause.start, clause.end)
    if said is None or said.start() == clause.start:
        return False
    if progress_patterns().aspect.match(page.key, clause.start, clause.end) or find_frames(page, *clause):
        return False
    return page.tag_at(clause.start) in ("N", "Np", "P") or begins_with_body(page, clause.start, clause.end)


def begin_of(page: Page, parts: list[Clause], frame: int) -> int:
    """Where the statement with a frame begins: at the frame's clause where that has its subject, else at the clause
    before; and before that at clauses that say nothing of their own (times, places, members of a list)."""
    patterns = progress_patterns()
    i = max(n for n, part in enumerate(parts) if part.start <= frame)
    clause = parts[i]
    contrast = _CONTRAST.match(page.key, clause.start, frame)
    at = contrast.end() if contrast is not None else clause.start
    at = behind_times(page, at + (page.flat[at : at + 1] == " "), frame)
    own = frame - at > _SHORTEST_SUBJECT and patterns.aspect.match(page.key, at, frame) is None
    if not own and i > 0:
        i -= 1
    while i > 0 and _FINITE.search(page.key, parts[i - 1].start, parts[i - 1].end) is None:
        i -= 1
    return parts[i].start


def behind_times(page: Page, at: int, end: int) -> int:
    """The place behind times of a state ("Đến nay", "hiện") at `at`."""
    while (time := progress_patterns().state_time.match(page.key, at, end)) is not None:
        at = time.end()
        while at < end and page.flat[at] in " ,":
            at += 1
    return at


def clauses(page: Page, start: int, end: int) -> list[Clause]:
    """The clauses of [start, end): parted at commas, colons, dashes and conjunctions outside brackets."""
    brackets = [match.span() for match in _BRACKETS.finditer(page.flat, start, end)]
    out = []
    at = start
    for match in _CLAUSE.finditer(page.key, start, end):
        if any(a < match.start() < b for a, b in brackets):
            continue
        if match.end() > at:
            out.append(Clause(at, match.start()))
        at = match.end()
    out.append(Clause(at, end))
    return out
