"""What a report says about itself."""

from __future__ import annotations

import pytest

from pipeline.read.blocks import find_blocks
from pipeline.read.genre import Description, describe

HEAD = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nSố: {number}\n{place}\n\n"


def described(text: str) -> Description:
    return describe(text, find_blocks(text))


@pytest.mark.parametrize(
    ("line", "genre"),
    [
        ("THÔNG BÁO", "notice"),
        ("BIÊN BẢN", "minutes"),
        ("BIÊN BẢN CUỘC HỌP GIAO BAN", "minutes"),
        ("CÔNG ĐIỆN", "telegram"),
        ("CHỈ THỊ", "directive"),
        ("KẾ HOẠCH", "plan"),
        ("QUYẾT ĐỊNH", "decision"),
        ("HƯỚNG DẪN", "document"),
        ("**THÔNG BÁO**", "notice"),
        ("Kính gửi: Các sở, ngành tỉnh.", "official_letter"),
    ],
)
def test_genre_of_an_official_document(line: str, genre: str) -> None:
    text = HEAD.format(number="5/UBND-VP", place="Yên Bình, ngày 07 tháng 6 năm 2023")
    assert described(f"{text}{line}\nVề việc phòng cháy rừng\n\nCác xã tuần tra rừng.\n").genre == genre


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        pytest.param("Tỉnh ra chỉ thị về rừng\n\nNgày 7/6, tỉnh họp.\nRừng đã cháy.\n", "news", id="about-a-directive"),
        pytest.param("THÔNG BÁO\n\nNgày 7/6, tỉnh họp.\nRừng đã cháy.\n", "news", id="a-heading-alone"),
        pytest.param("BIÊN BẢN HỌP\n\nChủ trì: ông Đạt.\nThư ký: bà Lan.\n", "minutes", id="minutes-without-a-head"),
    ],
)
def test_genre_without_an_official_head(text: str, genre: str) -> None:
    assert described(text).genre == genre


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("45/TB-UBND", "45/TB-UBND"),
        ("45 /TB-UBND", "45/TB-UBND"),
        ("57-NQ/TW", "57-NQ/TW"),
        ("12/2023/QĐ-UBND", "12/2023/QĐ-UBND"),
        ("    /TB-UBND", None),
    ],
)
def test_number_and_sign(number: str, found: str | None) -> None:
    text = HEAD.format(number=number, place="Yên Bình, ngày 07 tháng 6 năm 2023")
    assert described(f"{text}THÔNG BÁO\nVề rừng\n\nCác xã tuần tra rừng.\n").number == found


@pytest.mark.parametrize(
    ("place", "day"),
    [
        ("Yên Bình, ngày 07 tháng 6 năm 2023", "2023-06-07"),
        ("Yên Bình, ngày 7 tháng 06 năm 2023", "2023-06-07"),
        ("Yên Bình, ngày    tháng 6 năm 2023", None),
        ("Yên Bình, ngày 31 tháng 6 năm 2023", None),
    ],
)
def test_day_of_an_official_document(place: str, day: str | None) -> None:
    text = HEAD.format(number="45/TB-UBND", place=place)
    assert described(f"{text}THÔNG BÁO\nVề rừng\n\nNgày 01 tháng 5 năm 2023, tỉnh họp.\n").published == day


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("19:54 | 08/06/2023", "2023-06-08"),
        ("Thứ Năm, 08/06/2023 08:30", "2023-06-08"),
        ("Cập nhật: 08/06/2023 10:15", "2023-06-08"),
        ("8.6.2023", "2023-06-08"),
        ("", None),
    ],
)
def test_day_of_an_article(stamp: str, day: str | None) -> None:
    text = f"Tỉnh họp về rừng\n{stamp}\nNgày 05/6/2023, UBND tỉnh họp về phòng cháy rừng.\nRừng đã cháy hai lần.\n"
    assert described(text).published == day


def test_title() -> None:
    assert described("# Tỉnh họp  về rừng\n\nUBND tỉnh họp.\nRừng đã cháy.\n").title == "Tỉnh họp về rừng"
    text = HEAD.format(number="5/TB-UBND", place="Yên Bình, ngày 07 tháng 6 năm 2023")
    both = described(f"{text}THÔNG BÁO\nKết luận tại cuộc họp về rừng\n\nCác xã tuần tra rừng.\n").title
    assert both == "THÔNG BÁO Kết luận tại cuộc họp về rừng"
    assert described("UBND tỉnh họp.\n").title is None


def test_number_and_day_of_a_head_in_two_columns() -> None:
    head = (
        "ỦY BAN NHÂN DÂN              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "TỈNH YÊN BÌNH                   Độc lập - Tự do - Hạnh phúc\n"
        "Số: 45/TB-UBND               Yên Bình, ngày 07 tháng 6 năm 2023\n\n"
    )
    found = described(f"{head}THÔNG BÁO\nVề rừng\n\nNgày 01 tháng 5 năm 2023, tỉnh họp.\n")
    assert (found.number, found.published) == ("45/TB-UBND", "2023-06-07")
