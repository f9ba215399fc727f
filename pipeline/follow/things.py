"""The things that work is done on, with their names: "cầu Ba Lai 8", "Nghị định", "giai đoạn 2"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.follow.vocabulary import Found, Thing, Token, Vocabulary

_NAME_REACH = 9  # tokens behind a thing's word in which its name stands


class Name(NamedTuple):
    """A thing's name: its words, and its numbers ("Rạch Miễu 2", "57B", "giai đoạn II")."""

    words: frozenset[str]
    numbers: frozenset[str]


class Subject(NamedTuple):
    """A thing that work is done on, with its name where it has one."""

    thing: str
    genus: str
    wild: bool
    name: Name | None
    first: int
    subordinate: bool


def find_objects(found: Sequence[Found]) -> list[Found]:
    """The words of things that are no part of a longer phrase: "hồ" is no reservoir in "hồ sơ"."""
    longer: dict[int, int] = {}
    inside: set[int] = set()
    for one in found:
        if one.phrase.kind == "whole":
            inside.update(range(one.first, one.last))
        if one.phrase.kind not in {"object", "place", "qualifier", "subordinate", "synonym"}:
            longer[one.first] = max(longer.get(one.first, 0), one.last)
    kept: list[Found] = []
    for one in found:
        covered = one.first in inside and one.last - 1 in inside
        whole = one.phrase.kind == "object" and one.last >= longer.get(one.first, 0) and not covered
        if whole and (not kept or one.first >= kept[-1].last):
            kept.append(one)
    return kept


def read_subjects(
    tokens: Sequence[Token],
    objects: Sequence[Found],
    found: Sequence[Found],
    place_tokens: set[int],
    low: set[int],
    vocabulary: Vocabulary,
) -> Iterator[Subject]:
    starts = {one.first for one in objects}
    halts = {one.first for one in found if one.phrase.kind == "subordinate"} - starts
    for one in objects:
        thing: Thing = vocabulary.things[one.phrase.entry]
        name, followed = _name_behind(tokens, one.last, starts, halts, place_tokens, vocabulary)
        # "dự án cầu Ba Lai 8" is the bridge.
        if thing.wild and name is None and followed:
            continue
        yield Subject(thing.id, thing.genus, thing.wild, name, one.first, one.first in low)


def _name_behind(
    tokens: Sequence[Token],
    place: int,
    starts: set[int],
    halts: set[int],
    place_tokens: set[int],
    vocabulary: Vocabulary,
) -> tuple[Name | None, bool]:
    """The name behind a thing's word, and whether another thing's word comes first."""
    words: set[str] = set()
    numbers: set[str] = set()
    begun = False
    for at in range(place, min(place + _NAME_REACH, len(tokens))):
        token = tokens[at]
        if at in starts:
            return (_name(words, numbers) if begun else None), not begun and not token.gap
        if token.gap or at in halts or token.document:
            break
        if at in place_tokens:
            if begun:
                break
            continue
        if token.number and (begun or at == place or tokens[at - 1].key in {"số", "tuyến", "lộ", "đai", "khu", "iii"}):
            numbers.add(plain_number(token.key))
            begun = True
        elif token.capital:
            words.add(token.key)
            begun = True
        elif begun or token.key in vocabulary.stops - {"số"}:
            break
    return (_name(words, numbers) if begun else None), False


def _name(words: set[str], numbers: set[str]) -> Name | None:
    return Name(frozenset(words), frozenset(numbers)) if words or numbers else None


_ROMANS = {
    "i": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "v": "5",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "x": "10",
}


def plain_number(key: str) -> str:
    return _ROMANS.get(key, key.lstrip("0") or "0")


def name_span(subject: Subject, tokens: Sequence[Token]) -> Iterator[int]:
    """The tokens behind the thing's word that are of its name."""
    if subject.name is not None:
        for at in range(subject.first, min(subject.first + _NAME_REACH + 3, len(tokens))):
            if tokens[at].key in subject.name.words:
                yield at
