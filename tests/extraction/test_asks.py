"""From short made-up reports to asks: what is one, of which kind, whose, and who must do it."""

from __future__ import annotations

import pytest

from tests.extraction.pages import Row, document_of, rows_of

OPENING = "Tỉnh chống hạn\n\nSáng 7/6, Chủ tịch UBND tỉnh Lò Văn Đạt chủ trì cuộc họp về chống hạn.\n"
DAT = ("Lò Văn Đạt", "Chủ tịch UBND tỉnh", None)
LAN = ("Bùi Thị Lan", "Giám đốc Sở Tài chính", None)


def told(*sentences: str) -> list[Row]:
    """The tasks of a report that opens with the meeting and tells the sentences, one a paragraph."""
    return rows_of(OPENING + "\n".join(sentences) + "\n")


# Sentence of the report -> the one task it tells: kind, issuer, lead, coordinating, span.
ONE_ASK = {
    "order": (
        "Ông Đạt yêu cầu Sở Y tế mua thuốc.",
        ("directive", DAT, ["Sở Y tế"], [], "Sở Y tế mua thuốc"),
    ),
    "order-without-addressee": (
        "Ông Đạt yêu cầu làm rõ trách nhiệm của từng xã.",
        ("directive", DAT, [], [], "làm rõ trách nhiệm của từng xã"),
    ),
    "request-from-above": (
        "Ông Đạt đề nghị Công ty Điện lực bảo đảm điện cho trạm bơm.",
        ("directive", DAT, ["Công ty Điện lực"], [], "Công ty Điện lực bảo đảm điện cho trạm bơm"),
    ),
    "body-behind-a-verb-that-begins-a-word": (
        "Ông Đạt giao Ban Tuyên giáo Tỉnh ủy biên soạn tài liệu.",
        ("directive", DAT, ["Ban Tuyên giáo Tỉnh ủy"], [], "Ban Tuyên giáo Tỉnh ủy biên soạn tài liệu"),
    ),
    "asked-of-the-government": (
        "Ông Đạt đề nghị Chính phủ ứng trước 20 tỉ đồng.",
        ("proposal", DAT, ["Chính phủ"], [], "Chính phủ ứng trước 20 tỉ đồng"),
    ),
    "the-people-ask": (
        "Chị Hà Thị Mai kể: “Giếng cạn đã hai tháng. Bà con mong Nhà nước cho thêm xe chở nước”.",
        ("proposal", ("Hà Thị Mai", None, None), ["Nhà nước"], [], "Nhà nước cho thêm xe chở nước"),
    ),
    "asked-to-be-granted": (
        "Giám đốc Sở Tài chính Bùi Thị Lan xin được giữ lại một phần tiền thuê đất.",
        ("proposal", LAN, [], [], "được giữ lại một phần tiền thuê đất"),
    ),
    "taking-the-blame-is-no-ask": (
        "Giám đốc Sở Tài chính Bùi Thị Lan xin nhận trách nhiệm và hứa sở sẽ chuyển tiền cho các huyện.",
        ("commitment", LAN, ["Sở Tài chính"], [], "sở sẽ chuyển tiền cho các huyện"),
    ),
    "ban-and-its-addressee": (
        "Ông Đạt nghiêm cấm các trường thu thêm tiền.",
        ("directive", DAT, ["các trường"], [], "nghiêm cấm các trường thu thêm tiền"),
    ),
    "ministries-under-one-head": (
        "Ông Đạt đề nghị các Sở: Xây dựng; Tài chính; Y tế thống nhất cách tính.",
        (
            "directive", DAT, ["Xây dựng", "Tài chính", "Y tế"], [],
            "các Sở: Xây dựng; Tài chính; Y tế thống nhất cách tính",
        ),  # fmt: skip
    ),
    "group-with-a-relative-clause": (
        "Ông Đạt yêu cầu các xã có tuyến kênh đi qua nạo vét lòng kênh.",
        ("directive", DAT, ["các xã có tuyến kênh đi qua"], [], "các xã có tuyến kênh đi qua nạo vét lòng kênh"),
    ),
    "time-behind-the-addressee": (
        "Ông Đạt yêu cầu Sở Y tế trong 10 ngày tới rà soát kho thuốc.",
        ("directive", DAT, ["Sở Y tế"], [], "Sở Y tế trong 10 ngày tới rà soát kho thuốc"),
    ),
    "by-order-of": (
        "Theo chỉ đạo của ông Đạt, Sở Tài chính bố trí đủ kinh phí chở nước.",
        ("directive", DAT, ["Sở Tài chính"], [], "Sở Tài chính bố trí đủ kinh phí chở nước"),
    ),
    "leader-says-what-is-to-be-done": (
        "Ông Đạt nói hồ đã cạn. Thứ nhất, Sở Y tế kiểm kê thuốc ở các trạm.",
        ("directive", DAT, ["Sở Y tế"], [], "Sở Y tế kiểm kê thuốc ở các trạm"),
    ),
    "called-again-by-the-place": (
        "Ông Đạt nói hồ đã cạn. Lãnh đạo tỉnh giao Sở Y tế mua thuốc.",
        ("directive", DAT, ["Sở Y tế"], [], "Sở Y tế mua thuốc"),
    ),
    "pronoun-of-the-other-gender": (
        "Bà Bùi Thị Lan, Giám đốc Sở Tài chính, nêu khó khăn. Ông yêu cầu các xã báo cáo.",
        ("directive", DAT, ["các xã"], [], "các xã báo cáo"),
    ),
    "group-in-the-passive": (
        "Ông Đạt nói hồ đã cạn. UBND các xã có hồ nhỏ được giao khoanh giữ nước.",
        ("directive", DAT, ["UBND các xã có hồ nhỏ"], [], "khoanh giữ nước"),
    ),
    "pledge-behind-its-time": (
        "Giám đốc Sở Tài chính Bùi Thị Lan hứa trong hai tuần tới sở sẽ chuyển tiền cho các huyện.",
        ("commitment", LAN, ["Sở Tài chính"], [], "sở sẽ chuyển tiền cho các huyện"),
    ),
    "that-officer": (
        "Ông Đạt cho biết hồ đã cạn. Vị chủ tịch yêu cầu các xã trực ban cả đêm.",
        ("directive", DAT, ["các xã"], [], "các xã trực ban cả đêm"),
    ),
    "with-others": (
        "Ông Đạt giao Sở Y tế chủ trì, phối hợp với Sở Tài chính mua thuốc.",
        ("directive", DAT, ["Sở Y tế"], ["Sở Tài chính"], "Sở Y tế chủ trì, phối hợp với Sở Tài chính mua thuốc"),
    ),
    "addressees-parted-by-a-semicolon": (
        "Ông Đạt yêu cầu các sở, ngành; UBND các huyện, thị xã khẩn trương báo cáo.",
        (
            "directive",
            DAT,
            ["các sở", "ngành", "UBND các huyện, thị xã"],
            [],
            "các sở, ngành; UBND các huyện, thị xã khẩn trương báo cáo",
        ),
    ),
    "quotation": (
        "“Các xã không được chủ quan, phải trực ban cả đêm”, ông Đạt nhấn mạnh.",
        ("directive", DAT, ["Các xã"], [], "Các xã không được chủ quan, phải trực ban cả đêm"),
    ),
    "need-by-theo": (
        "Theo ông Đạt, các xã phải trực ban cả đêm.",
        ("directive", DAT, ["các xã"], [], "các xã phải trực ban cả đêm"),
    ),
    "told-of-another": (
        "Trước đó, ngày 2/3, Thủ tướng đã giao Bộ Công Thương rà soát quy hoạch điện.",
        (
            "directive",
            (None, "Thủ tướng", None),
            ["Bộ Công Thương"],
            [],
            "Bộ Công Thương rà soát quy hoạch điện",
        ),
    ),
    "by-a-spokesman": (
        "Người phát ngôn UBND tỉnh Hà Văn Đức cho biết Chủ tịch UBND tỉnh đã giao Sở Y tế mua thuốc.",
        ("directive", DAT, ["Sở Y tế"], [], "Sở Y tế mua thuốc"),
    ),
    "proposal-of-a-lower-body": (
        "UBND xã Tân Lập kiến nghị UBND tỉnh sửa đập Ba Khe.",
        ("proposal", (None, None, "UBND xã Tân Lập"), ["UBND tỉnh"], [], "UBND tỉnh sửa đập Ba Khe"),
    ),
    "request-to-above": (
        "Sở Y tế đề nghị UBND tỉnh cấp thêm thuốc.",
        ("proposal", (None, None, "Sở Y tế"), ["UBND tỉnh"], [], "UBND tỉnh cấp thêm thuốc"),
    ),
    "voters": (
        "Cử tri xã Tân Lập đề nghị tỉnh sớm sửa đập.",
        ("proposal", (None, None, "Cử tri xã Tân Lập"), ["tỉnh"], [], "tỉnh sớm sửa đập"),
    ),
    "pledge-by-promise": (
        "Giám đốc Sở Tài chính Bùi Thị Lan hứa chuyển tiền cho các huyện.",
        ("commitment", LAN, ["Giám đốc Sở Tài chính Bùi Thị Lan"], [], "chuyển tiền cho các huyện"),
    ),
    "pledge-of-the-own-body": (
        "Giám đốc Sở Tài chính Bùi Thị Lan khẳng định Sở sẽ chuyển tiền cho các huyện.",
        ("commitment", LAN, ["Sở Tài chính"], [], "Sở sẽ chuyển tiền cho các huyện"),
    ),
    "pledge-in-the-first-person": (
        "Giám đốc Sở Tài chính Bùi Thị Lan nói: “Chúng tôi sẽ chuyển tiền cho các huyện”.",
        ("commitment", LAN, ["Sở Tài chính"], [], "Chúng tôi sẽ chuyển tiền cho các huyện"),
    ),
    "pledge-with-will": (
        "Giám đốc Sở Tài chính Bùi Thị Lan cam kết sẽ chuyển tiền cho các huyện.",
        ("commitment", LAN, ["Giám đốc Sở Tài chính Bùi Thị Lan"], [], "sẽ chuyển tiền cho các huyện"),
    ),
}


