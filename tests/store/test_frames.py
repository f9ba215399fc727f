"""Results as typed DataFrames."""

from __future__ import annotations

import datetime
from pathlib import Path

import pandas
import pytest

import pipeline
from pipeline.errors import StoreError
from pipeline.store.frames import Tables
from pipeline.store.json_files import write_document
from pipeline.store.task_rows import COLUMNS, DAYS, task_rows
from tests.store.exports.made_documents import make_documents

DOCUMENTS = make_documents(57)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    folder = tmp_path_factory.mktemp("results")
    for document in DOCUMENTS:
        write_document(document, folder / "json" / f"{document.document.id}.json")
    return pipeline.tables(folder)


def test_every_task_with_every_value(tables: Tables) -> None:
    rows = [row for document in DOCUMENTS for row in task_rows(document)]
    assert list(tables.tasks) == [column.name for column in COLUMNS]
    for row, (_, line) in zip(rows, tables.tasks.iterrows(), strict=True):
        for name, value in line.items():
            told = getattr(row, name)
            if isinstance(told, tuple):
                assert value == told
            elif told is None:
                assert pandas.isna(value)
            else:
                assert value == (pandas.Timestamp(told) if name in DAYS else told)


def test_types(tables: Tables) -> None:
    kinds = {name: str(kind) for name, kind in tables.tasks.dtypes.items()}
    assert {kinds[name] for name in DAYS} == {"datetime64[s]"}
    assert kinds["kind"] == kinds["recurrence"] == kinds["genre"] == "category"
    assert list(tables.tasks["kind"].cat.categories) == sorted(("directive", "commitment", "proposal"))
    assert (kinds["task"], kinds["start"], kinds["confidence"]) == ("string", "int64", "float64")
    assert kinds["deadline_fuzzy"] == "boolean"
    assert str(tables.reports["published"].dtype) == "datetime64[s]"
    assert str(tables.task_bodies["role"].dtype) == "category"


def test_reports_and_bodies(tables: Tables) -> None:
    assert tables.reports["report_id"].tolist() == [it.document.id for it in DOCUMENTS]
    assert tables.reports["tasks"].sum() == len(tables.tasks)
    leads = [(row.task_id, name) for document in DOCUMENTS for row in task_rows(document) for name in row.lead]
    assert list(zip(tables.task_bodies["task_id"], tables.task_bodies["name"], strict=True)) == leads
    assert set(tables.task_bodies["role"]) == {"lead"}


def test_a_day_before_and_after_what_nanoseconds_hold(tmp_path: Path) -> None:
    import msgspec

    [document] = make_documents(1)
    day = msgspec.structs.replace(document.document, published="1485-01-02")
    write_document(msgspec.structs.replace(document, document=day), tmp_path / "json/a.json")
    [told] = pipeline.tables(tmp_path).reports["published"]
    assert told.date() == datetime.date(1485, 1, 2)


def test_no_results(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        pipeline.tables(tmp_path)
