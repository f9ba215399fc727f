"""Which body a mention names on a given day: one body, or none with the reason.

    load_body_index().identify("UBND tỉnh", on=date(2023, 6, 8), place="ben-tre")
    -> Identification("ubnd-tinh--ben-tre", "Ủy ban nhân dân tỉnh Bến Tre", None)

Names are compared exactly, but for case, tone placement, spaces and punctuation ("Bộ KH - ĐT" is "Bộ KH&ĐT").
A body is of the register (`bo-tai-chinh`) or a local type at a province (`so-y-te--ben-tre`). Nothing is guessed:
two bodies that bear a name on the day leave it open. Not handled: bodies of the district and commune level (the
register has no such places), offices and persons ("Bộ trưởng Bộ Tài chính"), names cut short in a list
("các Bộ: Tài chính, Tư pháp"; the caller puts the head back), function-level succession ("which body now licenses X").
"""

from __future__ import annotations

import datetime
import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

import msgspec

from pipeline.errors import LexiconError
from pipeline.language.matchkey import match_key
from pipeline.lexicon.bodies import LocalType, Period, Register, Window, load_register
from pipeline.lexicon.bodies.lineage import Chapter, Day, Lineage, last_day_before

GROUP = "group"
UNKNOWN = "not in the register"
PLACE_ALONE = "a place name alone"
NO_LEVEL = "a local body without its level"
NO_PLACE = "a local body without a place"
NOT_HERE = "no such body at the report's place"
NO_SUCCESSOR = "no successor recorded"
LOWER_LEVEL = "a body of the district or commune level: no register of them"

_WORD = re.compile(r"[^\W_]+")
_PARENTHESIS = re.compile(r"\(([^()]*)\)")
_SLOT = re.compile(r"\s*\{(?:unit|place)\}$")
_HEADING_VOTES = 3  # "Bến Tre: …" at the head of a line says where a report is from; a name in passing is one vote
_FEWEST_VOTES = 2  # one name in passing says nothing
_LONGEST_PLACE = 7  # words of the longest place name with its unit's word
_REMEMBERED = 4096  # names last identified: a report names the same bodies again and again

Words = tuple[str, ...]


class Identification(msgspec.Struct, frozen=True):
    """The body a mention names. `name` is the body's own name at its own time; `reason` says why `id` is null, or
    what became of a body that no longer existed on the day."""

    id: str | None
    name: str | None
    reason: str | None


class _Candidate(NamedTuple):
    id: str
    windows: tuple[Window, ...]


class _Stem(NamedTuple):
    type: LocalType
    unit: str | None  # the only kind of unit it fits; None for any


class _PlaceForm(NamedTuple):
    place: str
    unit: str | None  # the kind of unit its words announce; None for a bare name


@functools.cache
def load_body_index() -> BodyIndex:
    """The index of the package's register. Raises LexiconError where an entry of the register is wrong."""
    return BodyIndex(load_register())


def words_of(text: str) -> Words:
    """The words by which names are compared: case and tone placement folded, spaces and punctuation gone."""
    return tuple(_WORD.findall(match_key(text)))


