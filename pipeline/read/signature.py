"""The signature of an official document: who signs, in which office, under which authority.

    KT. CHỦ TỊCH          authority: for the chairman
    PHÓ CHỦ TỊCH          the signer's office
    (Đã ký)
    Nguyễn Văn A          the name

Source: Nghị định 30/2020/NĐ-CP, Điều 13 and Phụ lục I; Hướng dẫn 36-HD/VPTW ("T/M", "K/T", "T/L").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline import lexicon
from pipeline.read.anatomy import load_anatomy
from pipeline.read.capitals import as_written
from pipeline.records import Block, Signer

_CELL = re.compile(r"[^|\n]+?(?=\s{3}|\n|\||$)")
_DECORATION = "*_ |#\t"
_LEARNED = re.compile(
    r"^(?:(?:GS|PGS|TS|ThS|ThS|BS|CKI+|CK|KS|LS|NGƯT|NSND|NSƯT|TSKH)\.?(?:[-/,]\s?|\s+|(?<=\.)))+"
    r"|^(?:Đại tướng|Thượng tướng|Trung tướng|Thiếu tướng|Đại tá|Thượng tá|Trung tá|Thiếu tá|Đại úy|Thượng úy)\s+"
)
_CHAIR = ("chủ trì", "chủ tọa", "chủ toạ")
_FEWEST_NAME_WORDS = 2
_MOST_NAME_WORDS = 5
_SAME_COLUMN = 28
_MOST_CELLS = 60
_LONGEST_CELL = 120


@dataclass(frozen=True, slots=True)
class _Cell:
    """A piece of the signature: its line, the middle of its columns, its words."""

    row: int
    middle: float
    text: str


def is_office(line: str) -> bool:
    """Whether a line in capitals begins with an authority or a signing office: "KT. CHỦ TỊCH", "GIÁM ĐỐC"."""
    key = line.strip(_DECORATION).lower()
    if not line.strip(_DECORATION).isupper() and key not in _CHAIR and key not in ("thư ký", "người ghi biên bản"):
        return False
    return _authority(key) is not None or any(re.match(rf"{re.escape(office)}(?!\w)", key) for office in _offices())


@cache
def _offices() -> tuple[str, ...]:
    return tuple(sorted(load_anatomy().signing.offices, key=len, reverse=True))


def is_signed(line: str) -> bool:
    """Whether a line says that it was signed: "(Đã ký)", "(Ký, ghi rõ họ tên)"."""
    key = line.strip(_DECORATION + "().").lower()
    return key in load_anatomy().signing.signed


def is_name(line: str) -> bool:
    """Whether a line is a person's name alone: capitalised words behind a surname, or all in capitals."""
    words = _bare_name(line).split()
    if not _FEWEST_NAME_WORDS <= len(words) <= _MOST_NAME_WORDS:
        return False
    if not all(word.replace("'", "").replace("’", "").replace("-", "").isalpha() for word in words):
        return False
    if all(word.isupper() for word in words) and max(map(len, words)) > 1:
        return words[0].lower() in _surnames() and not is_office(line)
    return all(word[:1].isupper() and (len(word) == 1 or not word.isupper()) for word in words)


@cache
def _surnames() -> frozenset[str]:
    return frozenset(name.lower() for name in lexicon.read_list("surnames.txt"))


def _bare_name(line: str) -> str:
    return _LEARNED.sub("", line.strip(_DECORATION))


def _authority(key: str) -> str | None:
    """How the authority that a line in small letters begins with is written, or None."""
    return next(
        (
            authority
            for authority, forms in load_anatomy().signing.authorities.items()
            if any(key.startswith(form) for form in forms)
        ),
        None,
    )


