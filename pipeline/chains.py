"""Chains: reports of one story over months, with the matters that they tell of as annotated.

A chain is a folder with its reports in the order of publication, `manifest.csv`, and `gold.json`: the matters with
their statements (tasks and progress) and their status as of given days, and the clarity slots of some tasks. See
corpus/chains/README.md. What `chidao follow` prints is read here too, in the same records.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import msgspec

from pipeline.errors import GoldError
from pipeline.read.normalise import normalise
from pipeline.records import Record

GOLD_NAME = "gold.json"

Place = tuple[str, int, int, str]
"""A statement: its file's name, where it begins and ends, and "task" or "progress"."""


class Statement(Record, frozen=True, kw_only=True):
    """A task or a progress statement of a matter, in gold or as printed."""

    path: str
    start: int
    end: int
    exact: str
    type: str
    progress: str | None = None

    @property
    def place(self) -> Place:
        """What tells it from the chain's other statements, however the path to its file was given."""
        return (PurePosixPath(self.path.replace("\\", "/")).name, self.start, self.end, self.type)


class Standing(Record, frozen=True, kw_only=True):
    """The status as `chidao follow` prints it."""

    progress: str = "unknown"
    timeliness: str = "no_deadline"
    basis: str = "none_found"


class FollowedMatter(Record, frozen=True, kw_only=True):
    """A matter as `chidao follow` prints it."""

    id: str
    statements: tuple[Statement, ...]
    title: str | None = None
    body: str | None = None
    deadline: str | None = None
    moved: int = 0
    status: Standing = Standing()

    def as_of(self, day: str) -> GoldStatus:
        """The status in the form of gold."""
        status = self.status
        return GoldStatus(
            as_of=day, progress=status.progress, timeliness=status.timeliness, basis=status.basis,
            deadline=self.deadline, moved=self.moved,
        )  # fmt: skip


class GoldStatus(Record, frozen=True, kw_only=True):
    """A matter's status as of a day."""

    as_of: str
    progress: str
    timeliness: str
    basis: str
    deadline: str | None = None
    moved: int = 0


class GoldMatter(Record, frozen=True, kw_only=True):
    """A matter as annotated."""

    id: str
    title: str
    statements: tuple[Statement, ...]
    body: str | None = None
    status: tuple[GoldStatus, ...] = ()


class Slot(Record, frozen=True, kw_only=True):
    """Words that fill a slot."""

    start: int
    end: int
    exact: str


class GoldClarity(Record, frozen=True, kw_only=True):
    """A task and what fills each slot of a profile; an empty slot is missing."""

    path: str
    start: int
    end: int
    exact: str
    profile: str
    slots: dict[str, tuple[Slot, ...]]


class GoldChain(Record, frozen=True, kw_only=True):
    """A chain's gold file."""

    matters: tuple[GoldMatter, ...]
    clarity: tuple[GoldClarity, ...] = ()


class Chain(NamedTuple):
    """A chain's gold, with its reports' canonical texts by file name."""

    name: str
    gold: GoldChain
    texts: Mapping[str, str]

    @property
    def days(self) -> list[str]:
        """The days that gold gives a status for."""
        return sorted({status.as_of for matter in self.gold.matters for status in matter.status})


def chain_names(folder: Path) -> list[str]:
    """The names of the folder's chains. Raises GoldError where there are none."""
    names = sorted(path.parent.name for path in folder.glob(f"*/{GOLD_NAME}"))
    if not names:
        raise GoldError(
            "the folder holds no chain", where=str(folder), remedy="Give a folder whose sub-folders hold gold.json"
        )
    return names


def read_chain(folder: Path) -> Chain:
    """A chain's gold and texts. Raises GoldError where the gold is not as described or not of these texts."""
    location = folder / GOLD_NAME
    try:
        gold = msgspec.json.decode(location.read_bytes(), type=GoldChain)
    except (OSError, msgspec.DecodeError) as error:
        raise GoldError(
            "the gold file is not as described ({reason})",
            where=str(location),
            remedy="Compare it with another gold file",
            reason=error,
        ) from error
    texts = {path.name: normalise(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))}
    for path, words in _quotations(gold):
        if texts.get(path, "")[words.start : words.end] != words.exact:
            raise GoldError(
                "a quotation is not in the text ({quote})",
                where=str(location),
                remedy="Copy it from the text as it stands",
                quote=words.exact[:80],
            )
    return Chain(folder.name, gold, texts)


def read_followed(data: bytes | str) -> list[FollowedMatter]:
    """The matters that `chidao follow --format json` printed. Raises GoldError."""
    try:
        return msgspec.json.decode(data, type=list[FollowedMatter])
    except msgspec.DecodeError as error:
        raise GoldError(
            "the followed matters are not as described ({reason})",
            where="",
            remedy="Give what `chidao follow --format json` printed",
            reason=error,
        ) from error


def _quotations(gold: GoldChain) -> Iterator[tuple[str, Statement | GoldClarity | Slot]]:
    for matter in gold.matters:
        yield from ((statement.path, statement) for statement in matter.statements)
    for task in gold.clarity:
        yield task.path, task
        yield from ((task.path, slot) for slots in task.slots.values() for slot in slots)
