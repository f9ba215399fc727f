"""Bodies that act: the addressee before the work, and lists of bodies.

An addressee is read by the grammar of names ("Sở Y tế", "các bộ, ngành liên quan", "Chủ tịch UBND các tỉnh")
and ends where the work begins: at the first verb, adverb or modal that is no part of a name. Exact edges come
from characters, since words of the segmentation may swallow them ("Nông nghiệp và Môi trường").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extraction.body_grammar import body_patterns
from pipeline.extraction.page import Page
from pipeline.extraction.vocabulary import UPPER, work_starts

MAX_ADDRESSEE = 420
"""Longest addressee in characters: a list of fifteen ministries fits."""

_LONGEST_NO_BODY = 20
_CAPITALS_END = re.compile(rf"(?<!\w)[{UPPER}][^\W_]*(?: [^\W\d_]+){{0,2}} $")
_CAPITALS = re.compile(rf"[{UPPER}][^\W_]+(?:[ -][{UPPER}\d][^\W_]*){{0,4}}(?![\w/])")
_CAPITAL = re.compile(rf"[{UPPER}]")
_TWO_CAPITALS = re.compile(rf"[{UPPER}][^\s]* +[{UPPER}]")
_PERSON = re.compile(rf"(?:ông|bà|đồng chí|anh|chị) +[{UPPER}]", re.IGNORECASE)
_BEFORE_SENTENCE = frozenset(("", *'.!?:“")-–+•*/'))
"""What stands right before a sentence or a list item, where a capital tells nothing of a name."""
_BRACKETS = re.compile(r"\([^)]*\)")
_MUST = re.compile(r"(?<!\w)(?:phải|cần|thì|không được)(?!\w)")
"""What must stand behind "đơn vị nào …" where it says whom the work falls to, and no mere condition."""
_TIME_INSIDE = re.compile(
    r"(?<!\w)(?:trong|trước|từ|đến|sau|chậm nhất|ngay trong|hằng|hàng) +"
    r"(?:vòng |nay |ngày |tháng |quý |năm |tuần )*(?:\d|ngày|tháng|quý|tuần)"
)
"""A time between an addressee and the work ("Cục Đường sắt trong 10 ngày tới rà soát …")."""
_ADVERB_TAIL = re.compile(r"(?: (?:cũng|đều|vẫn|lại))+$")
_LIST_HEAD = re.compile(r"(?:các |những )?(?:bộ|sở|ban|ngành|phòng|ubnd các \w+|ủy ban nhân dân các \w+) *:")
"""Heads said once before names without them: "các Bộ: Y tế; Nội vụ"."""
_STOP = re.compile(r"[.;?!](?:\s|$)")
_STOP_INSIDE = re.compile(r"\b(?:TP|Tp|tp|Q|P|TS|ThS|GS|PGS)\.|\.\.\.|…")
_AND_NAME = re.compile(rf"[{UPPER}][^\s,]*(?: +[^\s,{UPPER}][^\s,]*)? +và +(?P<second>[{UPPER}])")


@dataclass(frozen=True, slots=True)
class BodyMention:
    """One body in a list, [start, end)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who must act: the whole phrase [start, end), and where the work begins."""

    start: int
    end: int
    work: int


class _Runs:
    """The matches of a pattern in [start, end), looked for no farther than asked."""

    def __init__(self, pattern: re.Pattern[str], page: Page, start: int, end: int) -> None:
        self._coming: Iterator[re.Match[str]] = pattern.finditer(page.key, start, end)
        self._reached = start
        self._spans: list[tuple[int, int]] = []

    def holding(self, at: int) -> list[tuple[int, int]]:
        """The matches that hold the character at `at`."""
        while self._reached <= at:
            match = next(self._coming, None)
            if match is None:
                self._reached = at + 1
                break
            self._reached = match.start()
            self._spans.append(match.span())
        return [(a, b) for a, b in self._spans if a <= at < b]


class _Names:
    """Names in a stretch of the text that hold words which begin work elsewhere."""

    def __init__(self, page: Page, start: int, end: int) -> None:
        patterns = body_patterns()
        self._runs = [_Runs(pattern, page, start, end) for pattern in (patterns.named, patterns.company)]

    def holding(self, at: int) -> list[tuple[int, int]]:
        """The names that hold the character at `at`."""
        return [span for runs in self._runs for span in runs.holding(at)]


def work_start(page: Page, start: int, end: int) -> int | None:
    """Where work begins in [start, end): at the first verb, adverb or modal that is part of no name; or None."""
    modifier = body_patterns().modifier
    names = _Names(page, start, end)
    depth = 0
    at = start
    limit = _untaught_verb(page, start, end, names)
    for match in work_starts().finditer(page.key, start, min(end, limit + 1)):
        p = match.start()
        between = page.flat[at:p]
        depth += between.count("(") - between.count(")")
        at = p
        if depth > 0 or any(match.end() <= b for _, b in names.holding(p)):
            continue
        if page.flat[p].isupper() and p > start and page.flat[p - 1] == " " and page.flat[max(0, p - 2)] not in '.:;“"':
            continue
        if page.flat[p].isupper() and _is_listed_name(page, start, p):
            continue
        if p == start and _opens_name(page, p, match.end()) and body_patterns().head.match(page.key, p, end):
            continue
        if page.key.endswith((" nói trên ", " nêu trên "), start, p):
            return p
        if p > start:
            longer = modifier.match(page.key, p - 1, end)
            if longer is not None and longer.end() > match.end():
                continue
            if _inside_noun(page, p, match.group(), page.key[max(start, p - 24) : p]):
                continue
        return p
    return limit if limit < end else None


def _untaught_verb(page: Page, start: int, end: int, names: _Names) -> int:
    """The first verb of two syllables or more that the tagger finds outside names and modifiers, though no list has it;
    `end` when there is none."""
    patterns = body_patterns()
    for p, q, tag in page.tagged_between(start + 2, end):
        if tag != "V" or page.flat[p].isupper():
            continue
        if " " not in page.key[p:q] and (patterns.state.match(page.key, p, end) or not _behind_name(page, start, p)):
            continue
        if page.key[p:q] == "có" and patterns.group.match(page.key, start):
            continue
        if names.holding(p):
            continue
        if (
            patterns.modifier.match(page.key, p - 1, end)
            or patterns.leader.match(page.key, p, end)
            or patterns.head.match(page.key, p, end)
        ):
            continue
        if page.flat.count("(", start, p) > page.flat.count(")", start, p):
            continue
        return p
    return end


def _is_listed_name(page: Page, start: int, at: int) -> bool:
    """Whether a name without its head begins at `at`, in a list whose head opens at `start` ("các Bộ: Xây dựng; …")."""
    if _LIST_HEAD.match(page.key, start) is None:
        return False
    return body_patterns().headless.match(page.key, at) is not None


def _opens_name(page: Page, start: int, end: int) -> bool:
    """Whether a word that begins work elsewhere opens a name in capitals ("Phòng Giáo dục")."""
    return page.flat[start].isupper() and page.flat[end : end + 2].lstrip()[:1].isupper()


def _behind_name(page: Page, start: int, at: int) -> bool:
    """Whether a name ends right before `at`, in capitals or a bare word for a body: a verb behind it begins work
    ("Chính phủ ứng tiền", "hãng thuê máy bay")."""
    if _CAPITALS_END.search(page.flat, max(start, at - 40), at) is not None:
        return True
    return body_patterns().head.fullmatch(page.key, start, at - 1) is not None


def _inside_noun(page: Page, p: int, word: str, before: str) -> bool:
    """Whether a word that could begin the work stands inside a noun phrase there, by its tag and what is before."""
    patterns = body_patterns()
    tag = page.tag_at(p)
    if word in patterns.verbs_or_nouns and tag not in ("V", "E", "R"):
        return True
    if tag[:1] in ("N", "") and patterns.noun_before_verb.search(before):
        return True
    return any(name.split(" ", 1)[0] == word and page.key.startswith(name, p) for name in patterns.names_like_work)


def begins_with_body(page: Page, start: int, end: int) -> bool:
    """Whether a name of a body, a group, a leader or a person begins at `start`."""
    patterns = body_patterns()
    match = patterns.head.match(page.key, start, end)
    if match is not None:
        # with a capital behind the first word it is a name: "xã Hội Sơn"
        words = page.flat[start].lower() + page.flat[start + 1 : start + _LONGEST_NO_BODY]
        if patterns.to_lead.match(page.key, start, end) or words.startswith(patterns.no_bodies):
            return False
        verb = work_starts().match(page.key, start, end)
        if verb is None or verb.end() < match.end():
            return True
        if verb.end() > match.end():
            return False
        inside = page.flat[max(0, start - 2) : start].strip()[-1:] not in _BEFORE_SENTENCE
        if patterns.leader.match(page.key, start, match.end()) and patterns.head.match(page.key, match.end() + 1, end):
            # "Lãnh đạo các bộ": not the verb, to lead
            return True
        if page.flat[start].isupper():
            return _opens_name(page, start, match.end()) or inside
        return page.tag_at(start) in ("N", "Np")
    opens = page.flat[max(0, start - 2) : start].strip()[-1:] in _BEFORE_SENTENCE
    if _PERSON.match(page.flat, start, end) is not None:
        return True
    # where a capital tells nothing a verb that is a name elsewhere ("Thống kê", the office) is taken for the verb
    if patterns.named.match(page.key, start, end) is not None and not (opens and page.tag_at(start) == "V"):
        return True
    return _opens_with_person(page, start, opens)


def _opens_with_person(page: Page, start: int, opens: bool) -> bool:
    """Whether the name of a person begins at `start`: of two words where a capital tells nothing."""
    if (_TWO_CAPITALS if opens else _CAPITAL).match(page.flat, start) is None:
        return False
    person = page.person_end(start) or start
    return " " in page.flat[start:person].strip() or (person > start and not opens)


def names_person(page: Page, start: int, end: int) -> bool:
    """Whether the words in [start, end) name a person: by a form of address, or as the tagger has it."""
    return page.holds_person(start, end) or _PERSON.match(page.flat, start, end) is not None


def read_addressee(page: Page, start: int, end: int) -> Addressee | None:
    """The addressee at `start`, when one stands there and work follows it; else None.

    "Sở Y tế chủ trì, phối hợp …" gives "Sở Y tế" with the work at "chủ trì". A phrase that begins with no name of
    a body, or that holds a sentence's stop before the work, is no addressee.
    """
    known = page.remembered("addressee")
    found: Addressee | None
    if (start, end) in known:
        found = known[start, end]
    else:
        found = known[start, end] = _addressee_at(page, start, end) if begins_with_body(page, start, end) else None
    return found


def read_unlisted_addressee(page: Page, start: int, end: int) -> Addressee | None:
    """The addressee at `start` that no list has: names in capitals inside a sentence, places or firms that a verb asks
    ("yêu cầu Nghệ An …", "giao Viettel …", "nhắc Thái Nguyên, Yên Bái và các tỉnh khác …")."""
    opens = page.flat[max(0, start - 2) : start].strip()[-1:] in _BEFORE_SENTENCE or page.text[start - 1] == "\n"
    if opens or _CAPITALS.match(page.flat, start, end) is None:
        return None
    addressee = _addressee_at(page, start, end)
    if addressee is None:
        return None
    items = ((item.start, item.end) for item in split_bodies(page, start, addressee.end))
    named = all(_CAPITALS.fullmatch(page.flat, *item) or begins_with_body(page, *item) for item in items)
    return addressee if named else None


def _addressee_at(page: Page, start: int, end: int) -> Addressee | None:
    work = work_start(page, start, min(end, start + MAX_ADDRESSEE))
    if work is None or work == start:
        return None
    phrase = page.flat[start:work]
    if _stops(page, start, work) or phrase.count('"') % 2:
        return None
    said = _TIME_INSIDE.search(page.key, start, work)
    stop = start + len(page.flat[start : said.start() if said is not None else work].rstrip(" ,:-–"))
    tail = _ADVERB_TAIL.search(page.key, start, stop)
    stop = tail.start() if tail is not None else stop
    patterns = body_patterns()
    if stop - start < 2 or _says(page, patterns.clause, start, stop):
        return None
    if _says(page, patterns.has, start, stop) and not patterns.group.match(page.key, start):
        return None
    if page.key.endswith(" nào", start, stop) and _MUST.search(page.key, work, end) is None:
        return None
    return Addressee(start, stop, work)


def _says(page: Page, words: re.Pattern[str], start: int, end: int) -> bool:
    """Whether one of the words stands in [start, end) as a word of its own, and no syllable of another ("thiết bị")."""
    return any(page.is_word(match.start(), match.end()) for match in words.finditer(page.key, start, end))


def _stops(page: Page, start: int, end: int) -> bool:
    """Whether a sentence's stop stands in the phrase; a semicolon is none where a body begins behind it."""
    phrase = _STOP_INSIDE.sub("   ", page.flat[start:end])
    listed = _LIST_HEAD.match(page.key, start) is not None
    for match in _STOP.finditer(phrase):
        behind = start + match.end()
        if not match.group().startswith(";") or not (
            begins_with_body(page, behind, end) or (listed and page.flat[behind : behind + 1].isupper())
        ):
            return True
    return False


