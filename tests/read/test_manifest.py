"""What a manifest says, of which file, and what is wrong in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ManifestError
from pipeline.read.folder import InputFile
from pipeline.read.manifest import Manifest, assign, make_entry, parse_day, read_manifest


def manifest(folder: Path, text: str, name: str = "manifest.csv") -> Manifest:
    (folder / name).write_text(text, encoding="utf-8", newline="")
    return read_manifest(folder / name, name)


def files(folder: Path, *names: str, top: str = "") -> list[InputFile]:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")
    return [InputFile(path=name, location=str(folder / name), relative=name.removeprefix(top)) for name in names]


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


def test_path_goes_before_name(folder: Path) -> None:
    table = manifest(folder, "file,published\nx.txt,2023-01-01\nsub/x.txt,2023-01-02\n")
    assigned, problems = assign(table, files(folder, "x.txt", "sub/x.txt"))
    assert {path: entry.published for path, entry in assigned.items()} == {
        "x.txt": "2023-01-01",
        "sub/x.txt": "2023-01-02",
    }
    assert not problems


def test_a_manifest_elsewhere_tells_by_path_below_the_folder_read_or_by_name(folder: Path) -> None:
    (folder / "else").mkdir()
    table = manifest(folder, "file,published\nsub/x.txt,2023-01-01\ny.txt,2023-01-02\n", "else/m.csv")
    assigned, problems = assign(table, files(folder, "in/sub/x.txt", "in/deep/y.txt", top="in/"))
    assert {path: entry.published for path, entry in assigned.items()} == {
        "in/sub/x.txt": "2023-01-01",
        "in/deep/y.txt": "2023-01-02",
    }
    assert not problems


def test_a_name_that_fits_several_files_tells_of_none(folder: Path) -> None:
    table = manifest(folder, "file,published\nx.txt,2023-01-01\n")
    assigned, problems = assign(table, files(folder, "a/x.txt", "b/x.txt"))
    assert not assigned
    assert ["fits several files (a/x.txt, b/x.txt)" in problem.problem for problem in problems] == [True]


def test_missing_files(folder: Path) -> None:
    (folder / "there.txt").write_text("x", encoding="utf-8")
    table = manifest(folder, "file,published\nthere.txt,\ngone.txt,\n")
    _, problems = assign(table, [])
    assert [(problem.where, problem.problem) for problem in problems] == [
        ("manifest.csv:3", "gone.txt is named but there is no such file")
    ]


def test_names_match_in_any_normal_form(folder: Path) -> None:
    table = manifest(folder, "file,published\nho\u0323p.txt,2023-01-01\n")
    assigned, _ = assign(table, [InputFile(path="họp.txt", location="họp.txt", relative="họp.txt")])
    assert list(assigned) == ["họp.txt"]


@pytest.mark.parametrize("text", ["2023-6-8", "20230608", "2023-W01-1", "08/06/2023", "2023-02-30", "", "0000-01-01"])
def test_what_is_no_day(text: str) -> None:
    assert parse_day(text) is None
    with pytest.raises(ManifestError):
        make_entry(file="a.txt", published=text)
