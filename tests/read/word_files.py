"""Word files made for the tests: paragraphs of real automatic lists, tables, and what Word hides in its XML."""

# Markup stands as it would in a file.
# ruff: noqa: E501

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml.parser import parse_xml

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
Level = tuple[str, str, int]
"""How a level counts, its pattern, and where it starts."""


def saved(document: WordDocument) -> bytes:
    """The file's bytes."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def word_file(build: Callable[[WordDocument], object]) -> bytes:
    """A file with what `build` puts into an empty document."""
    document = docx.Document()
    build(document)
    return saved(document)


def add_xml(document: WordDocument, xml: str) -> None:
    """Puts block elements at the end of the document."""
    body = document.element.body
    holder = parse_xml(f"<w:body {NAMESPACES}>{xml}</w:body>")
    for child in list(holder):
        body.insert(len(body) - 1, child)


def add_list(document: WordDocument, levels: Sequence[Level], extra: str = "") -> int:
    """Defines a list and gives its number. `extra` goes into the definition's first level."""
    root = document.part.numbering_part.element
    abstract = 900 + len(root)
    xml = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{extra if i == 0 else ""}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for i, (kind, pattern, start) in enumerate(levels)
    )
    root.insert(0, parse_xml(f'<w:abstractNum {NAMESPACES} w:abstractNumId="{abstract}">{xml}</w:abstractNum>'))
    return add_list_of(document, abstract)


def add_list_of(document: WordDocument, abstract: int, overrides: str = "") -> int:
    """Defines one more list of a definition."""
    root = document.part.numbering_part.element
    number = 900 + len(root)
    root.append(
        parse_xml(
            f'<w:num {NAMESPACES} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'
        )
    )
    return number


def abstract_of(document: WordDocument, number: int) -> int:
    """The definition that a list is made from."""
    root = document.part.numbering_part.element
    found = root.xpath(f"./w:num[@w:numId='{number}']/w:abstractNumId/@w:val")
    return int(found[0])


def add_item(document: WordDocument, text: str, number: int, level: int = 0) -> None:
    """Puts a paragraph of a list at the end of the document."""
    add_xml(
        document,
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>',
    )


def add_table(document: WordDocument, rows: Sequence[Sequence[str]]) -> Any:
    """Puts a table at the end of the document; line feeds in a cell part its paragraphs."""
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            first, *rest = text.split("\n")
            cell.text = first
            for line in rest:
                cell.add_paragraph(line)
    return table


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    """The file with one member written anew or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return out.getvalue()
