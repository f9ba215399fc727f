"""CSV, XLSX, JSON lines and Parquet, read back by other libraries than wrote them."""

from __future__ import annotations

import csv
import datetime
import io
import json
import zipfile

import openpyxl
import pandas
import pyarrow.parquet
import pytest

from pipeline.errors import StoreError
from pipeline.records import Document
from pipeline.store.exports import workbook
from pipeline.store.exports.form import form_values, one_line
from pipeline.store.exports.json_lines import read_json_lines
from pipeline.store.spreadsheet_text import restored
from pipeline.store.task_rows import COLUMNS, DAYS, TaskRow, Value, flat
from tests.store.exports.conftest import Exported
from tests.store.exports.made_documents import make_documents

HEAD = ["Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Hạn", "Nguồn"]
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def text(value: Value) -> str:
    return "" if value is None else str(value)


def test_csv_of_the_form(exported: Exported, rows: list[TaskRow]) -> None:
    data = exported("csv")
    assert data.startswith(b"\xef\xbb\xbf")
    head, *lines = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert head == HEAD
    assert [tuple(restored(cell) for cell in line) for line in lines] == [form_values(row) for row in rows]
    assert not [cell for line in lines for cell in line if cell.startswith(FORMULA)]
    assert any(cell.startswith("'=") for line in lines for cell in line)


def test_csv_of_all(exported: Exported, rows: list[TaskRow]) -> None:
    lines = list(csv.DictReader(io.StringIO(exported("csv", "all").decode("utf-8-sig"), newline="")))
    assert [{name: restored(cell) for name, cell in line.items()} for line in lines] == [
        {name: text(value) for name, value in flat(row).items()} for row in rows
    ]


def test_csv_by_pandas(exported: Exported, rows: list[TaskRow]) -> None:
    frame = pandas.read_csv(io.BytesIO(exported("csv", "all")), keep_default_na=False, dtype=str)
    assert frame["task"].map(restored).tolist() == [row.task for row in rows]


def test_json_lines(exported: Exported, rows: list[TaskRow]) -> None:
    lines = exported("jsonl").splitlines()
    assert list(read_json_lines(lines)) == rows
    assert list(json.loads(lines[0])) == [column.name for column in COLUMNS]
    frame = pandas.read_json(io.BytesIO(exported("jsonl")), lines=True)
    assert frame["lead"].map(tuple).tolist() == [row.lead for row in rows]


def test_parquet(exported: Exported, rows: list[TaskRow]) -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(exported("parquet")))
    back = table.to_pylist()
    for row, line in zip(rows, back, strict=True):
        for name, value in line.items():
            told = getattr(row, name)
            if name in DAYS:
                assert value == (told and datetime.date.fromisoformat(told))
            else:
                assert value == (list(told) if isinstance(told, tuple) else told)
    for column, field in zip(COLUMNS, table.schema, strict=True):
        assert field.name == column.name
        assert field.metadata[b"description"].decode() == column.meaning


def test_parquet_in_groups(
    exported: Exported, documents: list[Document], rows: list[TaskRow], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.store.exports.parquet.ROWS_A_GROUP", 300)
    file = pyarrow.parquet.ParquetFile(io.BytesIO(exported("parquet", of=documents)))
    assert file.num_row_groups == 4
    assert file.read().column("task_id").to_pylist() == [row.task_id for row in rows]


def test_a_table_of_nothing(exported: Exported) -> None:
    assert exported("csv", of=[]).decode("utf-8-sig") == ",".join(HEAD) + "\n"
    assert exported("jsonl", of=[]) == b""
    assert pyarrow.parquet.read_table(io.BytesIO(exported("parquet", of=[]))).num_rows == 0
    assert openpyxl.load_workbook(io.BytesIO(exported("xlsx", of=[]))).active.max_row == 1


def test_xlsx_of_the_form(exported: Exported, rows: list[TaskRow]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(exported("xlsx"))).active
    assert [cell.value for cell in sheet[1]] == HEAD
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:E{len(rows) + 1}"
    for row, cells in zip(rows, sheet.iter_rows(min_row=2), strict=True):
        task, lead, coordinating, due, source = form_values(row)
        assert [restored(text(cell.value)) for cell in cells[:3]] == [task, lead, coordinating]
        if row.deadline_end is not None:
            assert cells[3].is_date
            assert cells[3].value.date().isoformat() == due == row.deadline_end
            assert cells[3].number_format == "dd/mm/yyyy"
        else:
            assert text(cells[3].value) == due == one_line(row.deadline_text or "")
        assert cells[4].value == source
        if (row.url or "").startswith("https"):
            assert cells[4].hyperlink.target.startswith("https://bao.example/tin/")
        else:
            assert cells[4].hyperlink is None
        assert not [cell for cell in cells if cell.data_type == "f" or str(cell.value).startswith(FORMULA)]


def test_xlsx_of_all(exported: Exported, rows: list[TaskRow]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(exported("xlsx", "all"))).active
    for row, cells in zip(rows, sheet.iter_rows(min_row=2, values_only=True), strict=True):
        for (name, told), value in zip(flat(row).items(), cells, strict=True):
            if name in DAYS and told is not None:
                assert isinstance(value, datetime.datetime) and value.date().isoformat() == told
            else:
                assert restored(value) == (None if told == "" else told), name


def test_xlsx_by_pandas(exported: Exported, rows: list[TaskRow]) -> None:
    frame = pandas.read_excel(io.BytesIO(exported("xlsx", "all")))
    told = [None if pandas.isna(day) else day.date().isoformat() for day in frame["published"]]
    assert told == [row.published for row in rows]
    assert frame["confidence"].tolist() == [row.confidence for row in rows]


def test_what_a_sheet_cannot_hold(exported: Exported, monkeypatch: pytest.MonkeyPatch) -> None:
    few = make_documents(12)
    monkeypatch.setattr(workbook, "MOST_ROWS", 13)
    exported("xlsx", of=few)
    monkeypatch.setattr(workbook, "MOST_ROWS", 12)
    with pytest.raises(StoreError, match="11 tasks"):
        exported("xlsx", of=few)
    monkeypatch.setattr(workbook, "MOST_ROWS", 99)
    monkeypatch.setattr(workbook, "LONGEST_TEXT", 20)
    with pytest.raises(StoreError, match="task 1 is longer"):
        exported("xlsx", of=few)


def test_links_beyond_what_a_sheet_holds_are_text(exported: Exported, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_LINKS", 3)
    sheet = openpyxl.load_workbook(io.BytesIO(exported("xlsx", of=make_documents(40)))).active
    assert sum(cell.hyperlink is not None for cell in sheet["E"]) == 3
    assert all(cell.value for cell in sheet["E"])


def test_a_sheet_is_a_whole_archive(exported: Exported) -> None:
    assert zipfile.ZipFile(io.BytesIO(exported("xlsx"))).testzip() is None
