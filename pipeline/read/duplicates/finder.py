"""Which reports of a batch are kept, and what the others are to them."""

from __future__ import annotations

import hashlib
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from pipeline.read.duplicates.comparison import Comparison, compare, titles_contradict
from pipeline.read.duplicates.identity import address_key, number_key
from pipeline.read.duplicates.signatures import Signatures, sign
from pipeline.read.duplicates.wording import Wording, read_wording
from pipeline.records import Duplicate, Relation, Report, Source

# A candidate whose signature promises less is no near copy (`comparison.OF_SHORTER` and `OF_LONGER` make 0.35).
_LEAST_ESTIMATE = 0.2
# The kept reports that one is aligned with, the most similar first: a copy's original is among the first, and a
# thousand weekly reports of one template needn't all be aligned with each other.
_MOST_ALIGNED = 10
# Two texts under one address with less in common are two reports, not versions of one.
_VERSION_SHARE = 0.3
_WORDINGS_HELD = 512
_NO_DAY = "9999"


class VersionPair(NamedTuple):
    """Two versions of one report, by their paths: the earlier published first; of one day, the first path."""

    earlier: str
    later: str


class Findings(NamedTuple):
    """What is kept and what isn't: for each kept path that has any, its sources; the rows of the duplicates; the pairs
    of versions. All by path."""

    sources: dict[str, tuple[Source, ...]]
    duplicates: tuple[Duplicate, ...]
    versions: tuple[VersionPair, ...]


class Entry(NamedTuple):
    """What is held of a report in memory."""

    path: str
    id: str
    sha256: bytes
    text: bytes
    wording: bytes
    words: int
    press: bool
    title: str | None
    published: str | None
    publisher: str | None
    url: str | None
    number: str | None
    document_key: str | None


class Sketch(NamedTuple):
    """What duplicates are found by: can be made of each report apart, in another process, and put by. `signature` is
    its slots as little-endian numbers of four bytes."""

    entry: Entry
    signature: bytes


class Reports(Protocol):
    """The reports that sketches were made of, by the number they were added under."""

    def __getitem__(self, number: int, /) -> Report:
        """One report."""


def sketch(report: Report) -> Sketch:
    """The sketch of a report. Linear in its text."""
    source = report.source
    wording = read_wording(report)
    entry = Entry(
        path=source.path,
        id=source.id,
        sha256=bytes.fromhex(source.sha256),
        text=_digest(report.text.split()),
        wording=_digest(wording.keys),
        words=len(wording),
        press=source.genre == "news",
        title=source.title,
        published=source.published,
        publisher=source.publisher,
        url=source.url,
        number=source.number,
        document_key=number_key(source),
    )
    return Sketch(entry, sign(wording).astype("<u4").tobytes())


