"""Exports from a database hold what exports from the JSON files hold."""

from __future__ import annotations

import datetime
from pathlib import Path

import msgspec
import pytest

import pipeline
from pipeline.errors import StoreError
from pipeline.records import Document
from pipeline.store.database import open_database, store
from pipeline.store.database.selection import Selection
from pipeline.store.exports.annotations import AnnotatedText, annotate
from pipeline.store.exports.sources import DocumentTasks, open_tasks
from pipeline.store.json_files import write_document
from pipeline.store.task_rows import TaskRow
from tests.store.exports.made_documents import make_documents

DOCUMENTS = [*make_documents(230), msgspec.structs.replace(make_documents(10, seed=3)[0], directives=())][1:]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with the documents, in a folder of results."""
    location = tmp_path_factory.mktemp("outputs") / "directives.db"
    with open_database(location) as database:
        store(database, DOCUMENTS, started="2026-03-02T08:00:00+07:00")
    return str(location)


def without_ids(row: TaskRow) -> TaskRow:
    """The database gives ids of its own to tasks that its rules would give another."""
    return msgspec.structs.replace(row, task_id="", directive_id="")


def places(annotated: AnnotatedText) -> tuple[str, str, list[tuple[str, int, int]]]:
    return annotated.report, annotated.text, [(span.label, span.start, span.end) for span in annotated.spans]


def test_the_same_rows(address: str) -> None:
    with open_tasks(address) as source:
        rows = [without_ids(row) for row in source.rows()]
    told = sorted(DOCUMENTS, key=lambda document: document.document.id)
    assert rows == [without_ids(row) for row in DocumentTasks(told).rows()]


def test_the_same_texts_with_the_same_spans(address: str) -> None:
    with open_tasks(address) as source:
        held = [places(annotate(document)) for document in source.documents()]
    told = sorted((it for it in DOCUMENTS if it.directives), key=lambda document: document.document.id)
    assert held == [places(annotate(document)) for document in told]


def test_reports_without_a_task_are_reports(address: str) -> None:
    tables = pipeline.tables(address)
    assert sorted(tables.reports["report_id"]) == sorted(it.document.id for it in DOCUMENTS)
    assert len(tables.reports) > tables.tasks["report_id"].nunique()


def test_a_folder_with_a_database_is_the_database(address: str) -> None:
    with open_tasks(str(Path(address).parent)) as source:
        assert sum(1 for _ in source.rows()) == 220


@pytest.mark.parametrize(
    ("selection", "chosen"),
    [
        (Selection(lead="UBND các huyện"), lambda row: "UBND các huyện" in row.lead),
        (Selection(kind="proposal"), lambda row: row.kind == "proposal"),
        (Selection(without_deadline=True), lambda row: row.deadline_text is None),
        (
            Selection(due_before=datetime.date(2023, 8, 1)),
            lambda row: row.deadline_end is not None and row.deadline_end < "2023-08-01",
        ),
    ],
)
def test_the_filters_of_search(address: str, tmp_path: Path, selection: Selection, chosen: object) -> None:
    assert callable(chosen)
    told = sorted(DOCUMENTS, key=lambda document: document.document.id)
    expected = [without_ids(row) for row in DocumentTasks(told, chosen).rows()]
    assert 0 < len(expected) < 220
    for document in DOCUMENTS:
        write_document(document, tmp_path / "json" / f"{document.document.id}.json")
    for results in (address, str(tmp_path)):
        with open_tasks(results, selection) as source:
            assert [without_ids(row) for row in source.rows()] == expected
            assert {row.report_id for row in expected} == {it.document.id for it in source.documents()}


def test_where_there_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"no database at all" * 99)
    for results in ("sqlite:///" + str(tmp_path / "none.db"), str(tmp_path / "a.db")):
        with pytest.raises(StoreError), open_tasks(results):
            pass


def test_documents_are_of_the_chosen_tasks_alone(address: str) -> None:
    with open_tasks(address, Selection(kind="proposal")) as source:
        kinds = {directive.kind for document in source.documents() for directive in document.directives}
    assert kinds == {"proposal"}


def documents_of(address: str) -> list[Document]:
    with open_tasks(address) as source:
        return list(source.documents())


def test_the_same_each_time(address: str) -> None:
    assert documents_of(address) == documents_of(address)
