"""Who must do a work, and whether two statements mean one body: by the register, through mergers, else by words."""

from __future__ import annotations

import datetime
from functools import cache, lru_cache

from pipeline import lexicon
from pipeline.follow.statements import Statement
from pipeline.records import Record
from pipeline.registry.body_index import load_body_index, words_of

SAME, NEAR, UNKNOWN, OTHER = "same", "near", "unknown", "other"


class Party(Record, frozen=True, kw_only=True):
    """Bên thực hiện: `id` of the register where it is known, and the words of its name without the office."""

    id: str | None
    words: frozenset[str]
    head: str
    name: str


def parties_of(statement: Statement) -> tuple[Party, ...]:
    """Who must do the work or did it: the bodies named; where none is, who pledges or tells of it."""
    named = statement.bodies
    if not named and (statement.type == "progress" or statement.kind == "commitment"):
        said = statement.said
        name = said.body or said.role
        named = ((name, None),) if name else ()
    return tuple(party for party in (_party(name, id) for name, id in named) if party.words)


def compare_parties(ours: tuple[Party, ...], theirs: tuple[Party, ...], days: tuple[str | None, str | None]) -> str:
    """`same` body (also by way of a merger by the later day), `near` (one's words are within the other's), `other`, or
    `unknown` where one side names none."""
    if not ours or not theirs:
        return UNKNOWN
    found = {_compare(one, other, days) for one in ours for other in theirs}
    return next(answer for answer in (SAME, NEAR, OTHER) if answer in found)


def _compare(one: Party, other: Party, days: tuple[str | None, str | None]) -> str:
    if one.id and other.id:
        if one.id == other.id or _took_over(one.id, other.id, days[1]) or _took_over(other.id, one.id, days[0]):
            return SAME
        return OTHER
    if one.words == other.words:
        return SAME
    if one.head != other.head:
        return OTHER
    small, large = sorted((one.words, other.words), key=len)
    shared = len(small & large)
    if shared == len(small):
        return SAME if len(small) > 3 else NEAR
    return NEAR if shared > 2 and 2 * shared > len(large) else OTHER


@lru_cache(maxsize=1 << 14)
def _took_over(earlier: str, later: str, day: str | None) -> bool:
    """Whether the later body had taken over from the earlier one by the day."""
    on = datetime.date.fromisoformat(day) if day is not None else None
    try:
        return later in load_body_index().successors(earlier, on)
    except KeyError:
        return False


@lru_cache(maxsize=1 << 14)
def _party(name: str, id: str | None) -> Party:
    words = words_of(name)
    titles = _titles()
    for size in range(min(len(words), 8), 0, -1):
        if words[:size] in titles and len(words) > size:
            words = words[size:]
            break
    if id is None and len(words) < len(words_of(name)):
        found = load_body_index().identify(" ".join(words), on=None)
        id = found.id
    return Party(id=id, words=frozenset(words), head=_head(words), name=name)


def _head(words: tuple[str, ...]) -> str:
    """The word that tells the kind of body: "sở", "ubnd huyện" by its level."""
    committee = {"ubnd", "ủy"}
    if words and words[0] in committee:
        words = words[4:] if words[0] == "ủy" else words[1:]
    return words[0] if words else ""


@cache
def _titles() -> frozenset[tuple[str, ...]]:
    groups = lexicon.read_toml("titles.toml")["title"]
    return frozenset(words_of(name) for group in groups for name in group["names"])
