"""Who speaks: subjects of cues resolved to persons and bodies, and the speakers of quotations."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.extraction.authority import authority_of, epithet_pattern, office_of_epithet
from pipeline.extraction.bodies import begins_with_body, work_start
from pipeline.extraction.cues import CueMention, find_cues
from pipeline.extraction.names import PersonMention
from pipeline.extraction.people_index import PeopleIndex
from pipeline.extraction.person_words import honorific_pattern, title_pattern
from pipeline.extraction.page import Page, Sentence
from pipeline.language.matchkey import match_key


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who holds the floor: person and office, or a body; read at [start, end)."""

    person: str | None
    role: str | None
    body: str | None
    start: int
    end: int
    rule: str

    @property
    def level(self) -> int:
        """The level of authority, by the office or the body."""
        return authority_of(self.role or self.body or "")

    @property
    def known(self) -> bool:
        """Whether anything is told of the speaker."""
        return bool(self.person or self.role or self.body)


_THAT_OFFICER = re.compile(
    r"(?<!\w)(?:vị|nữ) (?:này|(?:phó )?(?:giám đốc|chủ tịch|bí thư|bộ trưởng|thứ trưởng|tư lệnh|thủ lĩnh|trưởng ban|cục trưởng|"
    r"tổng giám đốc|đại biểu|lãnh đạo|hiệu trưởng|vụ trưởng|chánh văn phòng|tướng|phát ngôn)(?: [^\W\d_]+){0,4}?)(?= )"
)
"""The one who spoke last, told again by his office: "vị giám đốc cam kết", "vị tư lệnh ngành giao thông yêu cầu"."""
_GAP = re.compile(
    r"[ ,–—-]*(?:(?:cũng|đã|vừa|mới|vẫn|còn|lại|tiếp tục|đồng thời|một lần nữa|đặc biệt|trực tiếp|thẳng thắn|nghiêm khắc|"
    r"thường xuyên|và|rất|luôn|nhiều lần|liên tục|kịp thời|khẩn trương|khi|phát biểu|kết luận|nhấn mạnh|ký|ban hành|có|đưa ra|"
    r"văn bản|công văn|công điện|chỉ thị|thông báo|quyết định|tờ trình|đơn|hỏa tốc|khẩn|số|gửi|trân trọng|thống nhất|đồng ý|"
    r"sau đó|tại đây|ngay sau đó|\d[\w/.-]*|ngày|để|rõ|nêu|chỉ đạo|đang|phải|tha thiết|mong muốn|chính thức|sẽ|theo đó|bày tỏ|thêm|"
    r"\([^)]*\))[ ,–—-]*)*$"
)
_ABBREVIATED = re.compile(r"\b(?:TP|Tp|T\.P|Q|P|TX|TT)\.")
_DOCUMENT_SUBJECT = re.compile(
    r"(?<!\w)(?:công điện|công văn|văn bản|chỉ thị|thông báo|kết luận|quyết định|kế hoạch|nghị quyết|chương trình|tờ trình)(?: số [\w/.-]+)?(?: (?:này|trên|nêu trên|của (?P<owner>[^,.;:]{3,60}?)))?(?= (?:nêu|yêu cầu|cũng|chỉ|đề nghị|giao|nhấn|quy))"
)


