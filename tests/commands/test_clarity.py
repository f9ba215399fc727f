"""`chidao clarity` over files and over a database: what it prints, and its exit codes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import cli
from pipeline.store.database import open_database, store
from tests.extraction.pages import document_of

WORK = "Sở Xây dựng chủ trì lập danh mục nhà nguy hiểm, trình UBND tỉnh trước ngày 30/6"
TEXT = f"Kết luận cuộc họp, Chủ tịch UBND tỉnh Lê Văn Nam yêu cầu {WORK}; giao Sở Y tế rà soát kho thuốc.\n"
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def chidao(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """The command, in a folder with a file and a database of the same report."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    Path("in").mkdir()
    Path("in/a.txt").write_text(TEXT, encoding="utf-8")
    Path("manifest.csv").write_text("file,published\na.txt,2023-06-08\n", encoding="utf-8")
    with open_database("outputs/directives.db") as database:
        store(database, [document_of(TEXT)], started="2024-01-01T08:00:00+07:00")

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stopped:
            cli.main(("clarity", *arguments))
        printed = capsys.readouterr()
        assert isinstance(stopped.value.code, int)
        return stopped.value.code, printed.out, printed.err

    return call


def test_files_and_database_say_the_same(chidao: Call) -> None:
    code, out, err = chidao("in", "--manifest", "manifest.csv", "--format", "json")
    assert (code, err) == (0, "")
    first, second = json.loads(out)
    assert (first["exact"], first["stated"], first["of"], first["profile"]) == (WORK, 6, 6, "pm-2025")
    evidence = first["slots"]["authority"]["evidence"][0]
    assert TEXT[evidence["start"] : evidence["end"]] == evidence["exact"] == "trình UBND"
    assert not second["slots"]["time"]["stated"] and second["slots"]["time"]["question"].endswith("?")
    code, out, err = chidao("--format", "json")
    assert (code, err) == (0, "")
    stored = json.loads(out)
    assert [task["slots"] for task in stored] == [first["slots"], second["slots"]]


def test_table_shows_words_and_questions(chidao: Call) -> None:
    code, out, _ = chidao("--lang", "en", "--profile", "five")
    assert code == 0
    assert "✓ responsibility “chủ trì”" in out
    assert "– time           By which day must this be done, or how often?" in out
    assert "2 tasks: who 2/2 (100%)" in out and "all stated 1/2 (50%)" in out


def test_csv(chidao: Call) -> None:
    _, out, _ = chidao("--format", "csv")
    assert out.startswith("\ufeff")
    first, second = csv.DictReader(io.StringIO(out.removeprefix("\ufeff")))
    assert (first["stated"], first["of"], first["responsibility"]) == ("6", "6", "chủ trì")
    start, end = map(int, first["time_places"].split()[0].split("-"))
    assert TEXT[start:end] == first["time"] == "trước ngày 30/6"
    assert second["time"] == second["time_places"] == first["time_question"] == ""
    assert second["time_question"].endswith("?")


def test_totals(chidao: Call) -> None:
    _, out, _ = chidao("--by", "body", "--format", "json")
    totals = {total["name"]: total for total in json.loads(out)}
    assert totals["Sở Xây dựng"]["complete"] == 1 and totals["Sở Y tế"]["slots"]["time"] == 0
    _, out, _ = chidao("--by", "issuer")
    assert "Lê Văn Nam" in out and "1/2" in out and "50%" in out
    _, out, _ = chidao("--by", "issuer", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(out.removeprefix("\ufeff")))
    assert (row["tasks"], row["person"], row["complete"]) == ("2", "2", "1")


@pytest.mark.parametrize("place", [(), ("in", "--manifest", "manifest.csv")])
def test_filters(chidao: Call, place: tuple[str, ...]) -> None:
    _, out, _ = chidao(*place, "--body", "so y te", "--format", "json")
    (task,) = json.loads(out)
    assert task["lead"][0]["name"] == "Sở Y tế"
    code, out, err = chidao(*place, "--kind", "commitment")
    assert (code, out) == (0, "") and "Không có" in err


def test_limit_counts_all_in_the_sum(chidao: Call) -> None:
    _, out, err = chidao("--limit", "1")
    assert "Sở Y tế" not in out.split("2 nhiệm vụ")[0] and "2 nhiệm vụ: " in out
    assert "--limit" in err


def test_profiles(chidao: Call) -> None:
    _, out, _ = chidao("--profiles", "--format", "json")
    assert "pm-2025" in {profile["name"] for profile in json.loads(out)}
    _, out, _ = chidao("--profiles")
    assert "strategy-2026" in out and "chưa xem bản gốc" in out
    _, out, _ = chidao("--profiles", "--format", "csv", "--lang", "en")
    assert "original not seen" in out


def test_faults(chidao: Call) -> None:
    code, _, err = chidao("--profile", "7-ro")
    assert code == 2 and "pm-2025" in err
    code, _, err = chidao("in", "--db", "outputs/directives.db")
    assert code == 2 and "--db" in err
    code, _, err = chidao("--db", "none.db")
    assert code == 1 and err
    code, out, err = chidao("missing.txt")
    assert (code, out) == (1, "") and "missing.txt" in err
