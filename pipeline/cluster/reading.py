"""The first pass: files to reports that lie in the storage, and which of them are kept."""

from __future__ import annotations

import posixpath
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from pipeline.batch.faults import Fault
from pipeline.batch.jobs import unpack_report
from pipeline.cluster.scheduler import count_threads, spread
from pipeline.cluster.storage import Storage
from pipeline.cluster.tasks import FileGroup, KeptReport, Settings, SpooledReport, decode_files_read, read_files
from pipeline.errors import ClusterError
from pipeline.read.assignment import KnownReports
from pipeline.read.duplicates import DuplicateFinder, Findings, Sketch
from pipeline.read.folder import InputFile
from pipeline.read.formats import FORMATS
from pipeline.read.readers import CONTAINERS
from pipeline.records import Report, Skipped

Tell = Callable[[int, int], None]
# Groups of files for each thread, so that all have done about when the last one has.
_GROUPS = 8
_sketches = msgspec.msgpack.Decoder(Sketch)


class _Spooled:
    """The reports put by, by number: a few bytes of memory each."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._spools: list[str] = []
        self._places = array("Q")

    def append(self, report: SpooledReport) -> None:
        """One more."""
        if not self._spools or self._spools[-1] != report.spool:
            self._spools.append(report.spool)
        self._places.extend((len(self._spools) - 1, report.start, report.end))

    def place(self, number: int) -> tuple[str, int, int]:
        """The spool a report lies in, and from where to where."""
        spool, start, end = self._places[3 * number : 3 * number + 3]
        return self._spools[spool], start, end

    def __getitem__(self, number: int, /) -> Report:
        return unpack_report(self._storage.read(*self.place(number)))


class Reading:
    """What the files hold: so many `items`, each a report or a fault at its path; what was passed over."""

    def __init__(self, client: Any, settings: Settings, known: KnownReports, *, find_duplicates: bool) -> None:
        self.items = 0
        self.faults: list[tuple[str, Fault]] = []
        self.skipped: list[Skipped] = []
        self._client = client
        self._settings = settings
        self._known = known
        self._paths: list[str] = []
        self._ids: list[str] = []
        self._spooled = _Spooled(Storage(settings.storage))
        self._finder = DuplicateFinder(self._spooled) if find_duplicates else None

    def read(self, files: Sequence[InputFile], tell: Tell) -> None:
        """Reads the files on the workers. Raises ClusterError, also where what they write can't be seen from here."""
        groups = _group(files, -(-len(files) // (_GROUPS * count_threads(self._client))), self._settings.part)
        answers: dict[str, bytes] = {}
        done = 0
        tell(done, len(files))
        tasks = ((group, (self._known.part(file.path for file in group.files), self._settings)) for group in groups)
        for group, answer in spread(self._client, read_files, tasks, _halve_files):
            if isinstance(answer, Fault):
                self.items += len(group.files)
                self.faults += [(file.path, answer) for file in group.files]
            else:
                self._known.join((file.path for file in group.files), answer.known)
                answers[group.name] = answer.files
            done += len(group.files)
            tell(done, len(files))
        for name in sorted(answers):
            self._take(answers.pop(name))
        if self._paths and not Storage(self._settings.storage).exists(self._spooled.place(0)[0]):
            raise ClusterError(
                "what the workers write can't be seen from here",
                where=self._settings.storage,
                remedy="Give an --out that all machines see: a shared folder, or an object store (s3://…)",
            )

    def find_duplicates(self) -> Findings:
        """Which of the reports are kept, and what the others are to them; all are where they weren't looked for."""
        return self._finder.find() if self._finder else Findings({}, (), ())

    def kept(self, findings: Findings) -> Iterator[KeptReport]:
        """The reports to extract, in the order of the files, versions with those that they follow."""
        dropped = {duplicate.path for duplicate in findings.duplicates}
        earlier: dict[str, list[str]] = defaultdict(list)
        for pair in findings.versions:
            earlier[pair.later].append(pair.earlier)
        concerned = {path for paths in earlier.values() for path in paths}
        numbers = {path: number for number, path in enumerate(self._paths) if path in concerned}
        ids: Counter[str] = Counter()

        def kept(number: int, id_: str, versions: tuple[KeptReport, ...] = ()) -> KeptReport:
            path = self._paths[number]
            spool, start, end = self._spooled.place(number)
            sources = findings.sources.get(path, ())
            return KeptReport(path=path, spool=spool, start=start, end=end, id=id_, sources=sources, earlier=versions)

        for number, path in enumerate(self._paths):
            if path in dropped:
                continue
            id_ = self._ids[number]
            ids[id_] += 1
            # The id of the bytes; of bytes met before, where duplicates are kept, with its number among them.
            own = id_ if ids[id_] == 1 else f"{id_}-{ids[id_]}"
            versions = [numbers[path] for path in earlier.get(path, ()) if path not in dropped]
            yield kept(number, own, tuple(kept(version, self._ids[version]) for version in versions))

    def _take(self, answer: bytes) -> None:
        files = decode_files_read(answer)
        self.items += files.items
        self.faults += files.faults
        self.skipped += files.skipped
        for report in files.reports:
            sketch = _sketches.decode(report.sketch)
            self._paths.append(sketch.entry.path)
            self._ids.append(sketch.entry.id)
            self._spooled.append(report)
            if self._finder is not None:
                self._finder.add(sketch)


def _group(files: Sequence[InputFile], count: int, most: int) -> Iterator[FileGroup]:
    """The files in groups of about so many; an archive or a table, which holds many reports, by itself. Where the
    groups are cut shows in nothing that is written."""
    many = {suffix for name in CONTAINERS for suffix in FORMATS[name].suffixes}
    group: list[InputFile] = []
    number = 0

    def made() -> FileGroup:
        nonlocal number
        number += 1
        return FileGroup(name=f"{number:08}", files=tuple(group))

    for file in files:
        alone = posixpath.splitext(file.path)[1].lower() in many
        if group and (alone or len(group) >= max(1, min(count, most))):
            yield made()
            group = []
        group.append(file)
        if alone:
            yield made()
            group = []
    if group:
        yield made()


def _halve_files(group: FileGroup) -> Sequence[FileGroup]:
    middle = len(group.files) // 2
    halves = (group.files[:middle], group.files[middle:]) if middle else ()
    return [FileGroup(name=f"{group.name}.{number}", files=files) for number, files in enumerate(halves)]
