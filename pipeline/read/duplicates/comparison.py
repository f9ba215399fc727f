"""Whether two reports are copies of one, judged by the alignment of their wordings.

A near copy has most of the other's words in the same order. It may lack paragraphs, have others besides and be edited
here and there; but where the words around are the same, a number or a name in place of another makes it another
report: next week's, another province's. A word left out, or an abbreviation in place of the words that it stands for,
contradicts nothing.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.read.duplicates.alignment import Gap, align
from pipeline.read.duplicates.wording import Wording, initials, read_words

LEAST_WORDS = 50
"""Shorter texts are never near copies: too little stands in them to tell."""
OF_SHORTER = 0.6
"""The least share of the shorter text that the other has too. Two copies with a fifth of the paragraphs dropped each,
not the same ones, share about 0.75 of their words; an article that quotes two paragraphs of another's six 0.35."""
OF_LONGER = 0.45
"""The least share of the longer text that the other has too: a piece of news is no copy of a survey that holds it."""
# Up to so many words in place of others are an edit; longer passages are others, unless their words are alike.
_EDIT = 8
# A caption in place of a short paragraph: so many in an article may hold other numbers or names.
_MOST_REPLACED = 2
_ALIKE = 0.6


class Comparison(NamedTuple):
    """How near two reports are. `similarity` is the share of their words, of both together, that stand in both in the
    same order (1 for equal wordings); `contradictions` are the places with another number or name between the same
    words; `near_copy` is the verdict."""

    similarity: float
    of_shorter: float
    of_longer: float
    contradictions: int
    near_copy: bool


def compare(a: Wording, b: Wording, *, press: bool) -> Comparison:
    """Compares two reports' wordings, in either order with the same result. `press`: both are articles, which papers
    head and close in their own ways; every word of an official document counts."""
    if (len(a), a.keys) > (len(b), b.keys):
        a, b = b, a
    if not len(a):
        return Comparison(0.0, 0.0, 0.0, 0, False)
    matched, gaps = align(a, b)
    of_shorter, of_longer = matched / len(a), matched / len(b)
    contradictions = replaced = 0
    for gap in gaps:
        if not _is_edit(gap):
            continue
        # What heads an article in the paper and what closes it: a source, a day of publication, an author.
        at_an_end = press and (gap.a_start == gap.b_start == 0 or (gap.a_end == len(a) and gap.b_end == len(b)))
        passage = press and _is_passage(gap, a, b)
        if at_an_end and passage:
            continue
        if _differ(_numbers(gap, a, b)) or (not at_an_end and _differ(_names(gap, a, b))):
            replaced += passage
            contradictions += not passage
    if replaced > _MOST_REPLACED:
        contradictions += replaced
    enough = len(a) >= LEAST_WORDS and of_shorter >= OF_SHORTER and of_longer >= OF_LONGER
    similarity = round(2 * matched / (len(a) + len(b)), 3)
    return Comparison(similarity, of_shorter, of_longer, contradictions, enough and not contradictions)


def titles_contradict(one: str | None, other: str | None) -> bool:
    """Whether two titles are worded alike but for a number: this week's and last week's. Titles worded in other ways
    tell nothing, for each paper finds its own."""
    a, b = read_words(one or ""), read_words(other or "")
    if not len(a) or not len(b):
        return False
    matched, gaps = align(a, b)
    alike = matched >= _ALIKE * max(len(a), len(b))
    return alike and any(_is_edit(gap) and _differ(_numbers(gap, a, b)) for gap in gaps)


def _is_edit(gap: Gap) -> bool:
    """Whether it is a few words in place of a few others."""
    sizes = (gap.a_end - gap.a_start, gap.b_end - gap.b_start)
    return min(sizes) > 0 and max(sizes) <= _EDIT


def _is_passage(gap: Gap, a: Wording, b: Wording) -> bool:
    """Whether whole blocks stand in place of whole blocks."""
    return all(
        wording.openings[start] and (end == len(wording) or wording.openings[end])
        for wording, start, end in ((a, gap.a_start, gap.a_end), (b, gap.b_start, gap.b_end))
    )


def _differ(values: tuple[set[str], set[str]]) -> bool:
    """Whether each side has one that the other hasn't."""
    return bool(values[0] - values[1]) and bool(values[1] - values[0])


def _numbers(gap: Gap, a: Wording, b: Wording) -> tuple[set[str], set[str]]:
    return (
        {a.keys[place] for place in range(gap.a_start, gap.a_end) if a.numbers[place]},
        {b.keys[place] for place in range(gap.b_start, gap.b_end) if b.numbers[place]},
    )


def _names(gap: Gap, a: Wording, b: Wording) -> tuple[set[str], set[str]]:
    """The parts of names on either side, without abbreviations whose words stand on the other."""
    words_a, words_b = a.keys[gap.a_start : gap.a_end], b.keys[gap.b_start : gap.b_end]
    letters_a, letters_b = initials(words_a), initials(words_b)
    return (
        {a.keys[p] for p in range(gap.a_start, gap.a_end) if a.names[p] and not _abbreviates(a.keys[p], letters_b)},
        {b.keys[p] for p in range(gap.b_start, gap.b_end) if b.names[p] and not _abbreviates(b.keys[p], letters_a)},
    )


def _abbreviates(key: str, letters: str) -> bool:
    return len(key) > 1 and initials(tuple(key)) in letters
