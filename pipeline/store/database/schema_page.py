"""`schema.md`: every table and column of the database, told from the tables themselves.

python -m pipeline.store.database.schema_page > pipeline/store/database/schema.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from sqlalchemy import CheckConstraint, Column, Table, UniqueConstraint
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.dialects.sqlite.base import SQLiteDialect

from pipeline.store.database.tables import METADATA
from pipeline.store.database.tables.columns import Moment

_HEAD = """# The directive database

The tables as they are in SQLite and in PostgreSQL; types are given for both where they differ. Days are ISO text in
SQLite, moments ISO text in UTC, truth values 0 and 1, JSON is text. This page is made from the tables: see
`schema_page.py`. The search index, which is made from these tables and may be dropped, is not told here.
"""


def schema_page() -> str:
    """The page as Markdown."""
    return "\n".join([_HEAD, *(line for table in METADATA.sorted_tables for line in _table(table))])


def _table(table: Table) -> Iterator[str]:
    yield f"## {table.name}\n"
    yield f"{table.comment}.\n"
    yield "| column | type | | what it holds |"
    yield "| --- | --- | --- | --- |"
    for column in table.columns:
        yield f"| {column.name} | {_type(column)} | {_role(column)} | {_escaped(column.comment)} |"
    rules = [*_rules(table)]
    if rules:
        yield ""
        yield from (f"- {rule}" for rule in rules)
    yield ""


def _type(column: Column[object]) -> str:
    if isinstance(column.type, Moment):
        return "text, timestamptz"
    kinds = [column.type.compile(dialect).lower() for dialect in (SQLiteDialect(), PGDialect())]  # type: ignore[no-untyped-call]
    return ", ".join(dict.fromkeys(kinds))


def _role(column: Column[object]) -> str:
    words = []
    if column.primary_key:
        words.append("key")
    words += [f"→ {key.column.table.name}.{key.column.name}" for key in sorted(column.foreign_keys, key=str)]
    if not column.nullable and not column.primary_key:
        words.append("required")
    return ", ".join(words)


def _rules(table: Table) -> Iterator[str]:
    unique = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    for one in sorted(unique, key=lambda rule: str(rule.name)):
        yield f"unique: {', '.join(one.columns.keys())}"
    checks = [one for one in table.constraints if isinstance(one, CheckConstraint)]
    for check in sorted(checks, key=lambda rule: str(rule.name)):
        yield f"check: `{check.sqltext}`"
    for index in sorted(table.indexes, key=lambda one: str(one.name)):
        where = index.dialect_options["sqlite"]["where"]
        only = f" where `{where}`" if where is not None else ""
        yield f"{'unique ' if index.unique else ''}index: {', '.join(index.columns.keys())}{only}"


def _escaped(words: str | None) -> str:
    return (words or "").replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(schema_page())
