"""What a manifest says, of which file, and what is wrong in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ManifestError
from pipeline.read.manifest import Manifest, make_entry, parse_day, read_manifest


def manifest(folder: Path, text: str, name: str = "manifest.csv") -> Manifest:
    (folder / name).write_text(text, encoding="utf-8", newline="")
    return read_manifest(folder / name, name)


@pytest.mark.parametrize(
    "head", ["\ufefffile,published,title\r\n", "File, Published ,title\n", "file,title,published\n"]
)
def test_rows(folder: Path, head: str) -> None:
    row = "a.txt,Họp,2023-06-08\n" if head.startswith("file,title") else "a.txt,2023-06-08,Họp\n"
    table = manifest(folder, head + row)
    assert not table.problems
    assert [(e.file, e.published, e.title, e.url) for e in table.entries] == [("a.txt", "2023-06-08", "Họp", None)]


def test_semicolons_of_a_spreadsheet(folder: Path) -> None:
    table = manifest(folder, "file;published;title\na.txt;2023-06-08;Một, hai\n")
    assert [(e.published, e.title) for e in table.entries] == [("2023-06-08", "Một, hai")]


def test_wrong_rows_are_told_with_their_lines(folder: Path) -> None:
    table = manifest(
        folder,
        "file,published\na.txt,08/06/2023\nb.txt,2023-02-30\n,2023-01-01\nc.txt,\nc.txt,2023-01-01\nd.txt,2023-01-01,x\n",
    )
    assert [entry.file for entry in table.entries] == ["c.txt"]
    assert [problem.where.rpartition(":")[2] for problem in table.problems] == ["2", "3", "4", "6", "7"]
    assert "'08/06/2023' is no day" in table.problems[0].problem
    assert "2023-06-08" in table.problems[0].remedy
    assert "first in line 5" in table.problems[3].problem


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("published\n2023-01-01\n", "no column file"),
        ("file,date\na,b\n", "no column published"),
        ("", "no column file, published"),
        ('file,published\n"a.txt,2023-01-01\n', "no CSV table"),
    ],
)
def test_unusable_as_a_whole(folder: Path, text: str, problem: str) -> None:
    with pytest.raises(ManifestError, match=problem) as caught:
        manifest(folder, text)
    assert caught.value.where.startswith("manifest.csv")
    assert caught.value.remedy


def test_unreadable(folder: Path) -> None:
    (folder / "bad.csv").write_bytes(b"file,published\n\xff")
    for name in ("bad.csv", "missing.csv", "."):
        with pytest.raises(ManifestError):
            read_manifest(folder / name)


def test_json_lines(folder: Path) -> None:
    rows = [
        '{"file": "a.txt", "Published": "2023-06-08", "title": "Họp", "other": 1}',
        "",
        '{"file": "b.txt", "published": null}',
        '{"file": "c.txt"}',
        '{"file": "d.txt", "published": "8/6/2023"}',
        '["e.txt"]',
        "{",
        '{"file": "a.txt", "published": "2023-06-09"}',
    ]
    table = manifest(folder, "\n".join(rows), "manifest.jsonl")
    assert [(e.file, e.published, e.title, e.line) for e in table.entries] == [
        ("a.txt", "2023-06-08", "Họp", 1), ("b.txt", None, None, 3), ("c.txt", None, None, 4),
    ]  # fmt: skip
    assert [problem.where for problem in table.problems] == [f"manifest.jsonl:{line}" for line in (5, 6, 7, 8)]


def test_the_id_of_a_row_stays_as_it_is(folder: Path) -> None:
    table = manifest(folder, "file,published\n./in\\a.csv#https://x//y\\z,2023-06-08\n")
    assert [entry.file for entry in table.entries] == ["in/a.csv#https://x//y\\z"]


@pytest.mark.parametrize("text", ["2023-6-8", "20230608", "2023-W01-1", "08/06/2023", "2023-02-30", "", "0000-01-01"])
def test_what_is_no_day(text: str) -> None:
    assert parse_day(text) is None
    with pytest.raises(ManifestError):
        make_entry(file="a.txt", published=text)
