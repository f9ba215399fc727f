"""One task as one row."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from pipeline.read import read_string
from pipeline.read.manifest import ManifestEntry
from pipeline.records import Document, Report
from pipeline.store.task_rows import COLUMNS, TaskRow, flat, task_rows

TEXT = """Họp giao ban
Chủ tịch UBND tỉnh yêu cầu Sở Y tế phải báo cáo 100% số liệu trước 30/6
Giám đốc yêu cầu làm ngay
"""


def made(extract: Callable[[Report], Document]) -> list[TaskRow]:
    entry = ManifestEntry(file="a.txt", published="2023-06-08")
    return list(task_rows(extract(read_string(TEXT, path="in/a.txt", entry=entry))))


def test_columns_are_the_fields_each_explained() -> None:
    assert [column.name for column in COLUMNS] == list(TaskRow.__struct_fields__)
    assert all(column.meaning for column in COLUMNS)


def test_a_row_holds_the_task_and_what_is_around_it(extract: Callable[[Report], Document]) -> None:
    first, second = made(extract)
    assert (first.path, first.published) == ("in/a.txt", "2023-06-08")
    assert first.issuer_role == "Chủ tịch UBND tỉnh"
    assert (first.lead, first.lead_ids) == (("Sở Y tế",), ("so-y-te",))
    assert (first.deadline_end, first.deadline_fuzzy) == ("2023-06-30", False)
    assert first.targets == ("100%",)
    assert TEXT[first.start : first.end] == first.task
    assert (second.deadline_text, second.deadline_end, second.deadline_fuzzy, second.lead) == (None, None, None, ())


def test_a_flat_row_has_one_value_a_cell(extract: Callable[[Report], Document]) -> None:
    row = msgspec.structs.replace(made(extract)[0], lead=("Sở Y tế", "Sở A"), lead_ids=("so-y-te", None))
    cells = flat(row)
    assert list(cells) == [column.name for column in COLUMNS]
    assert (cells["lead"], cells["lead_ids"]) == ("Sở Y tế; Sở A", "so-y-te; ")
    assert (cells["start"], cells["number"], cells["rules"]) == (row.start, None, "cue; list")
