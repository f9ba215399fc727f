"""The asks of a report, read sentence by sentence.

`AskReader` goes the way of a careful reader, who has in mind who speaks, whether a list of asks goes on, who was last
told to act, and which part of a document he is in. Every ask keeps the rules that made it one.
"""

from __future__ import annotations

import bisect
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from pipeline.extraction.ask_list import Ask, AskList, addressees
from pipeline.extraction.authority import LEADER, is_foreign
from pipeline.extraction.bare_names import fullest_name
from pipeline.extraction.cues import CueMention, find_cues
from pipeline.extraction.discourse import find_modal
from pipeline.extraction.floor import ORDERING, Scene
from pipeline.extraction.introduced import read_introduced, read_quoted, read_said
from pipeline.extraction.names import PersonMention
from pipeline.extraction.offices import introduces_orders
from pipeline.extraction.openings import skip_opening
from pipeline.extraction.order_words import order_patterns
from pipeline.extraction.orders import content_end, may_ask, orders_here
from pipeline.extraction.page import Page, Sentence
from pipeline.extraction.passives import find_passive_order
from pipeline.extraction.people_index import PeopleIndex
from pipeline.extraction.quotations import Quotation, find_quotations
from pipeline.extraction.sequel import goes_on, needs
from pipeline.extraction.spans import read_piece, split_pieces, strip_list_intro
from pipeline.extraction.speakers import Speaker, Speakers
from pipeline.extraction.speech_words import speech_patterns
from pipeline.extraction.task_tables import find_task_rows

_SKIPPED = frozenset(
    {
        "title", "lead", "caption", "credit", "related_link", "tags", "boilerplate", "byline", "dateline", "letterhead",
        "legal_basis", "addressees", "attendance", "agenda", "vote", "recipients", "signature",
    }  # fmt: skip
)
_IDLE_SENTENCES = {"official": 3, "press": 2}
"""After so many sentences without an ask a list of asks has ended."""
_OPENED = re.compile(r"[^.;:!?]{0,100}:")


