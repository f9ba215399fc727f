"""W3C Web Annotation (Recommendation of 23 February 2017) as JSON-LD: one collection with one page.

Each task and each value of one is an annotation on its report's text, anchored twice: by its words with what stands
around them, and by its place in code points, as the standard counts. A second kind of annotation links a task to its
values.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import msgspec

from pipeline.records import Document
from pipeline.store.exports.annotations import AnnotatedSpan, annotate
from pipeline.store.exports.options import ExportOptions, Written
from pipeline.store.exports.web_address import web_address

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Characters of the text kept on either side of a quotation."""
_HEAD = {
    "@context": CONTEXT,
    "id": "urn:chidao:collection",
    "type": "AnnotationCollection",
    "label": "chidao",
}


def write_web_annotation(documents: Iterable[Document], file: BinaryIO, options: ExportOptions) -> Written:
    """An AnnotationCollection whose one page holds the annotations of all documents, in their order.

    A source is named by the SHA-256 of its text (UTF-8, NFC, line ends as LF), its page's address beside it.
    """
    head = msgspec.json.encode(_HEAD | {"generator": _generator(options.version)})
    page = {"id": "urn:chidao:page:1", "type": "AnnotationPage", "partOf": _HEAD["id"], "startIndex": 0}
    file.write(head[:-1] + b',"first":' + msgspec.json.encode(page)[:-1] + b',"items":[')
    tasks = items = 0
    for document in documents:
        for item in _annotations(document):
            file.write((b",\n" if items else b"\n") + msgspec.json.encode(item))
            items += 1
        tasks += sum(len(directive.tasks) for directive in document.directives)
    file.write(b'\n]},"total":%d}\n' % items)
    return Written(tasks)


def _generator(version: str) -> dict[str, str]:
    return {"id": "urn:chidao", "type": "Software", "name": f"chidao {version}".strip()}


def _annotations(document: Document) -> Iterator[dict[str, Any]]:
    annotated = annotate(document)
    text, prefix = annotated.text, f"urn:chidao:{annotated.report}"
    source = _source(document)
    bodies = _told(document)
    for span in annotated.spans:
        tags: list[dict[str, str]] = [{"type": "TextualBody", "purpose": "tagging", "value": span.label}]
        tags += [{"type": "TextualBody", "purpose": "identifying", "value": told} for told in bodies.get(span.id, ())]
        yield {
            "id": f"{prefix}:{span.id}",
            "type": "Annotation",
            "motivation": "tagging",
            "body": tags,
            "target": {"source": source, "selector": _selectors(text, span)},
        }
    for it in annotated.relations:
        yield {
            "id": f"{prefix}:{it.source}:{it.target}",
            "type": "Annotation",
            "motivation": "linking",
            "body": [
                {"type": "TextualBody", "purpose": "tagging", "value": it.label},
                {"type": "SpecificResource", "purpose": "linking", "source": f"{prefix}:{it.target}"},
            ],
            "target": f"{prefix}:{it.source}",
        }


def _source(document: Document) -> dict[str, str]:
    digest = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
    source = {"id": f"urn:sha256:{digest}", "type": "Text", "format": "text/plain", "language": "vi"}
    url = web_address(document.document.url)
    return source | ({"via": url} if url else {})


def _selectors(text: str, span: AnnotatedSpan) -> list[dict[str, Any]]:
    return [
        {
            "type": "TextQuoteSelector",
            "exact": text[span.start : span.end],
            "prefix": text[max(0, span.start - AROUND) : span.start],
            "suffix": text[span.end : span.end + AROUND],
        },
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
    ]


def _told(document: Document) -> dict[str, tuple[str, ...]]:
    """What a span was read as, by its id: a body's id, a deadline's EDTF and rule of recurrence."""
    told: dict[str, tuple[str, ...]] = {}
    for directive in document.directives:
        for task in directive.tasks:
            for label, bodies in (("LEAD", task.lead), ("COORDINATING", task.coordinating)):
                for body in bodies:
                    told[f"{label}-{body.start}-{body.end}"] = (body.id,) if body.id else ()
            due = task.deadline
            if due is not None:
                place = f"DEADLINE-{due.evidence.start}-{due.evidence.end}"
                told[place] = tuple(value for value in (due.edtf, due.rrule) if value)
    return told
