"""The flat tables."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.read import read_string
from pipeline.read.manifest import ManifestEntry
from pipeline.records import Document, Report
from pipeline.store.spreadsheet_text import defused
from pipeline.store.tables import task_rows, write_tables
from pipeline.store.task_rows import COLUMNS

Extract = Callable[[Report], Document]
TEXT = """Họp giao ban
Chủ tịch UBND tỉnh yêu cầu Sở Y tế phải báo cáo 100% "kết quả", số liệu trước 30/6
=Giám đốc yêu cầu =1+1
"""


@pytest.fixture
def document(extract: Extract) -> Document:
    entry = ManifestEntry(file="a.txt", published="2023-06-08")
    return extract(read_string(TEXT, path="in/a.txt", entry=entry))


def test_files_hold_the_same_rows(document: Document, tmp_path: Path) -> None:
    write_tables([document, document], tmp_path)
    lines = [json.loads(line) for line in (tmp_path / "tasks.jsonl").read_text(encoding="utf-8").splitlines()]
    assert lines == [*task_rows(document), *task_rows(document)]
    data = (tmp_path / "tasks.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    for row, line in zip(rows, lines, strict=True):
        for name, value in line.items():
            assert row[name] == ("" if value is None else str(defused(value)))
    assert rows[1]["task"] == "'=1+1"
    assert rows[1]["issuer_role"] == "'=Giám đốc"


def test_no_tasks_give_a_head_line_alone(tmp_path: Path) -> None:
    write_tables([], tmp_path)
    assert (tmp_path / "tasks.jsonl").read_bytes() == b""
    head = ",".join(column.name for column in COLUMNS)
    assert (tmp_path / "tasks.csv").read_text(encoding="utf-8-sig") == f"{head}\n"


def test_golden(document: Document, tmp_path: Path, golden: Callable[[str, bytes], None]) -> None:
    write_tables([document], tmp_path)
    golden("tasks.csv", (tmp_path / "tasks.csv").read_bytes())
    golden("tasks.jsonl", (tmp_path / "tasks.jsonl").read_bytes())
