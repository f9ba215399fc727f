"""Figures to be reached."""

from __future__ import annotations

import pytest

from pipeline.extraction.targets import find_targets
from tests.extraction.pages import page_of


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("tiêm cho 100% trẻ em", [(100.0, "%")]),
        ("giải ngân tối thiểu 95,5% vốn", [(95.5, "%")]),
        ("trồng 1.200 ha rừng", [(1200.0, "ha")]),
        ("hoàn thành 1.000 km đường và 12 trạm", [(1000.0, "km")]),
        ("xây 3 trường, xóa 250 căn nhà tạm", [(3.0, "trường"), (250.0, "căn")]),
        ("trồng 1.234.567,5 ha", [(1234567.5, "ha")]),
        ("giải ngân 12,5 tỷ đồng", [(12.5, "tỷ đồng")]),
        ("báo cáo trước ngày 30/6/2023", []),
        ("thực hiện Công văn số 45/UBND", []),
        ("họp lúc 8 giờ", []),
    ],
)
def test_targets(text: str, values: list[tuple[float, str]]) -> None:
    found = find_targets(page_of(text), 0, len(text))
    assert [(one.value, one.unit) for one in found] == values
    assert all(one.text in text for one in found)


def test_the_words_around_a_figure_are_kept() -> None:
    text = "phấn đấu đạt ít nhất 95% trẻ em được tiêm"
    assert [one.text for one in find_targets(page_of(text), 0, len(text))] == ["đạt ít nhất 95% trẻ em được"]
