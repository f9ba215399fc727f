"""Progress statements: which words are one, how far the work is, and what is read with it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extraction.progress_words import load_progress
from pipeline.records import ProgressStatement
from tests.extraction.pages import PUBLISHED, document_of
from tests.extraction.test_lexicon_examples import read_brackets

TOLD = re.compile(r"\[([^\]|]*)\|(\w+)\]")

# Each statement in [brackets] with its value behind a bar. What stands outside is who says it, or connects.
STATEMENTS = [
    "Theo báo cáo của Sở Giao thông vận tải, [đến nay tuyến tránh phía nam đã giải phóng mặt bằng 62 %, "
    "chậm hai tháng so với kế hoạch|late].",
    "[Toàn tỉnh đã hoàn thành 11/11 nhiệm vụ chuyển đổi số|completed].",
    "[Toàn tỉnh đã hoàn thành 7/11 nhiệm vụ chuyển đổi số|in_progress].",
    "[Hoàn thành 2/11 nhiệm vụ|in_progress] và [chưa thực hiện 2 nhiệm vụ về đào tạo, tập huấn|not_started].",
    "[Đến nay, các cơ quan đã hoàn thành 23 nhiệm vụ|completed]; [17 nhiệm vụ đang triển khai thực "
    "hiện|in_progress]; [07 nhiệm vụ chưa đáp ứng tiến độ|late].",
    "[Gói thầu số 1 đạt 82% khối lượng|in_progress], [gói thầu số 2 đã hoàn thành|completed].",
    "[Hiện Bộ Nội vụ còn 28 đề án chưa trình|in_progress].",
    "[Dự án hồ Bản Mồng đã khánh thành ngày 12/5/2023|completed].",
    "[Công trình cầu Nhật Lệ 3 hoàn thành ngày 20/5/2023, quá hạn 51 ngày|completed].",
    "[Trường THPT Long Hòa được đưa vào sử dụng từ tháng 3/2023|completed].",
    "[Bộ Tài chính đã trình Chính phủ dự thảo Nghị định về hóa đơn ngày 2/5|completed].",
    "Giám đốc Sở Y tế Nguyễn Văn Minh cho biết [đến nay bệnh viện sản nhi đã hoàn thành phần thô|completed].",
    "Ông Trần Văn Nam, Giám đốc Ban Quản lý dự án, nói [công trình hồ Suối Thông đạt 83% khối lượng|in_progress].",
    '"[Đến nay, dự án đường ven biển vẫn chưa khởi công do thiếu vốn|not_started]", ông Lê Văn Hải, Chủ '
    'tịch UBND huyện, cho biết.',
    "[Dự án nhà máy đốt rác tạm dừng do chưa có trong quy hoạch điện|suspended].",
    "[Công trình đường Trần Phú đã dừng thi công từ tháng 3|suspended].",
    "[UBND tỉnh đã chấm dứt dự án khu du lịch Cồn Chim|cancelled].",
    "[UBND tỉnh đã thu hồi chủ trương đầu tư dự án khu đô thị Bắc Sông Cấm|cancelled].",
    "[Công ty không tiếp tục thực hiện dự án chăn nuôi bò sữa ở xã Công Bình|cancelled].",
    "[Dự án cao tốc đang trong giai đoạn lựa chọn nhà thầu|in_progress].",
    "[Hiện nay, Sở Xây dựng đang rà soát 45 đồ án quy hoạch|in_progress].",
    "[Tiến độ giải ngân vốn đầu tư công của tỉnh còn chậm do vướng mặt bằng|late].",
    "[Hai gói thầu thiết bị đang chậm so với kế hoạch 45 ngày|late].",
    "[Dự án kè Vàm Xáng chậm tiến độ do thiếu cát|late].",
    "[Đến nay dự án nhà ở xã hội Nội Hoàng mới đạt 35% khối lượng, không đạt tiến độ đề ra|late].",
    "[Theo kế hoạch, cầu Kênh Vàng hoàn thành cuối năm 2022 nhưng đến nay mới đạt 60% khối lượng|late].",
    "[Đến nay, khu tái định cư Nậm Chài vẫn chưa được triển khai|not_started].",
    "[Gói thầu thiết bị y tế đến nay chưa mở thầu|not_started].",
    "[Khu tái định cư Lộc An chưa giải ngân được đồng nào|not_started].",
    "[Lũy kế đến hết tháng 5, toàn tỉnh đã giải ngân 1.250 tỷ đồng, đạt 41% kế hoạch vốn đầu tư công|in_progress].",
    "[Đến nay, tỷ lệ giải phóng mặt bằng của dự án đạt 93%|in_progress].",
    "[Các hạng mục cơ bản bảo đảm tiến độ, tỷ lệ giải phóng mặt bằng đạt 93%|in_progress].",
    "[6 công trình đang được đẩy nhanh tiến độ, khối lượng hoàn thành từ 60-70%|in_progress].",
    "[Hồ sơ thiết kế bản vẽ thi công đã được phê duyệt hôm 27/5|completed].",
    "[Việc tập huấn cho cán bộ tư pháp đã xong từ ngày 26/4|completed].",
    "[Đơn vị thi công đã đúc xong 24 dầm của cầu Rạch Miễu|completed].",
    "[Huyện đã chi trả cho 312/386 hộ của dự án kè Sông Hinh|in_progress].",
    "[17/26 hộ dân trong dự án đã nhận tiền bồi thường|in_progress].",
    "Bên cạnh đó, [đến nay Sở Nội vụ đã trình UBND tỉnh đề án sắp xếp đơn vị sự nghiệp|completed]; "
    "[trình HĐND tỉnh kế hoạch biên chế năm 2024|completed].",
    "[Đến nay, UBND huyện đã ban hành quyết định thu hồi đất của 22 tổ chức|completed].",
    "[Phần mềm quản lý hộ tịch đã đưa vào vận hành từ đầu tháng 4|completed].",
    "[Bộ Y tế còn nợ 4 thông tư hướng dẫn Luật Khám bệnh, chữa bệnh|late].",
    "[Quy hoạch phân khu sông Hồng đến nay vẫn chưa được phê duyệt|not_started].",
    "[Cây cầu gần hoàn thành|in_progress].",
    "[Công tác cổ phần hóa tổng công ty vẫn giậm chân tại chỗ|late].",
    "[Dự án không kịp hoàn thành trong quý II do bàn giao mặt bằng muộn|late].",
    "[Đến nay, thành phố đã bàn giao 98% mặt bằng tuyến vành đai 3|in_progress].",
    "[Xã Bình Minh đã hoàn thành xóa 45 căn nhà tạm|completed].",
    "[Khu công nghiệp Tân Dân đã lấp đầy mặt bằng, đang triển khai hạ tầng giai đoạn 2|in_progress].",
    "[Đến nay, cả 5 hạng mục của dự án đều đã nghiệm thu|completed].",
    "[Dự thảo Luật Đất đai đã được Quốc hội thông qua ngày 18/1|completed].",
    "[Tổng công ty mới giải ngân được 12% kế hoạch vốn|in_progress].",
    "[Việc di dời 118 tiểu thương đã hoàn tất từ ngày 22/1|completed].",
    "[Đề án sáp nhập các trường cao đẳng đang được Sở Nội vụ thẩm định|in_progress].",
    "[Đường ống cấp nước bị chậm hai tháng vì thiếu vật tư|late].",
    "[Dự án bến cảng trễ hẹn gần một năm|late].",
    "[Hiện còn 3 hộ chưa nhận tiền bồi thường của dự án kè|in_progress].",
    "[UBND thành phố đã quyết định không thực hiện dự án tượng đài|cancelled].",
    "[Đến nay, kết luận thanh tra về khu đất vàng chưa được thực hiện|not_started].",
    "[Đến hết quý I, sở đã số hóa 212.000/1.180.000 hồ sơ hộ tịch|in_progress].",
    "[Nút giao An Phú vẫn đang thi công dở dang|in_progress].",
    "[Ba cây cầu trên tuyến đã hợp long|completed].",
    "[Bệnh viện Sản - Nhi được khánh thành ngày 5/6|completed].",
    "[Đến ngày 31/5, các địa phương đã hoàn thành rà soát quy hoạch 3 loại rừng|completed].",
    "Cử tri cho biết [dự án khu dân cư phường 5 nằm trên giấy đã 10 năm|not_started].",
    "[Hệ thống quan trắc đã lắp đặt xong tại 12 trạm|completed].",
]

# Orders, plans, conditions, rules, general figures and ordinary news: no progress of a piece of work.
NONE = [
    "Thủ tướng đã giao Bộ Xây dựng hoàn thành quy hoạch trong năm 2023.",
    "UBND tỉnh đã yêu cầu Sở Tài chính phân bổ vốn cho dự án.",
    "Dự án sẽ hoàn thành vào cuối năm 2024.",
    "Dự kiến quý I/2024 sẽ khởi công cầu Vàm Cống.",
    "Chủ đầu tư cam kết hoàn thành công trình trước ngày 30/6.",
    "Phấn đấu đến cuối năm giải ngân đạt 95% kế hoạch.",
    "Thu ngân sách 6 tháng đạt 63% dự toán, tăng 8% so với cùng kỳ.",
    "Tăng trưởng GRDP 9 tháng ước đạt 8,19%.",
    "Kim ngạch xuất khẩu đạt 12 tỷ USD, bằng 62% kế hoạch năm.",
    "Tỷ lệ hộ nghèo giảm còn 2,3%.",
    "Sau khi hoàn thành giải phóng mặt bằng, huyện sẽ bàn giao cho chủ đầu tư.",
    "Nếu dự án chậm tiến độ, nhà thầu bị phạt hợp đồng.",
    "Không để dự án nào chậm tiến độ.",
    "Theo quy định, chủ đầu tư phải hoàn thành nghiệm thu trước khi đưa công trình vào sử dụng.",
    "Chủ tịch UBND tỉnh yêu cầu khắc phục tình trạng công trình dở dang.",
    "Nhà thầu phải hoàn thành hạng mục này trong tháng 7.",
    "Đề nghị các sở hoàn thành rà soát quy hoạch.",
    "Bao giờ dự án hoàn thành?",
    "Liệu công trình đã hoàn thành chưa?",
    "Để hoàn thành dự án, cần 500 tỷ đồng.",
    "Quốc lộ 6 dài 504 km, rộng 12 m.",
    "Em Lan đã hoàn thành khóa học nấu ăn.",
    "Đội tuyển đã giành 3 huy chương vàng.",
    "Cảnh sát đã bắt 5 nghi phạm.",
    "Giá vàng sáng nay tăng 500.000 đồng một lượng.",
    "Đại biểu đã thảo luận về dự án luật.",
    "Chủ tịch tỉnh đã đến thăm công trường cầu Nhật Lệ 3.",
    "Đoàn công tác đã kiểm tra các dự án đang triển khai trên địa bàn.",
    "Hội nghị đã nghe báo cáo tình hình thực hiện nhiệm vụ.",
    "Mục tiêu đến năm 2025 hoàn thành 3.000 km đường cao tốc.",
    "Việc giám sát dự án chưa được thực hiện nghiêm túc.",
    "Căn cứ quy hoạch đã được phê duyệt, huyện lập kế hoạch sử dụng đất.",
    "Ông Nam đồng ý với kiến nghị của huyện.",
    "Bộ trưởng yêu cầu Cục Đường bộ báo cáo việc thu phí trước ngày 20/7.",
    "Các doanh nghiệp đang gặp khó khăn về vốn.",
    "Trường hợp dự án đã hoàn thành, chủ đầu tư lập hồ sơ quyết toán.",
    "Khi công trình hoàn thành sẽ phục vụ 5.000 hộ dân.",
    "Kế hoạch năm 2024 là xây dựng 20 km đường giao thông nông thôn.",
    "Ngày 17/6, Sở Tài chính đã họp về ngân sách.",
    "Doanh thu quý II đạt 62% kế hoạch.",
    "Xe quá hạn đăng kiểm bị phạt 5 triệu đồng.",
    "Bà con mong tuyến đường sớm hoàn thành.",
    "Nhằm hoàn thành mục tiêu, huyện tập trung giải phóng mặt bằng.",
    "Tỉnh sẽ tập trung đẩy nhanh tiến độ các dự án đang triển khai.",
    "Cần xử lý dứt điểm các dự án chậm tiến độ.",
    "Ông được giao nhiệm vụ hoàn thành tuyến đường.",
    "Chủ tịch huyện hứa hoàn thành trường học trong năm nay.",
]

RULES = [(frame.name, example) for frame in load_progress().frame for example in frame.examples]
COUNTER = [(frame.name, example) for frame in load_progress().frame for example in frame.counterexamples]


def statements(text: str) -> list[ProgressStatement]:
    return list(document_of(text).progress)


def only(text: str) -> ProgressStatement:
    (found,) = statements(text)
    return found


@pytest.mark.parametrize("text", STATEMENTS)
def test_statements_and_their_values(text: str) -> None:
    told = [(match[1], match[2]) for match in TOLD.finditer(text)]
    plain = TOLD.sub(r"\1", text)
    assert [(found.span.exact, found.progress) for found in statements(plain)] == told


@pytest.mark.parametrize("text", NONE)
def test_no_progress(text: str) -> None:
    assert statements(text) == []


@pytest.mark.parametrize(("name", "example"), RULES)
def test_a_frame_tells_its_examples(name: str, example: str) -> None:
    text, marks = read_brackets(example)
    found = statements(text)
    assert [(one.span.start, one.span.end) for one in found] == marks
    assert any(f"progress:{name}" in one.rules for one in found)


@pytest.mark.parametrize(("name", "example"), COUNTER)
def test_a_frame_leaves_its_counterexamples(name: str, example: str) -> None:
    assert statements(example) == []


@pytest.mark.parametrize("name", [frame.name for frame in load_progress().frame])
def test_every_frame_is_described(name: str) -> None:
    (frame,) = [frame for frame in load_progress().frame if frame.name == name]
    assert frame.gloss and frame.source and frame.examples and frame.counterexamples


def test_what_is_read_with_a_statement() -> None:
    found = only(
        "Theo báo cáo của Sở Xây dựng, đến nay dự án kè Vàm Xáng mới đạt 62% khối lượng, "
        "chậm 45 ngày so với kế hoạch do thiếu cát đắp."
    )
    assert found.progress == "late"
    assert found.work is not None and found.work.text == "dự án kè Vàm Xáng"
    assert found.speaker is not None and found.speaker.body == "Sở Xây dựng"
    assert found.date is not None and found.date.start == found.date.end == PUBLISHED
    assert [(figure.value, figure.of, figure.unit) for figure in found.figures] == [(62, None, "%"), (45, None, "ngày")]
    assert found.reason is not None and found.reason.text == "do thiếu cát đắp"


def test_who_does_it_and_who_says_it() -> None:
    found = only("Ông Trần Văn Nam, Chủ tịch UBND tỉnh, cho biết Sở Y tế đã hoàn thành đề án bệnh viện vệ tinh.")
    assert [body.text for body in found.bodies] == ["Sở Y tế"]
    assert found.speaker is not None and found.speaker.person == "Trần Văn Nam"
    assert found.work is not None and found.work.text == "đề án bệnh viện vệ tinh"


def test_the_report_s_own_words_have_no_speaker() -> None:
    assert only("Cầu Rạch Miễu 2 đã thông xe ngày 12/5/2023.").speaker is None


def test_the_part_that_do_tells_is_no_reason() -> None:
    found = only("Dự án do UBND thành phố làm chủ đầu tư đã thi công đạt 70% khối lượng.")
    assert found.reason is None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Lũy kế đến hết tháng 5, giải ngân vốn đầu tư công của tỉnh đạt 41% kế hoạch.", None, "2023-05-31"),
        ("Cầu Rạch Miễu 2 đã thông xe ngày 12/5/2023.", "2023-05-12", "2023-05-12"),
        ("Hiện nay, Sở Xây dựng đang rà soát 45 đồ án quy hoạch.", PUBLISHED, PUBLISHED),
    ],
)
def test_when_the_state_held(text: str, start: str | None, end: str | None) -> None:
    date = only(text).date
    assert date is not None and (date.start, date.end) == (start, end)


def test_a_share_of_a_whole() -> None:
    (figure,) = only("Toàn tỉnh đã hoàn thành 7/11 nhiệm vụ chuyển đổi số.").figures
    assert (figure.text, figure.value, figure.of, figure.unit) == ("7/11 nhiệm vụ", 7, 11, "nhiệm vụ")


def test_an_ask_is_no_progress() -> None:
    text = "Chủ tịch UBND tỉnh Trần Văn Nam yêu cầu Sở Xây dựng hoàn thành 7/11 nhiệm vụ trước ngày 30/6/2023."
    document = document_of(text)
    assert document.directives and not document.progress


def test_titles_and_captions_are_left() -> None:
    text = (
        "Cầu Rạch Miễu 2 đã hoàn thành\n\nSáng 7/6, lãnh đạo tỉnh đi khảo sát tuyến đường.\n\n"
        "Công trình cầu Rạch Miễu 2 đã hoàn thành - Ảnh: NAM TRẦN\n"
    )
    assert statements(text) == []


FRAGMENTS = sorted({TOLD.sub(r"\1", text) for text in [*STATEMENTS, *NONE]})


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=5))
def test_places_are_places_of_the_text(sentences: list[str]) -> None:
    text = " ".join(sentences)
    document = document_of(text)
    last = 0
    for found in document.progress:
        span = found.span
        assert document.text[span.start : span.end] == span.exact and span.start >= last
        last = span.end
        places = [(place.start, place.end, place.text) for place in (found.work, found.reason) if place is not None]
        places += [(place.start, place.end, place.text) for place in found.figures]
        places += [(place.start, place.end, place.text) for place in found.bodies]
        for start, end, words in places:
            assert document.text[start:end] == words
            assert span.start <= start < end <= span.end
        if found.date is not None:
            evidence = found.date.evidence
            assert document.text[evidence.start : evidence.end] == evidence.exact
