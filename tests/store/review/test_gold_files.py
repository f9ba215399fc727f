"""Corrections out as gold files, corrected files in, and the queue."""

from __future__ import annotations

import csv
import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import select

from pipeline.errors import ReviewError
from pipeline.evaluate import as_predicted, compare, read_gold
from pipeline.read import read
from pipeline.records import Document
from pipeline.store.database import Database, open_database, store
from pipeline.store.database.checks import check
from pipeline.store.database.selection import Selection
from pipeline.store.database.stored_documents import read_documents
from pipeline.store.database.tables import REVIEW
from pipeline.store.review.gold_export import export_gold
from pipeline.store.review.gold_files import Imported, import_gold, read_gold_file
from pipeline.store.review.queue import review_queue
from pipeline.store.review.reviewing import Reviewer, Signature
from pipeline.store.review.task_sheets import import_rows, read_sheet
from pipeline.store.task_rows import task_rows
from tests.store.database.documents import STARTED, make_document, numbered, with_id_of

AT = datetime.datetime(2026, 3, 4, tzinfo=datetime.UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database with two reports of three tasks each."""
    with open_database(tmp_path / "x.db") as opened:
        store(opened, [make_document(), numbered(1)], started=STARTED)
        yield opened


def standing(database: Database, report_id: str | None = None) -> Document:
    with database.reading() as connection:
        return next(read_documents(connection, report_id=report_id or make_document().document.id))


def accept_all(database: Database) -> None:
    with database.writing() as connection:
        reviewer = Reviewer(connection, Signature(reviewer="Hoa", at=AT))
        for directive in standing(database).directives:
            for task in directive.tasks:
                reviewer.accept(task.id)


def export(database: Database, folder: Path) -> int:
    with database.reading() as connection:
        return export_gold(connection, folder)


def bring_in(database: Database, file: Path) -> Imported:
    with database.writing() as connection:
        reviewer = Reviewer(connection, Signature(reviewer="Hoa", at=AT, origin=file.name))
        if file.suffix == ".json":
            return import_gold(connection, reviewer, read_gold_file(file))
        return import_rows(connection, reviewer, read_sheet(file))


def reviews(database: Database) -> list[Any]:
    with database.reading() as connection:
        return list(connection.execute(select(REVIEW).order_by(REVIEW.c.event)).all())


def test_only_reports_that_people_have_been_through_are_gold(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "gold"
    assert export(database, folder) == 0
    assert not folder.exists()
    accept_all(database)
    assert export(database, folder) == 1
    id_ = make_document().document.id
    assert sorted(path.name for path in folder.iterdir()) == sorted([f"{id_}.json", f"{id_}.txt", "manifest.csv"])
    with (folder / "manifest.csv").open(encoding="utf-8") as file:
        assert list(csv.reader(file)) == [["file", "published"], [f"{id_}.txt", "2023-06-06"]]


def test_gold_files_are_those_of_evaluate(database: Database, tmp_path: Path) -> None:
    accept_all(database)
    export(database, tmp_path)
    document = standing(database)
    id_ = document.document.id
    text = read(tmp_path / f"{id_}.txt").text
    assert text == document.text
    tally, misses = compare(read_gold(tmp_path / f"{id_}.json", text), as_predicted(document), text)
    assert misses == []
    assert tally["complete"] == tally["gold"] == 3


def test_an_exported_file_comes_back_unchanged(database: Database, tmp_path: Path) -> None:
    accept_all(database)
    export(database, tmp_path)
    file = next(tmp_path.glob("*[0-9a-f].json"))
    before = len(reviews(database))
    assert bring_in(database, file) == Imported(unchanged=3)
    assert len(reviews(database)) == before


def test_a_corrected_gold_file(database: Database, tmp_path: Path) -> None:
    accept_all(database)
    export(database, tmp_path)
    file = next(tmp_path.glob("*[0-9a-f].json"))
    gold = json.loads(file.read_bytes())
    first, second, _ = gold["tasks"]
    first["lead"] = ["Sở Tài chính"]
    second["deadline"] = {"text": "Ngày 5/6", "start": None, "end": "2023-06-05", "recurrence": None}
    gold["tasks"] = [first, second, {"kind": "proposal", "quote": "Họp về chuyển đổi số", "lead": []}]
    file.write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
    assert bring_in(database, file) == Imported(edited=2, added=1, rejected=1)
    now = [task for directive in standing(database).directives for task in directive.tasks]
    assert [task.span.exact for task in now][0] == "Họp về chuyển đổi số"
    assert [body.text for body in now[1].lead] == ["Sở Tài chính"]
    assert now[2].deadline is not None and now[2].deadline.end == "2023-06-05"
    assert {row.origin for row in reviews(database)} == {"command", file.name}
    assert list(check(database)) == []
    # The same again is no news, and what comes out is what was put in.
    assert bring_in(database, file) == Imported(unchanged=3)
    export(database, tmp_path)
    again = json.loads(file.read_bytes())
    assert [task["quote"] for task in again["tasks"]] == [task["quote"] for task in (gold["tasks"][2], first, second)]


def test_a_file_of_a_report_with_no_task_left(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "empty.json"
    file.write_text(json.dumps({"id": make_document().document.id, "tasks": []}), encoding="utf-8")
    assert bring_in(database, file) == Imported(rejected=3)
    assert export(database, tmp_path / "gold") == 1


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("{", "no gold file"),
        ('{"tasks": []}', "no gold file"),
        ('{"id": "nothing", "tasks": []}', "no such report"),
        ('{"id": "REPORT", "tasks": [{"kind": "directive", "quote": "không có câu này"}]}', "don't stand"),
        ('{"id": "REPORT", "tasks": [{"kind": "order", "quote": "họp"}]}', "no gold file"),
    ],
)
def test_a_wrong_file_changes_nothing(database: Database, tmp_path: Path, content: str, problem: str) -> None:
    file = tmp_path / "wrong.json"
    file.write_text(content.replace("REPORT", make_document().document.id), encoding="utf-8")
    with pytest.raises(ReviewError, match=problem):
        bring_in(database, file)
    assert reviews(database) == []


def write_sheet(file: Path, rows: list[dict[str, Any]], delimiter: str = ",") -> None:
    if file.suffix == ".jsonl":
        file.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
        return
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        table = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
        table.writeheader()
        table.writerows(rows)


def sheet_rows(database: Database) -> list[dict[str, Any]]:
    """The rows of the first report as `tasks.csv` has them."""
    rows = []
    for row in task_rows(standing(database)):
        values = msgspec.to_builtins(row)
        rows.append({name: "; ".join(map(str, v)) if isinstance(v, list | tuple) else v for name, v in values.items()})
    return rows


@pytest.mark.parametrize(("name", "delimiter"), [("t.csv", ","), ("t.csv", ";"), ("t.csv", "\t"), ("t.jsonl", ",")])
def test_a_corrected_table(database: Database, tmp_path: Path, name: str, delimiter: str) -> None:
    rows = sheet_rows(database)
    file = tmp_path / name
    write_sheet(file, rows, delimiter)
    assert bring_in(database, file) == Imported(unchanged=3)
    rows[0] |= {"lead": "Sở Y tế; Sở Tài chính", "deadline_end": "2023-06-29"}
    rows[1] |= {"deadline_text": "trước 30/6.", "deadline_end": "2023-06-30"}
    rows[2] |= {"deadline_text": "", "deadline_start": "", "deadline_end": "", "recurrence": ""}
    write_sheet(file, rows, delimiter)
    assert bring_in(database, file) == Imported(edited=3)
    now = [task for directive in standing(database).directives for task in directive.tasks]
    assert [body.text for body in now[0].lead] == ["Sở Y tế", "Sở Tài chính"]
    assert [task.deadline.end if task.deadline else None for task in now] == ["2023-06-29", "2023-06-30", None]
    assert bring_in(database, file) == Imported(unchanged=3)
    assert list(check(database)) == []


def test_verdicts_of_a_table(database: Database, tmp_path: Path) -> None:
    rows = [
        {"task_id": row["task_id"], "verdict": verdict, "reason": "xem lại"}
        for row, verdict in zip(sheet_rows(database), ("accept", "Reject", ""), strict=True)
    ]
    file = tmp_path / "t.csv"
    write_sheet(file, rows)
    assert bring_in(database, file) == Imported(accepted=1, rejected=1, unchanged=1)
    assert [row.reason for row in reviews(database)] == ["xem lại"] * 2
    assert bring_in(database, file) == Imported(unchanged=3)


def test_a_table_of_what_an_earlier_run_read_corrects_nothing(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    write_sheet(file, sheet_rows(database))
    document = make_document()
    newer = replace(
        document,
        directives=tuple(
            replace(directive, tasks=tuple(replace(task, lead=()) for task in directive.tasks))
            for directive in document.directives
        ),
    )
    store(database, [with_id_of(newer, document)], started="2026-03-03T00:00:00+00:00")
    assert bring_in(database, file) == Imported(stale=3)
    assert reviews(database) == []


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"task": "x"}, "names no task"),
        ({"task_id": "nothing"}, "no such task"),
        ({"task_id": "TASK", "verdict": "maybe"}, "no verdict"),
        ({"task_id": "TASK", "kind": "order"}, "can't be used"),
        ({"task_id": "TASK", "deadline_end": "30/6"}, "no day"),
    ],
)
def test_a_wrong_row_changes_nothing(database: Database, tmp_path: Path, row: dict[str, Any], problem: str) -> None:
    first, second, _ = sheet_rows(database)
    file = tmp_path / "t.jsonl"
    good = {"task_id": second["task_id"], "verdict": "accept"}
    write_sheet(file, [good, {name: first["task_id"] if value == "TASK" else value for name, value in row.items()}])
    with pytest.raises(ReviewError, match=problem):
        bring_in(database, file)
    assert reviews(database) == []


def test_the_queue_has_the_most_doubtful_first(database: Database) -> None:
    document = make_document()
    shares = iter((0.9, 0.4, 0.9))
    doubtful = replace(
        document,
        directives=tuple(
            replace(directive, tasks=tuple(replace(task, confidence=next(shares)) for task in directive.tasks))
            for directive in document.directives
        ),
    )
    store(database, [doubtful], started="2026-03-03T00:00:00+00:00")
    with database.reading() as connection:
        queue = review_queue(connection, Selection())
        shorter = review_queue(connection, Selection(), limit=2)
    assert len(queue) == 6
    assert queue[0].confidence == 0.4
    assert [one.doubt for one in queue] == sorted((one.doubt for one in queue), reverse=True)
    assert shorter == queue[:2]
    assert all(0 <= one.doubt <= 1 for one in queue)
    accept_all(database)
    with database.reading() as connection:
        left = review_queue(connection, Selection())
    assert {one.report_id for one in left} == {numbered(1).document.id}
    assert len(left) == 3