class Speakers:
    """Finds the speakers of one report. Keeps the person spoken of last, for "ông", "vị này"."""

    def __init__(self, page: Page, people: list[PersonMention], index: PeopleIndex, chair: str | None = None) -> None:
        self.page = page
        self.people = people
        self.index = index
        self.chair = chair

    def of_mention(self, mention: PersonMention, last: Speaker | None = None) -> Speaker | None:
        """The person a mention means; None for a pronoun without anyone before it."""
        person = None
        role: str | None = mention.roles[-1] if mention.roles else None
        if mention.name is not None:
            person = self.index.by_name(mention.name)
            if person is None:
                return Speaker(mention.name, role, None, mention.start, mention.end, mention.rule)
        elif mention.given is not None:
            person = self.index.by_given(mention.given, mention.start)
            if person is None:
                return Speaker(mention.given, role, None, mention.start, mention.end, mention.rule)
        elif role is not None:
            office = office_of_epithet(role)
            role = office or role
            person = self.index.by_role(role, mention.start)
            if person is None and self.chair is not None and match_key(role) in ("chủ tọa", "chủ toạ", "chủ trì"):
                person = self.index.by_name(self.chair)
                role = person.roles[0] if person is not None and person.roles else role
        elif last is not None:
            return Speaker(last.person, last.role, last.body, mention.start, mention.end, "form-of-address-alone")
        else:
            return None
        if person is not None:
            role = role or (person.roles[0] if person.roles else None)
            if role is not None and len(role.split()) == 1:
                fuller = [other for other in person.roles if match_key(other).startswith(match_key(role) + " ")]
                role = fuller[0] if fuller else role
            return Speaker(person.name, role, None, mention.start, mention.end, mention.rule)
        return Speaker(None, role, None, mention.start, mention.end, mention.rule)

    def _last_mention(self, start: int, end: int) -> list[PersonMention]:
        return [m for m in self.people if start <= m.start and m.end <= end]

    def subject(self, start: int, cue_start: int, last: Speaker | None) -> Speaker | None:
        """The subject of the cue at `cue_start` within [start, cue_start): the person or body right before it, else
        the first that stands where a subject stands; None when the clause names nobody."""
        page = self.page
        near = self._adjacent(start, cue_start, last)
        if near is not None:
            return near
        for chunk in self._chunks(start, cue_start):
            mention = next((m for m in self.people if m.start == chunk and m.end <= cue_start), None)
            if mention is not None:
                if _predicate_follows(page, mention.end, cue_start):
                    return self.of_mention(mention, last)
                continue
            if begins_with_body(page, chunk, cue_start):
                stop = work_start(page, chunk, cue_start)
                cues = find_cues(page, chunk, cue_start)
                ends = [
                    e for e in (stop, cues[0].start if cues else None, _aux(page, chunk, cue_start)) if e is not None
                ]
                if ends and min(ends) > chunk:
                    name = page.slice(chunk, min(ends)).rstrip(" ,-–")
                    if 1 < len(name) < 130 and "," not in name and _is_name(page, chunk, min(ends)):
                        return Speaker(None, None, name, chunk, chunk + len(name), "body-as-subject")
        return None

    def _adjacent(self, start: int, cue_start: int, last: Speaker | None) -> Speaker | None:
        page = self.page
        for mention in reversed(self._last_mention(start, cue_start)):
            if _GAP.fullmatch(page.key, mention.end, cue_start):
                return self.of_mention(mention, last)
            break
        for match in reversed(list(epithet_pattern().finditer(page.key, start, cue_start))):
            if _GAP.fullmatch(page.key, match.end(), cue_start):
                office = office_of_epithet(match.group())
                person = self.index.by_role(office, match.start()) if office else None
                return Speaker(person.name if person else None, office, None, match.start(), match.end(), "epithet")
        if last is not None and last.person is not None:
            for match in reversed(list(_THAT_OFFICER.finditer(page.key, start, cue_start))):
                if _GAP.fullmatch(page.key, match.end(), cue_start):
                    return replace(last, start=match.start(), end=match.end(), rule="that-officer")
        return self._adjacent_body(start, cue_start)

    def _adjacent_body(self, start: int, cue_start: int) -> Speaker | None:
        page = self.page
        for chunk in self._chunks(start, cue_start):
            if not begins_with_body(page, chunk, cue_start):
                continue
            text = page.key[chunk:cue_start]
            stop = len(text)
            for end in range(len(text) - 1, 1, -1):
                if text[end] not in " ,-–":
                    continue
                if not _GAP.fullmatch(text, end):
                    break
                stop = end
            name = page.slice(chunk, chunk + stop).rstrip(" ,-–")
            if len(name) > 130 or re.search(r"[;:.!?](?:\s|$)", _ABBREVIATED.sub(" ", name)) or not _is_name(page, chunk, chunk + stop):
                continue
            if "," in re.sub(r", (?=(?:huyện|tỉnh|thành phố|thị xã|quận|xã|phường|TP)\b)", " ", name) and not re.search(
                r"^(?:các|những)\b", name, re.I
            ):
                continue
            return Speaker(None, None, name, chunk, chunk + len(name), "body-as-subject")
        return None

    def _chunks(self, start: int, end: int) -> list[int]:
        """Places where a subject may stand in [start, end), from the last to the first."""
        places = [start]
        for match in re.finditer(
            r"(?:[,;:–—]|[\"“”]|(?<=\s)-)\s*|(?<!\w)(?:nhưng|và|thì|rằng|theo|cũng theo|của|biết|hay) ",
            self.page.key[start:end],
        ):
            places.append(start + match.end())
        return list(reversed(places))

    def by_theo(self, sentence: Sentence, last: Speaker | None) -> Speaker | None:
        """The speaker of "Theo ông Nam, …" / "Cũng theo …" at the head of a sentence."""
        page = self.page
        match = re.compile(r"(?:[\"“]?\s*)(?:cũng )?theo (?:lời )?").match(page.key, sentence.start, sentence.end)
        if match is None:
            return None
        mention = next((m for m in self.people if m.start == match.end()), None)
        pronoun = re.compile(r"(?:ông|bà|vị này|đồng chí|vị [^\s,]+ này)(?: này)? *,").match(page.key, match.end())
        if mention is None and last is not None and pronoun is not None:
            return last
        if (
            mention is not None
            and page.key[mention.end :].lstrip()[:1] in (",", ":", "t")
            or mention is not None
            and mention.rule != "title-alone"
        ):
            return self.of_mention(mention, last)
        epithet = epithet_pattern().match(page.key, match.end())
        if epithet is not None:
            office = office_of_epithet(epithet.group())
            person = self.index.by_role(office, match.start()) if office else None
            return Speaker(person.name if person else None, office, None, epithet.start(), epithet.end(), "epithet")
        if begins_with_body(page, match.end(), sentence.end):
            comma = page.flat.find(",", match.end(), min(sentence.end, match.end() + 110))
            if comma > 0 and not _verbal(page, match.end(), comma):
                return Speaker(None, None, page.slice(match.end(), comma), match.end(), comma, "theo-body")
        return None


