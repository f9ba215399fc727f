"""Text that a spreadsheet must not run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.store.spreadsheet_text import defused, restored
from pipeline.store.task_rows import Value


@pytest.mark.parametrize(
    ("value", "safe"),
    [
        ("=1", "'=1"),
        ("+84", "'+84"),
        ("-", "'-"),
        ("@a", "'@a"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("'=1", "''=1"),
        ("'a", "'a"),
        ("a=1", "a=1"),
        ("", ""),
        (-1, -1),
        (None, None),
    ],
)
def test_defused(value: Value, safe: Value) -> None:
    assert defused(value) == safe


@given(st.text(alphabet="'=+-@\t\ra") | st.text())
def test_restored_is_the_inverse(text: str) -> None:
    safe = defused(text)
    assert isinstance(safe, str)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert restored(safe) == text
