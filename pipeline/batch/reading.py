"""The first pass: every file opened, every item in it read, duplicates found.

Files are opened here, for what manifests in archives say shows as they are; what is in them is read by the workers.
Reports lie in the ledger; in memory there is a path, an id and a key of each, and the sketches of the duplicates.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from pipeline.batch.faults import Fault, fault_of
from pipeline.batch.fingerprint import item_digest, key_of
from pipeline.batch.jobs import Failed, ReadJob, ReadResult, decode_result, encode, unpack_report
from pipeline.batch.workers import Workers
from pipeline.errors import ReadError
from pipeline.read.assignment import KnownReports
from pipeline.read.duplicates import DuplicateFinder, Findings, Sketch
from pipeline.read.folder import InputFile
from pipeline.read.items import Item, ReadOptions
from pipeline.read.sources import open_items
from pipeline.records import Report, Skipped
from pipeline.store.ledger import Ledger, StoredReading

Tell = Callable[[int, int], None]
_sketches = msgspec.msgpack.Decoder(Sketch)


class ReadItem(NamedTuple):
    """A report in the ledger: its path, the id of its bytes, and the key it lies under."""

    path: str
    id: str
    key: bytes


class _Numbered:
    """The reports by the number that their sketches were added under."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.keys: list[bytes] = []

    def __getitem__(self, number: int, /) -> Report:
        return unpack_report(self._ledger.reading(self.keys[number]).report)


class Reading:
    """What the files hold: `reports` in the order of the files, `faults` by path, what was passed over, and how many
    items there are of all."""

    def __init__(
        self, known: KnownReports, options: ReadOptions, ledger: Ledger, workers: Workers, *, find_duplicates: bool
    ) -> None:
        self.items = 0
        self.faults: list[tuple[str, Fault]] = []
        self.skipped: list[Skipped] = []
        self._slots: list[ReadItem | None] = []
        self._known = known
        self._options = options
        self._ledger = ledger
        self._workers = workers
        self._numbered = _Numbered(ledger)
        self._finder = DuplicateFinder(self._numbered) if find_duplicates else None
        # The slots and keys of items that are with the workers, in the order of their answers.
        self._waiting: deque[tuple[int, str, bytes]] = deque()

    @property
    def reports(self) -> Iterator[ReadItem]:
        return (slot for slot in self._slots if slot is not None)

    def read(self, files: Sequence[InputFile], tell: Tell) -> None:
        """Reads the files, in their order; `tell` is told how many of how many items are done, each file counted as one
        until it is opened."""
        for answer in self._workers.map(self._jobs(files, tell)):
            slot, path, key = self._waiting.popleft()
            result = Failed(fault=answer) if isinstance(answer, Fault) else decode_result(answer)
            if isinstance(result, ReadResult):
                reading = StoredReading(result.report, result.sketch)
                self._ledger.put_reading(key, reading)
                self._take(slot, path, key, reading)
            elif isinstance(result, Failed):
                self.faults.append((path, result.fault))

    def find_duplicates(self) -> Findings:
        """Which of the reports are kept, and what the others are to them; all are where they weren't looked for."""
        return self._finder.find() if self._finder else Findings({}, (), ())

    def _jobs(self, files: Sequence[InputFile], tell: Tell) -> Iterator[bytes]:
        tell(0, len(files))
        for number, file in enumerate(files, 1):
            before = self.items
            yield from self._jobs_of(file)
            # What is in the files behind shows as they are read: until then each counts as one.
            tell(self.items, self.items + len(files) - number)
            if self.items == before:
                raise AssertionError(f"{file.path} was lost")

    def _jobs_of(self, file: InputFile) -> Iterator[bytes]:
        try:
            for outcome in open_items(file, self._options, self._known):
                if isinstance(outcome, Skipped):
                    self.skipped.append(outcome)
                    continue
                self.items += 1
                if isinstance(outcome, ReadError):
                    self.faults.append((outcome.where or file.path, fault_of(outcome)))
                    continue
                job = self._job(outcome)
                if job is not None:
                    yield job
        except Exception as error:
            self.items += 1
            self.faults.append((file.path, fault_of(error)))

    def _job(self, item: Item) -> bytes | None:
        """What a worker is to do; null for what was done before."""
        entry = self._known.entry(item.path)
        container_entry = self._known.container_entry(item.path)
        key = key_of("reading", item_digest(item), entry, container_entry, self._options)
        slot = len(self._slots)
        self._slots.append(None)
        if self._ledger.has_reading(key):
            self._take(slot, item.path, key, self._ledger.reading(key))
            return None
        self._waiting.append((slot, item.path, key))
        return encode(ReadJob(item=item, entry=entry, container_entry=container_entry, options=self._options))

    def _take(self, slot: int, path: str, key: bytes, reading: StoredReading) -> None:
        sketch = _sketches.decode(reading.sketch)
        self._slots[slot] = ReadItem(path, sketch.entry.id, key)
        if self._finder is not None:
            self._numbered.keys.append(key)
            self._finder.add(sketch)
