"""Verbs of ordering in their sentence: whether one orders there, whose order it is, and where its content ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extraction.authority import CITIZEN, is_foreign
from pipeline.extraction.bodies import BodyMention, begins_with_body, read_addressee, split_bodies
from pipeline.extraction.cues import CueMention
from pipeline.extraction.discourse import Mood, find_modal, skip_connectors
from pipeline.extraction.floor import Floor, Scene
from pipeline.extraction.openings import skip_opening
from pipeline.extraction.order_words import order_patterns
from pipeline.extraction.page import Page, Sentence
from pipeline.extraction.spans import Piece
from pipeline.extraction.speakers import Speaker

_PAST = re.compile(r"(?:đã|vừa|cũng)(?!\w)")
_PASSIVE = re.compile(r"(?<!\w)(?:được|bị)(?: \w+){0,3} *$")
_NEGATION = re.compile(r"(?<!\w)(?:không|chưa|chẳng|từng)(?: hề)? *$")
_CLAUSE = re.compile(r"[:;,]\s*$")
_RESULT = re.compile(r"(?:,|(?<!\w)và|;|ngay hôm sau|đến nay|kết quả)(?!\w)[^,.;]{0,70}(?<!\w)đã(?!\w)")
_CONCESSION = re.compile(r"(?:mặc dù|dù|tuy|dẫu)(?! nhiên)(?!\w)")
_DONE = re.compile(
    r"(?:,|(?<!\w)và|;) *(?:đến nay|đến hết [^,.;]{0,20}|tất cả|nay|cuối cùng)?[^,.;]{0,40}"
    r"(?:(?<!\w)(?:này|đó|ấy|trên|kiểm điểm|tất cả|đến nay)(?!\w)[^,.;]{0,30})"
    r"(?<!\w)(?:đã|xong|kết thúc|diễn ra|hoàn tất|hoàn thành)(?!\w)"
)
"""What came of an order, told of it by a word that points back: ", việc này đã xong", "và các quầy này đã mở"."""
_QUESTION = re.compile(r" *(?:lại|về việc|gì|sao|thế nào)(?!\w)")


def may_ask(
    scene: Scene, floor: Floor, mood: Mood | None, subject: Speaker, cue: CueMention, sentence: Sentence
) -> bool:
    """Whether the subject of an ordering verb gives an order here. In a list of a document that orders, "Bộ X chỉ
    đạo các đơn vị …" is Bộ X's task; only the one who orders, or somebody told in running text, orders there."""
    page = scene.page
    if not subject.known or _is_relative(page, cue, subject):
        return False
    if is_foreign(f"{subject.role or ''} {subject.body or ''}"):
        return False
    if subject.end < cue.start and find_modal(page, subject.end, cue.start) is not None:
        return False
    if _is_work_of_subject(page, floor, subject, cue, sentence):
        return False
    if not scene.one_voice or floor.held_by(subject):
        return True
    if subject.role is None and subject.person is None and (sentence.marker or mood == "asking"):
        return cue.rule in ("de-nghi", "kien-nghi") and subject.level <= CITIZEN
    return cue.rule != "chi-dao" or not sentence.marker


def _is_work_of_subject(page: Page, floor: Floor, subject: Speaker, cue: CueMention, sentence: Sentence) -> bool:
    """Whether, in a list of asks, a verb like "chỉ đạo" is the work of a body below the one who has the floor."""
    return (
        floor.asking
        and floor.kind == "directive"
        and floor.speaker is not None
        and cue.rule in order_patterns().work_too
        and subject.person is None
        and not floor.held_by(subject)
        and subject.level < floor.speaker.level
        and subject.start <= sentence.start + 40
        and _PAST.match(page.key, cue.start, cue.end) is None
    )


def _is_relative(page: Page, cue: CueMention, subject: Speaker) -> bool:
    """Whether subject and verb stand in a clause behind a noun: "nhiệm vụ Ủy ban Quốc gia giao cho tỉnh"."""
    patterns = order_patterns()
    if cue.rule == "giao" and subject.end < cue.start - 30:
        near = page.key[max(0, cue.start - 70) : cue.start]
        if patterns.assigned.search(near):
            return True
    before = page.key[max(0, subject.start - 24) : subject.start]
    told = patterns.assigned_before_subject.search(before) is not None
    return told and cue.rule in ("giao", "phan-cong", "yeu-cau")


def orders_here(
    scene: Scene, floor: Floor, cue: CueMention, subject: Speaker | None, at: int, sentence: Sentence
) -> bool:
    """Whether an ordering verb is said as an order: it has a subject, opens its clause, or goes on with an order; it
    isn't passive, in a noun phrase or in a relative clause. `at` is where its clause begins."""
    page, patterns = scene.page, order_patterns()
    if _PASSIVE.search(page.flat[max(sentence.start, cue.start - 30) : cue.start]):
        # in the flat text, since "Được" with a capital is a given name
        return False
    if subject is not None:
        return _NEGATION.search(page.key[max(0, cue.start - 16) : cue.start]) is None
    somebody = floor.speaker is not None
    if somebody and document_recipient(page, cue, sentence):
        return True
    work_too = cue.rule in patterns.work_too and floor.asking
    begin = skip_connectors(page, skip_opening(page, at, cue.start), cue.start)
    if begin >= cue.start:
        if work_too and not (cue.rule == "kien-nghi" and floor.kind == "proposal"):
            return False
        return somebody or scene.official
    if work_too or not (somebody or scene.official):
        return False
    between = page.key[at : cue.start]
    if patterns.going_on.search(between) is not None:
        return read_addressee(page, skip_opening(page, cue.end, sentence.end), sentence.end) is not None
    goes_on = scene.official and cue.rule in ("giao", "yeu-cau", "de-nghi", "phan-cong")
    return goes_on and _CLAUSE.search(between) is not None


