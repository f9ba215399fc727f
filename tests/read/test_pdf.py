"""PDF files made here and read: order, paragraphs, tables, running lines, faults of text layers, and limits."""

from __future__ import annotations

import os
import stat
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import extract_document
from pipeline.errors import UnreadableDocument
from pipeline.read import make_report, read_string
from pipeline.read.pdf import process, read_pdf, reading
from pipeline.read.pdf.reading import read_in_place
from pipeline.read.pdf.wrapping import join_lines
from pipeline.records import Document, FileText
from tests.conftest import SHARED
from tests.read.pdf_files import A4, Setter, Sheet, join_objects, make_pdf, width_of, wrap

PARAGRAPHS = [
    "Ngày 10/10/2024, tại trụ sở UBND tỉnh, Chủ tịch UBND tỉnh Nguyễn Văn An chủ trì cuộc họp nghe báo cáo tình hình"
    " giải ngân vốn đầu tư công và tiến độ các dự án trọng điểm trên địa bàn; cùng dự có lãnh đạo các sở, ngành.",
    "Kết luận cuộc họp, Chủ tịch UBND tỉnh Nguyễn Văn An yêu cầu Sở Tài chính chủ trì, phối hợp với Sở Xây dựng rà soát"
    " toàn bộ vốn chưa giải ngân, báo cáo UBND tỉnh trước ngày 30/11/2024.",
    "1. Sở Nông nghiệp và Môi trường khẩn trương hoàn thiện hồ sơ, trình UBND tỉnh trong tháng 12/2024; công khai"
    " quy hoạch phát triển kinh tế - xã hội để Nhân dân biết và giám sát.",
    "2. UBND các huyện, thành phố đẩy nhanh công tác giải phóng mặt bằng, không để phát sinh khiếu kiện.",
]
SETTINGS = {
    "official": Setter(),
    "wide": Setter(leading=27.0, space=0.0),
    "ragged": Setter(justify=False, indent=0.0, space=9.0),
    "narrow": Setter(left=60.0, right=300.0, size=10.0, leading=13.0, indent=12.0),
    "short pages": Setter(bottom=640.0, space=0.0),
}


def fresh(name: str) -> Setter:
    kept = vars(SETTINGS[name])
    return Setter(**{key: value for key, value in kept.items() if key not in ("sheets", "y")})


def body(content: FileText) -> str:
    """The text without what is boilerplate."""
    text, at = "", 0
    for block in content.blocks:
        if block.kind == "boilerplate":
            text += content.text[at : block.start]
            at = block.end
    return text + content.text[at:]


def lines(content: FileText) -> list[str]:
    return [line for line in body(content).split("\n") if line]


def boilerplate(content: FileText) -> list[str]:
    return [content.text[block.start : block.end] for block in content.blocks if block.kind == "boilerplate"]


def notes(content: FileText) -> dict[str, int]:
    return {note.code: note.count for note in content.notes}


def one(sheet: Sheet) -> FileText:
    return read_in_place(make_pdf([sheet]), "a.pdf")


@pytest.mark.parametrize("name", SETTINGS)
def test_paragraphs_come_back_whole(name: str) -> None:
    setter = fresh(name)
    for text in PARAGRAPHS * 3:
        setter.paragraph(text)
    assert lines(read_in_place(make_pdf(setter.sheets), "a.pdf")) == PARAGRAPHS * 3


def asked(document: Document) -> list[object]:
    return [
        (directive.kind, directive.issuer.person, task.action, [body.text for body in task.lead],
         [body.text for body in task.coordinating], task.deadline and (task.deadline.text, task.deadline.end))
        for directive in document.directives
        for task in directive.tasks
    ]  # fmt: skip


@pytest.mark.parametrize("name", SETTINGS)
def test_the_same_text_gives_the_same_directives(name: str) -> None:
    setter = fresh(name)
    for text in PARAGRAPHS:
        setter.paragraph(text)
    data = make_pdf(setter.sheets)
    from_text = asked(extract_document(read_string("\n".join(PARAGRAPHS) + "\n")))
    from_pdf = asked(extract_document(make_report(read_in_place(data, "a.pdf"), data, path="a.pdf")))
    assert len(from_text) >= 3
    assert from_pdf == from_text


