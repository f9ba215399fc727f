"""The head of an official document: issuing body, number and sign, place and day.

    UBND TỈNH BẮC NINH            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
    SỞ GIÁO DỤC VÀ ĐÀO TẠO           Độc lập - Tự do - Hạnh phúc
    Số: 287/SGDĐT-GDTrH             Bắc Ninh, ngày 20 tháng 02 năm 2025

The body in charge stands above the issuing body. Source: Nghị định 30/2020/NĐ-CP, Điều 8 and Phụ lục I;
Hướng dẫn 36-HD/VPTW for the Party ("Số 684-TB/TU").
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from functools import cache
from itertools import takewhile

from pipeline.read.anatomy import load_anatomy
from pipeline.read.capitals import as_written
from pipeline.records import Block

_NUMBER = re.compile(r"(?:^|[\n|])[ \t|*]*[Ss]ố\s*:?\s*(?P<number>\d{1,6}\s*[-/]\s*[A-ZĐa-z0-9][\w./Đđ-]*)")
_LONG_DAY = re.compile(r"ngày\s+(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})\s+năm\s+(?P<year>(?:19|20)\d{2})")
_STAMP_DAY = re.compile(r"\b(?P<day>\d{1,2})[/.\-](?P<month>\d{1,2})[/.\-](?P<year>(?:19|20)\d{2})\b")
_CELL = re.compile(r"[^|\n]+?(?=\s{3}|\||\n|$)")
_DECORATION = re.compile(r"[*_#|]+|-{2,}")
_HEAD_KINDS = ("letterhead", "boilerplate", "dateline")
_MOST_LINES = 5
_LONGEST_LINE = 160


def head_text(text: str, blocks: Sequence[Block]) -> str:
    """Datelines and the letterhead before the title; set in two columns, it has number and day beside the motto."""
    head = takewhile(lambda block: block.kind in _HEAD_KINDS, blocks)
    datelines = (block for block in blocks if block.kind == "dateline")
    spans = sorted({(block.start, block.end) for block in (*head, *datelines)})
    return "\n".join(text[start:end] for start, end in spans)


def find_number(head: str) -> str | None:
    """Number and sign: "634/TB-VPCP", "57-NQ/TW"; None where it is left open ("Số:    /TB-UBND")."""
    number = _NUMBER.search("\n" + head)
    return re.sub(r"\s+", "", number["number"]).rstrip(".,-/") if number else None


def find_day(head: str) -> str | None:
    """The first day of a head as an ISO date: "ngày 22 tháng 11 năm 2025", else "22/11/2025". A day outside
    the years 1900 to 2099 is a misprint and tells none."""
    flat = " ".join(head.split())
    for pattern in (_LONG_DAY, _STAMP_DAY):
        for match in pattern.finditer(flat):
            try:
                return datetime.date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat()
            except ValueError:
                continue
    return None


def find_issuing_body(text: str, blocks: Sequence[Block]) -> str | None:
    """The issuing body's name as running text writes it: "Sở Giáo dục và Đào tạo tỉnh Bắc Ninh"; None without a head.

    A name that says nothing by itself ("VĂN PHÒNG") is told with the body in charge, a department ("SỞ …") with that
    body's place.
    """
    bodies = _bodies(_lines(text, blocks))
    if not bodies:
        return None
    own = bodies[-1]
    above = bodies[-2] if len(bodies) > 1 else None
    name = as_written(own, text)
    if above is None:
        return name
    heads = load_anatomy().body_heads
    if own.lower() in heads.joined:
        return f"{name} {as_written(above, text)}"
    if _begins(own.lower(), heads.placed) and _place(own) is None:
        place = _place(above)
        if place is not None:
            written = as_written(place, text)
            return f"{name} {written[:1].lower()}{written[1:]}"
    return name


def _lines(text: str, blocks: Sequence[Block]) -> list[str]:
    """The lines in capitals that name bodies, from the top, the right column left out."""
    refused = _refused()
    lines: list[str] = []
    for block in blocks:
        if block.kind not in _HEAD_KINDS:
            break
        if block.kind == "boilerplate":
            continue
        before = len(lines)
        for cell in _CELL.finditer(text, block.start, block.end):
            words = re.sub(r"\s+", " ", _DECORATION.sub(" ", cell.group())).strip(" -–")
            if words.isupper() and 1 < len(words) <= _LONGEST_LINE and not refused.search(words.lower()):
                lines.append(words)
        if block.kind == "dateline" and before:
            break
    return lines[:_MOST_LINES]


def _bodies(lines: Sequence[str]) -> list[str]:
    """The lines joined to names: a line that opens no body's name goes on with the one above."""
    heads = load_anatomy().body_heads
    bodies: list[str] = []
    for line in lines:
        key = line.lower()
        opens = _begins(key, heads.opening) and not (bodies and bodies[-1].lower() in heads.joined)
        if bodies and not opens:
            bodies[-1] += " " + line
        else:
            bodies.append(line)
    return bodies


def begins_with_body(line: str) -> bool:
    """Whether a line in capitals begins with a word that opens a body's name: "SỞ", "ỦY BAN NHÂN DÂN"."""
    return _begins(line.lower(), load_anatomy().body_heads.opening)


def is_head_line(line: str) -> bool:
    """Whether a line is the name of a body in capitals, as the first of a letterhead is."""
    bare = _DECORATION.sub(" ", line).strip()
    return bare.isupper() and len(bare) <= _LONGEST_LINE and begins_with_body(bare)


def _begins(key: str, words: Sequence[str]) -> bool:
    return any(re.match(rf"{re.escape(word)}(?!\w)", key) for word in words)


def _place(name: str) -> str | None:
    """The unit of the state with its name at a body's end: "TỈNH BẮC NINH" of "UBND TỈNH BẮC NINH"."""
    units = "|".join(re.escape(unit) for unit in sorted(load_anatomy().body_heads.units, key=len, reverse=True))
    found = None
    for match in re.finditer(rf"(?<!\w)(?:{units})(?!\w)\s+(?!ủy|uỷ|đoàn).+$", name.lower()):
        found = found or match
    return name[found.start() :] if found else None


@cache
def _refused() -> re.Pattern[str]:
    return re.compile(load_anatomy().body_heads.not_a_body)