@pytest.mark.parametrize("case", ONE_ASK)
def test_one_ask(case: str) -> None:
    sentence, expected = ONE_ASK[case]
    shown = [(row.kind, row.issuer, [*row.lead], [*row.coordinating], row.span) for row in told(sentence)]
    assert shown == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Theo báo cáo của Sở Y tế, 12 hồ đã cạn, 300 ha lúa thiếu nước.", id="figures"),
        pytest.param("Ông Đạt cho rằng hồ cạn vì nắng nóng. Ông đánh giá cao các xã.", id="opinion-and-praise"),
        pytest.param("Dự án đã hoàn thành theo yêu cầu của tỉnh.", id="request-as-a-noun"),
        pytest.param("Vì sao các xã phải trực ban?", id="question"),
        pytest.param("Theo quy định, chủ đầu tư phải nộp phí môi trường.", id="what-the-law-says"),
        pytest.param("Cuộc họp bàn về phương án cấp nước cho các xã.", id="agenda"),
        pytest.param("Nhiều hộ dân phải bán trâu bò vì thiếu cỏ.", id="what-people-had-to-do"),
        pytest.param("Các xã đã hoàn thành việc nạo vét kênh mương.", id="done"),
    ],
)
def test_no_ask(sentence: str) -> None:
    assert [row.span for row in told(sentence)] == []