def letterhead(sheet: Sheet) -> None:
    sheet.centre(165, 780, "ỦY BAN NHÂN DÂN", 12)
    sheet.centre(400, 780, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12)
    sheet.centre(165, 764, "TỈNH NINH BÌNH", 12)
    sheet.centre(400, 764, "Độc lập - Tự do - Hạnh phúc", 13)
    sheet.write(110, 742, "Số:", 13)
    sheet.write(160, 742, "/KH-UBND", 13)
    sheet.write(290, 742, "Ninh Bình, ngày", 13)
    sheet.write(411, 742, "tháng 11 năm 2024", 13)
    sheet.stamp(132, 742, "193", 13)
    sheet.stamp(391, 742, "01", 13)


def test_letterhead_in_two_columns_with_stamped_number_and_day() -> None:
    setter = Setter()
    letterhead(setter.sheets[0])
    setter.sheets[0].centre(312, 700, "KẾ HOẠCH", 14)
    setter.y = 670
    for text in PARAGRAPHS:
        setter.paragraph(text)
    data = make_pdf(setter.sheets)
    content = read_in_place(data, "a.pdf")
    assert lines(content)[:7] == [
        "ỦY BAN NHÂN DÂN", "TỈNH NINH BÌNH", "Số: 193 /KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", "Ninh Bình, ngày 01 tháng 11 năm 2024", "KẾ HOẠCH",
    ]  # fmt: skip
    source = make_report(content, data, path="a.pdf").source
    assert (source.genre, source.number, source.published) == ("plan", "193/KH-UBND", "2024-11-01")


def test_columns_are_read_one_after_the_other() -> None:
    left, right = "một hai ba bốn năm sáu bảy tám chín mười " * 9, "an bình chính đông gia hòa kiên long minh " * 9
    sheet = Sheet()
    for text, edge in ((left, 60.0), (right, 320.0)):
        setter = Setter(sheets=[sheet], left=edge, right=edge + 220, size=10, leading=13, indent=0, y=790.0)
        setter.paragraph(text.strip())
    assert lines(one(sheet)) == [left.strip(), right.strip()]


HEAD = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"]
ROWS = [
    ["1", "Rà soát quy hoạch hệ thống cây xanh đô thị đến năm 2030, tầm nhìn đến năm 2035", "Sở Xây dựng",
     "Các sở, ngành liên quan", "Trong tháng 6/2025"],
    ["2", "Xây dựng đề án trồng, chăm sóc và bảo vệ cây xanh trên địa bàn tỉnh", "Sở Nông nghiệp và Môi trường",
     "UBND các huyện, thành phố", "Quý I/2025"],
    ["3", "Tăng cường thanh tra, kiểm tra công tác quy hoạch", "Thanh tra tỉnh", "", "Hằng năm"],
]  # fmt: skip
EDGES = [40.0, 84.0, 320.0, 476.0, 675.0, 796.0]


def table_sheets(height: float, *, head_again: bool = False) -> list[Sheet]:
    """A landscape table; where it doesn't fit a sheet of that height it goes on."""
    setter = Setter(sheets=[Sheet(842.0, height)], top=height - 40, y=height - 40, numbers=False)
    if head_again:
        for row in ROWS:
            setter.table([HEAD, row], EDGES)
            if row is not ROWS[-1]:
                setter.sheets.append(Sheet(842.0, height))
                setter.y = height - 40
    else:
        setter.table([HEAD, *ROWS], EDGES)
    return setter.sheets


def table_lines(content: FileText) -> list[str]:
    return [line for line in content.text.split("\n") if line.startswith("|")]


EXPECTED = ["| " + " | ".join(row) + " |" for row in [HEAD, *ROWS]]


@pytest.mark.parametrize("sheets", [table_sheets(595.0), table_sheets(595.0, head_again=True)], ids=["one", "pages"])
def test_table_of_tasks(sheets: list[Sheet]) -> None:
    content = read_in_place(make_pdf(sheets), "a.pdf")
    assert table_lines(content) == EXPECTED
    assert notes(content) == ({"repeated_table_head": 2} if len(sheets) == 3 else {})
    (block,) = content.blocks
    assert (block.kind, content.text[block.start : block.end]) == ("table", "\n".join(EXPECTED))


