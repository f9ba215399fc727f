"""The lexicon's files: text that a linguist edits, in one form."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

LEXICON = Path(__file__).parents[2] / "pipeline" / "lexicon"
FILES = sorted(path for path in LEXICON.rglob("*") if path.suffix in {".toml", ".txt"})


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(LEXICON)))
def test_utf8_nfc_with_lf_line_ends(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text
    assert not text.startswith("\ufeff")
    assert text.endswith("\n")


def test_nothing_else_lies_there() -> None:
    others = {path.suffix for path in LEXICON.rglob("*") if path.is_file() and path not in FILES}
    assert others <= {".py", ".pyc"}


def test_there_are_files() -> None:
    assert FILES
