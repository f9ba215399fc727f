"""What is put by is found again, whatever ends the process."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from pipeline.errors import StoreError
from pipeline.store.ledger import Ledger, StoredReading, WrittenFile

READING = StoredReading(b"report", b"sketch")


def test_found_again(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        assert not ledger.has_reading(b"a")
        ledger.put_reading(b"a", READING)
        ledger.put_extraction(b"b", b"extraction")
        assert ledger.has_reading(b"a") and not ledger.has_extraction(b"a")
    with Ledger(tmp_path) as ledger:
        assert ledger.has_reading(b"a")
        assert ledger.reading(b"a") == READING
        assert ledger.extraction(b"b") == b"extraction"
        with pytest.raises(KeyError):
            ledger.reading(b"b")
        with pytest.raises(KeyError):
            ledger.extraction(b"a")


def test_what_a_run_no_longer_uses_is_dropped_at_its_end(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        for key in (b"a", b"b", b"c"):
            ledger.put_reading(key, READING)
        ledger.finish([], None)
    with Ledger(tmp_path) as ledger:
        # Used, made anew, and not asked for.
        assert ledger.has_reading(b"a")
        ledger.put_reading(b"b", READING)
    with Ledger(tmp_path) as ledger:
        assert ledger.has_reading(b"c"), "a run that was broken off drops nothing"
        assert ledger.has_reading(b"b")
        ledger.finish([], None)
        assert [ledger.has_reading(key) for key in (b"a", b"b", b"c")] == [False, True, True]


def test_files_and_fingerprint_of_the_last_run(tmp_path: Path) -> None:
    files = [WrittenFile("json/a.json", b"digest", 1, 2), WrittenFile("tasks.csv", b"", 3, 1 << 62)]
    with Ledger(tmp_path) as ledger:
        assert ledger.fingerprint() is None
        ledger.finish(files, b"x")
    with Ledger(tmp_path) as ledger:
        assert sorted(ledger.written_files()) == files
        assert ledger.written_file("tasks.csv") == files[1]
        assert ledger.written_file("none") is None
        assert ledger.fingerprint() == b"x"
        ledger.finish(files[:1], None)
        assert ledger.fingerprint() is None
        ledger.clear()
        assert not list(ledger.written_files())


def test_one_run_at_a_time(tmp_path: Path) -> None:
    with Ledger(tmp_path / ".work"):
        with pytest.raises(StoreError, match="another run") as caught:
            Ledger(tmp_path / ".work")
        assert caught.value.where == str(tmp_path)
    with Ledger(tmp_path / ".work"):
        pass


@pytest.mark.parametrize("data", [b"no database at all" * 99, b"", b"SQLite format 3\0" + bytes(200)])
def test_a_damaged_ledger_is_begun_anew(tmp_path: Path, data: bytes) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.put_reading(b"a", READING)
    (tmp_path / "ledger.sqlite").write_bytes(data)
    with Ledger(tmp_path) as ledger:
        assert not ledger.has_reading(b"a")
        ledger.put_reading(b"a", READING)
        assert ledger.reading(b"a") == READING


def test_a_ledger_of_another_form_is_begun_anew(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "ledger.sqlite")
    database.execute("CREATE TABLE readings (other TEXT)")
    database.execute("PRAGMA user_version = 99")
    database.close()
    with Ledger(tmp_path) as ledger:
        ledger.put_reading(b"a", READING)


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError) as caught:
        Ledger(tmp_path / "file" / ".work")
    assert "--out" in caught.value.remedy
