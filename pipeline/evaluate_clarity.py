"""Scores of the clarity audit: the slots that it reads against chains of reports with gold.

Gold has for a task its span and, for each of the seven slots, the words that state it (none: missing), by
`corpus/chains/CLARITY.md`. The audited tasks are those that the pipeline finds in the chain's reports.

A gold task and an audited one match when their spans share words at a Dice of 0.6 or more, best first, one to one. A
slot is right where both state it in words of which some are the same (`person` and `work` in any: which mention of the
lead is taken and where the work ends is no matter of clarity). What gold states of a task that was not found is missed
in `all` and in each slot's figure, and left out of `of_found`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.chains import GoldClarity, chain_names, read_chain
from pipeline.chains import Slot as GoldWords
from pipeline.clarity.records import Slot, TaskClarity
from pipeline.evaluate import GoldTask, Rate, match
from pipeline.records import Evidence

SLOTS: tuple[Slot, ...] = ("person", "work", "time", "responsibility", "product", "authority", "effect")
_ANYWHERE = frozenset({"person", "work"})


class SlotScores(NamedTuple):
    """The F1 of each slot and of all slots together, over `tasks` of gold of which `found` were audited."""

    tasks: int
    found: int
    slots: dict[Slot, Rate]
    all: Rate
    of_found: Rate

    def as_json(self) -> dict[str, Any]:
        """The figures as plain values, rounded to four places."""
        rates = [("all", self.all), ("of_found", self.of_found), *self.slots.items()]
        return {
            "tasks": self.tasks,
            "found": self.found,
            **{
                str(name): {"f1": round(rate.f1, 4), "p": round(rate.precision, 4), "r": round(rate.recall, 4),
                       "gold": rate.gold, "predicted": rate.predicted}
                for name, rate in rates
            },
        }  # fmt: skip


Audit = Callable[[Path], Mapping[str, Sequence[TaskClarity]]]
"""The audits of a chain's folder with all seven slots, by the name of the report's file."""


def evaluate_clarity(
    folder: Path, audit: Audit, *, names: Iterable[str] | None = None
) -> tuple[SlotScores, list[str]]:
    """The scores over the folder's chains, or those named, and a line for each slot that is not as in gold. Raises
    GoldError."""
    tally: Counter[str] = Counter()
    misses: list[str] = []
    for name in chain_names(folder) if names is None else names:
        chain = read_chain(folder / name)
        audited = audit(folder / name) if chain.gold.clarity else {}
        for path in sorted({entry.path for entry in chain.gold.clarity}):
            entries = [entry for entry in chain.gold.clarity if entry.path == path]
            counts, lines = compare(entries, audited.get(path, ()), chain.texts[path])
            tally.update(counts)
            misses += [f"{name}/{path}: {line}" for line in lines]
    return score(tally), misses


def compare(
    gold: Sequence[GoldClarity], audited: Sequence[TaskClarity], text: str
) -> tuple[Counter[str], list[str]]:
    """What there is to count in one report, and a line for each slot that is not as in gold."""
    ours = [GoldTask(kind="", quote="", start=it.start, end=it.end) for it in gold]
    theirs = [GoldTask(kind="", quote="", start=it.start, end=it.end) for it in audited]
    pairs = dict(match(ours, theirs, text))
    tally: Counter[str] = Counter(tasks=len(gold), found=len(pairs))
    lines = []
    for number, entry in enumerate(gold):
        found = audited[pairs[number]] if number in pairs else None
        for slot in SLOTS:
            wanted = entry.slots.get(slot, ())
            read = found.slots[slot].evidence if found is not None else ()
            right = bool(wanted and read) and (slot in _ANYWHERE or _overlap(wanted, read))
            tally[f"gold {slot}"] += bool(wanted)
            tally["of found"] += bool(wanted) and found is not None
            tally[f"read {slot}"] += bool(read)
            tally[f"right {slot}"] += right
            if bool(wanted) != bool(read) or bool(wanted) != right:
                shown = " | ".join(f"{side}: {[it.exact for it in them]}" for side, them in _sides(wanted, read))
                lines.append(f"{slot} {shown} | {'' if found else 'no task: '}{entry.exact}")
    return tally, lines


def _sides(
    wanted: Sequence[GoldWords], read: Sequence[Evidence]
) -> tuple[tuple[str, Sequence[GoldWords | Evidence]], ...]:
    return (("gold", wanted), ("got", read))


def _overlap(wanted: Sequence[GoldWords], read: Sequence[Evidence]) -> bool:
    return any(one.start < other.end and other.start < one.end for one in wanted for other in read)


def score(tally: Mapping[str, int]) -> SlotScores:
    """The figures from what `compare` counted."""
    slots = {slot: _rate(tally, (slot,)) for slot in SLOTS}
    every = _rate(tally, SLOTS)
    of_found = Rate(every.right, every.predicted, tally["of found"])
    return SlotScores(tasks=tally["tasks"], found=tally["found"], slots=slots, all=every, of_found=of_found)


def _rate(tally: Mapping[str, int], slots: Iterable[Slot]) -> Rate:
    counts = [(tally[f"right {slot}"], tally[f"read {slot}"], tally[f"gold {slot}"]) for slot in slots]
    return Rate(*(sum(column) for column in zip(*counts, strict=True)))
