"""Directives and tasks: what stays the same of a task, and each state of it that a run read or a person decided."""

from __future__ import annotations

from typing import get_args

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from pipeline.records import DirectiveKind, Force, Recurrence
from pipeline.store.database.tables.columns import (
    METADATA,
    Json,
    key_column,
    number_column,
    one_of,
    reference,
    share,
    since_and_until,
)

KINDS: tuple[str, ...] = get_args(DirectiveKind)
FORCES: tuple[str, ...] = get_args(Force)
RECURRENCES: tuple[str, ...] = get_args(Recurrence)
STATUSES = ("unreviewed", "accepted", "edited", "rejected")
_IS_CURRENT = text("current")

DIRECTIVE = Table(
    "directive",
    METADATA,
    key_column(),
    Column("id", Text, nullable=False, comment="The directive's id, from its content"),
    reference("report", "report.key", "The report it is in", nullable=False),
    Column("kind", Text, nullable=False, comment="directive (chỉ đạo), commitment (cam kết) or proposal (kiến nghị)"),
    reference("issuer", "person.key", "The person who gives it; null where none is named", index=True),
    Column("issuer_role", Text, comment="That person's office, or the office alone"),
    Column("issuer_body", Text, comment="The body that gives it"),
    reference("issuer_evidence", "evidence.key", "Where the issuer was read"),
    Column("cue", Text, comment="Động từ chỉ đạo: the words that make it one"),
    Column("force", Text, comment="order, request, ban, pledge, proposal or need"),
    reference("cue_evidence", "evidence.key", "Where the cue was read"),
    one_of("kind", KINDS),
    one_of("force", FORCES),
    comment="Chỉ đạo: one speech act as read; never changed, a new reading of it is a new row",
)

TASK = Table(
    "task",
    METADATA,
    key_column(),
    Column("id", Text, nullable=False, unique=True, comment="The task's id: from report, kind and span when first met"),
    reference("report", "report.key", "The report it is in", nullable=False, index=True),
    reference("first_event", "event.number", "The run or review that first told of it", nullable=False),
    Column("status", Text, nullable=False, comment="unreviewed, accepted, edited or rejected, by the last review"),
    one_of("status", STATUSES),
    comment="Nhiệm vụ: one piece of work, the same through all readings of its report",
)

TASK_STATE = Table(
    "task_state",
    METADATA,
    key_column(),
    reference("task", "task.key", "The task", nullable=False),
    reference("directive", "directive.key", "The directive it is part of", nullable=False),
    Column("origin", Text, nullable=False, comment="'run': read by the program; 'review': said by a person"),
    *since_and_until(),
    Column(
        "current",
        Boolean,
        nullable=False,
        comment="Whether this is how the task stands: what a person said, else what the last run read. "
        "A task that nobody tells of any more has no such row",
    ),
    Column("digest", Text, nullable=False, comment="SHA-256 of all values: a run that reads the same adds no state"),
    reference("evidence", "evidence.key", "The task's words and where they stand", nullable=False),
    Column("prefix", Text, nullable=False, comment="The words before it"),
    Column("suffix", Text, nullable=False, comment="The words after it"),
    Column("action", Text, nullable=False, comment="The work alone"),
    Column("urgency", Text, comment="Words of urgency that are no deadline"),
    Column("confidence", Float, nullable=False, comment="How sure the program is, 0 to 1; 1 for what a person said"),
    Column("rules", Json, nullable=False, comment="Names of the rules that made it a task, in order, a list"),
    one_of("origin", ("run", "review")),
    share("confidence"),
    CheckConstraint("until > since", name="until_later"),
    UniqueConstraint("task", "origin", "since"),
    Index("ux_task_state_current", "task", unique=True, sqlite_where=_IS_CURRENT, postgresql_where=_IS_CURRENT),
    comment="What a task was read as or said to be, and from which event until which",
)

TASK_BODY = Table(
    "task_body",
    METADATA,
    reference("state", "task_state.key", "The state of the task", primary_key=True, autoincrement=False),
    Column("role", Text, primary_key=True, comment="lead (chủ trì) or coordinating (phối hợp)"),
    number_column("Place among the bodies of that role, from 0"),
    Column(
        "body",
        Text,
        ForeignKey("body.id"),
        index=True,
        comment="The body, on the report's day; null where it can't be told",
    ),
    Column("name", Text, nullable=False, comment="Its words in the report, cleaned of line breaks"),
    Column("reason", Text, comment="Why the body can't be told"),
    reference("evidence", "evidence.key", "Where it was read", nullable=False),
    one_of("role", ("lead", "coordinating")),
    sqlite_with_rowid=False,
    comment="Cơ quan chủ trì, phối hợp: who must do a task and who takes part",
)

DEADLINE = Table(
    "deadline",
    METADATA,
    reference("state", "task_state.key", "The state of the task", primary_key=True, autoincrement=False),
    Column("words", Text, nullable=False, comment="The deadline's words"),
    Column("first_day", Date, comment="Its first day; null where open or unknown"),
    Column("last_day", Date, comment="Its last day, inclusive; null where open or unknown"),
    Column("last_day_strict", Date, comment="The last day by the strictest reading, where the readings differ"),
    Column("edtf", Text, comment="The same as Extended Date/Time Format (ISO 8601-2)"),
    Column("recurrence", Text, comment="daily, weekly, monthly, quarterly or yearly"),
    Column("rrule", Text, comment="The recurrence as an iCalendar RRULE"),
    Column("fuzzy", Boolean, nullable=False, comment="Whether the words leave the days open to some extent"),
    reference("evidence", "evidence.key", "Where it was read", nullable=False),
    one_of("recurrence", RECURRENCES),
    CheckConstraint("last_day >= first_day", name="days_in_order"),
    Index(None, "last_day"),
    comment="Thời hạn: what bounds a task in time; no row where a task has none",
)

TARGET = Table(
    "target",
    METADATA,
    reference("state", "task_state.key", "The state of the task", primary_key=True, autoincrement=False),
    number_column("Place among the task's figures, from 0"),
    Column("words", Text, nullable=False, comment="The figure's words"),
    Column("value", Float, comment="The figure; null where it is no number"),
    Column("unit", Text, comment="What it counts"),
    sqlite_with_rowid=False,
    comment="Chỉ tiêu: figures to be reached",
)