class BodyIndex:
    """Identifies bodies and places by their names; never changed after its construction, and without a clock.

    Raises LexiconError at construction where two entries claim one name on the same day and aren't `ambiguous`.
    """

    def __init__(self, register: Register) -> None:
        self._register = register
        self._lineage = Lineage(register)
        self._places = {place.id: place for place in register.places}
        self._central = _index_central(register)
        self._stems = _index_stems(register, lower=False)
        self._lower_stems = _index_stems(register, lower=True)
        self._longest_stem = max(map(len, [*self._stems, *self._lower_stems]))
        self._unit_words = _index_unit_words(register, lower=False)
        self._lower_words = _index_unit_words(register, lower=True)
        self._place_forms = _index_places(register)
        self._words = {
            name: {words_of(text) for text in getattr(register.mentions, name)}
            for name in register.mentions.__struct_fields__
        }
        self._group_parts = _by_first(
            (*self._words["group_levels"], *(p + h for p in self._words["plural"] for h in self._words["group_heads"]))
        )
        self._place_openers = frozenset(words[0] for words in self._place_forms if words)
        self._identified = functools.lru_cache(maxsize=_REMEMBERED)(self._identify_words)
        check_claims(register)

    # --- what a mention names

    def identify(self, mention: str, *, on: Day, place: str | None = None) -> Identification:
        """The body that `mention` names on the day `on`, seen from the report's province `place` (an id).

        A body dissolved by that day keeps its id and name, and the reason tells its successor; a body founded later
        is none. An unknown day leaves every day open. Words in parentheses must agree with the name before them:
        "Tổng công ty Hàng không Việt Nam (ACV)" names two bodies, so none. Raises KeyError for an unknown place.
        """
        if place is not None and place not in self._places:
            raise KeyError(place)
        outer = self._identified(words_of(_PARENTHESIS.sub(" ", mention)), on, place)
        for inner in _PARENTHESIS.findall(mention):
            other = self._identified(words_of(inner), on, place)
            if outer.id and other.id and other.id != outer.id:
                return Identification(None, None, f"two candidates: {outer.name}, {other.name}")
        return outer

    def _identify_words(self, words: Words, on: Day, place: str | None) -> Identification:
        local = list(self._find_local(words, place))
        windows: dict[str, tuple[Window, ...]] = {}
        for one in (*self._central.get(words, ()), *local):
            windows[one.id] = windows.get(one.id, ()) + one.windows
        candidates = [_Candidate(*item) for item in windows.items()]
        alive = [one for one in candidates if any(window.covers(on) for window in one.windows)]
        if len(alive) == 1:
            return Identification(alive[0].id, self.name_of(alive[0].id, on=on), None)
        if alive:
            return self._undecided(alive)
        refusal = self._refuse_local(words, place)
        if on is None or not candidates or (refusal and not local):
            return Identification(None, None, refusal or self._why_unknown(words))
        return self._identify_past(candidates, on, refusal)

    def _identify_past(self, candidates: list[_Candidate], on: datetime.date, refusal: str | None) -> Identification:
        """The body among `candidates`, none of them so called on the day, that last bore the name before it."""
        ends = {one: last for one in candidates if (last := last_day_before(one.windows, on))}
        if not ends:
            first = min(window.first for one in candidates for window in one.windows if window.first)
            if refusal == LOWER_LEVEL:  # "UBND TP Bắc Ninh" before that province became a city
                return Identification(None, None, refusal)
            name = self.name_of(candidates[0].id, on=first)
            return Identification(None, None, f"{name} was not founded until {first}")
        last = max(ends.values())
        latest = [one for one, end in ends.items() if end == last]
        if len(latest) > 1:
            return self._undecided(latest)
        id, name = latest[0].id, self.name_of(latest[0].id, on=last)
        if any(window.covers(on) for window in self._lineage.windows_of(id)):
            return Identification(id, name, f"so called until {last}; then {self.name_of(id, on=on)}")
        heirs = ", ".join(self.name_of(heir, on=on) for heir in self.successors(id, on))
        return Identification(id, name, f"dissolved {last}; {f'succeeded by {heirs}' if heirs else NO_SUCCESSOR}")

    def _undecided(self, candidates: list[_Candidate]) -> Identification:
        count = "two" if len(candidates) == 2 else "several"
        names = ", ".join(sorted(self.name_of(one.id) for one in candidates))
        return Identification(None, None, f"{count} candidates: {names}")

    def _find_local(self, words: Words, place: str | None) -> Iterator[_Candidate]:
        """The bodies at provinces the words may name, on whatever day: each stem before each form of a place."""
        for stem, rest in self._split(words, self._stems):
            forms: Iterable[_PlaceForm] = self._place_forms.get(rest, ())
            if place is not None and rest in self._unit_words:
                forms = [_PlaceForm(place, unit) for unit in self._unit_words[rest]]
            elif place is not None and not rest and stem.type.bare:
                forms = [_PlaceForm(place, None)]
            for form in forms:
                units = {unit for unit in (stem.unit, form.unit) if unit}
                windows = self._lineage.windows_at(stem.type, form.place, units)
                if windows and (form.unit or not _is_slot_alone(stem.type) or len(rest) < len(words)):
                    yield _Candidate(f"{stem.type.id}--{form.place}", windows)

    def _split(self, words: Words, stems: dict[Words, list[_Stem]]) -> Iterator[tuple[_Stem, Words]]:
        for cut in range(min(len(words), self._longest_stem), -1, -1):
            linked = cut > 0 and words[cut : cut + 1] in self._words["linking"]
            rest = words[cut + 1 :] if linked else words[cut:]
            for stem in stems.get(words[:cut], ()):
                yield stem, rest

    def _refuse_local(self, words: Words, place: str | None) -> str | None:
        """Why a local name names no body here; None where the words are no such name."""
        here = True
        if not words or self._is_group(words):
            return None
        for stem, rest in self._split(words, self._stems):
            if rest and rest not in self._unit_words:
                continue
            if not rest and not stem.type.bare:
                return NO_LEVEL
            if place is None:
                return NO_PLACE
            here = False
        for stem, rest in self._split(words, self._lower_stems):
            named = any(rest[:size] in self._lower_words for size in (1, 2))
            if named or (stem.type.bare and not _is_slot_alone(stem.type)):
                return LOWER_LEVEL
        return None if here else NOT_HERE

    def _why_unknown(self, words: Words) -> str:
        if self._is_group(words) or any(words[: len(head)] == head for head in self._words["generic_heads"]):
            return GROUP
        return PLACE_ALONE if words in self._place_forms else UNKNOWN

    def _is_group(self, words: Words) -> bool:
        if any(words[: len(opener)] == opener for opener in self._words["group_openers"]):
            return True
        parts = self._group_parts
        return any(words[i : i + len(part)] == part for i, word in enumerate(words) for part in parts.get(word, ()))

    # --- what became of a body

    def name_of(self, id: str, *, on: Day = None) -> str:
        """The name of a body; a local one's with the unit's word of that day. Raises KeyError for an unknown id."""
        return self._lineage.name_of(id, on=on)

    def successors(self, id: str, on: Day) -> tuple[str, ...]:
        """The bodies that had taken over by the day, see `Lineage.successors`. Raises KeyError for an unknown id."""
        return self._lineage.successors(id, on)

    def history(self, id: str) -> tuple[Chapter, ...]:
        """The chain a body stands in, oldest first, see `Lineage.history`. Raises KeyError for an unknown id."""
        return self._lineage.history(id)

    # --- where a report is from

    def find_place(self, text: str, *, on: Day) -> str | None:
        """The id of the province that the title, dateline and first paragraphs of a report speak from, or None.

        Counted are names with their unit's word ("tỉnh Bến Tre", "TP.HCM") or after a local body ("Sở Y tế Bến Tre"),
        and more heavily "Bến Tre: …" or "Thanh Hóa, ngày …" at the head of a line (but in the seat of government,
        where central bodies write from). The place needs more votes than all others together. A province dissolved by
        the day counts for the one it went into. Not handled: names of districts and communes.
        """
        votes: Counter[str] = Counter()
        for line in text.splitlines():
            for place in self._heading_places(line):
                votes[place] += _HEADING_VOTES
        votes.update(self._named_places(words_of(text)))
        counted: Counter[str] = Counter()
        for place, count in votes.items():
            for later in self._lineage.places_on(place, on) if on else (place,):
                counted[later] += count
        if not counted:
            return None
        best, most = counted.most_common(1)[0]
        return best if most >= _FEWEST_VOTES and 2 * most > counted.total() else None

    def _heading_places(self, line: str) -> Iterator[str]:
        if not (":" in line or "," in line) or _first_word(line) not in self._place_openers:
            return
        head, colon, _ = line.partition(":")
        if colon:
            yield from {form.place for form in self._place_forms.get(words_of(head), ())}
        head, comma, rest = line.partition(",")
        if comma and (_first_word(rest),) in self._words["dateline"]:
            places = {form.place for form in self._place_forms.get(words_of(head), ())}
            yield from (place for place in places if not self._places[place].seat_of_government)

    def _named_places(self, words: Words) -> Iterator[str]:
        openers, behind = self._place_openers, 0
        for start in [i for i, word in enumerate(words) if word in openers]:
            if start < behind:
                continue
            for end in range(min(start + _LONGEST_PLACE, len(words)), start, -1):
                forms = self._place_forms.get(words[start:end], [])
                announced = {form.place for form in forms if form.unit or self._follows_stem(words, start)}
                if announced:
                    if words[start - 1 : start] not in self._words["plural"]:
                        yield from announced
                    behind = end
                    break

    def _follows_stem(self, words: Words, end: int) -> bool:
        return any(words[start:end] in self._stems for start in range(max(0, end - self._longest_stem), end))

    # --- names for the extraction stage

    def names(self) -> Iterator[tuple[str, str]]:
        """Every name and alias with its body's id; of local bodies the part before the place, with the type's id."""
        for body in self._register.bodies:
            for alias in body.claims():
                yield alias.text, body.id
        for kind in self._register.types:
            for text, _ in _stem_texts(kind, self._register):
                if text:
                    yield text, kind.id

    def place_names(self) -> Iterator[tuple[str, str]]:
        """Every name of a province or city, bare and with its unit's word, with the place's id."""
        for text, form in _place_texts(self._register):
            yield text, form.place


