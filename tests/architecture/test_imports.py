"""One way only: which part of the package may import which."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "pipeline"
ROOMS = ("read", "language", "dates", "registry", "extraction", "link", "clarity", "store", "follow", "report")
# What every room may import, and what only the parts around the rooms may.
HALLWAY = {"records", "errors", "lexicon"}
AROUND = {
    "__init__", "__main__", "cli", "commands", "terminal", "batch", "cluster", "document", "spacy_component",
    "evaluate", "evaluate_follow", "evaluate_clarity", "chains", "explain", "date_lines", "messages",
}  # fmt: skip
# The hallway itself: what each may import.
HALLWAY_MAY = {"records": set[str](), "errors": set[str](), "lexicon": {"errors"}, "messages": {"errors", "records"}}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def part_of(module: Path) -> str:
    """The room, or the module at the package's top."""
    first = module.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported_parts(module: Path) -> Iterator[tuple[str, int]]:
    """The parts of the package that a module imports, with the lines."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno}: a relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == "pipeline" and len(parts) > 1:
                yield "__init__" if parts[1].startswith("__") else parts[1], node.lineno


def name_of(module: Path) -> str:
    return module.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("module", modules(), ids=name_of)
def test_rooms_import_what_comes_before_them(module: Path) -> None:
    part = part_of(module)
    if part in ROOMS:
        allowed = HALLWAY | set(ROOMS[: ROOMS.index(part) + 1])
    elif part in HALLWAY_MAY:
        allowed = HALLWAY_MAY[part] | {part}
    else:
        allowed = HALLWAY | set(ROOMS) | AROUND
    wrong = [f"{name_of(module)}:{line}: {name}" for name, line in imported_parts(module) if name not in allowed]
    assert not wrong


def test_every_part_has_its_place() -> None:
    parts = {part_of(module) for module in modules()}
    assert parts <= {*ROOMS, *HALLWAY, *AROUND}


@pytest.mark.parametrize("module", modules(), ids=name_of)
def test_modules_say_what_they_are(module: Path) -> None:
    source = module.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(source)), f"{name_of(module)} has no docstring"


@pytest.mark.parametrize("module", modules(), ids=name_of)
def test_modules_are_named_for_the_thing_handled(module: Path) -> None:
    assert module.stem not in {"utils", "util", "helpers", "helper", "common", "misc", "manager", "core", "base"}
