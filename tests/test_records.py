"""The JSON contract."""

from __future__ import annotations

import json
from collections.abc import Callable

import msgspec
import pytest
from jsonschema import Draft202012Validator

from pipeline.read import read_string
from pipeline.records import Document, Record, Report, decode_document, document_schema, encode_document

Extract = Callable[[Report], Document]
TEXT = "Họp\nChủ tịch yêu cầu Sở Y tế phải báo cáo 100% trước 30/6\nBí thư yêu cầu làm ngay\n"


def test_schema_is_itself_valid() -> None:
    Draft202012Validator.check_schema(document_schema())
    assert document_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_documents_are_valid_under_the_schema(extract: Extract) -> None:
    document = json.loads(encode_document(extract(read_string(TEXT))))
    validator = Draft202012Validator(document_schema())
    validator.validate(document)
    del document["document"]["genre"]
    assert not validator.is_valid(document)


def test_golden_schema(golden: Callable[[str, bytes], None]) -> None:
    golden("schema.json", json.dumps(document_schema(), ensure_ascii=False, indent=2).encode() + b"\n")


def test_round_trip(extract: Extract) -> None:
    document = extract(read_string(TEXT))
    data = encode_document(document)
    assert decode_document(data) == document
    assert encode_document(decode_document(data)) == data
    assert data.endswith(b"}\n")
    assert "Chủ tịch".encode() in data


def records() -> list[type[Record]]:
    import pipeline.records

    return [value for value in vars(pipeline.records).values() if isinstance(value, type) and issubclass(value, Record)]


@pytest.mark.parametrize("record", records())
def test_records_are_frozen_and_by_name(record: type[Record]) -> None:
    assert record.__struct_config__.frozen
    assert record.__doc__
    if record is not Record:
        with pytest.raises(TypeError):
            record(*[None for _ in msgspec.structs.fields(record)])
