"""What a cue introduces, or what is quoted before it: the asks of a sentence that says who asks."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extraction.ask_list import AskList, addressees
from pipeline.extraction.authority import LEADER
from pipeline.extraction.bodies import BodyMention, begins_with_body, read_addressee, split_bodies
from pipeline.extraction.cues import CueMention
from pipeline.extraction.discourse import asks_by_modal, find_modal, narration_pattern
from pipeline.extraction.openings import skip_opening, time_end
from pipeline.extraction.orders import document_recipient, intro_before, tells_result
from pipeline.extraction.page import Page, Sentence
from pipeline.extraction.spans import Piece, read_piece, split_pieces, strip_list_intro, trim_end
from pipeline.extraction.speakers import Speaker
from pipeline.extraction.standing import is_plausible, level_of


def read_introduced(asks: AskList, cue: CueMention, stop: int, sentence: Sentence, subject: Speaker | None) -> bool:
    """Makes the asks that an ordering verb introduces. False when it introduces no work."""
    page, floor = asks.page, asks.floor
    start = skip_opening(page, cue.end, stop)
    ends_list = page.key[start:stop].rstrip().endswith(":")
    intro = intro_before(cue, asks.reached(sentence), subject)
    if cue.force == "ban":
        start = cue.start
    recipient = document_recipient(page, cue, sentence)
    will = start
    if cue.force == "pledge":
        start = _behind_will(page, start, stop)
    pieces = split_pieces(page, start, stop, loose=True)
    if not pieces and cue.force == "proposal" and page.key.startswith("được ", start):
        # "xin được giữ lại một phần tiền thuê đất": what is asked for is to be granted
        pieces = [Piece(start, trim_end(page, start, stop), None, None, "to-be-granted")]
    if cue.force == "ban" and pieces and pieces[0].addressee is None:
        forbidden = skip_opening(page, cue.end, stop)
        pieces[0] = replace(pieces[0], addressee=read_addressee(page, forbidden, stop))
    if pieces and will < start == pieces[0].start:
        pieces[0] = replace(pieces[0], start=will)
    if not pieces:
        lead = _list_lead(asks, start, stop)
        if lead:
            asks.begin(cue, lead)
            floor.scope = intro
        return bool(lead)
    if ends_list:
        last = strip_list_intro(page, pieces[-1], stop)
        if last is None:
            intro_piece = pieces.pop()
            asks.begin(cue, addressees(page, intro_piece) if intro_piece.addressee else recipient)
            own_scope = (start, stop) if stop - start > 20 else None
            floor.scope = intro_piece.intro or (pieces[-1].intro if pieces else None) or intro or own_scope
            floor.listed = True
            if not pieces:
                return True
        else:
            floor.scope = (start, stop)
            pieces[-1] = last
    speaker = subject or floor.speaker
    if tells_result(page, cue, pieces[0], sentence) or not is_plausible(asks.scene, cue, pieces[0], speaker):
        return False
    scope = floor.scope if ends_list else None
    asks.begin(cue, recipient)
    asks.add_all(pieces, sentence, cue, f"cue:{cue.rule}", intro)
    floor.scope = scope or pieces[-1].intro or intro
    floor.listed = ends_list
    return True


def _behind_will(page: Page, start: int, stop: int) -> int:
    """The place behind "sẽ" at the head of a pledge, and a time before it ("hứa trước ngày 25/8 sẽ …"), or `start`."""
    at = time_end(page, start, stop) or start
    while at < stop and page.flat[at] in " ,":
        at += 1
    return at + len("sẽ ") if page.key.startswith("sẽ ", at) else start


def _list_lead(asks: AskList, start: int, stop: int) -> tuple[BodyMention, ...]:
    """The addressee of "yêu cầu các sở, ngành:" that ends a sentence: the asks follow."""
    page = asks.page
    end = trim_end(page, start, stop)
    if begins_with_body(page, start, end) and page.flat[end:stop].strip().startswith(":") and end - start < 400:
        return tuple(split_bodies(page, start, end))
    if end <= start and page.flat[start - 2 : stop].strip().endswith(":"):
        return asks.floor.lead
    return ()


def read_said(asks: AskList, cue: CueMention, stop: int, sentence: Sentence, subject: Speaker) -> bool:
    """Asks and pledges in what a verb of speech introduces, by their modals."""
    page = asks.page
    start = skip_opening(page, cue.end, stop)
    if asks.add_pledge(start, stop, sentence, cue, intro_before(cue, asks.reached(sentence), subject)):
        return True
    if level_of(subject, asks.scene.official) < LEADER:
        return False
    colon = page.flat[cue.end : cue.end + 3].strip().startswith(":") or ":" in page.key[cue.end : start]
    piece = read_piece(page, start, stop)
    modal = find_modal(page, start, min(stop, start + 300))
    if modal is None:
        if piece is None or not (colon or cue.force == "stress") or not _is_imperative(page, piece, stop):
            return False
    else:
        if cue.force == "say" and not colon and modal > start + 12 and (piece is None or piece.addressee is None):
            return False
        if not asks_by_modal(page, start, modal, stop):
            return False
    pieces = split_pieces(page, start, stop, loose=True)
    if pieces:
        asks.begin(cue, ())
    asks.add_all(pieces, sentence, cue, f"cue:{cue.rule}+need")
    return bool(pieces)


def read_quoted(asks: AskList, cue: CueMention, sentence: Sentence, at: int) -> bool:
    """The quotation right before an attribution ("…", Thủ tướng yêu cầu): its modal or imperative is an ask."""
    page = asks.page
    close = max(page.flat.rfind("”", at, cue.start), page.flat.rfind('"', at, cue.start))
    if close <= at + 10 or cue.start - close > 110:
        return False
    opening = max(page.flat.rfind("“", at, close), page.flat.rfind('"', at, close))
    start = opening + 1 if opening >= at else at
    if asks.add_pledge(start, close, sentence, cue):
        return True
    leads = level_of(asks.floor.speaker, asks.scene.official) >= LEADER
    if not leads and cue.force not in ("order", "request", "proposal"):
        return False
    piece = read_piece(page, start, close, loose=True)
    if piece is None:
        return False
    modal = find_modal(page, start, close)
    if modal is None:
        strong = asks.floor.asking or cue.force in ("order", "request", "stress")
        named = piece.rule == "work-in-front" or piece.addressee is not None
        if not (strong and named and _is_imperative(page, piece, close)):
            return False
    elif not asks_by_modal(page, start, modal, close):
        return False
    if not asks.floor.asking:
        asks.begin(cue, ())
    asks.add_all(split_pieces(page, start, close, loose=True), sentence, cue, f"quotation:{cue.rule}")
    return True


def _is_imperative(page: Page, piece: Piece, stop: int) -> bool:
    """Whether a piece behind a verb of stress is said as an imperative: work in front, nothing told, or a need."""
    addressee = piece.addressee
    if addressee is not None:
        if addressee.work - piece.start > 120:
            return False
        return find_modal(page, piece.start, addressee.work + 12) is not None
    if piece.rule != "work-in-front":
        return False
    return narration_pattern().search(page.key, piece.start, min(stop, piece.start + 80)) is None
