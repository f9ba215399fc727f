"""Who stands above whom: levels of authority of bodies and offices, from `lexicon/authority.toml`."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import msgspec

from pipeline import lexicon
from pipeline.errors import LexiconError
from pipeline.language.matchkey import match_key

UNKNOWN = 35


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

    level: list[Level]
    epithet: list[Epithet]


@cache
def load_authority() -> Authority:
    """The levels and epithets. Raises LexiconError on a bad entry."""
    try:
        return msgspec.convert(lexicon.read_toml("authority.toml"), Authority)
    except msgspec.ValidationError as error:
        raise LexiconError(str(error), where="lexicon/authority.toml") from error


@cache
def _levels() -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple((re.compile(entry.pattern), entry.level) for entry in load_authority().level)


@lru_cache(maxsize=4096)
def authority_of(name: str) -> int:
    """The level of a body's name or a person's office, 100 the highest; `UNKNOWN` where no pattern is found.

    "Giám đốc Sở Y tế" is 60, "các cử tri" 10. Not bounded in time: bodies that no longer exist keep theirs.
    """
    key = match_key(re.sub(r"\s+", " ", name).strip())
    for pattern, level in _levels():
        if pattern.search(key):
            return level
    return UNKNOWN


@cache
def _abroad() -> re.Pattern[str]:
    names = sorted(lexicon.read_list("countries.txt"), key=lambda name: (-len(name), name))
    return re.compile(
        rf"(?<!\w)(?:nước|chính phủ|tổng thống|thủ tướng|quốc vương|quốc hội|thượng viện|hạ viện|nghị viện|bộ trưởng|ngoại trưởng|"
        rf"(?:bộ|tòa án|cơ quan|công tố|cảnh sát|đại sứ quán|quân đội|hải quân|ủy ban|viện|hãng|liên đoàn)(?: [\w-]+){{0,5}}) "
        rf"(?:{'|'.join(re.escape(match_key(name)) for name in names)})(?!\w)"
    )


def is_foreign(name: str) -> bool:
    """Whether a body or office is another country's or an international one ("Cơ quan công tố Hàn Quốc")."""
    return _abroad().search(match_key(re.sub(r"\s+", " ", name))) is not None


@cache
def _epithets() -> dict[str, str]:
    return {match_key(word): entry.office for entry in load_authority().epithet for word in entry.words}


def office_of_epithet(words: str) -> str | None:
    """The office that an epithet stands for ("người đứng đầu Chính phủ" is "Thủ tướng"), or None."""
    return _epithets().get(match_key(re.sub(r"\s+", " ", words).strip()))


@cache
def epithet_pattern() -> re.Pattern[str]:
    """All epithets on match keys."""
    words = sorted(_epithets(), key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in words)})(?!\w)")
