"""Persons with their roles, as a report presents them.

"Phó bí thư Tỉnh ủy - Chủ tịch UBND tỉnh Trần Ngọc Tam", "ông Nguyễn Văn Tuấn - phó chủ tịch UBND huyện Nông
Cống", "Thủ tướng", "ông Tuấn", "người đứng đầu Chính phủ". A full name counts as a person when a title, a form
of address or the tagger says so, because names of places begin with the same syllables ("Hà Giang").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from pipeline import lexicon
from pipeline.extraction.page import Page
from pipeline.extraction.vocabulary import SYLLABLE_UPPER, UPPER, alternation, load_body_grammar, load_titles
from pipeline.language.matchkey import match_key
from pipeline.registry.body_index import load_body_index

_GIVEN = rf"[{UPPER}][^\W\d_]*(?![\w.])"
_HONORIFIC = (
    r"(?:các +)?(?:đồng chí|đ/c|ông|bà|anh|chị|cô|chú|bác|cụ|em|gs\.?ts\.?|pgs\.?,? ?ts\.?|gs\.?|pgs\.?|ts\.?|ths\.?|bs\.?|ls\.?|"
    r"tiến sĩ|tiến sỹ|thạc sĩ|bác sĩ|luật sư|giáo sư|phó giáo sư|kỹ sư|nghị sĩ|đại biểu|cử tri|"
    r"(?:đại|thượng|trung|thiếu) (?:tướng|tá|úy)|đại tướng|chuẩn đô đốc|phó đô đốc|thiếu tá)"
)
HONORIFIC = re.compile(rf"(?<!\w){_HONORIFIC}(?!\w)")
_LINK = re.compile(r" *(?:,|[-–—]|kiêm|đồng thời là| là) *")
_POST_LINK = re.compile(r" *(?:,|[-–—]|\(|là) *")
_PARENTHESIS = re.compile(r" *\([^()\n]{1,40}\)")
_WORD = re.compile(r" *([^\s,.;:()\"“”'‘’!?–—]+(?:\.[^\s,.;:()\"“”!?]+)*\.?)")


@dataclass(frozen=True, slots=True)
class PersonMention:
    """One mention of a person: [start, end) with honorific, role and name.

    `name` is null for a title alone or "ông Tuấn" (then `given` holds "Tuấn"); `roles` are the offices said in
    this mention, in order; `honorific` tells "ông …" alone.
    """

    start: int
    end: int
    name: str | None
    given: str | None
    roles: tuple[str, ...]
    rule: str


@dataclass(slots=True)
class KnownPerson:
    """A person introduced by full name, with all roles the report gives, in order."""

    name: str
    roles: list[str] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)


@cache
def _surnames() -> frozenset[str]:
    return frozenset(lexicon.read_list("surnames.txt"))


@cache
def _name_pattern() -> re.Pattern[str]:
    heads = "|".join(sorted(map(re.escape, _surnames()), key=lambda name: (-len(name), name)))
    return re.compile(rf"(?<![\w])(?:(?:{heads})|[HK]['’][{UPPER}][^\W\d_]+|Y (?=[{UPPER}]))(?: +{_GIVEN}){{1,4}}")


@cache
def title_pattern() -> re.Pattern[str]:
    """All titles, longest first, on match keys."""
    names = [name for title in load_titles().title for name in title.names]
    return re.compile(rf"(?<!\w)(?:nguyên +|quyền +|q\. *|cựu +|tân +)?{alternation(names)}(?!\w)")


_COMPLEMENT_EXTRA = (
    "trung ương", "quốc gia", "nhân dân", "thường trực", "phụ trách", "chính phủ", "nhà nước", "việt nam", "miền nam", "miền bắc", "vùng",
    "khu vực", "đảng", "chuyên trách", "toàn quốc", "lâm thời", "khóa", "khoá", "kinh tế", "xã hội", "đối ngoại", "pháp luật", "thành viên", "tỉnh", "thành phố", "huyện", "quận", "xã", "phường", "thị trấn", "thị xã", "y tế", "giáo dục", "nông nghiệp",
    "công an", "quân sự", "biên phòng", "của", "các", "hội đồng", "dân tộc", "tôn giáo", "thống kê", "thuế", "hải quan", "kho bạc",
    "thanh niên", "phụ nữ", "nông dân", "cựu chiến binh", "liên hiệp", "lao động", "doanh nghiệp", "kinh doanh", "công thương", "tài chính", "nội vụ", "tư pháp",
)


@cache
def _complement_phrase() -> re.Pattern[str]:
    """Phrases in small letters that go on with an office: bodies, units, "thường trực", "phụ trách"."""
    grammar = load_body_grammar()
    return re.compile(rf"{alternation([*grammar.heads, *_COMPLEMENT_EXTRA])}(?!\w)")


@cache
def _registered() -> re.Pattern[str]:
    """The names of bodies that the registry lists, of two words or more."""
    return re.compile(rf"{alternation(name for name, _ in load_body_index().names() if ' ' in name)}(?!\w)")


@cache
def _places() -> frozenset[str]:
    return frozenset(match_key(name) for name, _ in load_body_index().place_names())


def _is_place(name: str) -> bool:
    key = match_key(name)
    return key in _places() or " ".join(key.split()[:2]) in _places() or " ".join(key.split()[:3]) in _places()


_CAPITAL_BEFORE = re.compile(rf"[{UPPER}][^\W\d_{UPPER}]+ +$")
"""A capitalised syllable right before a name: what begins there may be the end of a place ("Nghệ An Trịnh Bá Khoát")."""


def _name_at(page: Page, at: int, limit: int) -> re.Match[str] | None:
    match = _name_pattern().match(page.flat, at, limit)
    if match is None:
        return None
    before = page.key[max(0, at - 12) : at].split()
    after_unit = bool(before) and before[-1] in ("tỉnh", "tp", "tp.", "phố", "huyện", "quận", "xã", "phường", "trấn", "thị")
    if after_unit and len(match.group().split()) < 3 and not _tagged_person(page, match.start(), match.end()):
        return None
    words = match.group().split()
    if len(words) > 2 and words[1] in _surnames() and _CAPITAL_BEFORE.search(page.flat, max(0, at - 14), at):
        return None
    if _is_place(match.group()):
        if len(words) > 3 or not _tagged_person(page, match.start(), match.end()):
            return None
    return match


def _tagged_person(page: Page, start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in page.people)


def _read_roles(page: Page, at: int, limit: int) -> tuple[list[str], int, re.Match[str] | None]:
    """Roles from the title at `at`: (roles, end, the name right behind them or None)."""
    roles: list[str] = []
    title = title_pattern().match(page.key, at, limit)
    end = at
    while title is not None:
        role_start = title.start()
        end = title.end()
        name = None
        while end < limit:
            skip = end + len(page.flat[end:limit]) - len(page.flat[end:limit].lstrip(" "))
            if skip > end:
                name = _name_at(page, skip, limit)
                if name is not None:
                    break
            inner = _PARENTHESIS.match(page.flat, end, limit)
            if inner is not None and not title_pattern().search(page.key, inner.start(), inner.end()):
                after = _name_at(page, inner.end() + 1, limit) if inner.end() < limit else None
                if after is not None or page.flat[inner.start() :].lstrip()[1:2].isupper():
                    end = inner.end()
                    continue
                break
            phrase = None
            if skip > end:
                phrase = _registered().match(page.key, skip, limit) or _complement_phrase().match(page.key, skip, limit)
            if phrase is not None:
                end = _before_name(page, phrase.start(), phrase.end(), limit)
                continue
            word = _WORD.match(page.flat, end, limit)
            if word is None or not _extends_role(page, word, end):
                break
            end = word.end()
        roles.append(page.slice(role_start, end).rstrip(" ,-–(").strip())
        if name is not None:
            return roles, name.end(), name
        link = _LINK.match(page.flat, end, limit)
        if link is None:
            return roles, end, None
        title = title_pattern().match(page.key, link.end(), limit)
        if title is None:
            name = _name_at(page, link.end(), limit)
            if name is not None and page.flat[link.start() : link.end()].strip() in (",", "-", "–", "là"):
                return roles, name.end(), name
            return roles, end, None
    return roles, end, None


def _before_name(page: Page, start: int, end: int, limit: int) -> int:
    """The end of a phrase of an office, cut where a name begins in it ("tỉnh Đoàn Thế Khiêm" is no "tỉnh đoàn")."""
    for match in re.compile(r" (?=\S)").finditer(page.flat, start, end):
        if page.flat[match.end()].isupper() and _name_at(page, match.end(), limit) is not None:
            return match.start()
    return end


def _extends_role(page: Page, word: re.Match[str], end: int) -> bool:
    text = word.group(1)
    key = match_key(text)
    if re.fullmatch(SYLLABLE_UPPER + r"\.?", text) or text.isdigit() or text.isupper():
        return True
    if key in ("-", "–", "—") and title_pattern().match(page.key, word.end() + 1):
        return False
    if key in ("và", "-", "&"):
        following = _WORD.match(page.flat, word.end())
        return following is not None and (
            following.group(1)[:1].isupper() or _complement_phrase().match(page.key, following.start(1)) is not None
        )
    # "Sở Tài nguyên môi trường", "Ban quản lý dự án": a name goes on in small letters while the tagger calls it a noun
    before = page.flat[max(0, end - 30) : end].split()
    if page.word_at(word.start(1)) is None and bool(before) and before[-1][:1].isupper():
        return True
    return bool(before) and before[-1][:1].isupper() and page.tag_at(word.start(1)) in ("N", "Np", "Nc") and not _is_name_word(before[-1])


def _is_name_word(word: str) -> bool:
    return word in _surnames()


def find_people(page: Page) -> list[PersonMention]:
    """All mentions of persons, in order, not overlapping. Linear in the length of the report."""
    mentions: list[PersonMention] = []
    limits = [(block.start, block.end) for block in page.blocks] or [(0, len(page.flat))]
    for start, end in limits:
        mentions.extend(_people_in(page, start, end))
    return mentions


def _people_in(page: Page, start: int, end: int) -> list[PersonMention]:
    found: list[PersonMention] = []
    at = start
    starters = re.compile(rf"{HONORIFIC.pattern}|{title_pattern().pattern}")
    names = {match.start(): match for match in _name_pattern().finditer(page.flat, start, end)}
    events = sorted({*(m.start() for m in starters.finditer(page.key, start, end)), *names})
    for event in events:
        if event < at:
            continue
        mention = _mention_at(page, event, end)
        if mention is not None:
            found.append(mention)
            at = mention.end
    return found


def _mention_at(page: Page, at: int, limit: int) -> PersonMention | None:
    honorific = HONORIFIC.match(page.key, at, limit)
    if honorific is not None:
        behind = honorific.end()
        while behind < limit and page.flat[behind] in " .":
            behind += 1
        again = HONORIFIC.match(page.key, behind, limit)
        while again is not None:
            behind = again.end() + 1
            again = HONORIFIC.match(page.key, behind, limit)
        title = title_pattern().match(page.key, behind, limit)
        if title is not None:
            roles, end, name = _read_roles(page, behind, limit)
            if name is not None:
                return _with_apposition(page, at, name.end(), name.group(), roles, limit, "role-and-name")
            return PersonMention(at, end, None, None, tuple(roles), "title-alone")
        name = _name_pattern().match(page.flat, behind, limit)
        if name is not None:
            return _with_apposition(page, at, name.end(), name.group(), [], limit, "form-of-address-and-name")
        full = re.compile(rf"{_GIVEN}(?: +{_GIVEN}){{2,3}}").match(page.flat, behind, limit)
        if full is not None:
            return _with_apposition(page, at, full.end(), full.group(), [], limit, "form-of-address-and-name")
        given = re.compile(rf"{_GIVEN}(?: +{_GIVEN})?").match(page.flat, behind, limit)
        if given is not None:
            return _with_apposition(page, at, given.end(), None, [], limit, "given-name", given=given.group())
        if page.key[honorific.start() : honorific.end()] in ("ông", "bà", "đồng chí") and _subject_follows(
            page, honorific.end()
        ):
            return PersonMention(at, honorific.end(), None, None, (), "form-of-address-alone")
        return None
    if title_pattern().match(page.key, at, limit):
        roles, end, name = _read_roles(page, at, limit)
        if name is not None:
            return _with_apposition(page, at, name.end(), name.group(), roles, limit, "role-and-name")
        if roles:
            return PersonMention(at, end, None, None, tuple(roles), "title-alone")
        return None
    name = _name_at(page, at, limit)
    if name is not None and _tagged_person(page, name.start(), name.end()) and not _is_place(name.group()):
        return _with_apposition(page, at, name.end(), name.group(), [], limit, "tagged-name")
    return None


def _subject_follows(page: Page, end: int) -> bool:
    word = _WORD.match(page.flat, end)
    return word is not None and page.tag_at(word.start(1)) in ("V", "R")


def _with_apposition(
    page: Page,
    start: int,
    end: int,
    name: str | None,
    roles: list[str],
    limit: int,
    rule: str,
    given: str | None = None,
) -> PersonMention:
    """The mention with a role told behind the name: ", Phó Bí thư Tỉnh ủy", "- phó chủ tịch …", "(trưởng …)"."""
    link = _POST_LINK.match(page.flat, end, limit)
    if link is not None:
        title = title_pattern().match(page.key, link.end(), limit)
        if title is not None:
            more, stop, other = _read_roles(page, link.end(), limit)
            if other is None and more:
                close = re.compile(r" *\)| *[-–—](?= )| *,").match(page.flat, stop, limit)
                bracket = "(" in page.flat[link.start() : link.end()]
                if close is not None and (
                    bracket or "," in close.group() or "-" in close.group() or "–" in close.group()
                ):
                    stop = close.end()
                return PersonMention(start, stop, name and _tidy(name), given, (*roles, *more), rule)
    return PersonMention(start, end, name and _tidy(name), given, tuple(roles), rule)


def _tidy(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip()


_SHORT = (
    (re.compile(r"\bubnd\b"), "ủy ban nhân dân"),
    (re.compile(r"\buỷ\b"), "ủy"),
    (re.compile(r"\b(?:tp\.?|t\.p\.?) ?(?=\w)"), "thành phố "),
    (re.compile(r"\bhcm\b|\bhồ chí minh\b"), "hcm"),
    (re.compile(r"\bhđnd\b"), "hội đồng nhân dân"),
    (re.compile(r"\bgtvt\b"), "giao thông vận tải"),
    (re.compile(r"\bcp\b"), "chính phủ"),
)


def role_words(role: str) -> frozenset[str]:
    """The words of a role for comparing roles, abbreviations opened, brackets dropped."""
    key = re.sub(r"\([^)]*\)", " ", match_key(role))
    for pattern, long in _SHORT:
        key = pattern.sub(long, key)
    return frozenset(re.findall(r"\w+", key))


def role_head(role: str) -> str:
    """The title at the head of a role: "phó chủ tịch" of "Phó Chủ tịch UBND tỉnh"; without "thường trực"."""
    match = title_pattern().match(match_key(role))
    head = match.group() if match else match_key(role)
    return re.sub(r"\s+(?:chính phủ|thường trực|quốc hội)$", "", head)


class PeopleIndex:
    """The persons a report introduces, for resolving titles, given names and pronouns to them."""

    def __init__(self, mentions: list[PersonMention]) -> None:
        self.known: dict[str, KnownPerson] = {}
        for mention in mentions:
            if mention.name is None:
                continue
            person = self.known.setdefault(mention.name, KnownPerson(mention.name))
            person.roles.extend(role for role in mention.roles if role not in person.roles)
            person.mentions.append(mention.start)
        self._drop_parts()

    def _drop_parts(self) -> None:
        """A name that is the end of a longer known name ("Văn Thọ" of "Lê Văn Thọ") is the same person."""
        for name in sorted(self.known, key=len):
            longer = [other for other in self.known if other != name and other.endswith(" " + name)]
            if len(longer) == 1:
                part = self.known.pop(name)
                whole = self.known[longer[0]]
                whole.roles.extend(role for role in part.roles if role not in whole.roles)
                whole.mentions.extend(part.mentions)

    def by_name(self, name: str) -> KnownPerson | None:
        """The person of a full name."""
        person = self.known.get(name)
        if person is None:
            longer = [other for key, other in self.known.items() if key.endswith(" " + name)]
            person = longer[0] if len(longer) == 1 else None
        return person

    def by_given(self, given: str, at: int) -> KnownPerson | None:
        """The person last introduced before `at` (else anywhere) whose name ends in `given`."""
        matches = [person for name, person in self.known.items() if name.endswith(" " + given)]
        before = [person for person in matches if min(person.mentions) < at]
        pool = before or matches
        return max(pool, key=lambda person: max((m for m in person.mentions if m < at), default=-1)) if pool else None

    def by_role(self, role: str, at: int) -> KnownPerson | None:
        """The one person whom the report gives this office, or None; among several the one mentioned last before `at`.

        "Thủ tướng" is the person presented as "Thủ tướng Chính phủ …"; "Bộ trưởng" the minister spoken of last.
        """
        head, words = role_head(role), role_words(role)
        last = role.split()[-1]
        given = self.by_given(last, at) if last[:1].isupper() and len(role.split()) > 1 else None
        if given is not None and any(role_head(other) == head for other in given.roles):
            return given
        fits: list[tuple[int, KnownPerson]] = []
        for person in self.known.values():
            for other in person.roles:
                if other.lower().startswith(("nguyên ", "cựu ")) or role_head(other) != head:
                    continue
                theirs = role_words(other)
                if words <= theirs or theirs <= words:
                    fits.append((max((m for m in person.mentions if m < at), default=-1), person))
                    break
        if not fits:
            return None
        distinct = {person.name for _, person in fits}
        if len(distinct) > 1 and head in ("thủ tướng", "chủ tịch nước", "tổng bí thư"):
            return None
        return max(fits, key=lambda fit: fit[0])[1]
