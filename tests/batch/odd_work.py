"""Work that goes wrong on purpose, importable by worker processes."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from pipeline.records import Document, Report
from tests.line_extraction import extract_lines


@dataclass(frozen=True)
class Echo:
    """Answers a job with itself, after what the job says: `sleep SECONDS`, `exit`, `kill`, `grow BYTES`."""

    def warm_up(self) -> None:
        """Nothing."""

    def __call__(self, job: bytes) -> bytes:
        match job.split():
            case [b"sleep", seconds, *_]:
                time.sleep(float(seconds))
            case [b"exit", *_]:
                os._exit(3)
            case [b"kill", *_]:
                os.kill(os.getpid(), signal.SIGKILL)
            case [b"grow", size, *_]:
                return bytes(int(size))
            case [b"pid", *_]:
                return str(os.getpid()).encode()
        return job


@dataclass(frozen=True)
class BrokenStart(Echo):
    """Can't load its models."""

    def warm_up(self) -> None:
        """Fails."""
        raise LookupError("no model")


@dataclass(frozen=True)
class DeadStart(Echo):
    """Dies while it loads them; the first `times` times, counted in a file."""

    counter: Path
    times: int

    def warm_up(self) -> None:
        """Dies."""
        with self.counter.open("ab") as file:
            file.write(b"x")
        if self.counter.stat().st_size <= self.times:
            os._exit(9)


def extract_or_die(report: Report) -> Document:
    """The extraction for tests, but that some texts kill the process or hang."""
    if "CHET" in report.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "TREO" in report.text:
        time.sleep(60)
    if "LOI" in report.text:
        raise ZeroDivisionError("lỗi")
    return extract_lines(report)


def extract_slowly(report: Report) -> Document:
    """The extraction for tests, five milliseconds a report."""
    time.sleep(0.005)
    return extract_lines(report)