def find_signer(text: str, blocks: Sequence[Block]) -> Signer | None:
    """The one who signs, or None where no name stands below an office or several sign and none chairs.

    Of several who sign minutes it is the one who chairs ("CHỦ TRÌ", "CHỦ TỌA"). Not read: signatures set in columns by
    single blanks, more than 60 pieces.
    """
    cells = _cells(text, blocks)
    names = [cell for cell in cells if is_name(cell.text)]
    signers = [signer for signer in (_signer(name, names, cells, text) for name in names) if signer is not None]
    if len(signers) == 1:
        return signers[0][0]
    chairing = [signer for signer, offices in signers if any(office in _CHAIR for office in offices)]
    if len(chairing) == 1:
        return chairing[0]
    under = [signer for signer, _ in signers if signer.authority is not None]
    return under[0] if len(under) == 1 else None


def _cells(text: str, blocks: Sequence[Block]) -> list[_Cell]:
    """The pieces of the signature in the order of the text; an office and a name in one piece are two."""
    cells: list[_Cell] = []
    for block in blocks:
        if block.kind != "signature":
            continue
        for match in _CELL.finditer(text, block.start, block.end):
            words = match.group().strip(_DECORATION)
            if not words or len(words) > _LONGEST_CELL:
                continue
            if len(cells) >= _MOST_CELLS:
                return cells
            line = text.rfind("\n", 0, match.start()) + 1
            left = match.start() - line
            middle = left + len(match.group()) / 2
            row = text.count("\n", 0, match.start())
            cells += [_Cell(row, middle, part) for part in _office_and_name(words)]
    return cells


def _office_and_name(words: str) -> tuple[str, ...]:
    """An office in capitals and a name behind it ("CHỦ TỊCH Nguyễn Văn A") as two, other words as they are."""
    parts = words.split()
    capitals = next((i for i, part in enumerate(parts) if not part.isupper()), 0)
    office, name = " ".join(parts[:capitals]), " ".join(parts[capitals:])
    return (office, name) if capitals and is_office(office) and is_name(name) else (words,)


def _signer(
    name: _Cell, names: Sequence[_Cell], cells: Sequence[_Cell], text: str
) -> tuple[Signer, list[str]] | None:
    """The signer of that name with the offices above it, in small letters; None where no office stands there."""
    beside = [other for other in names if other.row == name.row]
    earlier = max((other.row for other in names if other.row < name.row), default=-1)
    above = [cell for cell in cells[: cells.index(name)] if cell not in names and cell.row > earlier]
    above = [cell for cell in above if _owner(cell, above, beside) is name]
    authority, role, offices = _read_offices([cell.text for cell in above])
    if not offices:
        return None
    written = as_written(role.upper(), text) if role else None
    return Signer(name=_proper_name(name.text), role=written, authority=authority), offices


def _owner(cell: _Cell, cells: Sequence[_Cell], names: Sequence[_Cell]) -> _Cell | None:
    """The name in whose column a cell stands: of the same number in its line where the lines have as many pieces, else
    the nearest."""
    beside = [other for other in cells if other.row == cell.row]
    if len(beside) == len(names):
        return names[beside.index(cell)]
    nearest = min(names, key=lambda name: abs(name.middle - cell.middle))
    return nearest if len(names) == 1 or abs(nearest.middle - cell.middle) < _SAME_COLUMN else None


def _read_offices(lines: Sequence[str]) -> tuple[str | None, str | None, list[str]]:
    """Authority, the signer's office and all offices (in small letters) of the lines above a name, from the top."""
    authority: str | None = None
    acting_for: str | None = None
    offices: list[str] = []
    told: list[str] = []
    for line in lines:
        key = line.lower()
        found = _authority(key) if line.isupper() else None
        if found is not None:
            authority, offices = found, []
            acting_for = re.sub(r"^(?:\w{1,3}\.|[tk]/\w{1,2}\.?|quyền)\s*", "", key)
            told.append(acting_for)
        elif is_office(line):
            offices.append(key)
            told.append(key)
        elif line.isupper() and offices:
            offices[-1] += " " + key
    role = offices[0] if offices else acting_for if authority == "Q." else None
    return authority, role, told


def _proper_name(words: str) -> str:
    """A name without academic titles and ranks, with capitals at the heads of its words."""
    name = re.sub(r"\s+", " ", _bare_name(words))
    return name.title() if name.isupper() else name
