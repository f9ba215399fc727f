"""DocBin, doccano, Label Studio and web annotations: the same spans and relations, counted as each one counts."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import StoreError
from pipeline.records import Document
from pipeline.store.exports.annotations import ABOUT, LABELS, AnnotatedText, annotate, with_tasks
from pipeline.store.exports.docbin import ALL_SPANS, GROUPS
from pipeline.store.exports.doccano import read_doccano
from pipeline.store.exports.label_studio import labelling_interface, read_label_studio
from pipeline.store.exports.utf16 import Utf16Offsets
from tests.store.exports.conftest import Exported

Content = tuple[str, str, list[tuple[str, int, int]], list[tuple[object, object, str]]]


def content(annotated: AnnotatedText) -> Content:
    """Report, text, spans and relations without the ids, which doccano gives anew."""
    places = {span.id: (span.label, span.start, span.end) for span in annotated.spans}
    relations = [(places[it.source], places[it.target], it.label) for it in annotated.relations]
    return annotated.report, annotated.text, sorted(places.values()), sorted(relations)


@pytest.fixture(scope="session")
def annotated(documents: list[Document]) -> list[AnnotatedText]:
    return [annotate(document) for document in documents]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_offsets_in_utf16(text: str) -> None:
    offsets = Utf16Offsets(text)
    for place in range(len(text) + 1):
        there = offsets.from_code_points(place)
        assert there == len(text[:place].encode("utf-16-le")) // 2
        assert offsets.to_code_points(there) == place


def test_an_offset_inside_a_character() -> None:
    with pytest.raises(ValueError, match="inside a character"):
        Utf16Offsets("a😀b").to_code_points(2)


def test_every_value_is_a_span_that_a_relation_leads_to(documents: list[Document]) -> None:
    task = documents[0].directives[0].tasks[0]
    one = annotate(with_tasks(documents[0], {task.id}))
    assert [span.label for span in one.spans if span.id == task.id] == [
        {"directive": "DIRECTIVE", "commitment": "COMMITMENT", "proposal": "PROPOSAL"}[documents[0].directives[0].kind]
    ]
    values = {it.label: it.target for it in one.relations if it.source == task.id}
    assert set(values) == {"ISSUER"} | ({"LEAD"} if task.lead else set()) | ({"DEADLINE"} if task.deadline else set())
    assert {span.id for span in one.spans} == {task.id, *(it.target for it in one.relations)}
    assert one.confidence == {task.id: task.confidence}


def test_doccano(exported: Exported, annotated: list[AnnotatedText]) -> None:
    lines = exported("doccano").splitlines()
    assert [content(back) for back in read_doccano(lines)] == [content(one) for one in annotated]
    entities: set[int] = set()
    relations: set[int] = set()
    for line in map(json.loads, lines):
        # doccano cuts as JavaScript does, and can't store a value that some lines lack
        assert set(line) == {"text", "entities", "relations", "report", *ABOUT}
        assert None not in line.values()
        units = line["text"].encode("utf-16-le")
        own = {it["id"] for it in line["entities"]}
        for it in line["entities"]:
            assert it["label"] in LABELS
            assert units[2 * it["start_offset"] : 2 * it["end_offset"]].decode("utf-16-le").strip()
        assert {end for it in line["relations"] for end in (it["from_id"], it["to_id"])} <= own
        assert not own & entities
        entities |= own
        relations |= {it["id"] for it in line["relations"]}
    assert len(relations) == sum(len(one.relations) for one in annotated)


@pytest.mark.parametrize(
    "line",
    [
        b"{}",
        b"nothing",
        b'{"text":"ab","entities":[{"id":1,"label":"LEAD","start_offset":0,"end_offset":3}]}',
        b'{"text":"ab","entities":[{"id":1,"label":"LEAD","start_offset":1,"end_offset":1}]}',
        '{"text":"😀b","entities":[{"id":1,"label":"LEAD","start_offset":1,"end_offset":3}]}'.encode(),
    ],
)
def test_what_is_no_line_of_doccano(line: bytes) -> None:
    with pytest.raises(StoreError, match="line 1"):
        list(read_doccano([line]))


def test_label_studio(exported: Exported, annotated: list[AnnotatedText]) -> None:
    data = exported("label-studio")
    assert list(read_label_studio(data)) == annotated
    for task in json.loads(data):
        [prediction] = task["predictions"]
        text = task["data"]["text"]
        regions = {it["id"]: it for it in prediction["result"] if it["type"] == "labels"}
        for it in regions.values():
            value = it["value"]
            assert text[value["start"] : value["end"]] == value["text"]
        assert prediction["score"] == min(it["score"] for it in regions.values() if "score" in it)
        for it in prediction["result"]:
            assert it["type"] == "labels" or {it["from_id"], it["to_id"]} <= set(regions)


def test_the_labelling_interface_names_every_label() -> None:
    from lxml import etree

    tree = etree.fromstring(labelling_interface())
    assert tree.xpath("//Label/@value") == list(LABELS)
    assert tree.xpath("//Labels/@toName") == tree.xpath("//Text/@name")
    assert set(tree.xpath("//Relation/@value")) < set(LABELS)


def reviewed(result: list[dict[str, Any]], text: str = "😀 Sở Y tế", **more: Any) -> bytes:
    task = {"data": {"text": text}, "annotations": [{"result": result, **more}], "predictions": [7]}
    return json.dumps([task]).encode()


def region(start: int, end: int, words: str | None) -> dict[str, Any]:
    value: dict[str, Any] = {"start": start, "end": end, "labels": ["LEAD"]}
    return {"id": "a", "type": "labels", "value": value | ({"text": words} if words else {})}


@pytest.mark.parametrize(("start", "end", "words"), [(2, 9, "Sở Y tế"), (3, 10, "Sở Y tế"), (2, 9, None)])
def test_label_studio_in_either_count(start: int, end: int, words: str | None) -> None:
    [back] = read_label_studio(reviewed([region(start, end, words)]))
    assert [(span.start, span.end) for span in back.spans] == [(2, 9)]


def test_label_studio_where_the_words_are_elsewhere() -> None:
    with pytest.raises(StoreError, match="Sở A"):
        list(read_label_studio(reviewed([region(2, 6, "Sở A")])))


def test_label_studio_leaves_out_what_nobody_reviewed() -> None:
    assert list(read_label_studio(reviewed([], was_cancelled=True))) == []


@pytest.mark.parametrize(
    "data", [b"{", b"[1]", b'[{"predictions":[{"result":[]}]}]', b'[{"data":{}, "annotations":[{}]}]']
)
def test_what_is_no_export_of_label_studio(data: bytes) -> None:
    with pytest.raises(StoreError, match="Label Studio"):
        list(read_label_studio(data))


def test_no_documents(exported: Exported) -> None:
    assert exported("doccano", of=[]) == b""
    assert json.loads(exported("label-studio", of=[])) == []
    assert json.loads(exported("webanno", of=[]))["total"] == 0


def test_docbin(exported: Exported, documents: list[Document], annotated: list[AnnotatedText]) -> None:
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    docs = list(DocBin().from_bytes(exported("docbin")).get_docs(Vocab()))
    for doc, document, one in zip(docs, documents, annotated, strict=True):
        assert doc.text == document.text
        assert doc.user_data["report"] == document.document.id
        assert msgspec.convert(doc.user_data["directives"], type(document.directives)) is not None
        assert doc.user_data["directives"] == msgspec.to_builtins(document.directives)
        spans = {span.id_: span for span in doc.spans[ALL_SPANS]}
        assert list(spans) == [span.id for span in one.spans]
        for told in one.spans:
            span = spans[told.id]
            assert span.label_ == told.label
            assert span.start_char <= told.start < told.end <= span.end_char
        for label, group in GROUPS.items():
            names = [span.id for span in one.spans if span.label == label]
            assert [span.id_ for span in doc.spans[group] if span.label_ == label] == names
        assert all(token.is_sent_start is not None for token in doc)


def test_web_annotation(exported: Exported, documents: list[Document], annotated: list[AnnotatedText]) -> None:
    collection = json.loads(exported("webanno"))
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    items = collection["first"]["items"]
    assert collection["total"] == len(items) == len({item["id"] for item in items})
    texts = {f"urn:sha256:{hashlib.sha256(it.text.encode()).hexdigest()}": it.text for it in documents}
    spans = [item for item in items if item["motivation"] == "tagging"]
    told = [(one, span) for one in annotated for span in one.spans]
    for item, (one, span) in zip(spans, told, strict=True):
        text = texts[item["target"]["source"]["id"]]
        quote, position = item["target"]["selector"]
        assert (one.text, span.start, span.end) == (text, position["start"], position["end"])
        assert text[position["start"] : position["end"]] == quote["exact"]
        around = quote["prefix"] + quote["exact"] + quote["suffix"]
        assert text.find(around) == position["start"] - len(quote["prefix"]) or text.count(around) > 1
        assert item["body"][0]["value"] == span.label
        assert item["target"]["source"].get("via", "https:").startswith("https:")
    links = [(item["target"], item["body"][1]["source"]) for item in items if item["motivation"] == "linking"]
    names = {item["id"] for item in spans}
    assert len(links) == sum(len(one.relations) for one in annotated)
    assert all({source, target} <= names for source, target in links)
