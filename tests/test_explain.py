"""What was read at a place."""

from __future__ import annotations

import pytest

from pipeline.explain import explain
from pipeline.read import read_string
from pipeline.records import Finding, Report

TEXT = "Họp giao ban"


@pytest.fixture(autouse=True)
def findings(monkeypatch: pytest.MonkeyPatch) -> None:
    spans = [("word", 4, 8), ("block", 0, 12), ("word", 9, 12), ("cue", 4, 8), ("person", 0, 3)]

    def read(report: Report) -> list[Finding]:
        return [Finding(kind=k, start=s, end=e, exact=report.text[s:e], rule="r", value="v") for k, s, e in spans]

    monkeypatch.setattr("pipeline.document.findings", read)


@pytest.mark.parametrize(
    ("offset", "kinds"),
    [(0, ["block", "person"]), (3, ["block"]), (4, ["block", "cue", "word"]), (8, ["block"]), (11, ["block", "word"])],
)
def test_widest_first(offset: int, kinds: list[str]) -> None:
    assert [finding.kind for finding in explain(read_string(TEXT), offset)] == kinds


@pytest.mark.parametrize("offset", [-1, len(TEXT)])
def test_outside_the_text(offset: int) -> None:
    with pytest.raises(IndexError):
        explain(read_string(TEXT), offset)