def test_table_without_rules() -> None:
    setter = Setter(sheets=table_sheets(595.0))
    for sheet in setter.sheets:
        sheet.operators = [operator for operator in sheet.operators if not operator.endswith(" re f")]
    assert table_lines(read_in_place(make_pdf(setter.sheets), "a.pdf")) == EXPECTED


def test_table_without_rules_and_cells_in_the_middle() -> None:
    sheet = Sheet(842.0, 595.0)
    others = "Các sở, ngành, UBND các huyện, thành phố và các đoàn thể"
    rows = [HEAD, *ROWS, ["4", "Tổng kết", "Sở Nội vụ", others, "2026"]]
    y = 550.0
    for row in rows:
        cells = [wrap(text, 12, b - a - 10) for text, a, b in zip(row, EDGES, EDGES[1:], strict=False)]
        most = max(map(len, cells))
        for cell, edge in zip(cells, EDGES, strict=False):
            for i, line in enumerate(cell if cell != [""] else []):
                sheet.write(edge + 5, y - 15 * (i + (most - len(cell)) / 2), line, 12)
        y -= 15 * most
    assert table_lines(one(sheet)) == ["| " + " | ".join(row) + " |" for row in rows]


def test_a_row_over_a_page_end_is_one() -> None:
    sheets = [Sheet(842.0, 595.0), Sheet(842.0, 595.0)]
    setter = Setter(sheets=[sheets[0]], y=550.0)
    setter.table([HEAD, ["1", "Rà soát quy hoạch hệ thống", "Sở Xây", "Các sở", "Trong"]], EDGES)
    setter = Setter(sheets=[sheets[1]], y=550.0)
    setter.table([["", "cây xanh đô thị", "dựng", "ngành", "tháng 6/2025"], ROWS[1]], EDGES)
    sheets[0].centre(421, 20, "1")
    sheets[1].centre(421, 20, "2")
    content = read_in_place(make_pdf(sheets), "a.pdf")
    row = "| 1 | Rà soát quy hoạch hệ thống cây xanh đô thị | Sở Xây dựng | Các sở ngành | Trong tháng 6/2025 |"
    assert table_lines(content) == [EXPECTED[0], row, EXPECTED[2]]
    assert content.text.endswith("|\n1\n2\n")


def test_tables_become_directives_with_their_columns() -> None:
    setter = Setter(numbers=False)
    letterhead(setter.sheets[0])
    setter.sheets[0].centre(312, 700, "KẾ HOẠCH", 14)
    setter.y = 670
    setter.paragraph("UBND tỉnh ban hành Kế hoạch phân công nhiệm vụ cụ thể như sau:")
    data = make_pdf([*setter.sheets, *table_sheets(595.0)])
    document = extract_document(make_report(read_in_place(data, "a.pdf"), data, path="a.pdf"))
    found = [task for directive in document.directives for task in directive.tasks if "table-of-tasks" in task.rules]
    assert [task.lead[0].text for task in found] == [row[2] for row in ROWS]
    assert [task.action for task in found] == [row[1] for row in ROWS]
    assert [task.deadline and task.deadline.end for task in found] == ["2025-06-30", "2025-03-31", None]


def test_text_in_a_frame_is_no_table() -> None:
    sheet = Sheet()
    sheet.write(100, 700, "Trong khung có một dòng chữ.")
    for x0, y0, x1, y1 in ((90, 690, 400, 690), (90, 715, 400, 715), (90, 690, 90, 715), (400, 690, 400, 715)):
        sheet.line(x0, y0, x1, y1)
    assert one(sheet).text == "Trong khung có một dòng chữ.\n"


