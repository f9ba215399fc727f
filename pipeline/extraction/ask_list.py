"""The list of asks being read, with the floor and the part of the document that they inherit from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extraction.bare_names import fullest_name, those_named
from pipeline.extraction.bodies import BodyMention, split_bodies
from pipeline.extraction.coordination import find_coordinating
from pipeline.extraction.cues import CueMention
from pipeline.extraction.floor import Floor, Scene
from pipeline.extraction.page import Page, Sentence
from pipeline.extraction.pledges import find_pledge
from pipeline.extraction.sections import Sections
from pipeline.extraction.sequel import is_tied, tells_deadline, tells_result_of_order
from pipeline.extraction.spans import Piece, trim_end
from pipeline.extraction.speakers import Speaker
from pipeline.extraction.standing import kind_of
from pipeline.extraction.task_tables import Row
from pipeline.extraction.told_once import told_once
from pipeline.records import DirectiveKind

_THOSE_NAMED = re.compile(
    r"(?:(?:ubnd|ủy ban nhân dân|chủ tịch ubnd|công an|lãnh đạo) )?"
    r"(?:các|những|\d+|hai|ba|bốn|năm|sáu)(?: [^\s]+){1,3} (?:trên|nói trên|nêu trên|này|đó|kể trên)"
)
"""Bodies named before: "các đơn vị trên", "2 sở này"."""
_PRONOUNS = frozenset({"ông", "bà", "anh", "chị", "đồng chí", "tôi", "chúng tôi"})
_SHORTEST = 6
"""A piece of fewer characters says no work."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One piece of work asked for, pledged or proposed, [start, end).

    `lead` and `coordinating` are mentions in the text, `lead` `inherited` when its own sentence names nobody; `intro`
    is the adverbial outside the span that may hold the deadline, `scope` where a deadline said for a whole list
    stands, `cell` the deadline's cell in a table; `rules` say what made it an ask, then how its span was read.
    """

    start: int
    end: int
    kind: DirectiveKind
    speaker: Speaker | None
    cue: CueMention | None
    lead: tuple[BodyMention, ...]
    inherited: bool
    coordinating: tuple[BodyMention, ...]
    intro: tuple[int, int] | None
    scope: tuple[int, int] | None
    sentence: int
    rules: tuple[str, ...]
    cell: tuple[int, int] | None = None


def addressees(page: Page, piece: Piece) -> tuple[BodyMention, ...]:
    """The bodies of a piece's own addressee; empty when it has none."""
    addressee = piece.addressee
    return tuple(split_bodies(page, addressee.start, addressee.end)) if addressee is not None else ()


def _means_those_named(page: Page, mention: BodyMention) -> bool:
    return _THOSE_NAMED.fullmatch(page.key, mention.start, mention.end) is not None