def document_recipient(page: Page, cue: CueMention, sentence: Sentence) -> tuple[BodyMention, ...]:
    """The addressee of "có văn bản gửi Sở X đề nghị …", before the verb; empty without one."""
    match = order_patterns().sent.search(page.key, sentence.start, cue.start)
    if match is None or not begins_with_body(page, match.start("to"), match.end("to")):
        return ()
    return tuple(split_bodies(page, match.start("to"), match.end("to")))


def intro_before(cue: CueMention, start: int, subject: Speaker | None) -> tuple[int, int] | None:
    """The adverbial before the issuer ("Trong 6 tháng cuối năm, Chủ tịch … đề nghị"), from `start` on, where what was
    asked before in the sentence ends: it may bound the work."""
    end = subject.start if subject is not None and subject.start > start else cue.start
    return (start, end) if 5 < end - start < 220 else None


def is_done(told: str) -> bool:
    """Whether what an order introduces (a match key) tells that it was carried out ("…, việc này đã xong")."""
    return _DONE.search(told) is not None


def tells_result(page: Page, cue: CueMention, piece: Piece, sentence: Sentence) -> bool:
    """Whether a verb introduces only a question, or a past order told together with its result ("đã yêu cầu … và …
    đã …") or as overtaken ("Mặc dù … đã yêu cầu …"): no ask."""
    if _CONCESSION.match(page.key, sentence.start) and "đã" in page.key[sentence.start : cue.end].split():
        return True
    told = page.key[piece.start : piece.end]
    if (cue.past and _RESULT.search(told)) or is_done(told):
        return True
    return _QUESTION.match(page.key, cue.end, cue.end + 14) is not None


def content_end(scene: Scene, cue: CueMention, later: Sequence[CueMention], sentence: Sentence) -> int:
    """Where what a cue introduces ends: before the next directive of the sentence, or before an attribution."""
    for other in later:
        if other.start < cue.end + 3:
            continue
        if other.force in ("say", "stress", "opine", "order", "request"):
            close = _attributed(scene, cue, other)
            if close is not None:
                return close
        if other.force in ("order", "request", "proposal", "pledge"):
            joint = _next_order(scene.page, cue, other, sentence)
            if joint is not None:
                return joint
            issuer = _next_issuer(scene, cue, other)
            if issuer is not None:
                return issuer
    return sentence.end


def _attributed(scene: Scene, cue: CueMention, other: CueMention) -> int | None:
    """Where a quotation closes that somebody before the other cue is told to have said."""
    flat = scene.page.flat
    close = max(flat.rfind("”", cue.end, other.start), flat.rfind('"', cue.end, other.start))
    if close <= cue.end + 10 or other.start - close >= 90:
        return None
    return close if scene.speakers.subject(close + 1, other.start, None) is not None else None


def _next_order(page: Page, cue: CueMention, other: CueMention, sentence: Sentence) -> int | None:
    """Where an order without a subject of its own begins behind a joint ("…; đồng thời giao Sở Y tế …")."""
    if other.start - cue.end <= 15 or other.rule not in ("yeu-cau", "giao", "de-nghi", "cam-ket"):
        return None
    joint = order_patterns().next_order.search(page.key[max(cue.end, other.start - 90) : other.start])
    if joint is None:
        return None
    words = joint.group()
    if other.force == "pledge":
        # "…, đồng thời cam kết bàn giao mặt bằng": the one who asks pledges, too
        return max(cue.end, other.start - len(words))
    addressee = read_addressee(page, skip_opening(page, other.end, sentence.end), sentence.end)
    if addressee is not None:
        ends = cue.force in ("say", "stress") or ";" in words or "đồng thời" in words or "và" not in words
    else:
        again = cue.force in ("request", "order") and other.rule in ("yeu-cau", "de-nghi")
        ends = cue.force in ("say", "stress") or (again and "," not in words)
    return max(cue.end, other.start - len(words)) if ends else None


def _next_issuer(scene: Scene, cue: CueMention, other: CueMention) -> int | None:
    """Where another person is named who gives the other order ("…, còn ông Nam đề nghị …")."""
    mention = next(
        (
            mention
            for mention in scene.speakers.mentions_between(cue.end + 1, other.start)
            if mention.end <= other.start and other.start - mention.end < 40
        ),
        None,
    )
    if mention is None or mention.name is None:
        return None
    joint = order_patterns().next_issuer.search(scene.page.key[cue.end : mention.start])
    return mention.start if joint is not None else None
