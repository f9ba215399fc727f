"""How long it takes to join many tasks into matters, and to add a day's reports to a database.

python -m tests.bench.matters [TASKS]    100,000 tasks unless told otherwise: seconds and memory

The reports are made: stories of works at places over months, each with orders, orders again and progress.
"""

from __future__ import annotations

import datetime
import hashlib
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline.lexicon.bodies import load_register
from pipeline.records import (
    Block,
    Body,
    Deadline,
    Directive,
    Document,
    Evidence,
    Issuer,
    Meeting,
    SourceDocument,
    Task,
    TextSpan,
)

TASKS_A_REPORT = 8
REPORTS_A_DAY = 500
_PLACES = tuple(place.id for place in load_register().places)
_SYLLABLES = [
    "An",
    "Bình",
    "Cái",
    "Đông",
    "Hòa",
    "Khánh",
    "Lộc",
    "Mỹ",
    "Nhơn",
    "Phú",
    "Quới",
    "Rạch",
    "Sơn",
    "Tân",
    "Thạnh",
    "Vĩnh",
    "Xuân",
    "Yên",
    "Long",
    "Hưng",
    "Giồng",
    "Trôm",
]
_THINGS = (
    "cầu", "đường tỉnh", "bệnh viện", "trường THPT", "hồ chứa nước", "kè", "chợ", "khu tái định cư", "trụ sở",
    "nhà máy nước",
)  # fmt: skip
_WORKS = (
    "hoàn thành giải phóng mặt bằng {thing}",
    "hoàn thiện hồ sơ thiết kế {thing}, trình thẩm định",
    "đẩy nhanh tiến độ thi công {thing}",
    "sửa chữa chỗ hư hỏng của {thing}",
    "bố trí {figure} tỷ đồng cho {thing}",
    "rà soát {figure} hộ dân bị ảnh hưởng, chi trả hỗ trợ theo quy định",
    "tổ chức tuyên truyền, vận động người dân chấp hành",
    "kiểm tra, xử lý nghiêm các vi phạm về trật tự xây dựng",
    "tập huấn cho {figure} cán bộ cấp xã về chuyển đổi số",
    "ban hành kế hoạch phòng chống thiên tai năm {year}",
    "tiêm phòng cho {figure} con gia súc",
    "số hóa {figure} hồ sơ hộ tịch",
)
_BODIES = (
    ("Sở Xây dựng", "so-xay-dung"),
    ("Sở Tài chính", "so-tai-chinh"),
    ("Sở Y tế", "so-y-te"),
    ("Sở Nội vụ", "so-noi-vu"),
)


def make_documents(tasks: int, seed: int = 1) -> Iterator[Document]:
    """Reports with so many tasks in all, four reports a story; the same for a seed."""
    chance = random.Random(seed)
    number = 0
    while number * TASKS_A_REPORT < tasks:
        place = chance.choice(_PLACES)
        thing = (
            f"{chance.choice(_THINGS)} {' '.join(chance.sample(_SYLLABLES, 2))} {chance.choice(['', '2', '3'])}".strip()
        )
        works = [
            chance.choice(_WORKS).format(thing=thing, figure=chance.randint(12, 9000), year=2024) for _ in range(12)
        ]
        day = datetime.date(2022, 1, 1) + datetime.timedelta(days=chance.randint(0, 1200))
        for _ in range(4):
            yield _document(number, day, place, thing, chance.sample(works, TASKS_A_REPORT), chance)
            number += 1
            day += datetime.timedelta(days=chance.randint(20, 90))


def _document(
    number: int, day: datetime.date, place: str, thing: str, works: list[str], chance: random.Random
) -> Document:
    text, directives = f"Họp về {thing}\n", []
    title = text.strip()
    for nth, work in enumerate(works):
        name, kind = chance.choice(_BODIES)
        due = day + datetime.timedelta(days=chance.randint(20, 200))
        text += "Chủ tịch yêu cầu "
        start = len(text)
        words = f"trước ngày {due.day}/{due.month}/{due.year}"
        exact = f"{name} {work} {words}"
        text += f"{exact}.\n"
        span = TextSpan(start=start, end=start + len(exact), exact=exact, prefix="", suffix="")
        at = start + len(exact) - len(words)
        evidence = Evidence(start=at, end=start + len(exact), exact=words, rule="bench")
        deadline = Deadline(text=words, start=None, end=due.isoformat(), edtf=None, recurrence=None, evidence=evidence)
        lead = Body(text=name, name=name, id=f"{kind}--{place}", start=start, end=start + len(name))
        task = Task(
            id=f"{number:08x}{nth:04x}", span=span, action=work, lead=(lead,), coordinating=(), deadline=deadline,
            urgency=None, targets=(), confidence=0.9, rules=("bench",),
        )  # fmt: skip
        issuer = Issuer(person=None, role="Chủ tịch", body=None, evidence=None)
        directives.append(Directive(id=task.id, kind="directive", issuer=issuer, cue=None, tasks=(task,)))
    source = SourceDocument(
        id=f"report{number:06}", path=f"{number:06}.txt", sha256=hashlib.sha256(text.encode()).hexdigest(),
        media_type="text/plain", encoding="utf-8",
        genre="news", title=title, published=day.isoformat(), publisher=None, url=None, number=None,
    )  # fmt: skip
    return Document(
        schema="1", document=source, text=text,
        blocks=(Block(kind="title", start=0, end=len(title)),), abbreviations=(),
        meeting=Meeting(name=None, date=None, place=None, organizer=None, chairs=()), directives=tuple(directives),
    )  # fmt: skip


def measure_joining(tasks: int) -> None:
    """Prints seconds and memory for reading the features of so many tasks and joining them."""
    from pipeline.follow.features import read_features
    from pipeline.follow.ledger import make_ledger

    clock = time.perf_counter()
    read = [pair for document in make_documents(tasks) for pair in read_features(document)]
    features = time.perf_counter() - clock
    matters = make_ledger(read)
    whole = time.perf_counter() - clock
    print(
        f"{len(read)} tasks, {len(matters)} matters: features {features:.0f} s, joined {whole - features:.0f} s, "
        f"in all {whole:.0f} s, {_mebibytes():.0f} MiB",
        flush=True,
    )


def measure_database(tasks: int) -> None:
    """Prints seconds for a database of so many tasks and for a day's reports more."""
    from pipeline.follow.database import FollowedDatabase
    from pipeline.store.database import open_database, store

    documents = list(make_documents(tasks + REPORTS_A_DAY * TASKS_A_REPORT))
    documents.sort(key=lambda document: str(document.document.published))
    old, new = documents[:-REPORTS_A_DAY], documents[-REPORTS_A_DAY:]
    with tempfile.TemporaryDirectory() as folder, open_database(Path(folder) / "bench.db") as database:
        store(database, old, started="2026-03-02T08:00:00+07:00")
        for name, more in (("all", []), ("a day's reports", new)):
            if more:
                store(database, more, started="2026-03-03T08:00:00+07:00")
            clock = time.perf_counter()
            with database.writing() as connection:
                reports = FollowedDatabase(connection).update()
            print(
                f"{name}: {reports} reports followed in {time.perf_counter() - clock:.0f} s, {_mebibytes():.0f} MiB",
                flush=True,
            )


def _mebibytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    measure_joining(wanted)
    measure_database(wanted)