def test_running_lines_stand_behind_the_paragraph_that_runs_over() -> None:
    setter = Setter(bottom=700.0, space=0.0)
    texts = [f"Nội dung thứ {name}. {' '.join(PARAGRAPHS[i % 3 :])}" for i, name in enumerate(("nhất", "hai", "ba"))]
    for text in texts:
        setter.paragraph(text)
    for sheet in setter.sheets:
        sheet.write(85, 30, "Công báo số 12 ngày 20/11/2024", 9)
    assert len(setter.sheets) >= 3
    content = read_in_place(make_pdf(setter.sheets), "a.pdf")
    assert lines(content) == texts
    assert boilerplate(content).count("Công báo số 12 ngày 20/11/2024") == len(setter.sheets)
    assert [text for text in boilerplate(content) if text.isdigit()] == [
        str(number) for number in range(2, len(setter.sheets) + 1)
    ]


def test_a_lone_number_in_the_text_is_no_page_number() -> None:
    setter = Setter(numbers=False)
    setter.paragraph(PARAGRAPHS[0])
    setter.paragraph("2024")
    setter.paragraph(PARAGRAPHS[1])
    content = read_in_place(make_pdf(setter.sheets), "a.pdf")
    assert lines(content) == [PARAGRAPHS[0], "2024", PARAGRAPHS[1]]
    assert content.blocks == ()


TURNS = {90: "0 1 -1 0 {y} {x}", 180: "-1 0 0 -1 {x} {y}", 270: "0 -1 1 0 {y} {x}"}


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_text_is_read_upright(turn: int) -> None:
    sheet = Sheet(600.0, 600.0, rotate=turn)
    texts = ["Sở Y tế báo cáo UBND tỉnh", "trước ngày 30/6 để tổng hợp."]
    for i, text in enumerate(texts):
        along, across = 100.0, 500.0 - 16 * i
        matrix = {
            0: f"1 0 0 1 {along} {across}", 90: f"0 1 -1 0 {600 - across} {along}",
            180: f"-1 0 0 -1 {600 - along} {600 - across}", 270: f"0 -1 1 0 {across} {600 - along}",
        }[turn]  # fmt: skip
        sheet.place(matrix, text, 13.0)
    assert one(sheet).text == " ".join(texts) + "\n"


def test_text_aslant_is_kept_aside() -> None:
    sheet = Sheet()
    sheet.write(85, 700, "Sở Y tế báo cáo trước ngày 30/6.")
    sheet.place("0.7 0.7 -0.7 0.7 150 300", "DỰ THẢO", 60.0)
    content = one(sheet)
    assert lines(content) == ["Sở Y tế báo cáo trước ngày 30/6."]
    assert boilerplate(content) == ["DỰ THẢO"]


def test_cropped_text_is_left_out_and_noted() -> None:
    sheet = Sheet(crop=(50.0, 50.0, 550.0, 800.0))
    sheet.write(85, 700, "Trong trang.")
    sheet.write(85, 815, "Ngoài")
    content = one(sheet)
    assert (content.text, notes(content)) == ("Trong trang.\n", {"outside_page": 5})


def test_fake_bold_is_read_once() -> None:
    sheet = Sheet()
    sheet.write(85, 700, "Nguyễn Thị Kiểm Tra, tổ ba")
    sheet.write(85.4, 700, "Nguyễn Thị")
    sheet.write(85.4 + width_of("Nguyễn Thị ", 13), 700, "Kiểm Tra, tổ ba")
    content = one(sheet)
    assert content.text == "Nguyễn Thị Kiểm Tra, tổ ba\n"
    assert notes(content) == {"overlaid_text": len("NguyễnThịKiểmTra,tổba")}


def test_invisible_text_beside_visible_is_left_out_and_noted() -> None:
    sheet = Sheet()
    sheet.write(85, 700, "Sở Y tế báo cáo trước ngày 30/6.")
    sheet.write(85, 600, "từ khóa ẩn", mode=3)
    content = one(sheet)
    assert (content.text, notes(content)) == ("Sở Y tế báo cáo trước ngày 30/6.\n", {"invisible_text": 8})


