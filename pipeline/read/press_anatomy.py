"""The anatomy of a press article: title, lead, captions, and what web pages put around and behind the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from pipeline.read.anatomy import load_anatomy
from pipeline.read.paragraphs import TERMINAL
from pipeline.read.passages import Passage

TRANSPARENT = frozenset({"dateline", "boilerplate", "related_link", "caption", "byline", "credit", "tags"})
"""Roles that stand between the parts of an article without parting them."""
_TITLE_MAX = 220
_BYLINE_MAX = 60
_LINK_MAX = 200
_CAPTION_MAX = 400
_MOST_CAPTIONS = 12
_PHOTO = re.compile(r"[Ảả]nh\s*(?::|minh)")
_TAIL_CREDIT = re.compile(
    r"(?<=[.!?…”\"»)])\s+(?=(?:Tin|Bài|Tin,? ảnh|Tin và ảnh|Bài,? ảnh|Bài và ảnh|Tin, bài|Thực hiện|Tác giả)"
    r"\s*:\s*[^.:]{2,60}\.?$)"
)
_TAGS_AHEAD = re.compile(r"\s(?=(?:Từ kh(?:óa|oá)|Tags?)\s*:)")
# Where headings are marked up so, a line like a heading without the mark is a caption.
_MARKUP = ("**", "#")
_FEWEST_MARKED = 2
_CLOSING = "”\"?!)"
_SHORTEST_TITLE = 15
_FEWEST_WORDS = 4
_LONGEST_WORD = 20
_NAME_PARTS = re.compile(r"\s*(?:[-–,&]|\bvà\b)\s*|\s+")
_AT_WORK = re.compile(r"\s*\((?:thực hiện|tổng hợp|ghi|lược ghi|th|t/h|biên dịch|theo [^)]{2,30})\)$", re.IGNORECASE)
_MOST_NAME_PARTS = 8


def split_press(passage: Passage) -> list[Passage]:
    """A line that holds several things, in parts: glued titles, a credit behind the last sentence, tags and buttons.

    "… hiệu quả. Tin, ảnh: HÀ VY" -> the sentences and the credit; "Xã họp bànTỉnh chống hạn" (titles of links without
    a space between them) -> a part each.
    """
    glue = find_glue(passage.text)
    if glue:
        return passage.split([passage.start + at for at in glue])
    cuts: list[int] = []
    credit = _TAIL_CREDIT.search(passage.text)
    if credit is not None:
        cuts.append(credit.end())
    cuts += _furniture_cuts(passage.text)
    return passage.split([passage.start + at for at in sorted(set(cuts))]) if cuts else [passage]


def find_glue(line: str) -> list[int]:
    """Where titles are glued together in a line of related links, or an empty list for any other line.

    A title twice without a space is always one ("Tên bàiTên bài"). Else each part must have the length of a title, no
    part a stop at its end, and the syllable before the joint must be written in small letters ("VnExpress" is none).
    """
    half, odd = divmod(len(line), 2)
    if half > _SHORTEST_TITLE and not odd and line[:half] == line[half:]:
        return [half]
    if TERMINAL.search(line) or "\n" in line:
        return []
    cuts = [at for at in range(1, len(line) - 1) if _is_joint(line, at)]
    borders = [0, *cuts, len(line)]
    parts = [line[first:last] for first, last in zip(borders, borders[1:], strict=False)]
    if not cuts or any(len(part) < _SHORTEST_TITLE or len(part.split()) < _FEWEST_WORDS for part in parts):
        return []
    repeated = [
        first + len(parts[i - 1])
        for i, first in enumerate(borders[:-1])
        if i > 0 and parts[i].startswith(parts[i - 1] + " ")
    ]
    return sorted({*cuts, *repeated})


def _is_joint(line: str, at: int) -> bool:
    """Whether a capital follows right behind a whole word: a syllable of small letters, a number or a closing mark."""
    if not (line[at].isupper() and line[at + 1].islower()) or line[at - 1].isspace() or line[at - 1].isupper():
        return False
    before = line[max(0, at - _LONGEST_WORD) : at].rpartition(" ")[2]
    if len(before) < 2:
        return False
    return before.isdigit() or before[-1] in _CLOSING or (before.isalpha() and before.islower())


def _furniture_cuts(line: str) -> list[int]:
    """Where key words and buttons begin behind running words on one line: "HÀ MY Từ khóa: lũ, đê In bài viết"."""
    tags = _TAGS_AHEAD.search(line)
    if tags is None or TERMINAL.search(line) or not (TERMINAL.search(line[: tags.start()]) or _short(line, tags)):
        return []
    places = [line.find(words, tags.end()) for words in load_anatomy().furniture]
    found = [place for place in places if place > 0]
    return [tags.end(), *([min(found)] if found else [])]


def _short(line: str, tags: re.Match[str]) -> bool:
    return is_newsroom_name(line[: tags.start()])


def is_newsroom_name(line: str) -> bool:
    """Whether a line is names of writers alone: "HÀ VY", "T.SỸ", "Thu Hằng - Minh Anh", "ĐÌNH VŨ (Thực hiện)"."""
    bare = _AT_WORK.sub("", line.strip("*_ "))
    if not bare or len(line) > _BYLINE_MAX or TERMINAL.search(bare):
        return False
    parts = [part for part in _NAME_PARTS.split(bare) if part]
    named = all(part[:1].isupper() and part.replace(".", "").replace("'", "").isalpha() for part in parts)
    if not named or len(parts) > _MOST_NAME_PARTS:
        return False
    return len(parts) > 1 or bare != line.strip("*_ ") or "." in bare or bare.lower() not in _buttons()


@cache
def _buttons() -> frozenset[str]:
    return frozenset(words.lower().rstrip(" (") for words in load_anatomy().furniture)


def first_caption(passages: Sequence[Passage]) -> int:
    """Index of the first of the captions gathered behind the body, or the number of passages.

    Press dumps put the pictures' captions behind the body, after a blank line: lines without a photo credit among
    them are told by their place, between others that have one or repeat a line of the body, or behind the byline.
    """
    end = len(passages)
    if end < 4:
        return end
    first = next((i for i in range(end - 1, 0, -1) if passages[i].gap), end)
    tail = [passage.text for passage in passages[first:]]
    if not tail or len(tail) > _MOST_CAPTIONS or first < end * 0.5 or any(len(line) >= _CAPTION_MAX for line in tail):
        return end
    if is_newsroom_name(passages[first - 1].text) and any(TERMINAL.search(line) for line in tail):
        return first
    seen = Counter(passage.text for passage in passages[:first])
    marked = sum(1 for line in tail if seen[line] or _PHOTO.search(line))
    return first if marked >= max(1, len(tail) // 3) else end


def mark_press(passages: Sequence[Passage], *, titled: bool) -> None:
    """Title, lead and the lines behind the end of a press article; `titled`: the file has told the title itself."""
    body = [i for i, passage in enumerate(passages) if passage.kind not in TRANSPARENT]
    if not body:
        return
    first = body[0]
    line = passages[first].text
    if titled:
        first -= 1
    elif len(line) <= _TITLE_MAX and not line.rstrip("*_ ").endswith((".", ";", ":")) and len(body) > 1:
        passages[first].kind = "title"
        second = body[1]
        alone = second + 1 >= len(passages) or passages[second + 1].gap
        dense = sum(passage.gap for passage in passages[1:])
        plain = passages[second].kind in ("paragraph", "heading")
        if plain and alone and passages[second].gap and dense < len(passages) * 0.5 and len(body) > 3:
            passages[second].kind = "lead"
    marked = sum(passage.kind == "heading" and passage.text.startswith(_MARKUP) for passage in passages[first + 1 :])
    for passage in passages[first + 1 :] if marked >= _FEWEST_MARKED else ():
        if passage.kind == "heading" and not passage.text.startswith(_MARKUP):
            passage.kind = "caption"
    _mark_links(passages, first)
    _mark_tail(passages, first)


def _mark_links(passages: Sequence[Passage], first: int) -> None:
    """Titles in the list below "Tin liên quan": lines without a stop, up to the next sentence."""
    listing = False
    for passage in passages[first + 1 :]:
        if passage.kind == "related_link":
            listing = len(passage.text) < _BYLINE_MAX and ":" not in passage.text
        elif listing and passage.kind in ("heading", "paragraph", "list_item") and len(passage.text) <= _LINK_MAX:
            if TERMINAL.search(passage.text):
                listing = False
            else:
                passage.kind = "related_link"
        elif passage.kind in ("paragraph", "list_item"):
            listing = False


def _mark_tail(passages: Sequence[Passage], first: int) -> None:
    """Short lines without a stop behind the last sentence: the writer's name, then what the page puts behind it."""
    tail = []
    for i in range(len(passages) - 1, first, -1):
        passage = passages[i]
        if passage.kind in TRANSPARENT:
            continue
        if len(passage.text) > _BYLINE_MAX or TERMINAL.search(passage.text):
            break
        if passage.kind not in ("heading", "paragraph", "list_item"):
            break
        tail.append(passage)
    signed = any(passage.kind == "byline" for passage in passages[first + 1 :])
    for passage in reversed(tail):
        if is_newsroom_name(passage.text) or (not signed and passage is tail[-1] and passage.kind != "list_item"):
            passage.kind, signed = "byline", True
        else:
            passage.kind = "boilerplate"
