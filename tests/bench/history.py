"""The figures of earlier benchmarks, so that a slowdown shows: a line of JSON for each, the newest last."""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

HISTORY = Path(__file__).with_name("history.jsonl")
REMEMBERED = 5
"""Entries whose median is compared with."""
TOLERANCE = 0.15
IDLE = 0.5
"""The load above which figures in wall time say nothing."""


class Entry(NamedTuple):
    """One benchmark. Of `ratios` less is better, always; `wall` are those in wall time, which need an idle machine.
    `load` is how many processes wanted to run in the minute before."""

    day: str
    commit: str
    machine: str
    load: float
    ratios: dict[str, float]
    wall: dict[str, float]
    figures: dict[str, float]


class Change(NamedTuple):
    """A ratio and what it was: the median of the entries before."""

    name: str
    before: float
    now: float

    @property
    def worse(self) -> bool:
        """Whether it is by more than the tolerance."""
        return self.now > (1 + TOLERANCE) * self.before


def read_history(path: Path = HISTORY) -> list[Entry]:
    """The entries, the oldest first; none where there is no file yet."""
    if not path.exists():
        return []
    return [Entry(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def append(entry: Entry, path: Path = HISTORY) -> None:
    """One more entry."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(entry._asdict(), ensure_ascii=False) + "\n")


def changes(history: list[Entry], ratios: Mapping[str, float], wall: Mapping[str, float], load: float) -> list[Change]:
    """The ratios against those of the last entries; of those in wall time only where the machine was idle both times.
    A ratio that no entry has is left out."""
    found = [(name, now, [entry.ratios for entry in history]) for name, now in ratios.items()]
    if load <= IDLE:
        found += [(name, now, [entry.wall for entry in history if entry.load <= IDLE]) for name, now in wall.items()]
    told = []
    for name, now, before in found:
        known = [values[name] for values in before if name in values][-REMEMBERED:]
        if known:
            told.append(Change(name, statistics.median(known), now))
    return told
