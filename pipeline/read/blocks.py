"""The blocks of a report: each run of its text with one role.

`find_blocks` says what is title, lead, paragraph, caption, heading, list item, letterhead, signature and residue.
Nothing is cut out of the text: the blocks cover everything that isn't white space. The knowledge (what a caption or a
closing formula looks like) is in `lexicon/anatomy.toml`; `press_anatomy`, `official_anatomy` and `minutes` tell what
follows from a line's place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.read.anatomy import Setting, line_rules, may_be_ruled
from pipeline.read.document_type import find_genre
from pipeline.read.minutes import mark_minutes
from pipeline.read.official_anatomy import mark_official, split_official
from pipeline.read.paragraphs import LIST_MARKER, TERMINAL, find_runs
from pipeline.read.passages import Passage, clean_roles, find_passages
from pipeline.read.press_anatomy import find_glue, first_caption, mark_press, split_press
from pipeline.records import Block, BlockKind

_HEADING_MAX = 130
_BOLD_HEADING_MAX = 200
_RULED_MAX = 600
_CAPTION_BELOW_IMAGE_MAX = 260
_CAPITAL_PART = re.compile(r"(?:[IVX]{1,5}|[A-Z])[.)-]?\s")
_PART = re.compile(
    r"\W*(?:phần(?: thứ)? (?:[ivx]+|\d+|nhất|hai|ba|tư|năm|sáu)\b|chương (?:[ivx]+|\d+)\b|mục (?:[ivx]+|\d+)\b"
    r"|điều \d+[a-zđ]?[.:])",
    re.IGNORECASE,
)


def find_blocks(text: str, given: Sequence[Block] = ()) -> tuple[Block, ...]:
    """The blocks of a report in order; roles that the reader has `given` stay, the rest is told from the words.

    The text is canonical (NFC, line feeds). The invariant: blocks come in order and don't overlap; none is empty or
    begins or ends with white space; every character that isn't white space lies in exactly one. Given roles are cut to
    the text and lose the white space around them; of two that overlap the one that begins first keeps its run.
    A paragraph around a page number is two blocks of one kind with `boilerplate` between them.
    Linear in the length of the text.
    """
    passages = find_passages(text, find_runs(text), clean_roles(text, given))
    genre = find_genre(text)
    official = genre != "news"
    setting: Setting = "official" if official else "press"
    passages = split_official(passages) if official else [part for passage in passages for part in _split(passage)]
    own = [passage for passage in passages if not passage.fixed and not passage.continues]
    captions_from = len(own) if official else first_caption(own)
    _name_lines(own, setting, captions_from)
    if official:
        mark_official(own)
    else:
        mark_press(own, titled=any(passage.fixed and passage.kind == "title" for passage in passages))
    if genre == "minutes":
        mark_minutes(own)
    for before, interruption, after in zip(passages, passages[1:], passages[2:], strict=False):
        if after.continues and interruption.fixed:
            after.kind = before.kind
    return tuple(Block(kind=passage.kind, start=passage.start, end=passage.end) for passage in passages)


def _split(passage: Passage) -> list[Passage]:
    return [passage] if passage.fixed or passage.continues else split_press(passage)


def _name_lines(passages: Sequence[Passage], setting: Setting, captions_from: int) -> None:
    """Give each passage the kind that its own words tell."""
    captions = {passage.text for passage in passages[captions_from:]}
    after_image = False
    for i, passage in enumerate(passages):
        flat = passage.flat
        if passage.text in captions:
            passage.kind = _by_rule(flat, setting) or "caption"
        elif setting == "press" and _is_glued(passages, i):
            passage.kind = "related_link"
        elif _is_row(passages, i):
            passage.kind = "table"
        else:
            kind = _by_rule(flat, setting)
            if kind is not None:
                passage.kind = kind
                after_image = flat.lower().startswith("[img")
                continue
            passage.kind = _by_form(passage.text, flat, setting, after_image)
            if passage.interrupted and passage.kind == "heading":
                passage.kind = "paragraph"
        after_image = False


def _by_rule(flat: str, setting: Setting) -> BlockKind | None:
    """The kind that the first matching rule of the lexicon names."""
    if len(flat) >= _RULED_MAX or not may_be_ruled(setting, flat):
        return None
    return next((rule.kind for rule in line_rules(setting) if rule.matches(flat)), None)


def _by_form(text: str, flat: str, setting: Setting, after_image: bool) -> BlockKind:
    if after_image and len(flat) < _CAPTION_BELOW_IMAGE_MAX and setting == "press":
        return "caption"
    if setting == "official" and _PART.match(flat):
        short = len(flat) <= _BOLD_HEADING_MAX and not TERMINAL.search(flat.rstrip("*_ "))
        return "heading" if short else "list_item"
    if setting == "official" and _CAPITAL_PART.match(flat) and flat.isupper() and len(flat) <= _BOLD_HEADING_MAX:
        return "heading"
    if setting == "official" and flat.isupper() and flat.endswith(":") and len(flat) <= _HEADING_MAX:
        return "heading"
    if LIST_MARKER.match(text) or (LIST_MARKER.match(bare := text.lstrip("*_ ")) and not _is_bold(bare)):
        return "list_item"
    return "heading" if _looks_like_heading(flat) else "paragraph"


def _is_glued(passages: Sequence[Passage], i: int) -> bool:
    """Whether a passage is one of several titles glued together: no white space stands between it and its neighbour."""
    passage = passages[i]
    touching = (i > 0 and passages[i - 1].end == passage.start) or (
        i + 1 < len(passages) and passages[i + 1].start == passage.end
    )
    return touching or bool(find_glue(passage.text))


def _is_row(passages: Sequence[Passage], i: int) -> bool:
    """Whether a passage is a row of a table: cells with bars around them, or bars between cells in rows in a row."""
    flat = passages[i].flat
    if not any(char.isalnum() for char in flat) and "---" not in flat:
        return False
    if flat.startswith("|") and flat.count("|") >= 3:
        return True
    bars = flat.count(" | ")
    if bars < 2:
        return False
    return any(passages[j].flat.count(" | ") == bars for j in (i - 1, i + 1) if 0 <= j < len(passages))


def _is_bold(bare: str) -> bool:
    return bare.rstrip(".: ").endswith("**") and len(bare) < _BOLD_HEADING_MAX


def _looks_like_heading(line: str) -> bool:
    if line.startswith("#") or (
        line.startswith("**") and line.rstrip(".: ").endswith("**") and len(line) < _BOLD_HEADING_MAX
    ):
        return True
    if len(line) > _HEADING_MAX or line[:1] in "\"“'‘-–(" or TERMINAL.search(line):
        return False
    return line[:1].isupper() or line.isupper()
