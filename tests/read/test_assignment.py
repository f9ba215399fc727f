"""Which row of a manifest tells of which report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import ManifestError
from pipeline.read.assignment import KnownReports
from pipeline.read.folder import InputFile
from pipeline.read.manifest import Manifest, parse_manifest


def manifest(folder: Path, text: str, name: str = "manifest.csv") -> Manifest:
    return parse_manifest(text.encode(), name, folder=str((folder / name).parent))


def learned(
    table: Manifest, files: Sequence[InputFile], asked: Sequence[str] = ()
) -> tuple[dict[str, str | None], list[ManifestError]]:
    """The day of each file, and of each path asked for besides, that the manifest tells of; and the problems."""
    known = KnownReports()
    known.learn(table, files, lambda file: (Path(table.folder) / file).exists())
    entries = {path: known.entry(path) for path in (*(file.path for file in files), *asked)}
    assigned = {path: entry.published for path, entry in entries.items() if entry is not None}
    return assigned, [*known.problems, *known.unmet()]


def files(folder: Path, *names: str, top: str = "") -> list[InputFile]:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")
    return [InputFile(path=name, location=str(folder / name), relative=name.removeprefix(top)) for name in names]


def test_path_goes_before_name(folder: Path) -> None:
    table = manifest(folder, "file,published\nx.txt,2023-01-01\nsub/x.txt,2023-01-02\n")
    assigned, problems = learned(table, files(folder, "x.txt", "sub/x.txt"))
    assert assigned == {
        "x.txt": "2023-01-01",
        "sub/x.txt": "2023-01-02",
    }
    assert not problems


def test_a_manifest_elsewhere_tells_by_path_below_the_folder_read_or_by_name(folder: Path) -> None:
    (folder / "else").mkdir()
    table = manifest(folder, "file,published\nsub/x.txt,2023-01-01\ny.txt,2023-01-02\n", "else/m.csv")
    assigned, problems = learned(table, files(folder, "in/sub/x.txt", "in/deep/y.txt", top="in/"))
    assert assigned == {
        "in/sub/x.txt": "2023-01-01",
        "in/deep/y.txt": "2023-01-02",
    }
    assert not problems


def test_a_name_that_fits_several_files_tells_of_none(folder: Path) -> None:
    table = manifest(folder, "file,published\nx.txt,2023-01-01\n")
    assigned, problems = learned(table, files(folder, "a/x.txt", "b/x.txt"))
    assert not assigned
    assert ["fits several files (a/x.txt, b/x.txt)" in problem.problem for problem in problems] == [True]


def test_missing_files(folder: Path) -> None:
    (folder / "there.txt").write_text("x", encoding="utf-8")
    table = manifest(folder, "file,published\nthere.txt,\ngone.txt,\n")
    _, problems = learned(table, [])
    assert [(problem.where, problem.problem) for problem in problems] == [
        ("manifest.csv:3", "gone.txt is named but there is no such file")
    ]


def test_names_match_in_any_normal_form(folder: Path) -> None:
    table = manifest(folder, "file,published\nho\u0323p.txt,2023-01-01\n")
    assigned, _ = learned(table, [InputFile(path="họp.txt", location="họp.txt", relative="họp.txt")])
    assert list(assigned) == ["họp.txt"]


def test_rows_for_what_lies_in_a_file(folder: Path) -> None:
    days = ("t.csv#7,2023-01-01", "sub/a.zip!b/c.txt,2023-01-02", "t.csv#gone,2023-01-03", "no.csv#1,2023-01-04")
    text = "\n".join(("file,published", *days))
    inside = ("t.csv#7", "sub/a.zip!b/c.txt", "t.csv#8")
    assigned, problems = learned(manifest(folder, text), files(folder, "t.csv", "sub/a.zip"), inside)
    assert assigned == {"t.csv#7": "2023-01-01", "sub/a.zip!b/c.txt": "2023-01-02"}
    assert [problem.where for problem in problems] == ["manifest.csv:5", "manifest.csv:4"]


def test_the_row_of_a_container_tells_of_what_lies_in_it(folder: Path) -> None:
    known = KnownReports()
    text = "file,published\na.zip,2023-01-01\n"
    known.learn(manifest(folder, text), files(folder, "a.zip"), lambda file: True)
    entry = known.container_entry("a.zip!b.csv#7")
    assert entry is not None and entry.published == "2023-01-01"
    assert known.container_entry("a.zip") is None
    assert known.container_entry("b!c.txt") is None


def test_the_nearest_manifest_is_learned_first_and_stays(folder: Path) -> None:
    known = KnownReports()
    for day in ("2023-01-01", "2023-01-02"):
        known.learn(manifest(folder, f"file,published\na.txt,{day}\n"), files(folder, "a.txt"), lambda file: True)
    entry = known.entry("a.txt")
    assert entry is not None and entry.published == "2023-01-01"
    assert not known.problems
