"""What a statement's words say of the work: things and their names, the side of them, places, numbers, years, words.

    read_content("hoàn thành giải phóng mặt bằng cầu Ba Lai 8 tại huyện Bình Đại")
    -> things (bridge "ba lai" 8), aspects ("ground",), places {("huyen", "bình đại")}

Words are compared by their match keys. Not handled: names without a capital and without a word of lexicon before them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.follow.markings import (
    read_numbers,
    read_places,
    read_provinces,
    read_quantities,
    read_work_years,
    read_years,
)
from pipeline.follow.things import Name, Subject, find_objects, name_span, read_subjects
from pipeline.follow.vocabulary import Found, Kind, Token, Vocabulary, load_vocabulary, read_tokens

_KINDS: frozenset[Kind] = frozenset(
    (
        "aspect",
        "structure_aspect",
        "document_aspect",
        "object",
        "generic",
        "back",
        "qualifier",
        "year",
        "place",
        "subordinate",
        "synonym",
        "whole",
    )
)
_GENUS_REACH = 6  # tokens between a verb and the thing that tells its sense
_SYNONYM = 0.6
_NAMED, _SIDE, _GENERIC, _SUBORDINATE, _PROVINCE = 1.3, 0.5, 0.15, 0.5, 0.4


class Content(NamedTuple):
    """What a text says of the work. `weights` are of its words, `pairs` of words side by side; `years` are those that
    are surely part of the work itself, `work_years` those that may be; `quantities` are figures with what they count
    ("64 hộ"), without shares; `back` is true
    where it points to what was told before."""

    weights: dict[str, float]
    pairs: frozenset[tuple[str, str]]
    subjects: tuple[Subject, ...]
    aspects: tuple[str, ...]
    places: frozenset[tuple[str, str]]
    provinces: frozenset[str]
    numbers: frozenset[tuple[str, str]]
    years: frozenset[str]
    work_years: frozenset[str]
    documents: frozenset[str]
    quantities: frozenset[tuple[str, str]]
    back: bool

    @property
    def substance(self) -> float:
        """How much its words say."""
        return sum(self.weights.values())

    @property
    def names(self) -> tuple[Name, ...]:
        """The names of its things."""
        return tuple(subject.name for subject in self.subjects if subject.name is not None)


def read_content(text: str) -> Content:
    """What the text says of the work. Linear in the text."""
    vocabulary = load_vocabulary()
    tokens = read_tokens(text)
    found = vocabulary.find(tokens, _KINDS)
    objects = find_objects(found)
    low = _subordinate(tokens, found)
    places, place_tokens = read_places(tokens, found)
    subjects = tuple(read_subjects(tokens, objects, found, place_tokens, low, vocabulary))
    sides = _sides(found, objects, vocabulary)
    provinces, province_tokens = read_provinces(tokens, {place for one in subjects for place in name_span(one, tokens)})
    numbers = frozenset(read_numbers(tokens, found))
    weights, pairs = _words(tokens, found, sides, low, province_tokens, vocabulary)
    return Content(
        weights=weights,
        pairs=pairs,
        subjects=subjects,
        aspects=tuple(dict.fromkeys(one.phrase.entry for one in sides if one.first not in low)),
        places=places,
        provinces=provinces,
        numbers=numbers,
        years=frozenset(read_years(tokens, found, vocabulary)),
        work_years=frozenset(read_work_years(tokens, vocabulary)),
        documents=frozenset(token.key for token in tokens if token.document),
        quantities=frozenset(read_quantities(text, tokens, vocabulary)),
        back=any(one.phrase.kind == "back" for one in found),
    )


def _subordinate(tokens: Sequence[Token], found: Sequence[Found]) -> set[int]:
    """The tokens of purposes and reasons: from their word to the next comma or end of a sentence."""
    low: set[int] = set()
    for one in found:
        # A statement that begins so has no other part.
        if one.phrase.kind == "subordinate" and one.first > 2:
            place = one.first
            while place < len(tokens) and (place == one.first or not tokens[place].gap):
                low.add(place)
                place += 1
    return low


def _sides(found: Sequence[Found], objects: Sequence[Found], vocabulary: Vocabulary) -> list[Found]:
    """The phrases that say which side of a thing the work is about; those of several senses by the thing behind."""
    inside = {place for one in objects for place in range(one.first, one.last)}
    chosen: list[Found] = []
    for one in found:
        kind = one.phrase.kind
        if kind not in {"aspect", "structure_aspect", "document_aspect"} or one.first in inside:
            continue
        if kind != "aspect":
            genus = _genus_near(one, objects, vocabulary)
            if genus != kind.removesuffix("_aspect"):
                continue
        # Of phrases at one place the longest; an unambiguous one before one of several senses.
        if any(
            other.first <= one.first < other.last and len(other.phrase.syllables) >= len(one.phrase.syllables)
            for other in chosen
        ):
            continue
        chosen = [other for other in chosen if not (one.first <= other.first < one.last)]
        chosen.append(one)
    plain = [one for one in chosen if one.phrase.kind == "aspect"]
    return plain or chosen


def _genus_near(one: Found, objects: Sequence[Found], vocabulary: Vocabulary) -> str | None:
    behind = [other for other in objects if one.last <= other.first <= one.last + _GENUS_REACH]
    before = [other for other in objects if one.first - 2 * _GENUS_REACH <= other.first < one.first]
    near = behind[:1] or before[-1:]
    return vocabulary.things[near[0].phrase.entry].genus if near else None


def _words(
    tokens: Sequence[Token],
    found: Sequence[Found],
    sides: Sequence[Found],
    low: set[int],
    province_tokens: set[int],
    vocabulary: Vocabulary,
) -> tuple[dict[str, float], frozenset[tuple[str, str]]]:
    side = {place for one in sides for place in range(one.first, one.last)}
    generic = {place for one in found if one.phrase.kind in {"generic", "back"} for place in range(one.first, one.last)}
    weights: dict[str, float] = {}
    pairs: set[tuple[str, str]] = set()
    before: str | None = None
    said = {place: one for one in found if one.phrase.kind == "synonym" for place in range(one.first, one.last)}
    for at, token in enumerate(tokens):
        if token.gap:
            before = None
        if token.number and not token.document:
            continue
        if token.key in vocabulary.stops and not token.capital:
            before = None
            continue
        weight = vocabulary.weight(token.key)
        if at in side:
            weight *= _SIDE
        elif at in generic:
            weight *= _GENERIC
        elif at in province_tokens:
            weight *= _PROVINCE
        elif token.capital or token.document:
            weight *= _NAMED
        if at in low:
            weight *= _SUBORDINATE
        meant = said.get(at)
        if meant is not None and not token.capital:
            key = meant.phrase.entry
            weights[key] = max(weights.get(key, 0.0), _SYNONYM * (_SUBORDINATE if at in low else 1))
        else:
            weights[token.key] = max(weights.get(token.key, 0.0), weight)
        telling = at not in generic
        if before is not None and telling:
            pairs.add((before, token.key))
        before = token.key if telling else None
    return weights, frozenset(pairs)
