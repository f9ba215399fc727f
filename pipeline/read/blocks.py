"""The anatomy of a report: its lines, paragraphs and blocks.

`find_blocks` says what is title, lead, paragraph, caption, heading, list item and residue. Nothing is cut out
of the text: the blocks cover every line that isn't blank. `find_paragraphs` joins hard-wrapped lines, and is
what the sentence splitter works within. The knowledge (what a caption or a closing formula looks like) is in
`lexicon/anatomy.toml`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

import msgspec

from pipeline import lexicon
from pipeline.records import Block, BlockKind, Genre

Setting = Literal["press", "official", "any"]

LIST_MARKER = re.compile(
    r"(?:[-–—+•*▪►●○✓]|\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)/]|\d{1,2}\.\d{1,2}(?:\.\d{1,2})?|\d{1,2}[-–](?=\s)|\(?[a-zđ]{1,2}[.)]|[IVX]{1,5}[.)]|[A-Z]\.)(?=\s|[A-ZĐÀ-Ỹ])\s*|\d{1,2}(?:\.\d{1,2}){0,2}\.(?=\*\*)"
)
"""A list marker at the start of a line or a sentence: "1.", "a)", "2.1.", "-", "IV."."""

TERMINAL = re.compile(r"[.!?…:;][\"”’')\]*_/.]*$")
_WRAP_WIDTH_MAX = 130
_WRAP_WIDTH_MIN = 40
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
        key = line.strip("*_ ").lower()
        if not key or (self.max_length is not None and len(key) > self.max_length):
            key = key or line
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


class Line(NamedTuple):
    """One line of the text without its end and outer blanks: `indent` counts the blanks before it."""

    start: int
    end: int
    indent: int
    text: str


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def load_anatomy() -> Anatomy:
    """The rules of `lexicon/anatomy.toml`. Raises LexiconError on an unknown key or a missing field."""
    return lexicon.read_entries("anatomy.toml", Anatomy)


def find_lines(text: str) -> list[Line]:
    """The lines of the text that aren't blank, in order."""
    lines = []
    at = 0
    for raw in text.split("\n"):
        body = raw.strip()
        if body:
            indent = len(raw) - len(raw.lstrip())
            lines.append(Line(at + indent, at + indent + len(body), indent, body))
        at += len(raw) + 1
    return lines


