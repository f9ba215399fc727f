"""The asks of a report: read sentence by sentence with the floor, the list of asks going on, and the addressee in mind.

`AskReader` holds what a careful reader holds in mind: who speaks, whether a list of asks goes on, who was last
told to act, which part of a document is being read. Every ask keeps the rules that made it one.
"""

from __future__ import annotations

import bisect
import re
import sys
from dataclasses import dataclass, field, replace

from pipeline.extraction.authority import authority_of, is_foreign
from pipeline.extraction.bare_names import fullest_name
from pipeline.extraction.bodies import (
    BodyMention,
    begins_with_body,
    read_addressee,
    split_bodies,
    work_start,
)
from pipeline.extraction.cues import CueMention, find_cues
from pipeline.extraction.discourse import find_modal, narration_pattern, section_of, skip_connectors
from pipeline.extraction.names import PersonMention
from pipeline.extraction.people_index import PeopleIndex
from pipeline.extraction.person_words import role_head, role_words
from pipeline.extraction.page import Page, Sentence
from pipeline.extraction.spans import (
    Piece,
    find_coordinating,
    read_piece,
    skip_opening,
    split_pieces,
    strip_list_intro,
    trim_end,
)
from pipeline.extraction.speakers import Quotation, Speaker, Speakers, find_quotations
from pipeline.extraction.task_tables import Row, find_task_rows
from pipeline.extraction.vocabulary import work_starts
from pipeline.language.matchkey import match_key
from pipeline.records import DirectiveKind

ORDERING = ("order", "request", "ban", "proposal", "pledge")
_SKIPPED = ("title", "lead", "caption", "related_link", "boilerplate", "byline", "dateline", "recipients", "signature")
_WORK_TOO = frozenset({"chi-dao", "luu-y", "kien-nghi", "phan-cong", "nghiem-cam", "cam-ket", "mong"})
"""Verbs that, without a subject in a list of asks, are the work itself ("Chỉ đạo các đơn vị trực …")."""
_UNIT = 30
"""Level of units, schools, hospitals: a request to one of them by anybody is at least a proposal."""
_NATIONAL = 90
"""The level of the Government and the National Assembly, which nobody below them directs."""
_LEADER = 40
"""Level of authority from which "cần", "phải" in somebody's mouth ask for action: heads of communes."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One piece of work asked for, pledged or proposed. `lead` and `coordinating` are mentions in the text; `intro`
    is the adverbial outside the span that may hold the deadline; `cell` is the deadline's cell in a table; `scope` is where a deadline said for a whole list stands."""

    start: int
    end: int
    kind: DirectiveKind
    speaker: Speaker | None
    cue: CueMention | None
    lead: tuple[BodyMention, ...]
    inherited: bool
    coordinating: tuple[BodyMention, ...]
    intro: tuple[int, int] | None
    scope: tuple[int, int] | None
    sentence: int
    rules: tuple[str, ...]
    cell: tuple[int, int] | None = None


_DOCUMENT = re.compile(r"(?<!\w)(?:công điện|văn bản|công văn|chỉ thị|thông báo|quyết định|kiến nghị|kết luận)(?: (?:này|trên|của [^,.;:]{3,60}))? *(?:cũng |còn )?$")
"""A document as the subject of a verb of speech: its issuer goes on speaking."""
_RESULT = re.compile(r"(?:kết quả(?: [^\s,.]+){0,3} (?:cho thấy|xác định)|qua (?:kiểm tra|rà soát|xác minh),)(?!\w)")
"""The result of an order told behind it."""
_DEADLINE_SENTENCE = re.compile(
    r"(?:hạn (?:cuối|chót|chậm nhất|hoàn thành|báo cáo)?|thời hạn|thời gian (?:hoàn thành|thực hiện|báo cáo))[^.]{0,40}?(?:là|:|trước|chậm nhất|đến hết|không quá|trong)(?!\w)"
)
_AUTHORS = re.compile(r"(?<!\w)(?:đã |vừa |cũng )*(?:ký|ban hành|có|gửi|ra|phát|ký ban hành) (?:công điện|văn bản|công văn|chỉ thị|thông báo|quyết định|kế hoạch|thông báo kết luận|kết luận)(?!\w)")
"""Words by which somebody is told to be the author of a document."""
_THOSE_NAMED = re.compile(r"(?:các|những|\d+|hai|ba|bốn|năm|sáu)(?: [^\s]+){1,3} (?:trên|nói trên|nêu trên|này)")
"""Bodies named before: "các đơn vị trên"."""
_FIRST_PERSON = re.compile(r"(?<!\w)(?:chúng tôi|tôi|tụi tui|tui|chúng em|bà con chúng tôi|chúng ta)(?: (?:cũng|rất|chỉ|xin|chân thành|tha thiết))* *$")
"""The speaker as the subject of his own verb, in a quotation: he goes on speaking."""


@dataclass(slots=True)
class Floor:
    """What the reader has in mind."""

    speaker: Speaker | None = None
    asking: bool = False
    kind: DirectiveKind = "directive"
    cue: CueMention | None = None
    lead: tuple[BodyMention, ...] = ()
    scope: tuple[int, int] | None = None
    listed: bool = False
    asked: bool = False
    idle: int = 0


