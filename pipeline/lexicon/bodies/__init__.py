"""The register of bodies (cơ quan, tổ chức), types of local bodies and places, each entry dated and with its source.

Four TOML files: `central.toml`, `local_types.toml`, `places.toml` and `mentions.toml` (the words around a name).
This module reads them into frozen records and refuses what is wrong in one file by itself; what two names claim
together is checked where they are compared (`pipeline.registry.body_index`). `lineage.py` follows the successions.
Nothing is read at import.
"""

from __future__ import annotations

import datetime
import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any, Literal, TypeVar

import msgspec

from pipeline.errors import LexiconError
from pipeline.lexicon import read_text

CENTRAL, LOCAL, PLACES, MENTIONS = "central.toml", "local_types.toml", "places.toml", "mentions.toml"
Level = Literal["province", "district", "commune"]
_T = TypeVar("_T")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SLOT = re.compile(r"(?:^|\s)\{(?:unit|place)\}$")


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of the entries: no field but those declared."""


class Window(msgspec.Struct, frozen=True):
    """A span of days, both inclusive; None is open."""

    first: datetime.date | None = None
    last: datetime.date | None = None

    def covers(self, day: datetime.date | None) -> bool:
        """Whether the day lies in the window; every window covers the unknown day."""
        return day is None or ((self.first is None or self.first <= day) and (self.last is None or day <= self.last))

    def overlap(self, other: Window) -> Window | None:
        """The days in both windows, or None."""
        first = max((day for day in (self.first, other.first) if day), default=None)
        last = min((day for day in (self.last, other.last) if day), default=None)
        return None if first and last and last < first else Window(first, last)


class Alias(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Tên gọi khác: a name used beside the official one. `ambiguous`: other bodies bear it on the same day."""

    text: str
    ambiguous: bool = False
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None


