"""The anatomy of minutes (biên bản): when, where and who, agenda, opinions, conclusions, votes.

Parts are told by the words that head them ("Chủ trì: …", "II. Ý KIẾN", `[[minutes]]` of `lexicon/anatomy.toml`) and,
where a list of those present says who does what, by the words in it ("…, chủ trì; …, thư ký").
Source: Nghị định 30/2020/NĐ-CP, Phụ lục III, mẫu 1.10.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.read.anatomy import MinutesPartName, load_anatomy
from pipeline.read.paragraphs import LIST_MARKER
from pipeline.read.passages import Passage
from pipeline.records import Block

ATTENDANCE = frozenset({"time", "place", "chair", "secretary", "present", "absent"})
_ENDS = frozenset({"title", "boilerplate", "recipients", "signature", "letterhead", "dateline"})
_LEAD_IN = re.compile(r"(?:hôm nay|vào|hồi|lúc|bắt đầu)\b[^.\n]{0,80}?\bngày\s+\d", re.IGNORECASE)
_DAY_AND_TIME = re.compile(
    r"(?:hồi|lúc)\s+\d{1,2}\s*(?:giờ|g|h|:)[^,;.]*?ngày\s+[\d/.\-]*\d(?:\s+tháng\s+\d+\s+năm\s+\d{4})?", re.IGNORECASE
)
_AT = re.compile(r"(?<!\w)tại\s+([^,;.\n]+)", re.IGNORECASE)
_VOTE = re.compile(
    r"\b(?:biểu quyết|bỏ phiếu"
    r"|\d+\s*/\s*\d+\s+(?:thành viên|đại biểu|ủy viên|uỷ viên|phiếu)[^.]{0,40}(?:tán thành|nhất trí|đồng ý)"
    r"|\d+\s*%[^.]{0,40}(?:tán thành|nhất trí|biểu quyết))",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[^;]+")
_SENTENCE = re.compile(r"[^.;]+(?:\.(?=\d)[^.;]+)*")
_CONCLUDING = re.compile(r"\bkết luận(?: và [\w ]{2,20}?)?(?: như sau)?\s*:$", re.IGNORECASE)
_HEADING_MAX = 90
_DEPTHS = (r"[IVX]+[.)]?|[A-Z]\.", r"\(?\d{1,2}[.)/]?[-–]?", r"\d{1,2}\.\d.*", r"\(?[a-zđ]{1,2}[.)]", r"[-–—+•*].*")


@dataclass(frozen=True, slots=True)
class MinutesPart:
    """A part of minutes and its place: [start, end) of the text."""

    part: MinutesPartName
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Head:
    """A passage that a part's words head: how deep its marker is, and where its own words begin, if it has any."""

    part: MinutesPartName
    depth: int
    content: int | None


def mark_minutes(passages: Sequence[Passage]) -> None:
    """Attendance, agenda and votes of minutes; opinions and conclusions stay what they are, for they are read."""
    for passage, part in _follow(passages):
        if passage.kind not in ("paragraph", "list_item", "heading"):
            continue
        if part in ATTENDANCE:
            passage.kind = "attendance"
        elif part == "agenda":
            passage.kind = "agenda"
        elif part == "votes":
            passage.kind = "vote"


def find_minutes(text: str, blocks: Sequence[Block]) -> list[MinutesPart]:
    """The parts of minutes in the order of the text. A part may be told in several places; parts may nest (the chair
    in the list of those present).

    Not read: who said what inside the opinions; the extraction does.
    """
    passages = [Passage(b.start, b.end, text[b.start : b.end], gap=False, kind=b.kind) for b in blocks]
    out = list(_lead_in(passages))
    for passage, part in _follow(passages):
        head = _head(passage)
        start = head.content if head is not None and head.content is not None else passage.start
        if head is not None and head.content is None:
            continue
        if part in ATTENDANCE:
            out += _attendance(passage, part, start)
        elif out and out[-1].part == part and part in ("agenda", "opinions", "conclusions"):
            out[-1] = MinutesPart(part, out[-1].start, passage.end)
        else:
            out.append(MinutesPart(part, start, passage.end))
    for passage in passages:
        if passage.kind == "boilerplate" and _VOTE.search(passage.text):
            out += [MinutesPart("votes", *span) for span in _matching(passage, _VOTE)]
    return sorted(out, key=lambda part: (part.start, part.end, part.part))


