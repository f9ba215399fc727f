"""Finding the words of time: one scan for the words a rule may begin with, then the rules that begin there.

Of the rules that match at a place the longest wins, and of equally long ones the first in the lexicon. Every pattern
is bounded in length, so the time is linear in the text.
"""

import operator
import re
from collections.abc import Mapping
from typing import Any

import msgspec

from pipeline.dates.direction import told
from pipeline.dates.lexicon import CompiledRule, Lexicon, Rule
from pipeline.dates.records import Context, Reading

_LOOK_BACK = 40
_LENGTH_AND_ORDER = operator.itemgetter(0, 1)
_END = re.compile(r"[\s.!?]*\Z")
_BESIDE = re.compile(r"[^\W\d_]|-")
_NEXT = re.compile(r"[ \t\r\n\xa0]{0,3}([^\W\d_]+|\d+|[^\w\s])")


class Source(msgspec.Struct, frozen=True):
    """A text in NFC: `key` in lower case for matching, `cased` as written, of equal length."""

    key: str
    cased: str


class Core(msgspec.Struct):
    """A place where a rule matched: bounds, the rule, slot values and their offsets, a first reading."""

    start: int
    end: int
    compiled: CompiledRule
    fields: dict[str, Any]
    spans: dict[str, tuple[int, int]]
    reading: Reading

    def read(self, context: Context) -> Reading | None:
        """The reading in a context; the same words may read otherwise beside other words."""
        return self.compiled.resolver(self.fields, context)


def slot_values(
    found: re.Match[str], compiled: CompiledRule
) -> tuple[dict[str, Any], dict[str, tuple[int, int]]] | None:
    """What stands in the slots: words by the atom's values, digits as numbers, other text with blanks folded.

    None when a slot that only looks up its values holds words without one.
    """
    fields: dict[str, Any] = dict(compiled.rule.use)
    spans = {}
    for slot in compiled.slots:
        text = found[slot.group]
        if text is None:
            continue
        text = " ".join(text.split())
        value: Any = slot.values.get(text) if slot.values else None
        if value is None and slot.lookup:
            return None
        if value is None:
            value = int(text) if text.isdecimal() else text
        fields[slot.name] = value
        spans[slot.name] = found.span(slot.group)
    return fields, spans


def _refused(compiled: CompiledRule, key: str, start: int, end: int) -> bool:
    low = max(0, start - _LOOK_BACK)
    return any(regex.search(key, low, start) for regex in compiled.refused_before) or any(
        regex.match(key, end) for regex in compiled.refused_after
    )


def _has_cue(lexicon: Lexicon, source: Source, start: int, end: int, rule: Rule, previous: Core | None) -> bool:
    key, cues, low = source.key, lexicon.cues, max(0, start - _LOOK_BACK)
    written = source.cased[start:end]
    if rule.weak == "small":
        return written == written.lower() or not start or source.cased[low : end + _LOOK_BACK].isupper()
    if rule.weak != "cue":
        particle = cues["particle"].match(key, end)
        if not low and not key[:start].strip() and _END.match(key, particle.end() if particle else end):
            return True
        if particle or cues["event"].search(key, low, start):
            return True
    if rule.weak == "alone":
        return told(lexicon, key, start, end) == "future"
    if rule.weak != "cue" and not written.isupper() and any(word[0].isupper() for word in written.split()[1:]):
        return True
    if cues["date"].search(key, low, start):
        return True
    if key[start - 1 : start] == "(" and key[end : end + 1] in (")" if rule.weak == "weekday" else (")", ",", ";")):
        return True
    if rule.weak == "weekday" and previous is not None and not _BESIDE.search(key, previous.end, start):
        previous = previous if previous.compiled.resolver.__name__.startswith("weekday") else None
    between = lexicon.sides["between"][0]
    return previous is not None and start - previous.end < 14 and bool(between.fullmatch(key, previous.end, start))


def _core_at(
    lexicon: Lexicon, source: Source, start: int, word_end: int, first: str, context: Context, previous: Core | None
) -> Core | int:
    """The winning core at a place, or the place from which to go on when there is none."""
    key = source.key
    seconds = lexicon.by_opening[first]
    after = _NEXT.match(key, word_end)
    second = "" if after is None else after.group(1)
    rules = seconds.get("0" if second.isdigit() else second) or seconds["*"]
    matches = [(found.end(), -i, found) for i, rule in enumerate(rules) if (found := rule.regex.match(key, start))]
    if len(matches) > 1:
        matches.sort(key=_LENGTH_AND_ORDER, reverse=True)
    for end, i, found in matches:
        compiled = rules[-i]
        if _refused(compiled, key, start, end):
            continue
        if compiled.rule.resolve == "nothing":
            return end
        if compiled.rule.weak and not _has_cue(lexicon, source, start, end, compiled.rule, previous):
            continue
        values = slot_values(found, compiled)
        if values is None:
            continue
        fields, spans = values
        reading = compiled.resolver(fields, context)
        if reading is not None:
            return Core(start, end, compiled, fields, spans, reading)
    return start


def find_cores(source: Source, lexicon: Lexicon, context: Context) -> list[Core]:
    """All cores of a text, in order, none overlapping another."""
    key = source.key
    cores: list[Core] = []
    position = 0
    previous: Core | None = None
    firsts: Mapping[str, Any] = lexicon.by_opening
    for found in lexicon.trigger.finditer(key):
        start = found.start()
        if start < position:
            continue
        if start:
            before = key[start - 1]
            if before.isalnum() or before == "_":
                continue
            word = found.group()
            if word[0].isdigit() and before in "/.,:-–+" and start > 1 and key[start - 2].isdigit():
                continue
        else:
            word = found.group()
        first = "0" if word[0].isdigit() else word
        if first not in firsts:
            continue
        core = _core_at(lexicon, source, start, found.end(), first, context, previous)
        if isinstance(core, int):
            position = core if core > start else position
            continue
        cores.append(core)
        previous = core
        position = core.end
    return cores