class AskReader:
    """Reads the asks of one page, once. `issuer` is the one who orders by an official document, None for press;
    `minutes` says that an official document tells who said what, as an article does; `chairs` are the full names of
    those who chair the meeting."""

    def __init__(
        self,
        page: Page,
        people: Sequence[PersonMention],
        index: PeopleIndex,
        issuer: Speaker | None,
        official: bool,
        minutes: bool = False,
        chairs: frozenset[str] = frozenset(),
    ) -> None:
        speakers = Speakers(page, people, index, next(iter(chairs)) if len(chairs) == 1 else None)
        self.page = page
        self.scene = Scene(page, speakers, issuer, official, minutes, chairs)
        self.quotations = find_quotations(speakers)
        self.asks = AskList(self.scene)

    def read(self) -> list[Ask]:
        """All asks in the order of the text, not overlapping, each told once."""
        rows = find_task_rows(self.page)
        in_rows = sorted(row.span for row in rows)
        for sentence in self.page.sentences:
            if sentence.kind in _SKIPPED:
                continue
            if sentence.kind == "heading":
                self._heading(sentence)
            elif not _is_in(in_rows, sentence.start):
                self._sentence(sentence)
        for row in rows:
            self.asks.add_row(row)
        return self.asks.told()

    # -- the way of a sentence -------------------------------------------------------------------------------

    def _heading(self, sentence: Sentence) -> None:
        if self.scene.official:
            key = self.page.key[sentence.start : sentence.end].strip("*#_ :")
            self.asks.open_part(sentence, key)

    def _sentence(self, sentence: Sentence) -> None:
        scene = self.scene
        if scene.official and self.asks.enter(sentence):
            return
        if scene.one_voice and scene.issuer is not None and not self.asks.floor.held_by(scene.issuer):
            self.asks.floor.speaker = scene.issuer
            self.asks.floor.kind = "directive"
        floor = self.asks.floor
        if self.asks.date_last(sentence):
            return
        self.asks.drop_done(sentence)
        quotation = self._quotation_of(sentence)
        theo = None
        if not scene.one_voice:
            self.asks.take_floor(self._opener(sentence))
            quoted = quotation.speaker if quotation is not None else None
            if quoted is not None and not self.asks.floor.held_by(quoted):
                self.asks.take_floor(quoted)
            theo = scene.speakers.by_theo(sentence, floor.speaker)
            self.asks.take_floor(theo)
        before = len(self.asks)
        if not self._cued(sentence, theo, quotation is not None) and len(self.asks) == before:
            self._uncued(sentence, quotation, theo)
        # the floor as it was before the sentence: one taken in it isn't idle yet
        if len(self.asks) > before:
            floor.idle = 0
            return
        floor.idle += 1
        if floor.idle >= _IDLE_SENTENCES["official" if scene.official else "press"]:
            floor.asking = scene.official and self.asks.sections.now.mood == "asking"

    def _opener(self, sentence: Sentence) -> Speaker | None:
        """The person who opens a paragraph of minutes or answers: "Ông Vũ Đình Lợi (tư vấn giám sát): …"."""
        mention = self.scene.speakers.mention_at(sentence.start) if sentence.first else None
        if mention is None or mention.name is None:
            return None
        page, end = self.page, mention.end
        if _OPENED.match(page.flat, end, max(end, min(sentence.end, end + 110))) is None:
            return None
        if find_cues(page, end, min(sentence.end, end + 60)):
            return None
        return self.scene.speakers.of_mention(mention, None)

    def _quotation_of(self, sentence: Sentence) -> Quotation | None:
        """The quotation that more than half of a sentence stands in."""
        first = bisect.bisect_left(self.quotations, sentence.index, key=lambda quotation: quotation.last)
        for quotation in islice(self.quotations, first, None):
            if quotation.first > sentence.index:
                return None
            inside = min(quotation.end, sentence.end) - max(quotation.start, sentence.start)
            if inside > 0.5 * (sentence.end - sentence.start):
                return quotation
        return None

    # -- sentences with a cue --------------------------------------------------------------------------------

    def _cued(self, sentence: Sentence, theo: Speaker | None, quoted: bool) -> bool:
        """Reads what the cues of a sentence introduce, which may be `quoted`. True when a cue was found that settles
        the sentence."""
        cues = find_cues(self.page, sentence.start, sentence.end)
        at = sentence.start
        settled = False
        for n, cue in enumerate(cues):
            if cue.start < at:
                continue
            later = cues[n + 1 :]
            subject = self._subject(cue, at, quoted) or (theo if n == 0 else None)
            if subject is not None and subject.rule == "form-of-address-alone" and cue.force == "order":
                subject = self._who_orders(subject)
            if self._is_past_work(cue):
                continue
            if cue.force in ORDERING:
                read_to = self._order(cue, later, subject, at, sentence)
            elif subject is None or self.scene.one_voice:
                continue
            elif cue.force == "opine":
                self.asks.take_floor(subject)
                self.asks.floor.asking = False
                at = max(at, cue.end)
                if not any(other.force in ORDERING for other in later):
                    return True
                continue
            else:
                read_to = self._speech(cue, later, subject, at, sentence)
            if read_to is not None:
                at, settled = read_to, True
        return settled

    def _subject(self, cue: CueMention, at: int, quoted: bool) -> Speaker | None:
        """Who orders or speaks by a cue whose clause begins at `at`; a document, "tôi" or, `quoted`, "bà con" is who
        has the floor."""
        patterns, holder = speech_patterns(), self.asks.floor.speaker
        key = self.page.key
        if holder is not None and (
            patterns.document.search(key, at, cue.start)
            or patterns.first_person.search(key, at, cue.start)
            or (quoted and patterns.own_people.search(key, at, cue.start))
        ):
            return holder
        return self.scene.speakers.subject(at, cue.start, holder)

    def _who_orders(self, subject: Speaker) -> Speaker:
        """Whom "ông", "bà" means before an order: not the one who has just proposed something, but the leader who held
        the floor before him."""
        floor, leader = self.asks.floor, self.asks.leader
        if leader is None or leader.body is not None or floor.speaker is None or floor.leads:
            return subject
        return replace(leader, start=subject.start, end=subject.end)

    def _is_past_work(self, cue: CueMention) -> bool:
        """Whether a verb that may be work tells, in a part of a document that only tells, what was done."""
        idle = self.asks.sections.now.mood == "idle"
        return self.scene.one_voice and idle and cue.rule in order_patterns().work_too

    def _order(
        self, cue: CueMention, later: Sequence[CueMention], subject: Speaker | None, at: int, sentence: Sentence
    ) -> int | None:
        """Reads what an ordering verb introduces, or the quotation before it; the place read to, None for no ask."""
        scene = self.scene
        if subject is not None and not may_ask(
            scene, self.asks.floor, self.asks.sections.now.mood, subject, cue, sentence
        ):
            subject = None
        if not orders_here(scene, self.asks.floor, cue, subject, at, sentence):
            return None
        if subject is not None:
            self.asks.take_floor(self._in_full(subject))
        stop = content_end(scene, cue, later, sentence)
        if read_introduced(self.asks, cue, stop, sentence, subject):
            return stop
        return at if read_quoted(self.asks, cue, sentence, at) else None

    def _speech(
        self, cue: CueMention, later: Sequence[CueMention], subject: Speaker, at: int, sentence: Sentence
    ) -> int | None:
        """Reads what a verb of speech or stress introduces, or the quotation before it, as `_order` does."""
        self.asks.take_floor(subject)
        if is_foreign(f"{subject.role or ''} {subject.body or ''}"):
            self.asks.floor.asking = False
            return None
        if read_quoted(self.asks, cue, sentence, at):
            return at
        stop = content_end(self.scene, cue, later, sentence)
        if read_said(self.asks, cue, stop, sentence, subject):
            return stop
        if cue.force == "say":
            self.asks.floor.asking = False
        return None

    def _in_full(self, speaker: Speaker) -> Speaker:
        """A speaker told by a bare word ("Huyện kiến nghị …") under the full name told before."""
        if speaker.body is None:
            return speaker
        full = fullest_name(self.page, speaker.body, speaker.start)
        return replace(speaker, body=self.page.slice(full.start, full.end)) if full is not None else speaker

    # -- sentences without a cue of their own ----------------------------------------------------------------

    def _uncued(self, sentence: Sentence, quotation: Quotation | None, theo: Speaker | None) -> None:
        page, scene = self.page, self.scene
        # the floor as it was before the sentence gives it to an author
        floor = self.asks.floor
        if "?" in page.flat[sentence.end - 3 : sentence.end] or self._passive_order(sentence):
            return
        self._author_of_document(sentence)
        start, end = sentence.start, sentence.end
        if scene.one_voice and introduces_orders(page, start, end):
            floor.asking, floor.kind, floor.lead = True, "directive", ()
            self.asks.sections.begin_orders()
            return
        if quotation is not None:
            start, end = max(start, quotation.start), min(end, max(quotation.end, start + 1))
        if theo is not None:
            start = skip_opening(page, max(start, theo.end), end)
        speaks = quotation is not None or theo is not None or self._goes_on_speaking()
        if speaks and self.asks.add_pledge(start, end, sentence, floor.cue):
            return
        mood = self.asks.sections.now.mood
        listed = bool(sentence.marker) and scene.official and mood == "asking"
        if scene.official and mood == "idle":
            if sentence.marker or not self._asks_anyway(start, end):
                return
        elif not goes_on(scene, self.asks.floor, mood, quotation, start, end, listed=listed) and not needs(
            scene, theo, start, end
        ):
            return
        pieces = split_pieces(page, start, end, loose=True, listed=listed)
        if pieces and page.key[start:end].rstrip().endswith(":"):
            last = strip_list_intro(page, pieces[-1], end)
            if last is None:
                intro_piece = pieces.pop()
                if intro_piece.addressee is not None:
                    floor.lead = addressees(page, intro_piece)
                floor.scope = (start, end)
                floor.listed = True
                floor.asking = True
            else:
                pieces[-1] = last
        self.asks.add_all(pieces, sentence, floor.cue, "list-goes-on" if floor.asking else "need-of-speaker")
        if pieces:
            floor.asking = True

    def _goes_on_speaking(self) -> bool:
        """Whether a sentence without a verb of speech still tells what the one who has the floor said right before."""
        floor = self.asks.floor
        return not self.scene.official and floor.speaker is not None and floor.speaker.known and floor.idle <= 1

    def _asks_anyway(self, start: int, end: int) -> bool:
        """Whether a sentence asks in a part that only tells: a named body must."""
        if find_modal(self.page, start, min(end, start + 140)) is None:
            return False
        piece = read_piece(self.page, start, end)
        return piece is not None and piece.addressee is not None

    def _passive_order(self, sentence: Sentence) -> bool:
        """Makes the asks of an order in the passive ("Sở X được giao làm Y"). False when there is none."""
        order = find_passive_order(self.scene, sentence, self.asks.floor.speaker)
        if order is None:
            return False
        if order.issuer is not None:
            self.asks.floor.speaker = order.issuer
        self.asks.begin(order.cue, order.lead)
        pieces = split_pieces(self.page, order.work, sentence.end, loose=True)
        self.asks.add_all(pieces, sentence, order.cue, "passive-order")
        return True

    def _author_of_document(self, sentence: Sentence) -> None:
        """Gives the floor to who is told to sign or send a document, so that "Công điện yêu cầu …" after it is his."""
        if self.scene.one_voice:
            return
        places = self.page.places_in("author", speech_patterns().author, sentence.start, sentence.end)
        if not places:
            return
        subject = self.scene.speakers.subject(sentence.start, places[0], self.asks.floor.speaker)
        if subject is not None and subject.level >= LEADER:
            self.asks.take_floor(subject)


def _is_in(spans: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether a place lies in one of the sorted spans."""
    i = bisect.bisect_right(spans, (at, sys.maxsize)) - 1
    return i >= 0 and at < spans[i][1]