class AskList:
    """The asks made so far, who has the floor, and the part of the document being read.

    A mutable record with the few ways to change it: a part opens, the floor is taken, a list of asks begins, an ask is
    made, dated or taken back. `leader` is the leader who had the floor last before another took it.
    """

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.page = scene.page
        self.sections = Sections(scene.page)
        self.floor = Floor(speaker=scene.issuer if scene.official else None)
        self.leader: Speaker | None = None
        self.asks: list[Ask] = []

    def __len__(self) -> int:
        return len(self.asks)

    def reached(self, sentence: Sentence) -> int:
        """Where the last ask of a sentence ends; the sentence's start when none was made in it."""
        last = self.asks[-1] if self.asks else None
        return last.end if last is not None and last.sentence == sentence.index else sentence.start

    def told(self) -> list[Ask]:
        """All asks in the order of the text, not overlapping, each told once."""
        return _without_overlaps(told_once(self.page, self.asks))

    def take_floor(self, speaker: Speaker | None) -> None:
        """Gives the floor to another speaker, who begins anew; nobody changes nothing."""
        if speaker is None:
            return
        if not self.floor.held_by(speaker):
            if self.floor.leads:
                self.leader = self.floor.speaker
            self.floor = Floor(speaker=speaker)
        elif self.floor.speaker is not None and speaker.start > self.floor.speaker.start:
            self.floor.speaker = speaker

    def open_part(self, sentence: Sentence, key: str) -> None:
        """Opens a part of an official document under a heading, `key`: the floor gets its mood and addressee."""
        self.sections.open(sentence, key)
        if self.scene.minutes and "kết luận" in key:
            self.take_floor(self._chair())
        self.floor.lead = self.sections.now.lead
        self.floor.asking = self.sections.now.asks

    def _chair(self) -> Speaker | None:
        """The one who chairs a meeting, for whom the part of conclusions in its minutes speaks."""
        index, chairs = self.scene.speakers.index, self.scene.chairs
        person = index.by_name(next(iter(chairs))) if len(chairs) == 1 else None
        if person is None:
            return None
        at = person.mentions[0]
        role = person.roles[0] if person.roles else None
        return Speaker(person.name, role, None, at, at + len(person.name), "minutes-chair")

    def enter(self, sentence: Sentence) -> bool:
        """Whether a sentence of an official document is a heading by its form, "1. Bộ Y tế:", "Kính gửi: …".

        A heading opens a part. To another sentence its part's addressee is given, unless a new item drops it.
        """
        key = self.page.key[sentence.start : sentence.end]
        if key.startswith("kính gửi"):
            return True
        if self.sections.is_heading(sentence, key):
            self.open_part(sentence, key)
            return True
        if self.sections.drop_lead(sentence):
            self.floor.lead = ()
        if sentence.first and self.sections.now.lead:
            self.floor.lead = self.sections.now.lead
        return False

    def date_last(self, sentence: Sentence) -> bool:
        """Keeps a sentence that only tells a deadline with the ask right before it. False where it is none."""
        last = self.asks[-1] if self.asks else None
        if last is None or last.sentence != sentence.index - 1 or not tells_deadline(self.page, sentence):
            return False
        self.asks[-1] = replace(last, scope=(sentence.start, sentence.end))
        return True

    def drop_done(self, sentence: Sentence) -> None:
        """Takes back the past orders right before a sentence that tells what came of them."""
        if not tells_result_of_order(self.page, sentence):
            return
        while self.asks and self.asks[-1].sentence == sentence.index - 1:
            cue = self.asks[-1].cue
            if cue is None or not cue.past:
                return
            self.asks.pop()

    def begin(self, cue: CueMention, lead: tuple[BodyMention, ...]) -> None:
        """Begins a list of asks; without an addressee one right behind an ask keeps that ask's, another the part's."""
        floor = self.floor
        last = self.asks[-1] if self.asks else None
        if not lead and floor.asking and last is not None and last.start < cue.start < last.end + 40:
            lead = floor.lead
        floor.begin(cue, lead or (self.sections.now.lead if self.scene.official else ()))

    def add_all(
        self,
        pieces: Sequence[Piece],
        sentence: Sentence,
        cue: CueMention | None,
        rule: str,
        outer: tuple[int, int] | None = None,
    ) -> None:
        """Makes each piece an ask, in order; `outer` is an adverbial before all of them."""
        for piece in pieces:
            self._add(piece, sentence, cue, rule, outer)

    def add_pledge(
        self,
        start: int,
        stop: int,
        sentence: Sentence,
        cue: CueMention | None,
        outer: tuple[int, int] | None = None,
    ) -> bool:
        """Makes the pledge in [start, stop) of the one who has the floor; `outer` is an adverbial before him.

        False when there is none.
        """
        speaker = self.floor.speaker
        pledge = find_pledge(self.page, start, stop, speaker, self.scene.speakers.index) if speaker else None
        if pledge is None:
            return False
        self.floor.pledge(cue, pledge.lead)
        self.floor.scope = pledge.piece.intro or outer
        if pledge.piece.end - pledge.piece.start >= _SHORTEST:
            self._make(pledge.piece, sentence, cue, ("pledge:sẽ", pledge.piece.rule), outer, "commitment", pledge.lead)
        return True

    def add_row(self, row: Row) -> None:
        """Makes a row of a table of tasks an ask of the one who issues the document."""
        page = self.page
        others = row.coordinating
        ask = Ask(
            start=row.work.start,
            end=trim_end(page, row.work.start, row.work.end),
            kind="directive",
            speaker=self.scene.issuer or self.floor.speaker,
            cue=None,
            lead=tuple(split_bodies(page, row.lead.start, row.lead.end)) if row.lead else (),
            inherited=False,
            coordinating=tuple(split_bodies(page, others.start, others.end)) if others else (),
            intro=None,
            scope=None,
            sentence=-1,
            rules=("table-row", "table-of-tasks"),
            cell=(row.deadline.start, row.deadline.end) if row.deadline else None,
        )
        self.asks.append(ask)

    def _is_pronoun(self, mention: BodyMention) -> bool:
        """Whether a mention is a form of address alone ("ông", "Bà")."""
        return self.page.key[mention.start : mention.end] in _PRONOUNS

    def _name_of(self, speaker: Speaker) -> BodyMention:
        """Where the one who has the floor is named: a person by the full name told before."""
        told = BodyMention(speaker.start, speaker.end)
        if speaker.person is None or speaker.person in self.page.flat[speaker.start : speaker.end]:
            return told
        at = self.page.flat.rfind(speaker.person, 0, speaker.end)
        if at < 0:
            return told
        return BodyMention(at, at + len(speaker.person))

    def _add(
        self, piece: Piece, sentence: Sentence, cue: CueMention | None, rule: str, outer: tuple[int, int] | None
    ) -> None:
        """Makes a piece of work an ask of its own addressee, else of the one whom the list or the part names."""
        if piece.end - piece.start < _SHORTEST:
            return
        floor = self.floor
        goes_on = rule == "list-goes-on"
        if goes_on and not floor.listed and not is_tied(self.page, sentence, piece):
            floor.scope = None
        own = piece.addressee is not None and not (goes_on and self._in_passing(piece.addressee.start))
        if own:
            floor.lead = self._in_full(addressees(self.page, piece))
        lead = floor.lead if own else floor.lead or self.sections.now.lead
        kind = kind_of(self.scene, floor, cue, lead)
        self._make(piece, sentence, cue, (rule, piece.rule), outer, kind, lead, inherited=not own)

    def _in_passing(self, at: int) -> bool:
        """Whether an addressee named in passing leaves the work with the one whom the part's heading names: a group
        without a name inside an item ("với đơn vị nợ …, phải đến làm việc trực tiếp")."""
        return self.scene.official and bool(self.sections.now.lead) and self.page.flat[at].islower()

    def _in_full(self, mentions: tuple[BodyMention, ...]) -> tuple[BodyMention, ...]:
        """A bare word for a body ("sở", "công ty") by the full name told before, "các đơn vị trên" by the bodies named
        last; other addressees as they are."""
        if len(mentions) != 1:
            return mentions
        page, mention, named = self.page, mentions[0], self.floor.lead
        if _means_those_named(page, mention):
            if len(named) > 1 and not _means_those_named(page, named[0]):
                return named
            return those_named(page, mention.start, mention.end) or mentions
        words = page.slice(mention.start, mention.end)
        return (fullest_name(page, words, mention.start, generic=not self.scene.official) or mention,)

    def _make(
        self,
        piece: Piece,
        sentence: Sentence,
        cue: CueMention | None,
        rules: tuple[str, str],
        outer: tuple[int, int] | None,
        kind: DirectiveKind,
        lead: tuple[BodyMention, ...],
        inherited: bool = False,
    ) -> None:
        speaker = self.floor.speaker
        if kind == "commitment" and speaker is not None and (not lead or self._is_pronoun(lead[0])):
            lead = (self._name_of(speaker),)
        bounds = (piece.addressee.start, piece.addressee.end) if piece.addressee is not None else None
        self.asks.append(
            Ask(
                start=piece.start,
                end=piece.end,
                kind=kind,
                speaker=speaker if speaker is not None or not self.scene.official else self.scene.issuer,
                cue=cue,
                lead=lead,
                inherited=inherited,
                coordinating=tuple(find_coordinating(self.page, piece.start, piece.end, bounds)),
                intro=piece.intro or outer,
                scope=self.floor.scope,
                sentence=sentence.index,
                rules=rules,
            )
        )


def _without_overlaps(asks: Sequence[Ask]) -> list[Ask]:
    """The asks in order of the text; of two that overlap the first ends where the second begins, or has it inside."""
    out: list[Ask] = []
    for ask in sorted(asks, key=lambda ask: (ask.start, -ask.end)):
        if out and ask.start < out[-1].end:
            if ask.start > out[-1].start + 20:
                out[-1] = replace(out[-1], end=ask.start)
                out.append(ask)
            continue
        out.append(ask)
    return out
