"""Scores: the pipeline's tasks against gold annotations.

A gold folder holds `ID.txt`, `ID.json` and a manifest with the days of publication. A gold file has `meeting`
(`date`, `chairs`) and `tasks`, each with `quote` (a copy of the text; `start` where it occurs more than once),
`kind`, `issuer`, `lead`, `coordinating` and `deadline` (`start`, `end`, `recurrence`).

A predicted and a gold task match when their spans share words at a Dice of 0.6 or more, best first, one to one.
A matched task's fields are right where names of bodies and roles share syllables at a Dice of 0.6 or more, names
of persons are the same, and deadlines have the same end (or start, or recurrence, where gold has no end).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from pipeline.errors import GoldError
from pipeline.read import read
from pipeline.read.assignment import KnownReports
from pipeline.read.folder import InputFile
from pipeline.read.manifest import MANIFEST_NAMES, read_manifest
from pipeline.read.normalise import normalise
from pipeline.records import Document, Record, Report

MATCH = 0.6
FIELDS = ("kind", "issuer", "lead", "coordinating", "deadline")
_WORD = re.compile(r"\w+")


class GoldIssuer(Record, frozen=True, kw_only=True):
    """Who gave a task: a person, an office or a body, null where it isn't told."""

    person: str | None = None
    role: str | None = None
    body: str | None = None


class GoldDeadline(Record, frozen=True, kw_only=True):
    """When it is to be done: ISO days, null where open."""

    start: str | None = None
    end: str | None = None
    recurrence: str | None = None


class GoldTask(Record, frozen=True, kw_only=True):
    """A task as annotated, or as predicted and brought into the same form."""

    kind: str
    quote: str
    start: int = -1
    end: int = -1
    issuer: GoldIssuer | None = None
    lead: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    deadline: GoldDeadline | None = None


class GoldMeeting(Record, frozen=True, kw_only=True):
    """The meeting as annotated: its day and the names of those who chaired it."""

    date: str | None = None
    chairs: tuple[str, ...] = ()


class GoldReport(Record, frozen=True, kw_only=True):
    """One report's tasks and meeting, as annotated or as predicted."""

    tasks: tuple[GoldTask, ...]
    meeting: GoldMeeting | None = None


class Rate(NamedTuple):
    """Precision and recall: `right` of `predicted`, `right` of `gold`."""

    right: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class Scores(NamedTuple):
    """The figures over some reports. The four shares are of matched tasks; `meeting_date` is of reports.

    `deadline_given_span` counts only the deadlines of matched tasks: how well deadlines are read and linked where
    the task itself was found.
    """

    reports: int
    tasks: Rate
    kind: float
    issuer: float
    lead: float
    coordinating: float
    deadline: Rate
    deadline_given_span: Rate
    complete: Rate
    meeting_date: float
    meeting_chairs: Rate

    def as_json(self) -> dict[str, Any]:
        """The figures as plain values, rounded to four places."""
        return {name: _plain(value) for name, value in self._asdict().items()}


class Evaluation(NamedTuple):
    """The scores over all reports and by group (the letters that a report's name begins with), and each
    disagreement as a line."""

    total: Scores
    groups: dict[str, Scores]
    misses: tuple[str, ...]

    def as_json(self, *, misses: bool) -> dict[str, Any]:
        """The figures as plain values, with the disagreements where asked for."""
        figures = {
            "total": self.total.as_json(),
            "groups": {group: scores.as_json() for group, scores in self.groups.items()},
        }
        return {**figures, "misses": list(self.misses)} if misses else figures


def evaluate(folder: Path, extract: Callable[[Report], Document], *, only: str = "") -> Evaluation:
    """Runs `extract` on every gold report whose name begins with `only`, and scores it.

    Raises GoldError where the folder holds none or a gold file is wrong, ManifestError and ReadError as reading
    does: a measurement over part of the gold would be no measurement.
    """
    known = _known_reports(folder)
    tallies: dict[str, Counter[str]] = {}
    misses: list[str] = []
    for name in gold_names(folder, only):
        report = read(folder / f"{name}.txt", entry=known.entry(f"{name}.txt"))
        gold = read_gold(folder / f"{name}.json", report.text)
        tally, lines = compare(gold, as_predicted(extract(report)), report.text)
        tallies.setdefault(group_of(name), Counter()).update(tally)
        misses += [f"{name}: {line}" for line in lines]
    total: Counter[str] = Counter()
    for tally in tallies.values():
        total.update(tally)
    return Evaluation(
        total=score(total),
        groups={group: score(tallies[group]) for group in sorted(tallies)},
        misses=tuple(misses),
    )


def gold_names(folder: Path, only: str = "") -> list[str]:
    """The names of the folder's gold reports. Raises GoldError where there are none."""
    names = sorted(path.stem for path in folder.glob("*.json") if path.stem.startswith(only) and _is_gold(path))
    if not names:
        raise GoldError(
            "the folder holds no gold file", where=str(folder), remedy="Give a folder with ID.json beside ID.txt"
        )
    return names


