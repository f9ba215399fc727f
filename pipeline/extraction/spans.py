"""The spans of tasks: where the work begins and ends, and where one sentence says several pieces of work."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extraction.bodies import (
    Addressee,
    BodyMention,
    begins_with_body,
    read_addressee,
    split_bodies,
    work_start,
)
from pipeline.extraction.discourse import adverbial_pattern, find_modal, list_intro_pattern, skip_connectors
from pipeline.extraction.page import Page
from pipeline.extraction.vocabulary import work_starts


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of work: the span [start, end), its addressee if it stands in front, and the adverbial before it."""

    start: int
    end: int
    addressee: Addressee | None
    intro: tuple[int, int] | None
    rule: str


_OPENING = re.compile(r"[\s:,\"“‘'(–—-]*")
_FILLER = re.compile(
    r"[ ,:]*(?:rằng|là|với|cho|tới|đến|cả|thêm|rõ|tinh thần|yêu cầu|(?:các |một số |những )?(?:yêu cầu|nội dung|vấn đề|nhiệm vụ)(?: chung| cụ thể| sau| sau đây| trọng tâm)*(?= *:)|một số nội dung(?: sau)?|như sau)(?!\w)[ ,:]*"
)
_TAIL = re.compile(r"[\s.,;:…!?\"”’*_/|–—-]+$")
_REASON = re.compile(r", *(?:vì|bởi|bởi vì|do đây|vì đây|do đó|đây là|qua đó góp phần tạo|coi đây là|xem đây là)(?!\w)")
_NOUN_LIST = re.compile(
    r"(?<!\w)(?:về|như|gồm|bao gồm|là|chuyên đề|hội nghị|vấn đề|lĩnh vực|nhóm|tiêu chí|chỉ tiêu|nội dung về|địa phương|dự án|gồm có|trong đó có)\s*:"
)


def trim_end(page: Page, start: int, end: int) -> int:
    """The end of a span without closing punctuation, quotation marks and brackets left open."""
    match = _TAIL.search(page.flat, start, end)
    while match is not None and match.end() == end:
        end = match.start()
        match = _TAIL.search(page.flat, start, end)
    if (
        page.flat[start:end].count("(") > page.flat[start:end].count(")")
        and end < len(page.flat)
        and page.flat[end] == ")"
    ):
        end += 1
    reason = _REASON.search(page.key, start + 20, end) if end - start > 40 else None
    if reason is None:
        return end
    return start + len(page.flat[start : reason.start()].rstrip())


def skip_opening(page: Page, at: int, end: int) -> int:
    """The place behind colons, quotation marks and words that only introduce ("rằng", "với tinh thần")."""
    before = -1
    while before != at:
        before = at
        opening = _OPENING.match(page.flat, at, end)
        if opening is not None:
            at = opening.end()
        filler = _FILLER.match(page.key, at, end)
        if filler is not None and filler.end() > at and not begins_with_body(page, at, filler.end()):
            at = filler.end()
    return at


def read_piece(page: Page, start: int, end: int, *, loose: bool = False, behind_semicolon: bool = False) -> Piece | None:
    """The piece of work in [start, end): behind connectors, adverbial and addressee; None when no work is said.

    `loose` takes a clause with a modal though neither addressee nor verb opens it ("việc chi trả cần tiếp tục").
    """
    at = skip_opening(page, start, end)
    at = skip_opening(page, skip_connectors(page, at, end), end)
    first = at
    intro: tuple[int, int] | None = None
    for _ in range(3):
        addressee = read_addressee(page, at, end)
        if addressee is not None:
            return Piece(at, trim_end(page, at, end), addressee, intro, "addressee-and-work")
        comma = _adverbial_end(page, at, end)
        if comma is None:
            break
        intro = (first, comma[0])
        at = skip_connectors(page, comma[1], end)
    match = work_starts().match(page.key, at, end)
    if match is not None and _is_work(page, at, match):
        begin = first if intro is not None else at
        return Piece(begin, trim_end(page, begin, end), None, intro, "work-in-front")
    if behind_semicolon and page.tag_at(at) == "V" and page.flat[at].islower() and not re.match(r"(?:là|bị|được|gồm|như)(?!\w)", page.key[at:end]):
        return Piece(at, trim_end(page, at, end), None, intro, "verb-in-front")
    if loose:
        modal = find_modal(page, first, min(end, first + 260))
        if modal is not None:
            subject = read_addressee(page, at, end)
            return Piece(first, trim_end(page, first, end), subject, intro, "modal-in-clause")
    return None


