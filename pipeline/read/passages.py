"""Passages: the runs of a report's text that are given one role each.

A passage is a paragraph, or a part of one where a line holds several things: a page number between the halves of a
paragraph, what a reader has told the role of. The anatomy of press articles and of official documents splits further.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.read.paragraphs import Line, is_page_number
from pipeline.records import Block, BlockKind


@dataclass(slots=True)
class Passage:
    """A run of the text, stripped. `gap`: a blank line stands before it. `fixed`: its role is known and not to be told
    from words. `continues`: it goes on with the paragraph that a page number or running head interrupts; `interrupted`:
    its end is not its paragraph's."""

    start: int
    end: int
    text: str
    gap: bool
    kind: BlockKind = "paragraph"
    fixed: bool = False
    continues: bool = False
    interrupted: bool = False
    _flat: str | None = field(default=None, repr=False, compare=False)

    @property
    def flat(self) -> str:
        """The text with runs of white space folded to one blank."""
        if self._flat is None:
            self._flat = " ".join(self.text.split())
        return self._flat

    @property
    def plain(self) -> str:
        """The flat text without the marks of bold words and table cells around it."""
        return self.flat.strip("*_ |#")

    def split(self, at: Sequence[int]) -> list[Passage]:
        """The passage cut at offsets of the whole text, which must lie inside it in order; none is empty."""
        borders = [self.start, *at, self.end]
        pieces = []
        for first, last in zip(borders, borders[1:], strict=False):
            piece = _piece(self.text, self.start, first, last, gap=self.gap and first == self.start)
            if piece is not None:
                pieces.append(piece)
        return pieces


def clean_roles(text: str, given: Sequence[Block]) -> list[Block]:
    """Roles that a reader gives, in order, cut to the text and without white space around them.

    One that is blank falls away; of two that overlap the one that begins first keeps its run.
    """
    out: list[Block] = []
    at = 0
    for block in sorted(given, key=lambda block: (block.start, -block.end)):
        first, last = max(block.start, at), min(block.end, len(text))
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if first < last:
            out.append(Block(kind=block.kind, start=first, end=last))
            at = last
    return out


def find_passages(text: str, runs: Sequence[Sequence[Line]], given: Sequence[Block]) -> list[Passage]:
    """The passages in order: the paragraphs `runs`, cut where a role is given and at the page numbers inside them.

    `given` is as `clean_roles` gives it. Every character that isn't white space lies in exactly one passage.
    """
    roles = list(_with_page_numbers(runs, given))
    passages: list[Passage] = []
    at = role = 0
    for run in runs:
        first, last = run[0].start, run[-1].end
        first = max(first, at)
        fresh = True
        while first < last:
            while role < len(roles) and roles[role].end <= first:
                role += 1
            block = roles[role] if role < len(roles) and roles[role].start < last else None
            stop = last if block is None else max(block.start, first)
            piece = _piece(text, 0, first, stop, gap=_gap(text, passages, first))
            if piece is not None:
                if not fresh and len(passages) > 1 and passages[-1].kind == "boilerplate" and not passages[-2].fixed:
                    piece.continues = passages[-2].interrupted = True
                passages.append(piece)
                fresh = False
            if block is None:
                break
            role += 1
            gap = _gap(text, passages, block.start)
            passages.append(
                Passage(block.start, block.end, text[block.start : block.end], gap, block.kind, fixed=True)
            )
            first = block.end
        at = max(at, last, passages[-1].end if passages else 0)
    return passages


def _with_page_numbers(runs: Sequence[Sequence[Line]], given: Sequence[Block]) -> Iterator[Block]:
    """The given roles and, outside them, the page numbers inside paragraphs as boilerplate; in order."""
    numbers = [
        Block(kind="boilerplate", start=line.start, end=line.end)
        for run in runs
        for line in run[1:-1]
        if is_page_number(line.text)
    ]
    at = 0
    role = 0
    for number in numbers:
        while role < len(given) and given[role].start < number.end:
            yield given[role]
            at = given[role].end
            role += 1
        if number.start >= at:
            yield number
            at = number.end
    yield from given[role:]


def _piece(text: str, offset: int, first: int, last: int, *, gap: bool) -> Passage | None:
    """The passage in [first, last) of the whole text without white space around it; `text` begins at `offset`."""
    body = text[first - offset : last - offset]
    words = body.strip()
    if not words:
        return None
    start = first + len(body) - len(body.lstrip())
    return Passage(start, start + len(words), words, gap)


def _gap(text: str, passages: Sequence[Passage], start: int) -> bool:
    """Whether a blank line stands between the last passage and `start`."""
    return text[passages[-1].end if passages else 0 : start].count("\n") > 1
