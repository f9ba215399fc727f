"""Who stands above whom: levels of authority of bodies and offices, from `lexicon/authority.toml`."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import msgspec

from pipeline import lexicon
from pipeline.extraction.vocabulary import any_of
from pipeline.language.matchkey import match_key

UNKNOWN = 35
"""The level of a name that no pattern knows."""
NATIONAL = 90
"""The level of the Government and the National Assembly, which nobody below them directs."""
LEADER = 40
"""Level of authority from which "cần", "phải" in somebody's mouth ask for action: heads of communes."""
UNIT = 30
"""Level of units, schools, hospitals: a request to one of them by anybody is at least a proposal."""
CITIZEN = 20
"""Level up to which somebody asks as a citizen, an expert or a firm: he proposes."""


class Level(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A level of authority and the words that show it."""

    level: int
    pattern: str
    examples: list[str]


class Epithet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words for an office without its title."""

    words: list[str]
    office: str


class Authority(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `lexicon/authority.toml`."""

    beside: list[str]
    offices_abroad: list[str]
    foreign_offices: list[str]
    foreign_heads: list[str]
    level: list[Level]
    epithet: list[Epithet]


@cache
def load_authority() -> Authority:
    """The levels and epithets. Raises LexiconError on a bad entry."""
    return lexicon.read_entries("authority.toml", Authority)


def _key(name: str) -> str:
    return match_key(" ".join(name.split()))


@cache
def _levels() -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple((re.compile(entry.pattern), entry.level) for entry in load_authority().level)


@lru_cache(maxsize=4096)
def authority_of(name: str) -> int:
    """The level of a body's name or a person's office, 100 the highest; `UNKNOWN` where no pattern is found.

    "Giám đốc Sở Y tế" is 60, "các cử tri" 10. Not bounded in time: bodies that no longer exist keep theirs.
    """
    key = _key(name.strip())
    for pattern, level in _levels():
        if pattern.search(key):
            return level
    return UNKNOWN


@cache
def _abroad() -> re.Pattern[str]:
    authority = load_authority()
    bodies = rf"{any_of(authority.foreign_heads)}(?: [\w-]+){{0,5}}"
    countries = any_of(lexicon.read_list("countries.txt"))
    return re.compile(rf"(?<!\w)(?:{any_of(authority.foreign_offices)}|{bodies}) {countries}(?!\w)")


_PARTY = re.compile(r"(?:tỉnh|thành|huyện|quận|thị|đảng) (?:ủy|uỷ)(?!\w)|(?<!\w)(?:ban bí thư|bộ chính trị)(?!\w)")


@cache
def _beside() -> re.Pattern[str]:
    return re.compile(rf"(?:các )?{any_of(load_authority().beside)}(?!\w)")


def leads_by_party(name: str) -> bool:
    """Whether an office or body is the Party's, which leads those beside the administration, too."""
    return _PARTY.search(_key(name)) is not None


def is_beside(name: str) -> bool:
    """Whether a body stands in no line of command of the state's authorities ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"):
    a document that asks it proposes."""
    return _beside().match(_key(name)) is not None


@cache
def _office_abroad() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(load_authority().offices_abroad)}(?!\w)")


def is_foreign(name: str) -> bool:
    """Whether a body or office is another country's or an international one ("Cơ quan công tố Hàn Quốc")."""
    return _abroad().search(_key(name)) is not None or _office_abroad().search(_key(name)) is not None


@cache
def _epithets() -> dict[str, str]:
    return {match_key(word): entry.office for entry in load_authority().epithet for word in entry.words}


def office_of_epithet(words: str) -> str | None:
    """The office that an epithet stands for ("người đứng đầu Chính phủ" is "Thủ tướng"), or None."""
    return _epithets().get(_key(words.strip()))


@cache
def epithet_pattern() -> re.Pattern[str]:
    """All epithets on match keys."""
    return re.compile(rf"(?<!\w){any_of(_epithets())}(?!\w)")
