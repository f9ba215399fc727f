"""Word files: everything that Word shows, in order, with its numbers; nothing that it doesn't."""

# Markup stands as it would in a file.
# ruff: noqa: E501

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.shared import Inches

from pipeline.errors import UnreadableDocument, UnsupportedFormat
from pipeline.read import word_package
from pipeline.read.blocks import find_blocks
from pipeline.read.genre import describe
from pipeline.read.word_document import read_word_document
from tests.read.word_files import (
    W,
    abstract_of,
    add_item,
    add_list,
    add_list_of,
    add_table,
    add_xml,
    saved,
    with_member,
    word_file,
)

BULLET = "\uf0b7"


def lines_of(build: Callable[[WordDocument], object]) -> list[str]:
    return read_word_document(word_file(build), "a.docx").text.splitlines()


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraphs(document: WordDocument) -> None:
    document.add_heading("Thông báo kết luận", 1)
    paragraph = document.add_paragraph("Sở Y tế ")
    paragraph.add_run("báo cáo").bold = True
    paragraph.add_run(" trước ngày 30/6.\nDòng hai\tsau thẻ")
    document.add_paragraph("   ")
    document.add_paragraph("Đoạn cuối")


def nested_numbers(document: WordDocument) -> None:
    number = add_list(
        document, [("upperRoman", "%1.", 1), ("decimal", "%2.", 1), ("decimal", "%2.%3.", 1), ("lowerLetter", "%4)", 1)]
    )
    for level, text in enumerate(("Phần", "Mục", "Tiểu mục", "Điểm")):
        add_item(document, text, number, level)
    for level, text in ((3, "Điểm"), (2, "Tiểu mục"), (3, "Điểm"), (1, "Mục"), (2, "Tiểu mục"), (0, "Phần"), (1, "Mục")):
        add_item(document, text, number, level)


def restarts(document: WordDocument) -> None:
    one = add_list(document, [("decimal", "%1.", 1)])
    for text in ("a", "b"):
        add_item(document, text, one)
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    for overrides, text in ((anew, "c"), ("", "d")):
        number = add_list_of(document, abstract_of(document, one), overrides)
        add_item(document, text, number)
    add_item(document, "e", one)


def starts_and_kinds(document: WordDocument) -> None:
    for kind, pattern, start in (
        ("decimal", "Điều %1.", 5),
        ("decimalZero", "%1/", 9),
        ("upperLetter", "%1.", 26),
        ("lowerRoman", "(%1)", 4),
        ("bullet", BULLET, 1),
        ("bullet", "-", 1),
        ("none", "Ghi chú:", 1),
    ):
        number = add_list(document, [(kind, pattern, start)])
        add_item(document, "một", number)
        add_item(document, "hai", number)


def never_restarting(document: WordDocument) -> None:
    number = add_list(document, [("upperRoman", "%1.", 1), ("decimal", "%2.", 1)])
    root = document.part.numbering_part.element
    for level in root.xpath(f"./w:abstractNum[@w:abstractNumId='{abstract_of(document, number)}']/w:lvl[@w:ilvl='1']"):
        restart = level.makeelement(f"{{{W}}}lvlRestart", {f"{{{W}}}val": "0"})
        level.append(restart)
    for level, text in ((0, "x"), (1, "y"), (1, "y"), (0, "x"), (1, "y")):
        add_item(document, text, number, level)


def legal_numbers(document: WordDocument) -> None:
    number = add_list(document, [("upperRoman", "%1.", 1), ("decimal", "%1.%2.", 1)])
    root = document.part.numbering_part.element
    for level in root.xpath(f"./w:abstractNum[@w:abstractNumId='{abstract_of(document, number)}']/w:lvl[@w:ilvl='1']"):
        level.append(level.makeelement(f"{{{W}}}isLgl", {}))
    for level in (0, 0, 1):
        add_item(document, "x", number, level)


