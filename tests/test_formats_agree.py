"""A report gives the same directives in whatever format and encoding it comes, and no word of it is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.document import extract_document
from pipeline.read import read_item, read_string
from pipeline.read.items import Item
from pipeline.records import Document, Report
from tests.read.encodings.vietnamese import typed_in
from tests.read.made_files import outcomes_of
from tests.read.same_report import Parts, as_text, container_files, encoded_files, single_files

PRESS: Parts = (
    "Chủ tịch tỉnh yêu cầu gỡ vướng mặt bằng đường ven biển",
    "Sáng 7/6/2024, Chủ tịch UBND tỉnh Lò Văn Đạt chủ trì cuộc họp nghe báo cáo tiến độ tuyến đường ven biển qua ba"
    " huyện; cùng dự có lãnh đạo các sở, ngành và các nhà thầu thi công ba gói thầu chính của dự án.",
    "Kết luận cuộc họp, ông Đạt yêu cầu Sở Tài chính chủ trì, phối hợp với Sở Xây dựng rà soát toàn bộ vốn chưa giải"
    " ngân, báo cáo UBND tỉnh trước ngày 30/6/2024.",
    "“Sở Nông nghiệp và Môi trường phải trình phương án cấp mỏ cát trong tuần này”, ông Đạt nói.",
    "Đại diện nhà thầu, ông Trần Quốc Hùng cam kết hoàn thành gói thầu số 2 trước ngày 31/12/2024.",
)
NOTICE: Parts = (
    "UBND TỈNH NINH BÌNH",
    "VĂN PHÒNG",
    "Số: 34/TB-VP",
    "Ninh Bình, ngày 10 tháng 10 năm 2024",
    "THÔNG BÁO",
    "Kết luận của Phó Chủ tịch UBND tỉnh Nguyễn Văn An tại cuộc họp về giải ngân vốn đầu tư công",
    "Ngày 08/10/2024, đồng chí Nguyễn Văn An, Phó Chủ tịch UBND tỉnh chủ trì cuộc họp về giải ngân vốn đầu tư công."
    " Sau khi nghe báo cáo của Sở Tài chính và ý kiến của các đại biểu, đồng chí Phó Chủ tịch UBND tỉnh kết luận:",
    "1. Giao Sở Tài chính chủ trì, phối hợp với Sở Xây dựng và các chủ đầu tư rà soát các dự án chậm giải ngân, tham"
    " mưu điều chuyển vốn, báo cáo UBND tỉnh trước ngày 25/10/2024.",
    "2. UBND các huyện, thành phố:",
    "- Đẩy nhanh công tác giải phóng mặt bằng, hoàn thành trong tháng 11/2024.",
    "- Công khai quy hoạch phát triển kinh tế - xã hội để Nhân dân biết và giám sát.",
    "3. Ban Quản lý dự án tỉnh báo cáo tiến độ vào thứ sáu hằng tuần.",
    "Nơi nhận:",
    "- Như trên;",
    "- Lưu: VT.",
)
PLAN: Parts = (
    "ỦY BAN NHÂN DÂN TỈNH GIA LAI",
    "Số: 215/KH-UBND",
    "Gia Lai, ngày 15 tháng 01 năm 2024",
    "KẾ HOẠCH",
    "Phòng, chống bệnh Dại trên địa bàn tỉnh năm 2024",
    "Ủy ban nhân dân tỉnh phân công nhiệm vụ cho các cơ quan như sau:",
    [
        ["TT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn"],
        ["1", "Lập sổ quản lý số hộ nuôi chó, mèo", "UBND cấp xã", "Trưởng thôn", "30/4/2024"],
        ["2", "Tham mưu kinh phí mua vắc xin", "Sở Nông nghiệp và PTNT", "Sở Tài chính", "Trước 31/3/2024"],
        ["3", "Tuyên truyền trên hệ thống loa", "Sở Văn hóa, Thể thao và Du lịch", "", "Hằng tháng"],
        ["4", "Xử phạt các trường hợp thả rông chó", "Công an tỉnh", "UBND các huyện", "Từ quý II/2024"],
    ],
    "Giao Sở Y tế tổng hợp, báo cáo kết quả trước ngày 15/12/2024.",
)
REPORTS = {"press": PRESS, "notice": NOTICE, "plan": PLAN}
TASKS = {"press": 3, "notice": 4, "plan": 5}
_NUMBERS_OF_PAGES = re.compile(r"(?m)^\d{1,2}\n")


def asked(document: Document) -> list[object]:
    """All that is told of each task, places in the text aside."""
    return [
        (directive.kind, directive.issuer.person, directive.issuer.role, directive.issuer.body,
         directive.cue and directive.cue.verb, task.action, [(body.name, body.id) for body in task.lead],
         [(body.name, body.id) for body in task.coordinating],
         task.deadline and (task.deadline.text, task.deadline.start, task.deadline.end, task.deadline.rrule))
        for directive in document.directives
        for task in directive.tasks
    ]  # fmt: skip


def known(report: Report) -> tuple[object, ...]:
    """What the head and foot of an official document tell."""
    source = report.source
    return source.genre, source.number, source.issuer, source.signer


def the_report(folder: Path, name: str, data: bytes) -> Report:
    """The one report in a file that is read as a batch does."""
    (folder / name).write_bytes(data)
    (item,) = [outcome for outcome in outcomes_of(str(folder / name)) if isinstance(outcome, Item)]
    return read_item(item)


def words(text: str) -> list[str]:
    """The words in their order, without the bars of tables and the numbers of pages."""
    return re.findall(r"\w+", _NUMBERS_OF_PAGES.sub("", text))


@pytest.mark.parametrize("name", REPORTS)
def test_every_format_gives_the_same(tmp_path: Path, name: str) -> None:
    parts = REPORTS[name]
    plain = read_string(as_text(parts))
    expected = asked(extract_document(plain))
    assert len(expected) >= TASKS[name]
    for file, data in {**single_files(parts), **container_files(parts)}.items():
        report = the_report(tmp_path, file, data)
        assert words(report.text) == words(plain.text), file
        assert known(report) == known(plain), file
        assert asked(extract_document(report)) == expected, file


@pytest.mark.parametrize("name", REPORTS)
def test_every_encoding_gives_the_same(tmp_path: Path, name: str) -> None:
    for file, (text, data) in encoded_files(as_text(REPORTS[name]), typed_in).items():
        plain = read_string(text)
        report = the_report(tmp_path, file, data)
        assert report.text == plain.text, file
        assert known(report) == known(plain), file
        assert asked(extract_document(report)) == asked(extract_document(plain)), file


def test_a_task_of_the_table_has_its_columns() -> None:
    document = extract_document(read_string(as_text(PLAN)))
    (task,) = [task for d in document.directives for task in d.tasks if "kinh phí" in task.action]
    assert [body.name for body in task.lead] == ["Sở Nông nghiệp và PTNT"]
    assert [body.name for body in task.coordinating] == ["Sở Tài chính"]
    assert task.deadline is not None and task.deadline.end == "2024-03-31"
