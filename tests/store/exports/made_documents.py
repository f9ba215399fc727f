"""Documents made for the tests of exports: as many tasks as asked for, with everything that formats stumble over."""

from __future__ import annotations

import datetime
import random

from pipeline.records import (
    SCHEMA_VERSION,
    Body,
    Cue,
    Deadline,
    Directive,
    DirectiveKind,
    Document,
    Evidence,
    Force,
    Issuer,
    Meeting,
    Recurrence,
    SourceDocument,
    Target,
    Task,
    TextSpan,
)

LEADS = (("Sở Y tế", "so-y-te"), ("UBND các huyện", None), ("=Sở Tài chính", "so-tai-chinh"), ("Bộ Nội vụ 🏛", None))
WORK = (
    "rà soát, báo cáo kết quả", "=HYPERLINK(1) đúng hạn", "- hoàn thành 100% đề án 😀", "+84 gọi ngay; \"khẩn\"",
    "@phòng họp\nsố 2, giao ban", ("𝔛ây dựng kế hoạch, dự toán " * 8).strip(), "<b>công khai</b> & minh bạch, a;b\\c",
)  # fmt: skip
DUE: tuple[tuple[str, str | None, str | None, Recurrence | None, str | None] | None, ...] = (
    None,
    ("trước ngày 30/6/2023", None, "2023-06-30", None, None),
    ("trong quý III", "2023-07-01", "2023-09-30", None, None),
    ("từ 1/9", "2023-09-01", None, None, None),
    ("trước mùa mưa", None, None, None, None),
    ("hằng tháng", None, None, "monthly", "FREQ=MONTHLY"),
    ("trước ngày 25 hằng tháng", None, None, "monthly", "FREQ=MONTHLY;BYMONTHDAY=25"),
    ("hằng quý", None, None, "quarterly", "FREQ=MONTHLY;INTERVAL=3"),
    ("hằng ngày", None, None, "daily", "FREQ=DAILY"),
)
KINDS: tuple[tuple[DirectiveKind, Force], ...] = (
    ("directive", "order"), ("commitment", "pledge"), ("proposal", "proposal"),
)  # fmt: skip


def make_documents(tasks: int, *, seed: int = 7, a_report: int = 10) -> list[Document]:
    """Documents with `tasks` tasks, `a_report` in each; the same for the same seed."""
    dice = random.Random(seed)
    return [
        make_document(number, min(a_report, tasks - first), dice)
        for number, first in enumerate(range(0, tasks, a_report))
    ]


def make_document(number: int, tasks: int, dice: random.Random) -> Document:
    text = f"Họp giao ban 🗓 số {number}\n"
    directives = []
    for place in range(tasks):
        issuer = dice.choice(("Chủ tịch UBND tỉnh", "Thủ tướng"))
        start = len(text)
        text += f"{issuer} yêu cầu "
        line, made = _task(text, f"{number:08x}{place:04x}", dice)
        kind, force = dice.choice(KINDS)
        evidence = Evidence(start=start, end=start + len(issuer), exact=issuer, rule="office")
        directives.append(
            Directive(
                id=f"d{number:08x}{place:04x}",
                kind=kind,
                issuer=Issuer(person=None, role=issuer, body=None, evidence=evidence),
                cue=Cue(verb="yêu cầu", force=force, start=start + len(issuer) + 1, end=start + len(issuer) + 8),
                tasks=(made,),
            )
        )
        text = f"{line}.\n"
    published = (datetime.date(2023, 1, 31) + datetime.timedelta(days=number)).isoformat() if number % 9 else None
    return Document(
        schema=SCHEMA_VERSION,
        document=SourceDocument(
            id=f"{number:016x}",
            path=f"in/{number}.txt",
            sha256="0" * 64,
            media_type="text/plain",
            encoding="utf-8",
            genre="news",
            title=f"Họp giao ban 🗓 số {number}" if number % 5 else None,
            published=published,
            publisher=None,
            url=f"https://bao.example/tin/{number}?q=họp" if number % 3 else "javascript:alert(1)",
            number=None,
        ),
        text=text,
        blocks=(),
        abbreviations=(),
        meeting=Meeting(name="Họp giao ban", date=None, place=None, organizer=None, chairs=()),
        directives=tuple(directives),
    )


def _task(text: str, task_id: str, dice: random.Random) -> tuple[str, Task]:
    """The text with a task after it, and the task."""
    start = len(text)
    leads = []
    for name, body_id in dice.sample(LEADS, dice.randint(0, 2)):
        leads.append(Body(text=name, name=name, id=body_id, start=len(text), end=len(text) + len(name)))
        text += f"{name}, "
    action = dice.choice(WORK)
    text += action
    told = dice.choice(DUE)
    deadline = None
    if told is not None:
        words, first, last, recurrence, rrule = told
        text += " "
        evidence = Evidence(start=len(text), end=len(text) + len(words), exact=words, rule="date")
        text += words
        deadline = Deadline(
            text=words, start=first, end=last, edtf=last, recurrence=recurrence, evidence=evidence, rrule=rrule
        )
    end = len(text)
    span = TextSpan(start=start, end=end, exact=text[start:end], prefix=text[max(0, start - 32) : start], suffix=".")
    return text, Task(
        id=task_id,
        span=span,
        action=action,
        lead=tuple(leads),
        coordinating=(),
        deadline=deadline,
        urgency=None,
        targets=(Target(text="100%", value=100.0, unit="%"),) if "100%" in action else (),
        confidence=round(dice.uniform(0.3, 1), 2),
        rules=("cue", "list"),
    )
