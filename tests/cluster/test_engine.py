"""A run on a scheduler gives what a run on this machine gives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline import batch
from pipeline.batch import RunOptions
from pipeline.cluster import engine
from pipeline.cluster.storage import Storage
from pipeline.errors import ClusterError, StoreError
from pipeline.records import RunRecord
from tests.cluster.articles import documents, mixed_files, recorded, report, rows, write_files

pytest.importorskip("distributed", reason="needs Dask: pip install chidao[cluster]")
Memory = Callable[[dict[str, bytes]], str]


def run(scheduler: str, inputs: list[str], out: str, **changed: Any) -> RunRecord:
    return engine.run(inputs, out=out, scheduler=scheduler, started="", part=changed.pop("part", 4), **changed)


def run_here(inputs: list[str], out: Path, options: RunOptions) -> None:
    batch.run(inputs, out_dir=out, started="", options=options)


@pytest.mark.parametrize("keep_duplicates", [False, True])
def test_the_same_records_as_on_one_machine(scheduler: str, folder: Path, keep_duplicates: bool) -> None:
    write_files(folder / "articles", mixed_files())
    options = RunOptions(format="parquet", keep_duplicates=keep_duplicates)
    record = run(scheduler, ["articles"], "spread", options=options)
    run_here(["articles"], folder / "here", options)
    spread, here = Storage("spread"), Storage("here")
    assert documents(spread) == documents(here)
    assert recorded(spread) == recorded(here)
    assert rows(spread, "tasks") == rows_of_tasks(folder / "here")
    assert record.counts.failures >= 3 and record.counts.problems == 2
    assert bool(record.duplicates) is bool(record.revised) is not keep_duplicates


def rows_of_tasks(out: Path) -> list[dict[str, object]]:
    from pyarrow import parquet

    found: list[dict[str, object]] = parquet.read_table(out / "tasks.parquet").to_pylist()
    return found


def test_articles_in_a_store(scheduler: str, memory: Memory, folder: Path) -> None:
    files = mixed_files()
    write_files(folder / "articles", files)
    run(scheduler, ["articles"], "local")
    record = run(scheduler, [memory(files)], "memory://results/june")
    stored = Storage("memory://results/june")
    assert [path.replace("memory://", "") for path in paths(stored)] == paths(Storage("local"))
    assert len(paths(stored)) == record.counts.reports > 15
    assert record.manifests == ("memory://articles/packed.zip!manifest.csv", "memory://articles/versions/manifest.jsonl")
    assert stored.names("") == ["documents", "run.json", "tasks"]


def paths(storage: Storage) -> list[str]:
    return [str(row["path"]) for row in rows(storage, "documents")]


def test_the_manifest_that_the_user_names(scheduler: str, memory: Memory) -> None:
    url = memory({"a.txt": report(1).encode(), "days.csv": b"file,published\na.txt,2023-06-08\n"})
    run(scheduler, [url], "memory://results", manifest=f"{url}/days.csv")
    assert [row["published"] for row in rows(Storage("memory://results"), "documents")] == ["2023-06-08"]


def test_the_same_bytes_again_and_nothing_left_of_a_larger_run(scheduler: str, folder: Path) -> None:
    write_files(folder / "articles", {f"{number}.txt": report(number).encode() for number in range(10)})
    run(scheduler, ["articles"], "out", part=3)
    first = contents(folder / "out")
    assert Storage("out").names("documents") == [f"part-0000{number}.parquet" for number in range(4)]
    run(scheduler, ["articles"], "out", part=3)
    assert contents(folder / "out") == first
    for number in range(5):
        (folder / f"articles/{number}.txt").unlink()
    (folder / "out/documents/notes.txt").write_text("mine", encoding="utf-8")
    run(scheduler, ["articles"], "out", part=3)
    assert Storage("out").names("documents") == ["notes.txt", "part-00000.parquet", "part-00001.parquet"]
    assert len(documents(Storage("out"))) == 5


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "run.json")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_progress_is_told(scheduler: str, folder: Path) -> None:
    write_files(folder / "articles", {f"{number}.txt": report(number).encode() for number in range(5)})
    told: list[tuple[str, int, int]] = []
    run(scheduler, ["articles"], "out", part=2, progress=lambda *step: told.append(step))
    assert told[0] == ("reading", 0, 5) and ("reading", 5, 5) in told
    assert told[-1] == ("extracting", 5, 5)
    assert told == sorted(told, key=lambda step: (step[0] != "reading", step[1]))


def test_no_scheduler(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.cluster.scheduler._CONNECT_SECONDS", 1)
    with pytest.raises(ClusterError, match="there is no scheduler"):
        run("tcp://127.0.0.1:9", ["articles"], "out")
    assert not (folder / "out").exists()


def test_another_program_on_a_worker(scheduler: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(folder / "articles", {"a.txt": report(1).encode()})
    monkeypatch.setattr("pipeline.cluster.versions.rules_version", iter([b"mine"] + 9 * [b"theirs"]).__next__)
    with pytest.raises(ClusterError, match=r"another program .* \(its files differ\)"):
        run(scheduler, ["articles"], "out")
    assert not any((folder / "out").iterdir())


def test_results_that_cant_be_written(scheduler: str, folder: Path) -> None:
    (folder / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(StoreError, match="can't be written"):
        run(scheduler, ["articles"], "out")


def test_storage_that_fails_now_and_then(scheduler: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(folder / "articles", {f"{number}.txt": report(number).encode() for number in range(6)})
    write = Storage.write
    failed: set[str] = set()

    def write_at_the_second_try(self: Storage, name: str, data: bytes) -> None:
        if name not in failed and name != "run.json":
            failed.add(name)
            raise OSError("the store is busy")
        write(self, name, data)

    monkeypatch.setattr(Storage, "write", write_at_the_second_try)
    run(scheduler, ["articles"], "out", part=2)
    assert len(documents(Storage("out"))) == 6
    assert len(failed) > 6


def test_storage_that_always_fails(scheduler: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(folder / "articles", {"a.txt": report(1).encode()})

    def fail(self: Storage, name: str, data: bytes) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(Storage, "write", fail)
    with pytest.raises(ClusterError, match="the disk is full"):
        run(scheduler, ["articles"], "out")
