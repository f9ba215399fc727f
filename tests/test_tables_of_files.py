"""A table of tasks gives the same directives in a Word file, in a web page and between bars in a text."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from docx.document import Document as WordDocument

from pipeline.document import extract_document
from pipeline.read import make_report
from pipeline.read.plain_text import read_plain_text
from pipeline.read.web_page import read_web_page
from pipeline.read.word_document import read_word_document
from pipeline.records import Document, FileText, Task
from tests.read.word_files import add_item, add_list, add_table, word_file

HEAD = (
    ("ỦY BAN NHÂN DÂN\nTỈNH HẢI AN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
    ("Số: 12/KH-UBND", "Hải An, ngày 8 tháng 6 năm 2024"),
)
OPENING = (
    "KẾ HOẠCH",
    "Triển khai công tác chống hạn năm 2024",
    "Chủ tịch UBND tỉnh phân công nhiệm vụ cho các sở, ngành, địa phương như sau:",
)
COLUMNS = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành")
ROWS = (
    ("I", "Nhóm nhiệm vụ về thủy lợi", "", "", ""),
    ("1", "Rà soát quy hoạch thủy lợi\ncác huyện ven biển", "Sở Nông nghiệp và Môi trường", "Sở Xây dựng", "30/6/2024"),
    ("2", "Nạo vét kênh mương nội đồng", "UBND các huyện", "Sở Tài chính; Sở Xây dựng", "Tháng 7/2024"),
    ("", "Lắp đặt trạm bơm dã chiến (2|3 trạm)", "Sở Nông nghiệp và Môi trường", "", "Trước ngày 15/8/2024"),
)


def as_text() -> FileText:
    table = "\n".join("| " + " | ".join(_cell(cell) for cell in row) + " |" for row in (COLUMNS, *ROWS))
    head = "\n".join(cell for row in HEAD for cell in row)
    return read_plain_text("\n".join((head, *OPENING, table, "")).encode(), "a.txt")


def _cell(words: str) -> str:
    return words.replace("\n", " ").replace("|", "\\|")


def as_word_file() -> FileText:
    def build(document: WordDocument) -> None:
        add_table(document, HEAD)
        for words in OPENING:
            document.add_paragraph(words)
        add_table(document, (COLUMNS, *ROWS))

    return read_word_document(word_file(build), "a.docx")


def as_web_page() -> FileText:
    def table(*rows: tuple[str, ...]) -> str:
        cells = ("".join(f"<td><p>{words.replace(chr(10), '</p><p>')}</p></td>" for words in row) for row in rows)
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"

    body = table(*HEAD) + "".join(f"<p>{words}</p>" for words in OPENING) + table(COLUMNS, *ROWS)
    return read_web_page(f"<html><body>{body}</body></html>".encode(), "a.html")


MADE = {"txt": as_text, "docx": as_word_file, "html": as_web_page}


def document_of(content: FileText) -> Document:
    return extract_document(make_report(content, content.text.encode(), path="a"))


def tasks_of(document: Document) -> list[Task]:
    return [task for directive in document.directives for task in directive.tasks]


@pytest.mark.parametrize("kind", MADE)
def test_the_rows_are_tasks(kind: str) -> None:
    rows = [
        (task.span.exact, [body.text for body in task.lead], [body.text for body in task.coordinating])
        for task in tasks_of(document_of(MADE[kind]()))
    ]
    assert rows == [
        ("Rà soát quy hoạch thủy lợi các huyện ven biển", ["Sở Nông nghiệp và Môi trường"], ["Sở Xây dựng"]),
        ("Nạo vét kênh mương nội đồng", ["UBND các huyện"], ["Sở Tài chính", "Sở Xây dựng"]),
        ("Lắp đặt trạm bơm dã chiến (2\\|3 trạm)", ["Sở Nông nghiệp và Môi trường"], []),
    ]


@pytest.mark.parametrize("kind", MADE)
def test_the_deadlines_are_those_of_the_rows(kind: str) -> None:
    deadlines = [task.deadline for task in tasks_of(document_of(MADE[kind]()))]
    assert [found and found.end for found in deadlines] == ["2024-06-30", "2024-07-31", "2024-08-15"]


@pytest.mark.parametrize("kind", MADE)
def test_the_head_in_two_columns_is_read(kind: str) -> None:
    source = document_of(MADE[kind]()).document
    assert (source.genre, source.number, source.published) == ("plan", "12/KH-UBND", "2024-06-08")


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_every_kind_of_file_gives_the_same(kind: str) -> None:
    text, other = as_text(), MADE[kind]()
    assert other.text == text.text
    one, two = document_of(text), document_of(other)
    assert msgspec.to_builtins(one.directives) == msgspec.to_builtins(two.directives)


def test_a_lead_beside_several_rows_leads_them_all() -> None:
    def build(document: WordDocument) -> None:
        for words in OPENING:
            document.add_paragraph(words)
        table = add_table(
            document,
            [
                ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"],
                ["", "Nạo vét kênh mương nội đồng", "Sở Xây dựng", "30/6/2024"],
                ["", "Sửa chữa trạm bơm Hải Bình", "", "30/7/2024"],
            ],
        )
        table.cell(1, 2).merge(table.cell(2, 2))
        number = add_list(document, [("decimal", "%1", 1)])
        for row in (1, 2):
            table.cell(row, 0).paragraphs[0]._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number
        add_item(document, "Hết", number)

    tasks = tasks_of(document_of(read_word_document(word_file(build), "a.docx")))
    assert [[body.text for body in task.lead] for task in tasks] == [["Sở Xây dựng"], ["Sở Xây dựng"]]


def test_formats_are_compared_by_readers() -> None:
    readers: dict[str, Callable[[], FileText]] = dict(MADE)
    assert {reader().media_type for reader in readers.values()} == {
        "text/plain",
        "text/html",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