class _Spans:
    """Runs of the text, asked whether a place lies in one."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._spans = sorted(spans)

    def __contains__(self, at: int) -> bool:
        i = bisect.bisect_right(self._spans, (at, sys.maxsize)) - 1
        return i >= 0 and at < self._spans[i][1]


@dataclass(slots=True)
class Section:
    """The part of an official document being read: its mood, and the addressee its heading names."""

    mood: str | None = None
    mood_depth: int = 9
    lead: tuple[BodyMention, ...] = ()
    depth: int = 9
    scope: tuple[int, int] | None = None


@dataclass(slots=True)
class AskReader:
    """Reads the asks of one page. `issuer` is the one who orders by an official document, None for press; `minutes`
    says that an official document tells who said what, as an article does."""

    page: Page
    people: list[PersonMention]
    index: PeopleIndex
    issuer: Speaker | None
    official: bool
    minutes: bool = False
    chairs: frozenset[str] = frozenset()
    speakers: Speakers = field(init=False)
    quotations: list[Quotation] = field(init=False)
    floor: Floor = field(default_factory=Floor)
    section: Section = field(default_factory=Section)
    asks: list[Ask] = field(default_factory=list)
    leader: Speaker | None = None

    def __post_init__(self) -> None:
        chair = next(iter(self.chairs)) if len(self.chairs) == 1 else None
        self.speakers = Speakers(self.page, self.people, self.index, chair)
        self.quotations = find_quotations(self.speakers)

    def read(self) -> list[Ask]:
        """All asks in the order of the text, not overlapping."""
        if self.official:
            self.floor.speaker = self.issuer
        rows = find_task_rows(self.page)
        rows_at = _Spans([(row.work.start, max(c.end for c in (row.work, row.lead, row.coordinating, row.deadline) if c is not None)) for row in rows])
        for sentence in self.page.sentences:
            if sentence.kind in _SKIPPED:
                continue
            if sentence.kind == "heading":
                self._heading(sentence)
                continue
            if sentence.start in rows_at:
                continue
            self._sentence(sentence)
        self._table_rows(rows)
        return _without_overlaps(self.page, self.asks)

    @property
    def _one_voice(self) -> bool:
        """Whether the whole document speaks for its issuer, as all but minutes and articles do."""
        return self.official and not self.minutes and self.issuer is not None

    def _same_as_issuer(self) -> bool:
        return self.issuer is not None and self._same(self.issuer)

    def _table_rows(self, rows: list[Row]) -> None:
        """Each row of a table of tasks is an ask of the one who issues the document."""
        for row in rows:
            lead = tuple(split_bodies(self.page, row.lead.start, row.lead.end)) if row.lead else ()
            others = tuple(split_bodies(self.page, row.coordinating.start, row.coordinating.end)) if row.coordinating else ()
            self.asks.append(
                Ask(
                    start=row.work.start, end=trim_end(self.page, row.work.start, row.work.end), kind="directive",
                    speaker=self.issuer or self.floor.speaker, cue=None, lead=lead, inherited=False, coordinating=others,
                    intro=None, scope=None, sentence=-1, rules=("table-row", "table-of-tasks"),
                    cell=(row.deadline.start, row.deadline.end) if row.deadline else None,
                )
            )  # fmt: skip

    # -- headings and sections -------------------------------------------------------------------------------

    def _heading(self, sentence: Sentence) -> None:
        if not self.official:
            return
        key = self.page.key[sentence.start : sentence.end].strip("*#_ :")
        self._open_section(sentence, key)

    def _open_section(self, sentence: Sentence, key: str) -> None:
        """A heading opens a part: its words give the mood, except below a part whose heading gave it."""
        now = self.section
        depth = _depth(sentence.marker) if sentence.marker else (0 if sentence.kind == "heading" else 9)
        lead = self._heading_lead(sentence)
        mood, mood_depth = now.mood, now.mood_depth
        if depth <= now.mood_depth or now.mood is None:
            told = section_of(key)
            if told is not None or depth < now.mood_depth:
                mood, mood_depth = told, depth
        self.section = Section(mood=mood, mood_depth=mood_depth, lead=lead, depth=depth, scope=None)
        if self.minutes and "kết luận" in key:
            self._chair_concludes()
        self.floor.lead = lead
        self.floor.asking = mood == "asking" or (bool(lead) and mood != "idle")

    def _chair_concludes(self) -> None:
        """In minutes the part of conclusions speaks for the chair, where there is one."""
        person = self.index.by_name(next(iter(self.chairs))) if len(self.chairs) == 1 else None
        if person is not None:
            role = person.roles[0] if person.roles else None
            at = person.mentions[0]
            self._take_floor(Speaker(person.name, role, None, at, at + len(person.name), "minutes-chair"))

    def _heading_lead(self, sentence: Sentence) -> tuple[BodyMention, ...]:
        """The bodies a heading names as addressees: "2. Sở Tài chính:", "Giao Sở Nội vụ:"."""
        page = self.page
        start = sentence.start
        end = trim_end(page, start, sentence.end)
        cues = [cue for cue in find_cues(page, start, end) if cue.force in ("order", "request")]
        if cues and cues[0].start - start < 3:
            start = skip_opening(page, cues[0].end, end)
        lead = re.compile(r"(?:đối với|về phía|giao|đề nghị) +").match(page.key, start, end)
        if lead is not None:
            start = lead.end()
        if not begins_with_body(page, start, end) or end - start > 300:
            return ()
        work = work_start(page, start, end)
        if work is not None and not page.key[start:end].startswith(("các chủ", "chủ")):
            return ()
        return tuple(split_bodies(page, start, end))

    # -- sentences -------------------------------------------------------------------------------------------

    def _sentence(self, sentence: Sentence) -> None:
        page = self.page
        if self.official and self._official_frame(sentence):
            return
        if self._one_voice and not self._same_as_issuer():
            self.floor.speaker = self.issuer
            self.floor.kind = "directive"
        floor = self.floor
        if self._deadline_told(sentence):
            return
        self._drop_done(sentence)
        opener = self._opener(sentence)
        if opener is not None:
            self._take_floor(opener)
        quotation = self._quotation_of(sentence)
        if quotation is not None and quotation.speaker is not None and not self._one_voice and not self._same(quotation.speaker):
            self._take_floor(quotation.speaker)
        theo = None if self._one_voice else self.speakers.by_theo(sentence, floor.speaker)
        if theo is not None:
            self._take_floor(theo)
        before = len(self.asks)
        handled = self._cued(sentence, quotation, theo)
        if not handled and len(self.asks) == before:
            self._uncued(sentence, quotation, theo)
        if len(self.asks) == before:
            floor.idle += 1
            if floor.idle >= (3 if self.official else 2):
                floor.asking = self.official and self.section.mood == "asking"
        else:
            floor.idle = 0

    def _drop_done(self, sentence: Sentence) -> None:
        """Takes back a past order whose result the next sentence tells ("Kết quả kiểm tra cho thấy …")."""
        if _RESULT.match(self.page.key, sentence.start, sentence.end) is None:
            return
        while self.asks and self.asks[-1].sentence == sentence.index - 1:
            cue = self.asks[-1].cue
            if cue is None or not cue.past:
                return
            self.asks.pop()

    def _deadline_told(self, sentence: Sentence) -> bool:
        """Whether a sentence only tells the deadline of the ask before it ("Hạn cuối là ngày 30/6"): it is kept with it."""
        if not self.asks or self.asks[-1].sentence != sentence.index - 1:
            return False
        if not _DEADLINE_SENTENCE.match(self.page.key, sentence.start, sentence.end):
            return False
        last = self.asks[-1]
        self.asks[-1] = replace(last, scope=(sentence.start, sentence.end))
        return True

    def _opener(self, sentence: Sentence) -> Speaker | None:
        """The person who opens a paragraph of minutes or questions and answers: "Ông Vũ Đình Lợi (tư vấn giám sát): …"."""
        if not sentence.first or self._one_voice:
            return None
        mention = next((m for m in self.people if m.start == sentence.start), None)
        if mention is None or mention.name is None:
            return None
        behind = self.page.flat[mention.end : min(sentence.end, mention.end + 110)]
        if re.match(r"[^.;:!?]{0,100}:", behind) is None or find_cues(self.page, mention.end, min(sentence.end, mention.end + 60)):
            return None
        return self.speakers.of_mention(mention, None)

    def _same(self, speaker: Speaker) -> bool:
        now = self.floor.speaker
        return now is not None and (now.person, now.role, now.body) == (speaker.person, speaker.role, speaker.body)

    def _take_floor(self, speaker: Speaker) -> None:
        """Gives the floor to another speaker; in a document that speaks for its issuer throughout only to persons
        and bodies that are told to have asked."""
        if not self._same(speaker):
            if self.floor.speaker is not None and self.floor.kind != "proposal" and self.floor.speaker.level >= _LEADER:
                self.leader = self.floor.speaker
            self.floor = Floor(speaker=speaker)
        elif speaker.start > self.floor.speaker.start:
            self.floor.speaker = speaker

    def _quotation_of(self, sentence: Sentence) -> Quotation | None:
        for quotation in self.quotations:
            if quotation.first <= sentence.index <= quotation.last:
                inside = min(quotation.end, sentence.end) - max(quotation.start, sentence.start)
                if inside > 0.5 * (sentence.end - sentence.start):
                    return quotation
        return None

    def _official_frame(self, sentence: Sentence) -> bool:
        """List items and paragraphs of a document that are headings by their form: "1. Bộ Y tế:", "Kính gửi: …"."""
        page = self.page
        key = page.key[sentence.start : sentence.end]
        if key.startswith("kính gửi"):
            return True
        if sentence.first and key.rstrip().endswith(":") and len(key) < 300 and sentence.marker:
            cues = [c for c in find_cues(page, sentence.start, sentence.end) if c.force in ORDERING]
            modal = find_modal(page, sentence.start, sentence.end)
            if not cues or cues[0].start == sentence.start:
                lead = self._heading_lead(sentence)
                if lead or (not cues and modal is None and not work_starts().match(page.key, sentence.start)):
                    self._open_section(sentence, key)
                    return True
        if sentence.first and sentence.marker and not re.search(r"[.;:!?]$", key) and len(key) < 160:
            lead = self._heading_lead(sentence)
            following = page.sentences[sentence.index + 1] if sentence.index + 1 < len(page.sentences) else None
            if lead and following is not None and following.first:
                self._open_section(sentence, key)
                return True
        if (
            sentence.first
            and sentence.kind == "list_item"
            and _depth(sentence.marker) <= self.section.depth
            and sentence.marker not in ("-", "+", "–", "•")
        ):
            if self.section.lead and _depth(sentence.marker) <= self.section.depth:
                self.section = replace(self.section, lead=(), depth=9)
                self.floor.lead = ()
        if sentence.first and self.section.lead:
            self.floor.lead = self.section.lead
        return False

    def _cued(self, sentence: Sentence, quotation: Quotation | None, theo: Speaker | None) -> bool:
        """Reads what the cues of a sentence introduce. True when a cue was found that settles the sentence."""
        page = self.page
        cues = find_cues(page, sentence.start, sentence.end)
        at = sentence.start
        settled = False
        for n, cue in enumerate(cues):
            if cue.start < at:
                continue
            passive = _passive_before(page, cue, sentence.start)
            told = _DOCUMENT.search(page.key, at, cue.start) or _FIRST_PERSON.search(page.key, at, cue.start)
            subject = self.floor.speaker if told is not None and self.floor.speaker is not None else self.speakers.subject(
                at if at > sentence.start else sentence.start, cue.start, self.floor.speaker
            )
            if subject is None and theo is not None and n == 0:
                subject = theo
            if subject is not None and subject.rule == "form-of-address-alone" and cue.force == "order":
                subject = self._who_orders(subject)
            if self._one_voice and self.section.mood == "idle" and cue.rule in _WORK_TOO:
                continue
            if cue.force in ORDERING:
                if subject is not None and not self._may_ask(subject, cue, sentence):
                    subject = None
                if not self._active(cue, subject, at, sentence, passive):
                    continue
                if subject is not None:
                    self._take_floor(self._in_full(subject))
                stop = self._content_end(cue, cues[n + 1 :], sentence)
                made = self._introduced(cue, stop, sentence, subject)
                if made:
                    at = stop
                    settled = True
                elif self._quoted_before(cue, sentence, at):
                    settled = True
                continue
            if subject is None or self._one_voice:
                continue
            self._take_floor(subject)
            if cue.force == "opine":
                self.floor.asking = False
                at = max(at, cue.end)
                later = [c for c in cues[n + 1 :] if c.force in ORDERING]
                if not later:
                    return True
                continue
            if self._quoted_before(cue, sentence, at):
                settled = True
                continue
            stop = self._content_end(cue, cues[n + 1 :], sentence)
            if self._said(cue, stop, sentence, subject):
                at = stop
                settled = True
            elif cue.force == "say":
                self.floor.asking = False
        return settled

    def _who_orders(self, subject: Speaker) -> Speaker:
        """Whom "ông", "bà" means before an order: not the one who has just proposed something, but the leader who held the
        floor before him."""
        now, leader = self.floor.speaker, self.leader
        if leader is None or leader.body is not None or now is None or (self.floor.kind != "proposal" and now.level >= _LEADER):
            return subject
        return replace(leader, start=subject.start, end=subject.end)

    def _may_ask(self, subject: Speaker, cue: CueMention, sentence: Sentence) -> bool:
        """Whether the subject of an ordering verb gives an order here. In a list of a document that orders, "Bộ X chỉ
        đạo các đơn vị …" is Bộ X's task; only the one who orders, or somebody told in running text, orders there."""
        if not subject.known:
            return False
        if self._relative(cue, subject) or is_foreign(f"{subject.role or ''} {subject.body or ''}"):
            return False
        if subject.end < cue.start and find_modal(self.page, subject.end, cue.start) is not None:
            return False
        floor = self.floor
        if (
            floor.asking and floor.kind == "directive" and floor.speaker is not None
            and cue.rule in _WORK_TOO and subject.person is None
            and not self._same(subject) and subject.level < floor.speaker.level and subject.start <= sentence.start + 40
            and not re.match(r"(?:đã|vừa|cũng)(?!\w)", self.page.key[cue.start : cue.end])
        ):
            return False
        if not self._one_voice or self._same(subject):
            return True
        if subject.role is None and subject.person is None and (sentence.marker or self.section.mood == "asking"):
            return cue.rule in ("de-nghi", "kien-nghi") and subject.level <= 20
        return cue.rule != "chi-dao" or not sentence.marker

    def _relative(self, cue: CueMention, subject: Speaker) -> bool:
        """Whether subject and verb stand in a clause behind a noun: "nhiệm vụ Ủy ban Quốc gia giao cho tỉnh"."""
        before = self.page.key[max(0, subject.start - 24) : subject.start]
        near = self.page.key[max(0, cue.start - 70) : cue.start]
        if cue.rule == "giao" and re.search(r"(?<!\w)(?:nhiệm vụ|công việc|chỉ tiêu|phần việc)(?: [^\s,.;:]+){1,9} *$", near) and subject.end < cue.start - 30:
            return True
        return cue.rule in ("giao", "phan-cong", "yeu-cau") and re.search(r"(?<!\w)(?:nhiệm vụ|công việc|chỉ tiêu|nội dung|phần việc|dự án|mà|do|vụ việc)(?: được)? *$", before) is not None

    def _in_full(self, speaker: Speaker) -> Speaker:
        """A speaker told by a bare word ("Huyện kiến nghị …") under the full name told before."""
        if speaker.body is None:
            return speaker
        full = fullest_name(self.page, speaker.body, speaker.start)
        return replace(speaker, body=self.page.slice(full.start, full.end)) if full is not None else speaker

    def _active(self, cue: CueMention, subject: Speaker | None, at: int, sentence: Sentence, passive: bool) -> bool:
        """Whether an ordering verb is said as an order here: it has a subject, opens its clause, or goes on with an
        order; not in a noun phrase or a relative clause."""
        page = self.page
        if passive:
            return False
        if subject is not None:
            return not _negated(page, cue)
        if self._document_recipient(cue, sentence) and self.floor.speaker is not None:
            return True
        begin = skip_connectors(page, skip_opening(page, at, cue.start), cue.start)
        if begin >= cue.start:
            if cue.rule in _WORK_TOO and self.floor.asking and not (cue.rule == "kien-nghi" and self.floor.kind == "proposal"):
                return False
            return self.floor.speaker is not None or self.official
        between = page.key[at : cue.start]
        if (self.floor.speaker is not None or self.official) and not (cue.rule in _WORK_TOO and self.floor.asking):
            tail = re.search(
                r"(?:[,;:]|\bvà|đồng thời|[–-]|\")\s*(?:cũng|đồng thời|và|còn|trước mắt|tiếp tục|đặc biệt)?\s*$",
                between,
            )
            if tail is not None:
                return read_addressee(page, skip_opening(page, cue.end, sentence.end), sentence.end) is not None
            if (
                self.official
                and cue.rule in ("giao", "yeu-cau", "de-nghi", "phan-cong")
                and re.search(r"[:;,]\s*$", between)
            ):
                return True
        return False

    def _content_end(self, cue: CueMention, later: list[CueMention], sentence: Sentence) -> int:
        """Where what a cue introduces ends: before the next directive of the sentence, or before an attribution."""
        page = self.page
        for other in later:
            if other.start < cue.end + 3:
                continue
            gap = page.key[max(cue.end, other.start - 90) : other.start]
            if other.force in ("say", "stress", "opine", "order", "request"):
                close = max(page.flat.rfind("”", cue.end, other.start), page.flat.rfind('"', cue.end, other.start))
                if (
                    close > cue.end + 10
                    and other.start - close < 90
                    and self.speakers.subject(close + 1, other.start, None) is not None
                ):
                    return close
            if other.force in ("order", "request", "proposal", "pledge"):
                bare = re.search(r"(?:[,;]|\bvà|đồng thời)\s*(?:cũng |đồng thời |và |còn |trước mắt |nhất là )*$", gap)
                if (
                    bare is not None
                    and other.start - cue.end > 15
                    and other.rule in ("yeu-cau", "giao", "de-nghi")
                ):
                    addressee = read_addressee(page, skip_opening(page, other.end, sentence.end), sentence.end)
                    if addressee is not None and (
                        ";" in bare.group() or "đồng thời" in bare.group() or "và" not in bare.group()
                    ):
                        return max(cue.end, other.start - len(bare.group()))
                    if cue.force in ("say", "stress") or (
                        addressee is None
                        and cue.force in ("request", "order")
                        and other.rule in ("yeu-cau", "de-nghi")
                        and "," not in bare.group()
                    ):
                        return max(cue.end, other.start - len(bare.group()))
                mention = next(
                    (m for m in self.people if cue.end < m.start and m.end <= other.start and other.start - m.end < 40),
                    None,
                )
                if (
                    mention is not None
                    and mention.name is not None
                    and re.search(r"[,;”\"]\s*(?:còn |và |đồng thời )?$", page.key[cue.end : mention.start])
                ):
                    return mention.start
        return sentence.end

    def _introduced(self, cue: CueMention, stop: int, sentence: Sentence, subject: Speaker | None) -> bool:
        """Makes the asks that an ordering verb introduces. False when it introduces no work."""
        page, floor = self.page, self.floor
        start = skip_opening(page, cue.end, stop)
        ends_list = page.key[start:stop].rstrip().endswith(":")
        pre_intro = self._intro_before(cue, sentence, subject)
        if cue.force == "ban":
            start = cue.start
        document_to = self._document_recipient(cue, sentence)
        will = start
        if cue.force == "pledge" and page.key.startswith("sẽ ", start):
            start += len("sẽ ")
        pieces = split_pieces(page, start, stop, loose=True)
        if pieces and will < start == pieces[0].start:
            pieces[0] = replace(pieces[0], start=will)
        if not pieces:
            addressee = self._list_lead(start, stop)
            if addressee:
                self._begin(cue, subject, addressee)
                floor.scope = pre_intro
                return True
            return False
        if ends_list:
            last = strip_list_intro(page, pieces[-1], stop)
            lead = (
                tuple(split_bodies(page, pieces[-1].addressee.start, pieces[-1].addressee.end))
                if pieces[-1].addressee
                else document_to
            )
            if last is None:
                told = pieces_scope(pieces)
                pieces = pieces[:-1]
                self._begin(cue, subject, lead)
                floor.scope = told or pieces_scope(pieces) or pre_intro or self._own_scope(start, stop)
                floor.listed = True
                if not pieces:
                    return True
            else:
                floor.scope = (start, stop)
                pieces[-1] = last
        if _no_ask(page, cue, pieces[0]) or not self._plausible(cue, pieces[0], subject):
            return False
        scope_after = floor.scope if ends_list else None
        self._begin(cue, subject, document_to)
        for piece in pieces:
            self._add(piece, sentence, cue, f"cue:{cue.rule}", pre_intro)
        floor.scope = scope_after or pieces_scope(pieces) or pre_intro
        floor.listed = ends_list
        return True

    def _own_scope(self, start: int, stop: int) -> tuple[int, int] | None:
        return (start, stop) if stop - start > 20 else None

    def _list_lead(self, start: int, stop: int) -> tuple[BodyMention, ...]:
        """The addressee of "yêu cầu các sở, ngành:" that ends a sentence: the asks follow."""
        page = self.page
        end = trim_end(page, start, stop)
        if begins_with_body(page, start, end) and page.flat[end:stop].strip().startswith(":") and end - start < 400:
            return tuple(split_bodies(page, start, end))
        if end <= start and page.flat[start - 2 : stop].strip().endswith(":"):
            return self.floor.lead
        return ()

    def _begin(self, cue: CueMention, subject: Speaker | None, lead: tuple[BodyMention, ...]) -> None:
        floor = self.floor
        if not lead and floor.asking and self.asks and floor.lead and self.asks[-1].end > cue.start - 40 and self.asks[-1].start < cue.start:
            lead = floor.lead
        floor.asking = True
        floor.asked = True
        floor.idle = 0
        floor.cue = cue
        floor.kind = "proposal" if cue.force == "proposal" else "commitment" if cue.force == "pledge" else "directive"
        floor.lead = lead or (self.section.lead if self.official else ())
        floor.scope = None
        floor.listed = False

    def _plausible(self, cue: CueMention, piece: Piece, subject: Speaker | None) -> bool:
        """A soft verb of a speaker without authority, or a verb that also means something else, needs more than itself."""
        if not self._has_standing(cue, piece, subject):
            return False
        if cue.rule in ("luu-y", "nhan-manh") and piece.rule == "modal-in-clause":
            return self._authority(subject) >= _LEADER
        if cue.rule == "mong":
            return piece.addressee is not None
        return True

    def _has_standing(self, cue: CueMention, piece: Piece, subject: Speaker | None) -> bool:
        """Whether the one who asks has an office that orders, or asks a public body; a coach, a firm among its staff, or
        a person without an office ordering somebody gives no directive."""
        speaker = subject or self.floor.speaker
        if speaker is None or self.official:
            return True
        level = self._authority(speaker)
        if level >= _LEADER:
            return cue.force != "ban" or level >= _LEADER
        if cue.force == "pledge":
            return level >= 20
        theirs = 0
        if piece.addressee is not None:
            theirs = authority_of(self.page.slice(piece.addressee.start, piece.addressee.end))
        if cue.force == "proposal":
            private = speaker.person is not None and speaker.role is None
            return level <= 20 or private or theirs >= _UNIT
        if cue.force == "request" and theirs >= _UNIT:
            return True
        return theirs >= _LEADER or (cue.force == "request" and level <= 20 and theirs == 0)

    def _authority(self, subject: Speaker | None) -> int:
        speaker = subject or self.floor.speaker
        if speaker is None:
            return 60 if self.official else 0
        level = speaker.level
        if speaker.person is not None and speaker.role is None:
            return 30
        return level

    def _said(self, cue: CueMention, stop: int, sentence: Sentence, subject: Speaker) -> bool:
        """Asks and pledges in what a verb of speech introduces, by their modals."""
        page = self.page
        start = skip_opening(page, cue.end, stop)
        pledge = self._pledge(start, stop, sentence, cue)
        if pledge:
            return True
        if self._authority(subject) < _LEADER:
            return False
        colon = page.flat[cue.end : cue.end + 3].strip()[:1] == ":" or page.key[cue.end : start].find(":") >= 0
        piece = read_piece(page, start, stop, loose=False)
        modal = find_modal(page, start, min(stop, start + 300))
        if cue.force == "say" and not colon:
            if modal is None:
                return False
            if (piece is None or piece.addressee is None) and modal > start + 12:
                return False
        if modal is None and not (
            piece is not None and (colon or cue.force == "stress") and self._imperative(piece, start, stop)
        ):
            return False
        if modal is not None and not self._asks_by_modal(start, modal, stop):
            return False
        pieces = split_pieces(page, start, stop, loose=True)
        if not pieces:
            return False
        self._begin(cue, subject, ())
        for each in pieces:
            self._add(each, sentence, cue, f"cue:{cue.rule}+need", None)
        return True

    def _imperative(self, piece: Piece, start: int, stop: int) -> bool:
        """Whether a piece behind a verb of stress is said as an imperative: work in front, nothing told."""
        if piece.addressee is not None and piece.addressee.work - piece.start > 120:
            return False
        if piece.addressee is not None:
            return find_modal(self.page, piece.start, piece.addressee.work + 12) is not None
        return piece.rule == "work-in-front" and not narration_pattern().search(
            self.page.key, piece.start, min(stop, piece.start + 80)
        )

    def _asks_by_modal(self, start: int, modal: int, stop: int) -> bool:
        """Whether a modal asks for action: no condition, question or tale around it."""
        page = self.page
        head = page.key[start:modal]
        if re.search(r"(?<!\w)(?:họ|ai|dân|người ta|mọi người|người nào|chúng nó|em|con) *$", head):
            return False
        if re.search(
            r"(?<!\w)(?:nếu|khi|vì|do|bởi|những|mà|để|dù|mặc dù|tuy|chưa|nơi nào|ai|ví dụ|có người|nhiều người|đã|đang|cho thấy|khiến|buộc)(?!\w)",
            head[-60:],
        ) and not re.search(r"[,:]\s*(?:thì )?(?:\w+ ){0,6}$", head):
            return False
        if re.search(r"(?<!\w)(?:làm gì|gì để|thế nào|ra sao|hay không)(?!\w)", page.key[modal : min(stop, modal + 40)]):
            return False
        return "?" not in page.flat[modal : min(len(page.flat), stop + 1)]

    def _quoted_before(self, cue: CueMention, sentence: Sentence, at: int) -> bool:
        """The quotation right before an attribution ("…", Thủ tướng yêu cầu): its modal or imperative sentence is an ask."""
        page = self.page
        close = max(page.flat.rfind("”", at, cue.start), page.flat.rfind('"', at, cue.start))
        if close <= at + 10 or cue.start - close > 110:
            return False
        opening = max(page.flat.rfind("“", at, close), page.flat.rfind('"', at, close))
        start = opening + 1 if opening >= at else at
        if self._authority(None) < _LEADER and cue.force not in ("order", "request", "proposal"):
            return self._pledge(start, close, sentence, cue)
        if self._pledge(start, close, sentence, cue):
            return True
        piece = read_piece(page, start, close, loose=True)
        if piece is None:
            return False
        modal = find_modal(page, start, close)
        strong = cue.force in ("order", "request", "stress")
        going_on = self.floor.asking and self._imperative(piece, start, close)
        if modal is None and not (strong and self._imperative(piece, start, close)) and not going_on:
            return False
        if modal is not None and not self._asks_by_modal(start, modal, close):
            return False
        if modal is None and piece.rule != "work-in-front" and piece.addressee is None:
            return False
        if not self.floor.asking:
            self._begin(cue, None, ())
        for each in split_pieces(page, start, close, loose=True):
            self._add(each, sentence, cue, f"quotation:{cue.rule}", None)
        return True

    def _pledge(self, start: int, stop: int, sentence: Sentence, cue: CueMention | None) -> bool:
        """A pledge: the speaker says what he or his own body will do ("chúng tôi sẽ …", "thành phố sẽ …")."""
        page, speaker = self.page, self.floor.speaker
        if speaker is None:
            return False
        for match in re.compile(
            r"(?<!\w)sẽ (?!bị|là|được|không còn|giúp|tạo(?! điều kiện)|gây|khiến|làm cho|dẫn|trở|mất|khó|rất|ảnh hưởng|diễn ra|còn|tăng(?! cường| tốc)|giảm(?! thiểu)|góp|phải|cao|thấp|nói rõ|nói|càng|ra sao|như)"
        ).finditer(page.key, start, stop):
            clause = max(
                page.key.rfind(mark, start, match.start()) + len(mark)
                if page.key.rfind(mark, start, match.start()) >= 0
                else start
                for mark in (", ", "; ", ": ", " rằng ", '"', "“", " thì ", " nhưng ")
            )
            clause = skip_connectors(page, skip_opening(page, clause, match.start()), match.start())
            subject = page.key[clause : match.start()].strip()
            own = self._own(subject, speaker)
            if own is None:
                continue
            if (
                re.search(r"(?<!\w)(?:nếu|khi|liệu|có thể)(?!\w)", page.key[start:clause][-40:])
                or "?" in page.flat[match.end() : stop + 1]
            ):
                continue
            lead = self._own_lead(own, clause, match.start(), speaker)
            begin = clause if subject else match.start()
            intro = (start, clause) if clause - start > 5 else None
            self.floor.asking = True
            self.floor.kind = "commitment"
            self.floor.cue = cue
            self.floor.lead = lead
            pieces = [Piece(begin, trim_end(page, begin, _clause_stop(page, match.end(), stop)), None, intro, "own-sẽ")]
            for piece in pieces:
                self._add(piece, sentence, cue, "pledge:sẽ", None, kind="commitment", lead=lead)
            return True
        return False

    def _own(self, subject: str, speaker: Speaker) -> str | None:
        if subject in ("", "chúng tôi", "tôi", "chúng ta", "bản thân tôi") or subject.startswith(
            ("chúng tôi ", "tôi ")
        ):
            return "first-person" if subject else None
        if re.fullmatch(r"(?:(?:đến|từ|trong|trước|sau|khoảng|vào|chậm nhất) )*(?:ngày|tháng|quý|năm|cuối|đầu|giữa|hôm|tuần|\d)[\w /.,-]*", subject):
            return "elided" if speaker.level >= 20 and len(subject) < 40 else None
        if subject.startswith("họ "):
            return None
        words = set(re.findall(r"\w+", subject))
        if not words or len(words) > 12:
            return None
        mine = role_words(speaker.role or speaker.body or "")
        short = {
            "thành",
            "phố",
            "tỉnh",
            "bộ",
            "sở",
            "huyện",
            "quận",
            "xã",
            "phường",
            "đơn",
            "vị",
            "công",
            "ty",
            "ngành",
            "tập",
            "đoàn",
            "tp",
            "cục",
            "nhà",
            "trường",
            "ban",
            "ubnd",
            "tòa",
            "toà",
            "án",
            "chính",
            "phủ",
            "tổng",
            "địa",
            "phương",
            "trung",
            "tâm",
            "hcm",
        }
        opened = role_words(subject)
        if (
            opened & {"dự", "án", "công", "trình", "tuyến"} == {"dự", "án"}
            or "công trình" in subject
            or "tuyến" in words
        ):
            return None
        if opened <= mine | {"cũng", "này", "của", "hcm"} and opened & mine:
            return "own-body"
        if words <= short | {"này", "chúng", "tôi", "cũng"}:
            return "own-body"
        return None

    def _own_lead(self, own: str, clause: int, end: int, speaker: Speaker) -> tuple[BodyMention, ...]:
        """Who commits: the body that the subject names, in the fullest form ("huyện" of the chairman of "UBND huyện
        Thanh Chương" is that body), the speaker's body for "chúng tôi", else the speaker."""
        page = self.page
        subject = page.key[clause:end].strip()
        if own == "own-body" and len(subject.split()) > 2:
            return (BodyMention(clause, trim_end(page, clause, end)),)
        if own in ("own-body", "elided") or subject.startswith("chúng tôi"):
            body = self._body_of_office(speaker)
            if body is not None:
                return (body,)
            if own == "own-body":
                stop = trim_end(page, clause, end)
                return (fullest_name(page, page.slice(clause, stop), clause) or BodyMention(clause, stop),)
        return (BodyMention(speaker.start, speaker.end),)

    def _body_of_office(self, speaker: Speaker) -> BodyMention | None:
        """Where the body of a speaker's office is named: "Sở Y tế" of "Giám đốc Sở Y tế"."""
        if speaker.body is not None:
            return BodyMention(speaker.start, speaker.end)
        person = self.index.by_name(speaker.person) if speaker.person else None
        for role in [speaker.role, *(person.roles if person else [])]:
            if role is None:
                continue
            body = match_key(role)[len(role_head(role)) :].strip(" ,-–")
            at = self.page.key.find(body) if len(body) > 3 else -1
            if at >= 0:
                return BodyMention(at, at + len(body))
        return None

    def _intro_before(self, cue: CueMention, sentence: Sentence, subject: Speaker | None) -> tuple[int, int] | None:
        """The adverbial before the issuer ("Trong 6 tháng cuối năm, Chủ tịch … đề nghị"): it may bound the work."""
        end = subject.start if subject is not None and subject.start > sentence.start else cue.start
        return (sentence.start, end) if 5 < end - sentence.start < 220 else None

    def _document_recipient(self, cue: CueMention, sentence: Sentence) -> tuple[BodyMention, ...]:
        """The addressee of "có văn bản gửi Sở X đề nghị …"."""
        page = self.page
        match = re.compile(
            r"(?<!\w)(?:văn bản|công văn|công điện|thư|tờ trình|đơn|họp với|làm việc với)(?: [^,;.:]{0,30}?)? ?(?:gửi|đến|tới|với) +(?P<to>[^,;:]{3,110}?) *$"
        ).search(page.key, sentence.start, cue.start)
        if match is None:
            return ()
        if not begins_with_body(page, match.start("to"), match.end("to")):
            return ()
        return tuple(split_bodies(page, match.start("to"), match.end("to")))

    # -- sentences without a cue of their own ------------------------------------------------------------------

    def _uncued(self, sentence: Sentence, quotation: Quotation | None, theo: Speaker | None) -> None:
        page, floor = self.page, self.floor
        if "?" in page.flat[sentence.end - 3 : sentence.end]:
            return
        if self._passive_order(sentence):
            return
        self._author_of_document(sentence)
        start, end = sentence.start, sentence.end
        if quotation is not None:
            start, end = max(start, quotation.start), min(end, max(quotation.end, start + 1))
        if theo is not None:
            start = skip_opening(page, max(start, theo.end), end)
        if quotation is not None or theo is not None:
            if self._pledge(start, end, sentence, floor.cue):
                return
        if self.official and self.section.mood == "idle":
            modal = find_modal(page, start, min(end, start + 140))
            piece = read_piece(page, start, end, loose=False)
            if modal is None or piece is None or piece.addressee is None or sentence.marker:
                return
        elif not self._list_goes_on(sentence, quotation, start, end) and not self._needs(theo, start, end):
            return
        pieces = split_pieces(page, start, end, loose=True)
        if not pieces:
            return
        if page.key[start:end].rstrip().endswith(":"):
            last = strip_list_intro(page, pieces[-1], end)
            if last is None:
                lead = pieces[-1].addressee
                floor.lead = tuple(split_bodies(page, lead.start, lead.end)) if lead is not None else floor.lead
                floor.scope = (start, end)
                floor.listed = True
                floor.asking = True
                pieces = pieces[:-1]
            else:
                pieces[-1] = last
        for piece in pieces:
            self._add(piece, sentence, floor.cue, "list-goes-on" if floor.asking else "need-of-speaker", None)
        if pieces:
            floor.asking = True

    def _list_goes_on(self, sentence: Sentence, quotation: Quotation | None, start: int, end: int) -> bool:
        """Whether a sentence goes on with the asks before it, or asks by its own modal in a leader's mouth."""
        page, floor = self.page, self.floor
        piece = read_piece(page, start, end, loose=False)
        if re.search(r"(?<!\w)sẽ bị(?!\w)", page.key[start : min(end, start + 200)]):
            return False
        modal = find_modal(page, start, min(end, start + 260))
        begin = skip_connectors(page, skip_opening(page, start, end), end)
        asking = floor.asking or (self.official and self.section.mood == "asking")
        if re.match(r"(?:đây là|đó là|điều này|điều đó|những gì|việc này là|theo (?!chức năng|thẩm quyền|nhiệm vụ|phân công|phân cấp|dõi))(?!\w)?", page.key[begin:end]) and not self.official:
            return False
        if not self._one_voice and (_LAW.match(page.key, begin, end) or self._tells(piece, begin, end)):
            return False
        if floor.kind == "commitment":
            return asking and piece is not None and piece.addressee is None and begin > start
        if piece is not None and asking:
            if piece.addressee is None:
                tale = narration_pattern().search(page.key, begin, min(end, begin + 50))
                return tale is None or modal is not None or self.official
            if self._is_floor_holder(piece):
                return False
            first_work = page.key[piece.addressee.work : piece.addressee.work + 30]
            if re.match(r"(?:sẽ|được|bị|tiếp tục là|nên)(?!\w)", first_work) and modal is None:
                return False
            return not self._tale(piece, end)
        if piece is not None and piece.addressee is not None and floor.asked and not asking and self._takes_up(piece, end):
            return True
        if modal is not None and self._asks_by_modal(begin, modal, end):
            if asking:
                return True
            if quotation is not None and quotation.speaker is not None:
                return self._authority(quotation.speaker) >= _LEADER
            if self.official:
                return self.section.mood != "idle" and piece is not None
        return False

    def _tells(self, piece: Piece | None, start: int, end: int) -> bool:
        """Whether a sentence says that somebody says or thinks something: it tells, it asks nothing."""
        for cue in find_cues(self.page, start, min(end, start + 130)):
            if cue.force in ("say", "opine") and cue.start > start + 1:
                if piece is None or (piece.addressee is not None and cue.start <= piece.addressee.work + 2):
                    return True
        return False

    def _takes_up(self, piece: Piece, end: int) -> bool:
        """Whether a sentence takes the list of asks up again after a digression: a named body right before an imperative,
        in the mouth of one who has asked before."""
        assert piece.addressee is not None
        page = self.page
        verb = work_starts().match(page.key, piece.addressee.work, end)
        named = page.flat[piece.addressee.start].isupper() and piece.addressee.end - piece.addressee.start < 160
        aspect = narration_pattern().search(page.key, piece.addressee.work, min(end, piece.addressee.work + 60))
        topic = piece.intro is not None
        if verb is None or aspect is not None or self._is_floor_holder(piece) or self._tale(piece, end):
            return False
        if re.match(r"(?:sẽ|được|cho biết|theo|cũng|là|cùng)(?!\w)", verb.group()):
            return False
        return (named and self.floor.idle <= 3) or topic

    def _is_floor_holder(self, piece: Piece) -> bool:
        """Whether the phrase before the verb names a person who stands as high as the speaker: then it tells about him."""
        assert piece.addressee is not None
        mention = next((m for m in self.people if piece.addressee.start <= m.start <= piece.addressee.start + 3 and m.end <= piece.addressee.end + 1), None)
        if mention is None:
            return False
        who = self.speakers.of_mention(mention, self.floor.speaker)
        now = self.floor.speaker
        return who is not None and now is not None and (who.level >= now.level or (who.person is not None and who.person == now.person))

    def _tale(self, piece: Piece, end: int) -> bool:
        assert piece.addressee is not None
        head = self.page.key[piece.addressee.end : min(end, piece.addressee.work + 40)]
        if re.match(r"\s*(?:đã|vừa|đang|bị|là|cũng đã|từng|hiện)(?!\w)", head):
            return True
        near = self.page.key[piece.addressee.start : min(end, piece.addressee.work + 34)]
        return re.search(r"(?<!\w)(?<!được )(?<!mà )(?:đã|vừa|từng)(?! được| đề| nêu| ký| phê| giao| ban hành| có)(?!\w)", near) is not None

    def _author_of_document(self, sentence: Sentence) -> None:
        """Gives the floor to who is told to sign or send a document, so that "Công điện yêu cầu …" after it is his."""
        match = _AUTHORS.search(self.page.key, sentence.start, sentence.end)
        if match is None or self._one_voice:
            return
        subject = self.speakers.subject(sentence.start, match.start(), self.floor.speaker)
        if subject is not None and subject.level >= _LEADER:
            self._take_floor(subject)

    def _needs(self, theo: Speaker | None, start: int, end: int) -> bool:
        """Whether "Theo …" gives a leader's need or ban: an addressee with "cần", "phải", "không được" right behind it."""
        if theo is None or theo.level < _LEADER:
            return False
        piece = read_piece(self.page, start, end)
        if piece is None or piece.addressee is None:
            return False
        modal = find_modal(self.page, piece.addressee.end, min(end, piece.addressee.work + 4))
        return modal is not None and self._asks_by_modal(piece.start, modal, end)

    def _passive_order(self, sentence: Sentence) -> bool:
        """ "Sở X được giao làm Y", "Lãnh đạo Hà Nội cũng được yêu cầu …": the subject must act."""
        page = self.page
        pattern = re.compile(
            r"(?<!\w)(?:cũng |đã |vừa |còn )*được (?P<by>(?:[^,;.:]{2,40} )?)(?P<verb>giao nhiệm vụ|giao trách nhiệm|giao|yêu cầu|phân công|đề nghị|chỉ đạo|ủy quyền|uỷ quyền)(?: nhiệm vụ)?(?!\w) *(?:phải )?"
        )
        for match in pattern.finditer(page.key, sentence.start, sentence.end):
            begin = skip_connectors(page, skip_opening(page, sentence.start, match.start()), match.start())
            if not begins_with_body(page, begin, match.start()) or match.start() - begin > 160:
                continue
            if work_starts().match(page.key, match.end(), sentence.end) is None:
                continue
            if work_start(page, begin, match.start()) is not None:
                continue
            lead = tuple(split_bodies(page, begin, trim_end(page, begin, match.start())))
            if not self.official and max((authority_of(page.slice(m.start, m.end)) for m in lead), default=0) < _UNIT:
                continue
            issuer = self.floor.speaker
            by = match.group("by").strip()
            if by:
                mention = next((m for m in self.people if m.start == match.start("by")), None)
                issuer = (
                    self.speakers.of_mention(mention)
                    if mention
                    else Speaker(None, None, page.slice(*match.span("by")), *match.span("by"), "passive-agent")
                )
            cue = CueMention(match.start("verb"), match.end("verb"), "order", "passive", False)
            if issuer is not None:
                self.floor.speaker = issuer
            self._begin(cue, issuer, lead)
            for piece in split_pieces(page, match.end(), sentence.end, loose=True):
                self._add(piece, sentence, cue, "passive-order", None)
            return True
        return False

    def _full(self, mentions: list[BodyMention]) -> tuple[BodyMention, ...]:
        """The mentions with a bare word ("sở", "công ty") replaced by the full name told before, where one was."""
        page = self.page
        if len(mentions) == 1 and len(self.floor.lead) > 1:
            words = page.key[mentions[0].start : mentions[0].end]
            if _THOSE_NAMED.fullmatch(words) and _THOSE_NAMED.fullmatch(page.key[self.floor.lead[0].start : self.floor.lead[0].end]) is None:
                return self.floor.lead
        if len(mentions) != 1:
            return tuple(mentions)
        return tuple(fullest_name(page, page.slice(m.start, m.end), m.start, generic=not self.official) or m for m in mentions)

    def _passing(self, piece: Piece, rule: str) -> bool:
        """Whether an addressee named in passing leaves the work with the one whom the part's heading names: a group
        without a name inside an item ("với đơn vị nợ …, phải đến làm việc trực tiếp")."""
        assert piece.addressee is not None
        if not (self.official and self.section.lead and rule == "list-goes-on"):
            return False
        return self.page.flat[piece.addressee.start].islower()

    def _bound_on(self, sentence: Sentence, piece: Piece) -> bool:
        """Whether a sentence is tied to the one before it, so that its time holds here too: by a connector, and with no
        addressee of its own."""
        if piece.addressee is not None or piece.start > sentence.start + 60:
            return False
        return re.match(r"(?:đồng thời|trong đó|trọng tâm|bên cạnh đó|cùng với đó|song song|cụ thể)(?!\w)", self.page.key[sentence.start : sentence.end]) is not None

    # -- making asks -------------------------------------------------------------------------------------------

    def _add(
        self,
        piece: Piece,
        sentence: Sentence,
        cue: CueMention | None,
        rule: str,
        outer: tuple[int, int] | None,
        kind: DirectiveKind | None = None,
        lead: tuple[BodyMention, ...] | None = None,
    ) -> None:
        page, floor = self.page, self.floor
        if piece.end - piece.start < 6:
            return
        if rule == "list-goes-on" and floor.scope is not None and not floor.listed and not self._bound_on(sentence, piece):
            floor.scope = None
        if lead is None:
            if piece.addressee is not None and not self._passing(piece, rule):
                lead = self._full(split_bodies(page, piece.addressee.start, piece.addressee.end))
                floor.lead = lead
                inherited = False
            else:
                lead, inherited = floor.lead or self.section.lead, True
        else:
            inherited = False
        bounds = (piece.addressee.start, piece.addressee.end) if piece.addressee is not None else None
        coordinating = find_coordinating(page, piece.start, piece.end, bounds)
        kind = kind or self._kind(cue, lead)
        if kind == "commitment" and not lead and floor.speaker is not None:
            lead = (BodyMention(floor.speaker.start, floor.speaker.end),)
        self.asks.append(
            Ask(
                start=piece.start,
                end=piece.end,
                kind=kind,
                speaker=self.issuer if self.official and floor.speaker is None else floor.speaker,
                cue=cue,
                lead=lead,
                inherited=inherited,
                coordinating=tuple(coordinating),
                intro=piece.intro or outer,
                scope=floor.scope or self.section.scope,
                sentence=sentence.index,
                rules=(rule, piece.rule),
            )
        )

    def _kind(self, cue: CueMention | None, lead: tuple[BodyMention, ...]) -> DirectiveKind:
        """Directive, commitment or proposal: by the verb, and for asks by who stands above whom."""
        floor = self.floor
        if cue is None:
            return floor.kind
        if cue.force == "proposal":
            return "proposal"
        if cue.force == "pledge":
            return "commitment"
        if cue.force not in ("request", "order") or floor.speaker is None:
            return "directive" if cue.force in ("order", "ban", "stress", "say") else floor.kind
        mine = floor.speaker.level
        theirs = max((authority_of(self.page.slice(m.start, m.end)) for m in lead), default=0)
        if cue.force == "order":
            return "proposal" if mine <= 20 and theirs > mine else "directive"
        if mine <= 20 or (floor.speaker.role is None and floor.speaker.body is None):
            return "proposal"
        if self.official or (floor.speaker.person is not None and floor.speaker.person in self.chairs):
            return "directive" if mine + 5 >= theirs or (not self.official and theirs < _NATIONAL) else "proposal"
        return "directive" if mine > theirs or theirs == 0 else "proposal"


