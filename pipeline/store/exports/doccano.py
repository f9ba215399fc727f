"""doccano's JSONL for sequence labelling with relations: what it imports, and what it exports again.

The project needs "Use relation labeling" and "Allow overlapping spans". doccano's page counts offsets as JavaScript
does (v-annotator, `Text.ts`: the length of strings), so they are in UTF-16 here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

import msgspec

from pipeline.errors import StoreError
from pipeline.records import Document, Record
from pipeline.store.exports.annotations import (
    ABOUT,
    AnnotatedRelation,
    AnnotatedSpan,
    AnnotatedText,
    annotate,
)
from pipeline.store.exports.options import ExportOptions, Written
from pipeline.store.exports.utf16 import Utf16Offsets


class _Entity(Record, frozen=True, kw_only=True):
    id: int
    label: str
    start_offset: int
    end_offset: int


class _Relation(Record, frozen=True, kw_only=True):
    id: int = 0
    from_id: int
    to_id: int
    type: str


class _Line(Record, frozen=True, kw_only=True):
    text: str
    entities: tuple[_Entity, ...]
    relations: tuple[_Relation, ...] = ()
    report: str = ""


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(_Line)


def write_doccano(documents: Iterable[Document], file: BinaryIO, options: ExportOptions) -> Written:
    """A line a report: `text`, `entities`, `relations`, and what is known of it, which doccano keeps as metadata.

    Ids are numbers that no other entity or relation of the file has. Every line has the same keys, for doccano can't
    store a value that some lines lack.
    """
    unknown = dict.fromkeys(ABOUT, "")
    entities = relations = tasks = 0
    for document in documents:
        annotated = annotate(document)
        offsets = Utf16Offsets(annotated.text)
        numbers = {span.id: number for number, span in enumerate(annotated.spans, entities + 1)}
        line = _Line(
            text=annotated.text,
            entities=tuple(
                _Entity(
                    id=numbers[span.id],
                    label=span.label,
                    start_offset=offsets.from_code_points(span.start),
                    end_offset=offsets.from_code_points(span.end),
                )
                for span in annotated.spans
            ),
            relations=tuple(
                _Relation(id=number, from_id=numbers[it.source], to_id=numbers[it.target], type=it.label)
                for number, it in enumerate(annotated.relations, relations + 1)
            ),
            report=annotated.report,
        )
        file.write(_ENCODER.encode({**msgspec.structs.asdict(line), **unknown, **annotated.about}) + b"\n")
        entities += len(annotated.spans)
        relations += len(annotated.relations)
        tasks += len(annotated.confidence)
    return Written(tasks)


def read_doccano(lines: Iterable[bytes]) -> Iterator[AnnotatedText]:
    """The texts in a file of doccano's, ours or one it exported, with offsets in code points.

    Span ids are doccano's numbers. Raises StoreError for a line that is none, or with an offset outside its text.
    """
    for number, line in enumerate(lines, 1):
        try:
            read = _DECODER.decode(line)
            offsets = Utf16Offsets(read.text)
            spans = tuple(
                AnnotatedSpan(
                    id=str(it.id),
                    label=it.label,
                    start=offsets.to_code_points(it.start_offset),
                    end=offsets.to_code_points(it.end_offset),
                )
                for it in read.entities
            )
        except (msgspec.DecodeError, ValueError) as error:
            raise _wrong_line(number, error) from error
        if any(not 0 <= span.start < span.end <= len(read.text) for span in spans):
            raise _wrong_line(number, "an offset is outside the text")
        yield AnnotatedText(
            report=read.report,
            text=read.text,
            spans=tuple(sorted(spans, key=lambda span: (span.start, -span.end, span.label))),
            relations=tuple(
                AnnotatedRelation(source=str(it.from_id), target=str(it.to_id), label=it.type)
                for it in read.relations
            ),
        )


def _wrong_line(number: int, reason: object) -> StoreError:
    return StoreError(
        "line {line} is no text of doccano's ({reason})",
        remedy="Export it from doccano again as JSONL",
        line=number,
        reason=reason,
    )
