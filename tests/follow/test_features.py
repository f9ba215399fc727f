"""What a statement goes on with in its report."""

from __future__ import annotations

from tests.follow.stories import read, report


def test_a_thing_named_by_its_kind_goes_on_with_the_one_told_before() -> None:
    first, second = read(
        report(
            0,
            "2024-07-10",
            "Theo báo cáo của Sở Xây dựng, cầu Bến Đá đã thi công đạt 62% khối lượng. "
            "Chủ tịch UBND tỉnh yêu cầu Sở Xây dựng hoàn thành cây cầu trước ngày 31/12/2024.",
        )
    )
    assert (first[0].type, second[0].type) == ("progress", "task")
    assert second[1].antecedent == first[1].number
    assert first[1].antecedent is None
