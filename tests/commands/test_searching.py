"""The commands that ask the database: what they print, and their exit codes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import cli
from pipeline.store.database import open_database, store
from tests.store.database.searched import asking

TEXT = "Chủ tịch Lê An yêu cầu Sở Y tế đẩy nhanh chuyển đổi số trước ngày 30/6."
EVIL = "Chủ tịch Lê An giao =HYPERLINK(x) cho Sở Y tế [bold]."
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def chidao(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """The command, in a folder with a database of two tasks."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    work = "Sở Y tế đẩy nhanh chuyển đổi số trước ngày 30/6"
    documents = [
        asking(TEXT, work, lead=[("Sở Y tế", None)], person="Lê An", by=("trước ngày 30/6", "2023-06-29", None)),
        asking(EVIL, "=HYPERLINK(x) cho Sở Y tế [bold]", lead=[("Sở Y tế", None)], person="Lê An", title="Tin hai"),
    ]
    with open_database("outputs/directives.db") as database:
        store(database, documents, started="2024-01-01T08:00:00+07:00")

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stopped:
            cli.main(arguments)
        printed = capsys.readouterr()
        assert isinstance(stopped.value.code, int)
        return stopped.value.code, printed.out, printed.err

    return call


def test_search(chidao: Call) -> None:
    code, out, err = chidao("search", "chuyen doi so")
    assert (code, err) == (0, "")
    for words in ("chuyển đổi số", "Sở Y tế", "2023-06-29", "2023-06-08"):
        assert words in out


def test_search_as_json(chidao: Call) -> None:
    filters = ("--body", "so y te", "--overdue-on", "2023-07-01")
    code, out, _ = chidao("search", '"chuyển đổi số"', *filters, "--format", "json")
    (hit,) = json.loads(out)
    assert (code, hit["match"], hit["phrase"], hit["within"]) == (0, "exact", True, "task")
    start, end = hit["snippet"]["marks"][0]
    assert hit["snippet"]["text"][start:end] == "chuyển đổi số"
    assert TEXT[hit["task"]["start"] : hit["task"]["end"]] == hit["task"]["task"]
    assert hit["report"]["published"] == "2023-06-08"


def test_search_as_csv(chidao: Call) -> None:
    _, out, _ = chidao("search", "chuyen doi so", "--format", "csv")
    assert out.startswith("\ufeff")
    (row,) = csv.DictReader(io.StringIO(out.removeprefix("\ufeff")))
    assert row["snippet"] == "Sở Y tế đẩy nhanh «chuyển đổi số» trước ngày 30/6"
    assert (row["match"], row["lead"], row["deadline_end"]) == ("folded", "Sở Y tế", "2023-06-29")


def test_tasks(chidao: Call) -> None:
    code, out, err = chidao("tasks", "--issuer", "Lê An")
    assert code == 0 and err == ""
    assert "[bold]" in out and "Tin hai" in out
    _, out, err = chidao("tasks", "--limit", "1", "--format", "json", "--lang", "en")
    assert len(json.loads(out)) == 1
    assert "first 1" in err
    _, out, _ = chidao("tasks", "--without-deadline", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(out.removeprefix("\ufeff")))
    assert row["task"] == "'=HYPERLINK(x) cho Sở Y tế [bold]"


def test_body_and_person(chidao: Call) -> None:
    _, out, _ = chidao("body", "so y te", "--format", "json")
    assert len(json.loads(out)) == 2
    code, out, err = chidao("body", "Bộ NN&MT")
    assert code == 0 and "Bộ Tài nguyên và Môi trường (… – 2025-02-28)" in out and "Không có kết quả" in err
    assert "Danh mục cơ quan không có" in chidao("body", "Công ty lạ")[2]
    _, out, _ = chidao("person", "LE AN", "--due-before", "2023-07-01", "--format", "json")
    assert len(json.loads(out)) == 1


def test_nothing_found(chidao: Call) -> None:
    code, out, err = chidao("search", "xyz")
    assert (code, out) == (0, "") and "Không có kết quả" in err
    assert json.loads(chidao("tasks", "--kind", "proposal", "--format", "json")[1]) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("search",),
        ("search", "…"),
        ("search", "a", "--due-before", "30/6"),
        ("search", "a", "--province", "Atlantis"),
        ("search", "a", "--format", "xml"),
        ("search", "a", "--kind", "wish"),
        ("search", "a", "--limit", "-1"),
        ("body", "?"),
        ("person",),
    ],
)
def test_wrong_use(chidao: Call, arguments: tuple[str, ...]) -> None:
    code, out, err = chidao(*arguments)
    assert (code, out) == (2, "") and err


def test_no_database(chidao: Call) -> None:
    code, out, err = chidao("search", "a", "--db", "none.db")
    assert (code, out) == (1, "") and "none.db" in err
    assert not Path("none.db").exists()
