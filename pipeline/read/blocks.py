"""The anatomy of a report: its blocks, and its genre by its head.

`find_blocks` says what is title, lead, paragraph, caption, heading, list item and residue. Nothing is cut out
of the text: the blocks cover every line that isn't blank. The knowledge (what a caption or a closing formula looks
like) is in `lexicon/anatomy.toml`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal

import msgspec

from pipeline import lexicon
from pipeline.read.paragraphs import LIST_MARKER, TERMINAL, Line, find_lines, find_runs
from pipeline.records import Block, BlockKind, Genre

Setting = Literal["press", "official", "any"]

_ANNEX = re.compile(r"\W*(?:phụ lục|danh mục|bảng phân công)", re.IGNORECASE)
_TITLE_MAX = 220
_HEADING_MAX = 130


class LineRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule of `lexicon/anatomy.toml`: a line whose key matches `pattern` (and not `guard`) is a `kind` block."""

    name: str
    gloss: str
    kind: BlockKind
    where: Setting
    pattern: str
    source: str
    examples: list[str]
    counterexamples: list[str]
    guard: str | None = None
    max_length: int | None = None

    def matches(self, line: str) -> bool:
        """Whether this rule names `line` (already stripped)."""
        key = line.strip("*_ ").lower() or line
        if self.max_length is not None and len(key) > self.max_length:
            return False
        return bool(_compiled(self.pattern).match(key)) and not (self.guard and _compiled(self.guard).match(key))


class DocumentType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A type of official document and the words that name it above the abstract."""

    genre: Genre
    words: list[str]


class Anatomy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `lexicon/anatomy.toml`."""

    line: list[LineRule]
    type: list[DocumentType]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def load_anatomy() -> Anatomy:
    """The rules of `lexicon/anatomy.toml`. Raises LexiconError on an unknown key or a missing field."""
    return lexicon.read_entries("anatomy.toml", Anatomy)


def is_official(text: str) -> bool:
    """Whether the text has the head of an official document: motto, number and sign, or type in capitals."""
    head = text[:3000]
    key = re.sub(r"[\s*]+", " ", head).lower()
    if "cộng hòa xã hội chủ nghĩa việt nam" in key or "cộng hoà xã hội chủ nghĩa việt nam" in key:
        return True
    if "đảng cộng sản việt nam" in key and re.search(r"số:?\s*\d*\s*-\s*\w{1,4}/", key):
        return True
    return (
        _document_type(head) is not None and re.search(r"(?:^|\n)[\s|*]*số\s*:?\s*\d+\s*[-/]", head.lower()) is not None
    )


@cache
def _types() -> dict[str, Genre]:
    """Types of documents by the words that name them, the longest first."""
    types = {word: entry.genre for entry in load_anatomy().type for word in entry.words}
    return dict(sorted(types.items(), key=lambda pair: -len(pair[0])))


def _document_type(head: str) -> Genre | None:
    """The genre by the first line in capitals that names a type of document, or begins with one."""
    types = _types()
    for line in find_lines(head)[:40]:
        name = re.sub(r"\s+", " ", line.text.strip("*_ |#"))
        if not name.isupper():
            continue
        lowered = name.lower()
        if lowered in types:
            return types[lowered]
        if len(lowered) < 120:
            longest = next((word for word in types if lowered.startswith(word + " ")), None)
            if longest is not None:
                return types[longest]
    return None


def find_genre(text: str) -> Genre:
    """What kind of report it is, from its head: "news" unless it has the head of an official document.

    An official document without a type line is an official letter (công văn; Nghị định 30/2020, Điều 7).
    """
    kind = _document_type(text[:3000])
    if is_official(text):
        return kind or "official_letter"
    return "minutes" if kind == "minutes" else "news"


def _doubled(line: str) -> bool:
    """Whether a line is one title written twice without a space, as glued related links are."""
    half, odd = divmod(len(line), 2)
    return half > 15 and not odd and line[:half] == line[half:]