@pytest.mark.parametrize(
    ("sentence", "asks"),
    [
        pytest.param(
            "Ông Đạt yêu cầu Sở Y tế mua thuốc; Sở Tài chính bố trí kinh phí; Công an tỉnh tuần tra ban đêm.",
            [("Sở Y tế", "Sở Y tế mua thuốc"), ("Sở Tài chính", "Sở Tài chính bố trí kinh phí"),
             ("Công an tỉnh", "Công an tỉnh tuần tra ban đêm")],
            id="addressees-by-semicolon",
        ),
        pytest.param(
            "Ông Đạt giao Sở Y tế mua thuốc, giao Sở Tài chính bố trí kinh phí.",
            [("Sở Y tế", "Sở Y tế mua thuốc"), ("Sở Tài chính", "Sở Tài chính bố trí kinh phí")],
            id="verb-said-again",
        ),
        pytest.param(
            "Ông Đạt yêu cầu Sở Y tế mua thuốc; đồng thời đề nghị Công an tỉnh tuần tra ban đêm.",
            [("Sở Y tế", "Sở Y tế mua thuốc"), ("Công an tỉnh", "Công an tỉnh tuần tra ban đêm")],
            id="another-verb",
        ),
        pytest.param(
            "Ông Đạt yêu cầu Sở Y tế rà soát kho, mua thuốc và báo cáo UBND tỉnh.",
            [("Sở Y tế", "Sở Y tế rà soát kho, mua thuốc và báo cáo UBND tỉnh")],
            id="commas-part-nothing",
        ),
        pytest.param(
            "Ông Đạt yêu cầu các sở thực hiện các nhiệm vụ sau:\n- Sở Y tế mua thuốc;\n- Sở Tài chính bố trí kinh phí.",
            [("Sở Y tế", "Sở Y tế mua thuốc"), ("Sở Tài chính", "Sở Tài chính bố trí kinh phí")],
            id="list",
        ),
        pytest.param(
            "Ông Đạt yêu cầu Sở Y tế mua thuốc.\nĐồng thời tăng cường kiểm tra các kho.\nMưa đến muộn hơn mọi năm.",
            [("Sở Y tế", "Sở Y tế mua thuốc"), ("Sở Y tế", "tăng cường kiểm tra các kho")],
            id="the-next-sentence-goes-on",
        ),
    ],
)  # fmt: skip
def test_several_asks(sentence: str, asks: list[tuple[str, str]]) -> None:
    assert [(", ".join(row.lead), row.span) for row in told(*sentence.split("\n"))] == asks


