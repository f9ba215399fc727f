"""Which files of a store are reports: by the rules for folders of a disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline.cluster.listing import list_files
from pipeline.read.folder import Gathering
from pipeline.read.manifest import MANIFEST_NAMES
from pipeline.read.readers import readable_suffixes
from pipeline.read.sources import is_report

Memory = Callable[[dict[str, bytes]], str]
FILES = {
    "a.txt": "Chủ tịch yêu cầu báo cáo.".encode(),
    "2023/b.txt": b"b",
    "2023/manifest.csv": b"file,published\nb.txt,2023-06-08\n",
    "2023/page": b"<!DOCTYPE html><html><body><p>a</p></body></html>",
    "README.md": b"about",
    ".hidden/c.txt": b"c",
    ".hidden/d/e.txt": b"e",
    "picture.bin": b"\x00\x01\x02",
    "results/old.txt": b"old",
}


def listed(inputs: list[str], leave_out: str) -> Gathering:
    return list_files(
        inputs,
        suffixes=readable_suffixes(),
        is_report=is_report,
        manifest_names=MANIFEST_NAMES,
        leave_out=leave_out,
    )


def test_a_store_is_listed_as_a_disk_is(memory: Memory, folder: Path) -> None:
    url = memory(FILES)
    for name, data in FILES.items():
        location = folder / "articles" / name
        location.parent.mkdir(parents=True, exist_ok=True)
        location.write_bytes(data)
    stored = listed([url], f"{url}/results")
    local = listed(["articles"], "articles/results")
    below = len(url) - len("articles")
    assert [file.path[below:] for file in stored.files] == [file.path for file in local.files]
    assert [file.relative for file in stored.files] == [file.relative for file in local.files]
    assert [(skip.path[below:], skip.reason) for skip in stored.skipped] == [
        (skip.path, skip.reason) for skip in local.skipped
    ]
    assert [file.path[below:] for file in stored.manifests] == [file.path for file in local.manifests]
    assert not stored.errors and not local.errors
    assert len(stored.files) == 3 and len(stored.skipped) == 5


def test_a_file_named_by_its_url_is_taken(memory: Memory) -> None:
    url = memory(FILES)
    gathering = listed([f"{url}/picture.bin", f"{url}/a.txt", f"{url}/none.txt"], "results")
    assert [(file.path, file.named) for file in gathering.files] == [
        (f"{url}/a.txt", True), (f"{url}/picture.bin", True),
    ]  # fmt: skip
    assert [error.where for error in gathering.errors] == [f"{url}/none.txt"]


def test_a_folder_without_reports(memory: Memory) -> None:
    url = memory({"picture.bin": b"\x00"})
    gathering = listed([url], "results")
    assert [str(error).partition(".")[0] for error in gathering.errors] == [f"{url}: the folder holds no report"]


def test_local_files_are_opened_from_any_working_folder(folder: Path) -> None:
    (folder / "a.txt").write_text("a", encoding="utf-8")
    (file,) = listed(["a.txt"], "results").files
    assert (file.path, file.location) == ("a.txt", str(folder / "a.txt"))
