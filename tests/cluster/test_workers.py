"""A real scheduler and real worker processes, of which two are killed amid the run."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline import batch
from pipeline.cluster.storage import Storage
from pipeline.cluster.tasks import DOCUMENTS, SPOOLS
from tests.cluster.articles import documents, mixed_files, recorded, report, rows, write_files

distributed: Any = pytest.importorskip("distributed", reason="needs Dask: pip install chidao[cluster]")

PART, MORE = 4, 48
PATIENCE = 300


@contextlib.contextmanager
def started(module: str, folder: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of Dask's, killed in the end."""
    command = [sys.executable, "-m", f"distributed.cli.{module}", "--scheduler-file", str(folder / "scheduler.json")]
    with (folder / "log.txt").open("ab") as log:
        process = subprocess.Popen([*command, "--no-dashboard", *arguments], stdout=log, stderr=log, cwd=folder)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def worker(folder: Path) -> contextlib.AbstractContextManager[subprocess.Popen[bytes]]:
    return started("dask_worker", folder, "--nthreads", "1", "--no-nanny", "--memory-limit", "0")


def wait_for(happened: Callable[[], bool], run: subprocess.Popen[bytes] | None = None) -> None:
    """Waits until it has happened. Raises AssertionError where the run ends before."""
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, "it took too long"
        assert run is None or run.poll() is None, "the run was over before"
        time.sleep(0.005)


def written(out: Path, table: str) -> int:
    """Files that a run under way has made."""
    return sum(1 for _ in out.glob(f".run-*/{table}/[!.]*"))


def test_killed_workers_lose_nothing_and_double_nothing(folder: Path) -> None:
    files = mixed_files() | {f"more/{number}.txt": report(number).encode() for number in range(100, 100 + MORE)}
    write_files(folder / "articles", files)
    command = [sys.executable, "-m", "pipeline", "run", "articles", "--out", "out", "--engine", "dask"]
    with started("dask_scheduler", folder, "--host", "127.0.0.1", "--port", "0"):
        wait_for((folder / "scheduler.json").exists)
        with worker(folder) as first, worker(folder) as second:
            address = scheduler_address(folder)
            with distributed.Client(address, set_as_default=False) as client:
                client.wait_for_workers(2, timeout=PATIENCE)
            with (folder / "run.txt").open("wb") as output:
                run = subprocess.Popen([*command, "--scheduler", address, "--part", str(PART)], stderr=output)
            try:
                wait_for(lambda: written(folder / "out", SPOOLS) > 0, run)
                first.kill()
                with worker(folder):
                    wait_for(lambda: written(folder / "out", DOCUMENTS) > 1, run)
                    second.kill()
                    assert written(folder / "out", DOCUMENTS) < MORE // PART
                    code = run.wait(PATIENCE)
            finally:
                run.kill()
                run.wait()
    assert code == 1, (folder / "run.txt").read_text(encoding="utf-8")  # some files are broken
    batch.run(["articles"], out_dir=folder / "here", started="", options=batch.RunOptions(format="parquet"))
    spread, here = Storage("out"), Storage("here")
    assert documents(spread) == documents(here)
    assert recorded(spread) == recorded(here)
    assert len({row["task_id"] for row in rows(spread, "tasks")}) == len(rows(spread, "tasks")) > MORE
    assert [name for name in spread.names("") if name.startswith(".")] == []


def scheduler_address(folder: Path) -> str:
    address: str = json.loads((folder / "scheduler.json").read_text(encoding="utf-8"))["address"]
    return address
