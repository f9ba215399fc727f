"""`chidao export`: arguments, exit codes, and which words go where."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline import cli
from pipeline.store.exports.formats import FORMATS
from pipeline.store.json_files import write_document
from tests.store.exports.made_documents import make_documents

DOCUMENTS = make_documents(30)


@pytest.fixture
def results(folder: Path) -> Path:
    for document in DOCUMENTS:
        write_document(document, folder / "outputs/json" / f"{document.document.id}.json")
    return folder / "outputs"


def chidao(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


@pytest.mark.parametrize("format_", [it.name for it in FORMATS])
def test_every_format(format_: str, results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    suffix = next(it.suffix for it in FORMATS if it.name == format_)
    assert chidao("export", "--format", format_) == 0
    assert (results / f"export{suffix}").stat().st_size > 0
    printed = capsys.readouterr()
    assert "Đã xuất" in printed.out and f"export{suffix}" in printed.out
    assert ("không có thời hạn" in printed.out) == (format_ == "ics")
    assert printed.err == ""


def test_columns_and_place(results: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert chidao("export", "outputs", "--columns", "all", "--out", "here/a.csv", "--lang", "en") == 0
    assert capsys.readouterr().out == "30 tasks exported\nResults: here/a.csv\n"
    with (folder / "here/a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 30


def test_no_results(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert chidao("export", "none") != 0
    assert "none: thư mục không có kết quả nào" in capsys.readouterr().err
    assert not (folder / "none").exists()


def test_what_is_no_format(results: Path) -> None:
    assert chidao("export", "--format", "doc") == 2


def test_filters(results: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a folder without a database."""
    assert chidao("export", "--kind", "proposal", "--columns", "all", "--out", "a.csv") == 0
    capsys.readouterr()
    with (folder / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        kinds = [line["kind"] for line in csv.DictReader(file)]
    told = [directive.kind for document in DOCUMENTS for directive in document.directives]
    assert kinds == ["proposal"] * told.count("proposal") != []
    assert chidao("export", "--due-before", "khi nào") == 2


def test_a_database(results: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from pipeline.store.database import open_database, store

    with open_database(folder / "other.db") as database:
        store(database, DOCUMENTS[:1], started="2026-03-02T08:00:00+07:00")
    assert chidao("export", "--db", "other.db", "--format", "jsonl", "--lang", "en") == 0
    assert capsys.readouterr().out.startswith("10 tasks exported\n")
    assert chidao("export", "--db", "none.db") == 1