def wrap_width(lines: Sequence[Line]) -> int | None:
    """The column at which the text was hard-wrapped, or None for a text with a paragraph a line.

    A hard-wrapped text has many lines that stop near one column without a sentence's end.
    """
    lengths = sorted(line.indent + len(line.text) for line in lines if len(line.text) >= _WRAP_WIDTH_MIN)
    if len(lengths) < 5:
        return None
    width = lengths[int(len(lengths) * 0.95)]
    if width > _WRAP_WIDTH_MAX:
        return None
    open_ended = sum(
        1
        for line, after in zip(lines, lines[1:], strict=False)
        if len(line.text) >= 0.6 * width and not TERMINAL.search(line.text) and after.text[:1].islower()
    )
    return width if open_ended >= max(3, len(lengths) // 6) else None


def _spaced(text: str, lines: Sequence[Line]) -> bool:
    """Whether blank lines part the paragraphs of a wrapped text, so that a single line end parts nothing."""
    blank = sum(1 for a, b in zip(lines, lines[1:], strict=False) if text[a.end : b.start].count("\n") > 1)
    return blank > len(lines) * 0.15


def _continues(line: Line, after: Line, width: int, between: str, spaced: bool) -> bool:
    """Whether `after` goes on with the paragraph that `line` ends in, in a text wrapped at `width`."""
    if between.count("\n") > 1 or "|" in (line.text, after.text):
        return False
    if LIST_MARKER.match(after.text) and (not spaced or TERMINAL.search(line.text) or not after.text.startswith("-")):
        return False
    if after.text.startswith(("**", "#")) and not line.text.startswith("**"):
        return False
    if after.text[:1].islower() or after.text[:1] in ",.;)":
        return True
    if line.text.isupper() or after.text.isupper():
        return line.text.isupper() and after.text.isupper()
    if after.indent > line.indent + 2 and TERMINAL.search(line.text):
        return False
    if spaced and not TERMINAL.search(line.text) and len(line.text) > 15:
        return True
    full = line.indent + len(line.text) + len(after.text.split(None, 1)[0]) + 1 > width * 0.93
    return full or (not TERMINAL.search(line.text) and len(line.text) > 0.6 * width)


def find_paragraphs(text: str) -> list[tuple[int, int]]:
    """The paragraphs as (start, end): runs of lines that belong together, trimmed, in order.

    In a text with a paragraph a line every line is a paragraph; in a hard-wrapped text lines are joined.
    Every character that isn't white space lies in exactly one paragraph. Linear in the length of the text.
    """
    return [(run[0].start, run[-1].end) for run in _runs(text)]


def _runs(text: str) -> list[list[Line]]:
    lines = find_lines(text)
    width = wrap_width(lines)
    spaced = width is not None and _spaced(text, lines)
    runs: list[list[Line]] = []
    for line in lines:
        if runs and width is not None:
            before = runs[-1][-1]
            if _continues(before, line, width, text[before.end : line.start], spaced):
                runs[-1].append(line)
                continue
        runs.append([line])
    return runs


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


def _document_type(head: str) -> Genre | None:
    types = {word: entry.genre for entry in load_anatomy().type for word in entry.words}
    for line in find_lines(head)[:40]:
        name = re.sub(r"\s+", " ", line.text.strip("*_ |#"))
        if name.isupper():
            lowered = name.lower()
            if lowered in types:
                return types[lowered]
            for word in sorted(types, key=len, reverse=True):
                if lowered.startswith(word + " ") and len(lowered) < 120:
                    return types[word]
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
    runs = _runs(text)
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
    types = {word for entry in load_anatomy().type for word in entry.words}
    title = -1
    for i, run in enumerate(runs[:60]):
        name = re.sub(r"\s+", " ", text[run[0].start : run[-1].end].strip("*_ |#")).lower()
        upper = text[run[0].start : run[-1].end].strip("*_ |#").isupper()
        if upper and (name in types or any(name.startswith(word + " ") for word in types)):
            title = i
            break
    stamp = max((i for i, kind in enumerate(kinds[:40]) if kind == "dateline"), default=-1)
    head_end = title if title >= 0 else stamp
    for i in range(max(head_end, 0)):
        if kinds[i] in ("paragraph", "heading", "list_item", "signature", "table"):
            kinds[i] = "boilerplate"
    if title >= 0:
        kinds[title] = "title"
        for i in range(title + 1, min(title + 5, len(runs))):
            line = text[runs[i][0].start : runs[i][-1].end]
            if kinds[i] in _TRANSPARENT:
                continue
            plain = line.strip("*_ ")
            if (
                (plain.isupper() or kinds[i] == "heading" or plain[:3].lower() in ("về ", "v/v"))
                and len(line) < 500
                and not TERMINAL.search(line)
            ):
                kinds[i] = "title"
            else:
                break
    tail = next((i for i, kind in enumerate(kinds) if kind == "recipients" and i > len(kinds) * 0.4), None)
    signed = next((i for i, kind in enumerate(kinds) if kind == "signature" and i > len(kinds) * 0.4), None)
    if signed is not None and (tail is None or signed < tail):
        for i in range(signed + 1, tail if tail is not None else len(kinds)):
            if kinds[i] in ("paragraph", "heading") and len(text[runs[i][0].start : runs[i][-1].end]) < 60:
                kinds[i] = "signature"
    if tail is not None:
        for i in range(tail + 1, len(kinds)):
            line = text[runs[i][0].start : runs[i][-1].end]
            if kinds[i] == "signature" or re.match(r"(?i)\W*(?:phụ lục|danh mục|bảng phân công)", line):
                if re.match(r"(?i)\W*(?:phụ lục|danh mục|bảng phân công)", line):
                    break
                continue
            kinds[i] = "recipients"
