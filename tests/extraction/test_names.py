"""Persons with their roles, and the resolution of titles, given names and parts of names to them."""

from __future__ import annotations

import pytest

from tests.extraction.pages import index_of, people_in

# Text with the mention in brackets | name | roles by " + ". The text holds one mention.
MENTIONS = {
    "chain-by-dash": (
        "[Phó Bí thư Tỉnh ủy - Chủ tịch UBND tỉnh Lò Văn Đạt] chủ trì cuộc họp.",
        "Lò Văn Đạt",
        ["Phó Bí thư Tỉnh ủy", "Chủ tịch UBND tỉnh"],
    ),
    "chain-by-comma": (
        "[Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh Trần Quốc Hưng] phát biểu.",
        "Trần Quốc Hưng",
        ["Bí thư Tỉnh ủy", "Chủ tịch HĐND tỉnh"],
    ),
    "chain-with-central-committee": (
        "[Ủy viên Ban Chấp hành Trung ương Đảng, Bí thư Tỉnh ủy Trần Quốc Hưng] phát biểu.",
        "Trần Quốc Hưng",
        ["Ủy viên Ban Chấp hành Trung ương Đảng", "Bí thư Tỉnh ủy"],
    ),
    "minister-and-head-of-office": (
        "[Bộ trưởng - Chủ nhiệm Văn phòng Chính phủ Ngô Tiến Lực] thông báo.",
        "Ngô Tiến Lực",
        ["Bộ trưởng", "Chủ nhiệm Văn phòng Chính phủ"],
    ),
    "ministry-in-small-letters": (
        "[Bộ trưởng Bộ Giao thông vận tải Đinh Công Trứ] kiểm tra công trường.",
        "Đinh Công Trứ",
        ["Bộ trưởng Bộ Giao thông vận tải"],
    ),
    "standing-deputy": (
        "[Phó Chủ tịch Thường trực UBND tỉnh Bùi Thế Duyên] kết luận.",
        "Bùi Thế Duyên",
        ["Phó Chủ tịch Thường trực UBND tỉnh"],
    ),
    "standing-deputy-premier": (
        "[Phó Thủ tướng Thường trực Chính phủ Lương Bá Thuận] chủ trì cuộc họp.",
        "Lương Bá Thuận",
        ["Phó Thủ tướng Thường trực Chính phủ"],
    ),
    "acting": (
        "[Quyền Chủ tịch UBND thành phố Cần Thơ Trương Quang Nhã] yêu cầu báo cáo.",
        "Trương Quang Nhã",
        ["Quyền Chủ tịch UBND thành phố Cần Thơ"],
    ),
    "former": (
        "[Nguyên Bộ trưởng Bộ Y tế Phạm Thị Sim] phát biểu.",
        "Phạm Thị Sim",
        ["Nguyên Bộ trưởng Bộ Y tế"],
    ),
    "role-behind-comma": (
        "[Bà Lê Thị Mận, Giám đốc Sở Tài chính,] đề nghị các huyện báo cáo.",
        "Lê Thị Mận",
        ["Giám đốc Sở Tài chính"],
    ),
    "role-between-dashes": (
        "[Ông Vũ Đình Khang - phó giám đốc Sở Xây dựng -] cho biết đường đã xong.",
        "Vũ Đình Khang",
        ["phó giám đốc Sở Xây dựng"],
    ),
    "role-in-brackets": (
        "[Bà Hoàng Thị Én (Trưởng phòng Giáo dục huyện Yên Thế)] nói trường thiếu lớp.",
        "Hoàng Thị Én",
        ["Trưởng phòng Giáo dục huyện Yên Thế"],
    ),
    "rank-and-role": (
        "[Thượng tá Ngô Văn Hạ - Trưởng Công an huyện Thanh Chương] nói.",
        "Ngô Văn Hạ",
        ["Trưởng Công an huyện Thanh Chương"],
    ),
    "place-nghe-an": (
        "[Chủ tịch UBND tỉnh Nghệ An Hồ Sỹ Lâm] yêu cầu báo cáo.",
        "Hồ Sỹ Lâm",
        ["Chủ tịch UBND tỉnh Nghệ An"],
    ),
    "place-thai-nguyen": (
        "[Phó Chủ tịch UBND tỉnh Thái Nguyên Dương Văn Tiệp] kiểm tra đê.",
        "Dương Văn Tiệp",
        ["Phó Chủ tịch UBND tỉnh Thái Nguyên"],
    ),
    "place-binh-thuan": (
        "[Chủ tịch UBND tỉnh Bình Thuận Đoàn Anh Kiệt] nói.",
        "Đoàn Anh Kiệt",
        ["Chủ tịch UBND tỉnh Bình Thuận"],
    ),
    "place-tp-hcm": (
        "[Phó Chủ tịch UBND TP.HCM Đỗ Quang Vịnh] yêu cầu báo cáo.",
        "Đỗ Quang Vịnh",
        ["Phó Chủ tịch UBND TP.HCM"],
    ),
    "place-thanh-chuong": (
        "[Chủ tịch UBND huyện Thanh Chương Phan Đức Toại] nói bờ sông sạt lở.",
        "Phan Đức Toại",
        ["Chủ tịch UBND huyện Thanh Chương"],
    ),
    "province-unnamed": (
        "[Chủ tịch UBND tỉnh Lê Trí Hải] nói.",
        "Lê Trí Hải",
        ["Chủ tịch UBND tỉnh"],
    ),
    "place-in-brackets": (
        "[Giám đốc Sở Y tế (thành phố Huế) Hồ Văn Khải] nói.",
        "Hồ Văn Khải",
        ["Giám đốc Sở Y tế (thành phố Huế)"],
    ),
    "name-duoc": ("[Ông Nguyễn Văn Được] nói đường đã xong.", "Nguyễn Văn Được", []),
    "name-giao": ("[Ông Trần Văn Giao] cho biết dân đồng tình.", "Trần Văn Giao", []),
    "degree": ("[GS.TS. Đặng Hữu Tấn] nói.", "Đặng Hữu Tấn", []),
    "voter": ("[Cử tri Ngô Văn Bảy] hỏi về đường.", "Ngô Văn Bảy", []),
    "hmong": (
        "[Đại tá Giàng A Sử, Giám đốc Công an tỉnh,] báo cáo.",
        "Giàng A Sử",
        ["Giám đốc Công an tỉnh"],
    ),
    "ede-man": ("[Ông Y Thinh Niê] phát biểu.", "Y Thinh Niê", []),
    "ede-woman": (
        "[Bà H'Lim Êban, Chủ tịch UBND xã Ea Tu,] phát biểu.",
        "H'Lim Êban",
        ["Chủ tịch UBND xã Ea Tu"],
    ),
    "given-name-with-apostrophe": ("[Bà Ksor H'Bơ] nói.", "Ksor H'Bơ", []),
}