def read_gold(location: Path, text: str) -> GoldReport:
    """A gold file's tasks with their offsets in the text. Raises GoldError.

    A quotation without its own `start` is looked for after the one before it, then from the beginning.
    """
    try:
        gold = msgspec.json.decode(location.read_bytes(), type=GoldReport)
    except (OSError, msgspec.DecodeError) as error:
        raise GoldError(
            "the gold file is not as described ({reason})",
            where=str(location),
            remedy="Compare it with another gold file",
            reason=error,
        ) from error
    tasks, after = [], 0
    for task in gold.tasks:
        quote = normalise(task.quote)
        start = task.start if task.start >= 0 and text.startswith(quote, task.start) else text.find(quote, after)
        start = start if start >= 0 else text.find(quote)
        if start < 0:
            raise GoldError(
                "a quotation is not in the text ({quote})",
                where=str(location),
                remedy="Copy it from the text as it stands",
                quote=quote[:80],
            )
        after = start + 1
        tasks.append(msgspec.structs.replace(task, quote=quote, start=start, end=start + len(quote)))
    return GoldReport(tasks=tuple(tasks), meeting=gold.meeting)


def as_predicted(document: Document) -> GoldReport:
    """The document's tasks and meeting in the form of gold."""
    tasks = [
        GoldTask(
            kind=directive.kind,
            quote=task.span.exact,
            start=task.span.start,
            end=task.span.end,
            issuer=GoldIssuer(person=directive.issuer.person, role=directive.issuer.role, body=directive.issuer.body),
            lead=tuple(body.text or body.name for body in task.lead),
            coordinating=tuple(body.text or body.name for body in task.coordinating),
            deadline=GoldDeadline(start=task.deadline.start, end=task.deadline.end, recurrence=task.deadline.recurrence)
            if task.deadline
            else None,
        )
        for directive in document.directives
        for task in directive.tasks
    ]
    meeting = GoldMeeting(date=document.meeting.date, chairs=tuple(chair.name for chair in document.meeting.chairs))
    return GoldReport(tasks=tuple(tasks), meeting=meeting)


def compare(gold: GoldReport, predicted: GoldReport, text: str) -> tuple[Counter[str], list[str]]:
    """What there is to count in one report, and a line for each disagreement."""
    pairs = match(gold.tasks, predicted.tasks, text)
    tally: Counter[str] = Counter(
        reports=1,
        gold=len(gold.tasks),
        predicted=len(predicted.tasks),
        matched=len(pairs),
        gold_deadlines=sum(task.deadline is not None for task in gold.tasks),
        predicted_deadlines=sum(task.deadline is not None for task in predicted.tasks),
    )
    lines = []
    for one, other in ((gold.tasks[i], predicted.tasks[j]) for i, j in pairs):
        right = right_fields(one, other)
        tally.update(field for field in FIELDS if right[field])
        tally["complete"] += all(right.values())
        tally["matched_gold_deadlines"] += one.deadline is not None
        tally["matched_predicted_deadlines"] += other.deadline is not None
        tally["right_deadlines"] += one.deadline is not None and other.deadline is not None and right["deadline"]
        lines += [
            f"{field}: gold {_shown(getattr(one, field))} | got {_shown(getattr(other, field))} | {one.quote[:90]}"
            for field in FIELDS
            if not right[field]
        ]
    found, used = {i for i, _ in pairs}, {j for _, j in pairs}
    lines += [f"missed: {task.quote[:160]}" for i, task in enumerate(gold.tasks) if i not in found]
    lines += [f"extra: {task.quote[:160]}" for j, task in enumerate(predicted.tasks) if j not in used]
    _compare_meetings(gold.meeting or GoldMeeting(), predicted.meeting or GoldMeeting(), tally)
    return tally, lines


def match(gold: Sequence[GoldTask], predicted: Sequence[GoldTask], text: str) -> list[tuple[int, int]]:
    """One-to-one pairs of places in the two lists, best overlap first; of equals, the later in the lists first."""
    spans = [found.span() for found in _WORD.finditer(text)]
    gold_words = [_covered(spans, task) for task in gold]
    predicted_words = [_covered(spans, task) for task in predicted]
    overlaps = [
        (2 * len(one & other) / (len(one) + len(other)), i, j)
        for i, one in enumerate(gold_words)
        for j, other in enumerate(predicted_words)
        if one & other
    ]
    pairs: list[tuple[int, int]] = []
    for overlap, i, j in sorted(overlaps, reverse=True):
        if overlap >= MATCH and all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs


def right_fields(gold: GoldTask, predicted: GoldTask) -> dict[str, bool]:
    """Which fields of a matched task are right."""
    return {
        "kind": gold.kind == predicted.kind,
        "issuer": same_issuer(gold.issuer or GoldIssuer(), predicted.issuer or GoldIssuer()),
        "lead": same_bodies(gold.lead, predicted.lead),
        "coordinating": same_bodies(gold.coordinating, predicted.coordinating),
        "deadline": same_deadline(gold.deadline, predicted.deadline),
    }


