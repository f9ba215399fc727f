"""What stands around verbs of ordering: the words of `lexicon/orders.toml`, compiled for match keys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import msgspec

from pipeline import lexicon
from pipeline.extraction.vocabulary import any_of


class OrderWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `lexicon/orders.toml`."""

    assigned: list[str]
    assigned_before_subject: list[str]
    going_on: list[str]
    next_order: list[str]
    next_issuer: list[str]
    sent: list[str]
    sent_to: list[str]
    passive_verbs: list[str]
    passive_adverbs: list[str]
    work_too: list[str]


@dataclass(frozen=True, slots=True)
class OrderPatterns:
    """The patterns of orders, and the names of the cues that may be the work itself."""

    assigned: re.Pattern[str]
    """A noun and the words of a clause behind it, up to the verb."""
    assigned_before_subject: re.Pattern[str]
    going_on: re.Pattern[str]
    """The joint between an order and the verb that goes on with it."""
    next_order: re.Pattern[str]
    next_issuer: re.Pattern[str]
    sent: re.Pattern[str]
    """A document and its addressee, group `to`, up to the verb."""
    passive: re.Pattern[str]
    """ "được … giao": groups `by`, who orders, with a blank behind or empty, and `verb`."""
    work_too: frozenset[str]


@cache
def order_patterns() -> OrderPatterns:
    """The words around orders, compiled. Raises LexiconError on a bad entry."""
    words = lexicon.read_entries("orders.toml", OrderWords)
    joint = r"(?:[,;]|\bvà|đồng thời)"
    return OrderPatterns(
        assigned=re.compile(rf"(?<!\w){any_of(words.assigned)}(?: [^\s,.;:]+){{1,9}} *$"),
        assigned_before_subject=re.compile(rf"(?<!\w){any_of(words.assigned_before_subject)}(?: được)? *$"),
        going_on=re.compile(rf"(?:[,;:]|\bvà|đồng thời|[–-]|\")\s*{any_of(words.going_on)}?\s*$"),
        next_order=re.compile(rf"{joint}\s*(?:{any_of(words.next_order)} )*$"),
        next_issuer=re.compile(rf"[,;”\"]\s*(?:{any_of(words.next_issuer)} )?$"),
        sent=re.compile(
            rf"(?<!\w){any_of(words.sent)}(?: [^,;.:]{{0,30}}?)? ?{any_of(words.sent_to)} +(?P<to>[^,;:]{{3,110}}?) *$"
        ),
        passive=re.compile(
            rf"(?<!\w)(?:{any_of(words.passive_adverbs)} )*được (?P<by>(?:[^,;.:]{{2,40}} )?)"
            rf"(?P<verb>{any_of(words.passive_verbs)})(?: nhiệm vụ)?(?!\w) *(?:phải )?"
        ),
        work_too=frozenset(words.work_too),
    )
