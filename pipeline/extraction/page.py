"""One report laid out for reading: flat text, match key, sentences with their blocks, words with tags.

The flat text has a blank for every line end inside a paragraph and for every odd space; the key is the flat
text folded for matching (lower case, tone placement). Both have the length of the text, so that an offset in
one is an offset in all.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest
from typing import Any

from pipeline.language.matchkey import match_key
from pipeline.language.text_words import Places, TextWords
from pipeline.read.paragraphs import LIST_MARKER
from pipeline.records import Block, BlockKind

_ODD_SPACE = re.compile(r"[\t\u00a0\u2000-\u200a\u202f\u3000\r\x0b\x0c\u200b]")


@cache
def _behind_no_word(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """The sign before a match: the engine looks for a sign of a set faster than for a place between words."""
    return re.compile(rf"[^\w](?={pattern.pattern})")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the block it stands in. `start` is behind a list marker and decoration, `marker` is the
    marker's text ("1.", "a)", "-") or an empty string. `first` says that it opens its block."""

    start: int
    end: int
    block: int
    kind: BlockKind
    marker: str
    first: bool
    index: int


@dataclass(slots=True)
class Page:
    """A report laid out for reading. Built by `lay_out`; not changed afterwards."""

    text: str
    flat: str
    key: str
    blocks: tuple[Block, ...]
    sentences: list[Sentence]
    words: TextWords
    _line_ends: list[int] = field(default_factory=list)
    _people: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    _found: dict[str, list[int]] = field(default_factory=dict)
    _remembered: dict[str, dict[Any, Any]] = field(default_factory=dict)

    def places_of(self, name: str, pattern: re.Pattern[str]) -> list[int]:
        """Where a pattern matches that does so at the beginning of words alone, in the whole key; looked for once and
        remembered under `name`."""
        places = self._found.get(name)
        if places is None:
            places = [0] if pattern.match(self.key) is not None else []
            places += [match.end() for match in _behind_no_word(pattern).finditer(self.key)]
            self._found[name] = places
        return places

    def expect_people(self, places: Iterable[int]) -> None:
        """What stands around these places is likely to be asked for names of persons."""
        if len(self.words):
            self.words.expect_entities({max(0, self.words.sentence_at(place)) for place in places})

    def remembered(self, name: str) -> dict[Any, Any]:
        """What was found out once about places and is asked again, by the name of who asks."""
        return self._remembered.setdefault(name, {})

    def places_in(self, name: str, pattern: re.Pattern[str], start: int, end: int) -> list[int]:
        """Of `places_of`, those in [start, end)."""
        places = self.places_of(name, pattern)
        return places[bisect.bisect_left(places, start) : bisect.bisect_left(places, end)]

    def word_end(self, start: int) -> int | None:
        """Where the word ends that begins at `start`, or None."""
        sentence = self.words.sentence_at(start)
        if sentence < 0:
            return None
        starts, ends = self.words.places(sentence)
        i = bisect.bisect_left(starts, start)
        return ends[i] if i < len(starts) and starts[i] == start else None

    def words_between(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where the words begin and end that begin in [start, end)."""
        for _, places, found in self._words_between(start, end):
            yield from zip(places.starts[found], places.ends[found], strict=True)

    def tagged_between(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """Where the words begin and end that begin in [start, end), and their parts of speech."""
        for sentence, places, found in self._words_between(start, end):
            yield from zip(places.starts[found], places.ends[found], self.words.tags(sentence)[found], strict=True)

    def _words_between(self, start: int, end: int) -> Iterator[tuple[int, Places, slice]]:
        """The sentences that begin before `end` and do not end before `start`, and which of their words begin there."""
        for sentence in range(max(0, self.words.sentence_at(start)), self.words.sentence_at(end - 1) + 1):
            places = self.words.places(sentence)
            found = slice(bisect.bisect_left(places.starts, start), bisect.bisect_left(places.starts, end))
            if found.start < found.stop:
                yield sentence, places, found

    def is_word(self, start: int, end: int) -> bool:
        """Whether [start, end) begins and ends at borders of words (it may hold several)."""
        first = self.word_end(start)
        return first is not None and (first == end or (first < end and self._ends_word(end)))

    def _ends_word(self, end: int) -> bool:
        _, ends = self.words.places(self.words.sentence_at(end - 1))
        i = bisect.bisect_left(ends, end)
        return i < len(ends) and ends[i] == end

    def tag_at(self, start: int) -> str:
        """Part of speech of the word that begins at `start`, or an empty string."""
        sentence = self.words.sentence_at(start)
        if sentence < 0:
            return ""
        starts = self.words.places(sentence).starts
        i = bisect.bisect_left(starts, start)
        return self.words.tags(sentence)[i] if i < len(starts) and starts[i] == start else ""

    def slice(self, start: int, end: int) -> str:
        """The text from start to end with runs of white space folded to one blank: for names."""
        return " ".join(self.flat[start:end].split())

    def distance(self, start: int, end: int) -> int:
        """The characters from start to end, line ends aside: how many part paragraphs depends on the file's format."""
        ends = self._line_ends
        return end - start - (bisect.bisect_left(ends, end) - bisect.bisect_left(ends, start))

    def person_end(self, start: int) -> int | None:
        """Where the person's name ends that the tagger found to begin at `start`, or None."""
        return next((end for at, end in self._people_of(self.words.sentence_at(start)) if at == start), None)

    def holds_person(self, start: int, end: int) -> bool:
        """Whether a whole name of a person that the tagger found lies in [start, end)."""
        return any(start <= at and stop <= end for at, stop in self._people_between(start, end))

    def has_person(self, start: int, end: int) -> bool:
        """Whether a name of a person that the tagger found lies wholly or in part in [start, end)."""
        return any(at < end and stop > start for at, stop in self._people_between(start, end))

    def _people_between(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        for sentence in range(max(0, self.words.sentence_at(start)), self.words.sentence_at(end - 1) + 1):
            yield from self._people_of(sentence)

    def _people_of(self, sentence: int) -> list[tuple[int, int]]:
        """The names of persons in a sentence as the tagger has them, in order, none overlapping another."""
        people = self._people.get(sentence)
        if people is None:
            found = self.words.entities(sentence) if sentence >= 0 else []
            people = self._people[sentence] = [(it.start, it.end) for it in found if it.label == "PER"]
        return people


def flatten(text: str, paragraphs: Iterable[tuple[int, int]]) -> str:
    """The text with line ends inside paragraphs and odd spaces turned into blanks; same length."""
    out: list[str] = []
    at = 0
    for start, end in paragraphs:
        out.append(text[at:start])
        out.append(_ODD_SPACE.sub(" ", text[start:end]).replace("\n", " "))
        at = end
    out.append(text[at:])
    return "".join(out)


def lay_out(words: TextWords, blocks: Sequence[Block]) -> Page:
    """The page of a text with its words, and its blocks."""
    text = words.text
    blocks, interruptions = rejoin(words, blocks)
    flat = flatten(text, [(block.start, block.end) for block in blocks])
    for start, end in interruptions:
        flat = flat[:start] + " " * (end - start) + flat[end:]
    return Page(
        text=text,
        flat=flat,
        key=match_key(flat),
        blocks=tuple(blocks),
        sentences=list(_sentences(words, flat, blocks)),
        words=words,
        _line_ends=[match.start() for match in re.finditer("\n", flat)],
    )


def rejoin(words: TextWords, blocks: Sequence[Block]) -> tuple[Sequence[Block], list[tuple[int, int]]]:
    """The blocks with the halves of paragraphs put together that a page number or running head parts, and where those
    stand: boilerplate in the middle of a sentence is no part of what is said."""
    if not any(block.kind == "boilerplate" for block in blocks):
        return blocks, []
    ends = words.ends
    starts = [0, *words.starts[1:]]
    joined: list[Block] = []
    interruptions: list[tuple[int, int]] = []
    going_on = False
    for block, following in zip_longest(blocks, blocks[1:]):
        if going_on:
            joined[-1] = Block(kind=joined[-1].kind, start=joined[-1].start, end=block.end)
            going_on = False
            continue
        if block.kind == "boilerplate" and joined and following is not None:
            sentence = bisect.bisect_right(starts, block.start) - 1
            if joined[-1].start <= starts[sentence] < joined[-1].end and ends[sentence] > following.start:
                interruptions.append((block.start, block.end))
                going_on = True
                continue
        joined.append(block)
    return joined, interruptions


def _sentences(words: TextWords, flat: str, blocks: Sequence[Block]) -> Iterable[Sentence]:
    """Sentences cut at the borders of blocks; a list marker alone joins the sentence after it."""
    starts = [block.start for block in blocks]
    index = 0
    seen_block = -1
    pending: tuple[int, int] | None = None
    for start, end in zip(words.starts, words.ends, strict=True):
        while start < end:
            b = bisect.bisect_right(starts, start) - 1
            if b < 0:
                b = 0
            limit = starts[b + 1] if b + 1 < len(starts) else end
            stop = min(end, limit)
            piece = flat[start:stop]
            left = start + len(piece) - len(piece.lstrip())
            right = start + len(piece.rstrip())
            start = stop
            if left >= right:
                continue
            if pending is not None and pending[0] == b:
                left, pending = pending[1], None
            while left < right and flat[left] in "*_# ":
                left += 1
            if left >= right:
                continue
            marker = LIST_MARKER.match(flat, left, right)
            if marker is not None and not flat[marker.end() : right].strip(" .)"):
                pending = (b, left)
                continue
            pending = None
            body = marker.end() if marker is not None else left
            while body < right and flat[body] in "*_# ":
                body += 1
            yield Sentence(
                body,
                right,
                b,
                blocks[b].kind if blocks else "paragraph",
                flat[left : marker.end()].strip() if marker else "",
                b != seen_block,
                index,
            )
            seen_block = b
            index += 1
