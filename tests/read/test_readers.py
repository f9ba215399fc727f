"""From a file to a Report, over every reader."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UnreadableDocument, UnsupportedFormat
from pipeline.read import READERS, document_id, read, read_string
from pipeline.read.encodings import encode_text
from pipeline.read.encodings.code_table import OLD_CODES
from pipeline.read.items import ReadOptions
from pipeline.read.manifest import ManifestEntry
from tests.read.made_files import tar_of, zip_of

TEXT = "Kết luận cuộc họp\n\nNgày 7/6, Chủ tịch UBND tỉnh yêu cầu Sở Y tế báo cáo trước ngày 30/6/2023.\n"


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_every_reader(folder: Path, suffix: str) -> None:
    location = folder / f"a{suffix}"
    location.write_bytes(TEXT.encode())
    report = read(location, path=f"in/a{suffix}")
    assert report.text == TEXT
    assert report.source.path == f"in/a{suffix}"
    assert report.source.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert report.source.id == report.source.sha256[:16]
    assert report.source.encoding == "utf-8"
    for block in report.blocks:
        assert 0 <= block.start < block.end <= len(TEXT)


def test_the_manifest_goes_before_the_text(folder: Path) -> None:
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    entry = ManifestEntry(file="a.txt", published="2023-06-08", title="Họp", publisher="Báo", url="u")
    source = read("a.txt", entry=entry).source
    assert (source.published, source.title, source.publisher, source.url) == ("2023-06-08", "Họp", "Báo", "u")


def test_offsets_are_in_the_nfc_text(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"\xef\xbb\xbf" + unicodedata.normalize("NFD", TEXT).replace("\n", "\r\n").encode())
    assert read("a.txt").text == TEXT


def test_unknown_suffix(folder: Path) -> None:
    (folder / "a.exe").write_bytes(b"MZ\x90\0\x03\0\0\0" * 40)
    with pytest.raises(UnsupportedFormat, match=r"a\.exe"):
        read("a.exe")


def test_a_text_of_a_thousand_pages_is_no_report(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr("pipeline.read.TEXT_LIMIT", len(TEXT))
    read("a.txt")
    monkeypatch.setattr("pipeline.read.TEXT_LIMIT", len(TEXT) - 1)
    with pytest.raises(UnreadableDocument, match="the text is longer than"):
        read("a.txt")


def test_what_may_hold_many_reports_is_no_single_one(folder: Path) -> None:
    for name, data in (("a.csv", b"id,text\n1,x\n"), ("a.zip", zip_of({"a.txt": b"x"})), ("a.txt", tar_of({"x": b""}))):
        (folder / name).write_bytes(data)
        with pytest.raises(UnsupportedFormat, match="the file may hold many reports"):
            read(name)


def test_the_encoding_that_is_asked_for(folder: Path) -> None:
    (folder / "a.txt").write_bytes(encode_text(TEXT, "viscii"))
    for options in (ReadOptions(), ReadOptions(encoding="viscii")):
        report = read("a.txt", options=options)
        assert (report.text, report.source.encoding) == (TEXT, "viscii")
        assert report.source.sha256 == hashlib.sha256(encode_text(TEXT, "viscii")).hexdigest()
    (folder / "b.txt").write_bytes(TEXT.encode())
    assert not read("b.txt", options=ReadOptions(encoding="utf-8")).source.notes


def test_string_and_file_give_the_same_report(folder: Path) -> None:
    (folder / "a.txt").write_bytes(TEXT.encode())
    assert read_string(TEXT, path="a.txt") == read("a.txt")


@pytest.mark.parametrize("text", ["", " \n", "a\ud800"])
def test_strings_that_no_file_holds(text: str) -> None:
    with pytest.raises(UnreadableDocument):
        read_string(text)


@given(st.text(min_size=1, alphabet=st.characters(exclude_categories=["C", "Z"])))
def test_ids_are_of_the_content(text: str) -> None:
    one, other = read_string(text, path="a"), read_string(text, path="b")
    assert one.source.id == other.source.id == document_id(hashlib.sha256(text.encode()).hexdigest())
    assert read_string(text + "x").source.id != one.source.id


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", *OLD_CODES])
def test_a_report_is_the_same_in_every_encoding(folder: Path, encoding: str) -> None:
    (folder / "a.txt").write_bytes(encode_text(TEXT, encoding))
    report = read("a.txt")
    assert report.text == TEXT
    assert report.blocks == read_string(TEXT).blocks


def test_what_was_done_to_a_text_is_noted(folder: Path) -> None:
    (folder / "a.txt").write_bytes(TEXT.replace("Sở Y tế", "S\u00ad\u1edf\u00a0Y tế").encode())
    source = read("a.txt").source
    assert [(note.code, note.count) for note in source.notes] == [("soft_hyphens", 1), ("spaces", 1)]
    assert read_string(TEXT).source.notes == ()


def test_text_in_a_wrong_encoding_is_put_right_and_noted() -> None:
    report = read_string("Kết luận\n\nUû ban nh©n d©n tØnh yªu cÇu Së Y tÕ b¸o c¸o.\n")
    assert report.text == "Kết luận\n\nUỷ ban nhân dân tỉnh yêu cầu Sở Y tế báo cáo.\n"
    assert [(note.code, note.detail) for note in report.source.notes] == [("misread_text", "tcvn3")]


def test_the_quality_of_the_text_is_told() -> None:
    good = read_string(TEXT).source.quality
    assert good is not None and good.level == "good"
    bad = read_string("Chu tich UBND tinh yeu cau So Y te bao cao truoc ngay 30/6 ket qua thuc hien").source.quality
    assert bad is not None and bad.level == "no_diacritics"