_BARE_CONSENT = frozenset({"đồng ý", "chấp thuận", "thống nhất"})
"""Words of consent that give nobody work by themselves."""


def _is_work(page: Page, at: int, match: re.Match[str]) -> bool:
    word = match.group()
    if word == "lãnh đạo":
        return page.key[match.end() :].lstrip(" ,").startswith(("chỉ đạo", "thực hiện", "tổ chức", "triển khai"))
    if word in _BARE_CONSENT:
        return page.key[match.end() :].lstrip().startswith(("giao", "để"))
    if word in ("theo", "cũng như", "căn cứ", "được", "sẽ", "chưa", "kể cả", "cùng"):
        after = work_starts().match(page.key, match.end() + 1)
        return word in ("căn cứ",) or (word == "cùng" and after is not None)
    if " " in word and (at == 0 or page.flat[at].isupper()):
        return not re.match(r" *(?:của|là|đã|đang|cho thấy|được|này|trên)(?!\w)", page.key[match.end() : match.end() + 12])
    return page.tag_at(at) not in ("N", "Np") or word in (
        "cần",
        "yêu cầu",
        "báo cáo",
        "chủ trì",
        "đầu tư",
        "quy hoạch",
        "kế hoạch",
    )


_TOPIC = frozenset({"về", "đối với", "riêng đối với", "liên quan"})


def _adverbial_end(page: Page, at: int, end: int) -> tuple[int, int] | None:
    """The adverbial at `at` as (its end, where the rest begins): it ends at a comma behind which an addressee or work
    stands, or right before an addressee ("trước ngày 10-1 chủ đầu tư phải …")."""
    opening = adverbial_pattern().match(page.key, at, end)
    if opening is None:
        return None
    if opening.group() in _TOPIC:
        topic = re.compile(r":\s+").search(page.flat, at, min(end, at + 700))
        if topic is not None:
            rest = skip_connectors(page, topic.end(), end)
            verb = work_starts().match(page.key, rest, end)
            if read_addressee(page, rest, end) is not None or (verb is not None and _is_work(page, rest, verb)):
                return topic.start(), topic.end()
    limit = min(end, at + 420)
    depth = 0
    for i in range(at, limit):
        c = page.flat[i]
        depth += (c == "(") - (c == ")")
        if depth > 0:
            continue
        if c in ",:":
            rest = i + 1
            while rest < end and page.flat[rest] == " ":
                rest += 1
            behind = skip_connectors(page, rest, end)
            if read_addressee(page, behind, end) is not None:
                return i, rest
            match = work_starts().match(page.key, behind, end)
            if match is not None and _is_work(page, behind, match):
                return i, rest
            if adverbial_pattern().match(page.key, behind, end) and c == ",":
                inner = _adverbial_end(page, behind, end)
                if inner is not None:
                    return i, rest
    return _bare_adverbial_end(page, at, limit, end)


_BARE = re.compile(
    r"(?:(?:trước|sau|trong|đến|từ nay đến|ngay trong|ngay sau|chậm nhất(?: là)?|từ|vào)(?: hết)? )?"
    r"(?:(?:\d+|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|vài|một) )?(?:ngày|tháng|quý|năm|tuần)?"
    r"(?: ?[\divx][\w/.\-]*| này| tới| sau| nay| tháng| năm| quý| ngày| đầu| cuối)+(?= )"
)
"""A time said without a comma right before the addressee: "trước ngày 10-1 chủ đầu tư phải …", "quý I-2018 sở sẽ …"."""


