"""The results of a run as bytes, and runs in processes of their own that may be killed."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]


def results(out: Path) -> dict[str, bytes]:
    """The results' bytes; of run.json all but the times. What a run leaves for the next is no result."""
    files = [path for path in sorted(out.rglob("*")) if path.is_file() and path.relative_to(out).parts[0] != ".work"]
    found = {path.relative_to(out).as_posix(): path.read_bytes() for path in files}
    record = json.loads(found["run.json"])
    del record["seconds"], record["started"]
    return {**found, "run.json": json.dumps(record).encode()}


def run_killed(
    arguments: list[str],
    after: float | None,
    *,
    once: Path | None = None,
    with_signal: int = signal.SIGKILL,
    module: str = "pipeline",
) -> int:
    """Runs the module as a process in the working folder, kills it after so many seconds (null: never), counted from
    where `once` exists; its exit code."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while once is not None and process.poll() is None and not once.exists():
        time.sleep(0.002)
    if after is not None:
        deadline = time.monotonic() + after
        while process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.002)
        if process.poll() is None:
            process.send_signal(with_signal)
    return process.wait()
