"""Scores of follow-up: the matters that `chidao follow` prints against chains with gold.

Predicted are the arrays that `chidao follow CHAIN --manifest CHAIN/manifest.csv --format json` prints: one over the
whole chain, and one for each day that gold gives a status for.

Statements match when they stand in the same file, are of the same type and their spans share words at a Dice of 0.6 or
more, best first, one to one. Then

  progress  F1 of the progress statements; right: matched and of the same value
  tasks     F1 of the tasks' spans
  links     F1 of pairs of statements in one matter, over the statements that were matched
  links_all the same over all statements: a pair with a statement that was not found is missed
  matters   B-cubed over the matched statements (Bagga & Baldwin 1998)
  status    the share of statuses with progress, timeliness and basis right; each field, deadline and moved also alone.
            The predicted matter is the one with the most of the gold matter's statements, of those the purest.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.chains import Chain, FollowedMatter, GoldMatter, Place, Statement, chain_names, read_chain
from pipeline.evaluate import GoldTask, Rate, match

STATUS_FIELDS = ("progress", "timeliness", "basis", "deadline", "moved")
_OF_STATUS = STATUS_FIELDS[:3]

Matters = Sequence[GoldMatter | FollowedMatter]


class FollowScores(NamedTuple):
    """The figures over some chains; see the module's text."""

    chains: int
    statuses: int
    tasks: Rate
    progress: Rate
    links: Rate
    links_all: Rate
    bcubed_precision: float
    bcubed_recall: float
    status: float
    status_fields: dict[str, float]

    @property
    def bcubed(self) -> float:
        both = self.bcubed_precision + self.bcubed_recall
        return 2 * self.bcubed_precision * self.bcubed_recall / both if both else 0.0

    def as_json(self) -> dict[str, Any]:
        """The figures as plain values, rounded to four places."""
        rates = {name: getattr(self, name) for name in ("tasks", "progress", "links", "links_all")}
        return {
            "chains": self.chains,
            **{
                name: {"f1": _round(rate.f1), "p": _round(rate.precision), "r": _round(rate.recall),
                       "gold": rate.gold, "predicted": rate.predicted}
                for name, rate in rates.items()
            },
            "matters": {"f1": _round(self.bcubed), "p": _round(self.bcubed_precision), "r": _round(self.bcubed_recall)},
            "status": {"all": _round(self.status), "of": self.statuses}
            | {field: _round(share) for field, share in self.status_fields.items()},
        }  # fmt: skip


Follow = Callable[[Path, str | None], Sequence[FollowedMatter]]
"""The matters of a chain's folder, as of a day or (None) with all that was published."""


def evaluate_follow(folder: Path, follow: Follow, *, names: Iterable[str] | None = None) -> FollowScores:
    """Follows every chain of the folder, or those named, and scores what comes. Raises GoldError."""
    tally: Counter[str] = Counter()
    shares: dict[str, float] = defaultdict(float)
    for name in chain_names(folder) if names is None else names:
        chain = read_chain(folder / name)
        predicted = follow(folder / name, None)
        by_day = {day: follow(folder / name, day) for day in chain.days}
        counts, parts = compare_chain(chain, predicted, by_day)
        tally.update(counts)
        for part, share in parts.items():
            shares[part] += share
    return score_follow(tally, shares)


def compare_chain(
    chain: Chain, predicted: Sequence[FollowedMatter], by_day: Mapping[str, Sequence[FollowedMatter]]
) -> tuple[Counter[str], dict[str, float]]:
    """What there is to count in one chain, and the sums of its statements' B-cubed shares."""
    gold = chain.gold.matters
    pairs = match_statements(gold, predicted, chain.texts)
    tally: Counter[str] = Counter(chains=1)
    sides: dict[str, Matters] = {"gold": gold, "predicted": predicted}
    for side, matters in sides.items():
        tally.update(f"{side} {statement.type}" for matter in matters for statement in matter.statements)
        tally[f"linked all {side}"] += sum(_pairs(len(matter.statements)) for matter in matters)
    for one, other in pairs:
        tally["right task"] += one.type == "task"
        tally["right progress"] += one.type == "progress" and one.progress == other.progress
    of_gold, of_predicted = _matter_of(gold), _matter_of(predicted)
    labels = [(of_gold[one.place], of_predicted[other.place]) for one, other in pairs]
    for (a, x), (b, y) in combinations(labels, 2):
        tally["linked gold"] += a == b
        tally["linked predicted"] += x == y
        tally["linked right"] += a == b and x == y
    shares = _bcubed(labels)
    for day in chain.days:
        tally.update(_compare_statuses(chain, by_day[day], day))
    return tally, shares


