"""Offsets in UTF-16, for programs that count as JavaScript does: a character above U+FFFF counts two."""

from __future__ import annotations

from bisect import bisect_left


class Utf16Offsets:
    """The two ways of counting in one text, each to the other. Text without such characters costs nothing."""

    def __init__(self, text: str) -> None:
        self._text = text
        # The places of the characters that count two, in code points and in UTF-16.
        self._wide = [] if text.isascii() else [place for place, letter in enumerate(text) if letter > "\uffff"]
        self._wide16 = [place + before for before, place in enumerate(self._wide)]

    def from_code_points(self, offset: int) -> int:
        """The offset in UTF-16 of an offset in code points."""
        return offset + bisect_left(self._wide, offset)

    def to_code_points(self, offset: int) -> int:
        """The offset in code points of one in UTF-16. Raises ValueError where it falls inside a character."""
        before = bisect_left(self._wide16, offset)
        if before and self._wide16[before - 1] == offset - 1:
            raise ValueError(f"the offset {offset} is inside a character")
        return offset - before
