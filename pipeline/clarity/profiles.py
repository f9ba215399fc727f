"""The lists of "N rõ" as data: which slots a profile asks for, what it calls them, and where the list stands."""

from __future__ import annotations

from functools import cache

import msgspec

from pipeline import lexicon
from pipeline.clarity.records import Slot
from pipeline.errors import PipelineError


class ProfileError(PipelineError):
    """A profile that isn't there was asked for."""


class ProfileSlot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One item of a list: the slot read for it, and its name there, in Vietnamese and English."""

    slot: Slot
    vi: str
    en: str


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One list. `checked` is false where the source's own text was not seen."""

    name: str
    vi: str
    en: str
    source: str
    checked: bool
    slots: list[ProfileSlot]


class ProfileLexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `lexicon/clarity/profiles.toml`."""

    profile: list[Profile]


@cache
def load_profiles() -> tuple[Profile, ...]:
    """The profiles in the file's order; the first is the usual one. Raises LexiconError on a bad entry."""
    return tuple(lexicon.read_entries("clarity/profiles.toml", ProfileLexicon).profile)


def find_profile(name: str | None = None) -> Profile:
    """The profile of that name, the usual one without a name. Raises ProfileError."""
    for profile in load_profiles():
        if name is None or profile.name == name:
            return profile
    known = ", ".join(profile.name for profile in load_profiles())
    raise ProfileError("there is no profile {name}", remedy="Choose one of: {known}", name=repr(name), known=known)
