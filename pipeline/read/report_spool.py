"""Reports put by on disk between two passes over a batch, so that no file is read twice and memory stays small."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import msgspec

from pipeline.errors import StoreError
from pipeline.records import Report


class ReportSpool:
    """Reports by the number they came in under, in an unnamed file in `folder` that goes when the spool is closed.

    Raises StoreError where the disk is full or the folder can't be written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ends = array("Q", [0])
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(Report)
        try:
            self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 (closed by the spool)
        except OSError as error:
            raise self._unwritable(error) from error

    def __enter__(self) -> ReportSpool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def append(self, report: Report) -> None:
        """One more report."""
        data = self._encoder.encode(report)
        try:
            self._file.seek(self._ends[-1])
            self._file.write(data)
        except OSError as error:
            raise self._unwritable(error) from error
        self._ends.append(self._ends[-1] + len(data))

    def __getitem__(self, number: int) -> Report:
        """The report that came in under the number. Raises IndexError."""
        if not 0 <= number < len(self):
            raise IndexError(number)
        start, end = self._ends[number], self._ends[number + 1]
        self._file.seek(start)
        return self._decoder.decode(self._file.read(end - start))

    def __iter__(self) -> Iterator[Report]:
        return (self[number] for number in range(len(self)))

    def close(self) -> None:
        """Frees the disk."""
        self._file.close()

    def _unwritable(self, error: OSError) -> StoreError:
        return StoreError(
            "the results can't be written ({reason})",
            where=str(self._folder),
            remedy="Choose another folder with --out, or make this one writable",
            reason=error.strerror or error,
        )
