"""Which of the tasks that are known of a report each task of a new reading is: by position and by quotation.

A task keeps its id when its span moves by a word, when the text before it changes, and when its kind is read otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

# Spans of one text with a smaller share of their characters in common are two tasks.
_SAME_PLACE = 0.5
# Tasks of two texts with less of their words in common are two tasks (as between versions of a report).
_SAME_WORDS = 0.6
# A task read as another kind of directive must lie nearer to be the same.
_OTHER_KIND = 0.8


class Anchor(NamedTuple):
    """What a task is known again by. `text` tells texts apart; `offset` is where it lies in its text, 0 to 1."""

    kind: str
    text: int
    start: int
    end: int
    exact: str
    offset: float


def match_tasks(known: Sequence[tuple[int, Anchor]], new: Sequence[Anchor]) -> dict[int, int]:
    """For each task of `new` (by its place) that is known, the known task's number. Each known one is taken once, the
    nearest first; `known` may hold several anchors of one task."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    exact = {(anchor.kind, anchor.text, anchor.start, anchor.end): task for task, anchor in reversed(known)}
    for place, one in enumerate(new):
        task = exact.get((one.kind, one.text, one.start, one.end))
        if task is not None and task not in taken:
            pairs[place] = task
            taken.add(task)
    left = [place for place in range(len(new)) if place not in pairs]
    open_ones = [(task, anchor) for task, anchor in known if task not in taken]
    for *_, place, task in sorted(_near(open_ones, [(place, new[place]) for place in left])):
        if place not in pairs and task not in taken:
            pairs[place] = task
            taken.add(task)
    return pairs


def _near(
    known: Sequence[tuple[int, Anchor]], new: Sequence[tuple[int, Anchor]]
) -> Iterator[tuple[float, bool, float, int, int]]:
    words = {anchor.exact: Counter(anchor.exact.lower().split()) for _, anchor in (*known, *new)}
    sizes = {exact: counted.total() for exact, counted in words.items()}
    for place, one in new:
        for task, other in known:
            if one.text == other.text:
                likeness, least = _overlap(one, other), _SAME_PLACE
            elif one.exact == other.exact:
                likeness, least = 1.0, _SAME_WORDS
            else:
                both = sizes[one.exact] + sizes[other.exact]
                # At most the shorter one's words are shared: most pairs are told apart without counting.
                if 2 * min(sizes[one.exact], sizes[other.exact]) < _SAME_WORDS * both or not both:
                    continue
                likeness = 2 * (words[one.exact] & words[other.exact]).total() / both
                least = _SAME_WORDS
            other_kind = one.kind != other.kind
            if likeness >= (max(least, _OTHER_KIND) if other_kind else least):
                yield (-likeness, other_kind, abs(one.offset - other.offset), place, task)


def _overlap(one: Anchor, other: Anchor) -> float:
    """The share of the characters of both spans that lie in both."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    if shared <= 0:
        return 1.0 if (one.start, one.end) == (other.start, other.end) else 0.0
    return shared / (max(one.end, other.end) - min(one.start, other.start))
