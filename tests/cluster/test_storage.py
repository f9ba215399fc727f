"""Files by URL: in memory and on the disk alike."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from pipeline.cluster.storage import Storage, is_url, open_location, read_manifest_at
from pipeline.errors import ManifestError, StoreError, UnreadableDocument

pytest.importorskip("fsspec", reason="needs fsspec: pip install chidao[cluster]")


@pytest.fixture(params=["memory", "local"])
def storage(request: pytest.FixtureRequest, tmp_path: Path, memory: object) -> Storage:
    """An empty folder."""
    storage = Storage("memory://results" if request.param == "memory" else str(tmp_path / "results"))
    storage.make()
    return storage


def test_files_are_written_read_and_listed(storage: Storage) -> None:
    storage.below("a").make()
    storage.write("a/two", b"second")
    storage.write("a/one", b"first")
    storage.write("a/one", b"first again")
    assert storage.names("a") == ["one", "two"]
    assert storage.read("a/one") == b"first again"
    assert storage.read("a/two", 1, 4) == b"eco"
    assert storage.exists("a/two") and not storage.exists("a/three")
    assert storage.names("b") == []


def test_files_are_moved_over_others_and_removed(storage: Storage) -> None:
    work = storage.below(".run-1")
    for folder in (storage, work):
        folder.below("a").make()
        folder.write("a/one", folder.location.encode())
    work.write("a/two", b"2")
    work.move(["a/one", "a/two"], storage)
    assert storage.read("a/one") == work.location.encode()
    assert storage.names("a") == ["one", "two"]
    assert work.names("a") == []
    storage.remove(["a/two"])
    assert storage.names("a") == ["one"]
    work.remove_all()
    work.remove_all()
    assert storage.names("") == ["a"]


def test_a_folder_can_be_sent_to_another_process(storage: Storage) -> None:
    storage.write("one", b"1")
    assert pickle.loads(pickle.dumps(storage)).read("one") == b"1"


def test_a_local_folder_is_the_same_from_every_working_folder(folder: Path) -> None:
    assert Storage("results").location == str(folder / "results")


@pytest.mark.parametrize(
    ("location", "url"),
    [("s3://bucket/a", True), ("memory://a", True), ("C:\\articles", False), ("a/b", False), ("/a:b//c", False)],
)
def test_urls_are_told_from_paths(location: str, url: bool) -> None:
    assert is_url(location) is url


def test_storage_of_an_unknown_kind() -> None:
    with pytest.raises(StoreError, match="can't be used"):
        Storage("nowhere://bucket/a").make()


def test_a_file_that_is_not_there(memory: object, tmp_path: Path) -> None:
    for location in ("memory://articles/none.txt", str(tmp_path / "none.txt")):
        with pytest.raises(UnreadableDocument, match="no such file"):
            open_location(location, location)
    with pytest.raises(ManifestError, match="no such file"):
        read_manifest_at("memory://articles/manifest.csv", "manifest.csv")
