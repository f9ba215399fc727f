"""What each run said, and how everything stood at an event or on a day."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.errors import StoreError
from pipeline.records import Document
from pipeline.store.database import Database, open_database, store
from pipeline.store.database.checks import check
from pipeline.store.database.history import event_as_of, runs, task_history
from pipeline.store.database.stored_documents import read_documents
from tests.store.database.documents import STARTED, TEXT, make_document, numbered, with_id_of

LATER = "2026-03-03T08:00:00+07:00"


def documents(database: Database, event: int | None = None) -> list[Document]:
    with database.reading() as connection:
        return list(read_documents(connection, event=event, by_run=True))


def without_ids(document: Document) -> Document:
    """The document as a run gives it, where ids of tasks are its own affair."""
    directives = tuple(
        replace(directive, id="", tasks=tuple(replace(task, id="") for task in directive.tasks))
        for directive in document.directives
    )
    return replace(document, directives=directives)


def test_what_was_stored_is_read_back(database: Database) -> None:
    stored = [make_document(), numbered(1)]
    store(database, stored, started=STARTED)
    said = sorted(stored, key=lambda document: document.document.id)
    assert [without_ids(document) for document in documents(database)] == [without_ids(document) for document in said]


def test_what_each_run_said_is_kept(database: Database) -> None:
    first = make_document()
    second = with_id_of(make_document("Bản tin chiều\n" + TEXT.replace("30/6", "31/7")), first)
    third = replace(first, directives=first.directives[1:])
    for started, document in ((STARTED, first), (LATER, second), ("2026-03-05T00:00:00+00:00", third)):
        store(database, [document], started=started)
    for event, document in enumerate((first, second, third), 1):
        assert [without_ids(one) for one in documents(database, event)] == [without_ids(document)]


@pytest.mark.parametrize(
    ("moment", "event"),
    [
        ("1", 1),
        ("2", 2),
        ("2026-03-02", 1),
        ("2026-03-02T01:00:00+00:00", 1),
        ("2026-03-03T07:59:59+07:00", 1),
        ("2026-03-03", 2),
        ("2030-01-01", 2),
    ],
)
def test_as_of_a_run_or_a_day(database: Database, moment: str, event: int) -> None:
    for started in (STARTED, LATER):
        store(database, [make_document()], started=started)
    with database.reading() as connection:
        assert event_as_of(connection, moment) == event


@pytest.mark.parametrize("moment", ["0", "3", "2026-03-01", "gestern", "2026-13-01"])
def test_as_of_what_is_none(database: Database, moment: str) -> None:
    for started in (STARTED, LATER):
        store(database, [make_document()], started=started)
    with database.reading() as connection, pytest.raises(StoreError):
        event_as_of(connection, moment)


def test_the_history_of_a_task(database: Database) -> None:
    document = make_document()
    store(database, [document], started=STARTED)
    directive = document.directives[0]
    changed = replace(directive, tasks=(replace(directive.tasks[0], deadline=None),))
    store(database, [replace(document, directives=(changed, *document.directives[1:]))], started=LATER)
    with database.reading() as connection:
        first = next(read_documents(connection))
        moments = task_history(connection, first.directives[0].tasks[0].id)
    assert [(moment.event, moment.until, moment.said_by) for moment in moments] == [
        (1, 2, "chidao"),
        (2, None, "chidao"),
    ]
    assert [moment.task.deadline is None for moment in moments if moment.task] == [False, True]
    with database.reading() as connection, pytest.raises(StoreError):
        task_history(connection, "nothing")


def test_runs_are_listed(database: Database) -> None:
    store(database, [make_document(), numbered(1)], started=STARTED, versions={"chidao": "0.1"})
    with database.reading() as connection:
        (run,) = runs(connection)
    assert (run.event, run.reports, run.versions) == (1, 2, {"chidao": "0.1"})
    assert run.at.isoformat() == "2026-03-02T01:00:00+00:00"


_LINES = st.lists(
    st.sampled_from([f"Ông A yêu cầu Sở Y tế phải làm việc {n} trước 30/6." for n in range(6)]), max_size=8
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_LINES, min_size=1, max_size=5))
def test_any_history_is_told_as_it_was(tmp_path_factory: pytest.TempPathFactory, texts: list[list[str]]) -> None:
    """Whatever a report is read as time after time, each run's reading comes back, and the database is sound."""
    readings = [make_document("Đầu đề\n" + "\n".join(lines)) for lines in texts]
    readings = [with_id_of(one, readings[0]) for one in readings]
    with open_database(tmp_path_factory.mktemp("history") / "x.db") as database:
        for number, document in enumerate(readings):
            store(database, [document], started=f"2026-03-{number + 1:02}T00:00:00+00:00")
        for event, document in enumerate(readings, 1):
            assert [without_ids(one) for one in documents(database, event)] == [without_ids(document)]
        assert list(check(database)) == []
