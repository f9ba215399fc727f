"""Quotations in a report, and who is told to have said them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extraction.cues import find_cues
from pipeline.extraction.page import Page, Sentence
from pipeline.extraction.speakers import Speaker, Speakers

_SKIPPED = frozenset({"caption", "credit", "title", "related_link", "tags", "letterhead", "boilerplate", "byline"})
_MARK = re.compile(r"[\"“”]")
_GAP = re.compile(r"[\s,.–—-]*")
_MOST_SENTENCES = 14
"""A mark that stays open for more sentences is dropped: 6 % of press articles have unbalanced marks."""
_FEWEST_CHARACTERS = 25
"""A shorter quotation is a word or name in marks."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation over sentences `first`..`last` (indexes); [start, end) is inside the marks."""

    start: int
    end: int
    first: int
    last: int
    speaker: Speaker | None


def find_quotations(speakers: Speakers) -> list[Quotation]:
    """Quotations of more than a few words, in order, with who is told to have said them.

    A straight mark opens behind a blank or bracket; a curly one opens or closes by its form. A mark that isn't closed
    within some sentences is dropped. Not handled: quotations in quotations, marks «…».
    """
    page = speakers.page
    out: list[Quotation] = []
    opened: tuple[int, int] | None = None
    last: Speaker | None = None
    seen = 0
    for sentence in page.sentences:
        begin, seen = max(seen, sentence.start - 2), sentence.end
        if sentence.kind in _SKIPPED:
            continue
        if opened is not None and sentence.index - opened[1] > _MOST_SENTENCES:
            opened = None
        for mark in _MARK.finditer(page.flat, begin, sentence.end):
            i = mark.start()
            if opened is None:
                inside_word = mark.group() == '"' and i > begin and page.flat[i - 1].isalnum()
                if mark.group() != "”" and not inside_word:
                    opened = (i + 1, sentence.index)
            elif mark.group() != "“":
                start, first = opened
                opened = None
                if i - start < _FEWEST_CHARACTERS:
                    continue
                who = _said_by(speakers, start, i + 1, page.sentences[first], sentence, last)
                last = who or last
                out.append(Quotation(start, i, first, sentence.index, who))
    return out


def _said_by(
    speakers: Speakers, start: int, close: int, opening: Sentence, closing: Sentence, last: Speaker | None
) -> Speaker | None:
    """Who is told to have said the quotation in [start, close): behind it ("…", ông Nam nói), else before it."""
    behind = _told_behind(speakers, close, closing, last)
    if behind is not None:
        return behind
    page = speakers.page
    before = page.sentences[opening.index - 1] if opening.index > 0 else None
    if before is not None and start - opening.start < 4 and page.flat[before.start : before.end].rstrip().endswith(":"):
        who = _last_subject(speakers, before.start, before.end, last)
        if who is not None:
            return who
        told = next(iter(speakers.mentions_between(before.start, before.end)), None)
        if told is not None:
            return speakers.of_mention(told, last)
    return _last_subject(speakers, opening.start, max(opening.start, start - 1), last)


def _told_behind(speakers: Speakers, close: int, closing: Sentence, last: Speaker | None) -> Speaker | None:
    """The speaker told behind a quotation's end, in its sentence or, behind a dash, in the next."""
    page = speakers.page
    end = _attribution_end(page, close, closing)
    gap = _GAP.match(page.flat, close, end)
    at = gap.end() if gap else close
    if at >= end:
        return None
    cue = next(iter(find_cues(page, at, min(end, at + 200))), None)
    subject = speakers.subject(at, cue.start, last) if cue is not None else None
    if subject is not None:
        return subject
    mention = speakers.mention_at(at, reach=3)
    if mention is not None and end - mention.end < 60:
        return speakers.of_mention(mention, last)
    return None


def _attribution_end(page: Page, close: int, closing: Sentence) -> int:
    """Where what may tell the speaker behind a quotation ends: with its sentence, or the next if a dash opens it."""
    following = page.sentences[closing.index + 1] if closing.index + 1 < len(page.sentences) else None
    if following is None or close < closing.end - 1:
        return closing.end
    dashed = page.flat[following.start : following.start + 1] in "-–" or following.marker in ("-", "–")
    return following.end if dashed else closing.end


def _last_subject(speakers: Speakers, start: int, end: int, last: Speaker | None) -> Speaker | None:
    """The subject of the last cue in [start, end) that has one."""
    for cue in reversed(find_cues(speakers.page, start, end)):
        subject = speakers.subject(start, cue.start, last)
        if subject is not None:
            return subject
    return None
