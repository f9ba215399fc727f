"""What a run on a Dask cluster costs: `python -m tests.bench.cluster [--reports N] [--workers N]`.

Starts a scheduler and workers on this machine, runs over made reports, and prints seconds, CPU time of the workers and
of the process that started the run, memory and sizes, a report. CPU time is what a rented core is paid for.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from tests.bench.texts import made


def main() -> None:
    """Runs once and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--part", type=int, default=100)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "articles").mkdir()
        for number, text in enumerate(made(options.reports, seed=-3)):
            (folder / f"articles/{number:06}.txt").write_text(text, encoding="utf-8")
        with contextlib.ExitStack() as processes:
            scheduler = processes.enter_context(dask("dask_scheduler", folder, "--host", "127.0.0.1", "--port", "0"))
            while not (folder / "scheduler.json").exists():
                time.sleep(0.1)
            arguments = ("--nthreads", "1", "--no-nanny", "--memory-limit", "0")
            workers = [
                processes.enter_context(dask("dask_worker", folder, *arguments)) for _ in range(options.workers)
            ]
            address = json.loads((folder / "scheduler.json").read_text(encoding="utf-8"))["address"]
            command = [sys.executable, "-m", "pipeline", "run", "articles", "--out", "out", "--engine", "dask"]
            start = time.perf_counter()
            command += ["--scheduler", address, "--part", str(options.part)]
            run = psutil.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
            used = memory = 0.0
            while run.poll() is None:
                with contextlib.suppress(psutil.Error):
                    used, memory = _cpu(run), run.memory_info().rss / 2**20
                time.sleep(0.05)
            seconds = time.perf_counter() - start
            per = 1000 / options.reports
            print(f"{options.reports} reports, {options.workers} workers: {seconds:.1f} s, exit code {run.returncode}")
            print(f"workers: {per * sum(map(_cpu, workers)):.1f} ms of CPU time a report, their start with it")
            print(f"the run's own process: {per * used:.1f} ms of CPU time a report, start with it; {memory:.0f} MiB")
            print(f"scheduler: {per * _cpu(scheduler):.2f} ms of CPU time a report")
            print(f"memory of a worker: {max(worker.memory_info().rss for worker in workers) / 2**20:.0f} MiB")
        for table in ("articles", "out/documents", "out/tasks"):
            size = sum(file.stat().st_size for file in (folder / table).iterdir())
            print(f"{table}: {size / options.reports / 1000:.2f} kB a report")


@contextlib.contextmanager
def dask(module: str, folder: Path, *arguments: str) -> Iterator[psutil.Popen]:
    """A process of Dask's, killed in the end."""
    command = [sys.executable, "-m", f"distributed.cli.{module}", "--scheduler-file", str(folder / "scheduler.json")]
    with (folder / "log.txt").open("ab") as log:
        process = psutil.Popen([*command, "--no-dashboard", *arguments], stdout=log, stderr=log, cwd=folder)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _cpu(process: psutil.Popen) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


if __name__ == "__main__":
    main()
