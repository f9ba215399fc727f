"""How near a statement is to a matter: a score between 0 and 1, with its reasons; pure.

The score is the logistic of a sum of weighted features (`lexicon/follow/weights.toml`): anyone can add it up from the
reasons. What can't be one work is told apart first: another name or number of the same kind of thing, another place,
another year, another kind of document.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline import lexicon
from pipeline.follow.features import Features, load_lineage
from pipeline.follow.parties import NEAR, OTHER, SAME, compare_parties
from pipeline.follow.things import Name
from pipeline.follow.vocabulary import load_vocabulary
from pipeline.records import Record

_APART_DOCUMENTS = frozenset(
    {"law", "decree", "circular", "resolution", "decision", "directive", "scheme", "plan", "strategy"}
)


_SIDE_BY_SIDE = 160
"""Characters between two statements of a report that are told one after the other."""


class Reason(Record, frozen=True, kw_only=True):
    """Lý do of a link: the feature, how much of it there is, and what it adds to the sum."""

    feature: str
    value: float
    adds: float


class Nearness(NamedTuple):
    """The score of a statement with a matter, 0 to 1, and its reasons, those that weigh most first."""

    score: float
    reasons: tuple[Reason, ...]


# What speaks against a link does so only where it holds for every statement of the matter.
_AGAINST_ALL = frozenset(
    {
        "name_other", "aspect_other", "body_other", "thing_other", "home_other", "home_own_other", "year_other",
        "quantity_other", "office_other",
    }
)  # fmt: skip


# What holds of a matter where it holds of any of its statements.
_OF_ANY = frozenset(
    {
        "tasks_here_deadline_other", "tasks_here_body_other", "task_after_completed", "state_after_completed",
        "states_of_one_report", "tasks_of_one_report",
    }
)  # fmt: skip


def weigh(measures: Sequence[Mapping[str, float]]) -> Nearness:
    """The nearness of a statement to a matter, by what `gather` finds in common with its statements."""
    weights = load_weights()
    total = weights["bias"]
    reasons = []
    for feature, value in gather(measures, weights).items():
        if value:
            adds = round(weights[feature] * value, 4)
            total += adds
            reasons.append(Reason(feature=feature, value=round(value, 4), adds=adds))
    reasons.sort(key=lambda reason: (-abs(reason.adds), reason.feature))
    return Nearness(round(1 / (1 + math.exp(-total)), 4), tuple(reasons))


def gather(measures: Sequence[Mapping[str, float]], weights: Mapping[str, float]) -> Mapping[str, float]:
    """The features of a statement with a matter: those of the matter's statement that it is nearest to, with half of
    what it has more in common with others, so that a little of each doesn't add up; what says something of the whole
    matter by all of them."""
    if len(measures) == 1:
        return measures[0]
    best = max(measures, key=lambda measured: sum(weights[name] * value for name, value in measured.items() if value))
    found = dict(best)
    for name, value in best.items():
        if name in _AGAINST_ALL:
            found[name] = min(measured[name] for measured in measures)
        elif name in _OF_ANY:
            found[name] = max(measured[name] for measured in measures)
        elif value or not best[_TWIN.get(name, name)]:
            found[name] = (value + max(measured[name] for measured in measures)) / 2
    return found


@cache
def load_weights() -> dict[str, float]:
    """The weights of the features."""
    return {name: float(value) for name, value in lexicon.read_toml("follow/weights.toml")["weights"].items()}


def measure(one: Features, other: Features) -> dict[str, float]:
    """The features of a pair, each 0 where it has none. Symmetric."""
    if one.order > other.order:
        one, other = other, one
    found: dict[str, float] = {}
    same_report = one.report == other.report
    found["words"], found["words_least"] = _words(one, other)
    found["focus"], found["focus_least"] = _focus(one, other)
    found["lean"] = _lean(one, other)
    found["home_same"], found["home_other"] = _homes(one, other)
    found["pairs"] = _share(len(one.pairs & other.pairs), min(len(one.pairs), len(other.pairs)))
    found |= _names(one, other)
    figures = one.quantities & other.quantities
    found["quantity"] = max((0.5 if len(figure) == 1 else 1.0 for figure, _ in figures), default=0.0)
    found["document"] = float(bool(one.documents & other.documents))
    found |= _aspects(one, other)
    found["place"] = float(bool(one.places & other.places))
    found["number"] = float(bool(one.numbers & other.numbers))
    found["year"] = float(bool(one.years & other.years))
    party = compare_parties(one.parties, other.parties, (one.day, other.day))
    found["body_same"] = float(party == SAME)
    found["body_near"] = float(party == NEAR)
    found["body_other"] = float(party == OTHER)
    found["deadline"] = float(one.deadline is not None and one.deadline == other.deadline)
    found["thing"] = float(bool(set(one.things) & set(other.things)))
    found["thing_other"] = float(bool(one.things and other.things and not set(one.things) & set(other.things)))
    found["title"] = _share(len(one.title & other.title), min(len(one.title), len(other.title)))
    found["context"] = _context(one, other)
    found["state_of_task"] = float(one.type == "task" and other.type == "progress")
    found["task_after_task"] = float(one.type == "task" and other.type == "task")
    found["tasks_of_one_report"] = float(same_report and one.type == other.type == "task")
    found["states_of_one_report"] = float(same_report and one.type == other.type == "progress")
    found["one_report"] = float(same_report)
    found["side_by_side"] = float(
        same_report and one.type != other.type and other.order[2] - one.order[3] <= _SIDE_BY_SIDE
    )
    found["year_other"] = float(bool(one.work_years - other.work_years and other.work_years - one.work_years))
    found["quantity_other"] = float(other.type == "task" and _differ_quantities(one, other))
    found["office_other"] = float(_same_office_elsewhere(one, other, party))
    found["task_after_completed"] = float(one.progress == "completed" and other.type == "task")
    found["state_after_completed"] = float(one.progress == "completed" and other.type == "progress")
    following = same_report and other.number - one.number == 1
    found["home_own_other"] = found["home_other"] if one.home_own or other.home_own else 0.0
    tasks_here = same_report and one.type == other.type == "task"
    dated = one.deadline is not None and other.deadline is not None
    found["tasks_here_deadline_other"] = float(tasks_here and dated and one.deadline != other.deadline)
    found["tasks_here_body_other"] = float(tasks_here and party == OTHER)
    goes_on = same_report and other.antecedent == one.number
    found["antecedent"] = float(goes_on and one.type != other.type)
    found["next"] = float(following)
    found["next_light"] = other.light if following else 0.0
    found["here_light"] = other.light if same_report else 0.0
    if not same_report:
        return found | _NOT_HERE
    for name, here in _HERE.items():
        found[here] = found[name]
        found[name] = 0.0
    return found


_HERE = {
    name: f"here_{name}"
    for name in (
        "words", "words_least", "focus", "focus_least", "context", "pairs", "aspect_same", "aspect_near", "body_same",
        "thing", "name_own", "name_near",
    )
}  # fmt: skip
"""Statements of one report have words and things of its story in common: these weigh differently there."""
_NOT_HERE = dict.fromkeys(_HERE.values(), 0.0)
_TWIN = _HERE | {here: name for name, here in _HERE.items()}


def _differ_quantities(one: Features, other: Features) -> bool:
    """Whether both are tasks with figures of the same unit, and none the same."""
    if one.type != "task" or not one.quantities or not other.quantities:
        return False
    units = {unit for _, unit in one.quantities} & {unit for _, unit in other.quantities}
    return bool(units) and one.quantities.isdisjoint(other.quantities)


def _same_office_elsewhere(one: Features, other: Features, party: str) -> bool:
    """Whether bodies of one kind but of different places must do the two: the same task of another place's body."""
    if not one.named or not other.named or party != OTHER:
        return False
    ours, theirs = ({id.partition("--")[::2] for id in side.named} for side in (one, other))
    kinds = {kind for kind, place in ours if place} & {kind for kind, place in theirs if place}
    return any(
        {place for kind, place in ours if kind == one_kind}.isdisjoint(
            {place for kind, place in theirs if kind == one_kind}
        )
        for one_kind in kinds
    )


