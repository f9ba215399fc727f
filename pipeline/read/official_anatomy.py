"""The anatomy of an official document: letterhead, type and abstract, addressees, signature, recipients.

Source: Nghị định 30/2020/NĐ-CP (Điều 8, 9, 13 and Phụ lục I); Hướng dẫn 36-HD/VPTW for documents of the Party.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.read.document_type import type_of_line
from pipeline.read.letterhead import begins_with_body
from pipeline.read.paragraphs import TERMINAL
from pipeline.read.passages import Passage
from pipeline.read.press_anatomy import TRANSPARENT
from pipeline.read.signature import is_name, is_office, is_signed

_ANNEX = re.compile(r"\W*(?:phụ lục|danh mục|bảng phân công)", re.IGNORECASE)
_RECIPIENTS = re.compile(r"[\s*_|]*nơi nhận\s*:?", re.IGNORECASE)
_CELL_START = re.compile(r"(?<=\s{3})(?=\S)|(?<=\|)\s*(?=[^\s|])")
_SENDING = re.compile(r"^kính gửi\b|(?:^|\s)điện\s*:$", re.IGNORECASE)
_TITLE_LINES = 60
_STAMP_LINES = 40
_ABSTRACT_LINES = 4
_ABSTRACT_MAX = 500
_MOST_ADDRESSEES = 40
_FOOT_SHARE = 0.4
_RECIPIENTS_LINE_MAX = 160
_MOST_RECIPIENTS = 40
# The last of the recipients: what the office itself files. An annex may be longer than the document.
_FILED = re.compile(r"^[\s|*+–-]*Lưu\b", re.MULTILINE)
_FOOT_LINE_MAX = 60
_MINUTES_FOOT = 10


def split_official(passages: Sequence[Passage]) -> list[Passage]:
    """The passages with the foot's lines cut into their columns: "Nơi nhận:      KT. CHỦ TỊCH" is two."""
    foot = _foot(passages)
    below = range(foot + 1, min(foot + _MOST_RECIPIENTS, len(passages)))
    annex = next((i for i in below if _ANNEX.match(passages[i].text)), foot + _MOST_RECIPIENTS)
    out: list[Passage] = []
    for i, passage in enumerate(passages):
        if not foot <= i < annex or passage.fixed:
            out.append(passage)
            continue
        cuts = [match.end() for match in _CELL_START.finditer(passage.text)]
        cuts = [at for at in cuts if any(char.isalnum() for char in passage.text[:at])]
        out += passage.split([passage.start + at for at in cuts]) if cuts else [passage]
    return out


def _foot(passages: Sequence[Passage]) -> int:
    """Index of the line "Nơi nhận", else of the first of the signatures set in columns at the very end."""
    least = int(len(passages) * _FOOT_SHARE)
    for i, passage in enumerate(passages):
        if _RECIPIENTS.match(passage.text) and len(passage.text.split("\n")[0]) < _RECIPIENTS_LINE_MAX:
            following = passages[i : i + _MOST_RECIPIENTS]
            if i >= least or any(_FILED.search(line.text) for line in following):
                return i
    for i in range(max(least, len(passages) - _MINUTES_FOOT), len(passages)):
        cells = [cell for cell in re.split(r"\s{3,}", passages[i].text) if cell]
        if len(cells) > 1 and all(cell.isupper() or is_office(cell) for cell in cells):
            return i
    return len(passages)


def mark_official(passages: Sequence[Passage]) -> None:
    """Letterhead, type and abstract, addressees, signature and recipients of an official document."""
    title = next((i for i, p in enumerate(passages[:_TITLE_LINES]) if type_of_line(p.text) is not None), -1)
    _mark_head(passages, title)
    if title >= 0:
        _mark_title(passages, title)
    _mark_addressees(passages, title)
    _mark_foot(passages)


def _mark_head(passages: Sequence[Passage], title: int) -> None:
    """What stands before the title, or without one before the last line of number and date, is letterhead."""
    stamp = max((i for i, passage in enumerate(passages[:_STAMP_LINES]) if passage.kind == "dateline"), default=-1)
    head = title if title >= 0 else stamp
    for passage in passages[: max(head, 0)]:
        if passage.kind in ("paragraph", "heading", "list_item", "signature", "table"):
            passage.kind = "letterhead" if any(char.isalpha() for char in passage.text) else "boilerplate"
    last = max(head, stamp) + _ABSTRACT_LINES + 1
    for passage in passages[last:]:
        if passage.kind == "title":
            passage.kind = "paragraph"