def test_the_floor_changes_with_the_speaker() -> None:
    rows = told(
        "Giám đốc Sở Tài chính Bùi Thị Lan đề nghị UBND tỉnh cho ứng vốn.",
        "Kết luận cuộc họp, ông Đạt yêu cầu Sở Xây dựng kiểm tra các đập.",
        "Bên cạnh đó, rà soát các trạm bơm.",
    )
    assert [(row.kind, row.issuer[0]) for row in rows] == [
        ("proposal", "Bùi Thị Lan"),
        ("directive", "Lò Văn Đạt"),
        ("directive", "Lò Văn Đạt"),
    ]


def test_the_title_and_captions_tell_nothing_again() -> None:
    text = (
        "Chủ tịch UBND tỉnh yêu cầu Sở Y tế mua thuốc\n\n"
        "Sáng 7/6, Chủ tịch UBND tỉnh Lò Văn Đạt họp với ngành y tế.\n"
        "Ông Đạt yêu cầu Sở Y tế mua thuốc trước ngày 20/6.\n"
        "Hồ Ba Khe đã cạn.\n"
        "Chủ tịch UBND tỉnh yêu cầu Sở Y tế mua thuốc. Ảnh: Hà Vy\n"
    )
    assert [row.span for row in rows_of(text)] == ["Sở Y tế mua thuốc trước ngày 20/6"]


NOTICE = """ỦY BAN NHÂN DÂN
TỈNH YÊN BÌNH
Số: 45/TB-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Yên Bình, ngày 07 tháng 6 năm 2023

THÔNG BÁO
Kết luận của Chủ tịch UBND tỉnh Lò Văn Đạt tại cuộc họp về phòng cháy rừng

Ngày 05 tháng 6 năm 2023, Chủ tịch UBND tỉnh Lò Văn Đạt chủ trì cuộc họp về phòng cháy rừng.

I. Đánh giá tình hình
Thời gian qua, các huyện đã có nhiều cố gắng.

II. Nhiệm vụ
1. Sở Nông nghiệp và Phát triển nông thôn:
a) Rà soát phương án chữa cháy, hoàn thành trước ngày 15/6/2023.
b) Phối hợp với Công an tỉnh tuần tra rừng.
2. UBND các huyện, thị xã bố trí lực lượng trực.
3. Giao Sở Tài chính cân đối kinh phí.

Văn phòng UBND tỉnh thông báo để các cơ quan biết, thực hiện./.

Nơi nhận:
- Các sở;
- Lưu VT.
"""


def test_a_notice_of_conclusions() -> None:
    rows = rows_of(NOTICE)
    assert [(", ".join(row.lead), row.span) for row in rows] == [
        ("Sở Nông nghiệp và Phát triển nông thôn", "Rà soát phương án chữa cháy, hoàn thành trước ngày 15/6/2023"),
        ("Sở Nông nghiệp và Phát triển nông thôn", "Phối hợp với Công an tỉnh tuần tra rừng"),
        ("UBND các huyện, thị xã", "UBND các huyện, thị xã bố trí lực lượng trực"),
        ("Sở Tài chính", "Sở Tài chính cân đối kinh phí"),
    ]
    assert {(row.kind, row.issuer) for row in rows} == {("directive", DAT)}
    assert rows[1].coordinating == ("Công an tỉnh",)
    assert rows[0].deadline == (None, "2023-06-15", None)


