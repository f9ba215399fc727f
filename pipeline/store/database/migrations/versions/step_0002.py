"""Follow-up: progress statements, matters, their links and events, and what people decided of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """The tables of follow-up."""
    op.create_table(
        "matter_event",
        sa.Column("matter", sa.Text(), nullable=False, comment="Id of the first statement of the matter"),
        sa.Column(
            "number",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="Place among the matter's events, from 0",
        ),
        sa.Column("day", sa.Date(), nullable=True, comment="The day of publication of what told it"),
        sa.Column(
            "kind", sa.Text(), nullable=False, comment="first_said, issued_again, promised, deadline_moved, progress …"
        ),
        sa.Column("statement", sa.Text(), nullable=False, comment="Id of the statement that told it"),
        sa.Column("value", sa.Text(), nullable=True, comment="The progress, or the deadline now in force"),
        sa.Column(
            "details", sa.JSON(none_as_null=True), nullable=False, comment="Of a moved deadline {before, nth, days}"
        ),
        sa.CheckConstraint(
            "kind IN ('first_said', 'said_again', 'issued_again', 'promised', 'proposed', 'deadline_set', 'deadline_moved', 'progress')",
            name=op.f("ck_matter_event_kind_known"),
        ),
        sa.PrimaryKeyConstraint("matter", "number", name=op.f("pk_matter_event")),
        comment="Sổ theo dõi: what became of each matter, in the order of publication",
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_matter_event_day"), "matter_event", ["day"], unique=False)
    op.create_table(
        "statement_key",
        sa.Column(
            "word",
            sa.Text(),
            nullable=False,
            comment="What statements of one matter may share: see follow/candidates.py",
        ),
        sa.Column("statement", sa.Text(), nullable=False, comment="Id of the statement"),
        sa.PrimaryKeyConstraint("word", "statement", name=op.f("pk_statement_key")),
        comment="Khóa: the index by which statements meet that may be of one matter",
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_statement_key_statement"), "statement_key", ["statement"], unique=False)
    op.create_table(
        "statement_link",
        sa.Column("later", sa.Text(), nullable=False, comment="Id of the statement that was linked"),
        sa.Column("earlier", sa.Text(), nullable=False, comment="Id of the earlier statement it was linked to"),
        sa.Column("verdict", sa.Text(), nullable=False, comment="'joined', or 'maybe', which joins nothing"),
        sa.Column("score", sa.Float(), nullable=False, comment="How near the statement is to the matter, 0 to 1"),
        sa.Column(
            "reasons",
            sa.JSON(none_as_null=True),
            nullable=False,
            comment="What the score is made of: a list of {feature, value, adds}",
        ),
        sa.CheckConstraint("verdict IN ('joined', 'maybe')", name=op.f("ck_statement_link_verdict_known")),
        sa.CheckConstraint("score BETWEEN 0 AND 1", name=op.f("ck_statement_link_score_share")),
        sa.PrimaryKeyConstraint("later", "earlier", name=op.f("pk_statement_link")),
        comment="Liên kết: why a statement is of its matter, and which others it may be of",
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_statement_link_earlier"), "statement_link", ["earlier"], unique=False)
    op.create_table(
        "link_decision",
        sa.Column("event", KEY, autoincrement=False, nullable=False, comment="The decision's place in the history"),
        sa.Column("one", sa.Text(), nullable=False, comment="Id of a statement, the lesser of the two"),
        sa.Column("other", sa.Text(), nullable=False, comment="Id of the other statement"),
        sa.Column(
            "verdict", sa.Text(), nullable=False, comment="'accept': of one matter; 'reject': not; the last one counts"
        ),
        sa.Column("reviewer", sa.Text(), nullable=False, comment="Who decided"),
        sa.Column("reason", sa.Text(), nullable=True, comment="Why, in the reviewer's words"),
        sa.CheckConstraint("verdict IN ('accept', 'reject')", name=op.f("ck_link_decision_verdict_known")),
        sa.CheckConstraint("one < other", name=op.f("ck_link_decision_in_order")),
        sa.ForeignKeyConstraint(["event"], ["event.number"], name=op.f("fk_link_decision_event")),
        sa.PrimaryKeyConstraint("event", name=op.f("pk_link_decision")),
        comment="Quyết định về liên kết: what a person said of two statements; never changed and never removed",
    )
    op.create_index(op.f("ix_link_decision_one"), "link_decision", ["one"], unique=False)
    op.create_index(op.f("ix_link_decision_other"), "link_decision", ["other"], unique=False)
    op.create_table(
        "matter_verdict",
        sa.Column("event", KEY, autoincrement=False, nullable=False, comment="The verdict's place in the history"),
        sa.Column("statement", sa.Text(), nullable=False, comment="Id of a statement of the matter"),
        sa.Column("progress", sa.Text(), nullable=False, comment="How far the matter had come, as the reviewer found"),
        sa.Column("day", sa.Date(), nullable=False, comment="The day for which it was found"),
        sa.Column("reviewer", sa.Text(), nullable=False, comment="Who found it"),
        sa.Column("reason", sa.Text(), nullable=True, comment="On what it rests, in the reviewer's words"),
        sa.CheckConstraint(
            "progress IN ('completed', 'in_progress', 'not_started', 'late', 'suspended', 'cancelled', 'unknown')",
            name=op.f("ck_matter_verdict_progress_known"),
        ),
        sa.ForeignKeyConstraint(["event"], ["event.number"], name=op.f("fk_matter_verdict_event")),
        sa.PrimaryKeyConstraint("event", name=op.f("pk_matter_verdict")),
        comment="Kết luận của người duyệt: how far a matter has come; never changed and never removed",
    )
    op.create_index(op.f("ix_matter_verdict_statement"), "matter_verdict", ["statement"], unique=False)
    op.create_table(
        "followed_report",
        sa.Column("report", KEY, autoincrement=False, nullable=False, comment="The report"),
        sa.Column(
            "state", sa.Text(), nullable=False, comment="What of the report was followed: changed, it is followed anew"
        ),
        sa.ForeignKeyConstraint(["report"], ["report.key"], name=op.f("fk_followed_report_report")),
        sa.PrimaryKeyConstraint("report", name=op.f("pk_followed_report")),
        comment="Bản tin đã theo dõi: reports whose statements are joined into matters",
    )
    op.create_table(
        "statement",
        sa.Column("id", sa.Text(), nullable=False, comment="The task's or the progress statement's id"),
        sa.Column("report", KEY, nullable=False, comment="The report it is in"),
        sa.Column("type", sa.Text(), nullable=False, comment="task or progress"),
        sa.Column(
            "published", sa.Date(), nullable=True, comment="The report's day of publication; null where it isn't known"
        ),
        sa.Column(
            "content",
            sa.JSON(none_as_null=True),
            nullable=False,
            comment="The statement with its report, bodies, deadline, speaker",
        ),
        sa.Column(
            "features",
            sa.LargeBinary(),
            nullable=False,
            comment="What it is compared by (msgpack), made from its report alone",
        ),
        sa.Column("matter", sa.Text(), nullable=False, comment="Id of the first statement of its matter"),
        sa.CheckConstraint("type IN ('task', 'progress')", name=op.f("ck_statement_type_known")),
        sa.ForeignKeyConstraint(["report"], ["report.key"], name=op.f("fk_statement_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        comment="Câu nói: a task or progress statement, and the matter it is of",
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_statement_matter"), "statement", ["matter"], unique=False)
    op.create_index(op.f("ix_statement_report"), "statement", ["report"], unique=False)
    op.create_table(
        "reading_progress",
        sa.Column("reading", KEY, autoincrement=False, nullable=False, comment="The reading of the report"),
        sa.Column(
            "statements",
            sa.JSON(none_as_null=True),
            nullable=False,
            comment="Progress statements, a list as in the JSON contract",
        ),
        sa.ForeignKeyConstraint(["reading"], ["reading.key"], name=op.f("fk_reading_progress_reading")),
        sa.PrimaryKeyConstraint("reading", name=op.f("pk_reading_progress")),
        comment="Tình hình thực hiện: what a report tells of how far works have come; no row where it tells nothing",
    )
