"""Who may ask whom: the standing of the one who speaks, and whether his ask is a directive or a proposal."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extraction.authority import CITIZEN, LEADER, NATIONAL, UNIT, authority_of, is_beside, leads_by_party
from pipeline.extraction.bodies import BodyMention
from pipeline.extraction.cues import CueMention
from pipeline.extraction.floor import Floor, Scene
from pipeline.extraction.page import Page
from pipeline.extraction.spans import Piece
from pipeline.extraction.speakers import Speaker
from pipeline.records import DirectiveKind

_UNNAMED = 60
"""The level of whoever speaks by an official document that names nobody."""
_PERSON_ALONE = 30
"""The level of a person without an office."""


def level_of(speaker: Speaker | None, official: bool) -> int:
    """The level of authority of a speaker; of nobody known that of a department in official documents, else 0."""
    if speaker is None:
        return _UNNAMED if official else 0
    if speaker.person is not None and speaker.role is None:
        return _PERSON_ALONE
    return speaker.level


def is_plausible(scene: Scene, cue: CueMention, piece: Piece, speaker: Speaker | None) -> bool:
    """Whether a cue asks for a piece of work: a soft verb of a speaker without authority, or a verb that also means
    something else, needs more than itself."""
    if not _has_standing(scene, cue, piece, speaker):
        return False
    if cue.rule in ("luu-y", "nhan-manh") and piece.rule == "modal-in-clause":
        return level_of(speaker, scene.official) >= LEADER
    return cue.rule != "mong" or piece.addressee is not None


def _has_standing(scene: Scene, cue: CueMention, piece: Piece, speaker: Speaker | None) -> bool:
    """Whether the one who asks has an office that orders, or asks a public body; a coach, a firm among its staff, or
    a person without an office ordering somebody gives no directive."""
    if speaker is None or scene.official:
        return True
    level = level_of(speaker, scene.official)
    if level >= LEADER:
        return True
    if cue.force == "pledge":
        return level >= CITIZEN
    theirs = 0
    if piece.addressee is not None:
        theirs = authority_of(scene.page.slice(piece.addressee.start, piece.addressee.end))
    if cue.force == "proposal":
        private = speaker.person is not None and speaker.role is None
        return level <= CITIZEN or private or theirs >= UNIT
    if cue.force == "request" and theirs >= UNIT:
        return True
    return theirs >= LEADER or (cue.force == "request" and level <= CITIZEN and theirs == 0)


def kind_of(scene: Scene, floor: Floor, cue: CueMention | None, lead: Sequence[BodyMention]) -> DirectiveKind:
    """Directive, commitment or proposal: by the verb, and for asks by who stands above whom."""
    if cue is None:
        return floor.kind
    if cue.force == "proposal":
        return "proposal"
    if cue.force == "pledge":
        return "commitment"
    if floor.speaker is None:
        return "directive" if cue.force in ("order", "ban", "stress", "say") else floor.kind
    mine, theirs = floor.speaker.level, highest_level(scene.page, lead)
    if cue.force not in ("request", "order"):
        if cue.force in ("stress", "say") and floor.kind == "directive" and theirs > mine and not scene.official:
            # a need told to one above
            return "proposal"
        return "directive" if cue.force == "ban" else floor.kind
    if cue.force == "order":
        return "proposal" if mine <= CITIZEN and theirs > mine else "directive"
    if mine <= CITIZEN or (floor.speaker.role is None and floor.speaker.body is None):
        return "proposal"
    if scene.official:
        beside = not scene.minutes and any(is_beside(scene.page.slice(body.start, body.end)) for body in lead[:1])
        beside = beside and not leads_by_party(floor.speaker.role or floor.speaker.body or "")
        return "directive" if mine + 5 >= theirs and not beside else "proposal"
    if floor.speaker.person is not None and floor.speaker.person in scene.chairs:
        return "directive" if mine + 5 >= theirs or theirs < NATIONAL else "proposal"
    return "directive" if mine > theirs or theirs == 0 else "proposal"


def highest_level(page: Page, bodies: Sequence[BodyMention]) -> int:
    """The highest level of authority of the bodies, 0 for none."""
    return max((authority_of(page.slice(body.start, body.end)) for body in bodies), default=0)
