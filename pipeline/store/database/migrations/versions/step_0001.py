"""The first form of the database."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pipeline.store.database.tables.columns import Moment

revision = "0001"
down_revision = None
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """All tables."""
    op.create_table(
        "body",
        sa.Column(
            "id", sa.Text(), nullable=False, comment="Id in the register of bodies: 'bo-tai-chinh', 'so-y-te--ben-tre'"
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="Its official name, the last it had"),
        sa.Column(
            "kind", sa.Text(), nullable=False, comment="The register's kind: ministry, party-body, local-authority …"
        ),
        sa.Column(
            "type",
            sa.Text(),
            nullable=True,
            comment="The type of a local body, the part of its id before the place; null for a central one",
        ),
        sa.Column(
            "place", sa.Text(), nullable=True, comment="The province of a local body, the part of its id after its type"
        ),
        sa.Column("parent", sa.Text(), nullable=True, comment="Id of the body or type above it, where recorded"),
        sa.Column(
            "first_day", sa.Date(), nullable=True, comment="First day of its existence; null where open or not recorded"
        ),
        sa.Column(
            "last_day", sa.Date(), nullable=True, comment="Last day of its existence; null where open or not recorded"
        ),
        sa.Column("checked", sa.Boolean(), nullable=False, comment="Whether its dates were looked up in the source"),
        sa.Column("source", sa.Text(), nullable=False, comment="Where the register has it from"),
        sa.Column(
            "register",
            sa.Text(),
            nullable=False,
            comment="Digest of the edition of the register that these values are of",
        ),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_body_days_in_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
        comment="Cơ quan: bodies that tasks name, with those they came from and those that took over from them",
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_body_place"), "body", ["place"], unique=False)
    op.create_table(
        "event",
        sa.Column("number", KEY, autoincrement=False, nullable=False, comment="Place in the history, from 1"),
        sa.Column("kind", sa.Text(), nullable=False, comment="'run' or 'review'"),
        sa.Column("at", Moment(), nullable=False, comment="When, in UTC: the start of a run, the moment of a review"),
        sa.CheckConstraint("kind IN ('run', 'review')", name=op.f("ck_event_kind_known")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_event")),
        comment="Lịch sử: every run and every review, one line in the order they began",
    )
    op.create_index(op.f("ix_event_at"), "event", ["at"], unique=False)
    op.create_table(
        "key_block",
        sa.Column("name", sa.Text(), nullable=False, comment="Which series of numbers: 'row' or 'event'"),
        sa.Column("next", KEY, nullable=False, comment="The first number that nobody has taken"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_key_block")),
        comment="Numbers are handed out in blocks, so that two runs at once never give the same one",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "person",
        sa.Column(
            "key", KEY, autoincrement=False, nullable=False, comment="Number of the row, given once and never again"
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="Họ và tên as printed; namesakes are one row"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_person")),
        sa.UniqueConstraint("name", name=op.f("uq_person_name")),
        comment="Người: who chairs meetings and gives directives",
    )
    op.create_table(
        "property",
        sa.Column("name", sa.Text(), nullable=False, comment="What is told"),
        sa.Column("value", sa.Text(), nullable=False, comment="What it is"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_property")),
        comment="Facts about the whole database, such as the edition of the register its bodies come from",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "text",
        sa.Column(
            "key", KEY, autoincrement=False, nullable=False, comment="Number of the row, given once and never again"
        ),
        sa.Column("sha256", sa.Text(), nullable=False, comment="Digest of the content as UTF-8, in hexadecimal"),
        sa.Column(
            "content",
            sa.Text(),
            nullable=False,
            comment="The canonical text (NFC), in which all offsets count code points",
        ),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_text_sha256_whole")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_text")),
        sa.UniqueConstraint("sha256", name=op.f("uq_text_sha256")),
        comment="Nguyên văn: the words of reports",
    )
    op.create_table(
        "body_name",
        sa.Column("body", sa.Text(), nullable=False, comment="The body"),
        sa.Column(
            "number",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="Place among its names, from 0; the official ones first",
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="A name it bore"),
        sa.Column("kind", sa.Text(), nullable=False, comment="'official' or 'alias'"),
        sa.Column(
            "ambiguous", sa.Boolean(), nullable=False, comment="Whether other bodies bear the name on the same day"
        ),
        sa.Column(
            "first_day",
            sa.Date(),
            nullable=True,
            comment="First day on which it bore the name; null where open or not recorded",
        ),
        sa.Column(
            "last_day",
            sa.Date(),
            nullable=True,
            comment="Last day on which it bore the name; null where open or not recorded",
        ),
        sa.CheckConstraint("kind IN ('official', 'alias')", name=op.f("ck_body_name_kind_known")),
        sa.ForeignKeyConstraint(["body"], ["body.id"], name=op.f("fk_body_name_body")),
        sa.PrimaryKeyConstraint("body", "number", name=op.f("pk_body_name")),
        comment="Tên gọi: the dated names of bodies",
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_body_name_name"), "body_name", ["name"], unique=False)
    op.create_table(
        "body_succession",
        sa.Column("earlier", sa.Text(), nullable=False, comment="The body that ended"),
        sa.Column("later", sa.Text(), nullable=False, comment="A body that took over from it"),
        sa.Column(
            "number",
            sa.Integer(),
            nullable=False,
            comment="From 0; the first took the body over, others some of its work",
        ),
        sa.CheckConstraint("earlier <> later", name=op.f("ck_body_succession_two_bodies")),
        sa.ForeignKeyConstraint(["earlier"], ["body.id"], name=op.f("fk_body_succession_earlier")),
        sa.ForeignKeyConstraint(["later"], ["body.id"], name=op.f("fk_body_succession_later")),
        sa.PrimaryKeyConstraint("earlier", "later", name=op.f("pk_body_succession")),
        comment="Kế thừa: who took over from whom, on the day after the last of the earlier",
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_body_succession_later"), "body_succession", ["later"], unique=False)
    op.create_table(
        "evidence",
        sa.Column(
            "key", KEY, autoincrement=False, nullable=False, comment="Number of the row, given once and never again"
        ),
        sa.Column("text", KEY, nullable=False, comment="The text it stands in"),
        sa.Column("start_offset", sa.Integer(), nullable=False, comment="Where it begins, in code points of the text"),
        sa.Column("end_offset", sa.Integer(), nullable=False, comment="Where it ends, exclusive"),
        sa.Column("exact", sa.Text(), nullable=False, comment="The words there"),
        sa.Column(
            "rule",
            sa.Text(),
            nullable=False,
            comment="The rule that read them; 'review' where a person pointed at them",
        ),
        sa.CheckConstraint(
            "0 <= start_offset AND start_offset <= end_offset", name=op.f("ck_evidence_offsets_in_order")
        ),
        sa.ForeignKeyConstraint(["text"], ["text.key"], name=op.f("fk_evidence_text")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_evidence")),
        comment="Bằng chứng: the words that a value was read from",
    )
    op.create_table(
        "report",
        sa.Column(
            "key", KEY, autoincrement=False, nullable=False, comment="Number of the row, given once and never again"
        ),
        sa.Column("id", sa.Text(), nullable=False, comment="The report's id, from its content: names its JSON file"),
        sa.Column("first_event", KEY, nullable=False, comment="The run that first read it"),
        sa.ForeignKeyConstraint(["first_event"], ["event.number"], name=op.f("fk_report_first_event")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_report")),
        sa.UniqueConstraint("id", name=op.f("uq_report_id")),
        comment="Bản tin, văn bản: one report, whatever was read in it and however often",
    )
    op.create_table(
        "run",
        sa.Column("event", KEY, autoincrement=False, nullable=False, comment="The run's place in the history"),
        sa.Column(
            "finished",
            Moment(),
            nullable=True,
            comment="When it ended, in UTC; null while it goes on, and for ever if it was broken off",
        ),
        sa.Column("seconds", sa.Float(), nullable=True, comment="How long the whole run took"),
        sa.Column(
            "versions",
            sa.JSON(none_as_null=True),
            nullable=False,
            comment="Versions of the program and of what it reads with, by name",
        ),
        sa.Column("inputs", sa.JSON(none_as_null=True), nullable=False, comment="What the user named, a list"),
        sa.Column("manifests", sa.JSON(none_as_null=True), nullable=False, comment="The manifests used, a list"),
        sa.Column(
            "counts",
            sa.JSON(none_as_null=True),
            nullable=True,
            comment="Files, items, reports, duplicates, failures …, by name; null until it ended",
        ),
        sa.CheckConstraint("seconds >= 0", name=op.f("ck_run_seconds_positive")),
        sa.ForeignKeyConstraint(["event"], ["event.number"], name=op.f("fk_run_event")),
        sa.PrimaryKeyConstraint("event", name=op.f("pk_run")),
        comment="Lần chạy: one run of the program over some files",
    )
    op.create_table(
        "directive",
        sa.Column(
            "key", KEY, autoincrement=False, nullable=False, comment="Number of the row, given once and never again"
        ),
        sa.Column("id", sa.Text(), nullable=False, comment="The directive's id, from its content"),
        sa.Column("report", KEY, nullable=False, comment="The report it is in"),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            comment="directive (chỉ đạo), commitment (cam kết) or proposal (kiến nghị)",
        ),
        sa.Column("issuer", KEY, nullable=True, comment="The person who gives it; null where none is named"),
        sa.Column("issuer_role", sa.Text(), nullable=True, comment="That person's office, or the office alone"),
        sa.Column("issuer_body", sa.Text(), nullable=True, comment="The body that gives it"),
        sa.Column("issuer_evidence", KEY, nullable=True, comment="Where the issuer was read"),
        sa.Column("cue", sa.Text(), nullable=True, comment="Động từ chỉ đạo: the words that make it one"),
        sa.Column("force", sa.Text(), nullable=True, comment="order, request, ban, pledge, proposal or need"),
        sa.Column("cue_evidence", KEY, nullable=True, comment="Where the cue was read"),
        sa.CheckConstraint(
            "force IN ('order', 'request', 'ban', 'pledge', 'proposal', 'need')", name=op.f("ck_directive_force_known")
        ),
        sa.CheckConstraint("kind IN ('directive', 'commitment', 'proposal')", name=op.f("ck_directive_kind_known")),
        sa.ForeignKeyConstraint(["cue_evidence"], ["evidence.key"], name=op.f("fk_directive_cue_evidence")),
        sa.ForeignKeyConstraint(["issuer"], ["person.key"], name=op.f("fk_directive_issuer")),
        sa.ForeignKeyConstraint(["issuer_evidence"], ["evidence.key"], name=op.f("fk_directive_issuer_evidence")),
        sa.ForeignKeyConstraint(["report"], ["report.key"], name=op.f("fk_directive_report")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_directive")),
        comment="Chỉ đạo: one speech act as read; never changed, a new reading of it is a new row",
    )
    op.create_index(op.f("ix_directive_issuer"), "directive", ["issuer"], unique=False)
    op.create_table(
        "failure",
        sa.Column("run", KEY, autoincrement=False, nullable=False, comment="The run that met it"),
        sa.Column(
            "number", sa.Integer(), autoincrement=False, nullable=False, comment="Its place in the run's record, from 0"
        ),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            comment="'failure': no report was got; 'problem': a fault that cost none; 'skipped': no report by its nature",
        ),
        sa.Column("path", sa.Text(), nullable=False, comment="The file, as given"),
        sa.Column("reason", sa.Text(), nullable=False, comment="What was wrong"),
        sa.Column("remedy", sa.Text(), nullable=False, comment="What to do about it; empty for what was skipped"),
        sa.Column("error", sa.Text(), nullable=False, comment="The error's type; empty for what was skipped"),
        sa.CheckConstraint("kind IN ('failure', 'problem', 'skipped')", name=op.f("ck_failure_kind_known")),
        sa.ForeignKeyConstraint(["run"], ["run.event"], name=op.f("fk_failure_run")),
        sa.PrimaryKeyConstraint("run", "number", name=op.f("pk_failure")),
        comment="Lỗi: what a run could not read, or passed over, and why",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reading",
        sa.Column(
            "key", KEY, autoincrement=False, nullable=False, comment="Number of the row, given once and never again"
        ),
        sa.Column("report", KEY, nullable=False, comment="The report read"),
        sa.Column("text", KEY, nullable=False, comment="Its text as read"),
        sa.Column("since", KEY, nullable=False, comment="Event from which it held, the first included"),
        sa.Column("until", KEY, nullable=True, comment="Event from which it held no more; null while it holds"),
        sa.Column(
            "document_id",
            sa.Text(),
            nullable=False,
            comment="The id in that run's files: another where the same text lay in another file",
        ),
        sa.Column(
            "digest",
            sa.Text(),
            nullable=False,
            comment="SHA-256 of all that was read: a run that reads the same adds none",
        ),
        sa.Column("schema", sa.Text(), nullable=False, comment="Version of the JSON contract it was read under"),
        sa.Column("path", sa.Text(), nullable=False, comment="The file as given"),
        sa.Column("sha256", sa.Text(), nullable=False, comment="Digest of the file's bytes, in hexadecimal"),
        sa.Column("media_type", sa.Text(), nullable=False, comment="The file's kind"),
        sa.Column("encoding", sa.Text(), nullable=False, comment="The encoding it was in"),
        sa.Column("genre", sa.Text(), nullable=False, comment="The kind of report: news, notice, minutes, telegram …"),
        sa.Column("title", sa.Text(), nullable=True, comment="Its title"),
        sa.Column("published", sa.Date(), nullable=True, comment="Day of publication"),
        sa.Column("publisher", sa.Text(), nullable=True, comment="Who published it"),
        sa.Column("url", sa.Text(), nullable=True, comment="Its address"),
        sa.Column("number", sa.Text(), nullable=True, comment="Số, ký hiệu of an official document"),
        sa.Column("issuer", sa.Text(), nullable=True, comment="Cơ quan ban hành of an official document"),
        sa.Column("signer", sa.Text(), nullable=True, comment="Người ký: the name"),
        sa.Column("signer_role", sa.Text(), nullable=True, comment="The signer's office"),
        sa.Column(
            "signer_authority", sa.Text(), nullable=True, comment="What the signer signs under: TM., KT., TL., TUQ., Q."
        ),
        sa.Column("quality", sa.Text(), nullable=True, comment="good, no_diacritics or corrupt"),
        sa.Column(
            "impossible", sa.Float(), nullable=True, comment="Share of syllables that Vietnamese can't have, 0 to 1"
        ),
        sa.Column("accented", sa.Float(), nullable=True, comment="Share of syllables with a diacritic, 0 to 1"),
        sa.Column(
            "notes",
            sa.JSON(none_as_null=True),
            nullable=False,
            comment="What was done or noticed while reading: a list of {code, count, detail}",
        ),
        sa.Column(
            "blocks",
            sa.JSON(none_as_null=True),
            nullable=False,
            comment="The roles of the text's parts: a list of [kind, start, end]",
        ),
        sa.Column(
            "abbreviations",
            sa.JSON(none_as_null=True),
            nullable=False,
            comment="Defined in the text: a list of {short, long, start, end}",
        ),
        sa.CheckConstraint(
            "genre IN ('news', 'notice', 'minutes', 'telegram', 'official_letter', 'directive', 'plan', 'decision', 'document')",
            name=op.f("ck_reading_genre_known"),
        ),
        sa.CheckConstraint("quality IN ('good', 'no_diacritics', 'corrupt')", name=op.f("ck_reading_quality_known")),
        sa.CheckConstraint("accented BETWEEN 0 AND 1", name=op.f("ck_reading_accented_share")),
        sa.CheckConstraint("impossible BETWEEN 0 AND 1", name=op.f("ck_reading_impossible_share")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_reading_sha256_whole")),
        sa.CheckConstraint("until > since", name=op.f("ck_reading_until_later")),
        sa.ForeignKeyConstraint(["report"], ["report.key"], name=op.f("fk_reading_report")),
        sa.ForeignKeyConstraint(["since"], ["event.number"], name=op.f("fk_reading_since")),
        sa.ForeignKeyConstraint(["text"], ["text.key"], name=op.f("fk_reading_text")),
        sa.ForeignKeyConstraint(["until"], ["event.number"], name=op.f("fk_reading_until")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_reading")),
        comment="Lần đọc: what was read of a report as a whole; a new row only where something changed",
    )
    op.create_index(op.f("ix_reading_published"), "reading", ["published"], unique=False)
    op.create_index(op.f("ix_reading_publisher"), "reading", ["publisher"], unique=False)
    op.create_index("ix_reading_report", "reading", ["report"], unique=False)
    op.create_index(op.f("ix_reading_text"), "reading", ["text"], unique=False)
    op.create_index(
        "ux_reading_current",
        "reading",
        ["report"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.create_table(
        "task",
        sa.Column(
            "key", KEY, autoincrement=False, nullable=False, comment="Number of the row, given once and never again"
        ),
        sa.Column("id", sa.Text(), nullable=False, comment="The task's id: from report, kind and span when first met"),
        sa.Column("report", KEY, nullable=False, comment="The report it is in"),
        sa.Column("first_event", KEY, nullable=False, comment="The run or review that first told of it"),
        sa.Column(
            "status", sa.Text(), nullable=False, comment="unreviewed, accepted, edited or rejected, by the last review"
        ),
        sa.CheckConstraint(
            "status IN ('unreviewed', 'accepted', 'edited', 'rejected')", name=op.f("ck_task_status_known")
        ),
        sa.ForeignKeyConstraint(["first_event"], ["event.number"], name=op.f("fk_task_first_event")),
        sa.ForeignKeyConstraint(["report"], ["report.key"], name=op.f("fk_task_report")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_task")),
        sa.UniqueConstraint("id", name=op.f("uq_task_id")),
        comment="Nhiệm vụ: one piece of work, the same through all readings of its report",
    )
    op.create_index(op.f("ix_task_report"), "task", ["report"], unique=False)
    op.create_table(
        "meeting",
        sa.Column("reading", KEY, autoincrement=False, nullable=False, comment="The reading of the report"),
        sa.Column("name", sa.Text(), nullable=True, comment="The meeting's name"),
        sa.Column("day", sa.Date(), nullable=True, comment="Its day; null when none is told"),
        sa.Column("place", sa.Text(), nullable=True, comment="Where it was held"),
        sa.Column("organizer", sa.Text(), nullable=True, comment="Cơ quan tổ chức, cleaned of line breaks"),
        sa.Column("organizer_text", sa.Text(), nullable=True, comment="The same as it stands in the text"),
        sa.ForeignKeyConstraint(["reading"], ["reading.key"], name=op.f("fk_meeting_reading")),
        sa.PrimaryKeyConstraint("reading", name=op.f("pk_meeting")),
        comment="Cuộc họp: the main meeting that a report tells of; no row where it tells of none",
    )
    op.create_index(op.f("ix_meeting_day"), "meeting", ["day"], unique=False)
    op.create_table(
        "reading_source",
        sa.Column("reading", KEY, autoincrement=False, nullable=False, comment="The reading of the report"),
        sa.Column(
            "number",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="Its place among the report's sources, from 0",
        ),
        sa.Column("path", sa.Text(), nullable=False, comment="Another file with the same report"),
        sa.Column("relation", sa.Text(), nullable=False, comment="same_bytes, same_text, near_copy or version"),
        sa.Column(
            "report_id",
            sa.Text(),
            nullable=True,
            comment="Id of the report in it, where it is kept as one of its own (a version)",
        ),
        sa.Column("publisher", sa.Text(), nullable=True, comment="Who published it there"),
        sa.Column("url", sa.Text(), nullable=True, comment="Its address there"),
        sa.Column(
            "similarity",
            sa.Float(),
            nullable=True,
            comment="Share of the words of both that stand in both, 0 to 1; null for the same text",
        ),
        sa.CheckConstraint(
            "relation IN ('same_bytes', 'same_text', 'near_copy', 'version')",
            name=op.f("ck_reading_source_relation_known"),
        ),
        sa.CheckConstraint("similarity BETWEEN 0 AND 1", name=op.f("ck_reading_source_similarity_share")),
        sa.ForeignKeyConstraint(["reading"], ["reading.key"], name=op.f("fk_reading_source_reading")),
        sa.PrimaryKeyConstraint("reading", "number", name=op.f("pk_reading_source")),
        comment="Nguồn: where else the same report lay",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reading_version",
        sa.Column("reading", KEY, autoincrement=False, nullable=False, comment="The reading of the later version"),
        sa.Column(
            "number",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="Its place among the earlier versions, from 0",
        ),
        sa.Column("earlier_id", sa.Text(), nullable=False, comment="Id of the report that is an earlier version"),
        sa.Column("path", sa.Text(), nullable=False, comment="Its file"),
        sa.Column(
            "changes",
            sa.JSON(none_as_null=True),
            nullable=False,
            comment="Tasks added, dropped and changed, as in the JSON contract",
        ),
        sa.ForeignKeyConstraint(["reading"], ["reading.key"], name=op.f("fk_reading_version_reading")),
        sa.PrimaryKeyConstraint("reading", "number", name=op.f("pk_reading_version")),
        comment="Bản sửa: what a version of a report changed in an earlier one",
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_reading_version_earlier_id"), "reading_version", ["earlier_id"], unique=False)
    op.create_table(
        "review",
        sa.Column("event", KEY, autoincrement=False, nullable=False, comment="The review's place in the history"),
        sa.Column("task", KEY, nullable=False, comment="The task judged"),
        sa.Column(
            "verdict",
            sa.Text(),
            nullable=False,
            comment="'accept', 'reject', 'edit', or 'add' for a task no run had found",
        ),
        sa.Column("reviewer", sa.Text(), nullable=False, comment="Who judged"),
        sa.Column("reason", sa.Text(), nullable=True, comment="Why, in the reviewer's words"),
        sa.Column(
            "origin", sa.Text(), nullable=False, comment="'command', or the corrected file that it was imported from"
        ),
        sa.Column(
            "changes",
            sa.JSON(none_as_null=True),
            nullable=False,
            comment="What it changed: a list of {field, before, after}",
        ),
        sa.CheckConstraint("verdict IN ('accept', 'reject', 'edit', 'add')", name=op.f("ck_review_verdict_known")),
        sa.CheckConstraint("length(reviewer) > 0", name=op.f("ck_review_reviewer_named")),
        sa.ForeignKeyConstraint(["event"], ["event.number"], name=op.f("fk_review_event")),
        sa.ForeignKeyConstraint(["task"], ["task.key"], name=op.f("fk_review_task")),
        sa.PrimaryKeyConstraint("event", name=op.f("pk_review")),
        comment="Duyệt: what a person said of a task; never changed and never removed",
    )
    op.create_index(op.f("ix_review_task"), "review", ["task"], unique=False)
    op.create_table(
        "run_reading",
        sa.Column("run", KEY, autoincrement=False, nullable=False, comment="The run"),
        sa.Column("reading", KEY, autoincrement=False, nullable=False, comment="What it read"),
        sa.ForeignKeyConstraint(["reading"], ["reading.key"], name=op.f("fk_run_reading_reading")),
        sa.ForeignKeyConstraint(["run"], ["run.event"], name=op.f("fk_run_reading_run")),
        sa.PrimaryKeyConstraint("run", "reading", name=op.f("pk_run_reading")),
        comment="What each run read: the same reading may be of many runs",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "task_state",
        sa.Column(
            "key", KEY, autoincrement=False, nullable=False, comment="Number of the row, given once and never again"
        ),
        sa.Column("task", KEY, nullable=False, comment="The task"),
        sa.Column("directive", KEY, nullable=False, comment="The directive it is part of"),
        sa.Column(
            "origin", sa.Text(), nullable=False, comment="'run': read by the program; 'review': said by a person"
        ),
        sa.Column("since", KEY, nullable=False, comment="Event from which it held, the first included"),
        sa.Column("until", KEY, nullable=True, comment="Event from which it held no more; null while it holds"),
        sa.Column(
            "current",
            sa.Boolean(),
            nullable=False,
            comment="Whether this is how the task stands: what a person said, else what the last run read. A task that nobody tells of any more has no such row",
        ),
        sa.Column(
            "digest",
            sa.Text(),
            nullable=False,
            comment="SHA-256 of all values: a run that reads the same adds no state",
        ),
        sa.Column("evidence", KEY, nullable=False, comment="The task's words and where they stand"),
        sa.Column("prefix", sa.Text(), nullable=False, comment="The words before it"),
        sa.Column("suffix", sa.Text(), nullable=False, comment="The words after it"),
        sa.Column("action", sa.Text(), nullable=False, comment="The work alone"),
        sa.Column("urgency", sa.Text(), nullable=True, comment="Words of urgency that are no deadline"),
        sa.Column(
            "confidence",
            sa.Float(),
            nullable=False,
            comment="How sure the program is, 0 to 1; 1 for what a person said",
        ),
        sa.Column(
            "rules",
            sa.JSON(none_as_null=True),
            nullable=False,
            comment="Names of the rules that made it a task, in order, a list",
        ),
        sa.CheckConstraint("origin IN ('run', 'review')", name=op.f("ck_task_state_origin_known")),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name=op.f("ck_task_state_confidence_share")),
        sa.CheckConstraint("until > since", name=op.f("ck_task_state_until_later")),
        sa.ForeignKeyConstraint(["directive"], ["directive.key"], name=op.f("fk_task_state_directive")),
        sa.ForeignKeyConstraint(["evidence"], ["evidence.key"], name=op.f("fk_task_state_evidence")),
        sa.ForeignKeyConstraint(["since"], ["event.number"], name=op.f("fk_task_state_since")),
        sa.ForeignKeyConstraint(["task"], ["task.key"], name=op.f("fk_task_state_task")),
        sa.ForeignKeyConstraint(["until"], ["event.number"], name=op.f("fk_task_state_until")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_task_state")),
        sa.UniqueConstraint("task", "origin", "since", name=op.f("uq_task_state_task_origin_since")),
        comment="What a task was read as or said to be, and from which event until which",
    )
    op.create_index(
        "ux_task_state_current",
        "task_state",
        ["task"],
        unique=True,
        sqlite_where=sa.text("current"),
        postgresql_where=sa.text("current"),
    )
    op.create_table(
        "deadline",
        sa.Column("state", KEY, autoincrement=False, nullable=False, comment="The state of the task"),
        sa.Column("words", sa.Text(), nullable=False, comment="The deadline's words"),
        sa.Column("first_day", sa.Date(), nullable=True, comment="Its first day; null where open or unknown"),
        sa.Column("last_day", sa.Date(), nullable=True, comment="Its last day, inclusive; null where open or unknown"),
        sa.Column(
            "last_day_strict",
            sa.Date(),
            nullable=True,
            comment="The last day by the strictest reading, where the readings differ",
        ),
        sa.Column("edtf", sa.Text(), nullable=True, comment="The same as Extended Date/Time Format (ISO 8601-2)"),
        sa.Column("recurrence", sa.Text(), nullable=True, comment="daily, weekly, monthly, quarterly or yearly"),
        sa.Column("rrule", sa.Text(), nullable=True, comment="The recurrence as an iCalendar RRULE"),
        sa.Column(
            "fuzzy", sa.Boolean(), nullable=False, comment="Whether the words leave the days open to some extent"
        ),
        sa.Column("evidence", KEY, nullable=False, comment="Where it was read"),
        sa.CheckConstraint(
            "recurrence IN ('daily', 'weekly', 'monthly', 'quarterly', 'yearly')",
            name=op.f("ck_deadline_recurrence_known"),
        ),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_deadline_days_in_order")),
        sa.ForeignKeyConstraint(["evidence"], ["evidence.key"], name=op.f("fk_deadline_evidence")),
        sa.ForeignKeyConstraint(["state"], ["task_state.key"], name=op.f("fk_deadline_state")),
        sa.PrimaryKeyConstraint("state", name=op.f("pk_deadline")),
        comment="Thời hạn: what bounds a task in time; no row where a task has none",
    )
    op.create_index(op.f("ix_deadline_last_day"), "deadline", ["last_day"], unique=False)
    op.create_table(
        "meeting_chair",
        sa.Column("reading", KEY, autoincrement=False, nullable=False, comment="The meeting"),
        sa.Column(
            "number", sa.Integer(), autoincrement=False, nullable=False, comment="Place among the chairs, from 0"
        ),
        sa.Column("person", KEY, nullable=False, comment="Who chaired"),
        sa.Column(
            "roles", sa.JSON(none_as_null=True), nullable=False, comment="The offices that the text gives, a list"
        ),
        sa.ForeignKeyConstraint(["person"], ["person.key"], name=op.f("fk_meeting_chair_person")),
        sa.ForeignKeyConstraint(["reading"], ["meeting.reading"], name=op.f("fk_meeting_chair_reading")),
        sa.PrimaryKeyConstraint("reading", "number", name=op.f("pk_meeting_chair")),
        comment="Người chủ trì of a meeting",
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_meeting_chair_person"), "meeting_chair", ["person"], unique=False)
    op.create_table(
        "target",
        sa.Column("state", KEY, autoincrement=False, nullable=False, comment="The state of the task"),
        sa.Column(
            "number",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="Place among the task's figures, from 0",
        ),
        sa.Column("words", sa.Text(), nullable=False, comment="The figure's words"),
        sa.Column("value", sa.Float(), nullable=True, comment="The figure; null where it is no number"),
        sa.Column("unit", sa.Text(), nullable=True, comment="What it counts"),
        sa.ForeignKeyConstraint(["state"], ["task_state.key"], name=op.f("fk_target_state")),
        sa.PrimaryKeyConstraint("state", "number", name=op.f("pk_target")),
        comment="Chỉ tiêu: figures to be reached",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "task_body",
        sa.Column("state", KEY, autoincrement=False, nullable=False, comment="The state of the task"),
        sa.Column("role", sa.Text(), nullable=False, comment="lead (chủ trì) or coordinating (phối hợp)"),
        sa.Column(
            "number",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="Place among the bodies of that role, from 0",
        ),
        sa.Column(
            "body", sa.Text(), nullable=True, comment="The body, on the report's day; null where it can't be told"
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="Its words in the report, cleaned of line breaks"),
        sa.Column("reason", sa.Text(), nullable=True, comment="Why the body can't be told"),
        sa.Column("evidence", KEY, nullable=False, comment="Where it was read"),
        sa.CheckConstraint("role IN ('lead', 'coordinating')", name=op.f("ck_task_body_role_known")),
        sa.ForeignKeyConstraint(["body"], ["body.id"], name=op.f("fk_task_body_body")),
        sa.ForeignKeyConstraint(["evidence"], ["evidence.key"], name=op.f("fk_task_body_evidence")),
        sa.ForeignKeyConstraint(["state"], ["task_state.key"], name=op.f("fk_task_body_state")),
        sa.PrimaryKeyConstraint("state", "role", "number", name=op.f("pk_task_body")),
        comment="Cơ quan chủ trì, phối hợp: who must do a task and who takes part",
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_task_body_body"), "task_body", ["body"], unique=False)
    op.execute("INSERT INTO key_block (name, next) VALUES ('row', 1), ('event', 1)")
