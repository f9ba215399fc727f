"""The records: what a report is read into, and the JSON contract.

Every record is frozen and plain. Offsets count code points of the canonical NFC text, half-open:
`text[start:end] == exact`, always. Dates are ISO strings (`2023-06-30`), both ends inclusive, null
where open or unknown. The Vietnamese term stands beside each record's definition. `document_schema`
gives the JSON Schema (2020-12) of `Document`, which every written file is valid under.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

SCHEMA_VERSION = "1"

BlockKind = Literal[
    "title", "lead", "byline", "dateline", "paragraph", "list_item", "heading", "table", "caption", "credit",
    "related_link", "tags", "letterhead", "legal_basis", "addressees", "attendance", "agenda", "vote",
    "recipients", "signature", "boilerplate",
]  # fmt: skip
"""Loại khối. Press: `credit` is a photo's or a source's line (Ảnh: …, Nguồn: …), `tags` are key words. Official
documents: `letterhead` (cơ quan ban hành, quốc hiệu), `dateline` (số, ký hiệu, địa danh, ngày), `title` (tên loại,
trích yếu), `legal_basis` (căn cứ), `addressees` (kính gửi). Minutes: `attendance` (thời gian, địa điểm, thành phần),
`agenda` (nội dung, chương trình), `vote` (biểu quyết)."""
Genre = Literal["news", "notice", "minutes", "telegram", "official_letter", "directive", "plan", "decision", "document"]
DirectiveKind = Literal["directive", "commitment", "proposal"]
Force = Literal["order", "request", "ban", "pledge", "proposal", "need"]
Recurrence = Literal["daily", "weekly", "monthly", "quarterly", "yearly"]
ProgressValue = Literal["completed", "in_progress", "not_started", "late", "suspended", "cancelled"]
"""Tình trạng of a piece of work: đã hoàn thành, đang thực hiện, chưa thực hiện, chậm, tạm dừng, không thực hiện nữa."""
Relation = Literal["same_bytes", "same_text", "near_copy", "version"]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the records: immutable, fields by name. Each says so itself, for type checkers don't inherit it."""


class Evidence(Record, frozen=True, kw_only=True):
    """Bằng chứng: where a value was read, and the rule that read it."""

    start: int
    end: int
    exact: str
    rule: str


class Block(Record, frozen=True, kw_only=True):
    """Khối: a run of the text with one role. Blocks don't overlap and come in the order of the text."""

    kind: BlockKind
    start: int
    end: int


class Abbreviation(Record, frozen=True, kw_only=True):
    """Chữ viết tắt defined in the text: "Ban chỉ đạo (BCĐ)". `start`, `end` bound the short form's definition."""

    short: str
    long: str
    start: int
    end: int


class Note(Record, frozen=True, kw_only=True):
    """Ghi chú: something done or noticed while the file was read: `code` names it (one word of the catalogue of notes,
    as "zero_width_removed"), `count` says how often, `detail` what else a reader of the record needs."""

    code: str
    count: int = 1
    detail: str = ""


class Signer(Record, frozen=True, kw_only=True):
    """Người ký: the name, the office above it and the authority it signs under ("TM.", "KT.", "TL.", "TUQ.", "Q.")."""

    name: str
    role: str | None
    authority: str | None


class TextQuality(Record, frozen=True, kw_only=True):
    """Chất lượng văn bản: `good`, `no_diacritics` or `corrupt`, by the share of syllables that Vietnamese can't have
    (`impossible`) and of those with a diacritic (`accented`), both between 0 and 1."""

    level: Literal["good", "no_diacritics", "corrupt"]
    impossible: float
    accented: float


class Source(Record, frozen=True, kw_only=True):
    """Nguồn: another file or address with the same report: `relation` says how near it is, `similarity` (near copies
    and versions) the share of the words of both that stand in both, 0 to 1. `id`: a version has its own document."""

    path: str
    relation: Relation
    id: str | None = None
    publisher: str | None = None
    url: str | None = None
    similarity: float | None = None


class SourceDocument(Record, frozen=True, kw_only=True):
    """Văn bản nguồn: what is known of the report as a file and as a publication."""

    id: str
    path: str
    sha256: str
    media_type: str
    encoding: str
    genre: Genre
    title: str | None
    published: str | None
    publisher: str | None
    url: str | None
    number: str | None
    issuer: str | None = None
    signer: Signer | None = None
    quality: TextQuality | None = None
    notes: tuple[Note, ...] = ()
    sources: tuple[Source, ...] = ()


class Organizer(Record, frozen=True, kw_only=True):
    """Cơ quan tổ chức of a meeting: as in the text, and cleaned of line breaks."""

    text: str
    name: str


class Chair(Record, frozen=True, kw_only=True):
    """Người chủ trì: a name and the roles the text gives."""

    name: str
    roles: tuple[str, ...]


