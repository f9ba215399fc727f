"""What happened to the database: events, the runs and reviews among them, and what runs could not read."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Float, Index, Table, Text

from pipeline.store.database.tables.columns import (
    METADATA,
    Json,
    Key,
    Moment,
    number_column,
    one_of,
    reference,
)

VERDICTS = ("accept", "reject", "edit", "add")

KEY_BLOCK = Table(
    "key_block",
    METADATA,
    Column("name", Text, primary_key=True, comment="Which series of numbers: 'row' or 'event'"),
    Column("next", Key, nullable=False, comment="The first number that nobody has taken"),
    sqlite_with_rowid=False,
    comment="Numbers are handed out in blocks, so that two runs at once never give the same one",
)

PROPERTY = Table(
    "property",
    METADATA,
    Column("name", Text, primary_key=True, comment="What is told"),
    Column("value", Text, nullable=False, comment="What it is"),
    sqlite_with_rowid=False,
    comment="Facts about the whole database, such as the edition of the register its bodies come from",
)

EVENT = Table(
    "event",
    METADATA,
    Column("number", Key, primary_key=True, autoincrement=False, comment="Place in the history, from 1"),
    Column("kind", Text, nullable=False, comment="'run' or 'review'"),
    Column("at", Moment, nullable=False, comment="When, in UTC: the start of a run, the moment of a review"),
    one_of("kind", ("run", "review")),
    Index(None, "at"),
    comment="Lịch sử: every run and every review, one line in the order they began",
)

RUN = Table(
    "run",
    METADATA,
    reference("event", "event.number", "The run's place in the history", primary_key=True, autoincrement=False),
    Column(
        "finished", Moment, comment="When it ended, in UTC; null while it goes on, and for ever if it was broken off"
    ),
    Column("seconds", Float, comment="How long the whole run took"),
    Column("versions", Json, nullable=False, comment="Versions of the program and of what it reads with, by name"),
    Column("inputs", Json, nullable=False, comment="What the user named, a list"),
    Column("manifests", Json, nullable=False, comment="The manifests used, a list"),
    Column("counts", Json, comment="Files, items, reports, duplicates, failures …, by name; null until it ended"),
    CheckConstraint("seconds >= 0", name="seconds_positive"),
    comment="Lần chạy: one run of the program over some files",
)

FAILURE = Table(
    "failure",
    METADATA,
    reference("run", "run.event", "The run that met it", primary_key=True, autoincrement=False),
    number_column("Its place in the run's record, from 0"),
    Column(
        "kind",
        Text,
        nullable=False,
        comment="'failure': no report was got; 'problem': a fault that cost none; 'skipped': no report by its nature",
    ),
    Column("path", Text, nullable=False, comment="The file, as given"),
    Column("reason", Text, nullable=False, comment="What was wrong"),
    Column("remedy", Text, nullable=False, comment="What to do about it; empty for what was skipped"),
    Column("error", Text, nullable=False, comment="The error's type; empty for what was skipped"),
    one_of("kind", ("failure", "problem", "skipped")),
    sqlite_with_rowid=False,
    comment="Lỗi: what a run could not read, or passed over, and why",
)

REVIEW = Table(
    "review",
    METADATA,
    reference("event", "event.number", "The review's place in the history", primary_key=True, autoincrement=False),
    reference("task", "task.key", "The task judged", nullable=False, index=True),
    Column("verdict", Text, nullable=False, comment="'accept', 'reject', 'edit', or 'add' for a task no run had found"),
    Column("reviewer", Text, nullable=False, comment="Who judged"),
    Column("reason", Text, comment="Why, in the reviewer's words"),
    Column("origin", Text, nullable=False, comment="'command', or the corrected file that it was imported from"),
    Column("changes", Json, nullable=False, comment="What it changed: a list of {field, before, after}"),
    one_of("verdict", VERDICTS),
    CheckConstraint("length(reviewer) > 0", name="reviewer_named"),
    comment="Duyệt: what a person said of a task; never changed and never removed",
)