def _bare_adverbial_end(page: Page, at: int, limit: int, end: int) -> tuple[int, int] | None:
    match = _BARE.match(page.key, at, limit)
    if match is None:
        return None
    rest = match.end()
    while rest < end and page.flat[rest] in " ,":
        rest += 1
    return (match.end(), rest) if read_addressee(page, rest, end) is not None else None


def split_pieces(page: Page, start: int, end: int, *, loose: bool) -> list[Piece]:
    """The pieces of work in [start, end): split at semicolons that part work, and behind the introduction of a list.

    A semicolon inside an enumeration of things ("các hội nghị về: A; B; C") parts nothing. The addressee of a piece
    holds for the pieces behind it until another is named (the caller's doing).
    """
    bounds = _semicolons(page, start, end)
    pieces: list[Piece] = []
    at = start
    for stop in [*bounds, end]:
        begin = at
        at = stop + 1
        colon = _inner_colon(page, begin, stop)
        if colon is not None:
            pieces_before = read_piece(page, begin, colon, loose=loose)
            if pieces_before is not None and _says_more(page, pieces_before, colon):
                pieces.append(pieces_before)
            elif pieces_before is not None and pieces_before.addressee is not None:
                inner = read_piece(page, colon + 1, stop, loose=True)
                if inner is not None:
                    intro = pieces_before.intro or inner.intro
                    pieces.append(
                        Piece(
                            inner.start,
                            inner.end,
                            inner.addressee or pieces_before.addressee,
                            intro,
                            "list-behind-colon",
                        )
                    )
                continue
            inner = read_piece(page, colon + 1, stop, loose=True)
            if inner is not None:
                pieces.append(inner)
            continue
        piece = read_piece(page, begin, stop, loose=loose or bool(pieces), behind_semicolon=bool(pieces))
        if piece is not None:
            pieces.append(piece)
        elif pieces:
            last = pieces[-1]
            pieces[-1] = Piece(last.start, trim_end(page, last.start, stop), last.addressee, last.intro, last.rule)
    return pieces


def _semicolons(page: Page, start: int, end: int) -> list[int]:
    bounds = []
    depth = 0
    listing = False
    at = start
    for i in range(start, end):
        c = page.flat[i]
        depth += (c == "(") - (c == ")")
        if c == ":" and _NOUN_LIST.search(page.key, max(at, i - 18), i + 1):
            listing = True
        if c != ";" or depth > 0:
            continue
        if listing and not _new_addressee(page, i + 1, end):
            continue
        addressee_before = _only_names(page, at, i)
        if addressee_before:
            continue
        bounds.append(i)
        listing = False
        at = i + 1
    return bounds


def _new_addressee(page: Page, at: int, end: int) -> bool:
    at = skip_connectors(page, skip_opening(page, at, end), end)
    addressee = read_addressee(page, at, end)
    return addressee is not None and page.flat[at].isupper()


def _only_names(page: Page, start: int, end: int) -> bool:
    """Whether the run up to a semicolon holds names only ("các sở; UBND các huyện …"), so that the semicolon parts a list."""
    at = skip_opening(page, start, end)
    return begins_with_body(page, at, end) and work_start(page, at, end) is None


def _inner_colon(page: Page, start: int, end: int) -> int | None:
    """A colon in [start, end) behind an introduction of a list of works ("thực hiện các nhiệm vụ sau: rà soát …")."""
    for match in re.compile(r":(?=\s)").finditer(page.flat, start, end):
        head = page.key[start : match.start()]
        if list_intro_pattern().search(head) and not _NOUN_LIST.search(
            page.key, max(start, match.start() - 18), match.end()
        ):
            rest = skip_opening(page, match.end(), end)
            if end - rest > 12 and (work_starts().match(page.key, rest, end) or read_addressee(page, rest, end)):
                return match.start()
    return None


def _says_more(page: Page, piece: Piece, end: int) -> bool:
    """Whether a clause before a list says work of its own besides introducing the list."""
    work = piece.addressee.work if piece.addressee is not None else piece.start
    head = page.key[work:end]
    intro = list_intro_pattern().search(head)
    own = head[: intro.start()] if intro is not None else head
    return len(own.split()) > 12