def split_bodies(page: Page, start: int, end: int) -> list[BodyMention]:
    """The bodies of a list, one mention each, in order.

    "Các sở, ngành, địa phương" gives three, "các Bộ: A, B và C" gives A, B, C.
    The "và" and the comma inside a name part nothing. A head before the whole list ("Chủ tịch UBND các tỉnh,
    thành phố nêu trên") stays with its first item only where the items are names.
    """
    patterns = body_patterns()
    kept = _kept_whole(page, start, end)
    grouped = patterns.whole_list.match(page.key, start, end)
    pieces: list[tuple[int, int]] = []
    at = start
    for match in patterns.separator.finditer(page.key, start, end):
        if any(a < match.start() and match.end() < b for a, b in kept):
            continue
        if ";" in match.group():
            grouped = patterns.whole_list.match(page.key, match.end(), end)
        elif grouped and not _new_body(page, match.end(), end):
            continue
        if match.start() > at:
            pieces.append((at, match.start()))
        at = match.end()
    if at < end:
        pieces.append((at, end))
    trimmed = (_trim_item(page, a, b) for a, b in pieces)
    return [BodyMention(a, b) for a, b in trimmed if b > a]


def _kept_whole(page: Page, start: int, end: int) -> list[tuple[int, int]]:
    """The runs of a list of bodies inside which nothing is parted: names with "và" or a comma, brackets."""
    patterns = body_patterns()
    kept = [match.span() for match in patterns.kept_whole.finditer(page.key, start, end)]
    kept += [match.span() for match in _BRACKETS.finditer(page.flat, start, end)]
    for match in _AND_NAME.finditer(page.flat, start, end):
        if not patterns.head.match(page.key, match.start("second"), end) and _same_name(page, match, start):
            kept.append(match.span())
    return kept


