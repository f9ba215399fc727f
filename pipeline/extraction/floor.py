"""What the reader of a report knows of it and has in mind: who speaks, and whether a list of asks goes on."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.extraction.authority import LEADER
from pipeline.extraction.bodies import BodyMention
from pipeline.extraction.cues import CueMention
from pipeline.extraction.page import Page
from pipeline.extraction.speakers import Speaker, Speakers
from pipeline.records import DirectiveKind

ORDERING = frozenset({"order", "request", "ban", "proposal", "pledge"})
"""Forces of the cues that make an ask by themselves."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known of a report before its asks are read. `issuer` is the one who orders by an official document, None
    for press; `minutes` says that an official document tells who said what, as an article does; `chairs` are full
    names."""

    page: Page
    speakers: Speakers
    issuer: Speaker | None
    official: bool
    minutes: bool
    chairs: frozenset[str]

    @property
    def one_voice(self) -> bool:
        """Whether the whole document speaks for its issuer, as all but minutes and articles do."""
        return self.official and not self.minutes and self.issuer is not None


@dataclass(slots=True)
class Floor:
    """Who has the floor, and his list of asks. Another speaker has a floor of his own.

    `asking` says that the list goes on; `kind`, `cue` and `lead` are what its asks inherit; `scope` is where a
    deadline for all of them may stand, `listed` that a colon introduced them; `asked` says that the speaker has asked
    before, `idle` counts the sentences since.
    """

    speaker: Speaker | None = None
    asking: bool = False
    kind: DirectiveKind = "directive"
    cue: CueMention | None = None
    lead: tuple[BodyMention, ...] = ()
    scope: tuple[int, int] | None = None
    listed: bool = False
    asked: bool = False
    idle: int = 0

    @property
    def leads(self) -> bool:
        """Whether a leader has the floor and proposes nothing."""
        return self.speaker is not None and self.kind != "proposal" and self.speaker.level >= LEADER

    def held_by(self, speaker: Speaker) -> bool:
        """Whether the speaker has the floor."""
        return speaker.same_as(self.speaker)

    def begin(self, cue: CueMention, lead: tuple[BodyMention, ...]) -> None:
        """Begins a list of asks under a cue."""
        self.asking = True
        self.asked = True
        self.idle = 0
        self.cue = cue
        self.kind = "proposal" if cue.force == "proposal" else "commitment" if cue.force == "pledge" else "directive"
        self.lead = lead
        self.scope = None
        self.listed = False

    def pledge(self, cue: CueMention | None, lead: tuple[BodyMention, ...]) -> None:
        """Goes on with pledges of the speaker."""
        self.asking = True
        self.kind = "commitment"
        self.cue = cue
        self.lead = lead
