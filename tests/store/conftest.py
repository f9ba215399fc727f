"""Databases to test on: SQLite always, PostgreSQL where Debian's package (or another) has put its programs."""

from __future__ import annotations

import getpass
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, text

from pipeline.store.database import Database, open_database
from pipeline.store.database.migrations import HEAD, STAMP_TABLE
from pipeline.store.database.search_tables import drop_tables
from pipeline.store.database.tables import METADATA

KINDS = ("sqlite", "postgresql")
_SERVER_USER = "postgres"
_numbers = itertools.count()


def _programs() -> Path | None:
    """The folder of initdb and pg_ctl; Debian keeps them off the path, a folder a version."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name.split(".")[0]))
    on_path = shutil.which("initdb")
    found = [*([Path(on_path).parent] if on_path else []), *reversed(debian)]
    return next((folder for folder in found if (folder / "initdb").exists() and (folder / "pg_ctl").exists()), None)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[URL]:
    """The address of a private server: a folder of its own, a socket in it, no network; gone after the tests."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL isn't installed: apt-get install postgresql")
    # The server refuses to run as root: it runs as the user that Debian's package makes.
    user = None
    if os.geteuid() == 0:
        try:
            user = pwd.getpwnam(_SERVER_USER).pw_name
        except KeyError:
            pytest.skip("PostgreSQL can't run as root, and there is no user for it")
    # A short name: that of a socket may have 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    name = user or getpass.getuser()

    def call(program: str, *arguments: str) -> None:
        subprocess.run(
            [str(programs / program), *arguments], check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL
        )

    call("initdb", "-D", str(data), "-U", name, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off -c full_page_writes=off"
    call("pg_ctl", "-D", str(data), "-w", "-o", options, "-l", str(folder / "log"), "start")
    try:
        yield URL.create("postgresql+psycopg", username=name, database="postgres", query={"host": str(folder)})
    finally:
        call("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with all tables and no rows, to be copied: making the tables takes longer than most tests."""
    file = tmp_path_factory.mktemp("template") / "template.db"
    open_database(file).close()
    return file


@pytest.fixture(scope="session")
def postgresql_with_tables(postgresql: URL) -> str:
    """The address of a database with tables in PostgreSQL, which the tests use one after the other: to make one of its
    own for each, and to remove them all, takes longer than the tests."""
    name = "chidao_tests"
    _execute(postgresql, f"CREATE DATABASE {name}")
    address = _address(postgresql, name)
    open_database(address).close()
    return address


@pytest.fixture(scope="session")
def new_postgresql(postgresql: URL) -> str:
    """The address of a database in PostgreSQL without tables, for those tests of a session that share what they put
    into it."""
    name = "chidao_shared"
    _execute(postgresql, f"CREATE DATABASE {name}")
    return _address(postgresql, name)


def _empty(address: str) -> None:
    """Leaves the rows that the tables are made with, and no index of searches."""
    engine = create_engine(address)
    with engine.begin() as connection:
        # Tests that damage a database leave rows that point nowhere.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for table in reversed(METADATA.sorted_tables):
            connection.execute(table.delete())
        connection.execute(text("INSERT INTO key_block (name, next) VALUES ('row', 1), ('event', 1)"))
        connection.execute(text(f"UPDATE {STAMP_TABLE} SET version_num = '{HEAD}'"))
        drop_tables(connection)
    engine.dispose()


def _execute(server: URL, sql: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(sql))
    engine.dispose()


def _address(server: URL, name: str) -> str:
    return server.set(database=name).render_as_string(hide_password=False)


@pytest.fixture(params=KINDS)
def new_address(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Gives the address of an empty database, without tables, at each call."""
    if request.param == "postgresql":
        request.getfixturevalue("postgresql")

    def make() -> str:
        name = f"chidao_{next(_numbers)}"
        if request.param == "sqlite":
            return str(tmp_path / f"{name}.db")
        server: URL = request.getfixturevalue("postgresql")
        _execute(server, f"CREATE DATABASE {name}")
        return _address(server, name)

    return make


@pytest.fixture(params=KINDS)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with tables and without rows."""
    if request.param == "sqlite":
        file = tmp_path / "chidao.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        return str(file)
    shared: str = request.getfixturevalue("postgresql_with_tables")
    _empty(shared)
    return shared


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    """A database with tables and without rows."""
    with open_database(address) as opened:
        yield opened
