"""Documents read from the folder of a run, however it wrote them."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pyarrow
import pyarrow.parquet
import pytest

from pipeline.errors import StoreError
from pipeline.records import Document
from pipeline.store.exports.results_folder import ResultsFolder
from pipeline.store.json_files import write_document
from tests.store.exports.made_documents import make_documents


@pytest.fixture(scope="module")
def few() -> list[Document]:
    return make_documents(30)


def lines(documents: list[Document]) -> list[bytes]:
    return [msgspec.json.encode(document) for document in documents]


@pytest.mark.parametrize("deep", [False, True])
def test_a_file_each(few: list[Document], tmp_path: Path, deep: bool) -> None:
    for document in few:
        name = document.document.id
        write_document(document, tmp_path / "json" / (name[:2] if deep else ".") / f"{name}.json")
    folder = ResultsFolder(tmp_path)
    assert list(folder) == few
    assert list(folder) == few


def test_many_to_a_file(few: list[Document], tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents/part-00000.jsonl").write_bytes(b"".join(line + b"\n" for line in lines(few[:2])))
    (tmp_path / "documents/part-00001.jsonl").write_bytes(b"".join(line + b"\n" for line in lines(few[2:])))
    assert list(ResultsFolder(tmp_path)) == few


def test_parquet(few: list[Document], tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    table = pyarrow.table({"id": ["x"] * len(few), "document": [line.decode() for line in lines(few)]})
    pyarrow.parquet.write_table(table, tmp_path / "documents/part-00000.parquet")
    assert list(ResultsFolder(tmp_path)) == few


def test_no_results(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(StoreError, match="holds no results"):
            ResultsFolder(folder)


@pytest.mark.parametrize("name", ["part-00000.jsonl", "part-00000.parquet"])
def test_what_is_no_document(tmp_path: Path, name: str) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / name).write_bytes(b"{}\n")
    with pytest.raises(StoreError, match=name):
        list(ResultsFolder(tmp_path))
