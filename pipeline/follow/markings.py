"""Places, numbers, years and quantities in a statement: what tells one work from another like it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.follow.things import plain_number
from pipeline.follow.vocabulary import Found, Token, Vocabulary
from pipeline.registry.body_index import load_body_index, words_of

_YEAR_REACH = 8
"""Tokens between a word and the year that is part of what it names."""


def read_places(tokens: Sequence[Token], found: Sequence[Found]) -> tuple[frozenset[tuple[str, str]], set[int]]:
    """Places below the province, by their kind and name, and the tokens that they are."""
    places: set[tuple[str, str]] = set()
    taken: set[int] = set()
    for one in found:
        if one.phrase.kind != "place":
            continue
        last = one.last
        while (
            last < len(tokens)
            and not tokens[last].gap
            and (tokens[last].capital or (last == one.last and tokens[last].number))
        ):
            last += 1
        if last > one.last:
            if one.phrase.entry != "tinh":
                places.add((one.phrase.entry, " ".join(token.key for token in tokens[one.last : last])))
            taken.update(range(one.first, last))
    return frozenset(places), taken


@cache
def _province_names() -> dict[str, dict[tuple[str, ...], str]]:
    names: dict[str, dict[tuple[str, ...], str]] = {}
    for text, place in load_body_index().place_names():
        words = words_of(text)
        if len(words) > 1:
            names.setdefault(words[0], {})[words] = place
    return names


def read_provinces(tokens: Sequence[Token], named: set[int]) -> tuple[frozenset[str], set[int]]:
    """The provinces named, but in names of things, and the tokens that they are."""
    found: set[str] = set()
    taken: set[int] = set()
    names = _province_names()
    for at, token in enumerate(tokens):
        if at in taken:
            continue
        for words, place in names.get(token.key, {}).items():
            last = at + len(words)
            same = tuple(one.key for one in tokens[at:last]) == words
            if (
                same
                and not named & set(range(at, last))
                and all(tokens[spot].capital for spot in range(last - 2, last))
            ):
                found.add(place)
                taken.update(range(at, last))
    return frozenset(found), taken


def read_numbers(tokens: Sequence[Token], found: Sequence[Found]) -> Iterator[tuple[str, str]]:
    """What tells one part or round from another: ("giai đoạn", "2")."""
    for one in found:
        if one.phrase.kind != "qualifier" or one.last >= len(tokens) or tokens[one.last].gap:
            continue
        token = tokens[one.last]
        # "giai đoạn 2021-2025" is years.
        if token.number and not token.document and len(token.key) < 4:
            yield one.phrase.entry.removesuffix(" số"), plain_number(token.key)


def read_years(tokens: Sequence[Token], found: Sequence[Found], vocabulary: Vocabulary) -> Iterator[str]:
    """The years that a word of the lexicon makes part of the work: "kế hoạch sử dụng đất năm 2024"."""
    for one in found:
        if one.phrase.kind == "year":
            at = one.last
            reach = min(one.last + _YEAR_REACH, len(tokens))
            while at < reach and not tokens[at].gap and not tokens[at].number:
                at += 1
            # Farther off than a word or two it must be "… năm 2024", not "… trong năm 2024".
            if at > one.last + 2 and (tokens[at - 1].key != "năm" or tokens[at - 2].key in vocabulary.before_time):
                continue
            while at < len(tokens) and tokens[at].number and _is_year(tokens[at].key):
                yield tokens[at].key
                at += 1


def read_work_years(tokens: Sequence[Token], vocabulary: Vocabulary) -> Iterator[str]:
    """The years right behind a noun, which are part of what it names more often than of a deadline: "hộ nghèo năm
    2025", but not "xong trong năm 2025" or "tháng 9 năm 2025"."""
    for at in range(1, len(tokens) - 1):
        year, before = tokens[at + 1], tokens[at - 1]
        if tokens[at].key != "năm" or not (year.number and _is_year(year.key)) or tokens[at].gap or year.gap:
            continue
        if not before.number and before.key not in vocabulary.stops and before.key not in vocabulary.before_time:
            yield year.key


def read_quantities(text: str, tokens: Sequence[Token], vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Figures with the word behind: "64 hộ", "2,1/4,6 ha" (both figures). One alone says too little below three."""
    for at, token in enumerate(tokens[:-1]):
        behind = tokens[at + 1]
        if not token.key[0].isdigit() or token.document or _is_year(token.key):
            continue
        after = at + 1
        # "41/64 hộ", "41 trong 64 hộ"
        if behind.number and text[token.end : behind.start].strip() == "/" and after + 1 < len(tokens):
            behind = tokens[after + 1]
        elif behind.key == "trong" and after + 2 < len(tokens) and tokens[after + 1].number:
            behind = tokens[after + 2]
        figure = token.key
        unit = ""
        if not figure[-1].isdigit():
            cut = max(place for place, letter in enumerate(figure) if letter.isdigit()) + 1
            figure, unit = figure[:cut], figure[cut:]
        unit = unit or ("" if behind.gap or behind.number or behind.document else behind.key)
        figure = (
            figure.lstrip("0").replace(".", "")
            if "." in figure and len(figure.rsplit(".", 1)[1]) == 3
            else figure.lstrip("0")
        )
        if unit and figure and unit not in vocabulary.stops - {"người"} and figure not in {"1", "2"}:
            yield figure, unit


def _is_year(key: str) -> bool:
    return len(key) == 4 and key.isdigit() and key[:2] in {"19", "20"}
