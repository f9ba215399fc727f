"""The day counted from is always a parameter: nobody asks the clock but the command line."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "pipeline"
# The command line asks for the time of the run or the review; the batch measures how long it took and breaks off what
# takes too long.
MAY = {
    "cli.py": {"now"},
    "commands/following.py": {"now"},
    "commands/reviewing.py": {"now"},
    "batch/__init__.py": {"perf_counter"},
    "batch/jobs.py": {"perf_counter"},
    "batch/workers.py": {"monotonic"},
    "cluster/engine.py": {"perf_counter"},
}
CLOCKS = {
    "now",
    "utcnow",
    "today",
    "time",
    "localtime",
    "gmtime",
    "perf_counter",
    "monotonic",
    "process_time",
    "time_ns",
}


@pytest.mark.parametrize("module", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_clock(module: Path) -> None:
    asked = {
        node.func.attr
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
        and isinstance(node.func.value, ast.Name | ast.Attribute)
        and ast.unparse(node.func.value).split(".")[-1] in {"datetime", "date", "time"}
    }
    assert asked <= MAY.get(module.relative_to(PACKAGE).as_posix(), set())
