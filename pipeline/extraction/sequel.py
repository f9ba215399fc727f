"""Sentences without a cue: whether one goes on with the asks before it, or tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import msgspec

from pipeline import lexicon
from pipeline.extraction.authority import LEADER, UNIT, authority_of
from pipeline.extraction.bodies import Addressee
from pipeline.extraction.body_grammar import body_patterns
from pipeline.extraction.cues import find_cues
from pipeline.extraction.discourse import Mood, asks_by_modal, find_modal, narration_pattern, skip_connectors
from pipeline.extraction.floor import Floor, Scene
from pipeline.extraction.openings import skip_opening
from pipeline.extraction.page import Page, Sentence
from pipeline.extraction.piece_words import piece_patterns
from pipeline.extraction.quotations import Quotation
from pipeline.extraction.spans import Piece, read_piece
from pipeline.extraction.speakers import BY_ORDER, Speaker
from pipeline.extraction.standing import level_of
from pipeline.extraction.vocabulary import any_of, work_starts

_THREAT = re.compile(r"sẽ bị(?<!\wsẽ bị)(?!\w)")
_OF_NOUN = re.compile(r"(?<!\w)(?:các|những|số|mọi|từng|nhiều|\d+)(?: [^\s,;]+){1,4} $")
"""A noun with its determiner right before a word of aspect, which tells of it."""
_SAYING = re.compile(r"[^,;.:]{3,60}? (?:thì|là|không phải) ")
_DIGRESSION = 3
"""After more sentences without an ask a list isn't taken up again."""


class SequelWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `lexicon/sequel.toml`."""

    explaining: list[str]
    theo_own: list[str]
    laws: list[str]
    law_verbs: list[str]
    telling_predicates: list[str]
    no_imperatives: list[str]
    aspect_behind: list[str]
    aspect_near: list[str]
    aspect_not_before: list[str]
    result_verbs: list[str]
    result_checks: list[str]
    deadline_kinds: list[str]
    times_of: list[str]
    deadline_verbs: list[str]
    tied: list[str]
    points: list[str]
    habits: list[str]
    told_days: list[str]


@dataclass(frozen=True, slots=True)
class _Patterns:
    explaining: re.Pattern[str]
    law: re.Pattern[str]
    telling_predicate: re.Pattern[str]
    no_imperative: re.Pattern[str]
    aspect_behind: re.Pattern[str]
    aspect_near: re.Pattern[str]
    result: re.Pattern[str]
    deadline: re.Pattern[str]
    tied: re.Pattern[str]
    point: re.Pattern[str]
    habit: re.Pattern[str]
    told_day: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = lexicon.read_entries("sequel.toml", SequelWords)
    return _Patterns(
        explaining=re.compile(rf"{any_of(words.explaining)}|theo (?!{any_of(words.theo_own)})"),
        law=re.compile(rf"(?:theo )?{any_of(words.laws)}(?: [^,.;]{{0,60}})? {any_of(words.law_verbs)}(?!\w)"),
        telling_predicate=re.compile(rf"{any_of(words.telling_predicates)}(?!\w)"),
        no_imperative=re.compile(rf"{any_of(words.no_imperatives)}(?!\w)"),
        aspect_behind=re.compile(rf"\s*{any_of(words.aspect_behind)}(?!\w)"),
        aspect_near=re.compile(
            rf"(?<!\w)(?<!được )(?<!mà ){any_of(words.aspect_near)}(?! {any_of(words.aspect_not_before)})(?!\w)"
        ),
        result=re.compile(
            rf"(?:kết quả(?: [^\s,.]+){{0,3}} {any_of(words.result_verbs)}|qua {any_of(words.result_checks)},)(?!\w)"
        ),
        deadline=re.compile(
            rf"(?:hạn {any_of(words.deadline_kinds)}?|thời hạn|thời gian {any_of(words.times_of)})"
            rf"[^.]{{0,40}}?{any_of(words.deadline_verbs)}(?!\w)"
        ),
        tied=re.compile(rf"{any_of(words.tied)}(?!\w)"),
        point=re.compile(rf"{any_of(words.points)}(?!\w)"),
        told_day=re.compile(rf"{any_of(words.told_days)}(?!\w)"),
        habit=re.compile(rf"(?<!\w){any_of(words.habits)}(?!\w)"),
    )


def goes_on(
    scene: Scene,
    floor: Floor,
    mood: Mood | None,
    quotation: Quotation | None,
    start: int,
    end: int,
    *,
    listed: bool = False,
) -> bool:
    """Whether the sentence in [start, end) goes on with the asks before it, or asks by its own modal in a leader's
    mouth. `quotation` is the one that the sentence stands in; `listed` says that it is an item of a list of works."""
    page = scene.page
    asking = floor.asking or (scene.official and mood == "asking")
    modal = find_modal(page, start, min(end, start + 260))
    if modal is None and not (asking or floor.asked or floor.leads):
        return False  # the run of a report's sentences: nothing below could say otherwise
    if _THREAT.search(page.key[start : min(end, start + 200)]):
        return False
    piece = read_piece(page, start, end, any_verb=listed)
    begin = skip_connectors(page, skip_opening(page, start, end), end)
    if not scene.official and _patterns().explaining.match(page.key, begin, end):
        return False
    if not scene.one_voice and (_patterns().law.match(page.key, begin, end) or _tells(page, piece, begin, end)):
        return False
    if floor.kind == "commitment":
        return asking and piece is not None and piece.addressee is None and begin > start
    if piece is not None and asking:
        if not scene.official and modal is None and _tells_when(page, piece):
            return False
        if piece.addressee is None:
            if not scene.official and modal is None and _saying(page, begin, end):
                return False
            tale = narration_pattern().search(page.key, begin, min(end, begin + 50))
            return tale is None or modal is not None or scene.official
        return _asks_of(scene, floor, piece.addressee, modal, end)
    if piece is not None and not asking and _begins_anew(scene, floor, piece, start, end):
        return True
    if modal is None or not asks_by_modal(page, begin, modal, end):
        return False
    if asking:
        return True
    if quotation is not None and quotation.speaker is not None:
        return level_of(quotation.speaker, scene.official) >= LEADER
    return scene.official and mood != "idle" and piece is not None


def _asks_of(scene: Scene, floor: Floor, addressee: Addressee, modal: int | None, end: int) -> bool:
    """Whether a sentence in a list of asks whose first body is `addressee` asks it, and doesn't tell of it."""
    if _holds_floor(scene, floor, addressee):
        return False
    predicate = _patterns().telling_predicate.match(scene.page.key, addressee.work, addressee.work + 30)
    if predicate is not None and modal is None:
        return False
    return not _tells_of(scene.page, addressee, end)


