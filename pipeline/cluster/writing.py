"""The second pass: kept reports, a part at a time, to the files of the two tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from pipeline.batch.faults import Fault
from pipeline.batch.writing import Written, revised_report
from pipeline.cluster.scheduler import spread
from pipeline.cluster.tasks import KeptReport, Part, PartWritten, Settings, decode_part_written, write_part

Tell = Callable[[int, int], None]


class Writing:
    """What was written, and `faults` by path of the reports that gave no document."""

    def __init__(self, client: Any, settings: Settings) -> None:
        self.faults: list[tuple[str, Fault]] = []
        self._client = client
        self._settings = settings
        self._answers: dict[str, PartWritten] = {}

    def write(self, parts: Sequence[Part], tell: Tell) -> None:
        """Extracts the reports on the workers, which write the parts. Raises ClusterError."""
        total = sum(len(part.reports) for part in parts)
        done = 0
        tell(done, total)
        tasks = ((part, (self._settings,)) for part in parts)
        for part, answer in spread(self._client, write_part, tasks, _halve_part):
            if isinstance(answer, Fault):
                self.faults += [(kept.path, answer) for kept in part.reports]
            else:
                self._answers[part.name] = decode_part_written(answer)
                self.faults += self._answers[part.name].faults
            done += len(part.reports)
            tell(done, total)

    def written(self) -> Written:
        """What was written, in the order of the files."""
        answers = [self._answers[name] for name in sorted(self._answers)]
        return Written(
            reports=tuple(report for answer in answers for report in answer.reports),
            revised=tuple(revised_report(path, revision) for answer in answers for path, revision in answer.revised),
            conflicts=sum(answer.conflicts for answer in answers),
            digest_problem=None,
        )


def cut(reports: Iterable[KeptReport], size: int) -> Iterator[Part]:
    """The reports in parts of that size, the last one smaller."""
    held: list[KeptReport] = []
    number = 0
    for report in reports:
        held.append(report)
        if len(held) == size:
            yield Part(name=f"part-{number:05}", reports=tuple(held))
            held = []
            number += 1
    if held:
        yield Part(name=f"part-{number:05}", reports=tuple(held))


def _halve_part(part: Part) -> Sequence[Part]:
    middle = len(part.reports) // 2
    halves = (part.reports[:middle], part.reports[middle:]) if middle else ()
    return [Part(name=f"{part.name}-{number}", reports=reports) for number, reports in enumerate(halves)]
