"""Who speaks: the subjects of cues, resolved to persons and bodies."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extraction.authority import authority_of, epithet_pattern, office_of_epithet
from pipeline.extraction.bodies import begins_with_body, work_start
from pipeline.extraction.body_grammar import body_patterns
from pipeline.extraction.cues import find_cues
from pipeline.extraction.names import PersonMention
from pipeline.extraction.page import Page, Sentence
from pipeline.extraction.people_index import KnownPerson, PeopleIndex
from pipeline.extraction.person_words import honorific_pattern, title_pattern
from pipeline.extraction.speech_words import speech_patterns
from pipeline.language.matchkey import match_key

_SAME_LEVEL = 5
_NEAR = 70
_CITIZENS = 10
_APPOSED = 60
"""How many characters before an office its holder's name begins, where it stands right before."""
_CLOSED = (" này ", " qua ", " nay ")
"""Last words of an adverbial."""
_HEADS = frozenset({"ubnd", "hđnd", "tp"})
BY_ORDER = "theo-order"
"""The rule of a speaker by whose order ("Theo chỉ đạo của Bí thư, …") what follows is to be done."""
_PRONOUN_REACH = 500
"""A pronoun means nobody who was last named farther back, where nobody speaks."""
_LONGEST_NAME = 130
"""A body's name as a subject has fewer characters."""
_THEO = re.compile(
    r"(?:[\"“]?\s*)(?:cũng )?theo "
    r"(?:lời |(?P<order>(?:ý kiến )?(?:chỉ đạo|yêu cầu|phân công|kết luận|giao nhiệm vụ) của ))?"
)
_PRONOUN = re.compile(r"(?:ông|bà|vị này|đồng chí|vị [^\s,]+ này)(?: này)? *,")
_BEHIND_NAME = re.compile(r"\s*[,:t]")
_STOP = re.compile(r"[;:.!?](?:\s|$)")
_ABBREVIATED = re.compile(r"\b(?:TP|Tp|T\.P|Q|P|TX|TT)\.")
_PLACE_IN_NAME = re.compile(r", (?=(?:huyện|tỉnh|thành phố|thị xã|quận|xã|phường|TP)\b)")
_GROUP = re.compile(r"(?:các|những)\b", re.IGNORECASE)


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

    def same_as(self, other: Speaker | None) -> bool:
        """Whether both are told to be the same person or body, wherever they were read."""
        return other is not None and (self.person, self.role, self.body) == (other.person, other.role, other.body)


