"""What a report says about itself: its genre, title, number and sign, and day.

Read from the head of the text alone; a manifest or the file's own metadata goes before it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from pipeline.read.blocks import find_genre
from pipeline.records import Block, Genre

_NUMBER = re.compile(r"(?:^|[\n|])[ \t|*]*[Ss]ố\s*:?\s*(?P<number>\d{1,6}\s*[-/]\s*[A-ZĐa-z0-9][\w./Đđ-]*)")
_LONG_DAY = re.compile(r"ngày\s+(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})\s+năm\s+(?P<year>\d{4})")
_STAMP_DAY = re.compile(r"\b(?P<day>\d{1,2})[/.\-](?P<month>\d{1,2})[/.\-](?P<year>\d{4})\b")


class Description(NamedTuple):
    """What the head of a report tells: nulls where it doesn't. `published` is an ISO date."""

    genre: Genre
    title: str | None
    number: str | None
    published: str | None


def describe(text: str, blocks: Sequence[Block]) -> Description:
    """Genre, title, number and day of a report from its text and blocks.

    The day of an official document is the one of its head (địa danh và thời gian, Nghị định 30/2020/NĐ-CP);
    of an article the one of a publication line of its own. Never taken from running text.
    """
    titles = [block for block in blocks if block.kind == "title"]
    title = " ".join(re.sub(r"\s+", " ", text[block.start : block.end].strip("*_#| \n")) for block in titles) or None
    head = _head(text, blocks)
    number = _NUMBER.search("\n" + head)
    return Description(
        genre=find_genre(text),
        title=title,
        number=re.sub(r"\s+", "", number["number"]).rstrip(".,-/") if number else None,
        published=_first_day(head),
    )


def issue_day(text: str, blocks: Sequence[Block]) -> str | None:
    """The ISO day that the head of an official document tells, or None. A document put on a portal years later still
    counts its terms from it."""
    return _first_day(_head(text, blocks))


def _head(text: str, blocks: Sequence[Block]) -> str:
    """Datelines and the letterhead before the title; set in two columns, it has number and day beside the motto."""
    letterhead = takewhile(lambda block: block.kind in ("boilerplate", "dateline"), blocks)
    datelines = (block for block in blocks if block.kind == "dateline")
    spans = sorted({(block.start, block.end) for block in (*letterhead, *datelines)})
    return "\n".join(text[start:end] for start, end in spans)


def _first_day(head: str) -> str | None:
    flat = re.sub(r"\s+", " ", head)
    for pattern in (_LONG_DAY, _STAMP_DAY):
        for match in pattern.finditer(flat):
            try:
                return datetime.date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat()
            except ValueError:
                continue
    return None
