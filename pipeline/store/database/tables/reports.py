"""Reports: what stays the same of them, and each reading of them with its text, sources, versions and meeting."""

from __future__ import annotations

from typing import get_args

from sqlalchemy import CheckConstraint, Column, Date, Float, Index, Integer, Table, Text, text

from pipeline.records import Genre, Relation, TextQuality
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

GENRES: tuple[str, ...] = get_args(Genre)
RELATIONS: tuple[str, ...] = get_args(Relation)
QUALITIES: tuple[str, ...] = get_args(TextQuality.__annotations__["level"]) or ("good", "no_diacritics", "corrupt")

REPORT = Table(
    "report",
    METADATA,
    key_column(),
    Column("id", Text, nullable=False, unique=True, comment="The report's id, from its content: names its JSON file"),
    reference("first_event", "event.number", "The run that first read it", nullable=False),
    comment="Bản tin, văn bản: one report, whatever was read in it and however often",
)

TEXT = Table(
    "text",
    METADATA,
    key_column(),
    Column("sha256", Text, nullable=False, unique=True, comment="Digest of the content as UTF-8, in hexadecimal"),
    Column("content", Text, nullable=False, comment="The canonical text (NFC), in which all offsets count code points"),
    CheckConstraint("length(sha256) = 64", name="sha256_whole"),
    comment="Nguyên văn: the words of reports",
)

READING = Table(
    "reading",
    METADATA,
    key_column(),
    reference("report", "report.key", "The report read", nullable=False),
    reference("text", "text.key", "Its text as read", nullable=False, index=True),
    *since_and_until(),
    Column(
        "document_id",
        Text,
        nullable=False,
        comment="The id in that run's files: another where the same text lay in another file",
    ),
    Column("digest", Text, nullable=False, comment="SHA-256 of all that was read: a run that reads the same adds none"),
    Column("schema", Text, nullable=False, comment="Version of the JSON contract it was read under"),
    Column("path", Text, nullable=False, comment="The file as given"),
    Column("sha256", Text, nullable=False, comment="Digest of the file's bytes, in hexadecimal"),
    Column("media_type", Text, nullable=False, comment="The file's kind"),
    Column("encoding", Text, nullable=False, comment="The encoding it was in"),
    Column("genre", Text, nullable=False, comment="The kind of report: news, notice, minutes, telegram …"),
    Column("title", Text, comment="Its title"),
    Column("published", Date, comment="Day of publication"),
    Column("publisher", Text, comment="Who published it"),
    Column("url", Text, comment="Its address"),
    Column("number", Text, comment="Số, ký hiệu of an official document"),
    Column("issuer", Text, comment="Cơ quan ban hành of an official document"),
    Column("signer", Text, comment="Người ký: the name"),
    Column("signer_role", Text, comment="The signer's office"),
    Column("signer_authority", Text, comment="What the signer signs under: TM., KT., TL., TUQ., Q."),
    Column("quality", Text, comment="good, no_diacritics or corrupt"),
    Column("impossible", Float, comment="Share of syllables that Vietnamese can't have, 0 to 1"),
    Column("accented", Float, comment="Share of syllables with a diacritic, 0 to 1"),
    Column(
        "notes", Json, nullable=False, comment="What was done or noticed while reading: a list of {code, count, detail}"
    ),
    Column("blocks", Json, nullable=False, comment="The roles of the text's parts: a list of [kind, start, end]"),
    Column("abbreviations", Json, nullable=False, comment="Defined in the text: a list of {short, long, start, end}"),
    one_of("genre", GENRES),
    one_of("quality", QUALITIES),
    share("impossible"),
    share("accented"),
    CheckConstraint("until > since", name="until_later"),
    CheckConstraint("length(sha256) = 64", name="sha256_whole"),
    Index("ix_reading_report", "report"),
    Index(
        "ux_reading_current",
        "report",
        unique=True,
        sqlite_where=text("until IS NULL"),
        postgresql_where=text("until IS NULL"),
    ),
    Index(None, "published"),
    Index(None, "publisher"),
    comment="Lần đọc: what was read of a report as a whole; a new row only where something changed",
)