def _aux(page: Page, start: int, end: int) -> int | None:
    match = re.compile(r"(?<!\w)(?:đã|vừa|cũng|đang|sẽ|có|được|tiếp tục)(?!\w)").search(page.key, start, end)
    return match.start() if match else None


def _predicate_follows(page: Page, at: int, end: int) -> bool:
    words = page.words_between(at, min(end, at + 40))
    for i in words:
        word = page.key[page.word_starts[i] : page.word_ends[i]]
        if word in (",", "-", "–", ")"):
            continue
        return page.word_tags[i] in ("V", "R", "A") or word in ("đã", "cũng", "vừa", "còn", "đề nghị", "yêu cầu")
    return True


def _is_name(page: Page, start: int, end: int) -> bool:
    """Whether a run that begins with a head of bodies is a name or noun phrase to its end: no verb, no preposition of place or time."""
    if _verbal(page, start, end) or work_start(page, start, end) is not None or find_cues(page, start, end):
        return False
    honorific = honorific_pattern().match(page.key, start, end)
    if honorific is not None and page.flat[honorific.end() : end].lstrip()[:1].isupper():
        return False
    if re.compile(r"(?<!\w)(?:ở|tại|trong(?! tỉnh| ngành)|cho|đến|từ(?! tỉnh)|khi|theo|vào|nhưng|nên|thì|mà|sau|trước)(?!\w)").search(page.key, start, end):
        return False
    tail = page.key[start:end].rstrip().rsplit(" ", 1)[-1]
    return tail not in ("khẩn", "chủ", "làm", "nêu", "của", "và", "các", "kịp", "nhanh", "tăng", "đẩy")


