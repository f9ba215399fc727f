"""One report in every format: paragraphs and tables written as text, page, Word file, PDF, message and table row."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Callable, Sequence
from email.message import EmailMessage

from docx.document import Document as WordDocument

from pipeline.read.encodings import encode_text
from pipeline.read.encodings.code_table import OLD_CODES
from tests.read.made_files import csv_of, jsonl_of, parquet_of, tar_of, zip_of
from tests.read.pdf_files import Setter, make_pdf
from tests.read.word_files import add_item, add_list, add_table, word_file

Table = list[list[str]]
Parts = Sequence[str | Table]
"""A report: paragraphs and tables in order."""


def as_text(parts: Parts, between: str = "\n") -> str:
    """Paragraphs on lines of their own, tables with bars."""
    return between.join(part if isinstance(part, str) else "\n".join(map(_barred, part)) for part in parts) + "\n"


def _barred(row: Sequence[str]) -> str:
    return "| " + " | ".join(row) + " |"


def as_markdown(parts: Parts) -> bytes:
    """The same with a rule below each table's head."""
    out = []
    for part in parts:
        rows = [part] if isinstance(part, str) else [_barred(row) for row in part]
        out.append("\n".join([*rows[:1], *(["|" + "---|" * len(part[0])] if len(rows) > 1 else []), *rows[1:]]))
    return ("\n\n".join(out) + "\n").encode()


def as_page(parts: Parts, *, charset: str = "utf-8", wrapped: str = "<p>{}</p>") -> str:
    """A web page; `wrapped` is the markup of a paragraph."""
    body = ""
    for part in parts:
        if isinstance(part, str):
            body += wrapped.format(html.escape(part)) + "\n"
            continue
        rows = ("".join(f"<td><p>{html.escape(cell)}</p></td>" for cell in row) for row in part)
        body += "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>\n"
    meta = f'<meta charset="{charset}">' if charset else ""
    title = html.escape(str(parts[0]))
    return f"<!DOCTYPE html><html><head>{meta}<title>{title}</title></head><body>\n{body}</body></html>"


def as_word_file(parts: Parts) -> bytes:
    """A Word file of plain paragraphs and real tables."""

    def build(document: WordDocument) -> None:
        for part in parts:
            if isinstance(part, str):
                document.add_paragraph(part)
            else:
                add_table(document, part)

    return word_file(build)


def as_numbered_word_file(parts: Parts) -> bytes:
    """The same with "1. " at a paragraph's head made by automatic numbering, as "- " is."""

    def build(document: WordDocument) -> None:
        numbers = add_list(document, [("decimal", "%1.", 1), ("bullet", "-", 1)])
        count = 0
        for part in parts:
            if not isinstance(part, str):
                add_table(document, part)
            elif part.startswith(f"{count + 1}. "):
                count += 1
                add_item(document, html.escape(part.partition(" ")[2]), numbers)
            elif part.startswith("- "):
                add_item(document, html.escape(part[2:]), numbers, 1)
            else:
                document.add_paragraph(part)

    return word_file(build)


def as_pdf(parts: Parts, setter: Setter | None = None) -> bytes:
    """A PDF with a text layer: justified paragraphs with indents, ruled tables, page numbers."""
    setter = setter or Setter()
    for part in parts:
        if isinstance(part, str):
            setter.paragraph(part)
            continue
        widths = [max(6, min(40, max(len(row[i]) for row in part))) for i in range(len(part[0]))]
        edges = [setter.left]
        for width in widths:
            edges.append(edges[-1] + (setter.right - setter.left) * width / sum(widths))
        setter.table(part, edges, size=10.0)
    return make_pdf(setter.sheets)


def as_message(parts: Parts, *, page: bool = False) -> bytes:
    """A mail message with the text, or with the page."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "vp@tinh.example", "so@tinh.example", "Văn bản"
    message.set_content(*((as_page(parts), "html") if page else (as_text(parts),)))
    return message.as_bytes()


def single_files(parts: Parts) -> dict[str, bytes]:
    """The report in every format that holds one, by the file's name."""
    text = as_text(parts)
    return {
        "lines.txt": text.encode(),
        "gaps.txt": as_text(parts, "\n\n").encode(),
        "windows.txt": text.replace("\n", "\r\n").encode(),
        "marked.md": as_markdown(parts),
        "page.html": as_page(parts).encode(),
        "div.html": as_page(parts, wrapped="<div><span>{}</span></div>").encode(),
        "breaks.html": as_page(parts, wrapped="{}<br>").encode(),
        "word.docx": as_word_file(parts),
        "numbered.docx": as_numbered_word_file(parts),
        "justified.pdf": as_pdf(parts),
        "ragged.pdf": as_pdf(parts, Setter(justify=False, indent=0.0, space=9.0)),
        "short.pdf": as_pdf(parts, Setter(bottom=500.0)),
        "plain.eml": as_message(parts),
        "page.eml": as_message(parts, page=True),
    }


def container_files(parts: Parts) -> dict[str, bytes]:
    """The report in every format that holds many, once."""
    text = as_text(parts)
    named = {"van-ban.txt": text.encode()}
    return {
        "rows.csv": csv_of([("id", "text"), ("1", text)]),
        "semicolons.csv": csv_of([("id", "text"), ("1", text)], ";"),
        "rows.jsonl": jsonl_of([{"id": 1, "text": text}]),
        "page.jsonl": jsonl_of([{"id": 1, "content": as_page(parts)}]),
        "rows.parquet": parquet_of({"id": ["1"], "text": [text]}),
        "packed.zip": zip_of(named),
        "word.zip": zip_of({"van-ban.docx": as_word_file(parts)}),
        "packed.tar": tar_of(named),
        "packed.tar.gz": tar_of({"van-ban.html": as_page(parts).encode()}, packed=True),
        "nested.zip": zip_of({"a.zip": zip_of({"van-ban.eml": as_message(parts)})}),
    }


def encoded_files(text: str, typed: Callable[[str, str], str]) -> dict[str, tuple[str, bytes]]:
    """The text as it could be typed in each encoding, and its bytes, by a file's name that tells the encoding."""
    files = {f"{code}.txt": (typed(text, code), code) for code in (*OLD_CODES, "utf-16-le", "utf-16-be")}
    found = {name: (words, encode_text(words, code)) for name, (words, code) in files.items()}
    found["mark.txt"] = (text, b"\xef\xbb\xbf" + text.encode())
    found["utf-16.txt"] = (text, text.encode("utf-16"))
    found["decomposed.txt"] = (text, unicodedata.normalize("NFD", text).encode())
    return found
