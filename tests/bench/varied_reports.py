"""Many different reports made from few: the corpus's documents with other names, places, days and paragraphs.

    for document in varied_documents(base, 100_000): …

The n-th report is always the same. Every offset and quotation holds in the new text, and the ids are the content's.
"""

from __future__ import annotations

import datetime
import hashlib
import random
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from pipeline.lexicon import read_list
from pipeline.lexicon.bodies import load_register
from pipeline.records import Document

_DAY = re.compile(r"\b(\d{1,2})/(\d{1,2})(?:/(\d{4}))?\b")
_GIVEN = "An Bình Cường Dũng Đạt Giang Hà Hải Hạnh Hòa Hùng Hương Khánh Lan Linh Long Mai Minh Nam Nga Ngọc Phúc Quân"
_MIDDLE = "Văn Thị Đức Minh Quốc Thanh Ngọc Xuân Hữu Công Đình Bá Thành Kim Hồng Thu Quang Anh"


class _Edits(NamedTuple):
    """The new text of a report, and where each place of the old one went."""

    text: str
    starts: list[int]  # of the edits in the old text
    ends: list[int]
    news: list[tuple[int, int]]  # of the edits in the new text

    def moved(self, place: int, *, end: bool) -> int:
        at = bisect_right(self.starts, place - end) - 1
        if at < 0:
            return place
        start, new_end = self.news[at]
        if place < self.ends[at] or (end and place == self.ends[at]):
            return new_end if end else start
        return new_end + place - self.ends[at]


def varied_documents(base: Sequence[Document], count: int) -> Iterator[Document]:
    """So many documents, made from the base in turn."""
    people, places = _names(base), _places()
    finder = re.compile("|".join(map(re.escape, sorted([*people, *places], key=len, reverse=True))))
    plain = [msgspec.to_builtins(document) for document in base]
    spots = [[(m.start(), m.end(), m.group()) for m in finder.finditer(document.text)] for document in base]
    days = [list(_DAY.finditer(document.text)) for document in base]
    surnames = read_list("common_surnames.txt")
    for number in range(count):
        chance = random.Random(number)
        at = number % len(base)
        shift = datetime.timedelta(days=chance.randrange(-3000, 300))
        renamed: dict[str, str] = {}
        edits = [(m.start(), m.end(), _moved_day(m, shift)) for m in days[at]]
        for start, end, name in spots[at]:
            if name not in renamed:
                renamed[name] = (
                    chance.choice(places)
                    if name in places
                    else " ".join(map(chance.choice, (surnames, _MIDDLE.split(), _GIVEN.split())))
                )
            edits.append((start, end, renamed[name]))
        other = base[chance.randrange(len(base))].text.split("\n")
        tail = "\n".join(chance.sample(other, min(3, len(other))))
        yield _varied(plain[at], base[at].text, edits, f"\n{tail}\nSố {number}/TB-VP", shift, renamed, number)


def _varied(
    plain: dict[str, Any],
    text: str,
    edits: list[tuple[int, int, str]],
    tail: str,
    shift: datetime.timedelta,
    renamed: dict[str, str],
    number: int,
) -> Document:
    moves = _apply(text, sorted(edits), tail)
    digest = hashlib.sha256(moves.text.encode()).hexdigest()
    document_id = digest[:12]

    def rebuild(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            new = {name: rebuild(one, name) for name, one in value.items()}
            if isinstance(new.get("start"), int) and isinstance(new.get("end"), int):
                new["start"], new["end"] = (
                    moves.moved(value["start"], end=False),
                    moves.moved(value["end"], end=True),
                )
                for quoted in ("exact", "text"):
                    if quoted in new:
                        new[quoted] = moves.text[new["start"] : new["end"]]
            return new
        if isinstance(value, (list, tuple)):
            return [rebuild(one, key) for one in value]
        if isinstance(value, str) and key in ("name", "person", "text", "title", "body", "place", "organizer"):
            return _renamed(value, renamed)
        if isinstance(value, str) and key in ("published", "date", "start", "end"):
            return _moved_iso(value, shift)
        return value

    new = rebuild(plain)
    new["text"] = moves.text
    new["document"] |= {"id": document_id, "sha256": digest, "path": f"varied/{number:06}.txt"}
    for directive in new["directives"]:
        for task in directive["tasks"]:
            task["id"] = _identity(document_id, directive["kind"], str(task["span"]["start"]), str(task["span"]["end"]))
        directive["id"] = _identity(document_id, "directive", directive["tasks"][0]["id"])
    return msgspec.convert(new, Document)


def _identity(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def _apply(text: str, edits: list[tuple[int, int, str]], tail: str) -> _Edits:
    pieces: list[str] = []
    starts, ends, news = [], [], []
    at = length = 0
    for start, end, new in edits:
        if start < at:
            continue
        pieces += [text[at:start], new]
        length += start - at
        starts.append(start)
        ends.append(end)
        news.append((length, length + len(new)))
        length += len(new)
        at = end
    return _Edits("".join([*pieces, text[at:], tail]), starts, ends, news)


def _names(base: Sequence[Document]) -> set[str]:
    chairs = (chair.name for document in base for chair in document.meeting.chairs)
    issuers = (directive.issuer.person for document in base for directive in document.directives)
    return {name for name in (*chairs, *issuers) if name and name.count(" ") > 0}


def _places() -> list[str]:
    return [place.name for place in load_register().places]


def _renamed(value: str, renamed: dict[str, str]) -> str:
    for old, new in renamed.items():
        value = value.replace(old, new)
    return value


def _moved_day(match: re.Match[str], shift: datetime.timedelta) -> str:
    day, month, year = match.groups()
    try:
        moved = datetime.date(int(year or 2020), int(month), int(day)) + shift
    except ValueError:
        return match.group()
    return f"{moved.day}/{moved.month}/{moved.year}" if year else f"{moved.day}/{moved.month}"


def _moved_iso(value: str, shift: datetime.timedelta) -> str:
    try:
        return (datetime.date.fromisoformat(value) + shift).isoformat()
    except (ValueError, OverflowError):
        return value
