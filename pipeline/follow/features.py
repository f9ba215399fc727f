"""What a statement is compared by: its own words, those it leans on, who must do the work, by when.

All is read from the report alone: what other reports say never changes it, so a link of two statements is the same
whatever else is there.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from msgspec.structs import replace

from pipeline.follow.abbreviations import make_expander
from pipeline.follow.content import Content, read_content
from pipeline.follow.parties import Party, parties_of
from pipeline.follow.statements import Placed, Statement, published_day, read_statements
from pipeline.follow.things import Name, Subject
from pipeline.follow.vocabulary import load_vocabulary, read_tokens
from pipeline.lexicon.bodies import load_register
from pipeline.lexicon.bodies.lineage import Lineage
from pipeline.records import Document, Record
from pipeline.registry.body_index import load_body_index

_NEAR = 320
"""Characters before a statement that it may lean on."""
_STORIES = 3
"""The names told most often that a report is on the story of."""
_LIGHT = 3.5
"""A statement whose words say less than this leans on those before it."""
_BEFORE_BUILDING = frozenset({"ground", "papers", "tender", "funds", "planning", "auction"})
_BACK = 12
"""Statements before one in which its work may have been told."""
_TELLING = 0.45
"""Words in common that weigh less say nothing."""
_DATE = re.compile(
    r"(?<![\d,./-])\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?!\d|[,/-]\d)"
    r"|\b(?:ngày|hôm|sáng|chiều|tối|trước|đến|từ|hạn|hết) \d{1,2}[/.-]\d{1,2}(?!\d|[,/-]\d)"
    r"|\btháng \d{1,2}(?:[/.-]\d{4})?|\bquý [IV\d]+(?:[/.-]\d{4})?|\bngày \d{1,2}\b|\bnăm \d{4}\b"
)
_HEAD = 3000
"""Characters at a report's beginning from which its province is told."""


class Features(Record, frozen=True, kw_only=True):
    """Đặc trưng of a statement. `number` is its place among those of its report, `antecedent` that of the one before
    it whose work it seems to go on with; `lean` are the words right before it, where its own say little; `home` is
    the province whose work it is. `names` are of the things it names, `near_names` of those told right before, where
    it names none, `title_names` of the title's; `genus` and `things` of its main thing; `other_names` are further
    names of the same things by the report."""

    id: str
    order: tuple[str, str, int, int, str]
    report: str
    type: str
    number: int
    antecedent: int | None
    progress: str | None
    kind: str | None
    weights: dict[str, float]
    lean: dict[str, float]
    substance: float
    light: float
    home: str | None
    home_own: bool
    pairs: frozenset[tuple[str, str]]
    near: frozenset[str]
    title: frozenset[str]
    topic: frozenset[str]
    stories: tuple[str, ...]
    names: tuple[Name, ...]
    near_names: tuple[Name, ...]
    title_names: tuple[Name, ...]
    things: tuple[str, ...]
    genus: str | None
    bare: bool
    aspects: tuple[str, ...]
    near_aspects: tuple[str, ...]
    places: frozenset[tuple[str, str]]
    provinces: frozenset[str]
    numbers: frozenset[tuple[str, str]]
    years: frozenset[str]
    work_years: frozenset[str]
    documents: frozenset[str]
    quantities: frozenset[tuple[str, str]]
    parties: tuple[Party, ...]
    named: frozenset[str]
    deadline: str | None

    @property
    def day(self) -> str | None:
        """The day of publication."""
        return None if self.order[0] == "9999" else self.order[0]


def read_features(document: Document) -> list[tuple[Statement, Features]]:
    """The statements of a report, each with what it is compared by. Linear in the report."""
    placed = list(read_statements(document))
    if not placed:
        return []
    expand = make_expander(document.abbreviations)
    title = read_content(expand(_without_dates(document.document.title or _first_line(document))))
    aliases = list(_aliases(document, expand))
    stories = _stories(title, read_content(expand(document.text)))
    day = published_day(document)
    on = datetime.date.fromisoformat(day) if day is not None else None
    home = load_body_index().find_place(document.text[:_HEAD], on=on) or _home_told(title, document)
    read = [
        (one.statement, _features(number, one, title, stories, home, aliases, expand))
        for number, one in enumerate(placed)
    ]
    # Statements of a report have sets in common, and there may be a hundred thousand: equal ones are one.
    kept: dict[frozenset[str], frozenset[str]] = {}
    return [
        (
            statement,
            replace(
                features,
                title=kept.setdefault(features.title, features.title),
                topic=kept.setdefault(features.topic, features.topic),
                near=kept.setdefault(features.near, features.near),
                antecedent=_antecedent(features, [before for _, before in read[max(0, at - _BACK) : at]]),
            ),
        )
        for at, (statement, features) in enumerate(read)
    ]