def _trim_item(page: Page, start: int, end: int) -> tuple[int, int]:
    """The item of a list of bodies without what introduces it ("các Bộ:", "nhất là") and punctuation."""
    colon = page.flat.rfind(":", start, end)
    if colon > start:
        start = colon + 1
        while start < end and page.flat[start] == " ":
            start += 1
    opener = body_patterns().item_opener.match(page.key, start, end)
    if opener is not None:
        start = opener.end()
    while start < end and page.flat[start] in "-–+• ":  # the marker of an item in a table's cell
        start += 1
    while end > start and page.flat[end - 1] in " .,;:-–…":
        end -= 1
    return start, end


def _new_body(page: Page, at: int, end: int) -> bool:
    """Whether a list under one head goes on with a body of its own at `at`: a named head, not a kind of place."""
    patterns = body_patterns()
    match = patterns.head.match(page.key, at, end)
    return match is not None and match.group().split()[0] not in patterns.list_items


def _same_name(page: Page, match: re.Match[str], start: int) -> bool:
    """Whether "X và Y" in capitals is one name: a head of bodies stands before it without a comma between."""
    before = page.flat[start : match.start()]
    chunk = re.split(r"[,;:]", before)[-1]
    return bool(chunk.strip()) and not chunk.rstrip().endswith((" và", ","))
