"""What a statement's words say of the work."""

from __future__ import annotations

import pytest

from pipeline.follow.abbreviations import make_expander
from pipeline.follow.content import read_content
from pipeline.records import Abbreviation


@pytest.mark.parametrize(
    ("text", "thing", "words", "numbers"),
    [
        ("thi công cầu Ba Lai 8 tại huyện Bình Đại", "bridge", {"ba", "lai"}, {"8"}),
        ("đến nay cầu Rạch Miễu 2 đã đạt 80,3 % khối lượng", "bridge", {"rạch", "miễu"}, {"2"}),
        ("dự án Bệnh viện Đa khoa khu vực Ba Tri", "hospital", {"ba", "tri"}, set()),
        ("tuyến cao tốc Cao Lãnh - An Hữu", "road", {"cao", "lãnh", "an", "hữu"}, set()),
        ("QL57 đã được sửa chữa", "road", set(), {"57"}),
        ("Nhà máy đốt rác phát điện Hồng Sơn", "factory", {"hồng", "sơn"}, set()),
    ],
)
def test_names_of_things(text: str, thing: str, words: set[str], numbers: set[str]) -> None:
    subjects = [one for one in read_content(make_expander()(text)).subjects if one.name is not None]
    assert [(one.thing, one.name) for one in subjects] == [(thing, (frozenset(words), frozenset(numbers)))]


@pytest.mark.parametrize(
    "text", ["Chủ tịch yêu cầu Sở Tài chính", "bảo vệ môi trường Bến Tre", "hoàn thiện hồ sơ An Hòa"]
)
def test_no_thing_in_other_words(text: str) -> None:
    assert read_content(text).subjects == ()


@pytest.mark.parametrize(
    ("text", "aspects"),
    [
        ("hoàn thành giải phóng mặt bằng cầu Ba Lai 8", ("ground",)),
        ("đẩy nhanh thi công để kịp giải phóng mặt bằng", ("build",)),
        ("sửa chữa cầu Ba Lai 8", ("repair",)),
        ("trình dự thảo Nghị định về hóa đơn điện tử", ("draft",)),
        ("xây dựng trường mầm non xã An Hòa", ("build",)),
        ("xây dựng kế hoạch phát triển du lịch", ("draft",)),
    ],
)
def test_the_side_of_the_work(text: str, aspects: tuple[str, ...]) -> None:
    assert read_content(text).aspects[:1] == aspects


def test_what_tells_works_apart() -> None:
    content = read_content(
        "giai đoạn 2 của trạm y tế xã An Hòa tỉnh Bến Tre theo kế hoạch năm 2025, Nghị định 15/2018/NĐ-CP"
    )
    assert content.numbers == {("giai đoạn", "2")}
    assert content.places == {("xa", "an hòa")}
    assert content.provinces == {"ben-tre"}
    assert content.years == {"2025"}
    assert content.documents == {"15/2018/nđ-cp"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("di dời 64 hộ dân", {("64", "hộ")}),
        ("mới dời được 41 trong 64 hộ", {("41", "hộ"), ("64", "hộ")}),
        ("thu hồi được 2,1/4,6 ha", {("2,1", "ha"), ("4,6", "ha")}),
        ("bàn giao 1.290 căn", {("1290", "căn")}),
        ("đạt 62 % khối lượng trong năm 2025", set()),
    ],
)
def test_quantities(text: str, found: set[tuple[str, str]]) -> None:
    assert read_content(text).quantities == found


def test_short_forms_of_the_report_and_the_lexicon() -> None:
    expand = make_expander([Abbreviation(short="BLĐ", long="Ban Lãnh đạo", start=0, end=1)])
    assert (
        expand("BLĐ đẩy nhanh GPMB QL57, ĐT.883")
        == "Ban Lãnh đạo đẩy nhanh giải phóng mặt bằng quốc lộ 57, đường tỉnh 883"
    )


@pytest.mark.parametrize(
    ("text", "years", "work_years"),
    [
        ("xây dựng kế hoạch sử dụng đất năm 2024", {"2024"}, {"2024"}),
        ("tiêm phòng vụ xuân năm 2023", {"2023"}, {"2023"}),
        ("trao quà cho người có công năm 2025", set(), set()),
        ("công bố danh sách thí sinh năm 2025", set(), {"2025"}),
        ("hoàn thành kế hoạch sắp xếp các trường trong năm 2025", set(), set()),
    ],
)
def test_years_of_the_work_are_told_from_deadlines(text: str, years: set[str], work_years: set[str]) -> None:
    content = read_content(text)
    assert (set(content.years), set(content.work_years)) == (years, work_years)
