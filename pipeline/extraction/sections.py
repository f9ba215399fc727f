"""Parts of official documents: what a heading says of the asks under it, and whom it names to do them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.extraction.bodies import (
    BodyMention,
    begins_with_body,
    names_person,
    read_addressee,
    split_bodies,
    work_start,
)
from pipeline.extraction.cues import find_cues
from pipeline.extraction.discourse import Mood, find_modal, section_of
from pipeline.extraction.floor import ORDERING
from pipeline.extraction.openings import skip_opening
from pipeline.extraction.page import Page, Sentence
from pipeline.extraction.spans import trim_end
from pipeline.extraction.vocabulary import work_starts

_NO_DEPTH = 9
_LONGEST_HEADING = 300
_LONGEST_NAME_LINE = 160
_LONGEST_SECTION_NAME = 60
_SECTION_WORD = 12
"""The words that tell a part stand within so many characters of its name."""
_DASHES = ("-", "+", "–", "•")
_TO_WHOM = re.compile(r"(?:đối với|về phía|giao|đề nghị) +")
_SENTENCE_END = re.compile(r"[.;:!?]$")
_PART = re.compile(r"[IVX]+[.)]?|[A-Z]\.|Điều \d+[a-zđ]?[.:]")
_NUMBER = re.compile(r"\(?\d{1,2}[.)/]?")
_SUB_NUMBER = re.compile(r"\d{1,2}\.\d.*")
_LETTER = re.compile(r"\(?[a-zđ]{1,2}[.)]")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document: its mood, told at `mood_depth`, and the addressee that its heading at `depth` names."""

    mood: Mood | None = None
    mood_depth: int = _NO_DEPTH
    lead: tuple[BodyMention, ...] = ()
    depth: int = _NO_DEPTH

    @property
    def asks(self) -> bool:
        """Whether what stands right under the heading asks: by the mood, or since a body is named."""
        return self.mood == "asking" or (bool(self.lead) and self.mood != "idle")


def depth_of(marker: str) -> int:
    """How deep a list marker stands: parts, articles 0, numbers 1, "1.1" 2, letters 3, dashes 4; without one 9."""
    if _PART.fullmatch(marker):
        return 0
    if _NUMBER.fullmatch(marker):
        return 1
    if _SUB_NUMBER.fullmatch(marker):
        return 2
    if _LETTER.fullmatch(marker):
        return 3
    return 4 if marker else _NO_DEPTH


class Sections:
    """The parts of an official document, followed sentence by sentence. `now` is the part being read."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.now = Section()

    def open(self, sentence: Sentence, key: str) -> None:
        """A heading opens a part: its words, `key`, give the mood, except below a part whose heading gave it."""
        now = self.now
        depth = depth_of(sentence.marker) if sentence.marker else 0 if sentence.kind == "heading" else _NO_DEPTH
        mood, mood_depth = now.mood, now.mood_depth
        lead = self._lead(sentence)
        if depth <= now.mood_depth or now.mood is None:
            told = section_of(key)
            if lead and told == "idle":
                # "2. Sở Công Thương chủ trì, phối hợp …:" is no part on who chaired
                told = now.mood
            if told is not None or depth < now.mood_depth:
                mood, mood_depth = told, depth
        self.now = Section(mood=mood, mood_depth=mood_depth, lead=lead, depth=depth)

    def begin_orders(self) -> None:
        """What follows asks, up to a heading that tells otherwise ("1. Đánh giá chung")."""
        self.now = replace(self.now, mood="asking", mood_depth=1)

    def is_heading(self, sentence: Sentence, key: str) -> bool:
        """Whether a list item or paragraph with the match key `key` is a heading by its form: "1. Bộ Y tế:"."""
        if not (sentence.first and sentence.marker):
            return False
        page = self.page
        if key.rstrip().endswith(":") and len(key) < _LONGEST_HEADING:
            cues = [cue for cue in find_cues(page, sentence.start, sentence.end) if cue.force in ORDERING]
            if not cues or cues[0].start == sentence.start:
                if self._lead(sentence):
                    return True
                modal = find_modal(page, sentence.start, sentence.end)
                if not cues and modal is None and not work_starts().match(page.key, sentence.start):
                    return True
        if _SENTENCE_END.search(key) or len(key) >= _LONGEST_NAME_LINE:
            return False
        following = page.sentences[sentence.index + 1] if sentence.index + 1 < len(page.sentences) else None
        if following is None or not following.first:
            return False
        return bool(self._lead(sentence)) or self._names_section(sentence, key)

    def _names_section(self, sentence: Sentence, key: str) -> bool:
        """Whether a line without a stop names a part by its words: in capitals, or by a noun and no verb that could
        be work ("1. Đánh giá chung", "2. Nhiệm vụ trong thời gian tới")."""
        mood = section_of(key)
        if mood is None:
            return False
        if self.page.flat[sentence.start : sentence.end].isupper():
            return True
        short = len(key) < _LONGEST_SECTION_NAME and section_of(key[:_SECTION_WORD]) == mood
        return short and (mood == "idle" or work_starts().match(self.page.key, sentence.start) is None)

    def drop_lead(self, sentence: Sentence) -> bool:
        """Whether an item as high as the part's heading ends what that heading named: then its addressee is dropped."""
        if (
            not sentence.first
            or sentence.kind != "list_item"
            or not self.now.lead
            or sentence.marker in _DASHES
            or depth_of(sentence.marker) > self.now.depth
        ):
            return False
        self.now = replace(self.now, lead=(), depth=_NO_DEPTH)
        return True

    def _lead(self, sentence: Sentence) -> tuple[BodyMention, ...]:
        """The bodies a heading names as addressees: "2. Sở Tài chính:", "Giao Sở Nội vụ:"."""
        page = self.page
        start = sentence.start
        end = trim_end(page, start, sentence.end)
        cues = [cue for cue in find_cues(page, start, end) if cue.force in ("order", "request")]
        if cues and cues[0].start - start < 3:
            start = skip_opening(page, cues[0].end, end)
        to_whom = _TO_WHOM.match(page.key, start, end)
        if to_whom is not None:
            start = to_whom.end()
        if not begins_with_body(page, start, end) or end - start > _LONGEST_HEADING:
            return ()
        if work_start(page, start, end) is not None and not page.key.startswith(("các chủ", "chủ"), start, end):
            addressee = read_addressee(page, start, end)
            introduces = (
                page.flat[end : sentence.end].strip() == ":"
                and addressee is not None
                and not names_person(page, addressee.start, addressee.end)
            )
            # "Sở Y tế chủ trì, phối hợp với các lực lượng:" names who is to do the points under it
            return tuple(split_bodies(page, addressee.start, addressee.end)) if introduces and addressee else ()
        bodies = split_bodies(page, start, end)
        if bodies and names_person(page, bodies[0].start, bodies[0].end):
            # behind a person's name stand his offices, and other persons
            bodies = [body for body in bodies if names_person(page, body.start, body.end)]
        return tuple(bodies)