def _tells(page: Page, piece: Piece | None, start: int, end: int) -> bool:
    """Whether a sentence says that somebody says or thinks something: it tells, it asks nothing."""
    latest = end
    if piece is not None:
        if piece.addressee is None:
            return False
        latest = piece.addressee.work + 2
    cues = find_cues(page, start, min(end, start + 130))
    return any(cue.force in ("say", "opine") and start + 1 < cue.start <= latest for cue in cues)


def _takes_up(scene: Scene, floor: Floor, piece: Piece, end: int) -> bool:
    """Whether a sentence takes the list of asks up again after a digression: a named body right before an imperative,
    in the mouth of one who has asked before."""
    page, addressee = scene.page, piece.addressee
    if addressee is None:
        return False
    verb = work_starts().match(page.key, addressee.work, end)
    if verb is None or narration_pattern().search(page.key, addressee.work, min(end, addressee.work + 60)) is not None:
        return False
    if _holds_floor(scene, floor, addressee) or _tells_of(page, addressee, end):
        return False
    if _patterns().no_imperative.match(page.key, verb.start(), verb.end()):
        return False
    named = page.flat[addressee.start].isupper() and addressee.end - addressee.start < 160
    if floor.asked:
        return (named and floor.idle <= _DIGRESSION) or piece.intro is not None
    if floor.idle > _DIGRESSION or not _told_to(scene, floor, addressee, end):
        return False
    return _of_topic(page, piece) or (named and _below(scene, floor, addressee))


def _begins_anew(scene: Scene, floor: Floor, piece: Piece, start: int, end: int) -> bool:
    """Whether a sentence asks though no list of asks goes on: one who has asked takes it up again, or a leader who has
    the floor says what is to be done, to a body below him or as a point ("Thứ nhất, …")."""
    if not (floor.asked or floor.leads):
        return False
    return _takes_up(scene, floor, piece, end) or (floor.leads and _counts(scene.page, start, end))


def _of_topic(page: Page, piece: Piece) -> bool:
    """Whether the adverbial before a piece names what it is about ("Về vốn, Bộ Kế hoạch và Đầu tư …")."""
    return piece.intro is not None and page.key.startswith(piece_patterns().topic_openers, piece.intro[0])


