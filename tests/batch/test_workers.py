"""Answers come in order, whatever becomes of the processes."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.batch.faults import Fault
from pipeline.batch.workers import Inline, Processes, WorkOnBytes
from pipeline.errors import WorkerError
from tests.batch.odd_work import BrokenStart, DeadStart, Echo


def answers(work: WorkOnBytes, jobs: list[bytes], count: int = 2, timeout: float | None = None) -> list[bytes | Fault]:
    workers = Processes(work, count, timeout)
    try:
        return list(workers.map(iter(jobs)))
    finally:
        workers.close()


def words(found: list[bytes | Fault]) -> list[str]:
    return [answer.error if isinstance(answer, Fault) else answer.decode() for answer in found]


def test_in_the_order_of_the_jobs() -> None:
    jobs = [f"sleep {random.Random(n).random() / 100:.4f} {n}".encode() for n in range(60)]
    assert answers(Echo(), jobs) == jobs == list(Inline(Echo()).map(jobs))


def test_large_jobs_and_large_answers() -> None:
    jobs = [bytes([65 + n]) * (1 << 20) for n in range(6)] + [b"grow 3000000"] * 4
    found = answers(Echo(), jobs)
    assert found[:6] == jobs[:6]
    assert [len(answer) for answer in found[6:] if isinstance(answer, bytes)] == [3000000] * 4


def test_no_jobs_start_no_processes() -> None:
    workers = Processes(Echo(), 4)
    assert list(workers.map(())) == []
    assert not workers._processes


def test_used_twice() -> None:
    workers = Processes(Echo(), 1)
    first = list(workers.map([b"pid"] * 3))
    assert list(workers.map([b"pid"])) == first[:1]
    assert len(set(first)) == 1
    workers.close()


def test_jobs_are_not_taken_far_ahead() -> None:
    taken = 0

    def jobs() -> Iterator[bytes]:
        nonlocal taken
        for number in range(5000):
            taken += 1
            yield str(number).encode()

    workers = Processes(Echo(), 2)
    for number, answer in enumerate(workers.map(jobs())):
        assert answer == str(number).encode()
        assert taken <= number + 1 + 2 * 64
    workers.close()


@pytest.mark.parametrize("count", [1, 2])
def test_a_death_costs_one_job(count: int) -> None:
    jobs = [b"exit" if n in (0, 5) else b"kill" if n == 11 else str(n).encode() for n in range(16)]
    found = answers(Echo(), jobs, count)
    assert words(found) == ["WorkerError" if n in (0, 5, 11) else str(n) for n in range(16)]
    reasons = {fault.details["reason"] for fault in found if isinstance(fault, Fault)}
    assert reasons == {"exit code 3", "SIGKILL"}
    assert not any(fault.settled for fault in found if isinstance(fault, Fault))


@pytest.mark.parametrize("count", [1, 2])
def test_what_takes_too_long_costs_one_job(count: int) -> None:
    jobs = [b"sleep 60" if n in (1, 4) else str(n).encode() for n in range(8)]
    started = time.monotonic()
    found = answers(Echo(), jobs, count, timeout=0.5)
    assert words(found) == ["TimeoutError" if n in (1, 4) else str(n) for n in range(8)]
    assert time.monotonic() - started < 20


def test_time_counts_from_where_a_job_is_begun() -> None:
    jobs = [b"sleep 0.4 " + bytes([65 + n]) for n in range(4)]
    assert answers(Echo(), jobs, 1, timeout=2) == jobs


def test_models_that_cant_be_loaded() -> None:
    with pytest.raises(WorkerError, match="LookupError: no model"):
        answers(BrokenStart(), [b"a"])


def test_processes_that_die_at_once(tmp_path: Path) -> None:
    with pytest.raises(WorkerError, match="exit code 9"):
        answers(DeadStart(tmp_path / "a", 99), [b"a"])
    assert answers(DeadStart(tmp_path / "b", 1), [b"a", b"b"], 1) == [b"a", b"b"]
