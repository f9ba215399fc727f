"""Tasks that cost their workers."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.batch.faults import Fault
from pipeline.cluster.scheduler import connect, spread

distributed: Any = pytest.importorskip("distributed", reason="needs Dask: pip install chidao[cluster]")


def halve(numbers: Sequence[int]) -> list[Sequence[int]]:
    middle = len(numbers) // 2
    return [numbers[:middle], numbers[middle:]] if middle else []


def double(numbers: Sequence[int], deadly: int) -> list[int]:
    """As Dask tells of a task whose workers died, for those with the deadly number."""
    if deadly in numbers:
        raise distributed.KilledWorker("task", SimpleNamespace(address="tcp://127.0.0.1:1"), 3)
    return [2 * number for number in numbers]


@pytest.mark.parametrize("deadly", [0, 5, 11, 99])
def test_what_workers_die_of_is_found_by_halving(scheduler: str, deadly: int) -> None:
    tasks: list[tuple[Sequence[int], tuple[int]]] = [(range(start, start + 4), (deadly,)) for start in (0, 4, 8)]
    with connect(scheduler) as client:
        answers = list(spread(client, double, tasks, halve))
    done = sorted(number for _, answer in answers if not isinstance(answer, Fault) for number in answer)
    died = [list(task) for task, answer in answers if isinstance(answer, Fault)]
    assert died == ([[deadly]] if deadly < 12 else [])
    assert done == [2 * number for number in range(12) if number != deadly]
    assert all(not answer.settled for _, answer in answers if isinstance(answer, Fault))
