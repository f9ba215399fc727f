"""The words of progress: `lexicon/progress.toml`, compiled for match keys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import msgspec

from pipeline import lexicon
from pipeline.extraction.discourse import load_discourse
from pipeline.extraction.first_words import first_words
from pipeline.extraction.vocabulary import alternation, any_of, any_spelled
from pipeline.language.matchkey import match_key
from pipeline.records import ProgressValue


class Frame(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of `lexicon/progress.toml`: words that say how far a piece of work has come."""

    name: str
    gloss: str
    value: ProgressValue
    weight: int
    tense: bool
    verb: bool
    pattern: str
    before_not: list[str]
    after_not: list[str]
    source: str
    examples: list[str]
    counterexamples: list[str]


class ProgressLexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `lexicon/progress.toml`."""

    work_nouns: list[str]
    common_nouns: list[str]
    determiners: list[str]
    state_times: list[str]
    today_times: list[str]
    no_work_verbs: list[str]
    irreal: list[str]
    irreal_bare: list[str]
    guard_lifted: list[str]
    sequels: list[str]
    chain_verbs: list[str]
    general_subjects: list[str]
    reasons: list[str]
    agents: list[str]
    lead_ins: list[str]
    lead_ins_named: list[str]
    lead_ins_marked: list[str]
    sources: list[str]
    figure_units: list[str]
    figure_before: list[str]
    aspects: list[str]
    frame: list[Frame]


@dataclass(frozen=True, slots=True)
class CompiledFrame:
    """A frame, its pattern, and what must not stand before and behind it."""

    frame: Frame
    pattern: re.Pattern[str]
    before_not: re.Pattern[str] | None
    after_not: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class ProgressPatterns:
    """The words of progress, compiled."""

    gate: re.Pattern[str]
    """Places where a frame may begin."""
    by_word: dict[str, tuple[re.Pattern[str], tuple[CompiledFrame, ...]]]
    """The frames that may begin with a syllable, and a pattern for any of them; those that a number opens under the
    empty one."""
    work: re.Pattern[str]
    common: re.Pattern[str]
    subject: re.Pattern[str]
    """A noun of work at the head of a clause, with its determiners and count."""
    counted: re.Pattern[str]
    """A count or a share at the head of a clause or right behind a frame."""
    state_time: re.Pattern[str]
    today: re.Pattern[str]
    no_work: frozenset[str]
    past_day: re.Pattern[str]
    """A day, month or year, told as when something was done."""
    irreal: re.Pattern[str]
    irreal_bare: re.Pattern[str]
    lifted: re.Pattern[str]
    sequel: re.Pattern[str]
    """What opens a clause that goes on with a plan or an ask ("phấn đấu …")."""
    chain: re.Pattern[str]
    general: re.Pattern[str]
    reason: re.Pattern[str]
    agent: re.Pattern[str]
    lead_in: re.Pattern[str]
    named_lead_in: re.Pattern[str]
    """The same right behind a name in capitals or a comma, on the flat text."""
    source: re.Pattern[str]
    connector: re.Pattern[str]
    aspect: re.Pattern[str]


@cache
def load_progress() -> ProgressLexicon:
    """The words of progress. Raises LexiconError on a bad entry."""
    return lexicon.read_entries("progress.toml", ProgressLexicon)


@cache
def progress_patterns() -> ProgressPatterns:
    """The words of progress, compiled. Raises LexiconError on a bad entry."""
    words = load_progress()
    nouns = any_of([*words.work_nouns, *words.common_nouns])
    count = r"(?:\d[\d.,/]*(?:[-–]\d[\d.,]*)? ?%?|(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?!\w))"
    kept = {*map(match_key, words.state_times), "nay", "bây giờ", "lúc này", "thứ hai"}
    connectors = [word for word in load_discourse().connectors if match_key(word) not in kept]
    marked = rf"{any_of(words.lead_ins_marked)}(?= *(?:[,:]|rằng(?!\w)|thêm(?!\w)))"
    return ProgressPatterns(
        gate=re.compile(rf"(?<!\w)(?={any_spelled(_openings(words))}|\d[\d.]*(?:/| trong | trên )(?:tổng số )?\d)"),
        by_word=_by_word(words),
        work=_words(words.work_nouns),
        common=_words(words.common_nouns),
        subject=re.compile(rf"(?:(?:{any_of(words.determiners)}|{count}) )*{nouns}(?!\w)"),
        counted=re.compile(rf"(?: *(?:được|cho|khoảng|hơn|gần|trên|thêm|có|còn|với|đủ))* *{count}"),
        state_time=_words(words.state_times),
        today=_words(words.today_times),
        no_work=frozenset(map(match_key, words.no_work_verbs)),
        past_day=re.compile(
            r"(?<!\w)(?:(?:ngày|hôm|từ|vào|sáng|chiều|(?:trong |từ |đầu |giữa |cuối )?tháng|quý) )+"
            r"(?:\d{1,2}[/.-]\d|\d{1,2}(?= tháng)|[ivx\d]+[/-]\d{4}|\d{1,2}(?=[ ,.;)]|$))"
            r"|(?<!\w)(?:hôm qua|năm ngoái|năm trước|tuần trước|tháng trước|tháng rồi|tuần rồi)(?!\w)"
        ),
        irreal=re.compile(
            rf"(?<!\w)(?<!hồ sơ )(?<!các )(?<!những )(?<!theo )(?<!đúng )(?<!được )(?<!ý kiến )"
            rf"{any_of(words.irreal)}(?!\w)"
        ),
        irreal_bare=_words(words.irreal_bare),
        lifted=_words(words.guard_lifted),
        sequel=re.compile(rf"(?:và |đồng thời |nhưng |song )?{any_of(words.sequels)}(?!\w)"),
        chain=_words(words.chain_verbs),
        general=_words(words.general_subjects),
        reason=re.compile(rf"(?<!\w)(?<!tự )(?<!lý )(?<!mặc )(?<!căn )(?:{any_of(words.reasons)})(?= )"),
        agent=re.compile(rf"(?: {any_of(words.agents)}(?!\w))"),
        lead_in=re.compile(
            rf"(?<!\w)(?:{any_of(words.lead_ins)}|{marked})(?!\w)(?: thêm(?!\w))?(?:[ ,:]*(?:rằng|là)(?!\w))?[ ,:]*"
        ),
        named_lead_in=re.compile(
            rf"(?:(?<=[^\W\d_] )(?<=\w )|(?<=, )){any_spelled(words.lead_ins_named)}"
            rf"(?!\w)(?! (?:chung|riêng|trên|thêm|gì))(?: rằng(?!\w)| là(?!\w))?[ ,:]*"
        ),
        source=re.compile(rf"[\"“ ]*{any_of(words.sources)}(?= )"),
        connector=re.compile(rf"(?:{alternation(connectors)}(?!\w)[ ,:]*)+"),
        aspect=re.compile(rf"(?:và )?{any_of(words.aspects)}(?!\w)"),
    )


def _words(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(words)}(?!\w)")


def _openings(words: ProgressLexicon) -> frozenset[str]:
    found = [first_words(frame.pattern) for frame in words.frame]
    return frozenset().union(*(one for one in found if one is not None))


def _by_word(words: ProgressLexicon) -> dict[str, tuple[re.Pattern[str], tuple[CompiledFrame, ...]]]:
    """The frames by the syllables that they may begin with."""
    found: dict[str, list[CompiledFrame]] = {}
    for frame in words.frame:
        openings = first_words(frame.pattern) or frozenset(("",))
        compiled = _compile(frame)
        for syllable in sorted({opening.split(" ", 1)[0] for opening in openings}):
            found.setdefault(syllable, []).append(compiled)
    return {
        syllable: (re.compile("|".join(f"(?:{one.frame.pattern})" for one in frames)), tuple(frames))
        for syllable, frames in found.items()
    }


def _compile(frame: Frame) -> CompiledFrame:
    return CompiledFrame(
        frame,
        re.compile(rf"(?<!\w)(?:{frame.pattern})(?!\w)|(?<!\w)(?:{frame.pattern})(?<=[%)])"),
        re.compile(rf"(?<!\w){alternation(frame.before_not)} *$") if frame.before_not else None,
        re.compile(rf" *{alternation(frame.after_not)}(?!\w)") if frame.after_not else None,
    )
