"""Documents into the database: new ones, the same again, changed ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select

from pipeline.errors import StoreError
from pipeline.records import Document, Task
from pipeline.store.database import Database, RunWriter, open_database, store
from pipeline.store.database.tables import DEADLINE, READING, REPORT, RUN, RUN_READING, TASK, TASK_STATE
from tests.store.database.documents import STARTED, TEXT, make_document, numbered, with_id_of

LATER = "2026-03-03T08:00:00+07:00"


def count(database: Database, table: Any, *where: Any) -> int:
    with database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one())


def task_ids(database: Database, *, current: bool = True) -> dict[str, str]:
    """The ids of tasks by their words as they stand."""
    with database.reading() as connection:
        rows = connection.execute(
            select(TASK_STATE.c.action, TASK.c.id).join(TASK).where(TASK_STATE.c.current == current)
        ).all()
    return {action: id_ for action, id_ in rows}


def with_tasks(document: Document, change: Any) -> Document:
    directives = tuple(
        replace(directive, tasks=tuple(change(task) for task in directive.tasks)) for directive in document.directives
    )
    return replace(document, directives=directives)


def moved(task: Task, text: str, start: int = 0, end: int = 0) -> Task:
    """The task with its span's ends moved."""
    span = task.span
    first, last = span.start + start, span.end + end
    return replace(task, span=replace(span, start=first, end=last, exact=text[first:last]))


def test_the_same_documents_again_add_nothing(database: Database) -> None:
    documents = [make_document(), numbered(1)]
    store(database, documents, started=STARTED)
    before = task_ids(database)
    store(database, documents, started=LATER)
    assert task_ids(database) == before
    assert count(database, REPORT) == 2
    assert count(database, READING) == 2
    assert count(database, TASK_STATE) == count(database, TASK) == 6
    assert count(database, RUN) == 2
    assert count(database, RUN_READING) == 4


def test_ids_are_those_of_the_extraction(tmp_path: Path) -> None:
    from pipeline import extract

    document = extract("Chủ tịch UBND tỉnh Trần Văn Minh yêu cầu Sở Y tế báo cáo trước ngày 30/6/2023.")
    said = {task.id for directive in document.directives for task in directive.tasks}
    assert said
    with open_database(tmp_path / "x.db") as database:
        store(database, [document], started=STARTED)
        assert set(task_ids(database).values()) == said


@pytest.mark.parametrize(("start", "end"), [(0, -4), (3, 0), (-8, 0), (0, 1), (-8, 1)])
def test_a_span_that_moves_by_a_word_keeps_its_id(database: Database, start: int, end: int) -> None:
    document = make_document()
    store(database, [document], started=STARTED)
    before = set(task_ids(database).values())
    store(database, [with_tasks(document, lambda task: moved(task, document.text, start, end))], started=LATER)
    assert set(task_ids(database).values()) == before
    assert count(database, TASK) == 3
    assert count(database, TASK_STATE) == 6


def test_words_before_a_task_move_it_without_a_new_id(database: Database) -> None:
    document = make_document()
    store(database, [document], started=STARTED)
    before = task_ids(database)
    longer = with_id_of(make_document("Bản tin buổi chiều\n\n" + TEXT), document)
    store(database, [longer], started=LATER)
    assert task_ids(database) == before


def test_a_task_no_longer_read_is_withdrawn_and_may_come_back(database: Database) -> None:
    document = make_document()
    shorter = replace(document, directives=document.directives[:-1])
    store(database, [document], started=STARTED)
    before = task_ids(database)
    store(database, [shorter], started=LATER)
    assert len(task_ids(database)) == 2
    store(database, [document], started="2026-03-04T08:00:00+07:00")
    assert task_ids(database) == before
    assert count(database, TASK) == 3


def test_only_what_changed_is_stored_again(database: Database) -> None:
    document = make_document()
    store(database, [document], started=STARTED)
    first, *others = document.directives
    task = replace(first.tasks[0], deadline=None)
    store(database, [replace(document, directives=(replace(first, tasks=(task,)), *others))], started=LATER)
    assert count(database, TASK_STATE) == 4
    assert count(database, TASK_STATE, TASK_STATE.c.current) == 3
    assert count(database, DEADLINE) == 2


