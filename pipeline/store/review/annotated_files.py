"""Corrected files of annotation tools in: those of doccano and Label Studio, which the exports of the same names write.

Labels say which words are tasks, of what kind, and relations where a task's bodies and deadline stand; the deadline's
days are read from its words. Who the issuer is can't be told from a label: it stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import UNSET
from sqlalchemy import Connection

from pipeline.errors import ReviewError, StoreError
from pipeline.records import Body, DirectiveKind, Record
from pipeline.store.exports.annotations import TASK_LABELS, AnnotatedText
from pipeline.store.exports.doccano import read_doccano
from pipeline.store.exports.label_studio import read_label_studio
from pipeline.store.review.corrected_report import Imported, import_report, stored_report
from pipeline.store.review.corrections import CorrectedDeadline, Correction
from pipeline.store.review.reviewing import Reviewer, StoredTask

Place = tuple[int, int]
_KINDS: dict[str, DirectiveKind] = {label: kind for kind, label in TASK_LABELS.items()}


class AnnotatedTask(Record, frozen=True, kw_only=True):
    """A task as labelled in the text."""

    kind: DirectiveKind
    text: str
    start: int
    end: int
    lead: tuple[Place, ...]
    coordinating: tuple[Place, ...]
    deadline: Place | None

    def place(self, text: str, after: int) -> tuple[str, int, int]:
        """See `CorrectedTask`."""
        return self.kind, self.start, self.end

    def correction_of(self, stored: StoredTask | None) -> Correction | None:
        """See `CorrectedTask`."""
        task = stored.task if stored is not None else None
        held = task.deadline.evidence if task is not None and task.deadline is not None else None
        same_lead = task is not None and _places(task.lead) == set(self.lead)
        same_coordinating = task is not None and _places(task.coordinating) == set(self.coordinating)
        same_deadline = (held is None) == (self.deadline is None) and (
            held is None or (held.start, held.end) == self.deadline
        )
        same_words = task is not None and (task.span.start, task.span.end) == (self.start, self.end)
        same_kind = stored is not None and stored.directive.kind == self.kind
        if same_lead and same_coordinating and same_deadline and same_words and same_kind:
            return None
        deadline = self.deadline
        return Correction(
            words=UNSET if same_words else self.text[self.start : self.end],
            start=UNSET if same_words else self.start,
            kind=UNSET if same_kind else self.kind,
            lead=UNSET if same_lead else self._words(self.lead),
            coordinating=UNSET if same_coordinating else self._words(self.coordinating),
            deadline=UNSET
            if same_deadline
            else (CorrectedDeadline(text=self.text[deadline[0] : deadline[1]]) if deadline else None),
        )

    def _words(self, places: tuple[Place, ...]) -> tuple[str, ...]:
        return tuple(self.text[start:end] for start, end in places)


def is_annotated(file: Path) -> bool:
    """Whether the file is one of doccano's or Label Studio's, by its first value."""
    try:
        if file.suffix.lower() == ".jsonl":
            with file.open("rb") as lines:
                first = msgspec.json.decode(lines.readline())
            return isinstance(first, dict) and "entities" in first
        return file.suffix.lower() == ".json" and isinstance(msgspec.json.decode(file.read_bytes()), list)
    except (OSError, msgspec.DecodeError):
        return False


def import_annotated(connection: Connection, reviewer: Reviewer, file: Path, reason: str | None) -> Imported:
    """Stores the file's texts as reviews of their reports' tasks. Raises ReviewError where a text isn't that of its
    report, StoreError where the file can't be read."""
    done = Imported()
    for annotated in _read(file):
        report = stored_report(connection, annotated.report)
        if report.read.text != annotated.text:
            raise ReviewError(
                "the labelled text is not the report's",
                where=annotated.report,
                remedy="The report was read anew since the export: export it again and label that",
            )
        done = done.plus(import_report(connection, reviewer, annotated.report, list(_tasks(annotated)), reason))
    return done


def _read(file: Path) -> Iterator[AnnotatedText]:
    try:
        if file.suffix.lower() == ".jsonl":
            with file.open("rb") as lines:
                yield from read_doccano(lines)
        else:
            yield from read_label_studio(file.read_bytes())
    except OSError as error:
        raise StoreError(
            "the table can't be read ({reason})", where=str(file), remedy="Save it as UTF-8", reason=error
        ) from error


def _tasks(annotated: AnnotatedText) -> Iterator[AnnotatedTask]:
    spans = {span.id: span for span in annotated.spans}
    for span in annotated.spans:
        kind = _KINDS.get(span.label)
        if kind is None:
            continue
        values: dict[str, list[Place]] = {}
        for relation in annotated.relations:
            target = spans.get(relation.target)
            if relation.source == span.id and target is not None:
                # Which value it is, the label of the span says; that of a relation drawn by hand may be missing.
                values.setdefault(target.label, []).append((target.start, target.end))
        yield AnnotatedTask(
            kind=kind,
            text=annotated.text,
            start=span.start,
            end=span.end,
            lead=tuple(sorted(values.get("LEAD", ()))),
            coordinating=tuple(sorted(values.get("COORDINATING", ()))),
            deadline=values["DEADLINE"][0] if values.get("DEADLINE") else None,
        )


def _places(bodies: tuple[Body, ...]) -> set[Place]:
    return {(body.start, body.end) for body in bodies}
