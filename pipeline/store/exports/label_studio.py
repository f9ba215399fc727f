"""Label Studio's JSON: each text as a task with a prediction, which reviewers accept or correct.

Offsets count code points, both ways: Label Studio's editor does since 1.4 (`selection-tools.js`, "code points");
before, it counted as JavaScript does, so `read_label_studio` compares each label's words with the text and takes the
count that fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO
from xml.sax.saxutils import quoteattr

import msgspec

from pipeline.errors import StoreError
from pipeline.records import Document
from pipeline.store.exports.annotations import (
    LABELS,
    VALUE_LABELS,
    AnnotatedRelation,
    AnnotatedSpan,
    AnnotatedText,
    annotate,
)
from pipeline.store.exports.options import ExportOptions, Written
from pipeline.store.exports.utf16 import Utf16Offsets

_CONTROL, _OBJECT = "label", "text"
"""The names of the labels and of the text in the project's labelling interface."""


def labelling_interface() -> str:
    """The XML of a Label Studio project that takes these files (Settings → Labeling Interface → Code)."""
    labels = "".join(f"    <Label value={quoteattr(label)}/>\n" for label in LABELS)
    relations = "".join(f"    <Relation value={quoteattr(label)}/>\n" for label in VALUE_LABELS)
    return (
        f'<View>\n  <Labels name="{_CONTROL}" toName="{_OBJECT}">\n{labels}  </Labels>\n'
        f"  <Relations>\n{relations}  </Relations>\n"
        f'  <Text name="{_OBJECT}" value="$text" granularity="symbol"/>\n</View>\n'
    )


def write_label_studio(documents: Iterable[Document], file: BinaryIO, options: ExportOptions) -> Written:
    """A JSON array of tasks, one a report: `data` with the text and what is known of it, and one prediction.

    The prediction's score is that of its least certain task, so that the most doubtful texts can be reviewed first.
    """
    tasks = 0
    opening = b"[\n"
    for document in documents:
        annotated = annotate(document)
        file.write(opening + msgspec.json.encode(_task(annotated, options.version)))
        opening = b",\n"
        tasks += len(annotated.confidence)
    file.write(b"\n]\n" if opening == b",\n" else b"[]\n")
    return Written(tasks)


def _task(annotated: AnnotatedText, version: str) -> dict[str, Any]:
    text = annotated.text
    result: list[dict[str, Any]] = []
    for span in annotated.spans:
        value = {"start": span.start, "end": span.end, "text": text[span.start : span.end], "labels": [span.label]}
        region = {"id": span.id, "from_name": _CONTROL, "to_name": _OBJECT, "type": "labels", "value": value}
        result.append(region | ({"score": annotated.confidence[span.id]} if span.id in annotated.confidence else {}))
    for it in annotated.relations:
        result.append(
            {"type": "relation", "from_id": it.source, "to_id": it.target, "direction": "right", "labels": [it.label]}
        )
    prediction: dict[str, Any] = {"model_version": f"chidao-{version}", "result": result}
    if annotated.confidence:
        prediction["score"] = min(annotated.confidence.values())
    return {"data": {"text": text, "report": annotated.report, **annotated.about}, "predictions": [prediction]}


def read_label_studio(data: bytes) -> Iterator[AnnotatedText]:
    """The texts in a JSON file of Label Studio's, ours or one it exported, with offsets in code points.

    Of a text's annotations the last that wasn't cancelled counts, without one its last prediction. A text with neither
    is left out: nobody has reviewed it, and Label Studio exports the numbers of predictions alone. So are regions of
    other kinds than labels. Raises StoreError where the file is none, or a label's words aren't at its place.
    """
    try:
        for task in msgspec.json.decode(data):
            made = [it for it in task.get("annotations", ()) if not it.get("was_cancelled")]
            made = made or [it for it in task.get("predictions", ()) if isinstance(it, dict)]
            if made:
                yield _annotated(task["data"], made[-1]["result"])
    except (msgspec.DecodeError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise StoreError(
            "the file is no export of Label Studio's ({reason})",
            remedy="Export it from Label Studio again as JSON",
            reason=repr(error),
        ) from error


def _annotated(data: dict[str, Any], result: list[dict[str, Any]]) -> AnnotatedText:
    text = data["text"]
    offsets = Utf16Offsets(text)
    regions = [it for it in result if it["type"] == "labels"]
    spans = [
        AnnotatedSpan(id=it["id"], label=it["value"]["labels"][0], start=start, end=end)
        for it in regions
        for start, end in [_place(text, offsets, it["value"])]
    ]
    return AnnotatedText(
        report=data.get("report", ""),
        text=text,
        spans=tuple(sorted(spans, key=lambda span: (span.start, -span.end, span.label, span.id))),
        relations=tuple(
            AnnotatedRelation(source=it["from_id"], target=it["to_id"], label=(it.get("labels") or [""])[0])
            for it in result
            if it["type"] == "relation"
        ),
        confidence={it["id"]: it["score"] for it in regions if it.get("score") is not None},
        about={name: value for name, value in data.items() if name not in ("text", "report")},
    )


def _place(text: str, offsets: Utf16Offsets, value: dict[str, Any]) -> tuple[int, int]:
    """Where a label's words are, in code points."""
    start, end = value["start"], value["end"]
    words = value.get("text")
    if words is None or text[start:end] == words:
        return start, end
    try:
        start, end = offsets.to_code_points(start), offsets.to_code_points(end)
    except ValueError:
        start = end = 0
    if text[start:end] != words:
        raise StoreError(
            "the words of a label are not at its place in the text ({words})",
            remedy="The text was changed after the export: export it anew and label that",
            words=words,
        )
    return start, end
