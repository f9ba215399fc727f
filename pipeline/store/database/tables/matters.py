"""Follow-up: progress statements, what matters are made of, their links and events, and what people decided."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, Float, Index, LargeBinary, Table, Text

from pipeline.store.database.tables.columns import METADATA, Json, number_column, one_of, reference, share

STATEMENT_TYPES = ("task", "progress")
MATTER_EVENTS = (
    "first_said", "said_again", "issued_again", "promised", "proposed", "deadline_set", "deadline_moved", "progress",
)  # fmt: skip
PROGRESS_VALUES = ("completed", "in_progress", "not_started", "late", "suspended", "cancelled", "unknown")

READING_PROGRESS = Table(
    "reading_progress",
    METADATA,
    reference("reading", "reading.key", "The reading of the report", primary_key=True, autoincrement=False),
    Column("statements", Json, nullable=False, comment="Progress statements, a list as in the JSON contract"),
    comment="Tình hình thực hiện: what a report tells of how far works have come; no row where it tells nothing",
)

FOLLOWED_REPORT = Table(
    "followed_report",
    METADATA,
    reference("report", "report.key", "The report", primary_key=True, autoincrement=False),
    Column("state", Text, nullable=False, comment="What of the report was followed: changed, it is followed anew"),
    comment="Bản tin đã theo dõi: reports whose statements are joined into matters",
)

STATEMENT = Table(
    "statement",
    METADATA,
    Column("id", Text, primary_key=True, comment="The task's or the progress statement's id"),
    reference("report", "report.key", "The report it is in", nullable=False, index=True),
    Column("type", Text, nullable=False, comment="task or progress"),
    Column("published", Date, comment="The report's day of publication; null where it isn't known"),
    Column("content", Json, nullable=False, comment="The statement with its report, bodies, deadline, speaker"),
    Column(
        "features", LargeBinary, nullable=False, comment="What it is compared by (msgpack), made from its report alone"
    ),
    Column("matter", Text, nullable=False, index=True, comment="Id of the first statement of its matter"),
    one_of("type", STATEMENT_TYPES),
    sqlite_with_rowid=False,
    comment="Câu nói: a task or progress statement, and the matter it is of",
)

STATEMENT_KEY = Table(
    "statement_key",
    METADATA,
    Column("word", Text, primary_key=True, comment="What statements of one matter may share: see follow/candidates.py"),
    Column("statement", Text, primary_key=True, comment="Id of the statement"),
    Index(None, "statement"),
    sqlite_with_rowid=False,
    comment="Khóa: the index by which statements meet that may be of one matter",
)

STATEMENT_LINK = Table(
    "statement_link",
    METADATA,
    Column("later", Text, primary_key=True, comment="Id of the statement that was linked"),
    Column("earlier", Text, primary_key=True, index=True, comment="Id of the earlier statement it was linked to"),
    Column("verdict", Text, nullable=False, comment="'joined', or 'maybe', which joins nothing"),
    Column("score", Float, nullable=False, comment="How near the statement is to the matter, 0 to 1"),
    Column("reasons", Json, nullable=False, comment="What the score is made of: a list of {feature, value, adds}"),
    one_of("verdict", ("joined", "maybe")),
    share("score"),
    sqlite_with_rowid=False,
    comment="Liên kết: why a statement is of its matter, and which others it may be of",
)

MATTER_EVENT = Table(
    "matter_event",
    METADATA,
    Column("matter", Text, primary_key=True, comment="Id of the first statement of the matter"),
    number_column("Place among the matter's events, from 0"),
    Column("day", Date, comment="The day of publication of what told it"),
    Column("kind", Text, nullable=False, comment="first_said, issued_again, promised, deadline_moved, progress …"),
    Column("statement", Text, nullable=False, comment="Id of the statement that told it"),
    Column("value", Text, comment="The progress, or the deadline now in force"),
    Column("details", Json, nullable=False, comment="Of a moved deadline {before, nth, days}"),
    one_of("kind", MATTER_EVENTS),
    Index(None, "day"),
    sqlite_with_rowid=False,
    comment="Sổ theo dõi: what became of each matter, in the order of publication",
)

LINK_DECISION = Table(
    "link_decision",
    METADATA,
    reference("event", "event.number", "The decision's place in the history", primary_key=True, autoincrement=False),
    Column("one", Text, nullable=False, index=True, comment="Id of a statement, the lesser of the two"),
    Column("other", Text, nullable=False, index=True, comment="Id of the other statement"),
    Column("verdict", Text, nullable=False, comment="'accept': of one matter; 'reject': not; the last one counts"),
    Column("reviewer", Text, nullable=False, comment="Who decided"),
    Column("reason", Text, comment="Why, in the reviewer's words"),
    one_of("verdict", ("accept", "reject")),
    CheckConstraint("one < other", name="in_order"),
    comment="Quyết định về liên kết: what a person said of two statements; never changed and never removed",
)

MATTER_VERDICT = Table(
    "matter_verdict",
    METADATA,
    reference("event", "event.number", "The verdict's place in the history", primary_key=True, autoincrement=False),
    Column("statement", Text, nullable=False, index=True, comment="Id of a statement of the matter"),
    Column("progress", Text, nullable=False, comment="How far the matter had come, as the reviewer found"),
    Column("day", Date, nullable=False, comment="The day for which it was found"),
    Column("reviewer", Text, nullable=False, comment="Who found it"),
    Column("reason", Text, comment="On what it rests, in the reviewer's words"),
    one_of("progress", PROGRESS_VALUES),
    comment="Kết luận của người duyệt: how far a matter has come; never changed and never removed",
)