def _tail_of_captions(runs: Sequence[list[Line]], text: str) -> int:
    """Index of the first run of the captions gathered after the body's end, or len(runs).

    Press dumps put the pictures' captions after the body, behind a blank line: lines without a photo
    credit among them are told by their place, between others that have one or repeat a line of the body.
    """
    end = len(runs)
    if end < 4:
        return end
    first = end
    for i in range(end - 1, 0, -1):
        if text[runs[i - 1][-1].end : runs[i][0].start].count("\n") > 1:
            first = i
            break
    seen = Counter(text[run[0].start : run[-1].end] for run in runs[:first])
    tail = [text[run[0].start : run[-1].end] for run in runs[first:]]
    if not tail or len(tail) > 12 or first < end * 0.5:
        return end
    marked = sum(1 for line in tail if seen[line] or re.search(r"[Ảả]nh\s*(?::|minh)", line))
    return first if marked >= max(1, len(tail) // 3) and all(len(line) < 400 for line in tail) else end


def find_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a report in order: every paragraph has one, with its role.

    The text is canonical (NFC, line feeds). Works for press articles and official documents; tables laid out
    with bars are `table` blocks. Linear in the length of the text.
    """
    runs = find_runs(text)
    official = is_official(text)
    setting: Setting = "official" if official else "press"
    captions_from = _tail_of_captions(runs, text) if not official else len(runs)
    caption_texts = {text[run[0].start : run[-1].end] for run in runs[captions_from:]}
    kinds = list(_kinds(text, runs, setting, captions_from, caption_texts))
    if official:
        _mark_official(text, runs, kinds)
    else:
        _mark_press(text, runs, kinds)
    return tuple(Block(kind=kind, start=run[0].start, end=run[-1].end) for run, kind in zip(runs, kinds, strict=True))


def _kinds(
    text: str, runs: Sequence[list[Line]], setting: Setting, captions_from: int, captions: set[str]
) -> Iterator[BlockKind]:
    rules = [rule for rule in load_anatomy().line if rule.where in (setting, "any")]
    after_image = False
    for i, run in enumerate(runs):
        body = text[run[0].start : run[-1].end]
        flat = re.sub(r"\s+", " ", body)
        if i >= captions_from or body in captions:
            yield "caption"
        elif _doubled(body):
            yield "related_link"
        elif flat.startswith("|") and flat.count("|") >= 3:
            yield "table"
        else:
            rule = next((rule for rule in rules if len(flat) < 600 and rule.matches(flat)), None)
            if rule is not None:
                yield rule.kind
                after_image = flat.lower().startswith("[img")
                continue
            if after_image and len(flat) < 260 and setting == "press":
                yield "caption"
            elif LIST_MARKER.match(body):
                yield "list_item"
            elif _looks_like_heading(flat):
                yield "heading"
            else:
                yield "paragraph"
        after_image = False


def _looks_like_heading(line: str) -> bool:
    if line.startswith("#") or (line.startswith("**") and line.rstrip(".: ").endswith("**") and len(line) < 200):
        return True
    if len(line) > _HEADING_MAX or line[:1] in "\"“'‘-–(" or TERMINAL.search(line):
        return False
    return line[:1].isupper() or line.isupper()


_TRANSPARENT = ("dateline", "boilerplate", "related_link", "caption", "byline")


def _mark_press(text: str, runs: Sequence[list[Line]], kinds: list[BlockKind]) -> None:
    """Title, lead and the lines after the end of a press article."""
    body = [i for i, kind in enumerate(kinds) if kind not in _TRANSPARENT]
    if not body:
        return
    first = body[0]
    line = text[runs[first][0].start : runs[first][-1].end]
    if len(line) <= _TITLE_MAX and not line.rstrip("*_ ").endswith((".", ";", ":")) and len(body) > 1:
        kinds[first] = "title"
        second = body[1]
        alone = second + 1 >= len(runs) or text[runs[second][-1].end : runs[second + 1][0].start].count("\n") > 1
        apart = text[runs[first][-1].end : runs[second][0].start].count("\n") > 1
        dense = sum(1 for a, b in zip(runs, runs[1:], strict=False) if text[a[-1].end : b[0].start].count("\n") > 1)
        if kinds[second] in ("paragraph", "heading") and alone and apart and dense < len(runs) * 0.5 and len(body) > 3:
            kinds[second] = "lead"
    for i in range(len(kinds) - 1, first, -1):
        run_text = text[runs[i][0].start : runs[i][-1].end]
        if kinds[i] in _TRANSPARENT:
            continue
        if len(run_text) <= 60 and not TERMINAL.search(run_text) and kinds[i] in ("heading", "paragraph", "list_item"):
            kinds[i] = "byline"
            continue
        break


def _mark_official(text: str, runs: Sequence[list[Line]], kinds: list[BlockKind]) -> None:
    """Letterhead, type and abstract, addressees, signature and recipients of an official document."""
    lines = [text[run[0].start : run[-1].end] for run in runs]
    title = _title_line(lines)
    _mark_head(kinds, title)
    if title >= 0:
        _mark_title(lines, kinds, title)
    _mark_foot(lines, kinds)


def _title_line(lines: Sequence[str]) -> int:
    """Index of the line in capitals that names the document's type, or -1."""
    types = _types()
    for i, line in enumerate(lines[:60]):
        plain = line.strip("*_ |#")
        name = re.sub(r"\s+", " ", plain).lower()
        if plain.isupper() and (name in types or any(name.startswith(word + " ") for word in types)):
            return i
    return -1


def _mark_head(kinds: list[BlockKind], title: int) -> None:
    """What stands before the title, or without one before the last line of number and date, is letterhead."""
    stamp = max((i for i, kind in enumerate(kinds[:40]) if kind == "dateline"), default=-1)
    for i in range(max(title if title >= 0 else stamp, 0)):
        if kinds[i] in ("paragraph", "heading", "list_item", "signature", "table"):
            kinds[i] = "boilerplate"


def _mark_title(lines: Sequence[str], kinds: list[BlockKind], title: int) -> None:
    """The title and up to four lines of the abstract behind it."""
    kinds[title] = "title"
    for i in range(title + 1, min(title + 5, len(lines))):
        if kinds[i] in _TRANSPARENT:
            continue
        plain = lines[i].strip("*_ ")
        abstract = plain.isupper() or kinds[i] == "heading" or plain[:3].lower() in ("về ", "v/v")
        if not abstract or len(lines[i]) >= 500 or TERMINAL.search(lines[i]):
            break
        kinds[i] = "title"


def _mark_foot(lines: Sequence[str], kinds: list[BlockKind]) -> None:
    """Signature and recipients below the text, up to an annex."""
    foot = len(kinds) * 0.4
    tail = next((i for i, kind in enumerate(kinds) if kind == "recipients" and i > foot), None)
    signed = next((i for i, kind in enumerate(kinds) if kind == "signature" and i > foot), None)
    if signed is not None and (tail is None or signed < tail):
        for i in range(signed + 1, tail if tail is not None else len(kinds)):
            if kinds[i] in ("paragraph", "heading") and len(lines[i]) < 60:
                kinds[i] = "signature"
    if tail is None:
        return
    for i in range(tail + 1, len(kinds)):
        if _ANNEX.match(lines[i]):
            break
        if kinds[i] != "signature":
            kinds[i] = "recipients"
