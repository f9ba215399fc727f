"""The package as a user imports it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import pytest

import pipeline
from pipeline.errors import ManifestError, UnreadableDocument
from pipeline.read import read
from pipeline.read.manifest import ManifestEntry
from pipeline.records import Document, Report

HEAVY = ("spacy", "underthesea", "pandas", "numpy", "jinja2", "holidays")


@pytest.mark.parametrize("statement", ["import pipeline", "import pipeline.cli"])
def test_import_loads_nothing_heavy(root: Path, statement: str) -> None:
    code = f"import sys; {statement}; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={"PYTHONPATH": str(root)}, check=True
    )
    assert done.stdout.strip() == "[]"


def test_extract_gives_the_record_of_a_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch, extract: Callable[[Report], Document]
) -> None:
    monkeypatch.setattr("pipeline.document.extract_document", extract)
    text = "Họp\nChủ tịch yêu cầu Sở Y tế phải báo cáo trước 30/6\n"
    (folder / "a.txt").write_bytes(text.encode())
    entry = ManifestEntry(file="a.txt", published="2023-06-08", title="Họp")
    assert pipeline.extract(text, published="2023-06-08", title="Họp", path="a.txt") == extract(
        read("a.txt", entry=entry)
    )
    with pytest.raises(ManifestError, match="8/6"):
        pipeline.extract(text, published="8/6")
    with pytest.raises(UnreadableDocument):
        pipeline.extract("")


def test_package_is_typed_and_has_its_data() -> None:
    package = resources.files("pipeline")
    for name in ("py.typed", "messages.toml", "lexicon"):
        assert package.joinpath(name).is_file() or package.joinpath(name).is_dir()


def test_library_is_quiet() -> None:
    import logging

    handlers = logging.getLogger("pipeline").handlers
    assert [type(handler) for handler in handlers] == [logging.NullHandler]
    assert set(pipeline.__all__) == {"__version__", "extract", "load", "tables"}
