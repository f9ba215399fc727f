"""The streams that containers are read through: bytes counted, faults told as the project's errors, no going round.
"""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from pipeline.errors import LimitExceeded, UnreadableDocument
from pipeline.read.limits import LARGEST_READ, MIB, Budget, shown_size

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

FAULTS = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, ValueError, OverflowError,
    LookupError, NotImplementedError, RuntimeError, struct.error,
)  # fmt: skip
"""What the libraries that unpack raise on broken data. Not caught here: MemoryError and defects of the program."""


class Readable(Protocol):
    """What gives bytes."""

    def read(self, size: int = -1, /) -> bytes:
        """At most so many bytes, none at the end."""


class _Forward(io.RawIOBase):
    """A stream that is read from its beginning to its end."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        data = self.take(len(view))
        view[: len(data)] = data
        return len(data)

    def take(self, size: int) -> bytes:
        """At most so many bytes, none at the end."""
        raise NotImplementedError


class _Unpacked(_Forward):
    def __init__(self, stream: Readable, where: str, budget: Budget | None) -> None:
        self._stream = stream
        self._where = where
        self._budget = budget

    def take(self, size: int) -> bytes:
        try:
            data = self._stream.read(size)
        except UnreadableDocument:
            raise
        except FAULTS as error:
            raise broken(self._where, error) from error
        if self._budget is not None:
            self._budget.spend(len(data))
        return data


class _Rejoined(_Forward):
    def __init__(self, head: bytes, rest: Readable) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def take(self, size: int) -> bytes:
        if not self._head:
            return self._rest.read(size)
        part = bytes(self._head[:size])
        self._head = self._head[size:]
        return part


def unpacked(stream: Readable, where: str, budget: Budget | None = None) -> BinaryIO:
    """The stream of a member, with each byte spent from the budget, as it is unpacked.

    Its reading raises UnreadableDocument where the stream can't be unpacked, and LimitExceeded as the budget does.
    """
    return cast(BinaryIO, io.BufferedReader(_Unpacked(stream, where, budget), 1 << 16))


def rejoined(head: bytes, rest: Readable) -> BinaryIO:
    """A stream from whose beginning some bytes were read already, with those bytes again before the others."""
    return cast(BinaryIO, io.BufferedReader(_Rejoined(head, rest), 1 << 16))


def read_head(stream: Readable, size: int) -> bytes:
    """So many bytes from the stream, or all there are."""
    parts: list[bytes] = []
    while size > 0 and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def broken(where: str, error: Exception) -> UnreadableDocument:
    """The error for a member or an archive that can't be unpacked."""
    return UnreadableDocument(
        "it can't be unpacked ({reason})",
        where=where,
        remedy="It is damaged or of an unknown kind: fetch it again, or unpack it and give the files",
        reason=str(error) or type(error).__name__,
    )


class Guarded:
    """A stream as the libraries that read archives see it: no single read above `LARGEST_READ`, for they take lists of
    members and long headers whole; and where `forward`, no going back, so that none can be led round in a circle.

    Goes forward by reading where the stream itself can't seek.
    """

    def __init__(self, stream: BinaryIO, where: str, *, forward: bool = False) -> None:
        self._stream = stream
        self._where = where
        self._forward = forward
        self._place = 0
        self.last = b""
        """What the last read gave."""

    def read(self, size: int = -1) -> bytes:
        """The next bytes, or all that are left. Raises LimitExceeded where they are more than `LARGEST_READ`."""
        data = self._stream.read(LARGEST_READ + 1 if size < 0 else min(size, LARGEST_READ + 1))
        if len(data) > LARGEST_READ:
            raise LimitExceeded(
                "the archive's list of members is larger than {limit}",
                where=self._where,
                remedy="Unpack it and give the folder, or split it",
                limit=shown_size(LARGEST_READ),
            )
        self._place += len(data)
        self.last = data
        return data

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Goes to the place. Raises ValueError where that is backwards and only forwards is allowed."""
        if not self._forward:
            self._place = self._stream.seek(offset, whence)
            return self._place
        if whence != io.SEEK_SET or offset < self._place:
            raise ValueError("the archive points backwards")
        while self._place < offset and self.read(min(offset - self._place, MIB)):
            pass
        return self._place

    def tell(self) -> int:
        """How many bytes lie before the place."""
        return self._place if self._forward else self._stream.tell()

    def seekable(self) -> bool:
        """Always: for what can't seek, forward goes."""
        return True

    def close(self) -> None:
        """Nothing: the stream is closed by who opened it."""
