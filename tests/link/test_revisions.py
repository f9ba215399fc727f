"""What a version changed in the tasks of an earlier one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.link.revisions import compare_versions
from pipeline.read import read_string
from pipeline.records import Document, Report, Revision

Extract = Callable[[Report], Document]
FIRST = "Chủ tịch yêu cầu Sở Y tế phải báo cáo kết quả trước 30/6"
SECOND = "Chủ tịch yêu cầu Sở Xây dựng phải rà soát các công trình ven sông"
THIRD = "Bí thư yêu cầu các huyện phải cấp nước sạch cho dân trước 15/7"


def revision(extract: Extract, before: list[str], after: list[str]) -> Revision:
    earlier, later = (
        extract(read_string("\n".join(["Họp", *lines]), path=path)) for lines, path in ((before, "a"), (after, "b"))
    )
    return compare_versions(earlier, later)


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ([FIRST, SECOND], [FIRST, SECOND], []),
        ([FIRST, SECOND], [SECOND, FIRST], []),
        ([], [], []),
        ([FIRST], [FIRST, SECOND], [("added", "Sở Xây", [])]),
        ([FIRST, SECOND], [SECOND], [("dropped", "Sở Y t", [])]),
        ([FIRST], [FIRST.replace("30/6", "15/7")], [("changed", "Sở Y t", ["task", "deadline"])]),
        ([FIRST], [FIRST.replace(" trước 30/6", "")], [("changed", "Sở Y t", ["task", "deadline"])]),
        ([FIRST], [FIRST.replace("Sở Y tế", "Sở Nội vụ")], [("changed", "Sở Nội", ["task", "lead"])]),
        ([FIRST, SECOND], [THIRD, FIRST], [("added", "các hu", []), ("dropped", "Sở Xây", [])]),
        ([FIRST, FIRST], [FIRST], [("dropped", "Sở Y t", [])]),
        ([], [FIRST, THIRD], [("added", "Sở Y t", []), ("added", "các hu", [])]),
    ],
)
def test_changes(extract: Extract, before: list[str], after: list[str], changes: list[object]) -> None:
    found = revision(extract, before, after).changes
    assert [(change.change, change.task[:6], [field.field for field in change.fields]) for change in found] == changes


def test_a_changed_deadline_is_told_with_both_ways_it_was_read(extract: Extract) -> None:
    (change,) = revision(extract, [FIRST], [FIRST.replace("30/6", "15/7")]).changes
    deadline = change.fields[1]
    assert (deadline.before, deadline.after) == ("trước 30/6 (../2023-06-30)", "trước 15/7 (../2023-06-30)")
    assert change.before and change.after


def test_a_field_that_is_not_there_is_empty(extract: Extract) -> None:
    (change,) = revision(extract, [FIRST], [FIRST.replace(" trước 30/6", "")]).changes
    assert change.fields[1].after == ""


def test_the_earlier_version_is_named(extract: Extract) -> None:
    told = revision(extract, [FIRST], [FIRST])
    assert (told.path, told.of) == ("a", read_string("\n".join(["Họp", FIRST])).source.id)