def strip_list_intro(page: Page, piece: Piece, end: int) -> Piece | None:
    """A piece that ends a sentence with a colon, without its words that only introduce the list; None if nothing else is said."""
    head = page.key[piece.start : end].rstrip(" :")
    match = re.compile(r"[,;] *(?:trong đó|cụ thể|đặc biệt|nhất là|cần|đồng thời)?[^,;]*$").search(head)
    tail = match.group() if match is not None else ""
    if match is not None and list_intro_pattern().search(tail.strip()):
        stop = piece.start + match.start()
        short = Piece(piece.start, trim_end(page, piece.start, stop), piece.addressee, piece.intro, piece.rule)
        return short if _says_more(page, short, stop) or stop - piece.start > 90 else None
    return None


_COORDINATION = re.compile(
    r"(?<!\w)(?:phối hợp|kết hợp|liên kết|phối kết hợp)(?: chặt chẽ| chặt| tốt| hiệu quả| đồng bộ| chặt chẽ, hiệu quả| kịp thời)*(?: cùng với| với| cùng)? +|(?<!\w)cùng(?: với)? +"
)
_LIST_STOP = re.compile(
    r"[.;:()]|(?<!\w)(?:để|nhằm|trong việc|trong công tác|trong|về việc|về|theo|thực hiện|tại|trên cơ sở|khi|và các cơ quan chuyên môn để|từ đó|đồng thời|bảo đảm|đảm bảo|hoàn thành|trước|nghiên cứu)(?!\w)"
)


def find_coordinating(page: Page, start: int, end: int, lead: tuple[int, int] | None) -> list[BodyMention]:
    """The bodies that take part: under "phối hợp với …", "cùng với …". General calls ("phối hợp chặt chẽ giữa …") name nobody."""
    found: list[BodyMention] = []
    for match in _COORDINATION.finditer(page.key, start, end):
        at = match.end()
        if page.key[at:].startswith(("giữa ", "trong ", "thực hiện ")) or (
            lead and lead[0] <= match.start() < lead[1] and match.group().startswith("cùng") is False
        ):
            continue
        if match.group().startswith("cùng") and re.search(
            r"(?:kỳ|cùng với|phối hợp|lúc|đồng|vô|chung|trước|sau|thời gian) *$",
            page.key[max(start, match.start() - 14) : match.start()],
        ):
            continue
        if not begins_with_body(page, at, end):
            continue
        stops = [end]
        stop = work_start(page, at, min(end, at + 320))
        if stop is not None:
            stops.append(stop)
        mark = _LIST_STOP.search(page.key, at, end)
        while mark is not None and mark.group() in ("(", ")", ":", "trong") and mark.start() < min(stops):
            if mark.group() == ":" or (
                mark.group() == "trong"
                and not page.key[mark.end() :].startswith((" tỉnh", " ngành", " hệ thống", " khu vực"))
            ):
                if mark.group() == ":":
                    mark = _LIST_STOP.search(page.key, mark.end(), end)
                    continue
                break
            mark = _LIST_STOP.search(page.key, mark.end(), end)
        if mark is not None:
            stops.append(mark.start())
        stop_at = min(stops)
        comma = _list_end(page, at, stop_at)
        found.extend(split_bodies(page, at, comma))
        if len(found) > 20:
            break
    unique: dict[str, BodyMention] = {}
    for mention in found:
        if 1 < mention.end - mention.start < 120:
            unique.setdefault(page.key[mention.start : mention.end], mention)
    return list(unique.values())


def _list_end(page: Page, start: int, end: int) -> int:
    """Where a list of bodies ends in [start, end): before the first item that is no body."""
    at = start
    for match in re.compile(r",\s*|(?<!\w)và\s+").finditer(page.key, start, end):
        if match.end() < end and not begins_with_body(page, match.end(), end) and not page.flat[match.end()].isupper():
            return match.start()
        at = match.end()
    del at
    return end
