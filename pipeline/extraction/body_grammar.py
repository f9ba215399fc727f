"""How names of bodies are built: the words of `lexicon/bodies_grammar.toml`, titles and registry, compiled.

All patterns are for match keys, but `full_name_pattern`, which reads the capitals of the flat text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import msgspec

from pipeline import lexicon
from pipeline.extraction.vocabulary import UPPER, alternation, any_of, load_titles, whole
from pipeline.language.matchkey import match_key
from pipeline.registry.body_index import load_body_index


class StandIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A bare word for a body, and what the full names it stands for begin with."""

    word: str
    heads: list[str]


class BodyGrammar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `lexicon/bodies_grammar.toml`."""

    heads: list[str]
    alone: list[str]
    determiners: list[str]
    groups: list[str]
    modifiers: list[str]
    company_words: list[str]
    company_heads: list[str]
    verbs_or_nouns: list[str]
    nouns_before_verbs: list[str]
    names_like_work: list[str]
    state_verbs: list[str]
    verbs_after_lead: list[str]
    no_bodies: list[str]
    clause_words: list[str]
    nouns_after_have: list[str]
    separators: list[str]
    item_openers: list[str]
    list_heads: list[str]
    list_places: list[str]
    list_items: list[str]
    kept_whole: list[str]
    dropped_heads: list[str]
    bare: list[str]
    stands_for: list[StandIn]


@dataclass(frozen=True, slots=True)
class BodyPatterns:
    """The patterns and sets of words of the grammar of bodies."""

    head: re.Pattern[str]
    """What a body, a group of bodies or a head of bodies begins with."""
    named: re.Pattern[str]
    """Phrases with a verb inside that are nouns: "chủ đầu tư", "đơn vị thi công", names of the registry."""
    company: re.Pattern[str]
    """Names of firms and boards: "công ty đầu tư xây dựng"."""
    modifier: re.Pattern[str]
    leader: re.Pattern[str]
    noun_before_verb: re.Pattern[str]
    to_lead: re.Pattern[str]
    """The verb "lãnh đạo", to lead, not the noun, leaders."""
    clause: re.Pattern[str]
    has: re.Pattern[str]
    """ "có", to have, by which a phrase is a clause, but behind a group ("các tỉnh có tuyến đi qua")."""
    group: re.Pattern[str]
    """A group of bodies, by its determiner."""
    headless: re.Pattern[str]
    """Names of bodies without the head said once before them all: "Y tế" in "các Bộ: Y tế, Nội vụ"."""
    separator: re.Pattern[str]
    item_opener: re.Pattern[str]
    whole_list: re.Pattern[str]
    kept_whole: re.Pattern[str]
    """Names with a comma or "và" inside, with and without their head: "Văn hóa, Thể thao và Du lịch"."""
    state: re.Pattern[str]
    """Verbs of one syllable that tell a state and begin no work: "thiếu 9 người", "có 3 bản"."""
    verbs_or_nouns: frozenset[str]
    names_like_work: tuple[str, ...]
    no_bodies: tuple[str, ...]
    list_items: frozenset[str]


@cache
def load_body_grammar() -> BodyGrammar:
    """How names of bodies are built. Raises LexiconError on a bad entry."""
    return lexicon.read_entries("bodies_grammar.toml", BodyGrammar)


@cache
def body_patterns() -> BodyPatterns:
    """The grammar of bodies, compiled."""
    grammar = load_body_grammar()
    have = rf"có(?! {any_of(grammar.nouns_after_have)})"
    return BodyPatterns(
        head=_head(grammar),
        named=re.compile(rf"(?<!\w){alternation(_names_with_blanks(grammar))}(?!\w)"),
        company=re.compile(
            rf"(?<!\w)(?:tổng +)?(?:{any_of(grammar.company_heads)}|ban +quản lý)"
            rf"(?: +{alternation(grammar.company_words)})+(?!\w)"
        ),
        modifier=re.compile(rf" *{alternation(grammar.modifiers)}(?!\w)"),
        leader=whole(_leaders()),
        noun_before_verb=re.compile(rf"{any_of(grammar.nouns_before_verbs)} $"),
        to_lead=re.compile(rf"lãnh đạo,? +{any_of(grammar.verbs_after_lead)}(?!\w)"),
        clause=re.compile(
            rf"(?<!\w)(?<!nhất )(?<!đặc biệt )(?<!cụ thể )(?:{any_of(grammar.clause_words)})(?!\w)"
        ),
        has=re.compile(rf"(?<!\w){have}(?!\w)"),
        group=re.compile(
            rf"(?:(?:ubnd|ủy ban nhân dân|chủ tịch|lãnh đạo|giám đốc) +)*{alternation(grammar.determiners)} "
        ),
        headless=re.compile(rf"{alternation(_headless(grammar))}(?!\w)"),
        separator=re.compile(rf"\s*(?:;|,(?!\d)|(?<!\w){any_of(grammar.separators)}(?!\w))\s*"),
        item_opener=re.compile(rf"{any_of(grammar.item_openers)} +"),
        whole_list=re.compile(rf"{any_of(grammar.list_heads)}\b.{{0,40}}?\bcác {any_of(grammar.list_places)}"),
        kept_whole=re.compile(rf"(?<!\w){alternation(_kept_whole(grammar))}(?!\w)"),
        state=re.compile(rf"(?:{any_of(grammar.state_verbs)}|có(?= \d))(?!\w)"),
        verbs_or_nouns=frozenset(map(match_key, grammar.verbs_or_nouns)),
        names_like_work=tuple(map(match_key, grammar.names_like_work)),
        no_bodies=tuple(map(match_key, grammar.no_bodies)),
        list_items=frozenset(map(match_key, grammar.list_items)),
    )


def _leaders() -> list[str]:
    titles = load_titles()
    return [name for title in (*titles.title, *titles.group_head) for name in title.names]


def _head(grammar: BodyGrammar) -> re.Pattern[str]:
    leaders = _leaders()
    several = rf"(?:(?:{alternation(grammar.determiners)}|\d+) +)+(?:(?:đồng chí|vị) +)?"
    groups = rf"{several}{alternation([*grammar.groups, *leaders])}"
    singles = alternation([*grammar.heads, *grammar.alone, *leaders, *grammar.groups])
    return re.compile(rf"(?<!\w)(?:{groups}|{singles})(?!\w)")


def _names_with_blanks(grammar: BodyGrammar) -> set[str]:
    inner = [name for name in (*grammar.groups, *grammar.alone) if " " in name]
    return {*inner, *(name for name, _ in load_body_index().names() if " " in name)}


def _headless(grammar: BodyGrammar) -> set[str]:
    head = re.compile(rf"{any_of(grammar.dropped_heads)} ")
    keys = (match_key(name) for name, _ in load_body_index().names())
    return {key[dropped.end() :] for key in keys if (dropped := head.match(key)) is not None}


def _kept_whole(grammar: BodyGrammar) -> set[str]:
    head = re.compile(rf"{any_of(grammar.dropped_heads)} ")
    forms = set(grammar.kept_whole)
    for name, _ in load_body_index().names():
        if " và " in name or "," in name or " - " in name:
            key = match_key(name)
            forms.add(key)
            forms.add(key[dropped.end() :] if (dropped := head.match(key)) else key)
    return forms


@cache
def played_parts() -> frozenset[str]:
    """Bare words that name the part a body plays ("chủ đầu tư"), as match keys."""
    return frozenset(match_key(entry.word) for entry in load_body_grammar().stands_for)


@cache
def bare_words() -> frozenset[str]:
    """The words that alone stand for a body named in full before, as match keys."""
    return frozenset(match_key(word) for word in load_body_grammar().bare)


@cache
def full_name_pattern(word: str) -> re.Pattern[str]:
    """Full names in the flat text that a bare word (one of `bare_words`) stands for: a head and the capitals behind it.

    "công ty" gives "Công ty cổ phần Nam Sơn", "sở" gives "Sở Giáo dục và Đào tạo".
    """
    grammar = load_body_grammar()
    heads = next((entry.heads for entry in grammar.stands_for if entry.word == word), [word])
    opening = "|".join(rf"[{head[0].upper()}{head[0]}]{re.escape(head[1:])}" for head in heads)
    capital = rf"(?:[{UPPER}][\w.&-]*|[IVX]+|\d+)"
    firm = rf"(?: +(?:{alternation(grammar.company_words)}|cổ phần|CP|TNHH|MTV))*"
    small = rf" [a-zà-ỹ]+(?= {capital})|(?<=[Đđ]ào) tạo|(?<=Đầu) tư| [a-zà-ỹ]+(?= và [{UPPER}])"
    return re.compile(rf"(?<!\w)(?:{opening}){firm}(?: +{capital})(?:(?: +| và | *- *){capital}|{small})*")
