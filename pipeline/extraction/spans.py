"""The spans of pieces of work: where each begins and ends, and where one sentence says several."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.extraction.bodies import (
    Addressee,
    begins_with_body,
    names_person,
    read_addressee,
    read_unlisted_addressee,
    work_start,
)
from pipeline.extraction.cues import find_cues
from pipeline.extraction.discourse import adverbial_pattern, find_modal, list_intro_pattern, skip_connectors
from pipeline.extraction.openings import adverbial_end, begins_work, skip_opening
from pipeline.extraction.page import Page
from pipeline.extraction.piece_words import piece_patterns
from pipeline.extraction.vocabulary import work_starts

_TAIL = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000.,;:…!?\"”’*_/|–—-"
)
"""White space and the signs that close a sentence or a quotation."""
_MARK = re.compile(r"[():;]")
_COLON = re.compile(r":(?=\s)")
_LAST_CLAUSE = re.compile(r"[,;][^,;]*$")
_COMMA = re.compile(r", (?:còn )?(?=\S)")
_ITEM_OPENER = re.compile(r"(?<!\w)(?:, |và |với |cho |cùng |của |về |gồm |tại )")
_SHORTEST_WORK = 12
_LIST_WORDS = 18
"""How many characters before a colon tell that a list of things follows."""
_MODAL_REACH = 260
"""How many characters into a clause a modal is looked for."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of work: the span [start, end), its addressee if it stands in front, and the adverbial before it."""

    start: int
    end: int
    addressee: Addressee | None
    intro: tuple[int, int] | None
    rule: str


def trim_end(page: Page, start: int, end: int) -> int:
    """The end of a span without closing punctuation, quotation marks and a reason behind a comma."""
    words = page.flat[start:end]
    end -= len(words) - len(words.rstrip(_TAIL))
    if page.flat.count("(", start, end) > page.flat.count(")", start, end) and page.flat.startswith(")", end):
        end += 1
    reason = piece_patterns().reason.search(page.key, start + 20, end) if end - start > 40 else None
    return end if reason is None else start + len(page.flat[start : reason.start()].rstrip())


def read_piece(
    page: Page, start: int, end: int, *, loose: bool = False, any_verb: bool = False
) -> Piece | None:
    """The piece of work in [start, end): behind connectors, adverbial and addressee; None when no work is said.

    `loose` takes a clause with a modal though neither addressee nor verb opens it ("việc chi trả cần tiếp tục");
    `any_verb` takes a verb that opens it though no list of verbs has it, as behind a semicolon or a list marker.
    """
    at = skip_opening(page, start, end)
    at = skip_opening(page, skip_connectors(page, at, end), end)
    first = at
    intro: tuple[int, int] | None = None
    for _ in range(3):
        addressee = read_addressee(page, at, end) or read_unlisted_addressee(page, at, end)
        if addressee is not None:
            return Piece(at, trim_end(page, at, end), addressee, intro, "addressee-and-work")
        adverbial = adverbial_end(page, at, end)
        if adverbial is None:
            break
        intro = (first, adverbial[0])
        at = skip_connectors(page, adverbial[1], end)
    if begins_work(page, at, end):
        begin = first if intro is not None else at
        return Piece(begin, trim_end(page, begin, end), None, intro, "work-in-front")
    if any_verb and _verb_in_front(page, at, end):
        return Piece(at, trim_end(page, at, end), None, intro, "verb-in-front")
    if loose and find_modal(page, first, min(end, first + _MODAL_REACH)) is not None:
        subject = read_addressee(page, at, end)
        return Piece(first, trim_end(page, first, end), subject, intro, "modal-in-clause")
    return None


def _verb_in_front(page: Page, at: int, end: int) -> bool:
    if page.tag_at(at) != "V" or adverbial_pattern().match(page.key, at, end) is not None:
        return False
    return piece_patterns().no_work.match(page.key, at, end) is None


def split_pieces(page: Page, start: int, end: int, *, loose: bool, listed: bool = False) -> list[Piece]:
    """The pieces of work in [start, end): split at semicolons that part work, and behind the introduction of a list.
    `listed` says that it is an item of a list of works, which any verb may open.

    A semicolon inside an enumeration of things ("các hội nghị về: A; B; C") parts nothing. The addressee of a piece
    holds for the pieces behind it until another is named (the caller's doing).
    """
    pieces: list[Piece] = []
    at = start
    for stop in [*semicolons(page, start, end), end]:
        begin, at = at, stop + 1
        colon = _inner_colon(page, begin, stop)
        if colon is not None:
            pieces.extend(_around_colon(page, begin, colon, stop, loose))
            continue
        piece = read_piece(page, begin, stop, loose=loose or bool(pieces), any_verb=listed or bool(pieces))
        if piece is not None:
            pieces.extend(_by_addressee(page, piece))
        elif pieces:
            last = pieces[-1]
            pieces[-1] = replace(last, end=trim_end(page, last.start, stop))
    return pieces


