"""The databases that tests run on: SQLite in a file and, where its binaries are, a PostgreSQL server of their own."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, make_url, text

from pipeline.store.database import Database, open_database
from tests.store.database.private_postgresql import private_server

KINDS = ("sqlite", "postgresql")
_numbers = itertools.count()


@pytest.fixture(scope="session")
def postgresql_address() -> Iterator[str]:
    """The address of an empty database in PostgreSQL. Skips where PostgreSQL isn't installed."""
    with private_server() as address:
        yield address


@pytest.fixture(scope="session")
def postgresql(postgresql_address: str) -> URL:
    """The same, as the way to the server on which databases are made."""
    return make_url(postgresql_address)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with all tables and no rows, to be copied: making the tables takes longer than most tests."""
    file = tmp_path_factory.mktemp("template") / "template.db"
    open_database(file).close()
    return file


@pytest.fixture(scope="session")
def postgresql_template(postgresql: URL) -> str:
    """The same in PostgreSQL: the name of the database."""
    name = "chidao_template"
    _execute(postgresql, f"CREATE DATABASE {name}")
    open_database(_address(postgresql, name)).close()
    return name


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
    name = f"chidao_{next(_numbers)}"
    if request.param == "sqlite":
        file = tmp_path / f"{name}.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        return str(file)
    server: URL = request.getfixturevalue("postgresql")
    _execute(server, f"CREATE DATABASE {name} TEMPLATE {request.getfixturevalue('postgresql_template')}")
    return _address(server, name)


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    """A database with tables and without rows."""
    with open_database(address) as opened:
        yield opened