def test_a_run_that_began_earlier_and_stores_later_stays_in_its_place(database: Database) -> None:
    document = make_document()
    shorter = replace(document, directives=document.directives[:-1])
    store(database, [document], started=STARTED)
    earlier = RunWriter(database, started=LATER)
    later = RunWriter(database, started=LATER)
    later.add(document)
    later.close()
    earlier.add(shorter)
    earlier.close()
    assert len(task_ids(database)) == 3
    with database.reading() as connection:
        readings = connection.execute(select(READING.c.since, READING.c.until).order_by(READING.c.since)).all()
        states = connection.execute(
            select(TASK_STATE.c.since, TASK_STATE.c.until, TASK_STATE.c.current)
            .where(TASK_STATE.c.action.contains("kiểm tra"))
            .order_by(TASK_STATE.c.since)
        ).all()
    assert [tuple(row) for row in readings] == [(1, 2), (2, 3), (3, None)]
    assert [tuple(row) for row in states] == [(1, 2, False), (3, None, True)]


def test_the_same_text_in_another_file_is_the_same_report(database: Database) -> None:
    store(database, [make_document(path="a.txt")], started=STARTED)
    other = make_document(path="b.html")
    store(database, [replace(other, document=replace(other.document, id="f" * 16))], started=LATER)
    assert count(database, REPORT) == 1
    assert count(database, TASK) == 3
    assert count(database, READING) == 2


def test_the_same_text_of_another_day_is_another_report(database: Database) -> None:
    store(database, [make_document()], started=STARTED)
    other = make_document(published="2024-06-06")
    store(database, [replace(other, document=replace(other.document, id="f" * 16))], started=LATER)
    assert count(database, REPORT) == 2


def test_copies_kept_in_one_run_are_reports_of_their_own(database: Database) -> None:
    document = make_document()
    copy = replace(document, document=replace(document.document, id=f"{document.document.id}-2"))
    for started in (STARTED, LATER):
        store(database, [document, copy], started=started)
        assert count(database, REPORT) == 2
        assert count(database, TASK) == 6


def test_a_document_that_contradicts_itself_costs_itself_alone(database: Database) -> None:
    wrong = with_tasks(numbered(2), lambda task: replace(task, span=replace(task.span, start=task.span.start + 1)))
    with RunWriter(database, started=STARTED) as writer:
        faults = list(writer.add_all([numbered(1), wrong, numbered(3)]))
    assert [type(fault) for fault in faults] == [StoreError]
    assert faults[0].where == "reports/2.txt"
    assert count(database, REPORT) == 2


def test_what_a_constraint_refuses_costs_itself_alone(database: Database) -> None:
    wrong = with_tasks(numbered(2), lambda task: replace(task, confidence=2.0))
    with RunWriter(database, started=STARTED) as writer:
        faults = list(writer.add_all([numbered(1), wrong, numbered(3)]))
    assert len(faults) == 1
    assert "confidence" in str(faults[0])
    assert "reports/2.txt" in faults[0].where
    assert count(database, REPORT) == 2
    assert count(database, TASK) == 6


def test_two_reports_of_one_id_in_one_run_are_refused(database: Database) -> None:
    document = make_document()
    with RunWriter(database, started=STARTED) as writer:
        writer.add(document)
        with pytest.raises(StoreError, match="same id"):
            writer.add(with_id_of(numbered(1), document))
    assert count(database, REPORT) == 1


def test_a_broken_off_run_keeps_what_it_stored(database: Database) -> None:
    with pytest.raises(KeyboardInterrupt), RunWriter(database, started=STARTED) as writer:
        writer.add(make_document())
        raise KeyboardInterrupt
    assert count(database, REPORT) == 1
    assert count(database, RUN, RUN.c.finished.is_(None)) == 1