def _by_addressee(page: Page, piece: Piece) -> list[Piece]:
    """A piece parted where a comma brings in another named addressee with its own work ("Sở A …, Sở B …")."""
    pieces = [piece]
    while True:
        last = pieces[-1]
        for comma in _COMMA.finditer(page.flat, _work_of(last), last.end):
            following = _another(page, last, comma.start(), comma.end())
            if following is not None:
                pieces[-1] = replace(last, end=trim_end(page, last.start, comma.start()))
                pieces.append(following)
                break
        else:
            return pieces


def _work_of(piece: Piece) -> int:
    """Where the work of a piece begins."""
    return piece.addressee.work if piece.addressee is not None else piece.start


def _another(page: Page, piece: Piece, comma: int, at: int) -> Piece | None:
    """The piece of another addressee at `at`, behind a comma; None where a list of bodies goes on there: partners
    ("phối hợp với Sở A, Sở B rà soát") or those whom the work is done to ("gửi Sở A, Sở B")."""
    if not page.flat[at].isupper() or comma - _work_of(piece) < _SHORTEST_WORK:
        return None
    addressee = read_addressee(page, at, piece.end)
    if addressee is None or names_person(page, addressee.start, addressee.end):
        return None
    if any(cue.start <= addressee.work + 1 for cue in find_cues(page, at, addressee.work + 24)):
        # who said it, behind his words
        return None
    behind = _last_listed(page, _work_of(piece), comma)
    if begins_with_body(page, behind, comma) or page.flat[behind].isupper():
        return None
    return Piece(at, piece.end, addressee, None, "another-addressee")


def _last_listed(page: Page, start: int, comma: int) -> int:
    """Where the last item before a comma begins: behind another comma, "và", or a verb or preposition."""
    at = start
    for match in _ITEM_OPENER.finditer(page.key, start, comma):
        at = match.end()
    for verb in work_starts().finditer(page.key, at, comma):
        behind = verb.end() + 1
        if behind < comma and begins_with_body(page, behind, comma):
            return behind
    return at


def _around_colon(page: Page, start: int, colon: int, end: int, loose: bool) -> list[Piece]:
    """The piece before a list's colon, where it says more than that a list follows, and the first piece of the list."""
    before = read_piece(page, start, colon, loose=loose)
    inner = read_piece(page, colon + 1, end, loose=True)
    if before is not None and _says_more(page, before, colon):
        return [before, inner] if inner is not None else [before]
    if inner is None:
        return []
    if before is not None and before.addressee is not None:
        addressee = inner.addressee or before.addressee
        return [replace(inner, addressee=addressee, intro=before.intro or inner.intro, rule="list-behind-colon")]
    return [inner]


def semicolons(page: Page, start: int, end: int) -> list[int]:
    """The semicolons in [start, end) that part pieces of work: none in brackets, in lists of things or of names."""
    noun_list = piece_patterns().noun_list
    bounds = []
    depth = 0
    listing = False
    at = start
    for match in _MARK.finditer(page.flat, start, end):
        mark, i = match.group(), match.start()
        depth += (mark == "(") - (mark == ")")
        if mark == ":" and noun_list.search(page.key, max(at, i - _LIST_WORDS), i + 1):
            listing = True
        if mark != ";" or depth > 0 or (listing and not _new_addressee(page, i + 1, end)) or _only_names(page, at, i):
            continue
        bounds.append(i)
        listing = False
        at = i + 1
    return bounds


def _new_addressee(page: Page, at: int, end: int) -> bool:
    """Whether a named addressee opens what follows, so that a list of things ended."""
    at = skip_connectors(page, skip_opening(page, at, end), end)
    addressee = read_addressee(page, at, end)
    return addressee is not None and page.flat[at].isupper()


def _only_names(page: Page, start: int, end: int) -> bool:
    """Whether a run up to a semicolon holds names only ("các sở; UBND các huyện …"): it parts addressees, no work."""
    at = skip_opening(page, start, end)
    return begins_with_body(page, at, end) and work_start(page, at, end) is None


def _inner_colon(page: Page, start: int, end: int) -> int | None:
    """A colon in [start, end) behind an introduction of a list of works ("thực hiện các nhiệm vụ sau: rà soát …")."""
    noun_list = piece_patterns().noun_list
    for match in _COLON.finditer(page.flat, start, end):
        if not list_intro_pattern().search(page.key[start : match.start()]):
            continue
        if noun_list.search(page.key, max(start, match.start() - _LIST_WORDS), match.end()):
            continue
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
    """A piece whose sentence ends at `end` with a colon, without the words that only introduce the list behind it.

    None when nothing else is said ("thực hiện các nhiệm vụ sau:").
    """
    last = _LAST_CLAUSE.search(page.key[piece.start : end].rstrip(" :"))
    if last is None or not list_intro_pattern().search(last.group().strip()):
        return None
    stop = piece.start + last.start()
    short = replace(piece, end=trim_end(page, piece.start, stop))
    return short if _says_more(page, short, stop) or stop - piece.start > 90 else None
