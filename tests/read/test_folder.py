"""Which files are read, which are skipped and why, and opening none that could hang."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.errors import UnreadableDocument, UnsupportedFormat
from pipeline.read.folder import Gathering, gather, read_bytes, shown_path


def gathered(*inputs: str) -> Gathering:
    return gather(inputs, suffixes={".txt", ".md"}, manifest_name="manifest.csv", leave_out=Path("outputs"))


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
    fill(folder, "README.md", "a.pdf", "b.txt")
    found = gathered("README.md", "a.pdf", "./b.txt", "missing.txt")
    assert [file.path for file in found.files] == ["README.md", "b.txt"]
    assert [(type(error), error.where) for error in found.errors] == [
        (UnsupportedFormat, "a.pdf"),
        (UnreadableDocument, "missing.txt"),
    ]


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
