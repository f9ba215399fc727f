"""Documents made for the tests of the database: reports in words, their tasks by `tests.line_extraction`."""

from __future__ import annotations

import hashlib

from msgspec.structs import replace

from pipeline.read import read_string
from pipeline.read.manifest import make_entry
from pipeline.records import Chair, Document, Meeting, Organizer
from tests.line_extraction import extract_lines

STARTED = "2026-03-02T08:00:00+07:00"
TEXT = """Họp về chuyển đổi số

Ngày 5/6, Ủy ban nhân dân tỉnh Bến Tre họp.
Ông Trần Văn Minh yêu cầu Sở Y tế phải rà soát 100% hồ sơ trước 30/6.
Ông Trần Văn Minh yêu cầu Sở Tài chính phải bố trí kinh phí cho các huyện.
Bà Lê Thị Hoa yêu cầu Công an tỉnh phải kiểm tra trước ngày 15/7.
"""


def make_document(text: str = TEXT, *, path: str = "a.txt", published: str | None = "2023-06-06") -> Document:
    """The document of the text: `tests.line_extraction` reads a task in each line with "yêu cầu"; and a meeting."""
    entry = make_entry(file=path, published=published)
    document = extract_lines(read_string(text, path=path, entry=entry))
    meeting = Meeting(
        name="họp về chuyển đổi số",
        date="2023-06-05",
        place=None,
        organizer=Organizer(text="Ủy ban nhân dân\ntỉnh Bến Tre", name="Ủy ban nhân dân tỉnh Bến Tre"),
        chairs=(Chair(name="Trần Văn Minh", roles=("Chủ tịch", "Phó Bí thư")),),
    )
    directives = tuple(
        replace(directive, issuer=replace(directive.issuer, person=directive.issuer.role, role=None))
        for directive in document.directives
    )
    return replace(document, meeting=meeting, directives=directives)


def with_id_of(document: Document, other: Document) -> Document:
    """The document as a new reading of the report that the other is of."""
    return replace(document, document=replace(document.document, id=other.document.id))


def numbered(number: int) -> Document:
    """One of any number of different reports, always the same for a number."""
    day = f"20{10 + number % 15}-{1 + number % 12:02}-{1 + number % 28:02}"
    digest = hashlib.sha256(str(number).encode()).hexdigest()
    return make_document(TEXT + f"Số {number}: {digest[:8]}\n", path=f"reports/{number}.txt", published=day)
