"""Bodies that act: the addressee before the work, lists of bodies, and bodies as subjects.

An addressee is read by the grammar of names ("Sở Y tế", "các bộ, ngành liên quan", "Chủ tịch UBND các tỉnh")
and ends where the work begins: at the first verb, adverb or modal that is no part of a name. Exact edges come
from characters, since words of the segmentation may swallow them ("Nông nghiệp và Môi trường").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.extraction.page import Page
from pipeline.extraction.vocabulary import UPPER, alternation, load_body_grammar, load_titles, whole, work_starts
from pipeline.language.matchkey import match_key
from pipeline.registry.body_index import load_body_index

MAX_ADDRESSEE = 420
"""Longest addressee in characters: a list of fifteen ministries fits."""


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


@cache
def head_pattern() -> re.Pattern[str]:
    """What a body, a group of bodies or a head of bodies begins with, on match keys."""
    grammar, titles = load_body_grammar(), load_titles()
    leaders = [name for title in (*titles.title, *titles.group_head) for name in title.names]
    groups = rf"(?:(?:{alternation(grammar.determiners)}|\d+) +)+(?:đồng chí +)?(?:{alternation([*grammar.groups, *leaders])})"
    return re.compile(
        rf"(?<!\w)(?:{groups}|{alternation([*grammar.heads, *grammar.alone, *leaders, *grammar.groups])})(?!\w)"
    )


@cache
def _named_pattern() -> re.Pattern[str]:
    """Phrases with a verb inside that are nouns: "chủ đầu tư", "đơn vị thi công", names of bodies of the registry."""
    grammar = load_body_grammar()
    inner = [name for name in (*grammar.groups, *grammar.alone) if " " in name]
    names = [name for name, _ in load_body_index().names() if " " in name]
    return re.compile(rf"(?<!\w){alternation({*inner, *names})}(?!\w)")


@cache
def _company() -> re.Pattern[str]:
    descriptor = alternation(load_body_grammar().company_words)
    return re.compile(
        rf"(?<!\w)(?:tổng +)?(?:công ty|tập đoàn|nhà máy|trung tâm|ban +quản lý|bql|đơn vị|xí nghiệp|hợp tác xã|tổ|nhóm|hội đồng|phòng|cơ quan)(?: +{descriptor})+(?!\w)"
    )


@cache
def _modifier() -> re.Pattern[str]:
    return re.compile(rf" *(?:{alternation(load_body_grammar().modifiers)})(?!\w)")


@cache
def _leader() -> re.Pattern[str]:
    titles = load_titles()
    return whole([name for title in (*titles.title, *titles.group_head) for name in title.names])


@cache
def _not_work() -> re.Pattern[str]:
    """Verbs that stand inside a noun phrase: behind "đơn vị", "cơ quan", "việc", "công tác" they begin no work."""
    return re.compile(
        r"(?:cơ quan|đơn vị|chủ|nhà|bên|người|lực lượng|ban|tổ|đội|phòng|cục|vụ|trung tâm|cấp|ngành|viện|hội|công ty|sở|bộ|các|những|được|bị|đã|đang|có|để|do|về|của|và|việc|trực|có thẩm quyền) $"
    )


def work_start(page: Page, start: int, end: int) -> int | None:
    """Where work begins in [start, end): at the first verb, adverb or modal that is part of no name; or None."""
    names = [(m.start(), m.end()) for m in _named_pattern().finditer(page.key, start, end)]
    names += [(m.start(), m.end()) for m in _company().finditer(page.key, start, end)]
    depth = 0
    at = start
    limit = _untaught_verb(page, start, end, names)
    for match in work_starts().finditer(page.key, start, min(end, limit + 1)):
        p = match.start()
        for c in page.flat[at:p]:
            depth += (c == "(") - (c == ")")
        at = p
        if depth > 0 or any(a <= p < b and match.end() <= b for a, b in names):
            continue
        if page.flat[p].isupper() and p > start and page.flat[p - 1] == " " and page.flat[max(0, p - 2)] not in '.:;“"':
            continue
        before = page.key[max(start, p - 24) : p]
        word = match.group()
        modifier = _modifier().match(page.key, p - 1, end) if p > start else None
        if modifier is not None and modifier.end() > match.end():
            continue
        if p > start and _inside_noun(page, p, word, before, start):
            continue
        return p
    return limit if limit < end else None


def _untaught_verb(page: Page, start: int, end: int, names: list[tuple[int, int]]) -> int:
    """The first verb of two syllables or more that the tagger finds outside names and modifiers, though no list has it;
    `end` when there is none."""
    for i in page.words_between(start + 2, end):
        if page.word_tags[i] != "V":
            continue
        p, q = page.word_starts[i], page.word_ends[i]
        if " " not in page.key[p:q] or page.flat[p].isupper() or any(a <= p < b for a, b in names):
            continue
        if _modifier().match(page.key, p - 1, end) or _leader().match(page.key, p, end) or head_pattern().match(page.key, p, end):
            continue
        if page.flat[start:p].count("(") > page.flat[start:p].count(")"):
            continue
        return p
    return end


_NOUNISH_ANYWAY = frozenset(
    "theo phòng bàn cấp cho trực giữ mở tiếp đặt lập thu trình mua tăng chống chọn coi hạ đổi".split()
)


def _inside_noun(page: Page, p: int, word: str, before: str, start: int) -> bool:
    """Whether a word that could begin the work stands inside a noun phrase there, by its tag and what is before."""
    tag = page.tag_at(p)
    if word in _NOUNISH_ANYWAY and tag not in ("V", "E", "R"):
        return True
    if re.search(r"(?:của|về|việc|công tác|ban|phòng|đơn vị|cơ quan|chủ|nhà|lực lượng|tổ chức|và) $", before) and tag[
        :1
    ] in ("N", ""):
        return True
    if word in ("được", "cùng", "theo", "liên kết", "cho", "giao", "phòng", "cấp") and page.key[p:].startswith(
        (
            "được giao",
            "được phân công",
            "được ủy quyền",
            "được phân cấp",
            "theo chức năng",
            "theo thẩm quyền",
            "theo phân cấp",
            "theo nhiệm vụ",
            "theo quy định",
            "theo lĩnh vực",
            "cấp huyện",
            "cấp xã",
            "cấp tỉnh",
            "cấp trên",
            "cấp dưới",
            "cấp ủy",
            "cùng cấp",
            "phòng ban",
            "phòng chuyên",
            "giao thông",
        )
    ):
        return not page.key[p:].startswith("theo")
    return False


_LEADING = re.compile(r"lãnh đạo,? +(?:chỉ đạo|thực hiện|triển khai|tổ chức|xây dựng)(?!\w)")
"""The verb "lãnh đạo", to lead, not the noun, leaders."""


def begins_with_body(page: Page, start: int, end: int) -> bool:
    """Whether a name of a body, a group, a leader or a person begins at `start`."""
    match = head_pattern().match(page.key, start, end)
    if match is not None:
        if _LEADING.match(page.key, start, end):
            return False
        verb = work_starts().match(page.key, start, end)
        if verb is None or verb.end() < match.end():
            return True
        if verb.end() > match.end():
            return False
        behind = page.flat[match.end() : match.end() + 2].lstrip()
        inside = page.flat[max(0, start - 2) : start].strip() not in ("", ".", "!", "?", ":", "“", '"')
        if page.flat[start].isupper():
            return behind[:1].isupper() or inside
        return page.tag_at(start) in ("N", "Np")
    if any(a == start for a, b in page.people):
        return True
    return bool(_named_pattern().match(page.key, start, end)) or bool(
        re.compile(rf"(?:ông|bà|đồng chí|anh|chị) +[{UPPER}]", re.I).match(page.flat, start, end)
    )


def read_addressee(page: Page, start: int, end: int) -> Addressee | None:
    """The addressee at `start`, when one stands there and work follows it; else None.

    "Sở Y tế chủ trì, phối hợp …" gives "Sở Y tế" with the work at "chủ trì". A phrase that begins with no name of
    a body, or that holds a sentence's stop before the work, is no addressee.
    """
    if not begins_with_body(page, start, end):
        return None
    work = work_start(page, start, min(end, start + MAX_ADDRESSEE))
    if work is None or work == start:
        return None
    phrase = page.flat[start:work]
    if re.search(r"[.;?!](?:\s|$)", re.sub(r"\b(?:TP|Tp|tp|Q|P|TS|ThS|GS|PGS)\.|\.\.\.|…", "   ", phrase)) or phrase.count('"') % 2:
        return None
    stop = start + len(phrase.rstrip(" ,:-–"))
    if stop - start < 2 or _is_clause(page, start, stop):
        return None
    return Addressee(start, stop, work)


_CLAUSE = re.compile(
    r"(?<!\w)(?:là|bị|đã|đang|vừa|khiến|nếu|khi|thì|mà|vì|do|nhưng|để|rằng|gây|chưa|còn|có(?! liên quan| báo cáo| văn bản| kế hoạch| phương án| giải pháp| biện pháp| trách nhiệm| hướng dẫn| thẩm quyền| rừng| biển| dự án| chức năng| đất| nguy cơ| nhu cầu| mỏ| trụ sở| tên)|không còn|trở thành|cho thấy|hiện|nằm|diễn ra|bao gồm các|với mục tiêu|xảy ra)(?!\w)"
)


def _is_clause(page: Page, start: int, end: int) -> bool:
    """Whether the phrase is a clause and no noun phrase."""
    return _CLAUSE.search(page.key, start, end) is not None


_SEPARATOR = re.compile(r"\s*(?:;|,(?!\d)|(?<!\w)(?:và|cùng với|cùng|hoặc|kể cả|nhất là|đặc biệt là|với)(?!\w))\s*")
_COLON = re.compile(r"(?<!\w)(?:các|những|\d+)?\s*(?P<head>[^\s:]+(?:\s+[^\s:]+){0,4})\s*:\s*")


@cache
def _keep_whole() -> re.Pattern[str]:
    """Names with a comma or "và" inside, with and without their head: "Văn hóa, Thể thao và Du lịch"."""
    forms: set[str] = set()
    for name, _ in load_body_index().names():
        if " và " in name or "," in name or " - " in name:
            forms.add(name)
            forms.add(re.sub(r"^(?:[Bb]ộ|[Ss]ở|[Bb]an|[Tt]ập đoàn|[Uu]ỷ ban|[Ủủ]y ban|[Tt]ổng công ty) ", "", name))
    forms.update(["phòng cháy, chữa cháy", "phòng, chống", "phòng chống thiên tai và tìm kiếm cứu nạn", "pctt và tkcn"])
    return re.compile(rf"(?<!\w){alternation(forms)}(?!\w)")


_AND_NAME = re.compile(rf"[{UPPER}][^\s,]*(?: +[^\s,{UPPER}][^\s,]*)? +và +(?P<second>[{UPPER}])")


def split_bodies(page: Page, start: int, end: int) -> list[BodyMention]:
    """The bodies of a list, one mention each: "Các sở, ngành, địa phương" gives three, "các Bộ: A, B và C" gives A, B, C.

    The "và" and the comma inside a name part nothing. A head before the whole list ("Chủ tịch UBND các tỉnh,
    thành phố nêu trên") stays with its first item only where the items are names.
    """
    text = page.flat[start:end]
    whole_list = re.compile(
        r"^(?:chủ tịch|giám đốc|thủ trưởng|bí thư|trưởng ban|ban chỉ huy|ban chỉ đạo|ubnd|ủy ban nhân dân|uỷ ban nhân dân)\b.{0,40}?\bcác (?:tỉnh|huyện|xã|quận|thành phố|phường|sở|thị xã)",
        re.I,
    )
    kept = [(m.start(), m.end()) for m in _keep_whole().finditer(page.key, start, end)]
    kept += [(m.start() + start, m.end() + start) for m in re.finditer(r"\([^)]*\)", text)]
    for match in _AND_NAME.finditer(page.flat, start, end):
        if not head_pattern().match(page.key, match.start("second"), end) and _same_name(page, match, start):
            kept.append((match.start(), match.end()))
    grouped = whole_list.match(text)
    pieces: list[tuple[int, int]] = []
    at = start
    for match in _SEPARATOR.finditer(page.key, start, end):
        if any(a < match.start() and match.end() < b for a, b in kept):
            continue
        if grouped and not _new_body(page, match.end(), end):
            continue
        if match.start() > at:
            pieces.append((at, match.start()))
        at = match.end()
    if at < end:
        pieces.append((at, end))
    out: list[BodyMention] = []
    for a, b in pieces:
        colon = page.flat.rfind(":", a, b)
        if colon > a:
            rest = colon + 1
            while rest < b and page.flat[rest] == " ":
                rest += 1
            a = rest
        lead = re.compile(r"(?:nhất là|đặc biệt là|trong đó có|như|gồm|bao gồm|và|cùng) +").match(page.key, a, b)
        if lead is not None:
            a = lead.end()
        while b > a and page.flat[b - 1] in " .,;:-–…":
            b -= 1
        if b > a:
            out.append(BodyMention(a, b))
    return out


def _new_body(page: Page, at: int, end: int) -> bool:
    """Whether a list under one head goes on with a body of its own at `at`: a named head, not a kind of place."""
    match = head_pattern().match(page.key, at, end)
    if match is None:
        return False
    return match.group().split()[0] not in (
        "thành",
        "thị",
        "tỉnh",
        "huyện",
        "quận",
        "xã",
        "phường",
        "đặc",
        "tp",
        "thành phố",
        "ban",
        "ngành",
    )


def _same_name(page: Page, match: re.Match[str], start: int) -> bool:
    """Whether "X và Y" in capitals is one name: a head of bodies stands before it without a comma between."""
    before = page.flat[start : match.start()]
    chunk = re.split(r"[,;:]", before)[-1]
    return bool(chunk.strip()) and not chunk.rstrip().endswith((" và", ","))


_BARE = frozenset(
    "huyện sở bộ phường xã thôn ấp cục ban hội trường công_ty hiệp_hội đơn_vị chi_cục tổng_cục nhà_máy bệnh_viện tập_đoàn doanh_nghiệp nhà_trường "
    "chủ_đầu_tư trung_tâm cơ_quan_thanh_tra quận thị_xã ngân_hàng tòa_án toà_án viện_kiểm_sát tổng_công_ty nhà_thầu hợp_tác_xã quỹ".replace("_", "\u00a0").split(" ")
)
_STANDS_FOR = {
    "đơn vị": ("công ty", "tổng công ty", "tập đoàn", "ban quản lý", "trung tâm", "cục", "bệnh viện", "sở"),
    "doanh nghiệp": ("tổng công ty", "công ty", "tập đoàn"),
    "nhà trường": ("trường", "đại học", "học viện"),
    "chủ đầu tư": ("tổng công ty", "công ty", "tập đoàn", "ban quản lý"),
    "nhà thầu": ("công ty", "tổng công ty", "tập đoàn"),
    "cơ quan thanh tra": ("thanh tra",),
}


@cache
def _full_name(head: str) -> re.Pattern[str]:
    heads = _STANDS_FOR.get(head, (head,))
    words = alternation(load_body_grammar().company_words)
    opening = "|".join(rf"[{h[0].upper()}{h[0]}]{re.escape(h[1:])}" for h in heads)
    capital = rf"(?:[{UPPER}][\w.&-]*|[IVX]+|\d+)"
    return re.compile(rf"(?<!\w)(?:{opening})(?: +(?:{words}|cổ phần|CP|TNHH|MTV))*(?: +{capital})(?:(?: +| và | *- *){capital}| [a-zà-ỹ]+(?= {capital})|(?<=[Đđ]ào) tạo|(?<=Đầu) tư| [a-zà-ỹ]+(?= và [{UPPER}]))*")


def fullest_name(page: Page, name: str, at: int) -> BodyMention | None:
    """The full name that a bare word for a body stands for: "sở" after "Sở Y tế", "công ty" after its full name.

    The last full name of that kind told before `at`; None when the word is no bare one or no full name was told.
    """
    head = " ".join(match_key(name).split())
    if head.replace(" ", "\u00a0") not in _BARE:
        return None
    last: re.Match[str] | None = None
    for match in _full_name(head).finditer(page.flat, max(0, at - 6000), at):
        last = match
    if last is None:
        return None
    known = _named_pattern().match(page.key, last.start())
    end = max(last.end(), known.end() if known is not None and page.flat[known.start() : known.end()][:1].isalpha() else 0)
    return BodyMention(last.start(), end)
