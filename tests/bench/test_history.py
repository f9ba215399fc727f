"""What counts as a slowdown, and that the benchmark's stages are still those of the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.contenders import ratio
from tests.bench.history import Entry, append, changes, read_history
from tests.bench.stages import REST, STAGES, measure_stages
from tests.bench.texts import CORPUS, count_syllables, long_report, made, read_texts, rounds


def entry(job: float, *, load: float = 0.0, two: float = 0.5) -> Entry:
    return Entry("2024-01-01", "", "", load, {"job": job}, {"two": two}, {})


@pytest.mark.parametrize(
    ("before", "now", "worse"),
    [([0.5], 0.57, False), ([0.5], 0.58, True), ([0.5], 0.2, False), ([0.9, 0.5, 0.5], 0.58, True), ([], 0.58, None)],
)
def test_a_ratio_is_compared_with_the_median_of_the_last(before: list[float], now: float, worse: bool | None) -> None:
    told = changes([entry(value) for value in before], {"job": now}, {}, load=0)
    assert [change.worse for change in told] == ([] if worse is None else [worse])


def test_old_entries_are_forgotten() -> None:
    (change,) = changes([entry(9.0)] * 9 + [entry(0.5)] * 5, {"job": 0.5, "new": 1.0}, {}, load=0)
    assert change.before == 0.5


@pytest.mark.parametrize(("load_then", "load_now", "compared"), [(0, 0, True), (3, 0, False), (0, 3, False)])
def test_wall_time_counts_on_an_idle_machine_alone(load_then: float, load_now: float, compared: bool) -> None:
    told = changes([entry(0.5, load=load_then)], {}, {"two": 0.9}, load=load_now)
    assert bool(told) is compared


def test_the_history_is_kept_in_lines(tmp_path: Path) -> None:
    assert read_history(tmp_path / "history.jsonl") == []
    for value in (0.5, 0.6):
        append(entry(value), tmp_path / "history.jsonl")
    assert read_history(tmp_path / "history.jsonl") == [entry(0.5), entry(0.6)]


def test_the_history_of_the_project_can_be_read() -> None:
    for each in read_history():
        assert each.ratios and each.machine


def test_a_ratio_is_taken_over_what_both_were_given() -> None:
    assert ratio({"a": [1.0, 2.0, 3.0], "b": [2.0, None, 6.0]}, "a", "b") == 0.5


def test_every_stage_takes_time_in_the_whole_job() -> None:
    seconds = measure_stages(read_texts(CORPUS)[:3])
    assert set(seconds) == {*STAGES, REST}
    assert all(value > 0 for value in seconds.values())


def test_no_report_is_in_two_rounds() -> None:
    texts = [text for texts in rounds(2) for text in texts]
    assert len(texts) == len(set(texts)) > len(read_texts(CORPUS))
    assert list(made(3, seed=1)) == list(made(3, seed=1))


def test_a_long_report_is_as_long_as_asked() -> None:
    assert 5_000 <= count_syllables(long_report(5_000)) < 7_000