def _follow(passages: Sequence[Passage]) -> Iterator[tuple[Passage, MinutesPartName]]:
    """The passages that belong to a part, with its name: those under its heading, up to one that is as high."""
    heads = [_head(passage) if passage.kind not in _ENDS else None for passage in passages]
    bodied = _bodied(heads)
    part: MinutesPartName | None = None
    depth = 0
    for i, passage in enumerate(passages):
        if passage.kind in _ENDS:
            if passage.kind != "boilerplate":
                part = None
            continue
        head = heads[i]
        if head is not None and (head.part != "agenda" or i < bodied) and not (
            part in ("opinions", "conclusions") and head.depth > depth
        ):
            part, depth = head.part, head.depth
            yield passage, head.part
            if head.content is not None and head.part not in ("agenda", "present", "opinions", "conclusions"):
                part = None if depth == _depth("") else part
            continue
        ends = _is_numbered(passage) and _depth(_marker(passage.text)) <= depth < _depth("")
        if ends:
            part = None
        if part in ATTENDANCE and passage.kind == "paragraph" and head is None and depth == _depth(""):
            part = None
        if part is not None:
            yield passage, part
        elif _VOTE.match(passage.text):
            yield passage, "votes"


def _bodied(heads: Sequence[_Head | None]) -> int:
    """Index of the first heading of opinions or conclusions: "Nội dung" before it is the agenda, else the body."""
    for i, head in enumerate(heads):
        if head is not None and head.part in ("opinions", "conclusions"):
            return i
    return 0


def _is_numbered(passage: Passage) -> bool:
    return bool(_marker(passage.text)) or passage.kind == "heading"


def _marker(text: str) -> str:
    marker = LIST_MARKER.match(text.lstrip("*_ "))
    return marker.group().strip() if marker else ""


def _depth(marker: str) -> int:
    """How deep a marker stands: parts 0, numbers 1, numbers with a point 2, letters 3, dashes 4; without one 5."""
    return next((depth for depth, form in enumerate(_DEPTHS) if marker and re.fullmatch(form, marker)), len(_DEPTHS))


def _head(passage: Passage) -> _Head | None:
    """The part that a passage's first words head, or None."""
    body = passage.text.lstrip("*_ ")
    marker = LIST_MARKER.match(body)
    words = body[marker.end() :] if marker else body
    found = _part_words().match(words)
    if found is None:
        concluding = marker is not None and _CONCLUDING.search(words) is not None
        return _Head("conclusions", _depth(marker.group().strip() if marker else ""), None) if concluding else None
    part = _parts()[re.sub(r"\s+", " ", found["words"].lower())]
    depth = _depth(marker.group().strip() if marker else "")
    rest = words[found.end() :].strip("*_ ")
    if found["colon"]:
        return _Head(part, depth, passage.end - len(rest) if rest else None)
    short = len(words) <= _HEADING_MAX and not words.rstrip().endswith((".", ";"))
    return _Head(part, depth, None) if short and (not rest or words.isupper() or marker) else None


@cache
def _parts() -> dict[str, MinutesPartName]:
    return {word: entry.part for entry in load_anatomy().minutes for word in entry.words}


@cache
def _part_words() -> re.Pattern[str]:
    words = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(_parts(), key=len, reverse=True))
    return re.compile(rf"(?P<words>{words})(?!\w)\s*(?:\([^)]*\)\s*)?(?P<colon>:)?\s*", re.IGNORECASE)


def _attendance(passage: Passage, part: MinutesPartName, start: int) -> Iterator[MinutesPart]:
    """The part and, in a list of those present, the clauses that tell who chairs, who writes and who is absent."""
    yield MinutesPart(part, start, passage.end)
    if part != "present":
        return
    for name, pattern in _DUTIES:
        for first, last in _matching(passage, pattern, start):
            yield MinutesPart(name, first, last)


_DUTIES: tuple[tuple[MinutesPartName, re.Pattern[str]], ...] = (
    ("chair", re.compile(r"\bchủ (?:trì|tọa|toạ)\b", re.IGNORECASE)),
    ("secretary", re.compile(r"\bthư k[ýí]\b|\bghi biên bản\b", re.IGNORECASE)),
    ("absent", re.compile(r"\bvắng(?: mặt)?\b", re.IGNORECASE)),
)


def _matching(passage: Passage, pattern: re.Pattern[str], start: int | None = None) -> Iterator[tuple[int, int]]:
    """The clauses of a passage from `start` on in which the pattern is found."""
    begin = (passage.start if start is None else start) - passage.start
    for clause in _CLAUSE.finditer(passage.text, begin):
        for sentence in _SENTENCE.finditer(passage.text, clause.start(), clause.end()):
            words = sentence.group()
            if pattern.search(words):
                first = passage.start + sentence.start() + len(words) - len(words.lstrip())
                yield first, first + len(words.strip())


def _lead_in(passages: Sequence[Passage]) -> Iterator[MinutesPart]:
    """Time and place of a first paragraph "Hôm nay, hồi 14 giờ 00 ngày 12/11/2020, tại phòng họp …"."""
    body = next((p for p in passages if p.kind in ("paragraph", "list_item")), None)
    if body is None or not _LEAD_IN.match(body.text):
        return
    time = _DAY_AND_TIME.search(body.text)
    if time is not None:
        yield MinutesPart("time", body.start + time.start(), body.start + time.end())
    place = _AT.search(body.text)
    if place is not None:
        yield MinutesPart("place", body.start + place.start(1), body.start + place.end(1))
