"""The types of a record's fields, as tables with typed columns need them."""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec
from msgspec.inspect import BoolType, FloatType, IntType, LiteralType, NoneType, StrType, UnionType, VarTupleType

from pipeline.records import Record

Kind = Literal["text", "day", "word", "integer", "number", "truth", "texts"]


class ColumnType(NamedTuple):
    """A column: its name, the kind of its values, whether they may be null, and, for a `word`, all that there are."""

    name: str
    kind: Kind
    nullable: bool
    words: tuple[str, ...] = ()


_KINDS: dict[type, Kind] = {
    StrType: "text", LiteralType: "word", IntType: "integer", FloatType: "number", BoolType: "truth",
    VarTupleType: "texts",
}  # fmt: skip


def column_types(record: type[Record], days: frozenset[str]) -> list[ColumnType]:
    """The columns of a flat record in the order of its fields; `days` names the texts that are ISO days."""
    info = msgspec.inspect.type_info(record)
    if not isinstance(info, msgspec.inspect.StructType):
        raise TypeError(f"{record} is no record")
    found = []
    for field in info.fields:
        members = field.type.types if isinstance(field.type, UnionType) else (field.type,)
        told = next(member for member in members if type(member) in _KINDS)
        words = tuple(str(value) for value in told.values) if isinstance(told, LiteralType) else ()
        kind: Kind = "day" if field.name in days else _KINDS[type(told)]
        found.append(ColumnType(field.name, kind, any(isinstance(it, NoneType) for it in members), words))
    return found