class Speakers:
    """Finds the speakers of one report. `people` are in the order of the text; `chair` is the full name of the one
    who chairs the meeting, for "chủ tọa"."""

    def __init__(
        self, page: Page, people: Sequence[PersonMention], index: PeopleIndex, chair: str | None = None
    ) -> None:
        self.page = page
        self.people = people
        self.index = index
        self.chair = chair
        self._starts = [mention.start for mention in people]
        self._genders: dict[str, str] = {}
        for mention in people:
            gender = self._gender(mention)
            named = mention.name or mention.given
            person = self.index.by_name(named) if named is not None else None
            if gender is not None and person is not None:
                self._genders.setdefault(person.name, gender)

    def mention_at(self, start: int, reach: int = 0) -> PersonMention | None:
        """The first mention of a person that begins at `start` or up to `reach` characters behind."""
        i = bisect.bisect_left(self._starts, start)
        return self.people[i] if i < len(self._starts) and self._starts[i] <= start + reach else None

    def mentions_between(self, start: int, end: int) -> Sequence[PersonMention]:
        """The mentions of persons that begin in [start, end), in order."""
        return self.people[bisect.bisect_left(self._starts, start) : bisect.bisect_left(self._starts, end)]

    def _last_mention(self, start: int, end: int) -> PersonMention | None:
        """The last mention that lies in [start, end)."""
        for i in range(bisect.bisect_left(self._starts, end) - 1, -1, -1):
            if self.people[i].start < start:
                return None
            if self.people[i].end <= end:
                return self.people[i]
        return None

    def of_mention(self, mention: PersonMention, last: Speaker | None = None) -> Speaker | None:
        """The person a mention means; None for a pronoun without anyone before it (`last` spoke before)."""

        def speaker(person: str | None, role: str | None, rule: str = mention.rule) -> Speaker:
            return Speaker(person, role, None, mention.start, mention.end, rule)

        person = None
        role: str | None = mention.roles[-1] if mention.roles else None
        if mention.name is not None:
            person = self.index.by_name(mention.name)
            if person is None:
                return speaker(mention.name, role)
        elif mention.given is not None:
            person = self.index.by_given(mention.given, mention.start)
            if person is None:
                return speaker(mention.given, role)
        elif role is not None:
            leader = match_key(role).startswith("lãnh đạo ")
            role = office_of_epithet(role) or role
            person = self.index.by_role(role, mention.start)
            if person is None and leader:
                person = self.index.by_role(f"Phó {role[0].lower()}{role[1:]}", mention.start)
                role = person.roles[0] if person is not None else role
            if person is None and self.chair is not None and match_key(role) in speech_patterns().chair:
                person = self.index.by_name(self.chair)
                role = person.roles[0] if person is not None and person.roles else role
            if person is None and last is not None and _is_called(mention.roles[-1], last):
                return replace(last, start=mention.start, end=mention.end, rule="called-by-office")
        else:
            return self._of_pronoun(mention, last)
        if person is None:
            return speaker(None, role)
        return speaker(person.name, _fuller_role(role, person.roles))

    def _of_pronoun(self, mention: PersonMention, last: Speaker | None) -> Speaker | None:
        """Whom "ông", "bà", "anh", "chị" alone means: who spoke last; the person named last where nobody spoke, or
        where the one who spoke is addressed otherwise ("bà" after "ông Nam")."""
        gender = self._gender(mention)
        if last is not None and last.person is not None and ({gender, self._genders.get(last.person)} != {"m", "f"}):
            return replace(last, start=mention.start, end=mention.end, rule="form-of-address-alone")
        person = self._named_near(mention.start, gender)
        if person is None:
            told = last is not None and last.person is None
            return replace(last, start=mention.start, end=mention.end) if told and last is not None else None
        role = person.roles[0] if person.roles else None
        return Speaker(person.name, role, None, mention.start, mention.end, "form-of-address-alone")

    def _named_near(self, at: int, gender: str | None) -> KnownPerson | None:
        """The person named last before `at`, not too far back, who isn't addressed as one of the other gender is."""
        for place, person in self.index.named_before(at):
            if self.page.distance(place, at) >= _PRONOUN_REACH:
                return None
            if {gender, self._genders.get(person.name)} != {"m", "f"}:
                return person
        return None

    def _gender(self, mention: PersonMention) -> str | None:
        """ "m" or "f" by the form of address that a mention opens with; None for another."""
        word = self.page.key[mention.start : mention.start + 6].split(" ", 1)[0]
        return speech_patterns().genders.get(word)

    def subject(self, start: int, cue_start: int, last: Speaker | None) -> Speaker | None:
        """The subject of the cue at `cue_start` within [start, cue_start): the person or body right before it, else
        the first that stands where a subject stands; None when the clause names nobody."""
        near = self._adjacent(start, cue_start, last)
        if near is not None:
            return near
        for chunk in self._chunks(start, cue_start):
            mention = self.mention_at(chunk)
            if mention is not None and mention.end <= cue_start:
                if _predicate_follows(self.page, mention.end, cue_start):
                    return self.of_mention(mention, last)
                continue
            if self.page.key.endswith("của ", start, chunk):
                # whose something is does nothing himself
                continue
            body = self._body_as_subject(chunk, cue_start)
            if body is not None:
                return body
        return None

    def _body_as_subject(self, start: int, end: int) -> Speaker | None:
        """The body whose name begins at `start` and ends where its predicate does in [start, end)."""
        page = self.page
        if not begins_with_body(page, start, end):
            return None
        cues = find_cues(page, start, end)
        auxiliary = speech_patterns().auxiliary.search(page.key, start, end)
        found = (
            work_start(page, start, end),
            cues[0].start if cues else None,
            auxiliary.start() if auxiliary is not None else None,
        )
        stop = min((place for place in found if place is not None), default=start)
        if stop <= start:
            return None
        name = page.slice(start, stop).rstrip(" ,-–")
        if 1 < len(name) < _LONGEST_NAME and not _is_list(name) and _is_name(page, start, stop):
            return self._titled(Speaker(None, None, name, start, start + len(name), "body-as-subject"))
        return None

    def _titled(self, speaker: Speaker) -> Speaker:
        """A subject that opens with a title is an office: of the person named right before it ("bà Lan, giám đốc một
        công ty ở Huế, đề nghị"), or of nobody named."""
        if speaker.body is None or title_pattern().match(match_key(speaker.body)) is None:
            return speaker
        before = self._last_mention(max(0, speaker.start - _APPOSED), speaker.end)
        if before is not None and (before.name or before.given) and speaker.start - before.end < 4:
            person = self.of_mention(before)
            if person is not None:
                return replace(person, role=speaker.body if before.name else person.role)
        if speaker.level <= _CITIZENS:
            # voters are many, and no office
            return speaker
        return replace(speaker, role=speaker.body, body=None, rule="title-alone")

    def _adjacent(self, start: int, cue_start: int, last: Speaker | None) -> Speaker | None:
        """The person, office or body that stands right before the cue, but for adverbs."""
        page, gap = self.page, speech_patterns().gap
        mention = self._last_mention(start, cue_start)
        if mention is not None and gap.fullmatch(page.key, mention.end, cue_start):
            return self.of_mention(mention, last)
        for match in reversed(list(epithet_pattern().finditer(page.key, start, cue_start))):
            if gap.fullmatch(page.key, match.end(), cue_start):
                return self._of_epithet(match, match.start())
        if last is not None and last.person is not None:
            for match in reversed(list(speech_patterns().that_officer.finditer(page.key, start, cue_start))):
                if gap.fullmatch(page.key, match.end(), cue_start):
                    return replace(last, start=match.start(), end=match.end(), rule="that-officer")
        return self._adjacent_body(start, cue_start) or self._body_behind_time(start, cue_start)

    def _body_behind_time(self, start: int, cue_start: int) -> Speaker | None:
        """The body in capitals between the cue and an adverbial without a comma ("tại cuộc họp lần này Chính phủ cũng
        nêu rõ")."""
        page, gap = self.page, speech_patterns().gap
        near = max(start, cue_start - _NEAR)
        for match in body_patterns().head.finditer(page.key, near, cue_start):
            at = match.start()
            if not page.flat[at].isupper() or not page.key.endswith(_CLOSED, start, at):
                continue
            end = match.end()
            while end < cue_start and not gap.fullmatch(page.key, end, cue_start):
                behind = page.flat.find(" ", end + 1, cue_start)
                end = behind if behind > 0 else cue_start
            name = page.slice(at, end).rstrip(" ,-–")
            if end < cue_start and _is_name(page, at, end) and name[:1].isupper():
                return Speaker(None, None, name, at, at + len(name), "body-before-verb")
        return None

    def _adjacent_body(self, start: int, cue_start: int) -> Speaker | None:
        page, gap = self.page, speech_patterns().gap
        for chunk in self._chunks(start, cue_start):
            if not begins_with_body(page, chunk, cue_start):
                continue
            text = page.key[chunk:cue_start]
            stop = len(text)
            for end in range(len(text) - 1, 1, -1):
                if text[end] not in " ,-–":
                    continue
                if not gap.fullmatch(text, end):
                    break
                stop = end
            name = page.slice(chunk, chunk + stop).rstrip(" ,-–")
            if (
                len(name) > _LONGEST_NAME
                or _STOP.search(_ABBREVIATED.sub(" ", name))
                or not _is_name(page, chunk, chunk + stop)
            ):
                continue
            if _is_list(_PLACE_IN_NAME.sub(" ", name)) and not _GROUP.match(name):
                continue
            return self._titled(Speaker(None, None, name, chunk, chunk + len(name), "body-as-subject"))
        return None

    def _chunks(self, start: int, end: int) -> list[int]:
        """Places where a subject may stand in [start, end), from the last to the first."""
        places = [start + match.end() for match in speech_patterns().chunk.finditer(self.page.key[start:end])]
        return [*reversed(places), start]

    def _of_epithet(self, epithet: re.Match[str], at: int) -> Speaker:
        """The one whom an epithet means, by the holder of its office whom the report tells last before `at`."""
        office = office_of_epithet(epithet.group())
        person = self.index.by_role(office, at) if office else None
        return Speaker(person.name if person else None, office, None, epithet.start(), epithet.end(), "epithet")

    def by_theo(self, sentence: Sentence, last: Speaker | None) -> Speaker | None:
        """The speaker of "Theo ông Nam, …" / "Cũng theo …" at the head of a sentence; None when it names nobody."""
        page = self.page
        theo = _THEO.match(page.key, sentence.start, sentence.end)
        if theo is None:
            return None
        speaker = self._behind_theo(sentence, theo, last)
        if speaker is not None and theo["order"]:
            return replace(speaker, rule=BY_ORDER)
        return speaker

    def _behind_theo(self, sentence: Sentence, theo: re.Match[str], last: Speaker | None) -> Speaker | None:
        """Whom "theo", matched at a sentence's head, names."""
        page, mention = self.page, self.mention_at(theo.end())
        if mention is None and last is not None and _PRONOUN.match(page.key, theo.end()) is not None:
            return last
        if mention is not None and (mention.rule != "title-alone" or _BEHIND_NAME.match(page.key, mention.end)):
            return self.of_mention(mention, last)
        epithet = epithet_pattern().match(page.key, theo.end())
        if epithet is not None:
            return self._of_epithet(epithet, theo.start())
        if begins_with_body(page, theo.end(), sentence.end):
            comma = page.flat.find(",", theo.end(), min(sentence.end, theo.end() + 110))
            if comma > 0 and not speech_patterns().verbal.search(page.key, theo.end(), comma):
                return Speaker(None, None, page.slice(theo.end(), comma), theo.end(), comma, "theo-body")
        return None


