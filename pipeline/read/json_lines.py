"""JSON lines of articles: an object a line, read line by line."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import msgspec

from pipeline.errors import UnreadableDocument
from pipeline.read.article_rows import Rows, row_error
from pipeline.read.columns import Role, find_columns
from pipeline.read.items import Found, Opening, Source
from pipeline.read.text_lines import LineTooLong, TextLines


def read_json_lines(source: Source, opening: Opening) -> Iterator[Found]:
    """The items of the lines, and an error for each that gives none; blank lines are nothing.

    Raises UnreadableDocument where the first object has no key that is known to hold the text, or where the file is in
    no known encoding. Later objects may have other keys.
    """
    lines = TextLines(source.stream, source.path, opening.options.encoding)
    rows = Rows(source, "application/jsonl", lines.encoding, lines.notes)

    @functools.lru_cache(maxsize=256)
    def columns_of(keys: tuple[str, ...]) -> dict[Role, str]:
        return find_columns(keys, opening.options, source.path)

    known = False
    while True:
        try:
            line = next(lines)
        except StopIteration:
            return
        except LineTooLong:
            yield row_error("the row is too long", rows.path(lines.number), lines.number)
            continue
        if not line.strip():
            continue
        try:
            value = msgspec.json.decode(line.encode("utf-8"))
        except UnicodeEncodeError:
            yield row_error("the row is not in the table's encoding", rows.path(lines.number), lines.number)
            continue
        except (msgspec.DecodeError, RecursionError, ValueError):
            value = None
        if not isinstance(value, dict):
            yield row_error("the line is no JSON object", rows.path(lines.number), lines.number)
            continue
        try:
            columns = columns_of(tuple(value))
        except UnreadableDocument:
            if not known:
                raise
            yield row_error("the row has no text", rows.path(lines.number), lines.number)
            continue
        known = True
        yield rows.make(value, columns, lines.number, lines.number)