class Meeting(Record, frozen=True, kw_only=True):
    """Cuộc họp: the main meeting reported. `date` is null when no meeting or no day is told."""

    name: str | None
    date: str | None
    place: str | None
    organizer: Organizer | None
    chairs: tuple[Chair, ...]


class Issuer(Record, frozen=True, kw_only=True):
    """Người/cơ quan ban hành: who orders, pledges or proposes. All null where the report doesn't tell."""

    person: str | None
    role: str | None
    body: str | None
    evidence: Evidence | None


class Cue(Record, frozen=True, kw_only=True):
    """Động từ chỉ đạo: the words that make it an order, pledge or proposal, and their force."""

    verb: str
    force: Force
    start: int
    end: int


class TextSpan(Record, frozen=True, kw_only=True):
    """Đoạn trích: a run of the text with what stands before and after it (Web Annotation selectors)."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


class Body(Record, frozen=True, kw_only=True):
    """Cơ quan: one body or person that must act. `text` as in the report; `id` from the registry of bodies
    as valid on the report's date, null with a `reason` where it can't be told."""

    text: str
    name: str
    id: str | None
    start: int
    end: int
    reason: str | None = None


class Deadline(Record, frozen=True, kw_only=True):
    """Thời hạn: what bounds a task in time. Never guessed: a task without one has none."""

    text: str
    start: str | None
    end: str | None
    edtf: str | None
    recurrence: Recurrence | None
    evidence: Evidence
    end_strict: str | None = None
    rrule: str | None = None
    fuzzy: bool = False


class Target(Record, frozen=True, kw_only=True):
    """Chỉ tiêu: a figure to be reached."""

    text: str
    value: float | None
    unit: str | None


class Task(Record, frozen=True, kw_only=True):
    """Nhiệm vụ: one piece of work. `lead` is chủ trì, `coordinating` is phối hợp; `rules` are the names of the
    rules that made it a task, in the order they fired; `confidence` is between 0 and 1."""

    id: str
    span: TextSpan
    action: str
    lead: tuple[Body, ...]
    coordinating: tuple[Body, ...]
    deadline: Deadline | None
    urgency: str | None
    targets: tuple[Target, ...]
    confidence: float
    rules: tuple[str, ...]


class Directive(Record, frozen=True, kw_only=True):
    """Chỉ đạo: one speech act with its tasks."""

    id: str
    kind: DirectiveKind
    issuer: Issuer
    cue: Cue | None
    tasks: tuple[Task, ...]


class Words(Record, frozen=True, kw_only=True):
    """Từ ngữ: words of the report that stand at a place, and what they are is told by the field that holds them."""

    text: str
    start: int
    end: int


class Figure(Record, frozen=True, kw_only=True):
    """Số liệu of a progress statement: `value` of `of` in `unit` ("7/11 nhiệm vụ": 7 of 11 nhiệm vụ; "80,3 %": 80.3 %);
    `value` is null where the number can't be read, `of` where no whole is told."""

    text: str
    value: float | None
    of: float | None
    unit: str | None
    start: int
    end: int


class StateDate(Record, frozen=True, kw_only=True):
    """Thời điểm when the state held or was reached: ISO dates, both inclusive, null where open or unknown."""

    text: str
    start: str | None
    end: str | None
    edtf: str | None
    evidence: Evidence


class ProgressStatement(Record, frozen=True, kw_only=True):
    """Tình hình thực hiện: words that say how far a piece of work has come. `work` names it, `bodies` do it, `speaker`
    says so (null: the paper's own words), `reason` is given for it; `rules` are the frames that said it."""

    id: str
    span: TextSpan
    progress: ProgressValue
    work: Words | None
    bodies: tuple[Body, ...]
    speaker: Issuer | None
    date: StateDate | None
    figures: tuple[Figure, ...]
    reason: Words | None
    confidence: float
    rules: tuple[str, ...]


class FieldChange(Record, frozen=True, kw_only=True):
    """What a field of a task was and is: its words (`task`), its lead bodies, its deadline; empty where it has none."""

    field: Literal["task", "lead", "deadline"]
    before: str
    after: str


class TaskChange(Record, frozen=True, kw_only=True):
    """Thay đổi of one task between two versions of a report. `before` and `after` are its ids in the two documents,
    null in the one that lacks it; `task` its words in the later version, or in the earlier where it was dropped."""

    change: Literal["added", "dropped", "changed"]
    task: str
    before: str | None
    after: str | None
    fields: tuple[FieldChange, ...] = ()


class Revision(Record, frozen=True, kw_only=True):
    """Bản sửa: what a version of a report changed in the tasks of an earlier one, `of` (its id) in the file `path`."""

    of: str
    path: str
    changes: tuple[TaskChange, ...]


