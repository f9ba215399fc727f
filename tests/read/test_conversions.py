"""Files that other programs convert: with programs made for the test on the path, and without any."""

# Programs and markup stand as they would in a file.
# ruff: noqa: E501

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path

import pytest

from pipeline.errors import ReadError, UnreadableDocument, UnsupportedFormat
from pipeline.read import conversions
from pipeline.read.conversions import can_recognise, read_image, read_old_document, recognise, refuse
from pipeline.read.formats import FORMATS
from tests.read.word_files import word_file

DOC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole path: programs put there are found, no others."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def put(folder: Path, name: str, code: str) -> None:
    """A program of the test's own, in Python."""
    location = folder / name
    location.write_text(f"#!{sys.executable}\nimport os, sys, time\n{code}", encoding="utf-8")
    location.chmod(0o755)


def put_office(folder: Path, tmp_path: Path) -> None:
    made = tmp_path / "made.docx"
    made.write_bytes(word_file(lambda document: document.add_paragraph("Sở Y tế báo cáo")))
    put(
        folder,
        "soffice",
        f"""
import shutil
args = sys.argv[1:]
assert args[0].startswith("-env:UserInstallation=file:///") and "--headless" in args
assert os.environ["http_proxy"] and "SECRET" not in os.environ
out = args[args.index("--outdir") + 1]
os.makedirs(out)
assert open(args[-1], "rb").read(4) == b"\\xd0\\xcf\\x11\\xe0"
shutil.copy({str(made)!r}, os.path.join(out, "report.docx"))
""",
    )


def test_an_old_word_file_by_way_of_libreoffice(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "x")
    put_office(programs, tmp_path)
    content = read_old_document(DOC, "a.doc")
    assert content.text == "Sở Y tế báo cáo\n"
    assert content.media_type == "application/msword"
    assert content.notes[0].code == "converted"


def test_no_trace_is_left(programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_office(programs, tmp_path)
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    read_old_document(DOC, "a.doc")
    assert os.listdir(folder) == []


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("sys.stderr.write('Error: source file could not be loaded'); sys.exit(1)", "could not be loaded"),
        ("pass", "no message"),
        ("out = sys.argv[sys.argv.index('--outdir') + 1]; os.makedirs(out); open(out + '/report.docx', 'w').write('x')", "damaged"),
        ("out = sys.argv[sys.argv.index('--outdir') + 1]; os.makedirs(out); os.symlink('/etc/passwd', out + '/report.docx')", "convert"),
    ],
)  # fmt: skip
def test_a_conversion_that_fails(programs: Path, code: str, problem: str) -> None:
    put(programs, "soffice", code)
    with pytest.raises(UnreadableDocument, match=problem):
        read_old_document(DOC, "a.doc")


def test_a_program_that_hangs_is_stopped(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(programs, "libreoffice", "time.sleep(60)")
    monkeypatch.setattr(conversions, "CONVERSION_SECONDS", 0.2)
    started = time.monotonic()
    with pytest.raises(UnreadableDocument, match="took longer than 0.2 seconds"):
        read_old_document(DOC, "a.doc")
    assert time.monotonic() - started < 5


def test_a_program_that_cannot_start(programs: Path) -> None:
    (programs / "soffice").write_text("#!/no/such/program\n")
    (programs / "soffice").chmod(0o755)
    with pytest.raises(UnreadableDocument, match="can't be started"):
        read_old_document(DOC, "a.doc")


@pytest.mark.usefixtures("programs")
def test_without_programs_the_remedy_is_named() -> None:
    with pytest.raises(UnsupportedFormat, match="soffice --headless --convert-to docx") as caught:
        read_old_document(DOC, "x/a.doc")
    assert caught.value.where == "x/a.doc"
    assert not can_recognise()
    with pytest.raises(UnsupportedFormat, match="tesseract-ocr-vie"):
        read_image(PNG, "a.png")


def test_pictures_by_ocr(programs: Path) -> None:
    put(programs, "tesseract", "assert sys.argv[1].endswith('.png') and sys.argv[2:] == ['stdout', '-l', 'vie']\nprint('Ho\u0323p')")
    assert can_recognise()
    assert recognise(PNG, "a.png") == "Họp\n"
    content = read_image(PNG, "a.png")
    assert (content.text, content.media_type, content.notes[0].code) == ("Họp\n", "image/png", "ocr")


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("sys.stderr.write('Failed loading language vie'); sys.exit(1)", "Vietnamese data"),
        ("sys.stderr.write('Error in pixRead'); sys.exit(1)", "Error in pixRead"),
        ("pass", "no text was recognised"),
    ],
)
def test_ocr_that_fails(programs: Path, code: str, problem: str) -> None:
    put(programs, "tesseract", code)
    with pytest.raises(ReadError, match=problem):
        read_image(PNG, "a.png")


def test_kinds_that_nothing_reads() -> None:
    assert "Save it as .csv" in str(refuse(FORMATS["xlsx"], "a.xlsx"))
    assert str(refuse(FORMATS["binary"], "a.mp4")).startswith("a.mp4: no reader for this kind of file (binary)")


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice isn't installed")
def test_the_real_libreoffice() -> None:
    assert read_old_document(b"{\\rtf1\\ansi Hop ban}", "a.rtf").text == "Hop ban\n"
