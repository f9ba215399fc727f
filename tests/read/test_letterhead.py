"""The head of an official document: who issues it."""

from __future__ import annotations

import pytest

from pipeline.read.blocks import find_blocks
from pipeline.read.capitals import as_written
from pipeline.read.genre import describe

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
BODY = "\nTHÔNG BÁO\nVề phòng cháy rừng\n\nCác xã tuần tra rừng, Trường Tiểu học A Tân Lập cho học sinh nghỉ.\n"

# The lines above the number, and the issuing body.
HEADS = {
    "one line": ("BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "Bộ Nông nghiệp và Môi trường"),
    "two lines of one name": ("ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN", "Ủy ban nhân dân tỉnh Lạng Sơn"),
    "a sequel": ("BỘ VĂN HÓA,\nTHỂ THAO VÀ DU LỊCH", "Bộ Văn hóa, Thể thao và Du lịch"),
    "bold": ("**VĂN PHÒNG CHÍNH PHỦ**\n-------", "Văn phòng Chính phủ"),
    "office of a body": ("ỦY BAN NHÂN DÂN TỈNH TÂY NINH\nVĂN PHÒNG", "Văn phòng Ủy ban nhân dân tỉnh Tây Ninh"),
    "department": ("UBND TỈNH BẮC NINH\nSỞ Y TẾ", "Sở Y tế tỉnh Bắc Ninh"),
    "department of a district": ("UBND HUYỆN MÙ LA\nPHÒNG Y TẾ", "Phòng Y tế huyện Mù La"),
    "as the report writes it": ("UBND XÃ TÂN LẬP\nTRƯỜNG TIỂU HỌC A TÂN LẬP", "Trường Tiểu học A Tân Lập"),
    "below a ministry": ("BỘ TÀI CHÍNH\nTỔNG CỤC THUẾ", "Tổng cục Thuế"),
    "party": ("TỈNH ỦY SÓC TRĂNG\n*", "Tỉnh ủy Sóc Trăng"),
    "urgent": ("HỎA TỐC\nUBND TỈNH BẮC NINH", "UBND tỉnh Bắc Ninh"),
    "none": ("", None),
}


@pytest.mark.parametrize("case", HEADS)
def test_issuing_body(case: str) -> None:
    head, issuer = HEADS[case]
    text = f"{head}\n{MOTTO}\nSố: 5/TB-VP\nTân Lập, ngày 07 tháng 6 năm 2023\n{BODY}"
    found = describe(text, find_blocks(text))
    assert (found.issuer, found.number, found.published) == (issuer, "5/TB-VP", "2023-06-07")


def test_issuing_body_of_a_head_in_two_columns() -> None:
    text = (
        f"    ỦY BAN NHÂN DÂN               {MOTTO}\n   TỈNH YÊN BÁI                    Độc lập - Tự do - Hạnh phúc\n"
        f"      VĂN PHÒNG\n  Số: 5/TB-VP            Yên Bái, ngày 07 tháng 6 năm 2023\n{BODY}"
    )
    assert describe(text, find_blocks(text)).issuer == "Văn phòng Ủy ban nhân dân tỉnh Yên Bái"


def test_an_article_has_no_issuing_body() -> None:
    text = "UBND TỈNH BẮC NINH HỌP BÀN CHỐNG HẠN\n\nSáng 7/6, tỉnh họp.\nMưa ít.\n"
    found = describe(text, find_blocks(text))
    assert (found.issuer, found.signer) == (None, None)


@pytest.mark.parametrize(
    ("capitals", "written"),
    [
        ("PHÓ CHỦ TỊCH", "Phó Chủ tịch"),
        ("PHÓ TỔNG GIÁM ĐỐC", "Phó Tổng Giám đốc"),
        ("UBND XÃ NÀ ỚT", "UBND xã Nà Ớt"),
        ("HỢP TÁC XÃ RAU SẠCH", "Hợp tác xã rau sạch"),
        ("Phòng Y tế", "Phòng Y tế"),
        ("", ""),
    ],
)
def test_capitals_as_running_text_writes_them(capitals: str, written: str) -> None:
    assert as_written(capitals, "Các xã họp.") == written


def test_the_report_s_own_spelling_goes_first() -> None:
    text = "HỢP TÁC XÃ RAU SẠCH BA KHE\nÔng Đạt thay mặt Hợp tác xã Rau sạch Ba Khe phát biểu."
    assert as_written("HỢP TÁC XÃ RAU SẠCH BA KHE", text) == "Hợp tác xã Rau sạch Ba Khe"
