"""Damaged files of every format: the readers' own errors and no others, and none takes long.

A few here; 20,000 with `python -m tests.bench.fuzz`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.read.items import Item
from pipeline.read.readers import CONTAINERS, READERS
from tests.read.made_files import outcomes_of
from tests.read.mutated_files import CONVERTED, mutants, read_all, valid_files

# What a format that nothing reads yet is found as needs no file.
READ = frozenset(READERS.keys() | CONTAINERS.keys()) - CONVERTED


def test_there_is_a_file_of_every_format() -> None:
    assert valid_files().keys() >= READ


@pytest.mark.parametrize("format", sorted(READ))
def test_the_files_are_valid_before_they_are_damaged(folder: Path, format: str) -> None:
    Path("file").write_bytes(valid_files()[format])
    suffix = {"csv": ".csv", "jsonl": ".jsonl", "md": ".md"}.get(format, "")
    Path("file").rename(f"file{suffix}")
    assert any(isinstance(outcome, Item) for outcome in outcomes_of(f"file{suffix}"))


@pytest.mark.parametrize("format", sorted(READ))
def test_damaged_files(folder: Path, format: str) -> None:
    for mutant in mutants(5, 40, frozenset({format})):
        seconds = read_all(folder, mutant)
        assert seconds < 5, f"{mutant.format} {mutant.change}: {seconds:.1f} s"