def pieces_scope(pieces: list[Piece]) -> tuple[int, int] | None:
    """The adverbial of the last piece, for the list it introduces."""
    return pieces[-1].intro if pieces else None


def _clause_stop(page: Page, start: int, stop: int) -> int:
    semicolon = page.flat.find(";", start, stop)
    return semicolon if semicolon > 0 else stop


def _passive_before(page: Page, cue: CueMention, start: int) -> bool:
    """Whether "được" or "bị" stands before the verb, in small letters: "Được" in capitals is a given name."""
    before = page.flat[max(start, cue.start - 30) : cue.start]
    return re.search(r"(?<!\w)(?:được|bị)(?: \w+){0,3} *$", before) is not None


def _negated(page: Page, cue: CueMention) -> bool:
    return (
        re.search(r"(?<!\w)(?:không|chưa|chẳng|từng)(?: hề)? *$", page.key[max(0, cue.start - 16) : cue.start])
        is not None
    )


def _no_ask(page: Page, cue: CueMention, piece: Piece) -> bool:
    """A verb that introduces only a question, or a past order told together with its result ("đã yêu cầu … và … đã …")."""
    head = page.key[cue.end : cue.end + 14]
    if cue.past and re.search(r"(?:,|(?<!\w)và|;|ngay hôm sau|đến nay|kết quả)(?!\w)[^,.;]{0,70}(?<!\w)đã(?!\w)", page.key[piece.start : piece.end]):
        return True
    return re.match(r" *(?:lại|về việc|gì|sao|thế nào)(?!\w)", head) is not None