class Body(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Cơ quan trung ương: one body with its names. `checked` is false where a date was not looked up."""

    id: str
    name: str
    kind: str
    source: str
    parent: str | None = None
    aliases: tuple[str | Alias, ...] = ()
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    succeeded_by: tuple[str, ...] = ()
    checked: bool = True

    @property
    def window(self) -> Window:
        """The days on which the body existed, as far as the register knows."""
        return Window(self.valid_from, self.valid_to)

    def claims(self) -> Iterable[Alias]:
        """The body's name and aliases, each as an Alias."""
        yield Alias(text=self.name)
        for alias in self.aliases:
            yield Alias(text=alias) if isinstance(alias, str) else alias


class Unit(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Loại đơn vị hành chính: a kind of unit and the words that announce it ("tỉnh", "thành phố", "TP")."""

    id: str
    level: Level
    words: tuple[str, ...]
    printed: str
    committee: str | None = None


class LocalType(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Loại cơ quan địa phương: a template whose slot `{unit}` or `{place}` stands at the end."""

    id: str
    name: str
    level: Level
    kind: str
    source: str
    unit: str | None = None
    counterpart: str | None = None
    bare: bool = True
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    succeeded_by: tuple[str, ...] = ()
    checked: bool = True

    @property
    def window(self) -> Window:
        """The days on which bodies of this type existed."""
        return Window(self.valid_from, self.valid_to)


class Period(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One unit as the law knew it: its key is (code, valid_from), for codes are used again."""

    code: str
    unit: str
    source: str
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    formed_from: tuple[str, ...] = ()
    checked: bool = True

    @property
    def window(self) -> Window:
        """The days on which the unit existed."""
        return Window(self.valid_from, self.valid_to)


class Place(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Tỉnh, thành phố: a name that goes on through one or more periods. `full_names` hold the unit's word already."""

    id: str
    name: str
    period: tuple[Period, ...]
    aliases: tuple[str, ...] = ()
    full_names: tuple[str, ...] = ()
    seat_of_government: bool = False


class Mentions(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words that tell what kind of mention a name stands in; each list is explained in `mentions.toml`."""

    group_openers: tuple[str, ...]
    group_heads: tuple[str, ...]
    group_levels: tuple[str, ...]
    generic_heads: tuple[str, ...]
    plural: tuple[str, ...]
    linking: tuple[str, ...]
    dateline: tuple[str, ...]


class _CentralFile(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    body: tuple[Body, ...]


class _LocalFile(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    unit: tuple[Unit, ...]
    type: tuple[LocalType, ...]


class _PlacesFile(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    place: tuple[Place, ...]


class Register(msgspec.Struct, frozen=True):
    """The four files, read and checked."""

    bodies: tuple[Body, ...]
    units: tuple[Unit, ...]
    types: tuple[LocalType, ...]
    places: tuple[Place, ...]
    mentions: Mentions


@functools.cache
def load_register() -> Register:
    """The register of the package. Raises LexiconError, which names the file and the entry."""
    return build_register({name: read_text(f"bodies/{name}") for name in (CENTRAL, LOCAL, PLACES, MENTIONS)})


def build_register(texts: Mapping[str, str]) -> Register:
    """The register from the text of its four files. Raises LexiconError on an unknown key, text that is not NFC,
    a double or malformed id, a reference to no entry, a template without its slot, or an end before its beginning.
    """
    central = _decode(texts, CENTRAL, _CentralFile)
    local = _decode(texts, LOCAL, _LocalFile)
    places = _decode(texts, PLACES, _PlacesFile)
    register = Register(central.body, local.unit, local.type, places.place, _decode(texts, MENTIONS, Mentions))
    bodies = _check_ids(CENTRAL, register.bodies)
    types = _check_ids(LOCAL, register.types)
    units = _check_ids(LOCAL, register.units)
    known = _check_ids(PLACES, register.places)
    for body in register.bodies:
        _check_dates(CENTRAL, body.id, body.window)
        _check_known(CENTRAL, body.id, "succeeded_by", body.succeeded_by, bodies)
        _check_known(CENTRAL, body.id, "parent", (body.parent,), bodies)
        for alias in body.claims():
            _check_dates(CENTRAL, body.id, Window(alias.valid_from, alias.valid_to))
    for kind in register.types:
        _check_type(kind, types, units, bodies)
    for place in register.places:
        _check_place(place, known, units)
    return register


def _decode(texts: Mapping[str, str], name: str, kind: type[_T]) -> _T:
    text = texts[name]
    if not unicodedata.is_normalized("NFC", text):
        raise _wrong(name, "", "is not in Unicode NFC", "Save it as NFC")
    try:
        return msgspec.convert(tomllib.loads(text), kind)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise _wrong(name, "", str(error), "Correct the entry; the fields are those of the records") from error


def _wrong(name: str, entry: str, problem: str, remedy: str) -> LexiconError:
    where = f"lexicon/bodies/{name}"
    return LexiconError(problem, where=f"{where}:{entry}" if entry else where, remedy=remedy)


def _check_ids(name: str, entries: Iterable[Any]) -> frozenset[str]:
    seen: set[str] = set()
    for entry in entries:
        if not _ID.fullmatch(entry.id):
            raise _wrong(name, entry.id, "the id is not in lower-case ASCII words joined by hyphens", "Rename it")
        if entry.id in seen:
            raise _wrong(name, entry.id, "the id is used twice", "Keep one of the entries or rename one")
        seen.add(entry.id)
    return frozenset(seen)


def _check_dates(name: str, entry: str, window: Window) -> None:
    if window.first and window.last and window.last < window.first:
        raise _wrong(name, entry, f"valid_to {window.last} lies before valid_from {window.first}", "Correct a date")


def _check_known(name: str, entry: str, field: str, ids: Iterable[str | None], known: frozenset[str]) -> None:
    for reference in ids:
        if reference is not None and reference not in known:
            raise _wrong(name, entry, f"{field} names the unknown id {reference!r}", "Add that entry or correct the id")
        if reference == entry and field == "succeeded_by":
            raise _wrong(name, entry, "the body succeeds itself", "Remove it from succeeded_by")


def _check_type(kind: LocalType, types: frozenset[str], units: frozenset[str], bodies: frozenset[str]) -> None:
    _check_dates(LOCAL, kind.id, kind.window)
    _check_known(LOCAL, kind.id, "succeeded_by", kind.succeeded_by, types)
    _check_known(LOCAL, kind.id, "parent", (kind.parent,), types | bodies)
    _check_known(LOCAL, kind.id, "counterpart", (kind.counterpart,), types)
    _check_known(LOCAL, kind.id, "unit", (kind.unit,), units)
    for template in (kind.name, *kind.aliases):
        if not _SLOT.search(template):
            raise _wrong(LOCAL, kind.id, f"{template!r} has no slot at its end", "End it with {unit} or {place}")


def _check_place(place: Place, places: frozenset[str], units: frozenset[str]) -> None:
    if not place.period:
        raise _wrong(PLACES, place.id, "the place has no period", "Add a [[place.period]]")
    for period in place.period:
        _check_dates(PLACES, place.id, period.window)
        _check_known(PLACES, place.id, "unit", (period.unit,), units)
        _check_known(PLACES, place.id, "formed_from", period.formed_from, places)
    for earlier, later in pairwise(place.period):
        if not (earlier.valid_to and later.valid_from and earlier.valid_to < later.valid_from):
            raise _wrong(PLACES, place.id, "two periods share a day or are out of order", "Correct their dates")