@pytest.mark.parametrize("case", MENTIONS)
def test_a_person_with_roles(case: str) -> None:
    marked, name, roles = MENTIONS[case]
    text = marked.replace("[", "").replace("]", "")
    found = people_in(text)
    assert [(m.name, list(m.roles)) for m in found] == [(name, roles)]
    assert text[found[0].start : found[0].end] == marked[marked.index("[") + 1 : marked.index("]")]


@pytest.mark.parametrize(
    ("text", "roles", "given"),
    [
        pytest.param("Thủ tướng yêu cầu các bộ báo cáo.", ("Thủ tướng",), None, id="title-alone"),
        pytest.param("Chủ tịch UBND tỉnh kết luận.", ("Chủ tịch UBND tỉnh",), None, id="office-of-a-body"),
        pytest.param("Đồng chí Chủ tịch UBND tỉnh kết luận.", ("Chủ tịch UBND tỉnh",), None, id="comrade-and-office"),
        pytest.param("Người đứng đầu Chính phủ phát biểu.", ("Người đứng đầu Chính phủ",), None, id="epithet"),
        pytest.param("Theo ông Nhân, việc này đã xong.", (), "Nhân", id="given-name"),
        pytest.param("Bà Mận nói dân đồng tình.", (), "Mận", id="given-name-of-a-woman"),
        pytest.param("Sau đó, ông yêu cầu các xã làm ngay.", (), None, id="form-of-address-alone"),
    ],
)
def test_a_mention_without_a_full_name(text: str, roles: tuple[str, ...], given: str | None) -> None:
    assert [(m.name, m.roles, m.given) for m in people_in(text)] == [(None, roles, given)]