def test_invisible_text_over_a_picture_is_its_text() -> None:
    sheet = Sheet()
    sheet.picture(0, 0, *A4)
    setter = Setter(sheets=[sheet])
    write = sheet.write
    sheet.write = lambda x, y, text, size=13.0, *, mode=0, spacing=0.0: write(x, y, text, size, mode=3, spacing=spacing)  # type: ignore[method-assign]
    for text in PARAGRAPHS:
        setter.paragraph(text)
    assert lines(one(sheet)) == PARAGRAPHS


@pytest.mark.parametrize("form", ["NFD", "tone first"])
def test_combining_marks_are_composed(form: str) -> None:
    text = "Chế độ, quyền lợi và đường lối được thống nhất."
    drawn = unicodedata.normalize("NFD", text)
    if form == "tone first":
        drawn = drawn.replace("\u0302\u0301", "\u0301\u0302").replace("\u031b\u0323", "\u0323\u031b")
    sheet = Sheet()
    sheet.write(85, 700, drawn)
    assert one(sheet).text == text + "\n"


def test_bullets_of_symbol_fonts_and_ligatures() -> None:
    sheet = Sheet()
    sheet.write(85, 700, "\uf0b7 Tra\ufb03c, \ue001 riêng")
    content = one(sheet)
    assert (content.text, notes(content)) == ("• Traffic, \ue001 riêng\n", {"private_use": 1})


def test_hyphens_at_line_ends() -> None:
    sheet = Sheet()
    broken = ["Thực hiện Chỉ thị số 30/CT-", "TTg của Thủ tướng, phát triển kinh tế -"]
    for i, line in enumerate([*broken, "xã hội và văn hóa của tỉnh trong năm."]):
        spare = 240 - width_of(line, 13) if i < len(broken) else 0.0
        sheet.write(85, 700 - 18 * i, line, spacing=spare / line.count(" "))
    assert one(sheet).text == (
        "Thực hiện Chỉ thị số 30/CT-TTg của Thủ tướng, phát triển kinh tế - xã hội và văn hóa của tỉnh trong năm.\n"
    )


@pytest.mark.parametrize(
    ("lines", "joined"),
    [(["văn\xad", "hóa"], "văn hóa".replace(" ", "")), (["CT-", "TTg"], "CT-TTg"), (["tế -", "xã"], "tế - xã"),
     (["", "a", "", "b"], "a b"), ([], "")],
)  # fmt: skip
def test_joined_lines(lines: list[str], joined: str) -> None:
    assert join_lines(lines) == joined


def test_broken_words_are_mended_and_noted() -> None:
    sheet = Sheet()
    sheet.write(85, 700, "Các sở t hực hiệ n nhiệ m vụ phổ biế n chính sách, điểm c an toàn.")
    content = one(sheet)
    assert content.text == "Các sở thực hiện nhiệm vụ phổ biến chính sách, điểm c an toàn.\n"
    assert notes(content) == {"broken_word_mended": 4}


STAMP = "Người ký: Văn phòng Email: vp@tinh.gov.vn Cơ quan: Tỉnh Hà Tĩnh Thời gian ký: 10.10.2017 14:10:06 +07:00"


def test_the_stamp_of_a_signature_is_no_text_of_the_report() -> None:
    sheet = Sheet()
    sheet.write(85, 700, PARAGRAPHS[3][:70])
    sheet.stamp(60, 702, STAMP, 6)
    content = one(sheet)
    assert lines(content) == [PARAGRAPHS[3][:70]]
    assert boilerplate(content) == [STAMP]


def scan(text: str = "") -> Sheet:
    sheet = Sheet()
    sheet.picture(0, 0, *A4)
    if text:
        sheet.stamp(60, 800, text, 6)
    return sheet


@pytest.mark.parametrize("text", ["", STAMP, "Sao y bản chính"])
def test_a_scan_names_the_remedy(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UnreadableDocument, match="Vietnamese data"):
        read_in_place(make_pdf([scan(text), scan()]), "a.pdf")


def test_scanned_pages_among_others_are_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    setter = Setter()
    setter.paragraph(PARAGRAPHS[0])
    content = read_in_place(make_pdf([*setter.sheets, scan(), scan()]), "a.pdf")
    assert [(note.code, note.count, note.detail) for note in content.notes] == [("page_without_text", 2, "2, 3")]


