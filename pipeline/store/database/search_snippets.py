"""Where a query's words stand in a text, and the words around the first place, with the hits marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.records import Record
from pipeline.store.database.search_query import Alternative, Query
from pipeline.store.database.search_words import exact_key, fold, indexed_words

REACH = 80
"""Characters of the text kept before and after the first hit."""
_MOST_MARKS = 20
_SPACE = re.compile(r"\s")


class Snippet(Record, frozen=True, kw_only=True):
    """Trích đoạn: a piece of a text, its blanks and line ends as single blanks; `marks` are the hits in it, half-open;
    `start` is where the first hit stands in the text, in code points; null where the hit is in another field (the
    title, a body's name)."""

    text: str
    marks: tuple[tuple[int, int], ...]
    start: int | None


def find_hits(query: Query, text: str, *, folded: bool, together: bool) -> list[tuple[int, int]]:
    """Where the query's phrases (`together`), or its words, stand in a canonical text, in order and apart."""
    key = exact_key(text)
    if folded:
        key = fold(key)
    patterns = query.phrase_patterns(folded=folded) if together else (query.word_pattern(folded=folded),)
    hits = sorted(match.span() for pattern in patterns for match in pattern.finditer(key))
    apart: list[tuple[int, int]] = []
    for start, end in hits:
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart


def holds(query: Query, texts: Iterable[str], *, folded: bool, together: bool) -> bool:
    """Whether the texts hold the query as an entry of the index must: each phrase in one of them, the words in any."""
    words = f" {indexed_words(texts)} "
    if folded:
        words = fold(words)
    return all(any(_has(words, one) for one in clause) for clause in query.clauses(folded=folded, together=together))


def _has(words: str, sought: Alternative) -> bool:
    runs = (" ".join(sought.words),) if sought.together else sought.words
    return all(f" {run} " in words for run in runs)


def make_snippet(text: str, hits: Sequence[tuple[int, int]], *, at: int | None = 0) -> Snippet:
    """The words around the first hit; `at` is where the text itself begins in the report's, null where it doesn't."""
    first = _densest(hits)
    start = _word_start(text, max(0, hits[first][0] - REACH))
    end = _word_end(text, min(len(text), hits[first][1] + REACH))
    cut = _SPACE.sub(" ", text[start:end])
    head, tail = "… " if start > 0 else "", " …" if end < len(text) else ""
    shift = len(head) - start
    marks = [(a + shift, b + shift) for a, b in hits[first:] if b <= end][:_MOST_MARKS]
    return Snippet(
        text=head + cut + tail,
        marks=tuple(marks),
        start=None if at is None else at + hits[first][0],
    )


def _densest(hits: Sequence[tuple[int, int]]) -> int:
    """The first of the hits with the most others close behind."""
    best, most, last = 0, 0, 0
    for first, (start, _) in enumerate(hits):
        while last < len(hits) and hits[last][0] < start + REACH:
            last += 1
        if last - first > most:
            best, most = first, last - first
    return best


def _word_start(text: str, place: int) -> int:
    """The place, or the begin of the next word where it is inside one."""
    if place == 0 or text[place - 1].isspace():
        return place
    blank = _SPACE.search(text, place, place + REACH // 2)
    return blank.end() if blank else place


def _word_end(text: str, place: int) -> int:
    if place == len(text) or text[place].isspace():
        return place
    blank = max(text.rfind(" ", place - REACH // 2, place), text.rfind("\n", place - REACH // 2, place))
    return blank if blank > 0 else place