_LAW = re.compile(r"(?:theo )?(?:điều lệ|luật|bộ luật|nghị định|thông tư|quy chế|pháp luật|quy định)(?: [^,.;]{0,60})? (?:quy định|nêu|yêu cầu|cho phép|ghi)(?!\w)")


def _depth(marker: str) -> int:
    """How deep a list marker stands: parts 0, numbers 1, letters 2, dashes 3; 9 for none."""
    if re.fullmatch(r"[IVX]+[.)]?|[A-Z]\.", marker):
        return 0
    if re.fullmatch(r"\(?\d{1,2}[.)/]?", marker):
        return 1
    if re.fullmatch(r"\d{1,2}\.\d.*", marker):
        return 2
    if re.fullmatch(r"\(?[a-zđ]{1,2}[.)]", marker):
        return 3
    return 4 if marker else 9


def _told_once(page: Page, asks: list[Ask]) -> list[Ask]:
    """The asks without those that tell an earlier or later one again in nearly the same words: the fuller telling stays."""
    bags = [frozenset(re.findall(r"\w+", page.key[ask.start : ask.end])) for ask in asks]
    dropped: set[int] = set()
    index: dict[str, list[int]] = {}
    for i, bag in enumerate(bags):
        if len(bag) < 8:
            continue
        rare = sorted(bag, key=lambda word: (-len(word), word))[:6]
        rivals = {j for word in rare for j in index.get(word, ())}
        for j in sorted(rivals):
            if j in dropped or asks[j].kind != asks[i].kind or asks[i].sentence == asks[j].sentence:
                continue
            if 2 * len(bag & bags[j]) >= 0.8 * (len(bag) + len(bags[j])):
                dropped.add(j if len(bags[j]) < len(bag) else i)
                break
        for word in rare:
            index.setdefault(word, []).append(i)
    return [ask for i, ask in enumerate(asks) if i not in dropped]


def _without_overlaps(page: Page, asks: list[Ask]) -> list[Ask]:
    out: list[Ask] = []
    asks = _told_once(page, asks)
    for ask in sorted(asks, key=lambda a: (a.start, -a.end)):
        if out and ask.start < out[-1].end:
            if ask.start > out[-1].start + 20:
                out[-1] = replace(out[-1], end=min(out[-1].end, ask.start))
                out.append(ask)
            continue
        out.append(ask)
    return out
