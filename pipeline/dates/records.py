"""What the reader hands out: one record for each expression of time."""

import datetime
from collections.abc import Iterable
from typing import Any, Literal

import msgspec

Direction = Literal["past", "future", "unknown"]
Grain = Literal[
    "hour",
    "day",
    "weekend",
    "week",
    "part",
    "month",
    "season",
    "quarter",
    "half",
    "year",
    "decade",
    "century",
    "period",
]


class DatesLexiconError(Exception):
    """An entry of the dates lexicon can't be used; the message names file, entry and what to do."""


class Anchor(msgspec.Struct, frozen=True, kw_only=True):
    """What a term is counted from: "15 ngày kể từ ngày ký" has event "ngày ký", count 15, unit "day".

    `event` is the text's own words, `char_start` and `char_end` their half-open offsets in the text given.
    `count` and `unit` ("hour", "day", "working_day", "week", "month", "quarter", "year") are null where only a
    beginning is told ("có hiệu lực kể từ ngày ký").
    """

    event: str
    count: int | None
    unit: str | None
    char_start: int
    char_end: int


class TimeExpression(msgspec.Struct, frozen=True, kw_only=True):
    """One expression of time with its reading.

    `char_start`, `char_end`: half-open code-point offsets in the text given to `read_dates`; `text` is that slice.
    `start`, `end`: ISO dates, both inclusive, null where open or unknown.
    `end_strict`: the last day when "trước X" (before X) is taken to exclude X.
    `grain`: the size of what is named; `edtf`: EDTF of 2019 or null where EDTF has no way to say it.
    `recurrence`: daily, weekly, monthly, quarterly, yearly; `rrule`: the same as an RFC 5545 RRULE value.
    `modifier`: the bounding word as in modifiers.toml ("trước", "chậm nhất", "đến hết", "từ", "trong", ...).
    `clock`: "HH:MM" where an hour bounds the day. `fuzzy`: the words say "about" or name no exact bound.
    `rule`: names of the rules that read it, outermost first, joined by "/".
    """

    char_start: int
    char_end: int
    text: str
    start: str | None
    end: str | None
    end_strict: str | None
    grain: Grain
    edtf: str | None
    recurrence: str | None
    rrule: str | None
    anchor: Anchor | None
    modifier: str | None
    direction: Direction
    fuzzy: bool
    rule: str
    clock: str | None = None


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What a resolver makes of the words of one rule, before the words around them are seen.

    `first` and `last` bound the thing named, inclusive. `bounded` means the rule holds its own bounding word, so that
    no "trước" or "từ" is applied on top. `closes` means that without one it is a last day only
    ("hết năm"). `include_last` says that "trước" keeps the last day (a day, an end of month).
    `parts` are the members of a list with gaps: slot name and reading, each an expression of its own.
    `lunar` says that no solar RRULE can repeat it. `has_year` says that the words name the year. `event` asks for the
    words of the event that a term counts from.
    """

    first: datetime.date | None
    last: datetime.date | None
    grain: Grain
    edtf: str | None = None
    recurrence: str | None = None
    rrule: str | None = None
    direction: Direction = "unknown"
    fuzzy: bool = False
    bounded: bool = False
    closes: bool = False
    lunar: bool = False
    include_last: bool = False
    strict: datetime.date | None = None
    count: int | None = None
    unit: str | None = None
    event: bool = False
    has_year: bool = False
    parts: "tuple[tuple[str, Reading], ...]" = ()


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What a resolver may know besides the words: the day counted from, and hints from the words around.

    `direction` is what the caller or the sentence says; `soft` that only cue words of the sentence say it,
    so that a day close by wins over it; `year` a year named elsewhere in the sentence; `not_before`
    and `not_after` bind the other end of a range; `near` is the day that a year-less date should be nearest to.
    """

    on: datetime.date
    direction: Direction = "unknown"
    soft: bool = False
    year: int | None = None
    not_before: datetime.date | None = None
    not_after: datetime.date | None = None
    near: datetime.date | None = None
    weekday: int | None = None


def expressions_as_json(expressions: Iterable[TimeExpression]) -> list[dict[str, Any]]:
    """The expressions as plain dicts for a JSON array, keys in a fixed order, dates as ISO strings or None."""
    return [
        {
            "text": found.text,
            "start": found.start,
            "end": found.end,
            "end_strict": found.end_strict,
            "grain": found.grain,
            "edtf": found.edtf,
            "recurrence": found.recurrence,
            "rrule": found.rrule,
            "anchor": None if found.anchor is None else msgspec.to_builtins(found.anchor),
            "modifier": found.modifier,
            "direction": found.direction,
            "fuzzy": found.fuzzy,
            "rule": found.rule,
            "clock": found.clock,
            "char_start": found.char_start,
            "char_end": found.char_end,
        }
        for found in expressions
    ]
