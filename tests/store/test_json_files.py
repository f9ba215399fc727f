"""Documents as JSON files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import StoreError
from pipeline.read import read_string
from pipeline.records import Document, Report
from pipeline.store.json_files import StoredDocuments, document_path, read_document, write_document

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


def test_documents_are_read_as_asked_for(tmp_path: Path, extract: Extract) -> None:
    documents = [extract(read_string(text)) for text in ("một", "hai", "ba")]
    locations = [tmp_path / f"{number}.json" for number in range(3)]
    for document, location in zip(documents, locations, strict=True):
        write_document(document, location)
    stored = StoredDocuments(locations)
    assert list(stored) == documents
    assert list(stored) == documents
    assert stored[-1] == documents[-1]
    assert list(stored[1:]) == documents[1:]
    assert len(stored) == 3


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b"[1]"])
def test_what_is_no_document(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.json").write_bytes(data)
    with pytest.raises(StoreError, match=r"a\.json"):
        read_document(tmp_path / "a.json")


def test_a_missing_document(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        read_document(tmp_path / "a.json")
