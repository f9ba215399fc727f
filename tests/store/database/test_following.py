"""Matters in the database: the same as over all statements at once, whatever the order in which reports came."""

from __future__ import annotations

import datetime
import random
from functools import cache

import msgspec
import pytest

import pipeline
from pipeline.errors import ReviewError
from pipeline.follow.database import FollowedDatabase
from pipeline.follow.features import read_features
from pipeline.follow.joining import Decisions
from pipeline.follow.ledger import make_ledger
from pipeline.records import Document
from pipeline.store.database import Database, open_database, store

STARTED = "2026-03-02T08:00:00+07:00"
AT = datetime.datetime.fromisoformat(STARTED)
DAY = datetime.date(2030, 1, 1)
REPORTS = (
    (
        "2024-03-01",
        "Cầu Bến Đá chậm tiến độ",
        "Chủ tịch UBND tỉnh Bến Tre Lê Văn Nam yêu cầu Sở Giao thông vận tải hoàn thành thi công cầu Bến Đá trước ngày "
        "31/12/2024. Chủ tịch giao UBND huyện Ba Tri hoàn thành giải phóng mặt bằng cầu Bến Đá trước ngày 30/6/2024.",
    ),
    (
        "2024-07-10",
        "Gỡ vướng cho cầu Bến Đá",
        "Đến nay, UBND huyện Ba Tri đã hoàn thành giải phóng mặt bằng cầu Bến Đá. Chủ tịch UBND tỉnh Bến Tre yêu cầu "
        "Sở Giao thông vận tải hoàn thành thi công cầu Bến Đá trước ngày 30/6/2025.",
    ),
    (
        "2024-12-20",
        "Cầu Bến Đá trước hạn chót",
        "Theo Sở Giao thông vận tải tỉnh Bến Tre, đến nay cầu Bến Đá thi công đạt 62 % khối lượng.",
    ),
    (
        "2024-08-01",
        "Phòng dịch ở Bến Tre",
        "Chủ tịch UBND tỉnh Bến Tre yêu cầu Sở Y tế rà soát các trạm y tế xuống cấp, báo cáo trước ngày 30/8/2024.",
    ),
)


@cache
def documents() -> tuple[Document, ...]:
    return tuple(
        pipeline.extract(text, published=day, title=title, path=f"r{number}.txt")
        for number, (day, title, text) in enumerate(REPORTS)
    )


def ledger(followed: FollowedDatabase) -> bytes:
    return msgspec.json.encode(followed.matters(DAY))


def whole(decisions: Decisions | None = None) -> bytes:
    read = [pair for document in documents() for pair in read_features(document)]
    return msgspec.json.encode(make_ledger(read, decisions or Decisions()))


def add(database: Database, *reports: Document) -> None:
    store(database, reports, started=STARTED)
    with database.writing() as connection:
        FollowedDatabase(connection).update()


@pytest.mark.parametrize("seed", range(4))
def test_one_report_at_a_time_gives_what_all_at_once_give(
    address: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # However many are new, they are joined to those that are there.
    monkeypatch.setattr("pipeline.follow.database._MOST_ANEW", 0)
    order = list(documents())
    random.Random(seed).shuffle(order)
    with open_database(address) as database:
        for document in order:
            add(database, document)
        with database.writing() as connection:
            assert ledger(FollowedDatabase(connection)) == whole()


def test_what_was_told_over_time_is_one_matter(address: str) -> None:
    with open_database(address) as database:
        add(database, *documents())
        with database.writing() as connection:
            found = FollowedDatabase(connection).matters(DAY)
    bridge = next(matter for matter in found if "31/12/2024" in matter.title)
    assert [one.path for one in bridge.statements] == ["r0.txt", "r1.txt", "r2.txt"]
    moved = [event for event in bridge.events if event.kind == "deadline_moved"]
    assert [(event.before, event.value, event.nth, event.days) for event in moved] == [
        ("2024-12-31", "2025-06-30", 1, 181)
    ]


def test_nothing_new_is_nothing_to_do(address: str) -> None:
    with open_database(address) as database:
        add(database, *documents())
        with database.writing() as connection:
            assert FollowedDatabase(connection).update() == 0


def test_a_rejected_link_is_remembered(address: str) -> None:
    with open_database(address) as database:
        add(database, *documents()[:3])
        with database.writing() as connection:
            followed = FollowedDatabase(connection)
            link = next(link for matter in followed.matters(DAY) for link in matter.links)
            followed.decide(link.later, link.earlier, "reject", reviewer="Lan", reason="việc khác", at=AT)
        add(database, *documents()[3:])
        with database.writing() as connection:
            followed = FollowedDatabase(connection)
            pair = (min(link.later, link.earlier), max(link.later, link.earlier))
            assert ledger(followed) == whole(Decisions(rejected=frozenset({pair})))
            together = [matter for matter in followed.matters(DAY) if {*pair} <= {one.id for one in matter.statements}]
            assert not together


def test_an_accepted_link_joins_what_would_stay_apart(address: str) -> None:
    with open_database(address) as database:
        add(database, *documents())
        with database.writing() as connection:
            followed = FollowedDatabase(connection)
            before = followed.matters(DAY)
            one, other = sorted((before[0].statements[0].id, before[-1].statements[0].id))
            followed.decide(one, other, "accept", reviewer="Lan", reason=None, at=AT)
            after = followed.matters(DAY)
            assert len(after) == len(before) - 1
            assert ledger(followed) == whole(Decisions(accepted=frozenset({(one, other)})))


def test_a_verdict_is_a_basis(address: str) -> None:
    with open_database(address) as database:
        add(database, *documents())
        with database.writing() as connection:
            followed = FollowedDatabase(connection)
            matter = next(one for one in followed.matters(DAY) if "Sở Y tế" in one.title)
            day = datetime.date(2024, 8, 20)
            id = matter.statements[0].id
            followed.judge(id, "completed", day=day, reviewer="Lan", reason="đã xem báo cáo", at=AT)
            judged = next(one for one in followed.matters(DAY) if one.id == matter.id)
    status = judged.standing(datetime.date(2024, 8, 25)).status
    assert (status.progress, status.timeliness, status.basis) == ("completed", "on_time", "reviewer")
    assert judged.standing(datetime.date(2024, 8, 10)).status.basis == "none_found"


def test_decisions_need_statements(address: str) -> None:
    with open_database(address) as database, database.writing() as connection, pytest.raises(ReviewError):
        FollowedDatabase(connection).decide("a", "b", "accept", reviewer="Lan", reason=None, at=AT)


def test_progress_comes_back_with_the_document(address: str) -> None:
    from pipeline.store.database.stored_documents import read_documents

    with open_database(address) as database:
        add(database, *documents())
        with database.reading() as connection:
            stored = {one.document.path: one.progress for one in read_documents(connection)}
    assert stored == {one.document.path: one.progress for one in documents()}
    assert stored["r2.txt"]
