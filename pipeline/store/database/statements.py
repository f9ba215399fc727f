"""SQL with question marks for values, given to the drivers themselves: the way of many small rows.

SQLAlchemy's statements cost more than SQLite's work on rows so small. It keeps the connection and its transactions;
what is read is asked for through it.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Connection

from pipeline.store.database.tables import METADATA

Values = tuple[Any, ...]
_ORDER = tuple(table.name for table in METADATA.sorted_tables)
_VALUES_AT_ONCE = 900  # SQLite takes 999 at least


def execute(connection: Connection, sql: str, values: Sequence[Any] = ()) -> int:
    """Runs the statement and gives the number of rows it changed. The SQL may hold no question mark or per cent sign
    but those of values. Raises the driver's errors, as do the others."""
    cursor = _cursor(connection)
    cursor.execute(_of_driver(connection, sql), values)
    return int(cursor.rowcount)


def select(connection: Connection, sql: str, values: Sequence[Any] = ()) -> list[Values]:
    """The rows of a query, or of a statement with RETURNING."""
    cursor = _cursor(connection)
    cursor.execute(_of_driver(connection, sql), values)
    rows: list[Values] = cursor.fetchall()
    return rows


def select_one(connection: Connection, sql: str, values: Sequence[Any] = ()) -> Any:
    """The first value of the first row; null where there is none."""
    cursor = _cursor(connection)
    cursor.execute(_of_driver(connection, sql), values)
    row = cursor.fetchone()
    cursor.close()
    return row[0] if row is not None else None


def execute_many(connection: Connection, sql: str, rows: Sequence[Values]) -> None:
    """The statement for each row of values."""
    if rows:
        _cursor(connection).executemany(_of_driver(connection, sql), rows)


def insert_sql(table: str, rows: int = 1) -> str:
    """INSERT of rows with all columns of the table, in the order in which `tables` has them."""
    columns = METADATA.tables[table].columns.keys()
    row = f"({', '.join('?' * len(columns))})"
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([row] * rows)}"


@functools.cache
def _many(table: str) -> tuple[str, int, str]:
    """An INSERT of many rows, how many, and that of one: a statement a row costs more than the row."""
    count = _VALUES_AT_ONCE // len(METADATA.tables[table].columns)
    return insert_sql(table, count), count, insert_sql(table)


class NewRows:
    """Rows to be inserted, table by table, so that each comes after those it points to."""

    def __init__(self) -> None:
        self._rows: defaultdict[str, list[Values]] = defaultdict(list)

    def add(self, table: str, *values: Any) -> None:
        """A row with a value for each column of the table, in their order; JSON as text, days and moments as ISO."""
        self._rows[table].append(values)

    def insert(self, connection: Connection) -> None:
        """Writes the rows and forgets them."""
        for table in _ORDER:
            rows = self._rows.get(table)
            if rows:
                many, count, one = _many(table)
                whole = len(rows) - len(rows) % count
                for first in range(0, whole, count):
                    execute(connection, many, list(chain.from_iterable(rows[first : first + count])))
                execute_many(connection, one, rows[whole:])
        self._rows.clear()


def _cursor(connection: Connection) -> Any:
    return connection.connection.cursor()


def _of_driver(connection: Connection, sql: str) -> str:
    return sql if connection.dialect.name == "sqlite" else sql.replace("?", "%s")