def _below(scene: Scene, floor: Floor, addressee: Addressee) -> bool:
    """Whether a body stands below a leader who has the floor, as a public body or larger."""
    theirs = authority_of(scene.page.slice(addressee.start, addressee.end))
    return floor.speaker is not None and UNIT <= theirs < floor.speaker.level


def _told_to(scene: Scene, floor: Floor, addressee: Addressee, end: int) -> bool:
    """Whether an imperative to a body may be what a leader who has the floor in person says: nothing is told of it."""
    page = scene.page
    if floor.speaker is None or floor.speaker.person is None:
        return False
    if body_patterns().head.match(page.key, addressee.start) is None:
        return False
    mention = scene.speakers.mention_at(addressee.start, reach=3)
    if mention is not None and mention.name is not None:
        return False
    return _patterns().habit.search(page.key, addressee.start, min(end, addressee.work + 20)) is None


def _tells_when(page: Page, piece: Piece) -> bool:
    """Whether the adverbial before a piece is of a day told, as in a tale ("Ngày 18-9, Tỉnh ủy tổ chức …")."""
    return piece.intro is not None and _patterns().told_day.match(page.key, *piece.intro) is not None


def _saying(page: Page, start: int, end: int) -> bool:
    """Whether a clause that opens with a verb is a saying: "Không nắm được là quan liêu", "Làm ăn tử tế thì được …"."""
    match = _SAYING.match(page.key, start, end)
    return match is not None and " nào " not in match.group()


def _counts(page: Page, start: int, end: int) -> bool:
    """Whether a sentence opens as a point of a list told in words: "Thứ nhất, …", "Hai là …"."""
    return _patterns().point.match(page.key, skip_opening(page, start, end), end) is not None


def _holds_floor(scene: Scene, floor: Floor, addressee: Addressee) -> bool:
    """Whether the phrase before the verb names a person who stands as high as the speaker: then it tells about him."""
    mention = scene.speakers.mention_at(addressee.start, reach=3)
    if mention is None or mention.end > addressee.end + 1:
        return False
    who, now = scene.speakers.of_mention(mention, floor.speaker), floor.speaker
    if who is None or now is None:
        return False
    return who.level >= now.level or (who.person is not None and who.person == now.person)


def _tells_of(page: Page, addressee: Addressee, end: int) -> bool:
    """Whether words of aspect around a body's predicate tell what it has done or is doing."""
    if _patterns().aspect_behind.match(page.key, addressee.end, min(end, addressee.work + 40)):
        return True
    limit = min(end, addressee.work + 34)
    for match in _patterns().aspect_near.finditer(page.key, addressee.start, limit):
        # "rà soát các mỏ đã cấp phép": what is told of a noun behind the verb tells nothing of the body
        if _OF_NOUN.search(page.key, addressee.work, match.start()) is None:
            return True
    return False


def needs(scene: Scene, theo: Speaker | None, start: int, end: int) -> bool:
    """Whether "Theo …" gives a leader's need or ban: an addressee with "cần", "phải", "không được" right behind it."""
    if theo is None or theo.level < LEADER:
        return False
    piece = read_piece(scene.page, start, end)
    if piece is None or piece.addressee is None:
        return False
    if theo.rule == BY_ORDER and not _tells_of(scene.page, piece.addressee, end):
        return True
    modal = find_modal(scene.page, piece.addressee.end, min(end, piece.addressee.work + 4))
    return modal is not None and asks_by_modal(scene.page, piece.start, modal, end)


def tells_result_of_order(page: Page, sentence: Sentence) -> bool:
    """Whether a sentence tells what came of an order told before it ("Kết quả kiểm tra cho thấy …")."""
    return _patterns().result.match(page.key, sentence.start, sentence.end) is not None


def tells_deadline(page: Page, sentence: Sentence) -> bool:
    """Whether a sentence only tells the deadline of the ask before it ("Hạn cuối là ngày 30/6")."""
    return _patterns().deadline.match(page.key, sentence.start, sentence.end) is not None


def is_tied(page: Page, sentence: Sentence, piece: Piece) -> bool:
    """Whether a sentence is tied to the one before it, so that its time holds here too: by a connector, and with no
    addressee of its own."""
    if piece.addressee is not None or piece.start > sentence.start + 60:
        return False
    return _patterns().tied.match(page.key, sentence.start, sentence.end) is not None
