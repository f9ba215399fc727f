"""How fast the program is, against what others take for parts of its work.

    python -m tests.bench            all figures as tables, and a line more in tests/bench/history.jsonl
    python -m tests.bench --check    the ratios against those of the last lines; ends with 1 where one is more than
                                     15 % worse, measured twice

Every round has its own reports, a share of the corpus and some made from it, and every contender gets each of them in
turn: what counts is the ratio within a round, and the median of the rounds. Times are CPU time but for whole runs.
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.bench import history
from tests.bench.contenders import (
    BLANK,
    DIGEST,
    NER_SENTENCE,
    NER_WHOLE,
    TAGGED,
    WHOLE,
    WT,
    Contender,
    contenders,
    measure,
    ratio,
    whole_job,
)
from tests.bench.history import Change, Entry
from tests.bench.runs import Runs, measure_runs, measure_speed_up
from tests.bench.stages import RULES, measure_stages
from tests.bench.texts import count_syllables, long_report, rounds

Row = Sequence[str]
SHORT, LONG = 1_000, 200_000
PAIRS = ((TAGGED, WT), (WHOLE, WT), (WHOLE, NER_SENTENCE), (WHOLE, NER_WHOLE), (DIGEST, WHOLE))
RULES_SHARE = "dates, rules and linking / whole job"
LINEAR = f"a syllable of a report of {LONG:,} / of one of {SHORT:,}"
SECOND, TWO = "second run / first", "two workers / one"


class Measured:
    """The figures of all rounds: each ratio and each cost is the median of the rounds."""

    def __init__(self) -> None:
        self.ratios: dict[str, list[float]] = {}
        self.costs: dict[str, list[float]] = {}
        self.stages: dict[str, list[float]] = {}
        self.texts = self.syllables = 0

    def take(self, competing: dict[str, Contender], texts: list[str]) -> None:
        """One more round."""
        syllables = [count_syllables(text) for text in texts]
        self.texts += len(texts)
        self.syllables += sum(syllables)
        seconds = measure(competing, texts)
        for one, other in PAIRS:
            self.ratios.setdefault(f"{one} / {other}", []).append(ratio(seconds, one, other))
        for name, values in seconds.items():
            given = [(value, length) for value, length in zip(values, syllables, strict=True) if value is not None]
            cost = 1e6 * sum(value for value, _ in given) / sum(length for _, length in given)
            self.costs.setdefault(name, []).append(cost)
        # The same reports once more: the stages are told by their shares, not against the contenders.
        stages = measure_stages(texts)
        for name, value in stages.items():
            self.stages.setdefault(name, []).append(1e6 * value / sum(syllables))
        share = sum(stages[name] for name in RULES) / sum(stages.values())
        self.ratios.setdefault(RULES_SHARE, []).append(share)

    def medians(self) -> dict[str, float]:
        """The ratios."""
        return {name: statistics.median(values) for name, values in self.ratios.items()}


def main() -> int:
    """Measures, and prints or checks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only compare the ratios with the history")
    parser.add_argument("--rounds", type=int, default=5, help="the median of the rounds counts")
    parser.add_argument("--reports", type=int, default=400, help="reports in the folder of the whole runs")
    options = parser.parse_args()
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return check(options.rounds, load) if options.check else bench(options.rounds, options.reports, load)


def bench(count: int, reports: int, load: float) -> int:
    """Prints the tables and adds to the history."""
    measured = measure_rounds(count)
    linear = measure_linear()
    runs = {workers: measure_runs(reports, workers) for workers in (1, 2)}
    speed_up = measure_speed_up(reports, count)
    wall = {SECOND: runs[1].second.seconds / runs[1].first.seconds, TWO: 1 / speed_up}
    ratios = {**measured.medians(), LINEAR: linear}
    print(f"{machine()}; load before the start {load:.1f}")
    print(f"{measured.texts} reports of {measured.syllables:,} syllables in {count} rounds\n")
    print_table(("", "ms per 1,000 syllables", "syllables/s"), cost_rows(measured.costs))
    print_table(("stage of the whole job", "ms per 1,000 syllables", "share"), stage_rows(measured.stages))
    print_table(("ratio", "median", "of the rounds"), ratio_rows(measured.ratios))
    print_table((f"chidao run, {reports} reports", "first run, s", "second run, s", "MiB a process"), run_rows(runs))
    print(f"{LINEAR}: {linear:.2f}")
    doubt = "" if load <= history.IDLE else " (the machine was not idle)"
    print(f"two workers do {speed_up:.2f} times as much as one{doubt}")
    before = history.read_history()
    print_changes(history.changes(before, ratios, wall, load))
    figures = {f"{name}, ms per 1,000 syllables": statistics.median(values) for name, values in measured.costs.items()}
    figures |= {f"stage: {name}, ms per 1,000 syllables": statistics.median(v) for name, v in measured.stages.items()}
    figures["memory of one worker, MiB"] = runs[1].first.memory
    history.append(
        Entry(
            day=datetime.date.today().isoformat(),
            commit=commit(),
            machine=machine(),
            load=round(load, 1),
            ratios=rounded(ratios),
            wall=rounded(wall),
            figures=rounded(figures),
        )
    )
    return 0