def numbered_styles(document: WordDocument) -> None:
    for text in ("một", "hai"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("ba", style="List Bullet")
    number = add_list(document, [("decimal", "Điều %1.", 1)])
    style = document.styles.add_style("Dieu", WD_STYLE_TYPE.PARAGRAPH)
    style.element.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number
    child = document.styles.add_style("Dieu con", WD_STYLE_TYPE.PARAGRAPH)
    child.base_style = style
    document.add_paragraph("Phạm vi", style="Dieu")
    document.add_paragraph("Đối tượng", style="Dieu con")
    add_xml(
        document,
        f'<w:p><w:pPr><w:pStyle w:val="{style.style_id}"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>{run("không số")}</w:p>',
    )


def numbers_in_cells(document: WordDocument) -> None:
    number = add_list(document, [("decimal", "%1", 1)])
    table = add_table(document, [["TT", "Việc"], ["", "Rà soát"], ["", "Kiểm tra"]])
    for row in (1, 2):
        listed = table.cell(row, 0).paragraphs[0]._p.get_or_add_pPr().get_or_add_numPr()
        listed.get_or_add_numId().val = number
        table.cell(row, 0).paragraphs[0].add_run("\u200b")


def revisions(document: WordDocument) -> None:
    add_xml(
        document,
        f'<w:p>{run("Sở Y tế ")}<w:ins w:id="1" w:author="a">{run("phải ")}</w:ins><w:del w:id="2" w:author="a"><w:r>'
        f'<w:delText>nên </w:delText></w:r></w:del>{run("báo cáo.")}</w:p>'
        f'<w:p><w:pPr><w:rPr><w:del w:id="3" w:author="a"/></w:rPr></w:pPr>{run("Nối ")}</w:p><w:p>{run("liền.")}</w:p>'
        f'<w:moveFrom w:id="4" w:author="a"><w:p>{run("đi")}</w:p></w:moveFrom>'
        f'<w:p><w:moveFrom w:id="5" w:author="a">{run("đi")}</w:moveFrom><w:moveTo w:id="6" w:author="a">{run("đến")}</w:moveTo></w:p>',
    )


def inside_words(document: WordDocument) -> None:
    add_xml(
        document,
        f'<w:p>{run("Xem ")}<w:hyperlink w:anchor="x">{run("văn bản")}</w:hyperlink><w:r><w:softHyphen/></w:r>{run(" số ")}'
        f'<w:r><w:t>57</w:t><w:noBreakHyphen/><w:t>NQ</w:t></w:r><w:smartTag><w:smartTagPr/>{run("/TW")}</w:smartTag>'
        f'<w:sdt><w:sdtPr/><w:sdtContent>{run(" ngày 1/2")}</w:sdtContent></w:sdt></w:p>'
        f'<w:sdt><w:sdtContent><w:p>{run("Trong ô điều khiển")}</w:p></w:sdtContent></w:sdt>'
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>DATE</w:instrText><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run("7/6")}<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:br/><w:t>dòng</w:t><w:cr/><w:t>nữa</w:t></w:r></w:p>'
        f'<w:p>{run("thông báo", "<w:caps/>")}{run(" ẩn", "<w:vanish/>")}{run(" thường")}</w:p>'
        '<w:p><m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath><w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>',
    )


def text_boxes(document: WordDocument) -> None:
    box = f"<w:txbxContent><w:p>{run('Trong hộp')}</w:p></w:txbxContent>"
    add_xml(
        document,
        f'<w:p>{run("Trước hộp")}<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx>'
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        f'</mc:AlternateContent></w:r>{run(" sau neo")}</w:p><w:p>{run("Sau hộp")}</w:p>',
    )


def merged_cells(document: WordDocument) -> None:
    table = add_table(
        document, [["TT", "Nhiệm vụ", "Chủ trì"], ["I", "", ""], ["1", "Rà soát", "Sở Y tế"], ["2", "Kiểm tra", ""]]
    )
    table.cell(1, 0).merge(table.cell(1, 2))
    table.cell(2, 2).merge(table.cell(3, 2))


def awkward_cells(document: WordDocument) -> None:
    table = add_table(document, [["a|b", "hai\ndòng", "x"], ["", "", "y"]])
    inner = table.cell(1, 1).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "trong", "lồng"


def tables_side_by_side(document: WordDocument) -> None:
    outer = document.add_table(rows=1, cols=2)
    for cell, words in zip(outer.rows[0].cells, ("trái", "phải"), strict=True):
        inner = cell.add_table(rows=2, cols=2)
        for i, inner_cell in enumerate(c for row in inner.rows for c in row.cells):
            inner_cell.text = f"{words} {i}"


def headers_left_out(document: WordDocument) -> None:
    document.sections[0].header.paragraphs[0].text = "Đầu trang"
    document.sections[0].footer.paragraphs[0].text = "Cuối trang"
    document.add_paragraph("Thân")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("Trang hai")


def deleted_rows(document: WordDocument) -> None:
    table = add_table(document, [["a", "b"], ["bỏ", "bỏ"], ["c", "d"]])
    properties = table.rows[1]._tr.get_or_add_trPr()
    properties.append(properties.makeelement(f"{{{W}}}del", {}))


