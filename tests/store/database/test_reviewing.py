"""What people say of tasks: it holds against all later runs, and who said it, when and why is kept."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import select

from pipeline.errors import ReviewError
from pipeline.records import Document, Task
from pipeline.store.database import Database, store
from pipeline.store.database.checks import check
from pipeline.store.database.history import task_history
from pipeline.store.database.stored_documents import read_documents
from pipeline.store.database.tables import REVIEW, TASK
from pipeline.store.review.corrections import Correction
from pipeline.store.review.reviewing import Reviewer, Signature
from tests.store.database.documents import STARTED, TEXT, make_document, with_id_of

AT = datetime.datetime(2026, 3, 4, 9, 30, tzinfo=datetime.UTC)
LATER = "2026-03-05T08:00:00+07:00"


@pytest.fixture
def filled(database: Database) -> Database:
    """A database with one report of three tasks."""
    store(database, [make_document()], started=STARTED)
    return database


def review(database: Database, verdict: str, *arguments: Any, reason: str | None = None) -> Any:
    with database.writing() as connection:
        return getattr(Reviewer(connection, Signature(reviewer="Hoa", at=AT)), verdict)(*arguments, reason)


def tasks(database: Database) -> list[Task]:
    """The tasks as they stand, in the order of the text."""
    with database.reading() as connection:
        return [task for document in read_documents(connection) for task in tasks_of(document)]


def tasks_of(document: Document) -> list[Task]:
    return [task for directive in document.directives for task in directive.tasks]


def status(database: Database, task_id: str) -> str:
    with database.reading() as connection:
        return str(connection.execute(select(TASK.c.status).where(TASK.c.id == task_id)).scalar_one())


def sound(database: Database) -> bool:
    return [fault.problem for fault in check(database)] == []


def test_a_rejected_task_stays_away(filled: Database) -> None:
    first = tasks(filled)[0]
    review(filled, "reject", first.id, reason="không phải việc")
    assert first.id not in [task.id for task in tasks(filled)]
    store(filled, [with_id_of(make_document(TEXT + "Thêm."), make_document())], started=LATER)
    assert first.id not in [task.id for task in tasks(filled)]
    assert status(filled, first.id) == "rejected"
    assert sound(filled)


def test_an_accepted_task_holds_against_later_runs(filled: Database) -> None:
    document = make_document()
    first = tasks(filled)[0]
    review(filled, "accept", first.id)
    without = replace(
        document,
        directives=tuple(
            replace(directive, tasks=tuple(replace(task, deadline=None, lead=()) for task in directive.tasks))
            for directive in document.directives
        ),
    )
    store(filled, [without], started=LATER)
    now = tasks(filled)
    assert now[0] == first
    assert [task.lead for task in now[1:]] == [(), ()]
    store(filled, [replace(document, directives=())], started="2026-03-06T00:00:00+00:00")
    assert tasks(filled) == [first]
    assert sound(filled)


def test_what_later_runs_read_is_kept_beside_a_correction(filled: Database) -> None:
    first = tasks(filled)[0]
    review(filled, "edit", first.id, Correction(lead=("Sở Tài chính",)))
    document = make_document()
    later = replace(document, directives=document.directives[1:])
    store(filled, [later], started=LATER)
    assert [body.text for body in tasks(filled)[0].lead] == ["Sở Tài chính"]
    with filled.reading() as connection:
        moments = task_history(connection, first.id)
        (said,) = read_documents(connection, by_run=True)
    assert [(moment.event, moment.until, moment.said_by) for moment in moments] == [(1, 3, "chidao"), (2, None, "Hoa")]
    assert len(tasks_of(said)) == 2
    assert sound(filled)


@pytest.mark.parametrize(
    ("correction", "changed"),
    [
        ({"words": "rà soát 100% hồ sơ"}, {"exact": "rà soát 100% hồ sơ", "action": "rà soát 100% hồ sơ"}),
        ({"lead": ["Sở Y tế", "Sở Tài chính"]}, {"lead": ["Sở Y tế", "Sở Tài chính"]}),
        ({"lead": []}, {"lead": []}),
        ({"coordinating": ["Công an tỉnh"]}, {"coordinating": ["Công an tỉnh"]}),
        ({"deadline": None}, {"deadline": None}),
        ({"deadline": {"end": "2023-07-15"}}, {"deadline": ("trước 30/6.", None, "2023-07-15", "../2023-07-15")}),
        (
            {"deadline": {"start": "2023-06-01"}},
            {"deadline": ("trước 30/6.", "2023-06-01", "2023-06-30", "2023-06-01/2023-06-30")},
        ),
        ({"deadline": {"text": "trước ngày 15/7"}}, {"deadline": ("trước ngày 15/7", None, "2023-07-15", None)}),
    ],
)
def test_an_edit_changes_what_it_names_alone(
    filled: Database, correction: dict[str, Any], changed: dict[str, Any]
) -> None:
    first = tasks(filled)[0]
    review(filled, "edit", first.id, msgspec.convert(correction, Correction), reason="sửa")
    now = next(task for task in tasks(filled) if task.id == first.id)
    for name, value in changed.items():
        if name == "exact":
            assert now.span.exact == value
        elif name == "deadline" and value is not None:
            due = now.deadline
            assert due is not None
            assert (due.text, due.start, due.end) == value[:3]
            assert value[3] is None or due.edtf == value[3]
        elif name in ("lead", "coordinating"):
            assert [body.text for body in getattr(now, name)] == value
        else:
            assert getattr(now, name) == value
    for name in ("lead", "coordinating", "deadline"):
        if name not in changed:
            assert getattr(now, name) == getattr(first, name)
    assert (status(filled, first.id), now.confidence) == ("edited", 1.0)
    with filled.reading() as connection:
        (row,) = connection.execute(select(REVIEW)).all()
    assert (row.reviewer, row.reason, row.verdict, row.origin) == ("Hoa", "sửa", "edit", "command")
    assert {change["field"] for change in row.changes} <= {"words", "start", "lead", "coordinating", "deadline"}
    assert sound(filled)


def test_the_kind_and_the_issuer_of_one_task_alone(filled: Database) -> None:
    first = tasks(filled)[0]
    correction = {"kind": "proposal", "issuer": {"person": "Lê Thị Hoa", "role": "Bí thư"}}
    review(filled, "edit", first.id, msgspec.convert(correction, Correction))
    with filled.reading() as connection:
        (document,) = read_documents(connection)
    said = {task.id: directive for directive in document.directives for task in directive.tasks}
    issuer = said[first.id].issuer
    assert (said[first.id].kind, issuer.person, issuer.role) == ("proposal", "Lê Thị Hoa", "Bí thư")
    assert issuer.evidence is not None and issuer.evidence.exact == "Lê Thị Hoa"
    assert [directive.kind for id_, directive in said.items() if id_ != first.id] == ["directive", "directive"]
    # A later run that reads the old kind finds the same task.
    store(filled, [make_document()], started=LATER)
    assert len(tasks(filled)) == 3
    assert sound(filled)


def test_a_task_added_is_found_again_by_a_run(filled: Database) -> None:
    document = make_document()
    later = with_id_of(make_document(TEXT.replace("các huyện", "các huyện, xã")), document)
    words = "họp"
    id_ = review(
        filled, "add", document.document.id, Correction(words=words, kind="commitment", lead=("Công an tỉnh",))
    )
    assert len(tasks(filled)) == 4
    assert status(filled, id_) == "edited"
    store(filled, [later], started=LATER)
    assert sound(filled)


def test_reviews_follow_one_another(filled: Database) -> None:
    first = tasks(filled)[0]
    steps = [
        ("accept", (), "accepted"),
        ("edit", (Correction(lead=()),), "edited"),
        ("accept", (), "edited"),
        ("reject", (), "rejected"),
        ("accept", (), "accepted"),
        ("reject", (), "rejected"),
        ("edit", (Correction(words="rà soát 100% hồ sơ"),), "edited"),
    ]
    for verdict, arguments, expected in steps:
        review(filled, verdict, first.id, *arguments)
        assert status(filled, first.id) == expected
        assert (first.id in [task.id for task in tasks(filled)]) == (expected != "rejected")
        assert sound(filled)


@pytest.mark.parametrize(
    ("correction", "problem"),
    [
        ({"words": "đi chơi"}, "don't stand in the report"),
        ({"lead": ["Bộ Quốc phòng"]}, "don't stand in the report"),
        ({"deadline": {"text": "năm 2050"}}, "don't stand in the report"),
        ({"deadline": {"end": "2023-02-30"}}, "is no day"),
        ({"deadline": {"start": "2023-12-01"}}, "before it begins"),
        ({}, "changes nothing"),
        ({"lead": ["Sở Y tế"]}, "changes nothing"),
    ],
)
def test_what_is_no_correction_changes_nothing(filled: Database, correction: dict[str, Any], problem: str) -> None:
    first = tasks(filled)[0]
    with pytest.raises(ReviewError, match=problem):
        review(filled, "edit", first.id, msgspec.convert(correction, Correction))
    assert tasks(filled)[0] == first
    with filled.reading() as connection:
        assert connection.execute(select(REVIEW)).all() == []


def test_unknown_tasks_and_nameless_reviewers(filled: Database) -> None:
    with pytest.raises(ReviewError, match="no such task"):
        review(filled, "accept", "nothing")
    with pytest.raises(ReviewError, match="no such report"):
        review(filled, "add", "nothing", Correction(words="họp", kind="directive"))
    with pytest.raises(ReviewError, match="nobody"), filled.writing() as connection:
        Reviewer(connection, Signature(reviewer=" ", at=AT))


def test_reviews_as_of_the_events_around_them(filled: Database) -> None:
    first, second, _ = tasks(filled)
    review(filled, "reject", first.id)
    review(filled, "edit", second.id, Correction(lead=()))
    review(filled, "accept", first.id)

    def at(event: int) -> list[tuple[str, int]]:
        with filled.reading() as connection:
            (document,) = read_documents(connection, event=event)
        return [(task.id, len(task.lead)) for task in tasks_of(document)]

    every = [(task.id, len(task.lead)) for task in (first, second, _)]
    assert at(1) == every
    assert at(2) == every[1:]
    assert at(3) == [(second.id, 0), every[2]]
    assert at(4) == [every[0], (second.id, 0), every[2]]
