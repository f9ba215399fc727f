"""The kinds of columns, and the one catalogue (`METADATA`) that every table of the database stands in."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    Text,
    TypeDecorator,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateColumn
from sqlalchemy.types import TypeEngine

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

# In SQLite a column of exactly this type is the row's own number.
Key = BigInteger().with_variant(Integer, "sqlite")
# JSON keeps the order of its members and is text that can be read without this program.
Json = JSON(none_as_null=True)


class Moment(TypeDecorator[datetime.datetime]):
    """A moment in UTC: `timestamptz` in PostgreSQL, ISO text with its offset in SQLite. Given and taken as aware
    datetimes; rows that are written past SQLAlchemy hold the same text."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The type of each database."""
        return dialect.type_descriptor(DateTime(timezone=True) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: datetime.datetime | None, dialect: Dialect) -> Any:
        """The moment as the database takes it."""
        if value is None or dialect.name == "postgresql":
            return value
        return moment_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime.datetime | None:
        """The moment in UTC."""
        moment = datetime.datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment.astimezone(datetime.UTC) if moment is not None else None


def moment_text(moment: datetime.datetime) -> str:
    """ISO text in UTC with microseconds: texts of moments sort as the moments do. Raises ValueError without an offset
    from UTC, for then it is no moment."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no offset from UTC")
    return moment.astimezone(datetime.UTC).isoformat(timespec="microseconds")


def key_column(comment: str = "Number of the row, given once and never again") -> Column[int]:
    """The primary key of a table whose rows others point to."""
    return Column("key", Key, primary_key=True, autoincrement=False, comment=comment)


def number_column(comment: str) -> Column[int]:
    """The place of a row among its siblings, from 0, part of the primary key."""
    return Column("number", Integer, primary_key=True, autoincrement=False, comment=comment)


def reference(name: str, target: str, comment: str, **options: Any) -> Column[int]:
    """A column that holds the key of a row of another table."""
    return Column(name, Key, ForeignKey(target), comment=comment, **options)


def since_and_until() -> tuple[Column[int], Column[int]]:
    """From which event a row held, and from which it held no more: null while it holds."""
    return (
        reference("since", "event.number", "Event from which it held, the first included", nullable=False),
        reference("until", "event.number", "Event from which it held no more; null while it holds"),
    )


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    """The column holds one of the words, or null where it may."""
    words = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({words})", name=f"{column}_known")


def share(column: str) -> CheckConstraint:
    """The column holds a number between 0 and 1."""
    return CheckConstraint(f"{column} BETWEEN 0 AND 1", name=f"{column}_share")


@compiles(CreateColumn, "sqlite")
def _with_comment(element: CreateColumn, compiler: Any, **options: Any) -> str:
    """SQLite has no COMMENT ON: the comment stands in the CREATE TABLE that the file keeps, and `.schema` shows it."""
    definition: str = compiler.visit_create_column(element, **options)
    comment = element.element.comment
    return f"{definition} /* {comment.replace('*/', '')} */" if comment and definition else definition