def check_claims(register: Register) -> None:
    """Refuses a name that two bodies, two types of one level, or a body and a bare local type bear on the same day.

    Raises LexiconError, which names both, unless every claim is marked `ambiguous`.
    """
    claims: defaultdict[Words, list[tuple[str, Window, bool]]] = defaultdict(list)
    for body in register.bodies:
        for alias in body.claims():
            window = body.window.overlap(Window(alias.valid_from, alias.valid_to))
            if window:
                claims[words_of(alias.text)].append((body.id, window, alias.ambiguous))
    for words, stems in _index_stems(register, lower=False).items():
        claims[words] += [(stem.type.id, stem.type.window, False) for stem in stems if stem.type.bare]
    for (name, first), (_, second) in (
        ((words, one), (words, other)) for words, both in claims.items() for one, other in combinations(both, 2)
    ):
        if first[0] != second[0] and first[1].overlap(second[1]) and not (first[2] and second[2]):
            raise _claimed_twice(" ".join(name), first[0], second[0])
    for lower in (False, True):
        for words, stems in _index_stems(register, lower=lower).items():
            for one, other in combinations(stems, 2):
                same_unit = one.unit is None or other.unit is None or one.unit == other.unit
                same_level = one.type.level == other.type.level and one.type.id != other.type.id
                if same_unit and same_level and one.type.window.overlap(other.type.window):
                    raise _claimed_twice(" ".join(words), one.type.id, other.type.id)


