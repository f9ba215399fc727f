"""An export is whole or isn't there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from pipeline.errors import StoreError
from pipeline.records import Document
from pipeline.store.exports.final_file import whole_file
from pipeline.store.exports.formats import FORMATS, RowFormat, format_named
from pipeline.store.exports.options import ExportOptions, FormatName
from pipeline.store.exports.sources import DocumentTasks
from pipeline.store.exports.web_address import web_address
from pipeline.store.exports.write import export
from pipeline.store.task_rows import TaskRow
from tests.store.exports.made_documents import make_documents

NAMES = [it.name for it in FORMATS]


def test_the_command_line_knows_every_format() -> None:
    assert tuple(NAMES) == get_args(FormatName)
    assert len({it.suffix for it in FORMATS}) == len(FORMATS)
    with pytest.raises(KeyError):
        format_named("doc")


class Broken(DocumentTasks):
    """Tasks whose reading fails after the first document."""

    def rows(self) -> Iterator[TaskRow]:
        yield from DocumentTasks(list(self._documents)[:1]).rows()
        raise StoreError("it broke")

    def documents(self) -> Iterator[Document]:
        yield list(self._documents)[0]
        raise StoreError("it broke")


@pytest.mark.parametrize("name", NAMES)
def test_no_half_file(name: str, tmp_path: Path) -> None:
    location = tmp_path / "a" / f"tasks{format_named(name).suffix}"
    few = make_documents(30)
    with pytest.raises(StoreError, match="it broke"):
        export(Broken(few), format_named(name), location, ExportOptions())
    assert list(location.parent.iterdir()) == []
    export(DocumentTasks(few), format_named(name), location, ExportOptions())
    whole = location.read_bytes()
    with pytest.raises(StoreError):
        export(Broken(few), format_named(name), location, ExportOptions())
    assert location.read_bytes() == whole
    assert [path.name for path in location.parent.iterdir()] == [location.name]
    export(DocumentTasks(few), format_named(name), location, ExportOptions())
    assert location.read_bytes() == whole, "the same tasks give the same bytes"


def test_a_full_disk(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no device that is always full")
    with pytest.raises(OSError, match="space"), Path("/dev/full").open("wb") as full:
        full.write(b"x" * 100_000)
        full.flush()
    (tmp_path / "a.csv").write_bytes(b"old")
    with pytest.raises(StoreError, match="No space left"), whole_file(tmp_path / "a.csv"):
        raise OSError(28, "No space left on device")
    assert (tmp_path / "a.csv").read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for location in (tmp_path / "file" / "below", tmp_path):
        with pytest.raises(StoreError) as caught, whole_file(location):
            pass
        assert "--out" in caught.value.remedy


def test_exports_are_as_readable_as_other_files(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"")
    with whole_file(tmp_path / "a") as file:
        assert list(tmp_path.glob("a")) == []
        file.write(b"x")
    assert (tmp_path / "a").read_bytes() == b"x"
    assert os.stat(tmp_path / "a").st_mode == os.stat(tmp_path / "other").st_mode


def test_chosen_tasks_alone() -> None:
    documents = make_documents(40)
    chosen = DocumentTasks(documents, lambda row: row.deadline_end is not None)
    ids = [row.task_id for row in chosen.rows()]
    assert 0 < len(ids) < 40
    held = [task.id for it in chosen.documents() for directive in it.directives for task in directive.tasks]
    assert held == ids
    assert all(directive.tasks for it in chosen.documents() for directive in it.directives)


def test_row_formats_need_no_texts() -> None:
    assert [it.name for it in FORMATS if isinstance(it, RowFormat)] == ["csv", "xlsx", "jsonl", "parquet", "ics"]


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://a.example/b?c=d#e", "https://a.example/b?c=d#e"),
        ("HTTP://a.example/họp%20b", "HTTP://a.example/h%E1%BB%8Dp%20b"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https://a.example/b c", None),
        ("https://a.example/\nBEGIN:VEVENT", None),
        ("", None),
        (None, None),
    ],
)
def test_web_addresses(url: str | None, address: str | None) -> None:
    assert web_address(url) == address