def apart(one: Features, other: Features) -> str | None:
    """What makes it impossible that the two are one work; None where nothing does. Symmetric."""
    if one.order > other.order:
        one, other = other, one
    if one.names and other.names and not _some_name(one.names, other.names) and _comparable(one, other):
        return "name"
    if _differ(one.numbers, other.numbers):
        return "number"
    # "2024-2025" is not "2025-2026"; "2025" may be meant by both.
    if one.years - other.years and other.years - one.years:
        return "year"
    if _differ(one.places, other.places):
        return "place"
    ours, theirs = ([thing for thing in side.things[:1] if thing in _APART_DOCUMENTS] for side in (one, other))
    if ours and theirs and ours != theirs and one.genus == other.genus == "document":
        return "document_kind"
    if one.provinces and other.provinces and not _same_provinces(one, other):
        return "province"
    return None


def _comparable(one: Features, other: Features) -> bool:
    """Names of things of the same kind tell them apart; of a road and a hospital one may be where the other is."""
    return not one.things or not other.things or bool(set(one.things) & set(other.things))


def _differ(ours: frozenset[tuple[str, str]], theirs: frozenset[tuple[str, str]]) -> bool:
    """Whether two sets of (kind, name) have a kind in common and no name of it."""
    kinds = {kind for kind, _ in ours} & {kind for kind, _ in theirs}
    return any({n for k, n in ours if k == kind}.isdisjoint({n for k, n in theirs if k == kind}) for kind in kinds)


