"""What a statement's words say of the work: things and their names, the side of them, places, numbers, years, words.

    read_content("hoàn thành giải phóng mặt bằng cầu Ba Lai 8 tại huyện Bình Đại")
    -> things (bridge "ba lai" 8), aspects ("ground",), places {("huyen", "bình đại")}

Words are compared by their match keys. Not handled: names without a capital and without a word of lexicon before them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipeline.follow.vocabulary import Found, Kind, Thing, Token, Vocabulary, load_vocabulary, read_tokens
from pipeline.registry.body_index import load_body_index, words_of

_KINDS: frozenset[Kind] = frozenset(
    ("aspect", "structure_aspect", "document_aspect", "object", "generic", "back", "qualifier", "year", "place", "subordinate", "synonym", "whole")
)
_NAME_REACH = 9  # tokens behind a thing's word in which its name stands
_GENUS_REACH = 6  # tokens between a verb and the thing that tells its sense
_SYNONYM = 0.6
_NAMED, _SIDE, _GENERIC, _SUBORDINATE, _PROVINCE = 1.3, 0.5, 0.15, 0.5, 0.4


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


class Content(NamedTuple):
    """What a text says of the work. `weights` are of its words, `pairs` of words side by side; `years` are those that
    are part of the work itself; `quantities` are figures with what they count ("64 hộ"), without shares; `back` is true where it points to what was told before."""

    weights: dict[str, float]
    pairs: frozenset[tuple[str, str]]
    subjects: tuple[Subject, ...]
    aspects: tuple[str, ...]
    places: frozenset[tuple[str, str]]
    provinces: frozenset[str]
    numbers: frozenset[tuple[str, str]]
    years: frozenset[str]
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
    objects = _objects(found)
    low = _subordinate(tokens, found)
    places, place_tokens = _places(tokens, found)
    subjects = tuple(_subjects(tokens, objects, found, place_tokens, low, vocabulary))
    sides = _sides(found, objects, vocabulary)
    provinces, province_tokens = _provinces(tokens, {place for one in subjects for place in _name_span(one, tokens)})
    numbers = frozenset(_numbers(tokens, found))
    weights, pairs = _words(tokens, found, sides, low, province_tokens, vocabulary)
    return Content(
        weights=weights,
        pairs=pairs,
        subjects=subjects,
        aspects=tuple(dict.fromkeys(one.phrase.entry for one in sides if one.first not in low)),
        places=places,
        provinces=provinces,
        numbers=numbers,
        years=frozenset(_years(tokens, found)),
        documents=frozenset(token.key for token in tokens if token.document),
        quantities=frozenset(_quantities(text, tokens, vocabulary)),
        back=any(one.phrase.kind == "back" for one in found),
    )


def _objects(found: Sequence[Found]) -> list[Found]:
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
        if one.phrase.kind == "object" and one.last >= longer.get(one.first, 0) and not covered:
            if not kept or one.first >= kept[-1].last:
                kept.append(one)
    return kept


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


def _subjects(
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
    tokens: Sequence[Token], place: int, starts: set[int], halts: set[int], place_tokens: set[int], vocabulary: Vocabulary
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
            numbers.add(_number(token.key))
            begun = True
        elif token.capital:
            words.add(token.key)
            begun = True
        elif begun or token.key in vocabulary.stops - {"số"}:
            break
    return (_name(words, numbers) if begun else None), False


def _name(words: set[str], numbers: set[str]) -> Name | None:
    return Name(frozenset(words), frozenset(numbers)) if words or numbers else None


_ROMANS = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10"}


def _number(key: str) -> str:
    return _ROMANS.get(key, key.lstrip("0") or "0")


def _name_span(subject: Subject, tokens: Sequence[Token]) -> Iterator[int]:
    """The tokens behind the thing's word that are of its name."""
    if subject.name is not None:
        for at in range(subject.first, min(subject.first + _NAME_REACH + 3, len(tokens))):
            if tokens[at].key in subject.name.words:
                yield at


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
        if any(other.first <= one.first < other.last and len(other.phrase.syllables) >= len(one.phrase.syllables) for other in chosen):
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