def _antecedent(features: Features, before: Sequence[Features]) -> int | None:
    """The nearest statement before that tells of a thing that this one names by its kind alone ("công trình", "nhà
    máy"); for one that says little, the nearest that has most of its words."""
    if features.names:
        return None
    for other in reversed(before):
        if features.things[:1] and features.things[0] in other.things:
            return other.number
        if not features.things and features.genus is not None and features.genus == other.genus and features.bare:
            return other.number
    if features.light:
        shared = [(_shared(features, other), other.number) for other in before]
        most, number = max(shared, default=(0.0, 0))
        return number if most >= _TELLING else None
    return None


def _shared(one: Features, other: Features) -> float:
    return sum(weight for word, weight in one.weights.items() if word in other.weights)


def _home_told(title: Content, document: Document) -> str | None:
    """The province of the title, or of the publisher ("Báo Lào Cai"), where it is one."""
    told = title.provinces or read_content(document.document.publisher or "").provinces
    return min(told) if len(told) == 1 else None


def _home(parties: Sequence[Party]) -> str | None:
    """The province of the bodies that must do the work, where it is one."""
    places = {party.id.partition("--")[2] for party in parties if party.id is not None}
    return places.pop() or None if len(places) == 1 else None


def _stories(title: Content, whole: Content) -> tuple[str, ...]:
    """What the report is about, by which others on the same story are found: the things of its title, those it names
    most often, its provinces."""
    counted = Counter(name for name in whole.names if name.words)
    often = sorted(counted, key=lambda name: (-counted[name], sorted(name.words), sorted(name.numbers)))
    names = [name for name in title.names if name.words][:2] + [name for name in often if counted[name] > 1][:_STORIES]
    keys = [f"{' '.join(sorted(name.words))} {' '.join(sorted(name.numbers))}" for name in names]
    provinces = sorted(later for place in (title.provinces or whole.provinces) for later in _later_places(place))
    return tuple(dict.fromkeys([*keys, *(provinces if len(provinces) <= 2 else ())]))


@cache
def _later_places(place: str) -> tuple[str, ...]:
    """The province as it is after all mergers, so that reports before and after one meet."""
    return load_lineage().places_on(place, datetime.date.max)


@cache
def load_lineage() -> Lineage:
    """What became of provinces and bodies."""
    return Lineage(load_register())


def _first_line(document: Document) -> str:
    for block in document.blocks:
        if block.kind == "title":
            return document.text[block.start : block.end]
    return ""


def _features(
    number: int,
    placed: Placed,
    title: Content,
    stories: tuple[str, ...],
    home: str | None,
    aliases: Sequence[tuple[Name, Name]],
    expand: Callable[[str], str],
) -> Features:
    statement, text = placed.statement, placed.document.text
    own = read_content(expand(_without_dates(_masked(text, statement.start, statement.end, placed.aside))))
    near = read_content(expand(_without_dates(text[_near_start(placed) : statement.start])))
    names = _with_aliases(own.names, aliases)
    near_names: tuple[Name, ...] = ()
    main = _main(own.subjects)
    leans = own.back or own.substance < _LIGHT
    if not names:
        fitting = [one for one in near.subjects if one.name is not None and _fits(main, one)]
        near_names = _with_aliases(tuple(one.name for one in fitting[-1:] if one.name is not None), aliases)
    lean: dict[str, float] = {}
    if leans:
        lean = {word: weight for word, weight in near.weights.items() if word not in own.weights}
    parties = parties_of(statement)
    genus = main.genus if main is not None else (near.subjects[-1].genus if near.subjects and leans else None)
    aspects = _sides(own.aspects, main, genus)
    return Features(
        id=statement.id,
        order=statement.order,
        report=statement.report,
        type=statement.type,
        number=number,
        antecedent=None,
        progress=statement.progress,
        kind=statement.kind,
        weights=own.weights,
        lean=lean,
        substance=own.substance,
        light=1.0 if own.back else max(0.0, 1 - own.substance / _LIGHT),
        home=(min(own.provinces) if len(own.provinces) == 1 else _home(parties)) or home,
        home_own=len(own.provinces) == 1 or _home(parties) is not None,
        pairs=own.pairs,
        near=frozenset(word for word, weight in near.weights.items() if weight >= 0.5),
        title=frozenset(word for word, weight in title.weights.items() if weight >= 0.5),
        topic=frozenset(title.weights) | frozenset(word for name in (*names, *near_names) for word in name.words),
        stories=stories,
        names=names,
        near_names=near_names,
        title_names=_with_aliases(title.names, aliases),
        things=tuple(dict.fromkeys(one.thing for one in own.subjects if not one.wild)),
        genus=genus,
        bare=main is not None and main.wild,
        aspects=aspects,
        near_aspects=near.aspects[-1:] if not aspects else (),
        places=own.places,
        provinces=own.provinces,
        numbers=own.numbers,
        years=own.years,
        work_years=own.years | own.work_years,
        documents=own.documents,
        quantities=own.quantities,
        parties=parties,
        named=frozenset(id for _, id in statement.bodies if id is not None),
        deadline=statement.deadline.end if statement.deadline is not None else None,
    )