def _is_called(role: str, speaker: Speaker) -> bool:
    """Whether a leader who has the floor may be called by an office that the report gives nobody: "lãnh đạo thành phố"
    after the secretary of its Party committee, "người đứng đầu Ủy ban An toàn giao thông" after a deputy prime
    minister.

    A body named in the office must be one of his; without a name the levels must agree.
    """
    if speaker.person is None or speaker.role is None:
        return False
    called = speech_patterns().called.match(match_key(role))
    if called is None:
        return False
    if called["head"]:
        return speaker.level >= authority_of(role)
    body = role[called.end() :].strip()
    names = {word for word in body.split() if word[:1].isupper() and match_key(word) not in _HEADS}
    if names:
        return names <= set(speaker.role.split())
    return abs(authority_of(body) - speaker.level) <= _SAME_LEVEL


def _fuller_role(role: str | None, told: Sequence[str]) -> str | None:
    """An office of one syllable ("Bí thư" is two) as the report tells it in full; without one the first told."""
    role = role or (told[0] if told else None)
    if role is None or len(role.split()) != 1:
        return role
    return next((other for other in told if match_key(other).startswith(match_key(role) + " ")), role)


def _predicate_follows(page: Page, at: int, end: int) -> bool:
    """Whether the predicate of the person told before `at` begins there: a verb, adverb or adjective."""
    for first, last, tag in page.tagged_between(at, min(end, at + 40)):
        word = page.key[first:last]
        if word in (",", "-", "–", ")"):
            continue
        return tag in ("V", "R", "A") or word in speech_patterns().predicates
    return True