def _places(tokens: Sequence[Token], found: Sequence[Found]) -> tuple[frozenset[tuple[str, str]], set[int]]:
    """Places below the province, by their kind and name, and the tokens that they are."""
    places: set[tuple[str, str]] = set()
    taken: set[int] = set()
    for one in found:
        if one.phrase.kind != "place":
            continue
        last = one.last
        while last < len(tokens) and not tokens[last].gap and (tokens[last].capital or (last == one.last and tokens[last].number)):
            last += 1
        if last > one.last:
            if one.phrase.entry != "tinh":
                places.add((one.phrase.entry, " ".join(token.key for token in tokens[one.last : last])))
            taken.update(range(one.first, last))
    return frozenset(places), taken


@cache
def _province_names() -> dict[str, dict[tuple[str, ...], str]]:
    names: dict[str, dict[tuple[str, ...], str]] = {}
    for text, place in load_body_index().place_names():
        words = words_of(text)
        if len(words) > 1:
            names.setdefault(words[0], {})[words] = place
    return names


def _provinces(tokens: Sequence[Token], named: set[int]) -> tuple[frozenset[str], set[int]]:
    """The provinces named, but in names of things, and the tokens that they are."""
    found: set[str] = set()
    taken: set[int] = set()
    names = _province_names()
    for at, token in enumerate(tokens):
        if at in taken:
            continue
        for words, place in names.get(token.key, {}).items():
            last = at + len(words)
            same = tuple(one.key for one in tokens[at:last]) == words
            if same and not named & set(range(at, last)) and all(tokens[spot].capital for spot in range(last - 2, last)):
                found.add(place)
                taken.update(range(at, last))
    return frozenset(found), taken


def _numbers(tokens: Sequence[Token], found: Sequence[Found]) -> Iterator[tuple[str, str]]:
    """What tells one part or round from another: ("giai đoạn", "2")."""
    for one in found:
        if one.phrase.kind != "qualifier" or one.last >= len(tokens) or tokens[one.last].gap:
            continue
        token = tokens[one.last]
        # "giai đoạn 2021-2025" is years.
        if token.number and not token.document and len(token.key) < 4:
            yield one.phrase.entry.removesuffix(" số"), _number(token.key)


def _years(tokens: Sequence[Token], found: Sequence[Found]) -> Iterator[str]:
    for one in found:
        if one.phrase.kind == "year":
            at = one.last
            while at < min(one.last + 3, len(tokens)) and not (tokens[at].number and _is_year(tokens[at].key)):
                at += 1
            while at < len(tokens) and tokens[at].number and _is_year(tokens[at].key):
                yield tokens[at].key
                at += 1


def _quantities(text: str, tokens: Sequence[Token], vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Figures with the word behind: "64 hộ", "2,1/4,6 ha" (both figures). One alone says too little below three."""
    for at, token in enumerate(tokens[:-1]):
        behind = tokens[at + 1]
        if not token.key[0].isdigit() or token.document or _is_year(token.key):
            continue
        after = at + 1
        # "41/64 hộ", "41 trong 64 hộ"
        if behind.number and text[token.end : behind.start].strip() == "/" and after + 1 < len(tokens):
            behind = tokens[after + 1]
        elif behind.key == "trong" and after + 2 < len(tokens) and tokens[after + 1].number:
            behind = tokens[after + 2]
        figure = token.key
        unit = ""
        if not figure[-1].isdigit():
            cut = max(place for place, letter in enumerate(figure) if letter.isdigit()) + 1
            figure, unit = figure[:cut], figure[cut:]
        unit = unit or ("" if behind.gap or behind.number or behind.document else behind.key)
        figure = figure.lstrip("0").replace(".", "") if "." in figure and len(figure.rsplit(".", 1)[1]) == 3 else figure.lstrip("0")
        if unit and figure and unit not in vocabulary.stops - {"người"} and figure not in {"1", "2"}:
            yield figure, unit


def _is_year(key: str) -> bool:
    return len(key) == 4 and key.isdigit() and key[:2] in {"19", "20"}


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