SHOWN: dict[Callable[[WordDocument], object], list[str]] = {
    paragraphs: ["Thông báo kết luận", "Sở Y tế báo cáo trước ngày 30/6.", "Dòng hai\tsau thẻ", "Đoạn cuối"],
    nested_numbers: [
        "I. Phần", "1. Mục", "1.1. Tiểu mục", "a) Điểm", "b) Điểm", "1.2. Tiểu mục", "a) Điểm", "2. Mục", "2.1. Tiểu mục",
        "II. Phần", "1. Mục",
    ],
    restarts: ["1. a", "2. b", "1. c", "2. d", "3. e"],
    starts_and_kinds: [
        "Điều 5. một", "Điều 6. hai", "09/ một", "10/ hai", "Z. một", "AA. hai", "(iv) một", "(v) hai", "• một", "• hai",
        "- một", "- hai", "Ghi chú: một", "Ghi chú: hai",
    ],
    never_restarting: ["I. x", "1. y", "2. y", "II. x", "3. y"],
    legal_numbers: ["I. x", "II. x", "2.1. x"],
    numbered_styles: ["1. một", "2. hai", "• ba", "Điều 1. Phạm vi", "Điều 2. Đối tượng", "không số"],
    numbers_in_cells: ["| TT | Việc |", "| 1  | Rà soát |", "| 2  | Kiểm tra |"],
    revisions: ["Sở Y tế phải báo cáo.", "Nối liền.", "đến"],
    inside_words: [
        "Xem văn bản số 57-NQ/TW ngày 1/2", "Trong ô điều khiển", "7/6", "dòng", "nữa", "THÔNG BÁO thường", "x=2✓",
    ],
    text_boxes: ["Trước hộp sau neo", "Trong hộp", "Sau hộp"],
    merged_cells: [
        "| TT | Nhiệm vụ | Chủ trì |", "| I |  |  |", "| 1 | Rà soát | Sở Y tế |", "| 2 | Kiểm tra | Sở Y tế |",
    ],
    awkward_cells: ["| a\\|b | hai dòng | x |", "|  | trong lồng | y |"],
    tables_side_by_side: ["| trái 0 | trái 1 |", "| trái 2 | trái 3 |", "| phải 0 | phải 1 |", "| phải 2 | phải 3 |"],
    headers_left_out: ["Thân", "Trang hai"],
    deleted_rows: ["| a | b |", "| c | d |"],
}  # fmt: skip


@pytest.mark.parametrize("build", SHOWN, ids=lambda build: build.__name__)
def test_what_word_shows(build: Callable[[WordDocument], object]) -> None:
    assert lines_of(build) == SHOWN[build]


def test_tables_are_blocks() -> None:
    content = read_word_document(word_file(merged_cells), "a.docx")
    assert [content.text[b.start : b.end] for b in content.blocks] == SHOWN[merged_cells]
    assert {block.kind for block in content.blocks} == {"table"}


def test_footnotes_stand_at_the_end() -> None:
    data = word_file(lambda document: document.add_paragraph("Thân bài"))
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        f'<w:footnote w:id="2"><w:p>{run("Nghị định 30")}</w:p></w:footnote></w:footnotes>'
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        relations = archive.read("word/_rels/document.xml.rels").decode()
        types = archive.read("[Content_Types].xml").decode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    relation = (
        '<Relationship Id="rF" Target="footnotes.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"/></Relationships>'
    )
    override = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
    for name, content in (
        ("word/footnotes.xml", notes),
        ("word/_rels/document.xml.rels", relations.replace("</Relationships>", relation)),
        ("[Content_Types].xml", types.replace("</Types>", override)),
    ):
        data = with_member(data, name, content.encode())
    assert read_word_document(data, "a.docx").text == "Thân bài\n[1] Nghị định 30\n"


@pytest.mark.parametrize(
    ("title", "expected", "noted"),
    [
        ("Kế hoạch chống hạn", "Kế hoạch chống hạn", False),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", None, True),
        ("Microsoft Word - 1.doc", None, True),
        ("", None, False),
    ],
)
def test_the_title_property(title: str, expected: str | None, noted: bool) -> None:
    document = docx.Document()
    document.core_properties.title = title
    letterhead(document)
    document.add_paragraph("Kế hoạch  chống hạn")
    content = read_word_document(saved(document), "a.docx")
    assert content.title == expected
    assert ("title_property" in {note.code for note in content.notes}) is noted
    assert content.published is None


