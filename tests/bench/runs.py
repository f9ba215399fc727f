"""Whole runs of the command over a folder: one worker and two, the first run and the second."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

from pipeline.batch.jobs import ExtractJob, Work, encode, pack
from pipeline.batch.workers import Processes
from pipeline.read import read_string
from tests.bench.texts import made


class Run(NamedTuple):
    """Wall seconds of a run, and the most memory (MiB, resident) that one of its processes took."""

    seconds: float
    memory: float


class Runs(NamedTuple):
    """The first and the second run over one folder."""

    first: Run
    second: Run


def measure_runs(count: int, workers: int) -> Runs:
    """Two runs of `chidao run` over a folder of so many made reports."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "articles").mkdir()
        for number, text in enumerate(made(count, seed=count)):
            (folder / f"articles/{number:06}.txt").write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "pipeline", "run", "articles", "--out", "out", "--workers", str(workers)]
        return Runs(_run(command, folder), _run(command, folder))


def measure_speed_up(count: int, rounds: int) -> float:
    """How many times as fast two workers extract so many reports as one does, both warmed up, in turns."""
    jobs = []
    for text in made(count, seed=-2):
        report = read_string(text)
        jobs.append(encode(ExtractJob(report=pack(report), id=report.source.id, sources=(), page=None)))
    pools = {workers: Processes(Work(), workers) for workers in (1, 2)}
    try:
        for pool in pools.values():
            _time_map(pool, jobs[: len(jobs) // 4])
        ratios = [_time_map(pools[1], jobs) / _time_map(pools[2], jobs) for _ in range(rounds)]
    finally:
        for pool in pools.values():
            pool.close()
    return statistics.median(ratios)


def _time_map(pool: Processes, jobs: list[bytes]) -> float:
    start = time.perf_counter()
    for _ in pool.map(jobs):
        pass
    return time.perf_counter() - start


def _run(command: list[str], folder: Path) -> Run:
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    memory = 0.0
    over = threading.Event()

    def watch() -> None:
        nonlocal memory
        while not over.wait(0.1):
            memory = max([memory, *map(_peak, _family(process.pid))])

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = process.wait()
    seconds = time.perf_counter() - start
    over.set()
    watcher.join()
    if code:
        raise RuntimeError(f"{' '.join(command)} ended with {code}")
    return Run(seconds, memory)


def _family(process: int) -> list[int]:
    """A process and those it has started; empty where the system doesn't tell."""
    found = [process]
    for parent in found:
        try:
            children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
        except OSError:
            continue
        found += map(int, children.split())
    return found


def _peak(process: int) -> float:
    """The most memory that a process has had resident, MiB; 0 where the system doesn't tell."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)