class DuplicateFinder:
    """Takes reports one after the other and tells in the end which are kept. The order they come in changes nothing.

    Of duplicates the one with the longest body is kept (in words; captions, links and bylines don't count), of several
    the one published first, of these the first path; a version of an address goes before what is none. Each duplicate
    is a near copy of the kept report itself, never only of another duplicate. Holds about 2 kB of memory a report;
    `reports` has them, by number, where two must be looked at.
    """

    def __init__(self, reports: Reports) -> None:
        self._reports = reports
        self._entries: list[Entry] = []
        self._signatures = Signatures()
        self._wordings: OrderedDict[int, Wording] = OrderedDict()

    def add(self, sketch: Sketch) -> None:
        """Takes the sketch of the report whose number comes next. Paths must differ."""
        import numpy as np

        self._signatures.append(np.frombuffer(sketch.signature, dtype="<u4"))
        self._entries.append(sketch.entry)

    def find(self) -> Findings:
        """The findings over all reports added."""
        groups = self._same_texts()
        pairs = self._versions(list(groups))
        versions = {number for pair in pairs for number in pair}
        joined = self._near_copies(list(groups), versions)
        sources: dict[int, list[Source]] = defaultdict(list)
        duplicates = []
        for first, members in groups.items():
            kept, similarity = joined.get(first, (first, None))
            for number in members:
                if number == kept:
                    continue
                relation = self._relation(number, kept)
                near = similarity if relation == "near_copy" else None
                sources[kept].append(self._source(number, relation, near))
                duplicates.append(
                    Duplicate(
                        path=self._entries[number].path, of=self._entries[kept].path, relation=relation, similarity=near
                    )
                )
        for (earlier, later), similarity in pairs.items():
            sources[earlier].append(self._source(later, "version", similarity))
            sources[later].append(self._source(earlier, "version", similarity))
        paths = {number: entry.path for number, entry in enumerate(self._entries)}
        return Findings(
            sources={
                paths[number]: tuple(sorted(found, key=lambda source: source.path))
                for number, found in sorted(sources.items(), key=lambda item: paths[item[0]])
            },
            duplicates=tuple(sorted(duplicates, key=lambda duplicate: duplicate.path)),
            versions=tuple(sorted(VersionPair(paths[earlier], paths[later]) for earlier, later in pairs)),
        )

    def _same_texts(self) -> dict[int, list[int]]:
        """The reports with the same text, or the same bytes, under the one of them that is kept."""
        first_text: dict[bytes, bytes] = {}
        for entry in self._entries:
            first_text[entry.sha256] = min(entry.text, first_text.get(entry.sha256, entry.text))
        groups: dict[bytes, list[int]] = defaultdict(list)
        for number, entry in enumerate(self._entries):
            groups[first_text[entry.sha256]].append(number)
        return {min(members, key=self._preference): members for members in groups.values()}

    def _versions(self, firsts: list[int]) -> dict[tuple[int, int], float]:
        """Each two versions that follow each other, the earlier first, with their similarity."""
        found: dict[tuple[int, int], float] = {}
        by_address = self._keyed((address_key(self._entries[number].url), number) for number in firsts)
        by_document = self._keyed((self._entries[number].document_key, number) for number in firsts)
        for groups, kind in ((by_address, "address"), (by_document, "document")):
            for members in groups:
                # Of the same words and title (saved twice, with other links around) one stands for all.
                distinct = {(self._entries[n].wording, self._entries[n].title): n for n in reversed(members)}
                ordered = [number for number in members if number in distinct.values()]
                for earlier, later in zip(ordered, ordered[1:], strict=False):
                    comparison = self._compare(earlier, later)
                    # A document scanned twice differs in its letters, not in what it says.
                    copies = kind == "document" and comparison.near_copy
                    if comparison.of_shorter >= _VERSION_SHARE and not copies:
                        found.setdefault((earlier, later), comparison.similarity)
        return found

    def _keyed(self, keyed: Iterable[tuple[str | None, int]]) -> list[list[int]]:
        """The groups of two and more under one key, each in the order of publication."""
        groups: dict[str, list[int]] = defaultdict(list)
        for key, number in keyed:
            if key is not None:
                groups[key].append(number)
        order = {number: self._chronology(number) for members in groups.values() for number in members}
        return [sorted(members, key=order.__getitem__) for members in groups.values() if len(members) > 1]

    def _near_copies(self, firsts: list[int], versions: set[int]) -> dict[int, tuple[int, float]]:
        """What each near copy is one of, and how near it is."""
        import numpy as np

        ordered = sorted(firsts, key=lambda number: (number not in versions, *self._preference(number)))
        candidates = self._signatures.candidates(np.array(ordered, dtype=np.int64))
        kept = np.zeros(len(ordered), dtype=bool)
        joined: dict[int, tuple[int, float]] = {}
        for place, number in enumerate(ordered):
            if number not in versions:
                for other in candidates.before(place, kept, least=_LEAST_ESTIMATE, most=_MOST_ALIGNED):
                    comparison = self._compare(ordered[other], number)
                    if comparison.near_copy and not self._heads_differ(ordered[other], number):
                        joined[number] = (ordered[other], comparison.similarity)
                        break
            kept[place] = number not in joined
        return joined

    def _compare(self, one: int, other: int) -> Comparison:
        first, second = self._entries[one], self._entries[other]
        return compare(self._wording(one), self._wording(other), press=first.press and second.press)

    def _wording(self, number: int) -> Wording:
        wording = self._wordings.pop(number, None)
        if wording is None:
            wording = read_wording(self._reports[number])
            if len(self._wordings) >= _WORDINGS_HELD:
                self._wordings.popitem(last=False)
        self._wordings[number] = wording
        return wording

    def _heads_differ(self, one: int, other: int) -> bool:
        """Whether their numbers, or the numbers in their titles, make them two reports."""
        first, second = self._entries[one], self._entries[other]
        if first.number and second.number and first.number != second.number:
            return True
        return titles_contradict(first.title, second.title)

    def _preference(self, number: int) -> tuple[int, str, str]:
        """What is kept sorts first."""
        entry = self._entries[number]
        return (-entry.words, *self._chronology(number))

    def _chronology(self, number: int) -> tuple[str, str]:
        entry = self._entries[number]
        return (entry.published or _NO_DAY, entry.path)

    def _relation(self, number: int, kept: int) -> Relation:
        one, other = self._entries[number], self._entries[kept]
        if one.sha256 == other.sha256:
            return "same_bytes"
        return "same_text" if one.text == other.text else "near_copy"

    def _source(self, number: int, relation: Relation, similarity: float | None) -> Source:
        entry = self._entries[number]
        return Source(
            path=entry.path,
            relation=relation,
            id=entry.id if relation == "version" else None,
            publisher=entry.publisher,
            url=entry.url,
            similarity=similarity,
        )


def _digest(words: Sequence[str]) -> bytes:
    return hashlib.blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=16).digest()
