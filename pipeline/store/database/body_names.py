"""Which bodies and provinces a name typed by a user means, with marks or without, whatever the day.

    find_body("so y te")             -> every "Sở Y tế", by its type
    find_body("Bộ NN&MT")            -> "bo-nong-nghiep-va-moi-truong" and the ministries it took over from
    find_body("Sở Y tế Bến Tre")     -> "so-y-te--ben-tre"

A body owes what it was asked itself and what was asked of the bodies that it took over from; not what its own
successors were asked.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from pipeline.lexicon.bodies import load_register
from pipeline.lexicon.bodies.lineage import Chapter, Lineage
from pipeline.registry.body_index import load_body_index
from pipeline.store.database.search_words import fold, words_of

Words = tuple[str, ...]


class BodyMeant(NamedTuple):
    """The bodies of the register that a name means: ids, and types of local bodies at any place."""

    name: str
    ids: tuple[str, ...]
    types: tuple[str, ...]


class _Names(NamedTuple):
    """The register's names by their words without marks; with each the words as written."""

    bodies: dict[Words, list[tuple[Words, str]]]
    types: dict[Words, list[tuple[Words, str]]]
    units: dict[Words, list[tuple[Words, str]]]
    places: dict[Words, list[tuple[Words, str]]]
    linking: frozenset[Words]


def find_body(name: str) -> BodyMeant:
    """The bodies that the name means; none where the register doesn't know it."""
    words, names = words_of(name), _names()
    ids = dict.fromkeys(earlier for one in _meant(words, names.bodies) for earlier in (one, *_taken_over(one)))
    types: dict[str, None] = {}
    for cut in range(len(words), 0, -1):
        rest = words[cut + 1 :] if words[cut : cut + 1] in names.linking else words[cut:]
        for kind in _meant(words[:cut], names.types):
            if not rest or _meant(rest, names.units):
                types |= dict.fromkeys([kind, *_earlier_types(kind)])
            for place in _meant(rest, names.places):
                ids |= dict.fromkeys(_local_bodies(kind, place))
    return BodyMeant(name, tuple(ids), tuple(types))


def find_places(name: str) -> tuple[str, ...]:
    """The ids of the provinces and cities that the name means."""
    return tuple(dict.fromkeys(_meant(words_of(name), _names().places)))


def histories(meant: BodyMeant) -> tuple[tuple[Chapter, ...], ...]:
    """For each body meant its chain of succession, oldest first; a chain that holds several of them once."""
    chains = dict.fromkeys(load_body_index().history(one) for one in meant.ids)
    return tuple(chain for chain in chains if not any(set(chain) < set(other) for other in chains))


def _meant(words: Words, names: dict[Words, list[tuple[Words, str]]]) -> list[str]:
    """The ids of the names that are written so; where none is, of those that are so without their marks."""
    alike = names.get(tuple(map(fold, words)), [])
    return [id for written, id in alike if written == words] or [id for _, id in alike]


@cache
def _names() -> _Names:
    index, register = load_body_index(), load_register()
    bodies = {body.id for body in register.bodies}
    types = {kind.id for kind in register.types if kind.level == "province"}
    linking = {form for word in register.mentions.linking for form in (words_of(word), words_of(fold(word)))}
    found = _Names({}, {}, {}, {}, frozenset(linking))
    for text, id in index.names():
        if id in types:
            _add(found.types, text, id)
        elif id in bodies:
            _add(found.bodies, text, id)
    for unit in register.units:
        for word in unit.words if unit.level == "province" else ():
            _add(found.units, word, unit.id)
    for text, id in index.place_names():
        _add(found.places, text, id)
    return found


def _add(names: dict[Words, list[tuple[Words, str]]], text: str, id: str) -> None:
    words = words_of(text)
    alike = names.setdefault(tuple(map(fold, words)), [])
    if words and (words, id) not in alike:
        alike.append((words, id))


def _taken_over(id: str) -> list[str]:
    """The central bodies that the body took over, and those that they had; not those it has only functions of."""
    return _earlier(id, {body.id: body.succeeded_by for body in load_register().bodies})


def _earlier_types(kind: str) -> list[str]:
    """The types of local bodies whose place the type took, and those before them."""
    return _earlier(kind, {one.id: one.succeeded_by for one in load_register().types})


def _earlier(id: str, successors: dict[str, tuple[str, ...]]) -> list[str]:
    reached = [id]
    for one in reached:
        # Of several successors the first took the body over, the others some of its work.
        reached += [earlier for earlier, later in successors.items() if later[:1] == (one,) and earlier not in reached]
    return reached[1:]


def _local_bodies(kind: str, place: str) -> list[str]:
    """The body of the type at the place, and the bodies it took over: of earlier types, and of places joined to it."""
    places = _earlier(place, {one.id: _joined_to(one.id) for one in load_register().places})
    kinds = [kind, *_earlier_types(kind)]
    kinds += [one.id for one in load_register().types if one.counterpart in kinds and one.id not in kinds]
    made = [f"{one}--{where}" for where in (place, *places) for one in kinds]
    return [one for one in made if _lineage().windows_of(one)]


def _joined_to(place: str) -> tuple[str, ...]:
    """The place that an earlier one went into, by another name."""
    formed = (one.id for one in load_register().places for period in one.period if place in period.formed_from)
    return tuple(one for one in formed if one != place)


@cache
def _lineage() -> Lineage:
    return Lineage(load_register())