def _near_start(placed: Placed) -> int:
    """Where the words before a statement begin that it may lean on: in its block, or the block before."""
    start = placed.statement.start
    starts = [block.start for block in placed.document.blocks if block.start <= start]
    own = starts[-1] if starts else 0
    before = starts[-2] if len(starts) > 1 and start - own < 60 else own
    return max(before, start - _NEAR)


def _main(subjects: Sequence[Subject]) -> Subject | None:
    """The first thing that isn't told in passing, one with a kind of its own before "dự án"."""
    plain = [one for one in subjects if not one.subordinate] or list(subjects)
    return next((one for one in plain if not one.wild), plain[0] if plain else None)


def _fits(main: Subject | None, other: Subject) -> bool:
    """Whether a thing told before may be the one that is only "cầu" or "công trình" here."""
    return main is None or main.thing == other.thing or (main.genus == other.genus and (main.wild or other.wild))


def _sides(aspects: tuple[str, ...], main: Subject | None, genus: str | None) -> tuple[str, ...]:
    """A document's papers are its drafting; a building of which no side is told is being built."""
    is_document = main is not None and main.genus == "document" and not main.subordinate
    if is_document and (not aspects or aspects[0] in {"papers", "build"}):
        return ("draft", *(one for one in aspects if one not in {"papers", "build", "draft"}))
    if not aspects and main is not None and main.genus == "structure":
        return ("build",)
    # What is done before a building is built is done for it: "bồi thường xong khu đất xây trường".
    if aspects[:1] == ("build",) and any(one in _BEFORE_BUILDING for one in aspects):
        return (*(one for one in aspects if one != "build"), "build")
    return aspects


def _masked(text: str, start: int, end: int, aside: Sequence[tuple[int, int]]) -> str:
    """The words of [start, end) with those that don't tell the work as commas."""
    pieces, at = [], start
    for first, last in sorted(aside):
        first, last = max(first, at), min(last, end)
        if first < last:
            pieces += [text[at:first], " , "]
            at = last
    return "".join([*pieces, text[at:end]])


def _without_dates(text: str) -> str:
    """Days are told from years that are part of the work by their words; "kế hoạch năm 2025" stays."""
    return _DATE.sub(lambda match: match[0] if match[0].startswith("năm ") else " , ", text)


def _aliases(document: Document, expand: Callable[[str], str]) -> Iterator[tuple[Name, Name]]:
    """Two names of one thing that the report tells: "cầu Ba Lai 8 (còn gọi là cầu Bình Thắng)"."""
    vocabulary = load_vocabulary()
    for line in document.text.splitlines():
        tokens = read_tokens(line)
        for found in vocabulary.find(tokens, frozenset({"alias"})):
            before = read_content(
                expand(line[max(0, tokens[found.first].start - 90) : tokens[found.first].start])
            ).names
            behind = read_content(expand(line[tokens[found.last - 1].end : tokens[found.last - 1].end + 90])).names
            if before and behind:
                yield before[-1], behind[0]


def _with_aliases(names: tuple[Name, ...], aliases: Sequence[tuple[Name, Name]]) -> tuple[Name, ...]:
    others = [other for pair in aliases for one, other in (pair, pair[::-1]) if one in names]
    return tuple(dict.fromkeys([*names, *others]))