def _verbal(page: Page, start: int, end: int) -> bool:
    """Whether a run holds a verb of its own and so is no name."""
    return bool(
        re.compile(
            r"(?<!\w)(?:là|bị|đã|đang|vừa|khi|nếu|để|do|vì|được|có|rằng|cho biết|chỉ đạo|yêu cầu|giao|làm việc|thực hiện|kiểm tra|gửi|triển khai)(?!\w)"
        ).search(page.key, start, end)
    )


_OPEN, _CLOSE = "“", "”"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation over sentences `first`..`last` (indexes); [start, end) is inside the marks."""

    start: int
    end: int
    first: int
    last: int
    speaker: Speaker | None


def find_quotations(speakers: Speakers) -> list[Quotation]:
    """Quotations of more than a few words, with who is told to have said them; unbalanced marks end with their paragraph run.

    A straight mark opens behind a blank or bracket and closes before one; a mark that stays open for more than
    14 sentences is dropped (6 % of press articles have unbalanced marks).
    """
    page = speakers.page
    out: list[Quotation] = []
    opened: tuple[int, int] | None = None
    last: Speaker | None = None
    for sentence in page.sentences:
        if sentence.kind in ("caption", "title", "related_link", "boilerplate", "byline"):
            continue
        if opened is not None and sentence.index - opened[1] > 14:
            opened = None
        begin = max(0, sentence.start - 2)
        for i in range(begin, sentence.end):
            c = page.flat[i]
            if c not in '"“”':
                continue
            if opened is None and c != _CLOSE:
                if c == '"' and i > begin and page.flat[i - 1].isalnum():
                    continue
                opened = (i + 1, sentence.index)
            elif opened is not None and c != _OPEN:
                start, first = opened
                opened = None
                if i - start < 25:
                    continue
                who = _attribution(speakers, start, i + 1, sentence, last, first)
                last = who or last
                out.append(Quotation(start, i, first, sentence.index, who))
    return out


_ATTRIBUTION = re.compile(r"[\s,.–—-]*")


def _attribution(
    speakers: Speakers, start: int, close: int, sentence: Sentence, last: Speaker | None, first: int
) -> Speaker | None:
    """Who is told to have said the quotation that ends at `close`: behind it ("…", ông Nam nói), else before it."""
    page = speakers.page
    tail_end = sentence.end
    following = page.sentences[sentence.index + 1] if sentence.index + 1 < len(page.sentences) else None
    if close >= sentence.end - 1 and following is not None and page.flat[following.start : following.start + 1] in "-–":
        tail_end = following.end
    elif close >= sentence.end - 1 and following is not None and following.marker in ("-", "–"):
        tail_end = following.end
    gap = _ATTRIBUTION.match(page.flat, close, tail_end)
    at = gap.end() if gap else close
    if at < tail_end:
        for cue in find_cues(page, at, min(tail_end, at + 200)):
            subject = speakers.subject(at, cue.start, last)
            if subject is not None:
                return subject
            break
        mention = next((m for m in speakers.people if at <= m.start <= at + 3), None)
        if mention is not None and tail_end - mention.end < 60:
            return speakers.of_mention(mention, last)
    opening = page.sentences[first]
    before = page.sentences[first - 1] if first > 0 else None
    if before is not None and start - opening.start < 4 and page.flat[before.start : before.end].rstrip().endswith(":"):
        for cue in reversed(find_cues(page, before.start, before.end)):
            subject = speakers.subject(before.start, cue.start, last)
            if subject is not None:
                return subject
        told = [m for m in speakers.people if before.start <= m.start < before.end]
        if told:
            return speakers.of_mention(told[0], last)
    cues = find_cues(page, opening.start, max(opening.start, start - 1))
    for cue in reversed(cues):
        subject = speakers.subject(opening.start, cue.start, last)
        if subject is not None:
            return subject
    return None


def cue_of(page: Page, start: int, end: int, forces: tuple[str, ...]) -> CueMention | None:
    """The first cue in [start, end) with one of the forces."""
    return next((cue for cue in find_cues(page, start, end) if cue.force in forces), None)


__all__ = ["Quotation", "Speaker", "Speakers", "cue_of", "find_quotations", "title_pattern"]