def tesseract(folder: Path, languages: str, output: str, status: int = 0) -> None:
    """A program that stands for Tesseract: it takes a picture and tells a text."""
    program = folder / "tesseract"
    program.write_text(
        "#!/bin/sh\n"
        f'if [ "$1" = --list-langs ]; then printf "List of languages:\\n{languages}\\n"; exit 0; fi\n'
        'test "$(/usr/bin/head -c 2)" = P5 || exit 3\n'
        "/bin/cat >/dev/null\n"
        f"printf '{output}'\nexit {status}\n",
        encoding="utf-8",
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


@pytest.mark.skipif(os.name == "nt", reason="the program is a shell script")
def test_scans_are_recognised_where_tesseract_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tesseract(tmp_path, "eng\\nvie", "Sở Y tế báo cáo\\ntrước ngày 30/6.\\n\\f")
    monkeypatch.setenv("PATH", str(tmp_path))
    content = read_in_place(make_pdf([scan(STAMP)]), "a.pdf")
    assert content.encoding == "ocr"
    assert lines(content) == ["Sở Y tế báo cáo", "trước ngày 30/6."]
    assert notes(content) == {"page_recognised": 1}


@pytest.mark.skipif(os.name == "nt", reason="the program is a shell script")
@pytest.mark.parametrize(("languages", "status", "told"), [("eng", 0, "no text layer"), ("vie", 1, "page 1")])
def test_tesseract_without_vietnamese_or_failing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, languages: str, status: int, told: str
) -> None:
    tesseract(tmp_path, languages, "x", status)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableDocument, match=told):
        read_in_place(make_pdf([scan()]), "a.pdf")


ENCRYPTED = (
    "/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <" + "41" * 32 + "> /U <" + "42" * 32 + "> >>"
    " /ID [<00> <00>]"
)
WHOLE = make_pdf(fresh("official").sheets)
NO_PAGES = join_objects([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 0 /Kids [] >>"], "")
BAD_FILES = {
    "empty": (b"", "no PDF"),
    "text": ("Không phải PDF".encode(), "no PDF"),
    "head alone": (b"%PDF-1.7\n", "broken"),
    "cut off": (WHOLE[:200], "broken"),
    "no pages": (NO_PAGES, "no pages|broken"),
    "encrypted": (make_pdf([Sheet()], trailer=ENCRYPTED), "encrypted"),
    "blank": (make_pdf([Sheet()]), "holds no text"),
}


@pytest.mark.parametrize(("data", "told"), BAD_FILES.values(), ids=BAD_FILES)
def test_bad_files_are_told_apart(data: bytes, told: str) -> None:
    with pytest.raises(UnreadableDocument, match=told) as caught:
        read_in_place(data, "a.pdf")
    assert caught.value.where == "a.pdf"
    assert caught.value.remedy


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    data = make_pdf([Sheet() for _ in range(4)])
    monkeypatch.setattr(reading, "PAGES_MAX", 3)
    with pytest.raises(UnreadableDocument, match="4 pages, more than 3"):
        read_in_place(data, "a.pdf")
    monkeypatch.setattr(reading, "BYTES_MAX", 10)
    with pytest.raises(UnreadableDocument, match="larger"):
        read_in_place(data, "a.pdf")


def test_read_apart_gives_the_same() -> None:
    setter = fresh("official")
    for text in PARAGRAPHS:
        setter.paragraph(text)
    data = make_pdf(setter.sheets)
    assert read_pdf(data, "a.pdf") == read_in_place(data, "a.pdf")
    with pytest.raises(UnreadableDocument, match=r"b\.pdf: the file is no PDF"):
        read_pdf(b"x", "b.pdf")
    assert read_pdf(data, "a.pdf").text.startswith("Ngày 10/10/2024")


def drawn_over_and_over(depth: int, times: int) -> bytes:
    """A page whose forms draw each other, times ** depth in all."""
    bodies = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"]
    draw = b"/F Do " * times
    for level in range(depth):
        resources = b"/Resources << /XObject << /F %d 0 R >> >>" % (level + 5)
        if level == 0:
            bodies.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R " + resources + b" >>")
            bodies.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(draw), draw))
        else:
            kind = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
            bodies.append(b"<< %s%s /Length %d >>\nstream\n%s\nendstream" % (kind, resources, len(draw), draw))
    bodies.append(b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 9 >>\nstream\n0 0 1 1 re f\nendstream")
    return join_objects(bodies, "")


def test_a_page_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    # The next process has its usual time to start in.
    with monkeypatch.context() as hurried, pytest.raises(UnreadableDocument):
        hurried.setattr(process, "STEP_SECONDS", 0.5)
        read_pdf(drawn_over_and_over(12, 20), "a.pdf")
    assert read_pdf(make_pdf(_text_sheets()), "b.pdf").text


def _text_sheets() -> list[Sheet]:
    setter = Setter()
    setter.paragraph(PARAGRAPHS[0])
    return setter.sheets


@settings(max_examples=150)
@given(st.data())
def test_changed_bytes_give_text_or_an_error_of_ours(data: st.DataObject) -> None:
    whole = bytearray(make_pdf(_text_sheets(), compress=False))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(len(whole) // 2, len(whole)))
    try:
        content = read_pdf(bytes(whole[:cut]), "a.pdf")
    except UnreadableDocument:
        return
    assert unicodedata.is_normalized("NFC", content.text)
    assert all(0 <= block.start < block.end <= len(content.text) for block in content.blocks)


WORDS = st.text(st.sampled_from("abcdeghiklmnopqrstuvxyăâđêôơưáàảãạấầẩẫậếềểễệốồổỗộứừửữự"), min_size=1, max_size=7)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=60), min_size=1, max_size=6))
def test_no_word_is_lost_or_moved(paragraphs: list[list[str]]) -> None:
    setter = Setter(numbers=False)
    for words in paragraphs:
        setter.paragraph(" ".join(["Sở", *words]))
    content = read_in_place(make_pdf(setter.sheets), "a.pdf")
    # Such words are none, so that mends may take out a space.
    assert "".join(content.text.split()) == "".join("Sở" + "".join(words) for words in paragraphs)


