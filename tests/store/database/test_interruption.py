"""A run that is killed, two runs at once, a database that is busy: nothing is half stored, nothing is lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from pipeline.errors import StoreError
from pipeline.store.database import Database, engine, open_database, store
from pipeline.store.database.checks import check
from pipeline.store.database.history import runs
from tests.store.database.documents import STARTED, numbered
from tests.store.database.loading import write_documents

ROOT = Path(__file__).parents[3]
KILLS = 20
DOCUMENTS = KILLS * 300


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with numbered documents: what reads them needn't make them."""
    location = tmp_path_factory.mktemp("documents") / "documents.jsonl"
    write_documents(map(numbered, range(DOCUMENTS)), location)
    return location


def start(address: str, file: Path, first: int, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.store.database.loading", address, str(file), str(first), str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def stored(database: Database) -> dict[str, int]:
    """How many tasks each report has, by its path."""
    sql = (
        "SELECT reading.path, COUNT(DISTINCT task.key) FROM report JOIN reading ON reading.report = report.key "
        "LEFT JOIN task ON task.report = report.key GROUP BY reading.path"
    )
    with database.reading() as connection:
        return {path: count for path, count in connection.execute(text(sql))}


@pytest.fixture
def loader() -> Iterator[subprocess.Popen[str]]:
    """A process whose children load, one after the other, as lines of its input say."""
    command = [sys.executable, "-m", "tests.store.database.loading"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def test_killed_while_loading(address: str, file: Path, loader: subprocess.Popen[str]) -> None:
    """Whenever the process dies, the database opens and is sound, holds whole reports alone, and all it told of."""
    assert loader.stdin is not None and loader.stdout is not None
    chance = random.Random(7)
    told = 0
    kills = KILLS if "://" not in address else KILLS // 5
    for kill in range(kills):
        print(address, file, kill * 300, 300, sep="\t", file=loader.stdin, flush=True)
        child = int(loader.stdout.readline().removeprefix("pid "))
        for _ in range(chance.randrange(1, 12)):
            loader.stdout.readline()
            told += 10
        # Somewhere inside the next transactions.
        time.sleep(chance.random() * 0.03)
        os.kill(child, signal.SIGKILL)
        ended = next(line for line in loader.stdout if line.startswith("ended"))
        assert ended == f"ended {signal.SIGKILL.value}\n"
        if kill % 4 == 3:
            with open_database(address) as database:
                assert [fault.problem for fault in check(database)] == []
                held = stored(database)
                assert set(held.values()) == {3}
                assert len(held) >= told
    with open_database(address) as database, database.reading() as connection:
        assert [run.finished for run in runs(connection)] == [None] * kills


def test_two_runs_at_once(address: str, file: Path) -> None:
    """Two runs over the same reports, and two over others: every report is there once."""
    processes = [start(address, file, first, 60) for first in (0, 0, 40, 100)]
    for process in processes:
        process.communicate(timeout=300)
    assert [process.returncode for process in processes] == [0, 0, 0, 0]
    with open_database(address) as database:
        held = stored(database)
        assert len(held) == 160
        assert set(held.values()) == {3}
        assert [fault.problem for fault in check(database)] == []


def test_two_open_an_empty_database_at_once(tmp_path: Path, file: Path) -> None:
    address = str(tmp_path / "new.db")
    processes = [start(address, file, first, 10) for first in (0, 10, 20)]
    for process in processes:
        process.communicate(timeout=300)
    assert [process.returncode for process in processes] == [0, 0, 0]
    with open_database(address) as database:
        assert len(stored(database)) == 30


def test_a_busy_database_is_waited_for_and_then_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = str(tmp_path / "x.db")
    open_database(address).close()
    monkeypatch.setattr(engine, "WAIT", 0.2)
    with (
        open_database(address) as busy,
        open_database(address) as other,
        busy.writing() as connection,
        pytest.raises(StoreError, match="another program has been writing"),
    ):
        connection.execute(text("DELETE FROM property"))
        store(other, [numbered(1)], started=STARTED)


def test_readers_see_one_state_while_a_run_writes(database: Database) -> None:
    store(database, [numbered(1)], started=STARTED)
    with database.reading() as connection:
        before = connection.execute(text("SELECT COUNT(*) FROM report")).scalar_one()
        store(database, [numbered(2)], started=STARTED)
        assert connection.execute(text("SELECT COUNT(*) FROM report")).scalar_one() == before == 1
    assert len(stored(database)) == 2
