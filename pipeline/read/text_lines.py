"""The lines of a text that is too large to be held: in the encoding of its beginning, each of a bounded length."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from pipeline.read.encodings import decode_bytes
from pipeline.read.encodings.code_table import OLD_CODES, code_table
from pipeline.read.encodings.names import UTF_8
from pipeline.read.folder import HEAD
from pipeline.read.limits import ROW_LIMIT
from pipeline.read.streams import read_head, rejoined
from pipeline.records import Note

_SAMPLE = 1 << 18
"""Bytes at the beginning from which the encoding is told."""


class LineTooLong(Exception):
    """A line above `ROW_LIMIT`; the next one can be read."""


class TextLines:
    """An iterator of the lines, with their ends, and without a byte order mark. `number` is that of the last one given,
    from 1; `encoding` and `notes` are those of the beginning.

    Bytes that aren't UTF-8 where the beginning was become lone surrogates: whoever takes a line tells its row. Raises
    UnreadableDocument at once where the beginning is no text, LineTooLong for a single line.
    """

    def __init__(self, stream: BinaryIO, where: str, forced: str | None) -> None:
        sample = read_head(stream, _SAMPLE)
        decoded = decode_bytes(_whole_lines(sample), where, forced)
        self.encoding = decoded.encoding
        self.notes: tuple[Note, ...] = decoded.notes
        self.number = 0
        self._table = code_table(self.encoding) if self.encoding in OLD_CODES else None
        self._stream = rejoined(sample, stream)
        self._text = None
        if self._table is None:
            errors = "surrogateescape" if self.encoding == UTF_8 else "replace"
            self._text = io.TextIOWrapper(self._stream, self.encoding, errors, newline="\n")

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        """The next line. Raises LineTooLong."""
        line = self._read()
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) > ROW_LIMIT:
            while line and not line.endswith("\n"):
                line = self._read()
            raise LineTooLong
        return line.removeprefix("\ufeff") if self.number == 1 else line

    def _read(self) -> str:
        if self._text is not None:
            return self._text.readline(ROW_LIMIT + 1)
        assert self._table is not None
        return self._table.decode(self._stream.readline(ROW_LIMIT + 1))


def _whole_lines(sample: bytes) -> bytes:
    """The sample without the piece of a line at its end, where it was cut; in UTF-16, whose line ends are two bytes,
    up to the cut, which is between two characters."""
    if len(sample) < _SAMPLE or b"\0" in sample[:HEAD]:
        return sample
    end = sample.rfind(b"\n") + 1
    return sample[:end] if end else sample
