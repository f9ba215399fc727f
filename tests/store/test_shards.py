"""Documents in large files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from pyarrow import parquet

from pipeline.errors import StoreError
from pipeline.read import read_string
from pipeline.records import Document, Report, decode_document
from pipeline.store import shards
from pipeline.store.json_files import compact_document
from pipeline.store.shards import open_shards
from pipeline.store.tables import json_rows, task_rows
from pipeline.store.task_rows import COLUMNS

Extract = Callable[[Report], Document]
Kind = Literal["jsonl", "parquet"]
TEXT = "Họp {0}\nChủ tịch UBND tỉnh yêu cầu Sở Y tế phải báo cáo 100% số {0} trước 30/6\n"


def write(folder: Path, kind: Kind, documents: list[Document]) -> list[str]:
    def place(path: str) -> Path:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        return folder / path

    open_ones = open_shards(kind, place)
    paths = [open_ones.add(compact_document(each), json_rows(task_rows(each))) for each in documents]
    open_ones.close()
    return paths


@pytest.fixture
def documents(extract: Extract) -> list[Document]:
    return [extract(read_string(TEXT.format(number), path=f"{number}.txt")) for number in range(5)]


@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
@pytest.mark.parametrize("count", [0, 1, 4, 5])
def test_so_many_to_a_file(
    tmp_path: Path, documents: list[Document], monkeypatch: pytest.MonkeyPatch, kind: Kind, count: int
) -> None:
    monkeypatch.setattr(shards, "REPORTS", 2)
    monkeypatch.setattr(shards, "_GROUP", 1)
    paths = write(tmp_path, kind, documents[:count])
    assert paths == [f"documents/part-{number // 2:05}.{kind}" for number in range(count)]
    files = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("part-*"))
    assert files == sorted(set(paths))


def test_json_lines_hold_the_documents(tmp_path: Path, documents: list[Document]) -> None:
    write(tmp_path, "jsonl", documents)
    lines = (tmp_path / "documents/part-00000.jsonl").read_bytes().splitlines()
    assert [decode_document(line) for line in lines] == documents


def test_parquet_holds_the_documents_and_the_tables(tmp_path: Path, documents: list[Document]) -> None:
    write(tmp_path, "parquet", documents)
    rows = parquet.read_table(tmp_path / "documents/part-00000.parquet").to_pylist()
    assert [decode_document(row["document"].encode()) for row in rows] == documents
    assert [(row["id"], row["path"], row["tasks"]) for row in rows] == [
        (each.document.id, each.document.path, 1) for each in documents
    ]
    tasks = parquet.read_table(tmp_path / "tasks.parquet")
    assert tasks.column_names == [column.name for column in COLUMNS]
    assert tasks.to_pylist() == [row for each in documents for row in task_rows(each)]


@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_the_same_bytes(tmp_path: Path, documents: list[Document], kind: Kind) -> None:
    for name in ("a", "b"):
        write(tmp_path / name, kind, documents)
    for path in (tmp_path / "a").rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes()


def test_no_reports_give_an_empty_table(tmp_path: Path) -> None:
    write(tmp_path, "parquet", [])
    assert parquet.read_table(tmp_path / "tasks.parquet").num_rows == 0


@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_where_nothing_can_be_written(tmp_path: Path, documents: list[Document], kind: Kind) -> None:
    open_there: Callable[[str], Path] = lambda path: tmp_path / "none" / path  # noqa: E731
    with pytest.raises(StoreError):
        open_shards(kind, open_there).add(json.dumps({}).encode(), b"")
