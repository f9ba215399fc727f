"""What a report says about itself: its genre, title, number and sign, day, issuing body and signer.

Read from its head and foot alone; a manifest or the file's own metadata goes before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.read.document_type import find_genre
from pipeline.read.letterhead import find_day, find_issuing_body, find_number, head_text
from pipeline.read.signature import find_signer
from pipeline.records import Block, Genre, Signer


class Description(NamedTuple):
    """What a report tells of itself: nulls where it doesn't. `published` is an ISO date."""

    genre: Genre
    title: str | None
    number: str | None
    published: str | None
    issuer: str | None
    signer: Signer | None


def describe(text: str, blocks: Sequence[Block]) -> Description:
    """Genre, title, number, day, issuing body and signer of a report from its text and blocks.

    The day of an official document is the one of its head (địa danh và thời gian, Nghị định 30/2020/NĐ-CP);
    of an article the one of a publication line of its own. Never taken from running text. Articles have neither
    issuing body nor signer.
    """
    titles = [block for block in blocks if block.kind == "title"]
    title = " ".join(" ".join(text[block.start : block.end].strip("*_#| \n").split()) for block in titles) or None
    head = head_text(text, blocks)
    genre = find_genre(text)
    official = genre != "news"
    return Description(
        genre=genre,
        title=title,
        number=find_number(head),
        published=find_day(head),
        issuer=find_issuing_body(text, blocks) if official else None,
        signer=find_signer(text, blocks) if official else None,
    )


def issue_day(text: str, blocks: Sequence[Block]) -> str | None:
    """The ISO day that the head of an official document tells, or None. A document put on a portal years later still
    counts its terms from it."""
    return find_day(head_text(text, blocks))