def _is_list(name: str) -> bool:
    """Whether a comma parts a name, but for one inside it ("Bộ Văn hóa, Thể thao và Du lịch")."""
    return "," in name and "," in body_patterns().kept_whole.sub(" ", match_key(name))


def _has_verb(page: Page, start: int, end: int) -> bool:
    """Whether a verb or conjunction stands in [start, end), but in a noun ("Bộ Giao thông vận tải") or the head of a
    name ("Ban Chỉ đạo phòng chống thiên tai")."""
    head = body_patterns().head.match(page.key, start, end)
    for verb in speech_patterns().verbal.finditer(page.key, start if head is None else head.end(), end):
        word_end = page.word_end(verb.start())
        inside_noun = word_end is not None and word_end > verb.end() and page.tag_at(verb.start())[:1] == "N"
        if not inside_noun:
            return True
    return False


def _is_name(page: Page, start: int, end: int) -> bool:
    """Whether a run that begins with a head of bodies is a name or noun phrase to its end: no verb, no preposition of
    place or time."""
    patterns = speech_patterns()
    if _has_verb(page, start, end) or work_start(page, start, end) is not None:
        return False
    if find_cues(page, start, end):
        return False
    honorific = honorific_pattern().match(page.key, start, end)
    if honorific is not None and page.flat[honorific.end() : end].lstrip()[:1].isupper():
        return False
    if patterns.no_name.search(page.key, start, end):
        return False
    tail = page.key[start:end].rstrip().rsplit(" ", 1)[-1]
    return tail not in patterns.no_name_tails
