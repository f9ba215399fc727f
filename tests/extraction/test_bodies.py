"""Addressees before the work, and lists of bodies."""

from __future__ import annotations

import pytest

from pipeline.extraction.bodies import (
    begins_with_body,
    read_addressee,
    read_unlisted_addressee,
    split_bodies,
    work_start,
)
from tests.extraction.pages import page_of


@pytest.mark.parametrize(
    ("addressee", "work"),
    [
        ("Sở Y tế", "chủ trì, phối hợp với Sở Tài chính rà soát."),
        ("Các sở, ban, ngành, địa phương", "tập trung tháo gỡ khó khăn."),
        ("UBND các huyện, thị xã, thành phố", "tăng cường kiểm tra."),
        ("UBND các huyện, thị xã", "bố trí lực lượng trực."),
        ("lãnh đạo các bộ, ngành", "chịu trách nhiệm trước Chính phủ."),
        ("các Bộ: Tài chính, Xây dựng và Công Thương", "báo cáo Thủ tướng."),
        ("Bộ Kế hoạch và Đầu tư", "tổng hợp danh mục."),
        ("Bộ Nông nghiệp và Môi trường", "kiểm tra đê."),
        ("Sở GTVT, TN&MT", "khẩn trương hoàn thiện hồ sơ."),
        ("Sở Văn hóa, Thể thao và Du lịch, Sở Nội vụ", "tham mưu."),
        ("Chủ đầu tư", "đẩy nhanh tiến độ."),
        ("Đơn vị thi công", "bố trí ba ca, bốn kíp."),
        ("Giám đốc Công an tỉnh", "chỉ đạo lực lượng tuần tra."),
        ("Chủ tịch UBND các xã, phường", "kiểm tra các hộ."),
        ("ông Nhân", "báo cáo trước ngày 30/6."),
        ("Công ty cổ phần Đầu tư xây dựng Nam Sơn", "trả lương cho công nhân."),
        ("UBND TP.HCM", "rà soát các dự án."),
        ("Ban Quản lý dự án đầu tư xây dựng các công trình giao thông", "bàn giao mặt bằng."),
        ("Bộ đội Biên phòng tỉnh", "kêu gọi tàu thuyền vào bờ."),
        ("các cơ quan, đơn vị có liên quan", "cung cấp tài liệu."),
        ("Thủ trưởng các đơn vị trực thuộc", "quán triệt."),
        ("các huyện Bát Xát, Si Ma Cai và thị xã Sa Pa", "di dời dân."),
    ],
)
def test_an_addressee_ends_where_the_work_begins(addressee: str, work: str) -> None:
    text = f"{addressee} {work}"
    found = read_addressee(page_of(text), 0, len(text))
    assert found is not None
    assert (text[found.start : found.end], text[found.work :]) == (addressee, work)
    assert work_start(page_of(text), 0, len(text)) == found.work


@pytest.mark.parametrize(
    ("verb", "names", "work"),
    [
        ("yêu cầu", "Nghệ An", "rà soát các hồ chứa"),
        ("đề nghị", "Hà Nội", "cho đóng cửa các quán bar"),
        ("giao", "Viettel", "phủ sóng các xã vùng cao"),
        ("nhắc", "Thái Nguyên, Yên Bái và các tỉnh miền núi", "cắm biển báo ở ngầm tràn"),
    ],
)
def test_names_in_capitals_behind_a_verb_are_an_addressee(verb: str, names: str, work: str) -> None:
    text = f"Ông {verb} {names} {work}."
    start = text.index(names)
    found = read_unlisted_addressee(page_of(text), start, len(text))
    assert found is not None
    assert (text[found.start : found.end], text[found.work : -1]) == (names, work)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Chiều cùng ngày rà soát các hồ.", "Chiều"),
        ("Ông nói. Nghệ An rà soát các hồ.", "Nghệ An"),
        ("Theo Chương trình xây dựng luật năm 2020.", "Chương trình"),
    ],
)
def test_capitals_that_open_a_sentence_or_a_title_name_nobody(text: str, at: str) -> None:
    assert read_unlisted_addressee(page_of(text), text.index(at), len(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Sở Tài chính đã chuyển tiền cho các xã.", id="told-as-done"),
        pytest.param("Sở Tài chính là cơ quan thường trực.", id="what-it-is"),
        pytest.param("Hồ chứa đầy nước nên phải xả lũ.", id="a-thing"),
        pytest.param("Rà soát các dự án treo.", id="work-alone"),
        pytest.param("lãnh đạo, chỉ đạo các chi bộ sinh hoạt.", id="the-verb-to-lead"),
        pytest.param("Ban đêm tăng cường tuần tra.", id="at-night"),
        pytest.param("Sở Y tế. Bệnh viện rà soát thuốc.", id="two-sentences"),
    ],
)
def test_no_addressee(text: str) -> None:
    assert read_addressee(page_of(text), 0, len(text)) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sở Y tế", True),
        ("các sở", True),
        ("Thủ tướng", True),
        ("ông Nhân", True),
        ("ngành y tế", True),
        ("các vị bộ trưởng", True),
        ("các sàn thương mại điện tử", True),
        ("xã Hội Sơn", True),
        ("xã hội", False),
        ("đội ngũ cán bộ", True),
        ("Rà soát", False),
        ("Hồ chứa", False),
        ("lãnh đạo, chỉ đạo", False),
        ("ban hành kế hoạch", False),
        ("tổ chức rà soát", False),
        ("báo cáo", False),
        ("phòng ngừa tai nạn", False),
    ],
)
def test_what_begins_with_a_body(text: str, found: bool) -> None:
    assert begins_with_body(page_of(f"{text} đã nêu."), 0, len(text)) is found