def check(count: int, load: float) -> int:
    """Compares with the history; 1 where a ratio is worse by more than the tolerance, 2 where there is no history."""
    before = history.read_history()
    if not before:
        print("there is no history to compare with: run make bench first", file=sys.stderr)
        return 2
    measured = measure_rounds(count)
    told = history.changes(before, measured.medians(), {}, load)
    if any(change.worse for change in told):
        # A busy minute can look like a slowdown once.
        measured = measure_rounds(count, measured)
        told = history.changes(before, measured.medians(), {}, load)
    print_changes(told)
    worse = [change.name for change in told if change.worse]
    for name in worse:
        print(f"slower by more than {history.TOLERANCE:.0%}: {name}", file=sys.stderr)
    return int(bool(worse))


def measure_rounds(count: int, measured: Measured | None = None) -> Measured:
    """So many rounds, added to those measured before."""
    measured = measured or Measured()
    competing = contenders()
    for texts in rounds(count):
        measured.take(competing, texts)
    return measured


def measure_linear() -> float:
    """What a syllable of a very long report costs, against one of an ordinary report; of three each the median."""
    costs: dict[int, float] = {}
    for length in (SHORT, LONG):
        text = long_report(length)
        times = max(3, 20_000 // length)
        spent = []
        for _ in range(times):
            start = time.process_time()
            whole_job(text)
            spent.append(time.process_time() - start)
        costs[length] = statistics.median(spent) / count_syllables(text)
    return costs[LONG] / costs[SHORT]


def cost_rows(costs: dict[str, list[float]]) -> Iterable[Row]:
    """A row for each contender."""
    for name in (WHOLE, TAGGED, DIGEST, WT, NER_SENTENCE, NER_WHOLE, BLANK):
        cost = statistics.median(costs[name])
        yield name, f"{cost:.1f}", f"{1e6 / cost:,.0f}"


def stage_rows(stages: dict[str, list[float]]) -> Iterable[Row]:
    """A row for each stage and one for all."""
    medians = {name: statistics.median(values) for name, values in stages.items()}
    total = sum(medians.values())
    for name, cost in medians.items():
        yield name, f"{cost:.2f}", f"{cost / total:.0%}"
    yield "whole job", f"{total:.2f}", "100%"


def ratio_rows(ratios: dict[str, list[float]]) -> Iterable[Row]:
    """A row for each ratio, with the least and the most of the rounds."""
    for name, values in ratios.items():
        yield name, f"{statistics.median(values):.3f}", f"{min(values):.3f}-{max(values):.3f}"


def run_rows(runs: dict[int, Runs]) -> Iterable[Row]:
    """A row for each number of workers."""
    for workers, (first, second) in runs.items():
        words = f"{workers} worker{'s' if workers > 1 else ''}"
        yield words, f"{first.seconds:.1f}", f"{second.seconds:.1f}", f"{first.memory:.0f}"


def print_changes(changes: Iterable[Change]) -> None:
    """The ratios against those before."""
    rows = [(change.name, f"{change.before:.3f}", f"{change.now:.3f}", told(change)) for change in changes]
    if rows:
        print()
        print_table(("ratio", f"median of the last {history.REMEMBERED}", "now", "change"), rows)


def told(change: Change) -> str:
    """The change in per cent, marked where it is too much."""
    return f"{change.now / change.before - 1:+.0%}{' worse' if change.worse else ''}"


def print_table(head: Row, rows: Iterable[Row]) -> None:
    """As Markdown."""
    print(f"| {' | '.join(head)} |")
    print(f"| --- |{' ---: |' * (len(head) - 1)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    print()


def machine() -> str:
    """The machine in words."""
    return f"{_processor()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def commit() -> str:
    """The state of the program; empty where it isn't known."""
    command = ["git", "describe", "--always", "--dirty"]
    found = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parent, check=False)
    return found.stdout.strip()


def rounded(values: dict[str, float]) -> dict[str, float]:
    """To four digits behind the point."""
    return {name: round(value, 4) for name, value in values.items()}


if __name__ == "__main__":
    sys.exit(main())
