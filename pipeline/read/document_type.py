"""What kind of report a text is: an official document by its head, else an article."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.read.anatomy import types_of_documents
from pipeline.read.paragraphs import find_lines
from pipeline.records import Genre

_HEAD = 3000
_DECORATION = "*_ |#"
_MOTTOS = ("cộng hòa xã hội chủ nghĩa việt nam", "cộng hoà xã hội chủ nghĩa việt nam")
_PARTY = "đảng cộng sản việt nam"
_PARTY_NUMBER = re.compile(r"số:?\s*\d*\s*-\s*\w{1,4}/")
_NUMBER = re.compile(r"(?:^|\n)[\s|*]*số\s*:?\s*\d+\s*[-/]")
_TYPE_LINES = 40
_LONGEST_TYPE_LINE = 120


def is_official(text: str) -> bool:
    """Whether the text has the head of an official document: motto, number and sign, or type in capitals."""
    return _is_official_head(text[:_HEAD])


@lru_cache(maxsize=2)
def _is_official_head(head: str) -> bool:
    key = " ".join(head.replace("*", " ").split()).lower()
    if any(motto in key for motto in _MOTTOS) or (_PARTY in key and _PARTY_NUMBER.search(key)):
        return True
    return document_type(head) is not None and _NUMBER.search(head.lower()) is not None


def type_of_line(line: str) -> Genre | None:
    """The genre of the type of document that a line in capitals names or begins with ("CÔNG ĐIỆN KHẨN"), else None."""
    bare = line.strip(_DECORATION)
    if not bare.isupper():
        return None
    name = " ".join(bare.split())
    types = types_of_documents()
    lowered = name.lower()
    if lowered in types:
        return types[lowered]
    return next((types[word] for word in types if lowered.startswith(word + " ")), None)


@lru_cache(maxsize=2)
def document_type(head: str) -> Genre | None:
    """The genre by the first line in capitals that names a type of document, or begins with one."""
    for line in find_lines(head)[:_TYPE_LINES]:
        if len(line.text) < _LONGEST_TYPE_LINE:
            genre = type_of_line(line.text)
            if genre is not None:
                return genre
    return None


def find_genre(text: str) -> Genre:
    """What kind of report it is, from its head: "news" unless it has the head of an official document.

    An official document without a type line is an official letter (công văn; Nghị định 30/2020, Điều 7).
    """
    kind = document_type(text[:_HEAD])
    if is_official(text):
        return kind or "official_letter"
    return "minutes" if kind == "minutes" else "news"