@pytest.mark.skipif(not (SHARED / "files").is_dir(), reason="the original files aren't here")
@pytest.mark.parametrize(
    ("name", "number", "published"),
    [("f03", "193/KH-UBND", "2024-11-01"), ("f04", "196/KH-UBND", "2024-11-04"), ("f05", "254/TB-PCTT", "2022-09-06"),
     ("f06", "706/UBND-VP7", "2024-11-04")],
)  # fmt: skip
def test_heads_of_original_files(name: str, number: str, published: str) -> None:
    data = (SHARED / "files" / f"{name}.pdf").read_bytes()
    source = make_report(read_pdf(data, name), data, path=f"{name}.pdf").source
    assert (source.number, source.published) == (number, published)


@pytest.mark.parametrize(
    "text",
    ["Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội tỉnh giám sát thực hiện.",
     "Xét đề nghị của Giám đốc Sở Giáo dục và Đào tạo tại Tờ trình số 62/TTr-SGDĐT ngày 14/5/2019."],
)  # fmt: skip
@pytest.mark.parametrize("right", range(300, 540, 7))
def test_no_list_item_begins_inside_a_sentence(text: str, right: int) -> None:
    setter = Setter(right=float(right))
    for part in (text, PARAGRAPHS[1], text):
        setter.paragraph(part)
    assert lines(read_in_place(make_pdf(setter.sheets), "a.pdf")) == [text, PARAGRAPHS[1], text]


def test_short_lines_alone_on_the_last_page_are_no_paragraph() -> None:
    setter = Setter()
    for text in PARAGRAPHS * 3:
        setter.paragraph(text)
    setter.y = 0.0
    setter.paragraph("PHÓ CHỦ TỊCH UBND TỈNH")
    setter.paragraph("Lý Thanh Tòng")
    assert lines(read_in_place(make_pdf(setter.sheets), "a.pdf"))[-2:] == ["PHÓ CHỦ TỊCH UBND TỈNH", "Lý Thanh Tòng"]
