"""The signature of an official document."""

from __future__ import annotations

import pytest

from pipeline.read.blocks import find_blocks
from pipeline.read.genre import describe
from pipeline.read.signature import is_name, is_office, is_signed
from pipeline.records import Signer

DOCUMENT = """UBND TỈNH YÊN BÁI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 5/TB-UBND
Yên Bái, ngày 07 tháng 6 năm 2023
THÔNG BÁO
Về phòng cháy rừng

Các xã tuần tra rừng, báo cáo trước ngày 30/6/2023.
Các xã trực ban.

Nơi nhận:
- Như trên;
- Lưu: VT.
"""

# The foot, and name, office and authority of the signer.
FEET = {
    "on behalf": ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLò Văn Đạt", ("Lò Văn Đạt", "Chủ tịch", "TM.")),
    "for the head": ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nLò Văn Đạt", ("Lò Văn Đạt", "Phó Chủ tịch", "KT.")),
    "both": ("TM. UBND\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLò Văn Đạt", ("Lò Văn Đạt", "Phó Chủ tịch", "KT.")),
    "by order": ("TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nHà Thị Vy", ("Hà Thị Vy", "Chánh Văn phòng", "TL.")),
    "by mandate": ("TUQ. CHỦ TỊCH\nGIÁM ĐỐC SỞ Y TẾ\nHà Thị Vy", ("Hà Thị Vy", "Giám đốc Sở Y tế", "TUQ.")),
    "acting": ("Q. GIÁM ĐỐC\nHà Thị Vy", ("Hà Thị Vy", "Giám đốc", "Q.")),
    "of the Party": (
        "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\nTHƯỜNG TRỰC\nA Hoành", ("A Hoành", "Phó Bí thư Thường trực", "TM."),
    ),
    "the head himself": ("GIÁM ĐỐC\nTS. Lò Văn Đạt", ("Lò Văn Đạt", "Giám đốc", None)),
    "with rank": ("CHỈ HUY TRƯỞNG\nThượng tá Lò Văn Đạt", ("Lò Văn Đạt", "Chỉ huy trưởng", None)),
    "with another post below": (
        "TRƯỞNG BAN\n(Đã ký)\nPHÓ CHỦ TỊCH UBND TỈNH\nLò Văn Đạt", ("Lò Văn Đạt", "Trưởng ban", None),
    ),
    "for the head, own office not told": ("KT. GIÁM ĐỐC\nLò Văn Đạt", ("Lò Văn Đạt", None, "KT.")),
    "name in capitals": ("CHỦ TỊCH\nLÒ VĂN ĐẠT", ("Lò Văn Đạt", "Chủ tịch", None)),
    "no name": ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)", None),
    "no office": ("Lò Văn Đạt", None),
    "a table": ("| **CHỦ TỊCH** |\n| **Lò Văn Đạt** |", ("Lò Văn Đạt", "Chủ tịch", None)),
}  # fmt: skip


def signer_of(text: str) -> Signer | None:
    return describe(text, find_blocks(text)).signer


@pytest.mark.parametrize("case", FEET)
def test_who_signs(case: str) -> None:
    foot, told = FEET[case]
    expected = Signer(name=told[0], role=told[1], authority=told[2]) if told else None
    assert signer_of(f"{DOCUMENT}\n{foot}\n") == expected
    assert signer_of(f"{DOCUMENT}\n{foot}\n\nPHỤ LỤC\nBÍ THƯ CHI BỘ\nHà Văn Ba\n") == expected


def test_a_foot_in_two_columns() -> None:
    foot = (
        "Nơi nhận:                         KT. CHỦ TỊCH\n- Như trên;                      PHÓ CHỦ TỊCH\n"
        "- Các xã;\n- Lưu: VT.                        Lò Văn Đạt\n"
    )
    text = DOCUMENT[: DOCUMENT.index("Nơi nhận")] + foot
    assert signer_of(text) == Signer(name="Lò Văn Đạt", role="Phó Chủ tịch", authority="KT.")


@pytest.mark.parametrize(
    "foot",
    [
        "THƯ KÝ                    CHỦ TRÌ\nHà Thị Vy              Lò Văn Đạt",
        "THƯ KÝ     CHỦ TRÌ\nHà Thị Phương Vy               Lò Văn Đạt",
        "ĐẠI DIỆN NHÀ THẦU          BỆNH VIỆN\nVi Văn Ba          Đỗ Thị Nhàn\n"
        "THƯ KÝ          CHỦ TRÌ\nHà Thị Vy          Lò Văn Đạt",
        "Thư ký                    Chủ trì\nHà Thị Vy              Lò Văn Đạt",
        "THƯ KÝ\nHà Thị Vy\nCHỦ TRÌ\nLò Văn Đạt",
    ],
)
def test_of_those_who_sign_minutes_it_is_the_chair(foot: str) -> None:
    minutes = "BIÊN BẢN HỌP\n\nChủ trì: ông Đạt.\nKết luận:\n1. Các xã trực ban.\nCuộc họp kết thúc lúc 9 giờ.\n"
    signer = signer_of(f"{minutes}{foot}\n")
    assert signer == Signer(name="Lò Văn Đạt", role="Chủ trì", authority=None)


def test_several_signers_without_a_chair_are_none() -> None:
    foot = "GIÁM ĐỐC SỞ Y TẾ          GIÁM ĐỐC SỞ TÀI CHÍNH\nHà Thị Vy               Lò Văn Đạt\n"
    assert signer_of(f"{DOCUMENT}\n{foot}") is None


@pytest.mark.parametrize("line", ["Lò Văn Đạt", "H'Loan Ksơr", "A Xuân Hoành", "PGS.TS. Hà Thị Vy", "NGUYỄN VĂN BA"])
def test_names(line: str) -> None:
    assert is_name(line)


@pytest.mark.parametrize("line", ["Đạt", "Lưu VT", "Chủ tịch nước", "- Như trên", "PHÓ CHỦ TỊCH", "Hà Vy 2", ""])
def test_no_names(line: str) -> None:
    assert not is_name(line)


@pytest.mark.parametrize(
    ("line", "office"),
    [("CHỦ TỊCH", True), ("KT. BỘ TRƯỞNG", True), ("**TL. CHỦ TỊCH**", True), ("Chủ tọa", True), ("Chủ tịch xã", False),
     ("BỘ Y TẾ", False), ("QUANG CẢNH", False), ("", False)],
)  # fmt: skip
def test_offices(line: str, office: bool) -> None:
    assert is_office(line) is office


def test_signed() -> None:
    assert is_signed("(Đã ký)")
    assert is_signed("(Ký, ghi rõ họ tên)")
    assert not is_signed("Ký kết hợp đồng")
