"""Results are written as a whole, and only what this program wrote is removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import StoreError
from pipeline.store.ledger import Ledger
from pipeline.store.output_folder import WORK, are_untouched, staging


def put(out: Path, *names: str, text: str = "new") -> None:
    with Ledger(out / WORK) as ledger, staging(out, ledger) as staged:
        for name in names:
            staged.write(name, text.encode())
        ledger.finish(staged.install(), None)


def names(out: Path) -> list[str]:
    files = [path.relative_to(out) for path in out.rglob("*") if path.is_file()]
    return sorted(path.as_posix() for path in files if path.parts[0] != WORK)


def test_written_as_a_whole(tmp_path: Path) -> None:
    out = tmp_path / "a" / "outputs"
    put(out, "json/a.json", "tasks.csv")
    assert names(out) == [".written", "json/a.json", "tasks.csv"]


def test_an_exception_leaves_the_earlier_results(tmp_path: Path) -> None:
    put(tmp_path, "json/a.json", text="old")
    with (
        Ledger(tmp_path / WORK) as ledger,
        pytest.raises(RuntimeError),
        staging(tmp_path, ledger) as staged,
    ):
        staged.write("json/a.json", b"new")
        raise RuntimeError
    assert (tmp_path / "json/a.json").read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == [".written", "json/a.json"]
    assert [path.name for path in (tmp_path / WORK).iterdir()] == ["ledger.sqlite"]


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


def test_what_lies_there_already_is_left_alone(tmp_path: Path) -> None:
    put(tmp_path, "json/a.json", "json/b.json")
    (tmp_path / "json/b.json").write_text("touched", encoding="utf-8")
    before = (tmp_path / "json/a.json").stat()
    put(tmp_path, "json/a.json", "json/b.json")
    after = (tmp_path / "json/a.json").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert (tmp_path / "json/b.json").read_text(encoding="utf-8") == "new"


def test_files_that_somebody_touched_show(tmp_path: Path) -> None:
    put(tmp_path, "json/a.json", "tasks.csv")
    with Ledger(tmp_path / WORK) as ledger:
        assert are_untouched(tmp_path, ledger)
        (tmp_path / "tasks.csv").unlink()
        assert not are_untouched(tmp_path, ledger)
        (tmp_path / "tasks.csv").write_text("old", encoding="utf-8")
        assert not are_untouched(tmp_path, ledger)


def test_what_a_killed_run_left_goes(tmp_path: Path) -> None:
    left = tmp_path / WORK / "staged" / "json" / "half.json"
    left.parent.mkdir(parents=True)
    left.write_text("half", encoding="utf-8")
    put(tmp_path, "json/a.json")
    assert names(tmp_path) == [".written", "json/a.json"]
    assert not left.exists()


def test_a_folder_taken_back(tmp_path: Path) -> None:
    put(tmp_path, "digest/a.html", "tasks.csv")
    with Ledger(tmp_path / WORK) as ledger, staging(tmp_path, ledger) as staged:
        for name in ("digest/a.html", "digest/b.html", "tasks.csv"):
            staged.write(name, b"new")
        staged.drop("digest")
        ledger.finish(staged.install(), None)
    assert names(tmp_path) == [".written", "tasks.csv"]