def match_statements(
    gold: Sequence[GoldMatter], predicted: Sequence[FollowedMatter], texts: Mapping[str, str]
) -> list[tuple[Statement, Statement]]:
    """One-to-one pairs of gold and predicted statements of the same file and type whose spans overlap enough."""
    kinds: dict[tuple[str, str], tuple[list[Statement], list[Statement]]] = defaultdict(lambda: ([], []))
    sides: tuple[Matters, Matters] = (gold, predicted)
    for side, matters in enumerate(sides):
        for statement in (statement for matter in matters for statement in matter.statements):
            kinds[statement.place[0], statement.type][side].append(statement)
    found = []
    for (path, _), (ours, theirs) in sorted(kinds.items()):
        spans = [[GoldTask(kind="", quote="", start=it.start, end=it.end) for it in side] for side in (ours, theirs)]
        found += [(ours[i], theirs[j]) for i, j in match(spans[0], spans[1], texts.get(path, ""))]
    return found


def score_follow(tally: Mapping[str, int], shares: Mapping[str, float]) -> FollowScores:
    """The figures from what `compare_chain` counted."""
    statuses = tally["statuses"]
    return FollowScores(
        chains=tally["chains"],
        statuses=statuses,
        tasks=Rate(tally["right task"], tally["predicted task"], tally["gold task"]),
        progress=Rate(tally["right progress"], tally["predicted progress"], tally["gold progress"]),
        links=Rate(tally["linked right"], tally["linked predicted"], tally["linked gold"]),
        links_all=Rate(tally["linked right"], tally["linked all predicted"], tally["linked all gold"]),
        bcubed_precision=shares["precision"] / (shares["statements"] or 1),
        bcubed_recall=shares["recall"] / (shares["statements"] or 1),
        status=tally["status"] / (statuses or 1),
        status_fields={field: tally[f"status {field}"] / (statuses or 1) for field in STATUS_FIELDS},
    )


def _compare_statuses(chain: Chain, predicted: Sequence[FollowedMatter], day: str) -> Counter[str]:
    """How many of the day's statuses are right, in all and by field; a matter that was not found has none right."""
    pairs = match_statements(chain.gold.matters, predicted, chain.texts)
    of_gold, of_predicted = _matter_of(chain.gold.matters), _matter_of(predicted)
    shared = Counter((of_gold[one.place], of_predicted[other.place]) for one, other in pairs)
    tally: Counter[str] = Counter()
    for number, matter in enumerate(chain.gold.matters):
        found = [(count, -len(predicted[at].statements), -at) for (of, at), count in shared.items() if of == number]
        answer = predicted[-max(found)[2]].as_of(day) if found else None
        for status in (status for status in matter.status if status.as_of == day):
            right = {field for field in STATUS_FIELDS if answer and getattr(status, field) == getattr(answer, field)}
            tally["statuses"] += 1
            tally["status"] += right.issuperset(_OF_STATUS)
            tally.update(f"status {field}" for field in right)
    return tally


def _bcubed(labels: Sequence[tuple[int, int]]) -> dict[str, float]:
    both, gold, predicted = Counter(labels), Counter(one for one, _ in labels), Counter(other for _, other in labels)
    return {
        "statements": len(labels),
        "precision": sum(both[label] / predicted[label[1]] for label in labels),
        "recall": sum(both[label] / gold[label[0]] for label in labels),
    }


def _matter_of(matters: Matters) -> dict[Place, int]:
    return {place: number for number, matter in enumerate(matters) for place in (it.place for it in matter.statements)}


def _pairs(number: int) -> int:
    return number * (number - 1) // 2


def _round(share: float) -> float:
    return round(share, 4)
