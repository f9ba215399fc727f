"""Documents built by hand, for tests that need no language."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from pipeline.records import (
    Abbreviation,
    Block,
    BlockKind,
    Body,
    Chair,
    Cue,
    Deadline,
    Directive,
    DirectiveKind,
    Document,
    Evidence,
    Genre,
    Issuer,
    Meeting,
    Organizer,
    Recurrence,
    SourceDocument,
    Target,
    Task,
    TextSpan,
)

NO_MEETING = Meeting(name=None, date=None, place=None, organizer=None, chairs=())


def place(text: str, words: str) -> tuple[int, int]:
    """Where the words stand in the text, for the first time."""
    start = text.index(words)
    return start, start + len(words)


def evidence(text: str, words: str, rule: str = "rule") -> Evidence:
    start, end = place(text, words)
    return Evidence(start=start, end=end, exact=words, rule=rule)


def body(text: str, words: str, *, id: str | None = None, reason: str | None = None) -> Body:
    start, end = place(text, words)
    return Body(text=words, name=words, id=id, start=start, end=end, reason=reason)


def deadline(
    text: str, words: str, *, start: str | None = None, end: str | None = None, recurrence: Recurrence | None = None
) -> Deadline:
    return Deadline(
        text=words, start=start, end=end, edtf=None, recurrence=recurrence, evidence=evidence(text, words, "by")
    )


def task(
    text: str, words: str, *, lead: Sequence[Body] = (), coordinating: Sequence[Body] = (),
    by: Deadline | None = None, targets: Sequence[Target] = (), urgency: str | None = None, confidence: float = 0.9,
) -> Task:  # fmt: skip
    start, end = place(text, words)
    return Task(
        id=f"{start}-{end}",
        span=TextSpan(start=start, end=end, exact=words, prefix="", suffix=""),
        action=words,
        lead=tuple(lead),
        coordinating=tuple(coordinating),
        deadline=by,
        urgency=urgency,
        targets=tuple(targets),
        confidence=confidence,
        rules=("asks",),
    )


def directive(
    tasks: Sequence[Task], *, kind: DirectiveKind = "directive", issuer: Issuer | None = None, cue: Cue | None = None
) -> Directive:
    issuer = issuer or Issuer(person=None, role=None, body=None, evidence=None)
    return Directive(id="d", kind=kind, issuer=issuer, cue=cue, tasks=tuple(tasks))


def document(
    text: str, *, id: str = "d0", title: str | None = "Tin", published: str | None = "2023-06-08",
    blocks: Sequence[Block] = (), directives: Sequence[Directive] = (), url: str | None = None,
    genre: Genre = "news", meeting: Meeting = NO_MEETING, abbreviations: Sequence[Abbreviation] = (),
) -> Document:  # fmt: skip
    source = SourceDocument(
        id=id, path=f"corpus/{id}.txt", sha256="0" * 64, media_type="text/plain", encoding="utf-8", genre=genre,
        title=title, published=published, publisher=None, url=url, number=None,
    )  # fmt: skip
    return Document(
        schema="1", document=source, text=text, blocks=tuple(blocks), abbreviations=tuple(abbreviations),
        meeting=meeting, directives=tuple(directives),
    )  # fmt: skip


def blocks_of(text: str, *kinds: BlockKind) -> list[Block]:
    """A block for each paragraph of the text, with the kinds given."""
    blocks, at = [], 0
    for paragraph, kind in zip(text.split("\n\n"), kinds, strict=True):
        blocks.append(Block(kind=kind, start=at, end=at + len(paragraph)))
        at += len(paragraph) + 2
    return blocks


NEWS_TEXT = """Thủ tướng giao việc sau Tết

Họp ngày 21/2, Thủ tướng Nguyễn Xuân Phúc yêu cầu Bộ Tài chính phối hợp với Bộ Công Thương trình đề án \
trước ngày 15/3; giảm 20% chi phí. Hằng tháng, Sở Y tế báo cáo kết quả.

Cục Thú y cam kết sẽ rà soát.

Xem thêm: tin khác"""


def news() -> Document:
    """A small report with all there is: two directives, a recurrence, a target, every kind of mark."""
    text = NEWS_TEXT
    minister = Issuer(person="Nguyễn Xuân Phúc", role="Thủ tướng", body=None,
                      evidence=evidence(text, "Thủ tướng Nguyễn Xuân Phúc", "speaker"))  # fmt: skip
    cue_start, cue_end = place(text, "yêu cầu")
    finance = body(text, "Bộ Tài chính", id="bo-tai-chinh")
    return document(
        text,
        id="a1b2",
        title="Thủ tướng giao việc sau Tết",
        published="2018-02-21",
        url="https://example.org/tin?a=1&b=2",
        blocks=blocks_of(text, "title", "paragraph", "paragraph", "related_link"),
        abbreviations=[Abbreviation(short="BCĐ", long="Ban chỉ đạo", start=0, end=3)],
        meeting=Meeting(
            name="Họp đầu năm", date="2018-02-21", place="Hà Nội",
            organizer=Organizer(text="Chính phủ", name="Chính phủ"),
            chairs=(Chair(name="Nguyễn Xuân Phúc", roles=("Thủ tướng",)),),
        ),
        directives=[
            directive(
                [
                    task(
                        text, "Bộ Tài chính phối hợp với Bộ Công Thương trình đề án trước ngày 15/3", lead=[finance],
                        coordinating=[body(text, "Bộ Công Thương", reason="hai bộ cùng tên")],
                        by=deadline(text, "trước ngày 15/3", end="2018-03-15"), confidence=0.95,
                    ),
                    task(text, "giảm 20% chi phí", lead=[finance], confidence=0.8, urgency="khẩn trương",
                         targets=[Target(text="20%", value=20, unit="%")]),
                    task(text, "Sở Y tế báo cáo kết quả", lead=[body(text, "Sở Y tế")], confidence=0.3,
                         by=deadline(text, "Hằng tháng", recurrence="monthly")),
                ],
                issuer=minister,
                cue=Cue(verb="yêu cầu", force="request", start=cue_start, end=cue_end),
            ),
            directive(
                [task(text, "Cục Thú y cam kết sẽ rà soát", lead=[body(text, "Cục Thú y")])],
                kind="commitment",
                issuer=Issuer(person=None, role=None, body="Cục Thú y", evidence=evidence(text, "Cục Thú y")),
            ),
        ],
    )  # fmt: skip


def many(reports: int, tasks_each: int, words: str = "Sở Y tế rà soát") -> list[Document]:
    """So many reports with so many tasks each, all with deadlines."""
    documents = []
    for number in range(reports):
        text = f"Báo cáo {number}. {words} trước 15/3."
        listed = [
            msgspec.structs.replace(
                task(text, words, by=deadline(text, "trước 15/3", end=f"2023-{month % 12 + 1:02}-15")),
                lead=(Body(text=words, name=f"Cơ quan {month}", id=None, start=0, end=3),),
            )
            for month in range(tasks_each)
        ]
        documents.append(document(text, id=f"r{number:05}", title=f"Báo cáo {number}", directives=[directive(listed)]))
    return documents