def _claimed_twice(name: str, first: str, second: str) -> LexiconError:
    return LexiconError(
        f"the name {name!r} is claimed by {first} and {second} on the same day",
        where="lexicon/bodies",
        remedy="Give the claims dates that don't meet, or mark each alias ambiguous = true",
    )


def _index_central(register: Register) -> dict[Words, list[_Candidate]]:
    index: defaultdict[Words, list[_Candidate]] = defaultdict(list)
    for body in register.bodies:
        for alias in body.claims():
            window = body.window.overlap(Window(alias.valid_from, alias.valid_to))
            if window:
                index[words_of(alias.text)].append(_Candidate(body.id, (window,)))
    return dict(index)


def _index_stems(register: Register, *, lower: bool) -> dict[Words, list[_Stem]]:
    index: defaultdict[Words, list[_Stem]] = defaultdict(list)
    for kind in register.types:
        if (kind.level != "province") == lower:
            for text, unit in _stem_texts(kind, register):
                stem = _Stem(kind, unit)
                if stem not in index[words_of(text)]:
                    index[words_of(text)].append(stem)
    return dict(index)


def _stem_texts(kind: LocalType, register: Register) -> Iterator[tuple[str, str | None]]:
    """The part of each name before the place, with the kind of unit it fits: "Ban Tổ chức Tỉnh ủy" a province."""
    for template in (kind.name, *kind.aliases):
        stem = _SLOT.sub("", template)
        if "{committee}" not in stem:
            yield stem, kind.unit
            continue
        for unit in register.units:
            if unit.committee and kind.unit in (None, unit.id):
                yield stem.format(committee=unit.committee), unit.id


def _is_slot_alone(kind: LocalType) -> bool:
    return not _SLOT.sub("", kind.name)


def _index_unit_words(register: Register, *, lower: bool) -> dict[Words, list[str]]:
    index: defaultdict[Words, list[str]] = defaultdict(list)
    for unit in register.units:
        if (unit.level != "province") == lower:
            for text in unit.words:
                index[words_of(text)].append(unit.id)
    return dict(index)


def _index_places(register: Register) -> dict[Words, list[_PlaceForm]]:
    index: defaultdict[Words, list[_PlaceForm]] = defaultdict(list)
    for text, form in _place_texts(register):
        forms = index[words_of(text)]
        if form not in forms:
            forms.append(form)
    return dict(index)


def _place_texts(register: Register) -> Iterator[tuple[str, _PlaceForm]]:
    units = {unit.id: unit for unit in register.units}
    for place in register.places:
        kinds: dict[str, Period] = {period.unit: period for period in place.period}
        for name in (place.name, *place.aliases):
            yield name, _PlaceForm(place.id, None)
            for kind in kinds:
                for word in units[kind].words:
                    yield f"{word} {name}", _PlaceForm(place.id, kind)
        for name in place.full_names:
            yield name, _PlaceForm(place.id, place.period[-1].unit)


def _by_first(names: Iterable[Words]) -> dict[str, tuple[Words, ...]]:
    """Names by their first words."""
    index: defaultdict[str, list[Words]] = defaultdict(list)
    for name in names:
        index[name[0]].append(name)
    return {first: tuple(group) for first, group in index.items()}


def _first_word(text: str) -> str:
    """The first of `words_of(text)`, or an empty string."""
    word = _WORD.search(text)
    return match_key(word.group()) if word else ""
