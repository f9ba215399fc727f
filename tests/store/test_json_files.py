"""Documents as JSON files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import StoreError
from pipeline.read import read_string
from pipeline.records import Document, Report, encode_document
from pipeline.store.json_files import compact_document, document_path, indented, read_document, write_document

Extract = Callable[[Report], Document]


def test_paths() -> None:
    assert document_path("abcdef", many=False) == "json/abcdef.json"
    assert document_path("abcdef", many=True) == "json/ab/abcdef.json"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, alphabet=st.characters(exclude_categories=["Cs", "Cc"])), st.none() | st.text(max_size=9))
def test_round_trip(tmp_path: Path, extract: Extract, text: str, path: str | None) -> None:
    document = extract(read_string(f"{text}x\nBộ trưởng yêu cầu {text}", path="a"))
    write_document(document, tmp_path / "json" / "a.json")
    assert read_document(tmp_path / "json" / "a.json") == document


def test_a_document_on_one_line_is_the_same_indented(extract: Extract) -> None:
    document = extract(read_string("Họp \"a\\b\"\nBộ trưởng yêu cầu Sở Y tế phải báo cáo 100% trước 30/6"))
    line = compact_document(document)
    assert b"\n" not in line
    assert indented(line) == encode_document(document)


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b"[1]"])
def test_what_is_no_document(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.json").write_bytes(data)
    with pytest.raises(StoreError, match=r"a\.json"):
        read_document(tmp_path / "a.json")


def test_a_missing_document(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        read_document(tmp_path / "a.json")
