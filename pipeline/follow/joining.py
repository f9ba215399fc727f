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
from pipeline.follow.candidates import CandidateIndex, keys_of, nearest
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
    than all else, its odds `ahead` times (as a logarithm) those of the second; two within `margin` are equal."""

    join: float
    clear: float
    maybe: float
    ahead: float
    margin: float


class Decisions(NamedTuple):
    """What people said of pairs of statements (their ids, sorted): of one matter, or not."""

    accepted: frozenset[tuple[str, str]] = frozenset()
    rejected: frozenset[tuple[str, str]] = frozenset()


NOTHING_DECIDED = Decisions()


class Joined(NamedTuple):
    """The matter of each statement (the id of the matter's first one), in the order of statements; and the links."""

    matter_of: dict[str, str]
    links: list[Link]

    @property
    def matters(self) -> list[list[str]]:
        """The statements of each matter."""
        found: dict[str, list[str]] = {}
        for id, matter in self.matter_of.items():
            found.setdefault(matter, []).append(id)
        return list(found.values())


def load_levels() -> Levels:
    """The levels of `weights.toml`."""
    levels = lexicon.read_toml("follow/weights.toml")["levels"]
    return Levels(**{name: float(levels[name]) for name in Levels._fields})


def join(features: Iterable[Features], decisions: Decisions = NOTHING_DECIDED) -> Joined:
    """The matters of all these statements, whatever their order."""
    levels = load_levels()
    ordered = sorted(features, key=_order)
    known = {one.id: one for one in ordered}
    accepted, rejected = by_later(decisions.accepted, known), by_later(decisions.rejected, known)
    index = CandidateIndex()
    matter_of: dict[str, str] = {}
    members: dict[str, list[Features]] = {}
    links: list[Link] = []
    for number, one in enumerate(ordered):
        keys = keys_of(one)
        shared = {ordered[other].id: worth for other, worth in index.find(keys).items()}
        placed = place(
            one,
            [known[other] for other in nearest(shared)],
            matter_of=matter_of,
            members=members.__getitem__,
            accepted=accepted.get(one.id, ()),
            rejected=rejected.get(one.id, ()),
            levels=levels,
        )
        index.add(number, keys)
        links += placed.links
        matter_of[one.id] = placed.matter
        members.setdefault(placed.matter, []).append(one)
        for other in placed.merged:
            for moved in members.pop(other):
                matter_of[moved.id] = placed.matter
                members[placed.matter].append(moved)
            members[placed.matter].sort(key=_order)
    return Joined(matter_of, links)


class Place(NamedTuple):
    """Where a statement belongs: its matter (its own id for a new one), why, and which other matters a person's
    decisions make one with it."""

    matter: str
    links: list[Link]
    merged: tuple[str, ...]


def place(
    one: Features,
    candidates: Sequence[Features],
    *,
    matter_of: Mapping[str, str],
    members: Callable[[str], Sequence[Features]],
    accepted: Sequence[Features],
    rejected: Sequence[Features],
    levels: Levels,
) -> Place:
    """Where the statement belongs among earlier ones. `candidates` share a key with it; `matter_of` and `members` are
    of earlier statements alone."""
    refused = {matter_of[other.id] for other in rejected}
    near = _nearest(one, candidates, matter_of, members, refused, levels)
    said = list(dict.fromkeys(matter_of[other.id] for other in sorted(accepted, key=_order)))
    chosen = _choose(near, said, levels)
    return Place(chosen or one.id, _links(one, near, accepted, chosen, levels), tuple(said[1:]))


def _order(one: Features) -> tuple[tuple[str, str, int, int, str], str]:
    return one.order, one.id


class _Near(NamedTuple):
    """How near a statement is to a matter; `other` is the last of the matter's statements that it shares a key with."""

    score: float
    matter: str
    other: Features
    reasons: tuple[Reason, ...]


def _nearest(
    one: Features,
    candidates: Iterable[Features],
    matter_of: Mapping[str, str],
    members: Callable[[str], Sequence[Features]],
    refused: set[str],
    levels: Levels,
) -> list[_Near]:
    """The matters that the statement may belong to, the nearest first."""
    sharing: defaultdict[str, list[Features]] = defaultdict(list)
    for other in sorted(candidates, key=_order):
        sharing[matter_of[other.id]].append(other)
    found = []
    for matter, others in sharing.items():
        if matter in refused:
            continue
        near = weigh([measure(other, one) for other in others])
        # One statement of the matter that this can't be of the same work with is enough.
        if near.score >= levels.maybe and not any(apart(member, one) for member in members(matter)):
            found.append(_Near(near.score, matter, others[-1], near.reasons))
    # Matters came in the order of their first candidates, which a stable sort keeps.
    found.sort(key=lambda near: -near.score)
    return found


def _choose(near: Sequence[_Near], said: Sequence[str], levels: Levels) -> str | None:
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
    one: Features, near: Sequence[_Near], accepted: Sequence[Features], chosen: str | None, levels: Levels
) -> list[Link]:
    said = {other.id: other for other in sorted(accepted, key=_order)}
    reviewed = (Reason(feature=REVIEWER, value=1.0, adds=0.0),)
    found = [Link(later=one.id, earlier=id, verdict="joined", score=1.0, reasons=reviewed) for id in said]
    for it in near:
        if it.other.id in said:
            continue
        joined = it.matter == chosen
        # Beside the matter that was joined only one as near as to join is worth a question.
        if joined or chosen is None or it.score >= levels.join:
            verdict: LinkVerdict = "joined" if joined else "maybe"
            link = Link(later=one.id, earlier=it.other.id, verdict=verdict, score=it.score, reasons=it.reasons)
            found.append(link)
    return found


def by_later(pairs: Iterable[tuple[str, str]], known: Mapping[str, Features]) -> dict[str, list[Features]]:
    """For the later statement of each pair the earlier ones; pairs with a statement that isn't there are left out."""
    found: defaultdict[str, list[Features]] = defaultdict(list)
    for one, other in sorted(pairs):
        if one in known and other in known:
            earlier, later = sorted((known[one], known[other]), key=_order)
            found[later.id].append(earlier)
    return found