@pytest.mark.parametrize(
    "text",
    [
        "Tỉnh Hà Giang có 11 huyện.",
        "Ngày mai, đoàn đi Hà Giang, Thái Nguyên và Lâm Đồng.",
        "Huyện Mai Châu thiếu nước.",
        "Cầu Phan Đình Phùng đã xong.",
        "Đường Nguyễn Văn Linh kẹt xe.",
        "Nước sông Lam dâng cao.",
    ],
)
def test_places_are_no_persons(text: str) -> None:
    assert people_in(text) == []


def test_mentions_come_in_order_and_apart() -> None:
    text = (
        "Chủ tịch UBND tỉnh Lò Văn Đạt và Giám đốc Sở Y tế Bùi Thị Lan kiểm tra đê. "
        "Ông Đạt đề nghị bà Lan báo cáo; Thủ tướng đã biết việc này."
    )
    found = people_in(text)
    assert [m.name or m.given or m.roles[0] for m in found] == ["Lò Văn Đạt", "Bùi Thị Lan", "Đạt", "Lan", "Thủ tướng"]
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))


REPORT = """Thủ tướng Chính phủ Lưu Bách Nghệ và Chủ tịch UBND tỉnh Lò Văn Đạt chủ trì cuộc họp.
Giám đốc Sở Y tế Bùi Thị Lan, Giám đốc Sở Tài chính Hà Văn Đạt dự họp.
Bộ trưởng Bộ Y tế Ngô Thị Cúc và nguyên Bộ trưởng Bộ Y tế Phạm Thị Sim phát biểu.
"""


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("Thủ tướng", "Lưu Bách Nghệ"),
        ("Thủ tướng Chính phủ", "Lưu Bách Nghệ"),
        ("Chủ tịch UBND tỉnh", "Lò Văn Đạt"),
        ("Chủ tịch Ủy ban nhân dân tỉnh", "Lò Văn Đạt"),
        ("Chủ tịch tỉnh", "Lò Văn Đạt"),
        ("Giám đốc Sở Y tế", "Bùi Thị Lan"),
        ("Bộ trưởng", "Ngô Thị Cúc"),
        ("Phó Thủ tướng", None),
        ("Phó Chủ tịch UBND tỉnh", None),
        ("Giám đốc Sở Nội vụ", None),
    ],
)
def test_an_office_is_its_holder(role: str, name: str | None) -> None:
    found = index_of(REPORT).by_role(role, len(REPORT))
    assert (found and found.name) == name


def test_a_given_name_is_the_person_introduced_last() -> None:
    index = index_of(REPORT)
    first = REPORT.index("Lò Văn Đạt") + 20
    found = [index.by_given(given, at) for given, at in (("Lan", len(REPORT)), ("Đạt", first), ("Đạt", len(REPORT)))]
    assert [person and person.name for person in found] == ["Bùi Thị Lan", "Lò Văn Đạt", "Hà Văn Đạt"]
    assert index.by_given("Mận", len(REPORT)) is None


def test_the_end_of_a_name_is_the_same_person() -> None:
    index = index_of("Chủ tịch UBND tỉnh Lê Văn Thọ họp. Ông Văn Thọ, Bí thư Tỉnh ủy, phát biểu.")
    assert list(index.known) == ["Lê Văn Thọ"]
    assert index.known["Lê Văn Thọ"].roles == ["Chủ tịch UBND tỉnh", "Bí thư Tỉnh ủy"]
    found = index.by_name("Văn Thọ")
    assert found is not None and found.name == "Lê Văn Thọ"