def letterhead(document: WordDocument) -> None:
    add_table(
        document,
        [
            ["ỦY BAN NHÂN DÂN\nTỈNH HẢI AN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"],
            ["Số: 12/TB-UBND", "Hải An, ngày 8 tháng 6 năm 2024"],
        ],
    )


def test_a_letterhead_in_two_columns_is_read_as_one() -> None:
    def build(document: WordDocument) -> None:
        letterhead(document)
        document.add_paragraph("THÔNG BÁO")
        document.add_paragraph("Kết luận của Chủ tịch UBND tỉnh tại cuộc họp về chống hạn")
        document.add_paragraph("Sở Y tế báo cáo trước ngày 30/6/2024.")
        add_table(document, [["Nơi nhận:\n- Như trên;\n- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLò Văn Đạt"]])

    text = read_word_document(word_file(build), "a.docx").text
    assert "|" not in text
    assert text.splitlines()[:4] == [
        "ỦY BAN NHÂN DÂN", "TỈNH HẢI AN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
    ]  # fmt: skip
    blocks = find_blocks(text)
    told = describe(text, blocks)
    assert (told.genre, told.number, told.published) == ("notice", "12/TB-UBND", "2024-06-08")
    kinds = {text[block.start : block.end]: block.kind for block in blocks}
    assert kinds["Nơi nhận:"] == "recipients"
    assert kinds["TM. ỦY BAN NHÂN DÂN"] == "signature"


def bomb() -> bytes:
    return with_member(word_file(paragraphs), "word/media/a.bin", bytes(word_package.UNPACKED_MAX + 1))


def with_entities() -> bytes:
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><w:document xmlns:w="' + W.encode() + b'">&a;</w:document>'
    return with_member(word_file(paragraphs), "word/document.xml", laughs)


def nested_cells() -> bytes:
    xml = f"<w:p>{run('x')}</w:p>"
    for _ in range(60):
        xml = f"<w:tbl><w:tr><w:tc>{xml}<w:p/></w:tc></w:tr></w:tbl>"
    document = f'<w:document xmlns:w="{W}"><w:body>{xml}</w:body></w:document>'
    return with_member(word_file(paragraphs), "word/document.xml", document.encode())


REFUSED = {
    "bomb": (bomb, "too large"),
    "entities": (with_entities, "declares XML entities"),
    "truncated": (lambda: word_file(paragraphs)[:-3000], "damaged"),
    "cut-in-the-middle": (lambda: word_file(paragraphs)[:9000], "damaged"),
    "encrypted": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "encrypted"),
    "empty": (lambda: b"", "damaged"),
    "no-words": (lambda: word_file(lambda document: None), "holds no text"),
    "no-xml": (lambda: with_member(word_file(paragraphs), "word/document.xml", b"no xml"), "damaged"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    make, problem = REFUSED[name]
    with pytest.raises(UnreadableDocument, match=problem) as caught:
        read_word_document(make(), "x/a.docx")
    assert caught.value.where == "x/a.docx"
    assert caught.value.remedy


def test_too_many_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_package, "TAGS_MAX", 100)
    with pytest.raises(UnreadableDocument, match="too large"):
        read_word_document(word_file(paragraphs), "a.docx")


def test_deep_nesting_is_read_or_refused() -> None:
    try:
        assert "x" in read_word_document(nested_cells(), "a.docx").text
    except UnreadableDocument as error:
        assert "nested" in error.problem or "damaged" in error.problem


def test_strict_files_are_named() -> None:
    data = word_file(paragraphs)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        relations = archive.read("_rels/.rels")
    strict = relations.replace(
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
    with pytest.raises(UnsupportedFormat, match="Strict"):
        read_word_document(with_member(data, "_rels/.rels", strict), "a.docx")


def test_macro_files_are_read() -> None:
    data = word_file(paragraphs)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        types = archive.read("[Content_Types].xml")
    macro = types.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    assert macro != types
    assert read_word_document(with_member(data, "[Content_Types].xml", macro), "a.docm").text.startswith("Thông báo")


def test_pictures_are_passed_over(tmp_path: Path) -> None:
    # The smallest PNG: one pixel.
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
        "a5f645400000000049454e44ae426082"
    )
    location = tmp_path / "a.png"
    location.write_bytes(pixel)

    def build(document: WordDocument) -> None:
        document.add_paragraph("Trước ảnh")
        document.add_picture(str(location), width=Inches(1))
        document.add_paragraph("Sau ảnh")

    assert lines_of(build) == ["Trước ảnh", "Sau ảnh"]
