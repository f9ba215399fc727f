"""A second run does what is new or changed; a broken-off run goes on; the bytes are those of a run at one go."""

from __future__ import annotations

import os
import random
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline import batch
from pipeline.batch import RunOptions, fingerprint
from pipeline.errors import StoreError
from pipeline.records import Document, Report, RunRecord
from pipeline.store.ledger import Ledger
from pipeline.store.output_folder import WORK
from tests.batch.articles import ARTICLE
from tests.batch.result_files import results, run_killed

Extract = Callable[[Report], Document]
TEXT = "Họp {0}\nChủ tịch UBND tỉnh yêu cầu Sở Y tế phải báo cáo số {0} trước 30/6\n"


class Counting:
    """An extraction that notes which reports it was asked for."""

    def __init__(self, extract: Extract) -> None:
        self._extract = extract
        self.asked: list[str] = []

    def __call__(self, report: Report) -> Document:
        self.asked.append(report.source.path)
        return self._extract(report)


@pytest.fixture
def counting(extract: Extract) -> Counting:
    return Counting(extract)


def fill(folder: Path, count: int) -> None:
    for number in range(count):
        location = folder / "in" / f"{number:03}.txt"
        location.parent.mkdir(parents=True, exist_ok=True)
        location.write_text(TEXT.format(number), encoding="utf-8")


def run(extract: Extract | None, out: str = "outputs", options: RunOptions | None = None, **given: Any) -> RunRecord:
    return batch.run(
        ["in"],
        out_dir=Path(out),
        started="2023-06-08T00:00:00+07:00",
        extract=extract,
        options=options or RunOptions(),
        **given,
    )


def clean_run(extract: Extract, folder: Path, options: RunOptions | None = None) -> dict[str, bytes]:
    run(extract, "clean", options)
    return results(folder / "clean")


def test_nothing_new_is_nothing_done(folder: Path, counting: Counting) -> None:
    fill(folder, 3)
    first = run(counting)
    counting.asked.clear()
    before = {path: path.stat().st_mtime_ns for path in folder.joinpath("outputs").rglob("*.json")}
    second = run(counting)
    assert not counting.asked
    assert second.counts == first.counts and second.reports == first.reports
    after = {path: path.stat().st_mtime_ns for path in folder.joinpath("outputs").rglob("*.json")}
    del before[folder / "outputs/run.json"], after[folder / "outputs/run.json"]
    assert after == before


def test_what_is_new_or_changed_is_done(folder: Path, counting: Counting, extract: Extract) -> None:
    fill(folder, 5)
    run(counting)
    counting.asked.clear()
    (folder / "in/001.txt").write_text(TEXT.format("khác"), encoding="utf-8")
    (folder / "in/002.txt").unlink()
    (folder / "in/new.txt").write_text(TEXT.format("mới"), encoding="utf-8")
    os.utime(folder / "in/003.txt", (1, 1))
    run(counting)
    assert counting.asked == ["in/001.txt", "in/new.txt"]
    assert results(folder / "outputs") == clean_run(extract, folder)


def test_what_manifests_say_is_part_of_it(folder: Path, counting: Counting, extract: Extract) -> None:
    fill(folder, 3)
    run(counting)
    counting.asked.clear()
    (folder / "in/manifest.csv").write_text("file,published\n001.txt,2023-06-08\n", encoding="utf-8")
    record = run(counting)
    assert counting.asked == ["in/001.txt"]
    assert [report.published for report in record.reports] == [None, "2023-06-08", None]
    assert results(folder / "outputs") == clean_run(extract, folder)


def test_another_source_makes_a_kept_report_anew(folder: Path, counting: Counting, extract: Extract) -> None:
    fill(folder, 3)
    run(counting)
    counting.asked.clear()
    shutil.copy(folder / "in/001.txt", folder / "in/zzz.txt")
    run(counting)
    assert counting.asked == ["in/001.txt"]
    assert results(folder / "outputs") == clean_run(extract, folder)