class Document(Record, frozen=True, kw_only=True):
    """One report and what was read in it: the content of `json/<id>.json`. `revisions` are of its earlier versions."""

    schema: str
    document: SourceDocument
    text: str
    blocks: tuple[Block, ...]
    abbreviations: tuple[Abbreviation, ...]
    meeting: Meeting
    directives: tuple[Directive, ...]
    progress: tuple[ProgressStatement, ...] = ()
    revisions: tuple[Revision, ...] = ()


class Report(Record, frozen=True, kw_only=True):
    """Bản tin/văn bản at the door: the canonical text, its blocks, and what the file says about itself."""

    source: SourceDocument
    text: str
    blocks: tuple[Block, ...]


class Finding(Record, frozen=True, kw_only=True):
    """Phát hiện: anything read at a place, for `explain`: its kind (block, sentence, person, body, date, cue,
    issuer, task, …), the words, the rule that read it and what it was read as."""

    kind: str
    start: int
    end: int
    exact: str
    rule: str
    value: str


class FileText(Record, frozen=True, kw_only=True):
    """What a reader gives: the file's text before it is normalised, what kind of file it was, and what the file itself
    says of its report (null where it is silent).

    `blocks` are the roles that the file states itself (a page number, a table, a caption), in offsets of `text`, which
    a reader that gives any has normalised; blocks of the text that no role is given for are told from its words.
    """

    text: str
    media_type: str
    encoding: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()


class Failure(Record, frozen=True, kw_only=True):
    """Lỗi: a file that gave no report, why, and what to do about it. `error` is the exception's type."""

    path: str
    reason: str
    remedy: str
    error: str


class Skipped(Record, frozen=True, kw_only=True):
    """Bỏ qua: a file or folder inside an input folder that is no report, and why."""

    path: str
    reason: str


class Duplicate(Record, frozen=True, kw_only=True):
    """Bản trùng: a file with the same report as another, `of`, which is kept; `relation` says how near they are,
    `similarity` the share of the words of both that stand in both, 0 to 1, null where the texts are the same."""

    path: str
    of: str
    relation: Relation
    similarity: float | None = None


class RevisedReport(Record, frozen=True, kw_only=True):
    """Bản đã sửa: a later version of the report in the file `of`, and how many tasks it added, dropped and changed.
    What they are stands in its document."""

    path: str
    of: str
    added: int
    dropped: int
    changed: int


class ReadReport(Record, frozen=True, kw_only=True):
    """Bản đã đọc: a report of the run, where its document was written (below the results), and what it held."""

    id: str
    path: str
    published: str | None
    json: str
    directives: int
    tasks: int
    with_deadline: int


class Counts(Record, frozen=True, kw_only=True):
    """Số đếm of a run: `files` are the inputs' files, `items` what is in them (an archive has one in each member, a
    table in each row; a file that gives none is one failure): reports + duplicates + failures. `skipped` files and
    members are neither. `conflicts` are reports whose day is told differently by two places; `with_deadline` tasks."""

    files: int
    items: int
    reports: int
    duplicates: int
    failures: int
    skipped: int
    problems: int
    conflicts: int
    directives: int
    tasks: int
    with_deadline: int


class RunRecord(Record, frozen=True, kw_only=True):
    """Lần chạy: the content of `run.json`. `problems` are faults that cost no report: a manifest's rows, the digest.

    `started` is an ISO time with its offset from UTC; `seconds` is the time the whole run took.
    """

    started: str
    seconds: float
    versions: dict[str, str]
    inputs: tuple[str, ...]
    manifests: tuple[str, ...]
    counts: Counts
    reports: tuple[ReadReport, ...]
    duplicates: tuple[Duplicate, ...]
    revised: tuple[RevisedReport, ...]
    failures: tuple[Failure, ...]
    problems: tuple[Failure, ...]
    skipped: tuple[Skipped, ...]


def document_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of `Document`."""
    # As it is printed: a default of () is [].
    schema = msgspec.json.decode(msgspec.json.encode(msgspec.json.schema(Document)))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "chidao document", **schema}


def encode_run(run: RunRecord) -> bytes:
    """The run as UTF-8 JSON, indented by one space, with a newline at the end."""
    return msgspec.json.format(_ENCODER.encode(run), indent=1) + b"\n"


def decode_run(data: bytes) -> RunRecord:
    """The inverse of `encode_run`. Raises msgspec.DecodeError where the data is no record of a run."""
    return msgspec.json.decode(data, type=RunRecord)


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Document)


def encode_document(document: Document) -> bytes:
    """The document as UTF-8 JSON, indented by one space, with a newline at the end. Always the same bytes."""
    return msgspec.json.format(_ENCODER.encode(document), indent=1) + b"\n"


def decode_document(data: bytes) -> Document:
    """The inverse of `encode_document`. Raises msgspec.ValidationError where the data is no such document."""
    return _DECODER.decode(data)
