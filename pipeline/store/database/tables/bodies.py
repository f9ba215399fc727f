"""Bodies as the register knows them: their dates, their names, who took over from whom."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Date, ForeignKey, Index, Integer, Table, Text

from pipeline.store.database.tables.columns import METADATA, number_column, one_of

BODY = Table(
    "body",
    METADATA,
    Column("id", Text, primary_key=True, comment="Id in the register of bodies: 'bo-tai-chinh', 'so-y-te--ben-tre'"),
    Column("name", Text, nullable=False, comment="Its official name, the last it had"),
    Column("kind", Text, nullable=False, comment="The register's kind: ministry, party-body, local-authority …"),
    Column(
        "type", Text, comment="The type of a local body, the part of its id before the place; null for a central one"
    ),
    Column("place", Text, comment="The province of a local body, the part of its id after its type", index=True),
    Column("parent", Text, comment="Id of the body or type above it, where recorded"),
    Column("first_day", Date, comment="First day of its existence; null where open or not recorded"),
    Column("last_day", Date, comment="Last day of its existence; null where open or not recorded"),
    Column("checked", Boolean, nullable=False, comment="Whether its dates were looked up in the source"),
    Column("source", Text, nullable=False, comment="Where the register has it from"),
    Column("register", Text, nullable=False, comment="Digest of the edition of the register that these values are of"),
    CheckConstraint("last_day >= first_day", name="days_in_order"),
    sqlite_with_rowid=False,
    comment="Cơ quan: bodies that tasks name, with those they came from and those that took over from them",
)

BODY_NAME = Table(
    "body_name",
    METADATA,
    Column("body", Text, ForeignKey("body.id"), primary_key=True, comment="The body"),
    number_column("Place among its names, from 0; the official ones first"),
    Column("name", Text, nullable=False, comment="A name it bore"),
    Column("kind", Text, nullable=False, comment="'official' or 'alias'"),
    Column("ambiguous", Boolean, nullable=False, comment="Whether other bodies bear the name on the same day"),
    Column("first_day", Date, comment="First day on which it bore the name; null where open or not recorded"),
    Column("last_day", Date, comment="Last day on which it bore the name; null where open or not recorded"),
    one_of("kind", ("official", "alias")),
    Index(None, "name"),
    sqlite_with_rowid=False,
    comment="Tên gọi: the dated names of bodies",
)

BODY_SUCCESSION = Table(
    "body_succession",
    METADATA,
    Column("earlier", Text, ForeignKey("body.id"), primary_key=True, comment="The body that ended"),
    Column("later", Text, ForeignKey("body.id"), primary_key=True, index=True, comment="A body that took over from it"),
    Column("number", Integer, nullable=False, comment="From 0; the first took the body over, others some of its work"),
    CheckConstraint("earlier <> later", name="two_bodies"),
    sqlite_with_rowid=False,
    comment="Kế thừa: who took over from whom, on the day after the last of the earlier",
)
