"""SQL with question marks for values, which both drivers take: the way of many small rows.

SQLAlchemy's own statements cost more than SQLite's work on rows so small; what is read is asked for through them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, CursorResult

from pipeline.store.database.tables import METADATA

Values = tuple[Any, ...]
_ORDER = tuple(table.name for table in METADATA.sorted_tables)


def execute(connection: Connection, sql: str, values: Sequence[Any] = ()) -> CursorResult[Any]:
    """The statement's result. The SQL may hold no question mark or per cent sign but those of values."""
    return connection.exec_driver_sql(_of_driver(connection, sql), tuple(values))


def execute_many(connection: Connection, sql: str, rows: Sequence[Values]) -> None:
    """The statement for each row of values."""
    if rows:
        connection.exec_driver_sql(_of_driver(connection, sql), list(rows))


def insert_sql(table: str) -> str:
    """INSERT of a row with all columns of the table, in the order in which `tables` has them."""
    columns = METADATA.tables[table].columns.keys()
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


_INSERTS = {name: insert_sql(name) for name in _ORDER}


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
                execute_many(connection, _INSERTS[table], rows)
        self._rows.clear()


def _of_driver(connection: Connection, sql: str) -> str:
    return sql if connection.dialect.name == "sqlite" else sql.replace("?", "%s")
