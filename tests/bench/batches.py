"""Figures of whole runs: `python -m tests.bench.batches FIGURE [--reports N]`.

`workers`: one worker process against two, in turn. `again`: a second run over an unchanged folder against the first,
and one with a hundredth of the reports changed. `kill`: runs that are killed at random moments and gone on with against
one at one go. `memory`: the peak and the growth of the parent and its workers. Reports are generated, all of them
different; `--stand-in` takes an extraction of five milliseconds for the real one.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from tests.batch.result_files import ROOT, results, run_killed
from tests.read.copies import article, printed


def main() -> None:
    """Measures one figure and prints it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("figure", choices=["workers", "again", "kill", "memory"])
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5, help="for `workers`")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stand-in", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        generate(options.reports, options.seed)
        figure = {"workers": workers, "again": again, "kill": kill, "memory": memory}[options.figure]
        figure(options)


def generate(count: int, seed: int) -> None:
    """So many reports in the folder `in`, a thousand to a sub-folder."""
    for number in range(count):
        chance = random.Random(f"{seed} {number}")
        location = Path(f"in/{number // 1000:03}/{number:06}.txt")
        location.parent.mkdir(parents=True, exist_ok=True)
        location.write_text(printed(article(chance), chance), encoding="utf-8")


def command(options: argparse.Namespace, out: str, count: int) -> tuple[str, list[str]]:
    """The module that does a run, and its arguments."""
    if options.stand_in:
        return "tests.batch.slow_run", [out, str(count), "in"]
    return "pipeline", ["run", "in", "--out", out, "--workers", str(count)]


def timed(options: argparse.Namespace, out: str, count: int) -> float:
    """Seconds of a whole run, the start of its processes with it."""
    module, arguments = command(options, out, count)
    start = time.perf_counter()
    code = run_killed(arguments, None, module=module)
    if code:
        raise SystemExit(f"the run ended with {code}")
    return time.perf_counter() - start


def workers(options: argparse.Namespace) -> None:
    """Two worker processes against one."""
    ratios = []
    for _ in range(options.rounds):
        seconds = {}
        for count in (1, 2):
            seconds[count] = timed(options, "out", count)
            shutil.rmtree("out")
        ratios.append(seconds[1] / seconds[2])
        print(f"one worker {seconds[1]:.1f} s, two {seconds[2]:.1f} s: {ratios[-1]:.2f}", flush=True)
    print(f"{options.reports} reports, median of {options.rounds}: {statistics.median(ratios):.2f} times")


def again(options: argparse.Namespace) -> None:
    """The second run against the first."""
    first = timed(options, "out", 2)
    second = statistics.median(timed(options, "out", 2) for _ in range(5))
    print(f"{options.reports} reports: first run {first:.1f} s, second {second:.2f} s: {first / second:.0f} times less")
    files = sorted(Path("in").rglob("*.txt"))
    for file in files[::100]:
        file.write_text(file.read_text(encoding="utf-8") + "\nChủ tịch yêu cầu Sở Y tế báo cáo.\n", encoding="utf-8")
    changed = timed(options, "out", 2)
    print(f"with {len(files[::100])} changed: {changed:.1f} s, {first / changed:.0f} times less")


def kill(options: argparse.Namespace) -> None:
    """Each time a run from nothing, killed once, gone on with, compared."""
    whole = timed(options, "whole", 2)
    expected = results(Path("whole"))
    chance = random.Random(options.seed)
    equal = killed = 0
    for _ in range(options.kills):
        shutil.rmtree("out", ignore_errors=True)
        module, arguments = command(options, "out", 2)
        killed += run_killed(arguments, chance.uniform(0.2, whole), module=module) == -signal.SIGKILL
        timed(options, "out", 2)
        equal += results(Path("out")) == expected
        print(f"{equal} equal, {killed} killed before their end", flush=True)
    print(f"{options.reports} reports, {options.kills} runs killed at random moments and gone on with: {equal} equal")


def memory(options: argparse.Namespace) -> None:
    """The resident memory of each process of a run, at a tenth of it and at its end."""
    module, arguments = command(options, "out", 2)
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        stdout=subprocess.DEVNULL,
    )
    samples: list[dict[int, float]] = []
    watching = threading.Thread(target=watch, args=(process, samples))
    watching.start()
    process.wait()
    watching.join()
    at_work = [sample for sample in samples if len(sample) >= 3]
    for name, sample in (("a tenth", at_work[len(at_work) // 10]), ("half", at_work[len(at_work) // 2]),
                         ("the end", at_work[-1])):  # fmt: skip
        print(f"at {name}: parent {sample[process.pid]:.0f} MiB, workers "
              + ", ".join(f"{size:.0f}" for pid, size in sorted(sample.items()) if pid != process.pid))  # fmt: skip
    print(f"peak of the parent {max(sample[process.pid] for sample in samples if process.pid in sample):.0f} MiB")


def watch(process: subprocess.Popen[bytes], samples: list[dict[int, float]]) -> None:
    """Notes the resident memory of the process and its children in MiB, ten times a second."""
    while process.poll() is None:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        try:
            pids = [process.pid, *map(int, children.read_text().split())]
            sizes = {pid: int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4 / 1024 for pid in pids}
            samples.append({pid: size for pid, size in sizes.items() if size > 20})
        except (OSError, IndexError):
            pass
        time.sleep(0.1)


if __name__ == "__main__":
    main()
