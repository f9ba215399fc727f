"""The kind of a file: what it holds goes before what it is called."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.formats import FORMATS, find_format, format_of_name
from tests.read.press_pages import PAGES
from tests.read.word_files import word_file

WORDS = "Kết luận cuộc họp\n\nSở Y tế báo cáo trước ngày 30/6/2023.\n"
DOCX = word_file(lambda document: document.add_paragraph(WORDS))
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
MAIL = "From: a@b.example\r\nTo: c@d.example\r\nSubject: =?utf-8?b?SOG7jXA=?=\r\n\r\nHọp\r\n"


def zip_of(*names: str, content: bytes = b"x") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, content)
    return out.getvalue()


def tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"), io.BytesIO(b""))
    return out.getvalue()


CASES = [
    ("txt", WORDS.encode(), "a.txt"),
    ("txt", WORDS.encode(), "a.html"),
    ("txt", WORDS.encode(), "a.doc"),
    ("txt", WORDS.encode(), "a.docx"),
    ("txt", WORDS.encode(), "noname"),
    ("txt", WORDS.encode("utf-16"), "a.txt"),
    ("txt", WORDS.encode("utf-16-le"), "a.txt"),
    ("txt", WORDS.encode("utf-16-be"), "a.txt"),
    ("txt", "Giá < 5 triệu và > 3 triệu".encode(), "a.txt"),
    ("txt", "Chủ trì: ông A\nThư ký: bà B\nNgày: 7/6\n\nNội dung".encode(), "a.txt"),
    ("txt", b"{ghi nho} hop", "a.json"),
    ("txt", b"", "a.pdf"),
    ("txt", b"H\x06I NGH\x02 v\xeb\xb7 ba vi\xeb\xb7c", "a.txt"),
    ("md", "# Họp\n\n- Sở Y tế".encode(), "a.md"),
    ("md", "<p align=center>Họp</p>\n\n# Kết luận".encode(), "README.md"),
    ("html", "<!DOCTYPE html><html><body>Họp".encode(), "a.html"),
    ("html", "<!-- saved --><HTML><BODY><P>Họp".encode(), "thong-bao.doc"),
    ("html", '<html xmlns:o="urn:schemas-microsoft-com:office:office"><body>Họp'.encode(), "a.doc"),
    ("html", "<p>Họp</p>".encode(), "a.txt"),
    ("html", "<p>Họp</p>".encode("utf-16"), "a.txt"),
    ("html", "\ufeff  <?xml version='1.0'?>\n<!DOCTYPE html><html>".encode(), "a"),
    ("html", "Họp bàn<br>Kết luận<br>Hết".encode(), "a.htm"),
    ("docx", DOCX, "a.docx"),
    ("docx", DOCX, "a.doc"),
    ("docx", DOCX, "a.txt"),
    ("docx", DOCX[:5000], "a.docx"),
    ("docx", OLE2 + "EncryptedPackage".encode("utf-16-le"), "a.docx"),
    ("doc", OLE2 + "WordDocument".encode("utf-16-le"), "a.docx"),
    ("doc", OLE2, "a.doc"),
    ("xls", OLE2 + "Workbook".encode("utf-16-le"), "a.doc"),
    ("ppt", OLE2 + "PowerPoint Document".encode("utf-16-le"), "a"),
    ("msg", OLE2 + "__properties_version1.0".encode("utf-16-le"), "a.msg"),
    ("rtf", b"{\\rtf1\\ansi Hop}", "a.doc"),
    ("pdf", b"%PDF-1.4\n", "a.txt"),
    ("pdf", b"\n\n%PDF-1.7\n", "a"),
    ("eml", MAIL.encode(), "a.txt"),
    ("eml", ("Received: by x\r\n\tid 1\r\n" + MAIL).encode(), "a.eml"),
    ("mhtml", b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x", "a.doc"),
    ("png", b"\x89PNG\r\n\x1a\n\0\0", "a.jpg"),
    ("jpeg", b"\xff\xd8\xff\xe0", "a.png"),
    ("tiff", b"II*\0\x08", "a"),
    ("tiff", b"MM\0*\x08", "a"),
    ("zip", zip_of("a.txt", "b.html"), "a.docx"),
    ("zip", zip_of(), "a.zip"),
    ("xlsx", zip_of("[Content_Types].xml", "xl/workbook.xml"), "a.docx"),
    ("pptx", zip_of("[Content_Types].xml", "ppt/presentation.xml"), "a"),
    ("odt", zip_of("mimetype", content=b"application/vnd.oasis.opendocument.text"), "a.doc"),
    ("ods", zip_of("mimetype", content=b"application/vnd.oasis.opendocument.spreadsheet"), "a"),
    ("tar.gz", gzip.compress(tar()), "a.zip"),
    ("tar", tar(), "a"),
    ("parquet", b"PAR1\x15\x04", "a.csv"),
    ("rar", b"Rar!\x1a\x07\x01\0", "a.zip"),
    ("7z", b"7z\xbc\xaf\x27\x1c", "a.zip"),
    ("csv", "id,text\n1,Họp\n".encode(), "a.csv"),
    ("jsonl", '{"text": "Họp"}\n'.encode(), "a.jsonl"),
    ("binary", bytes(range(256)) * 4, "a.txt"),
    ("binary", b"\0\0\0\x20ftypmp42" + bytes(100), "a.mp4"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "data", "name"), CASES, ids=[f"{c[0]}-as-{c[2]}-{i}" for i, c in enumerate(CASES)])
def test_kinds(kind: str, data: bytes, name: str) -> None:
    assert find_format(data, name).name == kind


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_under_any_name(page: object) -> None:
    markup: str = page.markup  # type: ignore[attr-defined]
    assert {find_format(markup.encode(), name).name for name in ("a.html", "a.doc", "a.txt", "a")} == {"html"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [("A.TXT", "txt"), ("b/c.tar.gz", "tar.gz"), ("c.tgz", "tar.gz"), ("d.DOCX", "docx"), ("x.y.htm", "html")],
)
def test_names(name: str, kind: str) -> None:
    found = format_of_name(name)
    assert found is not None
    assert found.name == kind


def test_no_kind_by_name() -> None:
    assert format_of_name("a") is None
    assert format_of_name("a.xyz") is None


def test_suffixes_are_of_one_kind() -> None:
    suffixes = [suffix for row in FORMATS.values() for suffix in row.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in suffixes)


@given(st.binary(max_size=2000), st.sampled_from([row[1] for row in CASES]), st.integers(0, 3000))
def test_broken_files_have_a_kind(noise: bytes, data: bytes, at: int) -> None:
    assert find_format(data[:at] + noise + data[at + len(noise) :], "a.docx") in FORMATS.values()
