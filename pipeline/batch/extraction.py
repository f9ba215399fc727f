"""The second pass: every kept report extracted, by the workers, into the ledger."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator
from typing import NamedTuple

from pipeline.batch.faults import Fault
from pipeline.batch.fingerprint import key_of
from pipeline.batch.jobs import ExtractJob, ExtractResult, Failed, decode_result, encode
from pipeline.batch.reading import Reading
from pipeline.batch.workers import Workers
from pipeline.messages import Language
from pipeline.read.duplicates import Findings
from pipeline.store.ledger import Ledger

Tell = Callable[[int, int], None]


class ExtractedItem(NamedTuple):
    """An extraction in the ledger: the report's path and id, and the key it lies under."""

    path: str
    id: str
    key: bytes


class Extractions:
    """The reports kept of a reading: `reports` in the order of the files, `faults` by path of those that gave none."""

    def __init__(self, ledger: Ledger, workers: Workers, *, page: Language | None) -> None:
        self.reports: list[ExtractedItem] = []
        self.faults: list[tuple[str, Fault]] = []
        self._ledger = ledger
        self._workers = workers
        self._page = page

    def extract(self, reading: Reading, findings: Findings, tell: Tell) -> None:
        """Extracts what was read and is no duplicate."""
        total = sum(1 for _ in reading.reports) - len(findings.duplicates)
        failed: set[int] = set()
        waiting: deque[int] = deque()
        done = 0

        def told() -> None:
            nonlocal done
            done += 1
            tell(done, total)

        def jobs() -> Iterator[bytes]:
            dropped = {duplicate.path for duplicate in findings.duplicates}
            ids: Counter[str] = Counter()
            for read in reading.reports:
                if read.path in dropped:
                    continue
                ids[read.id] += 1
                # The id of the bytes; of bytes met before, where duplicates are kept, with its number among them.
                id_ = read.id if ids[read.id] == 1 else f"{read.id}-{ids[read.id]}"
                sources = findings.sources.get(read.path, ())
                key = key_of("extraction", read.key, id_, sources, self._page)
                self.reports.append(ExtractedItem(read.path, id_, key))
                if self._ledger.has_extraction(key):
                    told()
                    continue
                waiting.append(len(self.reports) - 1)
                report = self._ledger.reading(read.key).report
                yield encode(ExtractJob(report=report, id=id_, sources=sources, page=self._page))

        tell(0, total)
        for answer in self._workers.map(jobs()):
            number = waiting.popleft()
            result = Failed(fault=answer) if isinstance(answer, Fault) else decode_result(answer)
            if isinstance(result, ExtractResult):
                self._ledger.put_extraction(self.reports[number].key, result.extraction)
            elif isinstance(result, Failed):
                failed.add(number)
                self.faults.append((self.reports[number].path, result.fault))
            told()
        self.reports = [report for number, report in enumerate(self.reports) if number not in failed]