def test_all_again_by_force_or_by_other_rules(
    folder: Path, counting: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(folder, 3)
    run(counting)
    run(counting, force=True)
    assert len(counting.asked) == 6
    monkeypatch.setattr(fingerprint, "rules_version", lambda: b"another version")
    run(counting)
    assert len(counting.asked) == 9
    run(counting)
    assert len(counting.asked) == 9


@pytest.mark.parametrize(
    "options",
    [
        RunOptions(format="jsonl"), RunOptions(format="parquet"), RunOptions(digest=False), RunOptions(language="en"),
        RunOptions(keep_duplicates=True),
    ],
)  # fmt: skip
def test_other_options_give_what_a_clean_run_gives(folder: Path, extract: Extract, options: RunOptions) -> None:
    fill(folder, 3)
    shutil.copy(folder / "in/001.txt", folder / "in/zzz.txt")
    run(extract)
    run(extract, options=options)
    assert results(folder / "outputs") == clean_run(extract, folder, options)
    run(extract)
    shutil.rmtree(folder / "clean")
    assert results(folder / "outputs") == clean_run(extract, folder)


@pytest.mark.parametrize(
    "name", ["json/{id}.json", "digest/index.html", "tasks.csv", "run.json", ".work/ledger.sqlite"]
)
@pytest.mark.parametrize("damage", ["gone", "cut", "changed"])
def test_results_that_somebody_touched_are_made_whole(folder: Path, extract: Extract, name: str, damage: str) -> None:
    fill(folder, 3)
    location = folder / "outputs" / name.format(id=run(extract).reports[0].id)
    expected = results(folder / "outputs")
    if damage == "gone":
        location.unlink()
    elif damage == "cut":
        location.write_bytes(location.read_bytes()[:-9])
    else:
        location.write_bytes(location.read_bytes()[::-1])
    run(extract)
    assert results(folder / "outputs") == expected


def test_what_failed_for_the_moment_is_tried_again(folder: Path, extract: Extract) -> None:
    fill(folder, 3)
    (folder / "in/empty.txt").write_bytes(b"")

    def fails(report: Report) -> Document:
        if report.source.path == "in/001.txt":
            raise MemoryError
        return extract(report)

    assert run(fails).counts.failures == 2
    counting = Counting(extract)
    assert run(counting).counts.failures == 1
    assert counting.asked == ["in/001.txt"]
    assert results(folder / "outputs") == clean_run(extract, folder)


def test_versions_are_compared_whatever_is_new(folder: Path, extract: Extract) -> None:
    (folder / "in").mkdir()
    rows = ["file,published,url"]
    for day in range(1, 4):
        (folder / f"in/{9 - day}.txt").write_text(ARTICLE.replace("30/6", f"{day}/7"), encoding="utf-8")
        rows.append(f"{9 - day}.txt,2023-06-0{day},https://example.vn/1.html")
        (folder / "in/manifest.csv").write_text("\n".join(rows), encoding="utf-8")
        record = run(extract)
    assert len(record.revised) == 2
    assert results(folder / "outputs") == clean_run(extract, folder)


def test_one_run_at_a_time(folder: Path, extract: Extract) -> None:
    fill(folder, 1)
    with Ledger(folder / "outputs" / WORK), pytest.raises(StoreError, match="another run"):
        run(extract)


class Interrupted(BaseException):
    """What a signal raises."""


@pytest.mark.parametrize("stage", ["reading", "extracting", "writing"])
@pytest.mark.parametrize("at", [1, 30, 59])
def test_an_interrupted_run_goes_on_where_it_stopped(folder: Path, extract: Extract, stage: str, at: int) -> None:
    fill(folder, 60)
    counting = Counting(extract)

    def interrupt(now: str, done: int, total: int) -> None:
        if (now, done) == (stage, at):
            raise Interrupted

    with pytest.raises(Interrupted):
        run(counting, progress=interrupt)
    assert not (folder / "outputs/run.json").exists()
    run(counting)
    assert len(counting.asked) == len(set(counting.asked)) == 60
    assert results(folder / "outputs") == clean_run(extract, folder)


@pytest.mark.parametrize("workers", ["0", "2"])
def test_a_killed_run_goes_on_with_the_same_bytes(folder: Path, workers: str) -> None:
    fill(folder, 120)
    arguments = ["outputs", workers, "in"]
    chance = random.Random(f"{workers}")
    kills = 0
    for _ in range(3):
        code = run_killed(arguments, 0.5 + chance.random(), module="tests.batch.slow_run")
        kills += code == -signal.SIGKILL
    assert kills
    assert run_killed(arguments, None, module="tests.batch.slow_run") == 0
    assert run_killed(["clean", "0", "in"], None, module="tests.batch.slow_run") == 0
    assert results(folder / "outputs") == results(folder / "clean")
    assert [path.name for path in (folder / "outputs" / WORK).iterdir()] == ["ledger.sqlite"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_run_in_order(folder: Path, number: signal.Signals) -> None:
    fill(folder, 400)
    code = run_killed(
        ["outputs", "1", "in"], 0.2, once=folder / "outputs" / WORK / "staged", with_signal=number,
        module="tests.batch.slow_run",
    )  # fmt: skip
    assert code == 128 + number
    assert [path.name for path in (folder / "outputs" / WORK).iterdir()] == ["ledger.sqlite"]
