"""One report laid out for reading: flat text, match key, sentences with their blocks, words with tags.

The flat text has a blank for every line end inside a paragraph and for every odd space; the key is the flat
text folded for matching (lower case, tone placement). Both have the length of the text, so that an offset in
one is an offset in all.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from pipeline.language.analysis import Analysis
from pipeline.language.matchkey import match_key
from pipeline.read.paragraphs import LIST_MARKER
from pipeline.records import Block, BlockKind

_ODD_SPACE = re.compile(r"[\t\u00a0\u2000-\u200a\u202f\u3000\r\x0b\x0c\u200b]")


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
    word_starts: list[int]
    word_ends: list[int]
    word_tags: list[str]
    people: list[tuple[int, int]]
    """Names of persons as the tagger has them, in order, none overlapping another."""
    _line_ends: list[int] = field(default_factory=list)
    _by_start: dict[int, int] = field(default_factory=dict)
    _found: dict[str, list[int]] = field(default_factory=dict)

    def places_of(self, name: str, pattern: re.Pattern[str]) -> list[int]:
        """Where a pattern matches in the whole key, looked for once and remembered under `name`."""
        places = self._found.get(name)
        if places is None:
            places = self._found[name] = [match.start() for match in pattern.finditer(self.key)]
        return places

    def word_at(self, start: int) -> int | None:
        """Index of the word that begins at `start`, or None."""
        return self._by_start.get(start)

    def words_between(self, start: int, end: int) -> range:
        """Indexes of the words that begin in [start, end)."""
        return range(bisect.bisect_left(self.word_starts, start), bisect.bisect_left(self.word_starts, end))

    def is_word(self, start: int, end: int) -> bool:
        """Whether [start, end) begins and ends at borders of words (it may hold several)."""
        i = self._by_start.get(start)
        if i is None:
            return False
        while i < len(self.word_ends) and self.word_ends[i] < end:
            i += 1
        return i < len(self.word_ends) and self.word_ends[i] == end

    def tag_at(self, start: int) -> str:
        """Part of speech of the word that begins at `start`, or an empty string."""
        i = self._by_start.get(start)
        return self.word_tags[i] if i is not None else ""

    def slice(self, start: int, end: int) -> str:
        """The text from start to end with runs of white space folded to one blank: for names."""
        return re.sub(r"\s+", " ", self.flat[start:end]).strip()

    def distance(self, start: int, end: int) -> int:
        """The characters from start to end, line ends aside: how many part paragraphs depends on the file's format."""
        ends = self._line_ends
        return end - start - (bisect.bisect_left(ends, end) - bisect.bisect_left(ends, start))

    def person_end(self, start: int) -> int | None:
        """Where the person's name ends that the tagger found to begin at `start`, or None."""
        i = bisect.bisect_left(self.people, (start, 0))
        return self.people[i][1] if i < len(self.people) and self.people[i][0] == start else None

    def holds_person(self, start: int, end: int) -> bool:
        """Whether a whole name of a person that the tagger found lies in [start, end)."""
        i = bisect.bisect_left(self.people, (start, 0))
        return i < len(self.people) and self.people[i][1] <= end

    def has_person(self, start: int, end: int) -> bool:
        """Whether a name of a person that the tagger found lies wholly or in part in [start, end)."""
        i = bisect.bisect_left(self.people, (end, 0))
        return i > 0 and self.people[i - 1][1] > start


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


def lay_out(analysis: Analysis, blocks: Sequence[Block]) -> Page:
    """The page of a tagged text and its blocks."""
    text = analysis.text
    blocks, interruptions = rejoin(analysis, blocks)
    flat = flatten(text, [(block.start, block.end) for block in blocks])
    for start, end in interruptions:
        flat = flat[:start] + " " * (end - start) + flat[end:]
    words = [word for sentence in analysis.sentences for word in sentence.words]
    starts = [word.start for word in words]
    return Page(
        text=text,
        flat=flat,
        key=match_key(flat),
        blocks=tuple(blocks),
        sentences=list(_sentences(analysis, flat, blocks)),
        word_starts=starts,
        word_ends=[word.end for word in words],
        word_tags=[word.tag for word in words],
        people=[(entity.start, entity.end) for entity in analysis.entities if entity.label == "PER"],
        _line_ends=[match.start() for match in re.finditer("\n", flat)],
        _by_start=dict(zip(starts, range(len(starts)), strict=True)),
    )


def rejoin(analysis: Analysis, blocks: Sequence[Block]) -> tuple[Sequence[Block], list[tuple[int, int]]]:
    """The blocks with the halves of paragraphs put together that a page number or running head parts, and where those
    stand: boilerplate in the middle of a sentence is no part of what is said."""
    if not any(block.kind == "boilerplate" for block in blocks):
        return blocks, []
    starts = [sentence.start for sentence in analysis.sentences]
    ends = [sentence.end for sentence in analysis.sentences]
    starts[:1] = [0]
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


def _sentences(analysis: Analysis, flat: str, blocks: Sequence[Block]) -> Iterable[Sentence]:
    """Sentences cut at the borders of blocks; a list marker alone joins the sentence after it."""
    starts = [block.start for block in blocks]
    index = 0
    seen_block = -1
    pending: tuple[int, int] | None = None
    for sentence in analysis.sentences:
        start, end = sentence.start, sentence.end
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
