"""Fixtures and options for all tests."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from pipeline.records import Document, Report
from tests.line_extraction import extract_lines

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
GOLDEN = Path(__file__).parent / "golden"

# The machine's speed is no property of the code.
settings.register_profile("chidao", deadline=None, max_examples=60)
settings.load_profile("chidao")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew instead of comparing")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything runs offline; whatever tries to connect fails."""

    def refuse(*_: object) -> None:
        raise AssertionError("a test tried to reach the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def root() -> Path:
    """The repository's folder."""
    return ROOT


@pytest.fixture(scope="session")
def gold_folder() -> Path:
    """The folder of real gold reports, which is no part of the repository."""
    folder = SHARED / "gold" / "dev"
    if not folder.is_dir():
        pytest.skip("the real gold reports aren't here: their texts belong to their publishers")
    return folder


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Asserts that the bytes are those of a file in tests/golden/; writes it only under --update-golden."""

    def check(name: str, data: bytes) -> None:
        location = GOLDEN / name
        if request.config.getoption("--update-golden"):
            location.parent.mkdir(parents=True, exist_ok=True)
            location.write_bytes(data)
        assert location.read_bytes() == data, f"{name} differs; if that is meant, run pytest --update-golden"

    return check


@pytest.fixture
def extract() -> Callable[[Report], Document]:
    """An extraction for tests of what is around it: each line with "yêu cầu" is a directive of one task."""
    return extract_lines


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder that is the working folder of the test."""
    monkeypatch.chdir(tmp_path)
    yield tmp_path