def same_issuer(gold: GoldIssuer, predicted: GoldIssuer) -> bool:
    """A person must be the same; without one, the role or body; without any, nothing may be claimed."""
    if gold.person:
        return bool(predicted.person) and words(gold.person) == words(predicted.person)
    if predicted.person:
        return False
    if gold.role:
        return dice(gold.role, predicted.role or predicted.body) >= MATCH
    if gold.body:
        return dice(gold.body, predicted.body or predicted.role) >= MATCH
    return not (predicted.role or predicted.body)


def same_bodies(gold: Sequence[str], predicted: Sequence[str]) -> bool:
    """Both without a body, or the same ones by their syllables."""
    if not gold or not predicted:
        return not gold and not predicted
    return dice(" ".join(gold), " ".join(predicted)) >= MATCH


def same_deadline(gold: GoldDeadline | None, predicted: GoldDeadline | None) -> bool:
    """Both without one, or the same recurrence, else the same end, else the same start: the first that gold has."""
    if gold is None or predicted is None:
        return gold is None and predicted is None
    if gold.recurrence:
        return gold.recurrence.lower() in (predicted.recurrence or "").lower()
    if gold.end:
        return gold.end == predicted.end
    return gold.start == predicted.start


def dice(one: str | None, other: str | None) -> float:
    """The share of words in common, 0 to 1; 1 where neither has any."""
    a, b = Counter(words(one)), Counter(words(other))
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 1.0


def words(text: str | None) -> list[str]:
    """The words of a text without regard to case."""
    return _WORD.findall(normalise(text or "").casefold())


def score(tally: Mapping[str, int]) -> Scores:
    """The figures from what `compare` counted."""
    matched, reports = tally["matched"] or 1, tally["reports"] or 1
    return Scores(
        reports=tally["reports"],
        tasks=Rate(tally["matched"], tally["predicted"], tally["gold"]),
        kind=tally["kind"] / matched,
        issuer=tally["issuer"] / matched,
        lead=tally["lead"] / matched,
        coordinating=tally["coordinating"] / matched,
        deadline=Rate(tally["right_deadlines"], tally["predicted_deadlines"], tally["gold_deadlines"]),
        deadline_given_span=Rate(
            tally["right_deadlines"], tally["matched_predicted_deadlines"], tally["matched_gold_deadlines"]
        ),
        complete=Rate(tally["complete"], tally["predicted"], tally["gold"]),
        meeting_date=tally["meeting_date"] / reports,
        meeting_chairs=Rate(tally["chairs"], tally["predicted_chairs"], tally["gold_chairs"]),
    )


def group_of(name: str) -> str:
    """The letters that a report's name begins with: "n" of "n07", "ben-tre" of "ben-tre"."""
    return re.split(r"\d", name, maxsplit=1)[0] or name


def _compare_meetings(gold: GoldMeeting, predicted: GoldMeeting, tally: Counter[str]) -> None:
    chairs = {" ".join(words(name)) for name in gold.chairs}
    predicted_chairs = {" ".join(words(name)) for name in predicted.chairs}
    tally["meeting_date"] += (gold.date or None) == (predicted.date or None)
    tally["chairs"] += len(chairs & predicted_chairs)
    tally["gold_chairs"] += len(chairs)
    tally["predicted_chairs"] += len(predicted_chairs)


def _covered(spans: Iterable[tuple[int, int]], task: GoldTask) -> set[int]:
    return {place for place, (start, end) in enumerate(spans) if start >= task.start and end <= task.end}


def _is_gold(location: Path) -> bool:
    try:
        data = msgspec.json.decode(location.read_bytes())
    except msgspec.DecodeError as error:
        raise GoldError(
            "the gold file is not as described ({reason})",
            where=str(location),
            remedy="Compare it with another gold file",
            reason=error,
        ) from error
    return isinstance(data, dict) and "tasks" in data


def _known_reports(folder: Path) -> KnownReports:
    known = KnownReports()
    files = [InputFile(path=path.name, location=str(path), relative=path.name) for path in sorted(folder.glob("*.txt"))]
    for name in MANIFEST_NAMES:
        if (folder / name).exists():
            known.learn(read_manifest(folder / name), files, lambda file: (folder / file).exists())
    if known.problems:
        raise known.problems[0]
    return known


def _shown(value: object) -> str:
    return msgspec.json.encode(value).decode("utf-8")


def _plain(value: object) -> Any:
    if isinstance(value, Rate):
        return {
            "f1": round(value.f1, 4),
            "p": round(value.precision, 4),
            "r": round(value.recall, 4),
            "gold": value.gold,
            "predicted": value.predicted,
        }
    return round(value, 4) if isinstance(value, float) else value