RUN_READING = Table(
    "run_reading",
    METADATA,
    reference("run", "run.event", "The run", primary_key=True, autoincrement=False),
    reference("reading", "reading.key", "What it read", primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
    comment="What each run read: the same reading may be of many runs",
)

READING_SOURCE = Table(
    "reading_source",
    METADATA,
    reference("reading", "reading.key", "The reading of the report", primary_key=True, autoincrement=False),
    number_column("Its place among the report's sources, from 0"),
    Column("path", Text, nullable=False, comment="Another file with the same report"),
    Column("relation", Text, nullable=False, comment="same_bytes, same_text, near_copy or version"),
    Column("report_id", Text, comment="Id of the report in it, where it is kept as one of its own (a version)"),
    Column("publisher", Text, comment="Who published it there"),
    Column("url", Text, comment="Its address there"),
    Column(
        "similarity", Float, comment="Share of the words of both that stand in both, 0 to 1; null for the same text"
    ),
    one_of("relation", RELATIONS),
    share("similarity"),
    sqlite_with_rowid=False,
    comment="Nguồn: where else the same report lay",
)

READING_VERSION = Table(
    "reading_version",
    METADATA,
    reference("reading", "reading.key", "The reading of the later version", primary_key=True, autoincrement=False),
    number_column("Its place among the earlier versions, from 0"),
    Column("earlier_id", Text, nullable=False, comment="Id of the report that is an earlier version", index=True),
    Column("path", Text, nullable=False, comment="Its file"),
    Column("changes", Json, nullable=False, comment="Tasks added, dropped and changed, as in the JSON contract"),
    sqlite_with_rowid=False,
    comment="Bản sửa: what a version of a report changed in an earlier one",
)

PERSON = Table(
    "person",
    METADATA,
    key_column(),
    Column("name", Text, nullable=False, unique=True, comment="Họ và tên as printed; namesakes are one row"),
    comment="Người: who chairs meetings and gives directives",
)

MEETING = Table(
    "meeting",
    METADATA,
    reference("reading", "reading.key", "The reading of the report", primary_key=True, autoincrement=False),
    Column("name", Text, comment="The meeting's name"),
    Column("day", Date, comment="Its day; null when none is told"),
    Column("place", Text, comment="Where it was held"),
    Column("organizer", Text, comment="Cơ quan tổ chức, cleaned of line breaks"),
    Column("organizer_text", Text, comment="The same as it stands in the text"),
    Index(None, "day"),
    comment="Cuộc họp: the main meeting that a report tells of; no row where it tells of none",
)

MEETING_CHAIR = Table(
    "meeting_chair",
    METADATA,
    reference("reading", "meeting.reading", "The meeting", primary_key=True, autoincrement=False),
    number_column("Place among the chairs, from 0"),
    reference("person", "person.key", "Who chaired", nullable=False, index=True),
    Column("roles", Json, nullable=False, comment="The offices that the text gives, a list"),
    sqlite_with_rowid=False,
    comment="Người chủ trì of a meeting",
)

EVIDENCE = Table(
    "evidence",
    METADATA,
    key_column(),
    reference("text", "text.key", "The text it stands in", nullable=False),
    Column("start_offset", Integer, nullable=False, comment="Where it begins, in code points of the text"),
    Column("end_offset", Integer, nullable=False, comment="Where it ends, exclusive"),
    Column("exact", Text, nullable=False, comment="The words there"),
    Column("rule", Text, nullable=False, comment="The rule that read them; 'review' where a person pointed at them"),
    CheckConstraint("0 <= start_offset AND start_offset <= end_offset", name="offsets_in_order"),
    comment="Bằng chứng: the words that a value was read from",
)