def _mark_title(passages: Sequence[Passage], title: int) -> None:
    """The title, up to four lines of the abstract behind it, and the office that decides ("GIÁM ĐỐC SỞ Y TẾ")."""
    passages[title].kind = "title"
    told = False
    for passage in passages[title + 1 : title + 1 + _ABSTRACT_LINES]:
        if passage.kind in TRANSPARENT or passage.kind == "letterhead":
            continue
        plain = passage.text.strip("*_ ")
        abstract = plain.isupper() or passage.kind in ("heading", "title") or plain[:3].lower() in ("về ", "v/v")
        abstract = abstract or (not told and passage.kind == "paragraph")
        if not abstract or len(passage.text) >= _ABSTRACT_MAX or TERMINAL.search(passage.text):
            break
        if _SENDING.search(plain):
            break
        if told and plain.isupper() and (is_office(plain) or begins_with_body(plain)):
            passage.kind = "letterhead"
            break
        passage.kind = "title"
        told = True


def _mark_addressees(passages: Sequence[Passage], title: int) -> None:
    """"Kính gửi: …", or "CHỦ TỊCH … điện:", and the list behind it."""
    start = next((i for i, p in enumerate(passages[: title + 1 + _STAMP_LINES]) if _SENDING.search(p.plain)), None)
    if start is None or passages[start].kind not in ("paragraph", "heading", "list_item"):
        return
    passages[start].kind = "addressees"
    open_list = passages[start].plain.endswith((":", ";", ","))
    for passage in passages[start + 1 : start + _MOST_ADDRESSEES]:
        if passage.kind in TRANSPARENT:
            continue
        if passage.kind not in ("list_item", "paragraph", "heading") or not open_list:
            break
        if passage.kind != "list_item" and not passage.plain.endswith((";", ",")) and len(passage.text) > 120:
            break
        if passage.kind == "list_item" and re.match(r"\W*(?:\d|[IVX]+\.)", passage.text):
            break
        open_list = not passage.plain.endswith(".")
        passage.kind = "addressees"


def _is_signers_line(passage: Passage) -> bool:
    """Whether a line right above the first signature is of other signers: "ĐẠI DIỆN NHÀ THẦU", "Phạm Công Thứ"."""
    if passage.kind not in ("heading", "paragraph") or len(passage.text) >= _FOOT_LINE_MAX:
        return False
    return is_name(passage.plain) or (passage.plain.isupper() and not TERMINAL.search(passage.plain))


def _is_signing(plain: str) -> bool:
    """Whether a line of the foot is of the signature: an office or its sequel in capitals, a name, "(Đã ký)"."""
    capitals = plain.isupper() and plain.replace(" ", "").isalpha() and len(plain) < _FOOT_LINE_MAX
    return capitals or is_office(plain) or is_signed(plain) or is_name(plain)


def _is_foot_line(plain: str) -> bool:
    """Whether a line behind the name and the last of the recipients may still be of the foot."""
    return len(plain) < _FOOT_LINE_MAX and (not plain.isupper() or is_office(plain))


def _mark_foot(passages: Sequence[Passage]) -> None:
    """Signature and recipients below the text, up to an annex."""
    least = len(passages) * _FOOT_SHARE
    start = _foot(passages)
    least = min(least, start)
    signed = next((i for i, p in enumerate(passages) if i >= least and p.kind == "signature"), len(passages))
    start = min(start, signed)
    while start > least and _is_signers_line(passages[start - 1]):
        start -= 1
    listing = filed = named = False
    for passage in passages[start:]:
        plain = passage.plain
        if _ANNEX.match(passage.text) or (filed and named and not _is_foot_line(plain)):
            return
        filed = filed or _FILED.search(passage.text) is not None
        named = named or is_name(plain)
        if not any(char.isalpha() for char in plain):
            passage.kind = "boilerplate"
        elif _RECIPIENTS.match(plain):
            passage.kind, listing = "recipients", True
        elif passage.kind == "signature" or _is_signing(plain):
            passage.kind = "signature"
        elif listing:
            passage.kind = "recipients"
        elif len(plain) < _FOOT_LINE_MAX and passage.kind in ("paragraph", "heading"):
            passage.kind = "signature"
