"""What `chidao check` finds: nothing in a sound database, and each kind of damage."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from pipeline.errors import StoreError
from pipeline.store.database import Database, RunWriter, open_database, store
from pipeline.store.database.backup import back_up
from pipeline.store.database.checks import check, status_after, unfinished_runs
from pipeline.store.review.corrections import Correction
from pipeline.store.review.reviewing import Reviewer, Signature
from tests.store.database.documents import STARTED, TEXT, make_document, numbered, with_id_of

AT = datetime.datetime(2026, 3, 4, tzinfo=datetime.UTC)


@pytest.fixture
def filled(database: Database) -> Database:
    """A database with two runs and a review."""
    document = make_document()
    store(database, [document, numbered(1)], started=STARTED)
    longer = with_id_of(make_document("Tin\n" + TEXT), document)
    store(database, [longer], started="2026-03-03T08:00:00+07:00")
    with database.writing() as connection:
        task = connection.execute(text("SELECT MIN(id) FROM task")).scalar_one()
        Reviewer(connection, Signature(reviewer="Hoa", at=AT)).edit(task, Correction(lead=()))
    return database


def test_a_sound_database_has_no_faults(filled: Database) -> None:
    assert list(check(filled)) == []


@pytest.mark.parametrize(
    ("damage", "kind"),
    [
        ("UPDATE text SET content = content || '.' WHERE key = (SELECT MIN(key) FROM text)", "text"),
        ("UPDATE evidence SET exact = 'khác' WHERE key = (SELECT MIN(key) FROM evidence)", "evidence"),
        ("UPDATE evidence SET start_offset = start_offset + 1 WHERE key = (SELECT MAX(key) FROM evidence)", "evidence"),
        ("UPDATE task SET id = '0123456789ab' WHERE key = (SELECT MIN(key) FROM task)", "id"),
        ("UPDATE directive SET id = '0123456789ab' WHERE key = (SELECT MIN(key) FROM directive)", "id"),
        ("UPDATE deadline SET last_day = '2023-07-01'", "state"),
        ("UPDATE task_state SET action = 'khác' WHERE key = (SELECT MAX(key) FROM task_state)", "state"),
        ("UPDATE task_body SET name = 'Sở Khác' WHERE role = 'lead'", "state"),
        ("DELETE FROM task_body", "state"),
        ("DELETE FROM deadline", "state"),
        ("UPDATE directive SET issuer_body = 'Sở Khác'", "state"),
        ("UPDATE task_state SET current = (1 = 0) WHERE key = (SELECT MAX(key) FROM task_state)", "history"),
        ("UPDATE task_state SET until = NULL WHERE until IS NOT NULL", "history"),
        ("UPDATE reading SET until = 2 WHERE until IS NULL AND since = 1", "reading"),
        ("DELETE FROM run_reading", "reading"),
        ("UPDATE task SET status = 'accepted'", "review"),
        ("UPDATE task SET status = 'rejected' WHERE status = 'edited'", "review"),
        ("UPDATE key_block SET next = 1", "key"),
    ],
)
def test_damage_is_found(filled: Database, damage: str, kind: str) -> None:
    with filled.writing() as connection:
        assert connection.execute(text(damage)).rowcount > 0
    assert kind in {fault.kind for fault in check(filled)}


def test_rows_that_point_to_nothing_are_found(tmp_path: Path) -> None:
    with open_database(tmp_path / "x.db") as database:
        store(database, [make_document()], started=STARTED)
        # A program that knows nothing of foreign keys.
        other = sqlite3.connect(tmp_path / "x.db")
        other.execute("DELETE FROM evidence WHERE key = (SELECT MIN(key) FROM evidence)")
        other.commit()
        other.close()
        kinds = {fault.kind for fault in check(database)}
    assert "orphan" in kinds


def test_a_damaged_file_is_found_or_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.db"
    with open_database(file) as database:
        store(database, map(numbered, range(30)), started=STARTED)
    data = bytearray(file.read_bytes())
    half = len(data) // 2
    data[half : half + 20_000] = b"\xff" * 20_000
    file.write_bytes(data)
    try:
        with open_database(file) as database:
            assert list(check(database))
    except StoreError as error:
        assert "malformed" in str(error)


def test_unfinished_runs_are_told(database: Database) -> None:
    writer = RunWriter(database, started=STARTED)
    with database.reading() as connection:
        assert [run for run, _ in unfinished_runs(connection)] == [1]
    writer.close()
    with database.reading() as connection:
        assert unfinished_runs(connection) == []


def test_the_status_after_reviews() -> None:
    assert status_after([]) == "unreviewed"
    assert status_after(["add", "accept"]) == "edited"
    assert status_after(["edit", "reject", "accept"]) == "accepted"


def test_a_backup_is_the_database_at_a_moment(tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "x.db"
    with open_database(tmp_path / "x.db") as database, RunWriter(database, started=STARTED) as writer:
        writer.add(make_document())
        # In the midst of a run, and while another reads.
        with database.reading():
            size = back_up(database, copy)
        writer.add(numbered(1))
    assert copy.stat().st_size == size
    assert [path.name for path in copy.parent.iterdir()] == ["x.db"]
    with open_database(copy) as database, database.reading() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM report")).scalar_one() == 1
        assert list(check(database)) == []


def test_a_backup_replaces_nothing(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("keep me", encoding="utf-8")
    with open_database(tmp_path / "x.db") as database, pytest.raises(StoreError, match="file of this name"):
        back_up(database, file)
    assert file.read_text(encoding="utf-8") == "keep me"


def test_a_backup_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.store.database.backup._flush", full)
    folder = tmp_path / "copies"
    with open_database(tmp_path / "x.db") as database, pytest.raises(StoreError, match="No space left"):
        back_up(database, folder / "x.db")
    assert list(folder.iterdir()) == []


def test_a_backup_of_postgresql_is_its_own_affair(new_address: Callable[[], str], tmp_path: Path) -> None:
    with open_database(new_address()) as database:
        if database.dialect == "postgresql":
            with pytest.raises(StoreError, match="its own program"):
                back_up(database, tmp_path / "copy.db")
        else:
            assert back_up(database, tmp_path / "copy.db") > 0
