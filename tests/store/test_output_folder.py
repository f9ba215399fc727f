"""Results are written as a whole, and only what this program wrote is removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import StoreError
from pipeline.store.output_folder import staging, write


def put(out: Path, *names: str, text: str = "new") -> None:
    with staging(out) as staged:
        for name in names:
            write(staged / name, text.encode())


def names(out: Path) -> list[str]:
    return sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())


def test_written_as_a_whole(tmp_path: Path) -> None:
    out = tmp_path / "a" / "outputs"
    put(out, "json/a.json", "tasks.csv")
    assert names(out) == [".written", "json/a.json", "tasks.csv"]


def test_an_exception_leaves_the_earlier_results(tmp_path: Path) -> None:
    put(tmp_path, "json/a.json", text="old")
    with pytest.raises(RuntimeError), staging(tmp_path) as staged:
        write(staged / "json/a.json", b"new")
        raise RuntimeError
    assert (tmp_path / "json/a.json").read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == [".written", "json/a.json"]
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["json"]


def test_earlier_results_go_but_other_files_stay(tmp_path: Path) -> None:
    put(tmp_path, "json/ab/old.json", "json/both.json", "digest/old.html", "tasks.csv", "run.json")
    for mine in ("json/mine.json", "digest/mine.html", "mine.txt"):
        (tmp_path / mine).write_text("mine", encoding="utf-8")
    put(tmp_path, "json/both.json", "json/new.json", "tasks.csv")
    assert names(tmp_path) == [
        ".written", "digest/mine.html", "json/both.json", "json/mine.json", "json/new.json", "mine.txt", "run.json",
        "tasks.csv",
    ]  # fmt: skip
    assert not (tmp_path / "json/ab").exists()


def test_the_list_of_what_was_written_reaches_no_other_place(tmp_path: Path) -> None:
    out = tmp_path / "outputs"
    put(out, "json/a.json")
    (tmp_path / "precious").write_text("x", encoding="utf-8")
    (out / "run.json").write_text("x", encoding="utf-8")
    (out / ".written").write_text("../precious\njson/../../precious\nrun.json\n/etc/none\n", encoding="utf-8")
    put(out, "json/b.json")
    assert (tmp_path / "precious").exists()
    assert (out / "run.json").exists()


def test_a_list_that_names_what_is_gone_already(tmp_path: Path) -> None:
    put(tmp_path, "json/a.json")
    (tmp_path / "json/a.json").unlink()
    put(tmp_path, "json/b.json")
    assert names(tmp_path) == [".written", "json/b.json"]


@pytest.mark.parametrize("blocked", ["file", "file/below", "out"])
def test_where_nothing_can_be_written(tmp_path: Path, blocked: str) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out/json").write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(StoreError) as caught:
        put(tmp_path / blocked, "json/a.json")
    assert caught.value.where
    assert "--out" in caught.value.remedy


def test_results_are_as_readable_as_other_files(tmp_path: Path) -> None:
    put(tmp_path, "json/a.json", "tasks.csv")
    (tmp_path / "other").write_text("x", encoding="utf-8")
    mode = (tmp_path / "other").stat().st_mode
    assert (tmp_path / "json/a.json").stat().st_mode == mode
    assert (tmp_path / ".written").stat().st_mode == mode
