"""1,000 tasks stored in SQLite and in PostgreSQL, exported in every format, read back by the library it is for.

What is read is compared with the documents that were stored, not with what the database gives. The ids of tasks alone
are the database's.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pandas
import pyarrow.parquet
import pytest
from icalendar import Calendar
from msgspec.structs import replace

from pipeline.records import Document
from pipeline.store.database import open_database, store
from pipeline.store.exports.annotations import AnnotatedText, annotate
from pipeline.store.exports.docbin import ALL_SPANS
from pipeline.store.exports.doccano import read_doccano
from pipeline.store.exports.form import form_values, one_line
from pipeline.store.exports.formats import format_named
from pipeline.store.exports.label_studio import read_label_studio
from pipeline.store.exports.options import Columns, ExportOptions, FormatName
from pipeline.store.exports.sources import open_tasks
from pipeline.store.exports.write import export
from pipeline.store.spreadsheet_text import restored
from pipeline.store.task_rows import DAYS, TaskRow, flat, task_rows
from tests.store.conftest import KINDS
from tests.store.exports.made_documents import make_documents

TASKS = 1000
Export = Callable[..., bytes]


def varied() -> list[Document]:
    """The documents with more of what a report may hold, in the order in which a database gives them."""
    found = []
    for number, document in enumerate(make_documents(TASKS)):
        directives = []
        for place, directive in enumerate(document.directives):
            [task] = directive.tasks
            issuer = directive.issuer
            if place % 3 == 0:
                issuer = replace(issuer, person="Nguyễn Văn An", body="UBND tỉnh" if place % 2 else None)
            task = replace(
                task, lead=task.lead[:1], coordinating=task.lead[1:], urgency="khẩn trương" if place % 4 else None
            )
            directives.append(replace(directive, issuer=issuer, tasks=(task,)))
        source = replace(document.document, publisher="Báo Hòa Bình", number=f"{number}/TB-VP" if number % 2 else None)
        meeting = replace(document.meeting, date="2023-01-30" if number % 4 else None)
        found.append(replace(document, document=source, meeting=meeting, directives=tuple(directives)))
    return sorted(found, key=lambda document: document.document.id)


@pytest.fixture(scope="module", params=KINDS)
def stored(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[Document]]:
    """The address of a database with the tasks, and the documents with the ids that it gave them."""
    if request.param == "sqlite":
        file = tmp_path_factory.mktemp("stored") / "directives.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        address = str(file)
    else:
        address = request.getfixturevalue("new_postgresql")
    told = varied()
    with open_database(address) as database:
        store(database, told, started="2026-03-02T08:00:00+07:00")
    with open_tasks(address) as source:
        ids = iter([(row.directive_id, row.task_id) for row in source.rows()])
    documents = []
    for document in told:
        directives = []
        for directive in document.directives:
            directive_id, task_id = next(ids)
            tasks = (replace(directive.tasks[0], id=task_id),)
            directives.append(replace(directive, id=directive_id, tasks=tasks))
        documents.append(replace(document, directives=tuple(directives)))
    assert next(ids, None) is None
    return address, documents


@pytest.fixture(scope="module")
def documents(stored: tuple[str, list[Document]]) -> list[Document]:
    """What was stored."""
    return stored[1]


@pytest.fixture(scope="module")
def rows(documents: list[Document]) -> list[TaskRow]:
    """What was stored, a row a task."""
    found = [row for document in documents for row in task_rows(document)]
    assert len({row.task_id for row in found}) == len(found) == TASKS
    return found


@pytest.fixture(scope="module")
def annotated(documents: list[Document]) -> list[AnnotatedText]:
    """What was stored, as texts with spans."""
    return [annotate(document) for document in documents]


@pytest.fixture(scope="module")
def exported(stored: tuple[str, list[Document]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Export]:
    """The bytes of the file that an export of the database writes."""
    folder: Path = tmp_path_factory.mktemp("exports")
    with open_tasks(stored[0]) as source:

        def give(name: FormatName, columns: Columns = "form") -> bytes:
            chosen = format_named(name)
            location = folder / f"{columns}{chosen.suffix}"
            written = export(source, chosen, location, ExportOptions(columns=columns, version="1"))
            assert written.tasks + written.left_out == TASKS
            return location.read_bytes()

        yield give


def day(told: str | None) -> datetime.date | None:
    return None if told is None else datetime.date.fromisoformat(told)


def listed(row: TaskRow) -> dict[str, Any]:
    """The row with several values as a list."""
    values = msgspec.structs.asdict(row)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def test_csv(exported: Export, rows: list[TaskRow]) -> None:
    _, *lines = csv.reader(io.StringIO(exported("csv").decode("utf-8-sig"), newline=""))
    assert [tuple(map(restored, line)) for line in lines] == [form_values(row) for row in rows]
    frame = pandas.read_csv(io.BytesIO(exported("csv", "all")), keep_default_na=False, dtype=str)
    told = [["" if value is None else str(value) for value in flat(row).values()] for row in rows]
    assert frame.map(restored).values.tolist() == told


def test_xlsx(exported: Export, rows: list[TaskRow]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(exported("xlsx"))).active
    for row, cells in zip(rows, sheet.iter_rows(min_row=2, values_only=True), strict=True):
        *values, due, source = form_values(row)
        given = cells[3].date().isoformat() if isinstance(cells[3], datetime.datetime) else restored(cells[3] or "")
        assert (*(restored(cell or "") for cell in cells[:3]), given, cells[4]) == (*values, due, source)
    sheet = openpyxl.load_workbook(io.BytesIO(exported("xlsx", "all"))).active
    for row, cells in zip(rows, sheet.iter_rows(min_row=2, values_only=True), strict=True):
        for (name, told), value in zip(flat(row).items(), cells, strict=True):
            given = value.date().isoformat() if isinstance(value, datetime.datetime) else restored(value)
            assert given == (None if told == "" else told), name


def test_jsonl(exported: Export, rows: list[TaskRow]) -> None:
    assert [json.loads(line) for line in exported("jsonl").splitlines()] == [listed(row) for row in rows]
    frame = pandas.read_json(io.BytesIO(exported("jsonl")), lines=True, dtype=False)
    assert frame["task"].tolist() == [row.task for row in rows]
    assert frame["lead_ids"].map(tuple).tolist() == [row.lead_ids for row in rows]


def test_parquet(exported: Export, rows: list[TaskRow]) -> None:
    lines = pyarrow.parquet.read_table(io.BytesIO(exported("parquet"))).to_pylist()
    assert lines == [listed(row) | {name: day(getattr(row, name)) for name in DAYS} for row in rows]


def test_ics(exported: Export, rows: list[TaskRow]) -> None:
    calendar = Calendar.from_ical(exported("ics"))
    todos: dict[str, Any] = {str(it["UID"]): it for it in calendar.walk("VTODO")}
    events: dict[str, Any] = {str(it["UID"]): it for it in calendar.walk("VEVENT")}
    bounded = [row for row in rows if row.deadline_text is not None]
    assert list(todos) == [f"{row.report_id}-{row.task_id}-todo@chidao" for row in bounded]
    for row, todo in zip(bounded, todos.values(), strict=True):
        assert str(todo["SUMMARY"]) == one_line(row.action)
        told = dict(line.split(": ", 1) for line in str(todo["DESCRIPTION"]).split("\n"))
        assert told["Nhiệm vụ"] == one_line(row.task)
        assert told["Hạn"] == row.deadline_text
        assert told.get("Cơ quan chủ trì", "") == "; ".join(row.lead)
        assert told.get("Cơ quan phối hợp", "") == "; ".join(row.coordinating)
        assert ("RRULE" in todo) == (row.recurrence is not None and bool(row.published or row.meeting_date))
        event = events.pop(f"{row.report_id}-{row.task_id}-day@chidao", None)
        if row.recurrence is None:
            due = day(row.deadline_end)
            assert (todo["DUE"].dt if "DUE" in todo else None) == due
            assert (event["DTSTART"].dt if event else None) == (due or day(row.deadline_start))
        else:
            assert (event is not None) == ("RRULE" in todo)
            assert event is None or event["RRULE"] == todo["RRULE"]
    assert not events


def test_docbin(exported: Export, documents: list[Document], annotated: list[AnnotatedText]) -> None:
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    docs = list(DocBin().from_bytes(exported("docbin")).get_docs(Vocab()))
    for doc, document, one in zip(docs, documents, annotated, strict=True):
        assert (doc.text, doc.user_data["report"]) == (document.text, document.document.id)
        assert doc.user_data["directives"] == msgspec.to_builtins(document.directives)
        assert [(span.id_, span.label_) for span in doc.spans[ALL_SPANS]] == [(it.id, it.label) for it in one.spans]
        for span, it in zip(doc.spans[ALL_SPANS], one.spans, strict=True):
            assert span.start_char <= it.start < it.end <= span.end_char


Content = tuple[str, str, dict[str, str], list[tuple[str, str]], list[tuple[str, str, str]]]


def content(one: AnnotatedText) -> Content:
    """Report, text, what else is known, and spans and relations by label and words, as every tool shows them."""
    words = {span.id: one.text[span.start : span.end] for span in one.spans}
    spans = sorted((span.label, words[span.id]) for span in one.spans)
    relations = sorted((it.label, words[it.source], words[it.target]) for it in one.relations)
    return one.report, one.text, one.about, spans, relations


def test_doccano(exported: Export, annotated: list[AnnotatedText]) -> None:
    data = exported("doccano").splitlines()
    found: list[Content] = []
    for line in map(json.loads, data):
        units = line["text"].encode("utf-16-le")  # what JavaScript counts
        cut = [(it["start_offset"], it["end_offset"]) for it in line["entities"]]
        given = [units[2 * start : 2 * end].decode("utf-16-le") for start, end in cut]
        words = {it["id"]: text for it, text in zip(line["entities"], given, strict=True)}
        about = {name: line[name] for name in ("path", "title", "published", "url") if line[name]}
        spans = sorted((it["label"], words[it["id"]]) for it in line["entities"])
        relations = sorted((it["type"], words[it["from_id"]], words[it["to_id"]]) for it in line["relations"])
        found.append((line["report"], line["text"], about, spans, relations))
    assert found == [content(one) for one in annotated]
    places = [[(it.label, it.start, it.end) for it in one.spans] for one in read_doccano(data)]
    assert places == [[(it.label, it.start, it.end) for it in one.spans] for one in annotated]


def test_label_studio(exported: Export, annotated: list[AnnotatedText]) -> None:
    data = exported("label-studio")
    found: list[Content] = []
    for task in json.loads(data):
        text, report = task["data"].pop("text"), task["data"].pop("report")
        [prediction] = task["predictions"]
        values = {it["id"]: it["value"] for it in prediction["result"] if it["type"] == "labels"}
        words = {name: text[it["start"] : it["end"]] for name, it in values.items()}
        assert words == {name: it["text"] for name, it in values.items()}
        spans = sorted((it["labels"][0], words[name]) for name, it in values.items())
        links = [it for it in prediction["result"] if it["type"] == "relation"]
        relations = sorted((it["labels"][0], words[it["from_id"]], words[it["to_id"]]) for it in links)
        found.append((report, text, task["data"], spans, relations))
    assert found == [content(one) for one in annotated]
    assert list(read_label_studio(data)) == annotated


def test_webanno(exported: Export, documents: list[Document], annotated: list[AnnotatedText]) -> None:
    items = json.loads(exported("webanno"))["first"]["items"]
    texts = {f"urn:sha256:{hashlib.sha256(it.text.encode()).hexdigest()}": it.text for it in documents}
    tags = [it for it in items if it["motivation"] == "tagging"]
    found = []
    for item in tags:
        text = texts[item["target"]["source"]["id"]]
        quote, place = item["target"]["selector"]
        assert text[place["start"] : place["end"]] == quote["exact"]
        found.append((item["id"], item["body"][0]["value"], text, place["start"], place["end"]))
    assert found == [
        (f"urn:chidao:{one.report}:{span.id}", span.label, one.text, span.start, span.end)
        for one in annotated
        for span in one.spans
    ]
    links: list[tuple[Any, ...]] = [
        (it["target"], it["body"][1]["source"], it["body"][0]["value"]) for it in items if it["motivation"] == "linking"
    ]
    assert links == [
        (f"urn:chidao:{one.report}:{it.source}", f"urn:chidao:{one.report}:{it.target}", it.label)
        for one in annotated
        for it in one.relations
    ]
