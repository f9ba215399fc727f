"""Runs with worker processes: the same bytes as in one process; what goes wrong with one report costs that report."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipeline import batch
from pipeline.batch import RunOptions
from tests.batch.odd_work import extract_or_die
from tests.batch.result_files import results
from tests.line_extraction import extract_lines

TEXT = "Họp {0}\nChủ tịch UBND tỉnh yêu cầu Sở Y tế phải báo cáo số {0} trước 30/6\n"


def fill(folder: Path, count: int) -> None:
    (folder / "in").mkdir()
    for number in range(count):
        (folder / "in" / f"{number:03}.txt").write_text(TEXT.format(number), encoding="utf-8")
    shutil.copy(folder / "in/001.txt", folder / "in/zzz.txt")
    (folder / "in/table.csv").write_text('id,text\n1,"Họp\nÔng A yêu cầu B"\n2,\n', encoding="utf-8")


@pytest.mark.parametrize("options", [RunOptions(), RunOptions(format="jsonl"), RunOptions(format="parquet")])
def test_the_same_bytes_with_any_number_of_workers(folder: Path, options: RunOptions) -> None:
    fill(folder, 30)
    for workers in (0, 2):
        batch.run(
            ["in"], out_dir=Path(f"out{workers}"), started="", extract=extract_lines, options=options, workers=workers
        )
    assert results(folder / "out2") == results(folder / "out0")


def test_reports_that_kill_hang_and_break(folder: Path) -> None:
    fill(folder, 12)
    for name, word in (("003", "CHET"), ("005", "TREO"), ("007", "LOI"), ("011", "CHET")):
        (folder / f"in/{name}.txt").write_text(f"Họp {word} {name}\n", encoding="utf-8")
    record = batch.run(
        ["in"], out_dir=Path("outputs"), started="", extract=extract_or_die, workers=2, timeout=5.0,
        options=RunOptions(language="en"),
    )  # fmt: skip
    assert [(failure.path, failure.error) for failure in record.failures] == [
        ("in/003.txt", "WorkerError"),
        ("in/005.txt", "TimeoutError"),
        ("in/007.txt", "ZeroDivisionError"),
        ("in/011.txt", "WorkerError"),
        ("in/table.csv#2", "UnreadableDocument"),
    ]
    assert record.failures[0].reason == "the process that worked on the report died (SIGKILL)"
    assert record.failures[1].reason == "the report took longer than 5 s"
    assert record.counts.reports == 9
    written = json.loads((folder / "outputs/run.json").read_bytes())
    assert len(written["failures"]) == 5


def test_the_packages_own_extraction(folder: Path) -> None:
    (folder / "in").mkdir()
    text = "Ngày 7/6/2023, Chủ tịch UBND tỉnh Nguyễn Văn An yêu cầu Sở Y tế báo cáo trước ngày 30/6/2023.\n"
    (folder / "in/a.txt").write_text(text, encoding="utf-8")
    record = batch.run(["in"], out_dir=Path("one"), started="", workers=1)
    assert record.counts.tasks == 1
    batch.run(["in"], out_dir=Path("zero"), started="", workers=0)
    assert results(folder / "one") == results(folder / "zero")