def test_a_table_row_is_a_task() -> None:
    table = (
        "\n| STT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn |\n|---|---|---|---|\n"
        "| 1 | Rà soát quy hoạch thủy lợi | Sở Xây dựng | 30/6/2023 |\n"
    )
    rows = rows_of(NOTICE.replace("\nVăn phòng UBND tỉnh thông báo", table + "\nVăn phòng UBND tỉnh thông báo"))
    assert ("Rà soát quy hoạch thủy lợi", ("Sở Xây dựng",)) in [(row.span, row.lead) for row in rows]


def test_asks_come_in_order_and_apart() -> None:
    for text in (NOTICE, OPENING + "Ông Đạt giao Sở Y tế mua thuốc, giao Sở Tài chính bố trí kinh phí.\n"):
        spans = [task.span for directive in document_of(text).directives for task in directive.tasks]
        assert len(spans) > 1
        assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))


def test_the_leaders_of_the_government_are_the_deputy_who_is_there() -> None:
    rows = rows_of(
        "Sáng 5/6, Phó thủ tướng Vi Văn Khang chủ trì cuộc họp về chống hạn.\n"
        "Lãnh đạo Chính phủ giao Bộ Y tế mua thuốc.\n"
    )
    assert [row.issuer for row in rows] == [("Vi Văn Khang", "Phó thủ tướng", None)]


def test_numbered_points_behind_a_conclusion_are_asks() -> None:
    head, _ = NOTICE.split("I. Đánh giá", 1)
    rows = rows_of(
        f"{head}Sau khi nghe báo cáo, Chủ tịch UBND tỉnh kết luận như sau:\n\n"
        "1. Thời gian qua, các huyện đã có nhiều cố gắng.\n2. Sở Y tế mua thuốc.\n3. Các xã kiểm tra rừng.\n"
    )
    assert [row.span for row in rows] == ["Sở Y tế mua thuốc", "Các xã kiểm tra rừng"]


MINUTES = """UBND XÃ TÂN LẬP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 9/BB-UBND
Tân Lập, ngày 07 tháng 6 năm 2023

BIÊN BẢN
Họp giao ban tháng 6

Căn cứ Quyết định số 3/QĐ-UBND yêu cầu các xã nạo vét kênh mương trước mùa mưa;
I. THÀNH PHẦN
- Chủ trì: ông Lò Văn Đạt, Chủ tịch UBND xã, giao Công an xã bảo vệ cuộc họp.
II. NỘI DUNG
Yêu cầu các bản báo cáo việc nạo vét kênh mương; giao Trạm Y tế xã mua thuốc.
III. KẾT LUẬN
1. Giao Công an xã tuần tra rừng trước ngày 30/6/2023.
2. Biểu quyết: 12/12 thành viên nhất trí yêu cầu các bản dọn vệ sinh.

Nơi nhận:
- Công an xã (để thực hiện);
- Lưu: VT.
"""


def test_agenda_attendance_legal_bases_and_votes_ask_nothing() -> None:
    assert [row.span for row in rows_of(MINUTES)] == ["Công an xã tuần tra rừng trước ngày 30/6/2023"]


def test_what_a_page_puts_around_an_article_asks_nothing() -> None:
    text = (
        "Tỉnh họp về rừng\n\nSáng 7/6, Chủ tịch UBND tỉnh Lò Văn Đạt yêu cầu Công an tỉnh tuần tra rừng.\n"
        "Rừng đã cháy hai lần. Tin, ảnh: Hà Vy\nTừ khóa: rừng, Chủ tịch UBND tỉnh yêu cầu tuần tra\nTin liên quan\n"
        "Chủ tịch UBND tỉnh yêu cầu các xã nạo vét mươngBí thư Tỉnh ủy yêu cầu Sở Y tế mua thuốc\n"
        "Chủ tịch UBND tỉnh yêu cầu Sở Tài chính bố trí vốn\n"
    )
    assert [row.lead for row in rows_of(text)] == [("Công an tỉnh",)]
