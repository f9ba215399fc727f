"""Which statements may be of one matter: those that share a key. Never all pairs.

A key is a name of a thing, a document's number, a figure, rare words side by side, or a rare word beside a body; bodies
count by what became of them, so that those before and after a merger meet. Keys depend on the statement alone.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from pipeline.follow.features import Features, load_lineage
from pipeline.follow.parties import Party
from pipeline.follow.things import Name
from pipeline.follow.vocabulary import UNSEEN, load_vocabulary
from pipeline.registry.body_index import load_body_index

_TELLING = 0.45
"""A word that says so much, beside a body or a story, is a key."""
_MOST_WORDS = 9
_RAREST, _RARE = 2, 1.75
"""Of words side by side so many, the rarest, are keys anywhere; the others that weigh so much, in one province."""


def keys_of(features: Features) -> list[str]:
    """The keys of a statement, sorted, each once."""
    return sorted(set(_keys(features)))


def _keys(features: Features) -> Iterator[str]:
    vocabulary = load_vocabulary()
    yield f"r {features.report}"
    for name in (*features.names, *features.near_names):
        yield from _name_keys(name)
    for document in features.documents:
        yield f"d {document}"
    around = sorted({*features.stories, *(key for party in features.parties for key in _body_keys(party))})
    for figure, unit in features.quantities:
        if len(figure) > 1:
            yield f"q {figure} {unit}"
    rare = sorted(
        (-vocabulary.weight(first) - vocabulary.weight(second), first, second) for first, second in features.pairs
    )
    for number, (weight, first, second) in enumerate(rare):
        if number < _RAREST:
            yield f"p {first} {second}"
        elif weight <= -_RARE:
            yield f"p {first} {second} {_area(features.home)}"
    telling = sorted(
        (word for word, weight in features.weights.items() if weight >= _TELLING),
        key=lambda word: (-vocabulary.weight(word), word),
    )[:_MOST_WORDS]
    told = [*telling, *(f"{figure} {unit}" for figure, unit in features.quantities), *features.aspects[:1]]
    # Reports that share two stories, or one and a word, are of one story; provinces are too large for that.
    yield from (f"w s {story}" for story in features.stories if " " in story)
    for story in around:
        yield from (f"w {word} {story}" for word in told)


@lru_cache(maxsize=1 << 8)
def _area(home: str | None) -> str:
    """The province as it is after all mergers; nothing where it isn't known."""
    return " ".join(load_lineage().places_on(home, datetime.date.max)) if home is not None else ""


def _name_keys(name: Name) -> Iterator[str]:
    numbers = " ".join(sorted(name.numbers))
    yield f"n {' '.join(sorted(name.words))} {numbers}"
    if len(name.words) > 2:
        # Two thirds of the words are enough for one name.
        yield from (f"n {word} {numbers}" for word in name.words if load_vocabulary().weight(word) >= UNSEEN)


@lru_cache(maxsize=1 << 14)
def _body_keys(party: Party) -> tuple[str, ...]:
    """What became of the body, and the words of its name without the place, as far as they say something."""
    if party.id is not None:
        try:
            return load_body_index().successors(party.id, None) or (party.id,)
        except KeyError:
            return (party.id,)
    return (" ".join(sorted(party.words)),)


class CandidateIndex:
    """Statements by their keys."""

    def __init__(self) -> None:
        self._holders: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, number: int, keys: Iterable[str]) -> None:
        """Adds the statement of the number."""
        for key in keys:
            self._holders[key].append(number)

    def find(self, keys: Iterable[str]) -> Counter[int]:
        """The numbers of the statements that share a key, with the worth of all keys shared."""
        shared: Counter[int] = Counter()
        for key in keys:
            worth = worth_of(key)
            for number in self._holders.get(key, ()):
                shared[number] += worth
        return shared


ENOUGH = 2
"""So much must be shared: two words beside a body or a story, or one key of another kind."""
MOST = 40
"""So many candidates are looked at, those that share most."""


def worth_of(key: str) -> int:
    """What it is worth to share the key."""
    return 1 if key.startswith("w ") else ENOUGH


def nearest(shared: Mapping[str, int]) -> list[str]:
    """The ids of the candidates to look at, of those that share keys of this worth, in the order of their ids."""
    enough = [(-worth, id) for id, worth in shared.items() if worth >= ENOUGH]
    return sorted(id for _, id in sorted(enough)[:MOST])
