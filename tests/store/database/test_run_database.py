"""The database as one of the results of a run over many files."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from pipeline import batch
from pipeline.errors import StoreError
from pipeline.records import RunRecord
from pipeline.store.database import open_database
from pipeline.store.database.checks import check
from pipeline.store.database.run_database import RunDatabase
from pipeline.store.database.tables import FAILURE, RUN, RUN_READING, TASK
from tests.line_extraction import extract_lines
from tests.store.database.documents import STARTED, TEXT


def run(folder: Path, database: str | Path, *, force: bool = False) -> RunRecord:
    with RunDatabase(database, started=STARTED) as opened:
        return batch.run(
            [str(folder / "in")],
            out_dir=folder / "out",
            started=STARTED,
            extract=extract_lines,
            database=opened,
            force=force,
        )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("pipeline.store.database.run_database.GROUP", 8)
    (tmp_path / "in").mkdir()
    for number in range(20):
        (tmp_path / "in" / f"{number}.txt").write_text(f"Bài {number}\n{TEXT}Số {number * 7919}.\n", encoding="utf-8")
    (tmp_path / "in" / "broken.txt").write_bytes(b"")
    return tmp_path


def rows(address: str | Path, query: object) -> list[tuple[object, ...]]:
    with open_database(address) as database, database.reading() as connection:
        return [tuple(row) for row in connection.execute(query)]  # type: ignore[call-overload]


def test_what_a_run_reads_is_stored(folder: Path) -> None:
    file = folder / "out" / "directives.db"
    record = run(folder, file)
    ((event, counts, finished),) = rows(file, select(RUN.c.event, RUN.c.counts, RUN.c.finished))
    assert event == 1
    assert finished is not None
    assert isinstance(counts, dict) and counts["reports"] == record.counts.reports
    assert len(rows(file, select(RUN_READING))) == record.counts.reports
    assert len(rows(file, select(TASK))) == record.counts.tasks
    failed = rows(file, select(FAILURE.c.kind, FAILURE.c.path))
    assert len(failed) == len(record.failures) + len(record.skipped) + len(record.problems)
    with open_database(file) as database:
        assert list(check(database)) == []


def test_a_run_over_unchanged_files_is_not_stored_again(folder: Path) -> None:
    file = folder / "out" / "directives.db"
    run(folder, file)
    run(folder, file)
    assert len(rows(file, select(RUN))) == 1
    tasks = rows(file, select(TASK.c.id).order_by(TASK.c.id))
    run(folder, file, force=True)
    assert len(rows(file, select(RUN))) == 2
    assert rows(file, select(TASK.c.id).order_by(TASK.c.id)) == tasks


def test_another_database_is_filled_though_nothing_is_new(folder: Path) -> None:
    first = run(folder, folder / "out" / "directives.db")
    run(folder, folder / "other.db")
    assert len(rows(folder / "other.db", select(RUN_READING))) == first.counts.reports


def test_a_wrong_address_is_told_before_the_work(folder: Path) -> None:
    with pytest.raises(StoreError):
        run(folder, "postgresql+psycopg://nobody@/none?host=/nowhere")
    assert not (folder / "out").exists()
