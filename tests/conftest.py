"""Fixtures and options for all tests."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from pipeline.records import (
    SCHEMA_VERSION,
    Body,
    Cue,
    Deadline,
    Directive,
    Document,
    Evidence,
    Issuer,
    Meeting,
    Report,
    Target,
    Task,
    TextSpan,
)

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


def extract_lines(report: Report) -> Document:
    directives = []
    start = 0
    for line in report.text.split("\n"):
        issuer, cue, words = line.partition(" yêu cầu ")
        if cue:
            directives.append(_directive(report.text, start, issuer, words))
        start += len(line) + 1
    return Document(
        schema=SCHEMA_VERSION,
        document=report.source,
        text=report.text,
        blocks=report.blocks,
        abbreviations=(),
        meeting=Meeting(name=None, date=report.source.published, place=None, organizer=None, chairs=()),
        directives=tuple(directives),
    )


def _directive(text: str, line: int, issuer: str, words: str) -> Directive:
    cue = line + len(issuer) + 1
    start = cue + len("yêu cầu ")
    end = start + len(words)
    lead, _, action = words.partition(" phải ")
    at = words.find("trước ")
    deadline = Deadline(
        text=words[at:],
        start=None,
        end="2023-06-30",
        edtf="../2023-06-30",
        recurrence=None,
        evidence=Evidence(start=start + at, end=end, exact=words[at:], rule="before"),
    )
    task = Task(
        id=f"t{start}",
        span=TextSpan(
            start=start, end=end, exact=words, prefix=text[max(0, start - 8) : start], suffix=text[end : end + 8]
        ),
        action=action or words,
        lead=(Body(text=lead, name=lead, id="so-y-te", start=start, end=start + len(lead)),) if action else (),
        coordinating=(),
        deadline=deadline if at >= 0 else None,
        urgency=None,
        targets=(Target(text="100%", value=100.0, unit="%"),) if "100%" in words else (),
        confidence=0.9,
        rules=("cue", "list"),
    )
    return Directive(
        id=f"d{line}",
        kind="directive",
        issuer=Issuer(person=None, role=issuer, body=None, evidence=None),
        cue=Cue(verb="yêu cầu", force="order", start=cue, end=cue + 7),
        tasks=(task,),
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder that is the working folder of the test."""
    monkeypatch.chdir(tmp_path)
    yield tmp_path
