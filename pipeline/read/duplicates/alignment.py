"""The alignment of two wordings: the runs of words that both have in the same order, and the gaps between them.

Anchors are short runs of words that stand once in each; the longest ascending chain of them is kept and each is
widened as far as the words are equal (patience diff, B. Cohen). What lies between two anchors is aligned word by word
where it is short. In n log n for texts of n words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from pipeline.read.duplicates.wording import Wording, rolling

if TYPE_CHECKING:
    from pipeline.read.duplicates.wording import Hashes

_ANCHOR = 3
# Above so many pairs of words a gap isn't looked into: with something in common it would hold anchors.
_MOST_PAIRS = 20_000


class Gap(NamedTuple):
    """Words of the one, `a_start` to `a_end`, in place of words of the other; either may be empty."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int


class Alignment(NamedTuple):
    """How many words stand in both in the same order, and the gaps, in order. The gap before the first equal words and
    the one after the last are among them, where they aren't empty."""

    matched: int
    gaps: tuple[Gap, ...]


def align(a: Wording, b: Wording) -> Alignment:
    """The alignment of two wordings."""
    matched, gaps = 0, []
    at_a = at_b = 0
    for start_a, start_b, length in (*_runs(a, b), (len(a), len(b), 0)):
        if start_a > at_a or start_b > at_b:
            equal, inner = _look_into(a, b, Gap(at_a, start_a, at_b, start_b))
            matched += equal
            gaps += inner
        matched += length
        at_a, at_b = start_a + length, start_b + length
    return Alignment(matched, tuple(gaps))


def _runs(a: Wording, b: Wording) -> Iterator[tuple[int, int, int]]:
    """Equal runs as start in a, start in b, length; ascending in both."""
    keys_a, keys_b = a.keys, b.keys
    size_a, size_b = len(keys_a), len(keys_b)
    end_a = end_b = 0
    for at_a, at_b in _chain(a, b):
        if at_a < end_a or at_b < end_b:
            continue
        start_a, start_b = at_a, at_b
        while start_a > end_a and start_b > end_b and keys_a[start_a - 1] == keys_b[start_b - 1]:
            start_a, start_b = start_a - 1, start_b - 1
        end_a, end_b = at_a, at_b
        while end_a < size_a and end_b < size_b and keys_a[end_a] == keys_b[end_b]:
            end_a, end_b = end_a + 1, end_b + 1
        if end_a > start_a:
            yield start_a, start_b, end_a - start_a


def _chain(a: Wording, b: Wording) -> list[tuple[int, int]]:
    """The longest chain of anchors that ascends in both."""
    import numpy as np

    if min(len(a), len(b)) < _ANCHOR:
        return []
    once_a, once_b = _standing_once(a), _standing_once(b)
    _, from_a, from_b = np.intersect1d(once_a[0], once_b[0], assume_unique=True, return_indices=True)
    places_a, places_b = once_a[1][from_a], once_b[1][from_b]
    order = np.argsort(places_a)
    places_a, places_b = places_a[order], places_b[order]
    pairs = list(zip(places_a.tolist(), places_b.tolist(), strict=True))
    if (places_b[1:] > places_b[:-1]).all():
        return pairs
    # Patience sorting: the smallest end of a chain of each length, and each pair's predecessor.
    ends: list[int] = []
    at_end: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        if length == len(ends):
            ends.append(place)
            at_end.append(index)
        else:
            ends[length], at_end[length] = place, index
        before.append(at_end[length - 1] if length else -1)
    chain = []
    index = at_end[-1] if at_end else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _standing_once(wording: Wording) -> tuple[Hashes, Hashes]:
    """The hashes of the anchors that stand once, and their places."""
    import numpy as np

    hashes = rolling(np.array(wording.hashes, dtype=np.uint64), _ANCHOR)
    values, places, counts = np.unique(hashes, return_index=True, return_counts=True)
    return values[counts == 1], places[counts == 1]


def _look_into(a: Wording, b: Wording, gap: Gap) -> tuple[int, list[Gap]]:
    """The equal words inside a gap, and the gaps left; the gap as it is where one side is empty or both are long."""
    size_a, size_b = gap.a_end - gap.a_start, gap.b_end - gap.b_start
    if not 0 < size_a * size_b <= _MOST_PAIRS:
        return 0, [gap]
    words_a, words_b = a.keys[gap.a_start : gap.a_end], b.keys[gap.b_start : gap.b_end]
    matcher = SequenceMatcher(None, words_a, words_b, autojunk=False)
    # Scattered single words in common make two passages no edit of each other.
    if size_a > _SHORT and size_b > _SHORT and matcher.ratio() < _ALIKE:
        return 0, [gap]
    matched, gaps = 0, []
    for kind, a_start, a_end, b_start, b_end in matcher.get_opcodes():
        if kind == "equal":
            matched += a_end - a_start
        else:
            gaps.append(Gap(gap.a_start + a_start, gap.a_start + a_end, gap.b_start + b_start, gap.b_start + b_end))
    return matched, gaps


_SHORT = 8
_ALIKE = 0.5
