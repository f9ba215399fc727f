from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import StoreError
from pipeline.report import write_digest
from pipeline.report.page_folder import WRITTEN, PageFolder
from tests.report.documents import document


def test_pages_that_are_no_more_are_removed_and_nothing_else(tmp_path: Path) -> None:
    write_digest([document("x", id="one"), document("y", id="two")], tmp_path)
    mine = tmp_path / "reports" / "mine.html"
    mine.write_text("mine", encoding="utf-8")
    write_digest([document("x", id="one")], tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*.html")) == ["index.html", "mine.html", "one.html"]


def test_a_list_of_pages_that_names_other_files_is_not_believed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.html"
    outside.write_text("", encoding="utf-8")
    folder = tmp_path / "digest"
    folder.mkdir()
    (folder / "notes.txt").write_text("", encoding="utf-8")
    (folder / WRITTEN).write_text("../outside.html\nreports/../../outside.html\nnotes.txt\n/etc\n", encoding="utf-8")
    write_digest([], folder)
    assert outside.exists() and (folder / "notes.txt").exists()


def test_a_digest_broken_off_leaves_no_page_that_is_not_listed(tmp_path: Path) -> None:
    PageFolder(tmp_path).write("reports/lost.html", "lost")
    write_digest([], tmp_path)
    assert not (tmp_path / "reports" / "lost.html").exists()


def test_two_documents_with_one_id_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="same name"):
        write_digest([document("x"), document("y")], tmp_path)


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="can't be written"):
        write_digest([], tmp_path / "file" / "digest")


def test_no_file_is_left_half_written(tmp_path: Path) -> None:
    write_digest([document("x")], tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*")) == [WRITTEN, "d0.html", "index.html", "reports"]