@pytest.mark.parametrize(
    "items",
    [
        ["Bộ Kế hoạch và Đầu tư"],
        ["Sở Văn hóa, Thể thao và Du lịch"],
        ["Sở Lao động - Thương binh và Xã hội"],
        ["UBND các huyện, thị xã"],
        ["UBND các huyện, thị xã, thành phố"],
        ["Chủ tịch UBND các xã, phường, thị trấn"],
        ["Sở Y tế (Trung tâm Kiểm soát bệnh tật, Chi cục An toàn thực phẩm)"],
    ],
    ids=lambda items: items[0],
)
def test_one_name_is_one_body(items: list[str]) -> None:
    text = items[0]
    assert [text[m.start : m.end] for m in split_bodies(page_of(text), 0, len(text))] == items


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("các Bộ: Tài chính, Xây dựng và Công Thương", ["Tài chính", "Xây dựng", "Công Thương"]),
        ("Bộ Kế hoạch và Đầu tư, Bộ Tài chính", ["Bộ Kế hoạch và Đầu tư", "Bộ Tài chính"]),
        ("Sở GTVT, TN&MT", ["Sở GTVT", "TN&MT"]),
        ("lãnh đạo các bộ, ngành", ["lãnh đạo các bộ", "ngành"]),
        ("Các sở, ngành, địa phương", ["Các sở", "ngành", "địa phương"]),
        ("Sở Văn hóa, Thể thao và Du lịch, Sở Nội vụ", ["Sở Văn hóa, Thể thao và Du lịch", "Sở Nội vụ"]),
        ("Bộ Nông nghiệp và Môi trường và các địa phương", ["Bộ Nông nghiệp và Môi trường", "các địa phương"]),
        ("Công an tỉnh và UBND huyện Ba Chẽ", ["Công an tỉnh", "UBND huyện Ba Chẽ"]),
        ("Sở Y tế; Sở Tài chính; UBND các huyện", ["Sở Y tế", "Sở Tài chính", "UBND các huyện"]),
        ("các huyện Bát Xát, Si Ma Cai và thị xã Sa Pa", ["các huyện Bát Xát", "Si Ma Cai", "thị xã Sa Pa"]),
        ("Mặt trận Tổ quốc và các đoàn thể", ["Mặt trận Tổ quốc", "các đoàn thể"]),
        ("Thủ trưởng các sở, ban, Chủ tịch UBND các huyện", ["Thủ trưởng các sở, ban", "Chủ tịch UBND các huyện"]),
        ("UBND các huyện, thị xã và Công an tỉnh", ["UBND các huyện, thị xã", "Công an tỉnh"]),
        ("Sở Giáo dục và Đào tạo và Sở Y tế", ["Sở Giáo dục và Đào tạo", "Sở Y tế"]),
        ("ông Tấn, bà Mận", ["ông Tấn", "bà Mận"]),
    ],
)  # fmt: skip
def test_a_list_is_split_into_its_bodies(text: str, items: list[str]) -> None:
    assert [text[m.start : m.end] for m in split_bodies(page_of(text), 0, len(text))] == items


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("Sở Xây dựng kiểm tra các dự án", "kiểm tra"),
        ("các đơn vị thi công tập trung máy móc", "tập trung"),
        ("Ban Quản lý dự án bàn giao mặt bằng", "bàn giao"),
        ("các địa phương không được chủ quan", "không được"),
        ("Phòng Giáo dục và Đào tạo mở lớp", "mở lớp"),
    ],
)
def test_verbs_inside_names_begin_no_work(text: str, work: str) -> None:
    assert work_start(page_of(text), 0, len(text)) == text.index(work)


def test_a_name_without_work() -> None:
    text = "Sở Tài nguyên và Môi trường tỉnh Nghệ An"
    assert work_start(page_of(text), 0, len(text)) is None
