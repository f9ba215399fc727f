"""Files of doccano and Label Studio, labelled anew, as reviews."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import ReviewError
from pipeline.records import Document
from pipeline.store.database import Database, open_database, store
from pipeline.store.database.checks import check
from pipeline.store.database.stored_documents import read_documents
from pipeline.store.exports.doccano import write_doccano
from pipeline.store.exports.label_studio import write_label_studio
from pipeline.store.exports.options import ExportOptions
from pipeline.store.review.annotated_files import import_annotated, is_annotated
from pipeline.store.review.corrected_report import Imported
from pipeline.store.review.reviewing import Reviewer, Signature
from tests.store.database.documents import STARTED, TEXT, make_document

AT = datetime.datetime(2026, 3, 4, tzinfo=datetime.UTC)
# A letter beyond the first plane: offsets of the tools count it as two.
WIDE = TEXT.replace("Họp về", "Họp 𝒜 về")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database with one report of three tasks."""
    with open_database(tmp_path / "x.db") as opened:
        store(opened, [make_document(WIDE)], started=STARTED)
        yield opened


def standing(database: Database) -> Document:
    with database.reading() as connection:
        return next(read_documents(connection))


def exported(database: Database, file: Path) -> None:
    write = write_doccano if file.suffix == ".jsonl" else write_label_studio
    with file.open("wb") as out:
        write([standing(database)], out, ExportOptions(columns="all", version="0"))


def bring_in(database: Database, file: Path) -> Imported:
    assert is_annotated(file)
    with database.writing() as connection:
        return import_annotated(connection, Reviewer(connection, Signature(reviewer="Hoa", at=AT)), file, None)


def changed(file: Path, change: Callable[[Any], None]) -> None:
    data = json.loads(file.read_bytes())
    change(data)
    file.write_text(json.dumps(data, ensure_ascii=False) + "\n", encoding="utf-8")


@pytest.mark.parametrize("name", ["x.jsonl", "x.json"])
def test_a_file_as_exported_accepts_all(database: Database, tmp_path: Path, name: str) -> None:
    before = standing(database)
    exported(database, tmp_path / name)
    assert bring_in(database, tmp_path / name) == Imported(accepted=3)
    assert [directive.issuer for directive in standing(database).directives] == [
        directive.issuer for directive in before.directives
    ]
    assert bring_in(database, tmp_path / name) == Imported(unchanged=3)
    assert list(check(database)) == []


def test_labels_changed_in_doccano(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    exported(database, file)

    def change(line: Any) -> None:
        first, second, third = (it for it in line["entities"] if it["label"] == "DIRECTIVE")
        first["label"] = "PROPOSAL"
        second["end_offset"] -= len(" cho các huyện.")
        line["entities"].remove(third)
        lead = next(it["to_id"] for it in line["relations"] if it["from_id"] == first["id"] and it["type"] == "LEAD")
        line["relations"] = [it for it in line["relations"] if it["from_id"] != third["id"]]
        line["entities"] = [it for it in line["entities"] if it["id"] != lead]
        line["relations"] = [it for it in line["relations"] if it["to_id"] != lead]

    changed(file, change)
    assert bring_in(database, file) == Imported(edited=2, rejected=1)
    first, second = standing(database).directives
    assert (first.kind, first.tasks[0].lead) == ("proposal", ())
    assert second.tasks[0].action == "phải bố trí kinh phí"
    assert list(check(database)) == []


def test_a_label_added_in_label_studio(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    exported(database, file)
    words = "Họp 𝒜 về chuyển đổi số"

    def change(tasks: Any) -> None:
        made = tasks[0].get("annotations") or tasks[0]["predictions"]
        made[-1]["result"].append(
            {
                "id": "new",
                "type": "labels",
                "from_name": "label",
                "to_name": "text",
                "value": {"start": 0, "end": len(words) + 1, "text": words, "labels": ["COMMITMENT"]},
            }
        )

    changed(file, change)
    assert bring_in(database, file) == Imported(accepted=3, added=1)
    assert standing(database).directives[0].tasks[0].span.exact == words


def test_a_text_that_is_not_the_reports(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    exported(database, file)
    changed(file, lambda line: line.update(text=line["text"] + " "))
    with pytest.raises(ReviewError, match="not the report's"):
        bring_in(database, file)


def test_other_files_are_none(tmp_path: Path) -> None:
    for name, content in (("a.json", "{}"), ("a.jsonl", '{"task_id": "x"}'), ("b.jsonl", "no"), ("a.csv", "[]")):
        (tmp_path / name).write_text(content, encoding="utf-8")
        assert not is_annotated(tmp_path / name)
    assert not is_annotated(tmp_path / "missing.json")
