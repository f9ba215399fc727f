"""The tables of characters that stand for others (`lexicon/characters.toml`)."""

from __future__ import annotations

import functools

import msgspec

from pipeline.lexicon import read_entries


class _Abbreviations(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    known: list[str]


class _Characters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    look_alikes: dict[str, str]
    in_syllables: dict[str, str]
    always: dict[str, str]
    symbols: dict[str, str]
    ligatures: dict[str, str]
    abbreviations: _Abbreviations


class CharacterTables(msgspec.Struct, frozen=True):
    """The tables, each from a character to what the canonical text has for it; `abbreviations` can be typed in
    look-alikes alone; `letters` are all letters that one of the tables of letters has."""

    look_alikes: dict[str, str]
    in_syllables: dict[str, str]
    always: dict[str, str]
    symbols: dict[str, str]
    ligatures: dict[str, str]
    abbreviations: frozenset[str]
    letters: frozenset[str]


@functools.cache
def character_tables() -> CharacterTables:
    """The tables. Raises LexiconError where the file is not as it should be."""
    told = read_entries("characters.toml", _Characters)
    return CharacterTables(
        look_alikes=told.look_alikes,
        in_syllables=told.in_syllables,
        always=told.always,
        symbols=told.symbols,
        ligatures=told.ligatures,
        abbreviations=frozenset(told.abbreviations.known),
        letters=frozenset([*told.look_alikes, *told.in_syllables, *told.always]),
    )
