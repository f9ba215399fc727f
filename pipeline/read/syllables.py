"""The written syllables of Vietnamese, built from initials, rimes and tones (`lexicon/syllables.toml`).

"thương" is one, "ngiệp", "viêtnam" and "website" are none. The tone may stand on any vowel of the rime: old placements
(hoà, hòa) and slips of typing ("hòan", "gía") are syllables too. Syllables of minority languages and of names (Đắk,
Krông, Pleiku) are none. All NFC and in lower case.
"""

from __future__ import annotations

import functools
import unicodedata

import msgspec

from pipeline.errors import LexiconError
from pipeline.lexicon import read_entries

# The level tone, huyền, hỏi, ngã, sắc, nặng.
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_STOPPED_TONES = ("\u0301", "\u0323")
_FRONT = frozenset("eêiy")
_VOWELS = frozenset("aăâeêioôơuưy")


class _Syllables(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    initials: list[str]
    before_front: list[str]
    before_others: list[str]
    stops: list[str]
    rimes: dict[str, list[str]]
    only: dict[str, list[str]]


@functools.cache
def syllables() -> frozenset[str]:
    """Every syllable with each of its tones: about 50,000 spellings."""
    tables = _read()
    return frozenset(
        spelling
        for initial, rime in _pairs(tables)
        for tone in (_STOPPED_TONES if rime.endswith(tuple(tables.stops)) else TONES)
        for spelling in _with_tone(initial, rime, tone)
    )


@functools.cache
def bare_syllables() -> frozenset[str]:
    """The syllables without any diacritic: what is left of them in text that was stripped ("nghiep", "duong")."""
    return frozenset(strip_diacritics(initial + rime) for initial, rime in _pairs(_read()))


def strip_diacritics(text: str) -> str:
    """The text in plain letters: "Đường" becomes "Duong"."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _read() -> _Syllables:
    tables = read_entries("syllables.toml", _Syllables)
    known = {*tables.initials}
    unknown = {initial for initials in tables.only.values() for initial in initials} - known
    if unknown or not {*tables.before_front, *tables.before_others} <= known:
        raise LexiconError("an initial is not among the initials", where="lexicon/syllables.toml")
    return tables


def _pairs(tables: _Syllables) -> set[tuple[str, str]]:
    pairs = {(initial, rime) for rime, initials in tables.only.items() for initial in initials}
    for rime in (rime for rimes in tables.rimes.values() for rime in rimes):
        shut_out = tables.before_others if rime[0] in _FRONT else tables.before_front
        for initial in tables.initials:
            # qu has the glide in it, gi the i: neither is written twice.
            doubled = (initial == "qu" and rime[0] in "ouôư") or (initial == "gi" and rime[0] == "i")
            if initial not in shut_out and not doubled:
                pairs.add((initial, rime))
    return pairs


def _with_tone(initial: str, rime: str, tone: str) -> set[str]:
    if not tone:
        return {initial + rime}
    spellings = set()
    for place, letter in enumerate(rime):
        if letter in _VOWELS:
            spellings.add(initial + rime[:place] + unicodedata.normalize("NFC", letter + tone) + rime[place + 1 :])
    if initial in ("gi", "qu"):
        # The tone on the letter that the initial ends in: "gía", "qúy".
        spellings.add(initial[0] + unicodedata.normalize("NFC", initial[1] + tone) + rime)
    return spellings
