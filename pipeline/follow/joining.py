"""Statements joined into matters: each in the order of publication to the matter it is nearest to.

Only what was published before decides where a statement belongs, so that a matter as of a day never hangs on what came
after it; and the order in which reports were ingested never matters. A second matter that is as near makes both
possible and none joined. What a person said of two statements wins.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from pipeline import lexicon
from pipeline.follow.candidates import CandidateIndex, keys_of
from pipeline.follow.features import Features
from pipeline.follow.scoring import Reason, apart, measure, weigh
from pipeline.records import Record

LinkVerdict = Literal["joined", "maybe"]
REVIEWER = "reviewer"


class Link(Record, frozen=True, kw_only=True):
    """Liên kết: a statement with an earlier one, its score and reasons; `maybe` joins nothing."""

    later: str
    earlier: str
    verdict: LinkVerdict
    score: float
    reasons: tuple[Reason, ...]


class Levels(NamedTuple):
    """At which scores statements join, or may be of one matter; below `join` a statement joins what is clearly nearer
    than all else, its odds `ahead` times (as a logarithm) those of the second; two that lie within `margin` are equal."""

    join: float
    clear: float
    maybe: float
    ahead: float
    margin: float


class Decisions(NamedTuple):
    """What people said of pairs of statements (their ids, sorted): of one matter, or not."""

    accepted: frozenset[tuple[str, str]] = frozenset()
    rejected: frozenset[tuple[str, str]] = frozenset()


class Joined(NamedTuple):
    """Matters as lists of statements' numbers in their order, each by its first; and the links, in order."""

    matters: list[list[int]]
    links: list[Link]


def load_levels() -> Levels:
    """The levels of `weights.toml`."""
    levels = lexicon.read_toml("follow/weights.toml")["levels"]
    return Levels(**{name: float(levels[name]) for name in Levels._fields})


def join(features: Iterable[Features], decisions: Decisions = Decisions()) -> Joined:
    """The matters of all these statements, whatever their order."""
    ordered = sorted(features, key=lambda one: (one.order, one.id))
    index = CandidateIndex()

    def candidates(number: int) -> list[int]:
        keys = keys_of(ordered[number])
        found = index.find(keys)
        index.add(number, keys)
        return found

    return join_ordered(ordered, candidates, decisions)


def join_ordered(
    ordered: Sequence[Features], candidates: Callable[[int], Sequence[int]], decisions: Decisions
) -> Joined:
    """The matters of statements in order; `candidates`, called for each in turn, gives the numbers of earlier ones."""
    levels = load_levels()
    places = {one.id: number for number, one in enumerate(ordered)}
    accepted, rejected = _by_later(decisions.accepted, places), _by_later(decisions.rejected, places)
    matter_of: list[int] = []
    members: dict[int, list[int]] = {}
    links: list[Link] = []
    for number, one in enumerate(ordered):
        refused = {matter_of[other] for other in rejected.get(number, ())}
        near = _nearest(ordered, one, candidates(number), matter_of, members, refused, levels)
        said = sorted({matter_of[other] for other in accepted.get(number, ())})
        chosen = _choose(near, said, levels)
        links += _links(ordered, number, near, accepted.get(number, ()), chosen, levels)
        if chosen is None:
            matter_of.append(number)
            members[number] = [number]
            continue
        matter_of.append(chosen)
        members[chosen].append(number)
        for other in said[1:]:
            for moved in members.pop(other):
                matter_of[moved] = chosen
                members[chosen].append(moved)
            members[chosen].sort()
    return Joined([members[first] for first in sorted(members)], links)


class _Near(NamedTuple):
    """How near a statement is to a matter; `other` is the last of the matter's statements that it shares a key with."""

    score: float
    matter: int
    other: int
    reasons: tuple[Reason, ...]


def _nearest(
    ordered: Sequence[Features],
    one: Features,
    candidates: Iterable[int],
    matter_of: Sequence[int],
    members: Mapping[int, Sequence[int]],
    refused: set[int],
    levels: Levels,
) -> list[_Near]:
    """The matters that the statement may belong to, the nearest first."""
    sharing: defaultdict[int, list[int]] = defaultdict(list)
    for other in candidates:
        sharing[matter_of[other]].append(other)
    found = []
    for matter, others in sharing.items():
        # One statement of the matter that this can't be of the same work with is enough.
        if matter in refused or any(apart(ordered[member], one) for member in members[matter]):
            continue
        near = weigh([measure(ordered[other], one) for other in others])
        if near.score >= levels.maybe:
            found.append(_Near(near.score, matter, others[-1], near.reasons))
    found.sort(key=lambda near: (-near.score, near.matter))
    return found


def _choose(near: Sequence[_Near], said: Sequence[int], levels: Levels) -> int | None:
    """The matter to join; None for a new one."""
    if said:
        return said[0]
    if not near or near[0].score < levels.clear:
        return None
    best = _log_odds(near[0].score)
    ahead = best - max(_log_odds(near[1].score) if len(near) > 1 else -math.inf, _log_odds(levels.maybe))
    needed = levels.margin if near[0].score >= levels.join else levels.ahead
    return near[0].matter if ahead >= needed else None


def _log_odds(score: float) -> float:
    bounded = min(max(score, 1e-4), 1 - 1e-4)
    return math.log(bounded / (1 - bounded))


def _links(
    ordered: Sequence[Features],
    number: int,
    near: Sequence[_Near],
    accepted: Iterable[int],
    chosen: int | None,
    levels: Levels,
) -> list[Link]:
    found = []
    said = sorted(accepted)
    for other in said:
        reason = Reason(feature=REVIEWER, value=1.0, adds=0.0)
        found.append(_link(ordered, number, other, "joined", 1.0, (reason,)))
    for one in near:
        if one.other in said:
            continue
        joined = one.matter == chosen
        # Beside the matter that was joined only one as near as to join is worth a question.
        if joined or chosen is None or one.score >= levels.join:
            verdict: LinkVerdict = "joined" if joined else "maybe"
            found.append(_link(ordered, number, one.other, verdict, one.score, one.reasons))
    return found


def _link(
    ordered: Sequence[Features], number: int, other: int, verdict: LinkVerdict, score: float, reasons: tuple[Reason, ...]
) -> Link:
    return Link(
        later=ordered[number].id, earlier=ordered[other].id, verdict=verdict, score=score, reasons=reasons
    )


def _by_later(pairs: Iterable[tuple[str, str]], places: Mapping[str, int]) -> dict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for pair in pairs:
        if all(id in places for id in pair):
            earlier, later = sorted(places[id] for id in pair)
            found[later].append(earlier)
    return found
