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
from pipeline.read.manifest import ManifestEntry

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
    (folder / "a.pdf").write_bytes(b"x")
    with pytest.raises(UnsupportedFormat, match=r"a\.pdf"):
        read("a.pdf")


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
