"""Which files are read, which are skipped and why, and opening none that could hang."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from pipeline.errors import UnreadableDocument
from pipeline.read.folder import Gathering, gather, read_bytes, shown_path
from pipeline.read.limits import REPORT_LIMIT


def gathered(*inputs: str) -> Gathering:
    return gather(
        inputs,
        suffixes={".txt", ".md"},
        is_report=lambda head, name: head.startswith(b"%PDF"),
        manifest_names=("manifest.csv", "manifest.jsonl"),
        leave_out=Path("outputs"),
        manifest=Path("named.csv"),
    )


def fill(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")


def test_folder_is_read_with_its_sub_folders(folder: Path) -> None:
    fill(folder, "in/b.txt", "in/a.TXT", "in/sub/c.md", "in/manifest.csv", "in/a.json", "in/README.md", "in/.x.txt")
    fill(folder, "in/.git/d.txt")
    found = gathered("in/")
    assert [file.path for file in found.files] == ["in/a.TXT", "in/b.txt", "in/sub/c.md"]
    assert [file.relative for file in found.files] == ["a.TXT", "b.txt", "sub/c.md"]
    assert {skip.path: skip.reason for skip in found.skipped} == {
        "in/.git": "a hidden folder",
        "in/.x.txt": "a hidden file",
        "in/README.md": "a file about the folder, no report",
        "in/a.json": "no reader for this kind of file",
        "in/manifest.csv": "a manifest, no report",
    }
    assert [file.path for file in found.manifests] == ["in/manifest.csv"]
    assert not found.errors


def test_file_named_outright_is_read_or_an_error(folder: Path) -> None:
    fill(folder, "README.md", "a.xyz", "b.txt")
    found = gathered("README.md", "a.xyz", "./b.txt", "missing.txt")
    assert [(file.path, file.named) for file in found.files] == [("README.md", True), ("a.xyz", True), ("b.txt", True)]
    assert [(type(error), error.where) for error in found.errors] == [(UnreadableDocument, "missing.txt")]


def test_a_file_of_another_suffix_is_taken_by_its_content(folder: Path) -> None:
    fill(folder, "in/b.txt", "in/unknown")
    (folder / "in/page").write_bytes(b"%PDF-1.4")
    (folder / "in/named.csv").write_bytes(b"%PDF-1.4")
    os.mkfifo(folder / "in/pipe")
    found = gathered("in")
    assert [(file.path, file.named) for file in found.files] == [
        ("in/b.txt", False), ("in/named.csv", False), ("in/page", False),
    ]  # fmt: skip
    assert [skip.path for skip in found.skipped] == ["in/pipe", "in/unknown"]


def test_the_manifest_that_the_user_names_is_no_report(folder: Path) -> None:
    fill(folder, "named.csv", "a.txt")
    found = gathered(".")
    assert [file.path for file in found.files] == ["a.txt"]
    assert [(skip.path, skip.reason) for skip in found.skipped] == [("named.csv", "a manifest, no report")]


def test_folders_in_one_another_a_thousand_times(folder: Path) -> None:
    deep = folder / "in"
    deep.mkdir()
    handle = os.open(deep, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("d", dir_fd=handle)
        inner = os.open("d", os.O_RDONLY, dir_fd=handle)
        os.close(handle)
        handle = inner
    os.close(os.open("a.txt", os.O_WRONLY | os.O_CREAT, dir_fd=handle))
    os.close(handle)
    found = gathered("in")
    # Removed here, for Python's own removal of folders recurses.
    subprocess.run(["rm", "-rf", "in"], check=True)
    assert [len(file.path) for file in found.files] == [2 + 2 * 1500 + 6]


def test_files_of_two_names_that_are_not_utf8_stay_two(folder: Path) -> None:
    for name in (b"a\xff.txt", b"a\xfe.txt"):
        with open(os.path.join(os.fsencode(folder), name), "wb") as out:
            out.write(b"x")
    assert [file.path for file in gathered(".").files] == ["a\\xfe.txt", "a\\xff.txt"]
    for file in gathered(".").files:
        assert read_bytes(file.location, file.path) == b"x"


def test_a_file_above_the_limit(folder: Path) -> None:
    with open(folder / "a.txt", "wb") as file:
        file.truncate(REPORT_LIMIT + 1)
    with pytest.raises(UnreadableDocument, match="larger than 64 MiB"):
        read_bytes("a.txt", "a.txt")


def test_overlapping_inputs_give_each_file_once(folder: Path) -> None:
    fill(folder, "in/a.txt", "in/README.md")
    found = gathered("in", "in/a.txt", "in/README.md", "./in/", "in")
    assert [file.path for file in found.files] == ["in/README.md", "in/a.txt"]
    assert not found.skipped


def test_the_folder_of_results_is_left_out(folder: Path) -> None:
    fill(folder, "a.txt", "outputs/b.txt")
    found = gathered(".")
    assert [file.path for file in found.files] == ["a.txt"]
    assert [skip.reason for skip in found.skipped] == ["the folder of the results"]


def test_folder_without_reports(folder: Path) -> None:
    (folder / "empty").mkdir()
    fill(folder, "other/a.json")
    found = gathered("empty", "other")
    assert [(error.where, error.problem) for error in found.errors] == [
        ("empty", "the folder holds no report"),
        ("other", "the folder holds no report"),
    ]


def test_links_to_folders_are_not_followed(folder: Path) -> None:
    fill(folder, "in/a.txt")
    (folder / "in/loop").symlink_to(folder / "in")
    found = gathered("in")
    assert [file.path for file in found.files] == ["in/a.txt"]
    assert [skip.reason for skip in found.skipped] == ["a symbolic link to a folder is not followed"]


def test_what_is_no_file_is_an_error_and_never_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    (folder / "dangling.txt").symlink_to("nowhere")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "device.txt").symlink_to("/dev/zero")
    for name in ("pipe.txt", "dangling.txt", "loop.txt", "device.txt", ".", "a\0b.txt"):
        with pytest.raises(UnreadableDocument) as caught:
            read_bytes(name, name)
        assert caught.value.remedy
    assert [file.path for file in gathered(".").files] == ["dangling.txt", "device.txt", "loop.txt", "pipe.txt"]


def test_order_of_inputs_is_irrelevant(folder: Path) -> None:
    fill(folder, "b/x.txt", "a/y.txt", "c.txt")
    assert gathered("b", "c.txt", "a") == gathered("a", "b", "c.txt")


@pytest.mark.parametrize(("path", "shown"), [("./a//b.txt", "a/b.txt"), ("../a.txt", "../a.txt"), ("/x/a", "/x/a")])
def test_shown_path(path: str, shown: str) -> None:
    assert shown_path(path) == shown


def test_file_name_in_another_encoding_is_shown_as_utf8() -> None:
    assert shown_path(os.fsdecode(b"a\xff.txt")).encode("utf-8")
