"""Glyphs set together to words, words to pieces of lines, pieces to rows across the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.read.pdf.letters import Glyph

_SAME_LINE = 0.3
"""How far, in sizes, the bases of one line's glyphs may lie apart (raised and lowered figures)."""
_SPACE = 0.18
"""A gap of so many sizes between glyphs that weren't drawn one after the other parts words."""
_COLUMN_GAP = 1.2
"""A gap of so many sizes parts pieces: no space of a justified line is that wide, but for very short ones."""
_FAR_GAP = 0.6
"""The same between glyphs that weren't drawn one after the other."""


class Word(NamedTuple):
    """A word and its place across the page."""

    text: str
    left: float
    right: float


class Piece(NamedTuple):
    """Words of one line that no wide gap parts."""

    words: tuple[Word, ...]
    base: float
    size: float

    @property
    def left(self) -> float:
        """Where it begins across the page."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where it ends across the page."""
        return self.words[-1].right

    @property
    def text(self) -> str:
        """Its words with single spaces."""
        return " ".join(word.text for word in self.words)


Row = list[Piece]
"""Pieces side by side, from left to right."""


def find_pieces(glyphs: Sequence[Glyph]) -> list[Piece]:
    """The pieces of lines, from the top down, those of one line from left to right. n log n in the glyphs."""
    pieces: list[Piece] = []
    spaced = {glyph.order for glyph in glyphs if glyph.spaced}
    for line in _lines(glyphs):
        pieces += _pieces(sorted(line, key=lambda glyph: (glyph.left, glyph.order)), spaced)
    return pieces


def _lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    lines: list[list[Glyph]] = []
    base = size = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: (-glyph.base, glyph.left)):
        if lines and base - glyph.base <= _SAME_LINE * max(size, glyph.size):
            lines[-1].append(glyph)
            size = max(size, glyph.size)
        else:
            lines.append([glyph])
            base, size = glyph.base, glyph.size
    return lines


def _pieces(line: list[Glyph], spaced: set[int]) -> list[Piece]:
    size = sorted(glyph.size for glyph in line)[len(line) // 2]
    bases = sorted(glyph.base for glyph in line)
    base = bases[len(bases) // 2]
    pieces: list[list[Word]] = [[]]
    run: list[Glyph] = []
    for glyph in line:
        if run:
            gap = glyph.left - max(before.right for before in run[-3:])
            follows = glyph.order == run[-1].order + 1
            if gap > (_COLUMN_GAP if follows else _FAR_GAP) * size:
                pieces[-1].append(_word(run))
                pieces.append([])
                run = []
            elif _parts_words(run[-1], glyph, gap, spaced):
                pieces[-1].append(_word(run))
                run = []
        run.append(glyph)
    pieces[-1].append(_word(run))
    return [Piece(tuple(words), base, size) for words in pieces]


def _parts_words(before: Glyph, glyph: Glyph, gap: float, spaced: set[int]) -> bool:
    """The order drawn knows its spaces (those that come before the glyphs of `spaced`), even where a poor width table
    sets the glyphs of a word apart."""
    if glyph.order == before.order + 1:
        return glyph.spaced
    if gap > _SPACE * min(before.size, glyph.size):
        return True
    return gap > 0 and (glyph.spaced or before.order + 1 in spaced)


def _word(run: list[Glyph]) -> Word:
    return Word("".join(glyph.text for glyph in run), run[0].left, max(glyph.right for glyph in run))


def find_rows(pieces: Sequence[Piece]) -> list[Row]:
    """Pieces that stand side by side, though their lines may be a little higher or lower, from the top down."""
    rows: list[Row] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.base, piece.left)):
        row = rows[-1] if rows else None
        if row is not None and _beside(row, piece):
            row.append(piece)
        else:
            rows.append([piece])
    for row in rows:
        row.sort(key=lambda piece: piece.left)
    return rows


def _beside(row: Row, piece: Piece) -> bool:
    first = row[0]
    if first.base - piece.base > 0.6 * min(first.size, piece.size):
        return False
    return all(piece.left >= other.right or piece.right <= other.left for other in row)
