"""Marks over a text, and the text split into runs that HTML elements can hold.

Marks may nest, cross and repeat. A text is split where any mark begins or ends; a mark that is crossed by another
is closed and opened again, so that the elements nest. Together the runs are the text: none of it is lost or doubled.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from pipeline.records import Block, BlockKind

MarkKind = Literal["task", "issuer", "cue", "lead", "coordinating", "deadline", "target"]
MARK_KINDS: tuple[MarkKind, ...] = get_args(MarkKind)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something read at `start`:`end`: its letter or number, what it says when pointed at, and the note it leads to."""

    kind: MarkKind
    start: int
    end: int
    label: str = ""
    title: str = ""
    href: str | None = None

    @property
    def id(self) -> str:
        """The name of the mark within its page, the same in every run over the same text."""
        return mark_id(self.kind, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Opening:
    """An element that opens for a mark; `begins` is false where it only goes on after a break."""

    mark: Mark
    begins: bool


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text, the elements that open before it, and how many close after it."""

    opened: tuple[Opening, ...]
    text: str
    closed: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the text: a block, or what stands between blocks (`kind` is null)."""

    kind: BlockKind | None
    start: int
    end: int


def mark_id(kind: MarkKind, start: int, end: int) -> str:
    """The name of a mark within its page."""
    return f"{kind}-{start}-{end}"


def find_segments(text: str, blocks: Sequence[Block]) -> list[Segment]:
    """The stretches that make up the text, in order and without a gap.

    Blocks that overlap or reach beyond the text are cut to what is left of them.
    """
    segments: list[Segment] = []
    at = 0
    for block in sorted(blocks, key=lambda block: (block.start, block.end)):
        start, end = max(block.start, at), min(block.end, len(text))
        if start >= end:
            continue
        if start > at:
            segments.append(Segment(None, at, start))
        segments.append(Segment(block.kind, start, end))
        at = end
    if at < len(text):
        segments.append(Segment(None, at, len(text)))
    return segments


def split_runs(text: str, segments: Sequence[Segment], marks: Iterable[Mark]) -> list[tuple[Run, ...]]:
    """The runs of each segment. Marks that are empty or reach outside the text must not be among `marks`."""
    waiting = sorted(marks, key=_nesting, reverse=True)
    reaching: list[Mark] = []
    runs: list[tuple[Run, ...]] = []
    for segment in segments:
        reaching = [mark for mark in reaching if mark.end > segment.start]
        while waiting and waiting[-1].start < segment.end:
            reaching.append(waiting.pop())
        runs.append(_split_segment(text, segment, reaching))
    return runs


def _split_segment(text: str, segment: Segment, marks: Sequence[Mark]) -> tuple[Run, ...]:
    """The runs of one segment; `marks` come in the order in which they nest."""
    borders = {segment.start, segment.end}
    for mark in marks:
        borders.update(border for border in (mark.start, mark.end) if segment.start < border < segment.end)
    points = sorted(borders)
    active: list[list[Mark]] = []
    reaching: list[Mark] = []
    upcoming = iter(marks)
    following = next(upcoming, None)
    for point in points[:-1]:
        reaching = [mark for mark in reaching if mark.end > point]
        while following is not None and following.start <= point:
            reaching.append(following)
            following = next(upcoming, None)
        active.append(list(reaching))
    runs: list[Run] = []
    before: list[Mark] = []
    for number, now in enumerate(active):
        after = active[number + 1] if number + 1 < len(active) else []
        start, end = points[number], points[number + 1]
        opened = tuple(Opening(mark, begins=mark.start == start) for mark in now[_shared(before, now) :])
        runs.append(Run(opened, text[start:end], closed=len(now) - _shared(now, after)))
        before = now
    return tuple(runs)


def _shared(outer: Sequence[Mark], inner: Sequence[Mark]) -> int:
    """How many marks both lists begin with."""
    count = 0
    for one, other in zip(outer, inner, strict=False):
        if one is not other:
            break
        count += 1
    return count


def _nesting(mark: Mark) -> tuple[int, int, int]:
    return (mark.start, -mark.end, MARK_KINDS.index(mark.kind))
