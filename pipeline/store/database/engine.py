"""Opening a database: SQLite in a file, or PostgreSQL; made on first use, migrated when the program is newer."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from pipeline.errors import StoreError
from pipeline.store.database.migrations import HEAD, migrate, stamped

WAIT = 60.0
"""Seconds that a writer waits for another to finish its transaction; one lasts milliseconds."""
APPLICATION_ID = 0x43484944
"""SQLite's mark in the file's head of whose file it is: "CHID"."""
_OLDEST_SQLITE = (3, 35, 0)  # RETURNING
_CACHE_KIBIBYTES = 131072
_PAGE_BYTES = 8192
_LOG_PAGES = 8192
# A plan made once for any words fits neither the rare nor the frequent; to compare words with those of an entry is
# dear; what is compiled for one statement takes longer than the statement, as do the processes started for it; selected
# keys are to be kept in memory.
_SEARCH_SETTINGS = (
    "plan_cache_mode = force_custom_plan",
    "cpu_operator_cost = 0.05",
    "jit = off",
    "work_mem = '64MB'",
    "max_parallel_workers_per_gather = 0",
)
_NEXT_STEP = "Check the address given with --db, and that the database can be reached and written"


class Database:
    """An open database. `engine` is SQLAlchemy's; `reading` and `writing` give connections in a transaction.

    Not to be handed to another process: a worker opens its own. Close it, or use it as a context.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @property
    def dialect(self) -> str:
        """ "sqlite" or "postgresql"."""
        return self.engine.dialect.name

    @property
    def address(self) -> str:
        """The database's address, without the password."""
        return self.engine.url.render_as_string(hide_password=True)

    @property
    def faults(self) -> tuple[type[Exception], ...]:
        """What SQLAlchemy raises, and what the driver does where it is asked directly."""
        driver: type[Exception] = self.engine.dialect.loaded_dbapi.Error
        return SQLAlchemyError, driver

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the database to the end of the block, whatever is written meanwhile.
        Raises StoreError."""
        with self._faults_told(), self.engine.connect() as connection:
            if self.dialect == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                if self.dialect == "postgresql":
                    for setting in _SEARCH_SETTINGS:
                        connection.exec_driver_sql(f"SET LOCAL {setting}")
                yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in one transaction: all of the block is stored, or nothing where it raises. Waits for other
        writers (SQLite lets one write at a time). Raises StoreError."""
        with self._faults_told(), self.engine.connect() as connection:
            connection = connection.execution_options(writes=True)
            with connection.begin():
                yield connection

    @contextlib.contextmanager
    def _faults_told(self) -> Iterator[None]:
        try:
            yield
        except self.faults as error:
            raise store_error(error, self.address) from error

    def close(self) -> None:
        """Closes all connections."""
        self.engine.dispose()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_database(url: str | Path, *, create: bool = True) -> Database:
    """The database at the address: a file's path, `sqlite:///FILE`, or `postgresql+psycopg://…`.

    An empty database gets its tables, one of an older version of the program is migrated. Raises StoreError where it
    can't be opened, isn't one of ours, was written by a newer version of the program, or (with `create` false) isn't
    there.
    """
    address = database_url(url)
    shown = address.render_as_string(hide_password=True)
    try:
        engine = _sqlite_engine(address, create=create) if address.get_backend_name() == "sqlite" else _engine(address)
        database = Database(engine)
        try:
            _make_current(database, create=create)
        except BaseException:
            database.close()
            raise
    except (SQLAlchemyError, ImportError, OSError) as error:
        raise store_error(error, shown) from error
    return database


def database_url(url: str | Path) -> URL:
    """The address as SQLAlchemy's URL; a path is a SQLite file. Raises StoreError for any other database."""
    text = str(url)
    try:
        address = make_url(text) if "://" in text else URL.create("sqlite", database=text)
        name = address.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise _unknown_kind(text) from error
    if name == "postgresql":
        return address.set(drivername="postgresql+psycopg")
    if name != "sqlite":
        raise _unknown_kind(address.render_as_string(hide_password=True))
    return address.set(drivername="sqlite")


def store_error(error: Exception, where: str) -> StoreError:
    """The fault of a database as an error of this package."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    reason = str(cause).strip().split("\n", 1)[0]
    if "database is locked" in reason:
        return StoreError(
            "another program has been writing to the database for more than {seconds:.0f} seconds",
            where=where,
            remedy="Run again when it has ended",
            seconds=WAIT,
        )
    return StoreError("the database can't be used ({reason})", where=where, remedy=_NEXT_STEP, reason=reason)


def _engine(address: URL) -> Engine:
    try:
        return create_engine(address, pool_pre_ping=True)
    except ImportError as error:
        raise StoreError(
            "the driver for PostgreSQL is not installed",
            where=address.render_as_string(hide_password=True),
            remedy="Install it: pip install 'chidao[postgresql]'",
        ) from error


def _sqlite_engine(address: URL, *, create: bool) -> Engine:
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise StoreError(
            "SQLite {version} is too old",
            where=address.database or "",
            remedy="Use a Python with SQLite 3.35 or newer",
            version=sqlite3.sqlite_version,
        )
    file = address.database
    if file and file != ":memory:" and not file.startswith("file:"):
        if not create and not Path(file).is_file():
            raise StoreError("there is no such database", where=file, remedy="Run chidao run first, or give --db")
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, connect_args={"timeout": WAIT})
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _: object) -> None:
    # Transactions begin where we say so, not where the driver thinks best.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {int(WAIT * 1000)}")
    connection.execute("PRAGMA foreign_keys = ON")
    # Of a new database. A report's text takes more than 4096 bytes: larger pages write it in fewer pieces.
    connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
    # Readers go on while one writes. A transaction that is told to be stored outlives the program's end at any moment;
    # NORMAL may lose the last of them when the power fails, and never harms the database.
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    # A checkpoint copies what the log holds into the file and waits for the disk: every 64 MB, not every 4.
    connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
    # What a statement would have to take back is kept in memory, not in a file.
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIBIBYTES}")


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its place at once: one that first reads could find its reading out of date and be refused.
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _make_current(database: Database, *, create: bool) -> None:
    where = database.address
    with database.engine.connect() as connection:
        stamp = stamped(connection)
        if stamp == HEAD:
            return
        if stamp is None and inspect(connection).get_table_names():
            raise StoreError("this is a database of another program", where=where, remedy="Give another one with --db")
        if stamp is None and not create:
            raise StoreError("there is no such database", where=where, remedy="Run chidao run first, or give --db")
    with database.writing() as connection:
        if database.dialect == "sqlite":
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        migrate(connection, where)


def _unknown_kind(address: str) -> StoreError:
    return StoreError(
        "this is no address of a database that can be used",
        where=address,
        remedy="Give a file, or postgresql+psycopg://user@host/name",
    )
