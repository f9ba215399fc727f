"""The tables of the search index in SQLite and PostgreSQL.

They are derived and stand outside the migrations: made when they are not there, dropped when their version is old.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, Select, literal_column, select, text

KEY_BITS = 40
"""An entry's number is the ordinal of its day, and in so many bits below it the key."""
KEY_MASK = (1 << KEY_BITS) - 1
WORD_TABLES = ("report_words", "task_words")

# "__" parts two texts of an entry; all but ASCII punctuation belongs to words, for the words are cut out before.
_FTS = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS {table} USING fts5(exact, folded, content='', "
    "tokenize=\"ascii tokenchars '_'\")"
)
_HASH_BYTES = 1 << 25
_SQLITE = (
    *(_FTS.format(table=table) for table in WORD_TABLES),
    "CREATE TABLE IF NOT EXISTS search_name (kind TEXT NOT NULL, name TEXT NOT NULL, exact TEXT NOT NULL, "
    "folded TEXT NOT NULL, PRIMARY KEY (kind, name)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS search_place (reading INTEGER PRIMARY KEY, place TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS search_party (party TEXT NOT NULL, entry INTEGER NOT NULL, report INTEGER NOT NULL, "
    "PRIMARY KEY (party, entry)) WITHOUT ROWID",
)
_SQLITE_INDEXES = (
    "CREATE INDEX IF NOT EXISTS ix_search_name_folded ON search_name (kind, folded)",
    "CREATE INDEX IF NOT EXISTS ix_search_place_place ON search_place (place)",
)
_POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS unaccent",
    *(
        f"CREATE TABLE IF NOT EXISTS {table} (entry BIGINT PRIMARY KEY, exact TSVECTOR NOT NULL, "
        "folded TSVECTOR NOT NULL)"
        for table in WORD_TABLES
    ),
    "CREATE TABLE IF NOT EXISTS search_name (kind TEXT NOT NULL, name TEXT NOT NULL, exact TEXT NOT NULL, "
    "folded TEXT NOT NULL, PRIMARY KEY (kind, name))",
    "CREATE TABLE IF NOT EXISTS search_place (reading BIGINT PRIMARY KEY, place TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS search_party (party TEXT NOT NULL, entry BIGINT NOT NULL, report BIGINT NOT NULL, "
    "PRIMARY KEY (party, entry) INCLUDE (report))",
)
# Made after the first filling, which is several times as fast without them.
_POSTGRESQL_INDEXES = (
    *(
        f"CREATE INDEX IF NOT EXISTS ix_{table}_{column} ON {table} USING gin ({column}) WITH (fastupdate = off)"
        for table in WORD_TABLES
        for column in ("exact", "folded")
    ),
    "CREATE INDEX IF NOT EXISTS ix_search_name_folded ON search_name (kind, folded)",
    "CREATE INDEX IF NOT EXISTS ix_search_place_place ON search_place (place)",
    "CREATE INDEX IF NOT EXISTS ix_search_party_entry ON search_party (entry)",
    "CREATE INDEX IF NOT EXISTS ix_search_party_report ON search_party (report)",
)


_FILLED_TOGETHER = {("report_words", "search_place"), ("task_words", "search_party")}


def create_tables(connection: Connection, *, indexes: bool) -> None:
    """Makes the tables that are not there, or their indexes."""
    if connection.dialect.name == "sqlite":
        statements = _SQLITE_INDEXES if indexes else _SQLITE
    else:
        statements = _POSTGRESQL_INDEXES if indexes else _POSTGRESQL
    for statement in statements:
        connection.exec_driver_sql(statement)
    if connection.dialect.name == "sqlite" and not indexes:
        _widen(connection)


def _widen(connection: Connection) -> None:
    """Lets FTS5 keep more words in memory before it writes them."""
    for table in WORD_TABLES:
        connection.exec_driver_sql(f"INSERT INTO {table} ({table}, rank) VALUES ('hashsize', {_HASH_BYTES})")


def drop_tables(connection: Connection, only: str | None = None) -> None:
    """Drops the tables of the index, or one of them, where they are there."""
    for table in (*WORD_TABLES, "search_name", "search_place", "search_party"):
        if only in (None, table) or (only, table) in _FILLED_TOGETHER:
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}")


def indexed_keys(connection: Connection, table: str) -> Select[Any]:
    """A query for the keys that have an entry."""
    source, number = (f"{table}_docsize", "id") if connection.dialect.name == "sqlite" else (table, "entry")
    return select(literal_column(f"{number} & {KEY_MASK}", BigInteger)).select_from(text(source))


def entry_number(connection: Connection, table: str) -> ColumnElement[int]:
    """The column of an entry's number."""
    return literal_column(f"{table}.{'rowid' if connection.dialect.name == 'sqlite' else 'entry'}", BigInteger)


def found_number(connection: Connection, table: str) -> ColumnElement[int]:
    """The same as a value to be compared: by the column SQLite would ask the index of words again for each number that
    it is compared with."""
    sign = "+" if connection.dialect.name == "sqlite" else ""
    return literal_column(f"{sign}{entry_number(connection, table)}", BigInteger)


def insert_rows(connection: Connection, table: str, columns: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Adds rows to a table of the index that isn't one of words."""
    if rows:
        mark = "?" if connection.dialect.name == "sqlite" else "%s"
        marks = ", ".join([mark] * len(rows[0]))
        connection.exec_driver_sql(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(rows))


def insert_of(connection: Connection, table: str) -> str:
    """The statement that adds entries: number, words, and words folded (SQLite) or with pairs (PostgreSQL)."""
    if connection.dialect.name == "sqlite":
        return f"INSERT INTO {table} (rowid, exact, folded) VALUES (?, ?, ?)"
    vector = "array_to_tsvector(string_to_array({value}, ' '))"
    return (
        f"INSERT INTO {table} (entry, exact, folded) VALUES "
        f"(%s, {vector.format(value='%s')}, {vector.format(value='unaccent(%s)')})"
    )