def _same_provinces(one: Features, other: Features) -> bool:
    later = {place for old in one.provinces for place in _places_later(old, other.day)} | one.provinces
    return bool(later & other.provinces)


def _some_name(ours: tuple[Name, ...], theirs: tuple[Name, ...]) -> bool:
    return any(same_name(one, other) for one in ours for other in theirs)


def same_name(one: Name, other: Name) -> bool:
    """Whether two names are of one thing: equal numbers, and two thirds of the shorter one's words in the longer."""
    if one.numbers != other.numbers:
        return False
    if not one.words or not other.words:
        return one.words == other.words
    small, large = sorted((one.words, other.words), key=len)
    shared = len(small & large)
    return shared == len(small) if len(small) < 3 else 3 * shared >= 2 * len(small)


def _names(one: Features, other: Features) -> dict[str, float]:
    found = {"name_own": 0.0, "name_near": 0.0, "name_title": 0.0, "name_other": 0.0}
    if _some_name(one.names, other.names):
        found["name_own"] = 1.0
        return found
    ours, theirs = one.names or one.near_names, other.names or other.near_names
    if ours and theirs:
        if _some_name(ours, theirs):
            found["name_near"] = 1.0
        else:
            found["name_other"] = 1.0
        return found
    ours, theirs = ours or one.title_names, theirs or other.title_names
    if _some_name(ours, theirs):
        found["name_title"] = 1.0
    return found


def _aspects(one: Features, other: Features) -> dict[str, float]:
    known = load_vocabulary().aspects
    found = {"aspect_same": 0.0, "aspect_part": 0.0, "aspect_other": 0.0, "aspect_near": 0.0}
    ours, theirs = one.aspects, other.aspects
    if not ours or not theirs:
        near = set(ours or one.near_aspects) & set(theirs or other.near_aspects)
        found["aspect_near"] = float(bool(near))
        return found
    if ours[0] == theirs[0]:
        found["aspect_same"] = 1.0
    elif set(ours) & set(theirs):
        found["aspect_part"] = 1.0
    elif any(known[side].apart for side in ours) and any(known[side].apart for side in theirs):
        found["aspect_other"] = 1.0
    return found


def _words(one: Features, other: Features) -> tuple[float, float]:
    """The weight of the words in both: as a share of both (Dice), and of those of the one that says less."""
    small, large = sorted((one.weights, other.weights), key=len)
    shared = sum(min(weight, large[word]) for word, weight in small.items() if word in large)
    ours, theirs = sum(small.values()), sum(large.values())
    return _share(2 * shared, ours + theirs), _share(shared, min(ours, theirs)) * min(1.0, shared / 2)


def _focus(one: Features, other: Features) -> tuple[float, float]:
    """The same of the words that a statement has beyond its report's title and the names of things: in reports of one
    story they are what tells its works apart."""
    common = one.topic | other.topic
    ours = {word: weight for word, weight in one.weights.items() if word not in common}
    theirs = {word: weight for word, weight in other.weights.items() if word not in common}
    shared = sum(min(weight, theirs[word]) for word, weight in ours.items() if word in theirs)
    mine, others = sum(ours.values()), sum(theirs.values())
    return _share(2 * shared, mine + others), _share(shared, min(mine, others)) * min(1.0, shared / 1.5)


def _lean(one: Features, other: Features) -> float:
    """How many of the words right before a statement that says little are the other's own."""
    found = 0.0
    for light, full in ((one, other), (other, one)):
        if light.lean and light.report != full.report:
            shared = sum(min(weight, light.lean[word]) for word, weight in full.weights.items() if word in light.lean)
            found = max(found, _share(shared, min(full.substance, sum(light.lean.values()))))
    return found


def _homes(one: Features, other: Features) -> tuple[float, float]:
    if one.home is None or other.home is None:
        return 0.0, 0.0
    if (
        one.home == other.home
        or other.home in _places_later(one.home, other.day)
        or one.home in _places_later(other.home, one.day)
    ):
        return 1.0, 0.0
    return 0.0, 1.0


@lru_cache(maxsize=1 << 12)
def _places_later(place: str, day: str | None) -> tuple[str, ...]:
    return load_lineage().places_on(place, datetime.date.fromisoformat(day)) if day is not None else (place,)


def _context(one: Features, other: Features) -> float:
    """Words of one that stand around the other, beside those that both have."""
    ours = {word for word, weight in one.weights.items() if weight >= 0.5} - other.weights.keys()
    theirs = {word for word, weight in other.weights.items() if weight >= 0.5} - one.weights.keys()
    around = len(ours & (other.near | other.title)) + len(theirs & (one.near | one.title))
    return _share(around, len(ours) + len(theirs))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
