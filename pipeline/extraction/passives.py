"""Orders in the passive: "Sở X được giao làm Y", "Lãnh đạo Hà Nội cũng được yêu cầu …": the subject must act."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.extraction.authority import UNIT
from pipeline.extraction.bodies import BodyMention, begins_with_body, split_bodies, work_start
from pipeline.extraction.body_grammar import body_patterns
from pipeline.extraction.cues import CueMention
from pipeline.extraction.discourse import adverbial_pattern, skip_connectors
from pipeline.extraction.floor import Scene
from pipeline.extraction.openings import skip_opening
from pipeline.extraction.order_words import order_patterns
from pipeline.extraction.orders import is_done
from pipeline.extraction.page import Sentence
from pipeline.extraction.spans import trim_end
from pipeline.extraction.speakers import Speaker
from pipeline.extraction.standing import highest_level
from pipeline.extraction.vocabulary import work_starts

_LONGEST_SUBJECT = 160


class PassiveOrder(NamedTuple):
    """An order in the passive: its verb, who gave it (None when nobody is told or known), who must act, and where the
    work begins."""

    cue: CueMention
    issuer: Speaker | None
    lead: tuple[BodyMention, ...]
    work: int


def find_passive_order(scene: Scene, sentence: Sentence, floor_holder: Speaker | None) -> PassiveOrder | None:
    """The first order in the passive of a sentence: a body, "được", who orders or nobody, the verb, and work.

    Where nobody is told to order it is the one who has the floor. "Sở Y tế được Thủ tướng giao mua vắc xin" is the
    order of the Prime Minister. In the press nobody below a unit is ordered so ("Người dân được yêu cầu …").
    """
    page, speakers = scene.page, scene.speakers
    if "được " not in page.key[sentence.start : sentence.end]:
        return None
    for match in order_patterns().passive.finditer(page.key, sentence.start, sentence.end):
        end = match.start()
        begin = skip_connectors(page, skip_opening(page, sentence.start, end), end)
        if not begins_with_body(page, begin, end) and adverbial_pattern().match(page.key, sentence.start, end):
            # behind an adverbial: "Về việc sửa đường dây, UBND các tỉnh được giao …"
            begin = max(page.flat.rfind(", ", begin, end) + 2, begin)
        if not begins_with_body(page, begin, end) or end - begin > _LONGEST_SUBJECT:
            continue
        if work_starts().match(page.key, match.end(), sentence.end) is None:
            continue
        if is_done(page.key[match.end() : sentence.end]):
            continue
        verb = work_start(page, begin, end)
        relative = body_patterns().has.search(page.key, begin, end)
        if verb is not None and (relative is None or verb < relative.start()):
            continue
        mention = speakers.mention_at(begin, reach=3)
        if mention is not None and not page.key.startswith("người đứng đầu", begin):
            # a person given an office or a part to play ("được giao chủ trì phiên họp")
            continue
        lead = tuple(split_bodies(page, begin, trim_end(page, begin, end)))
        if not scene.official and highest_level(page, lead) < UNIT:
            continue
        issuer = floor_holder
        if match.group("by").strip():
            mention = speakers.mention_at(match.start("by"))
            if mention is not None:
                issuer = speakers.of_mention(mention)
            else:
                agent = page.slice(*match.span("by"))
                issuer = Speaker(None, None, agent, *match.span("by"), "passive-agent")
        cue = CueMention(match.start("verb"), match.end("verb"), "order", "passive", False)
        return PassiveOrder(cue, issuer, lead, match.end())
    return None
