"""Which columns of a table of articles hold what, by their names."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence
from typing import Literal, get_args

from pipeline.errors import UnreadableDocument
from pipeline.lexicon import read_entries
from pipeline.read.items import ReadOptions
from pipeline.records import Record

Role = Literal["text", "published", "id", "title", "publisher", "url"]
ROLES: tuple[Role, ...] = get_args(Role)
_OPTIONS = {"text": "--text-column", "published": "--date-column", "id": "--id-column"}
_SHOWN = 30
_SHOWN_LENGTH = 40
_MARKS = re.compile(r"[\W_]+")


class ColumnNames(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The names under which a column is known: see `lexicon/columns.toml`."""

    alone: bool
    names: tuple[str, ...]
    weaker: tuple[str, ...]


class ColumnTable(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The names of all columns."""

    text: ColumnNames
    published: ColumnNames
    id: ColumnNames
    title: ColumnNames
    publisher: ColumnNames
    url: ColumnNames


@functools.cache
def load_column_names() -> ColumnTable:
    """The naming table of the lexicon. Raises LexiconError where it is wrong."""
    return read_entries("columns.toml", ColumnTable)


def find_columns(columns: Sequence[str], options: ReadOptions, where: str) -> dict[Role, str]:
    """The column of each role that the table has one for; always one for the text.

    Raises UnreadableDocument where a column that the user named isn't there, where none is known to hold the text, or
    where several may hold the text or the day.
    """
    asked: dict[Role, str | None] = {
        "text": options.text_column, "published": options.date_column, "id": options.id_column,
    }  # fmt: skip
    folded: dict[str, list[str]] = {}
    for column in columns:
        folded.setdefault(fold(column), []).append(column)
    found: dict[Role, str] = {}
    for role in ROLES:
        named = asked.get(role)
        chosen = _find_named(named, columns, folded, where) if named else _find_known(role, folded, where)
        if chosen is not None:
            found[role] = chosen
    if "text" not in found:
        raise UnreadableDocument(
            "no column is known to hold the text (columns: {columns})",
            where=where,
            remedy="Name it with --text-column",
            columns=shown(columns),
        )
    return found


def fold(name: str) -> str:
    """The name as it is compared: without case, diacritics and marks between words."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return _MARKS.sub("", "".join(character for character in plain if not unicodedata.combining(character)))


def shown(columns: Sequence[str]) -> str:
    """The columns as messages list them, long lists and names cut."""
    cut = [name if len(name) <= _SHOWN_LENGTH else f"{name[:_SHOWN_LENGTH]}…" for name in columns[:_SHOWN]]
    return ", ".join(cut) + (", …" if len(columns) > _SHOWN else "")


def _find_named(named: str, columns: Sequence[str], folded: dict[str, list[str]], where: str) -> str:
    if named in columns:
        return named
    alike = folded.get(fold(named), [])
    if len(alike) == 1:
        return alike[0]
    raise UnreadableDocument(
        "there is no column {column} (columns: {columns})",
        where=where,
        remedy="Name one of these columns",
        column=named,
        columns=shown(columns),
    )


def _find_known(role: Role, folded: dict[str, list[str]], where: str) -> str | None:
    known: ColumnNames = getattr(load_column_names(), role)
    for names in (known.names, known.weaker):
        found = [column for name in names for column in folded.get(fold(name), ())]
        if len(found) > 1 and known.alone:
            raise UnreadableDocument(
                "several columns may be meant ({columns})",
                where=where,
                remedy="Name the one with {option}",
                columns=shown(found),
                option=_OPTIONS[role],
            )
        if found:
            return found[0]
    return None
