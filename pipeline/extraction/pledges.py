"""Pledges: what a speaker says he or his own body will do ("chúng tôi sẽ …", "thành phố sẽ …")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

import msgspec

from pipeline import lexicon
from pipeline.extraction.authority import CITIZEN
from pipeline.extraction.bare_names import fullest_name
from pipeline.extraction.bodies import BodyMention
from pipeline.extraction.discourse import skip_connectors
from pipeline.extraction.openings import skip_opening, time_end
from pipeline.extraction.page import Page
from pipeline.extraction.people_index import PeopleIndex
from pipeline.extraction.person_words import role_head, role_words
from pipeline.extraction.spans import Piece, trim_end
from pipeline.extraction.speakers import Speaker
from pipeline.extraction.vocabulary import any_of
from pipeline.language.matchkey import match_key

_MOST_WORDS = 12
"""A subject of more words is no bare name of the speaker's body."""

Own = Literal["first-person", "own-body", "elided"]
"""How the subject of "sẽ" means the speaker: "chúng tôi", his body's name, or left out before a time."""


class PledgeWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `lexicon/pledges.toml`."""

    foretelling: list[str]
    foretelling_unless: dict[str, list[str]]
    conditions: list[str]
    clause_marks: list[str]
    first_person: list[str]
    first_person_and_more: list[str]
    time_prepositions: list[str]
    time_words: list[str]
    body_syllables: list[str]
    body_syllables_too: list[str]
    office_syllables_too: list[str]
    project_syllables: list[str]
    firms: list[str]
    readers: list[str]


@dataclass(frozen=True, slots=True)
class _Words:
    will: re.Pattern[str]
    condition: re.Pattern[str]
    time: re.Pattern[str]
    readers: re.Pattern[str]
    clause_marks: tuple[str, ...]
    first_person: frozenset[str]
    first_person_and_more: tuple[str, ...]
    body: frozenset[str]
    office_too: frozenset[str]
    project: frozenset[str]
    firm: frozenset[str]


@cache
def _words() -> _Words:
    words = lexicon.read_entries("pledges.toml", PledgeWords)
    unless = "|".join(rf"{match_key(verb)}(?! {any_of(rest)})" for verb, rest in words.foretelling_unless.items())
    return _Words(
        will=re.compile(rf"sẽ (?<!\wsẽ )(?!(?:{any_of(words.foretelling)}|{unless})(?!\w))"),
        condition=re.compile(rf"(?<!\w){any_of(words.conditions)}(?!\w)"),
        time=re.compile(rf"(?:{any_of(words.time_prepositions)} )*(?:{any_of(words.time_words)}|\d)[\w /.,-]*"),
        readers=re.compile(rf"(?<!\w){any_of(words.readers)}(?!\w)"),
        clause_marks=tuple(map(match_key, words.clause_marks)),
        first_person=frozenset(map(match_key, words.first_person)),
        first_person_and_more=tuple(f"{match_key(word)} " for word in words.first_person_and_more),
        body=frozenset(map(match_key, [*words.body_syllables, *words.body_syllables_too])),
        office_too=frozenset(map(match_key, words.office_syllables_too)),
        project=frozenset(map(match_key, words.project_syllables)),
        firm=frozenset(map(match_key, words.firms)),
    )


class Pledge(NamedTuple):
    """What is pledged, and who is to do it."""

    piece: Piece
    lead: tuple[BodyMention, ...]


def find_pledge(page: Page, start: int, stop: int, speaker: Speaker, index: PeopleIndex) -> Pledge | None:
    """The first pledge in [start, stop) in the mouth of `speaker`, or None. A pure function.

    "Tới đây, huyện sẽ hỗ trợ giống." is one of the chairman of the district. What somebody else will do, what will
    come about, conditions and questions are none. Not handled: a second pledge in the same stretch.
    """
    words = _words()
    for match in words.will.finditer(page.key, start, stop):
        opened = max(_behind(page, mark, start, match.start()) for mark in words.clause_marks)
        begun = skip_connectors(page, skip_opening(page, opened, match.start()), match.start())
        clause = _behind_time(page, opened, match.start()) or _behind_time(page, begun, match.start()) or begun
        subject = page.key[clause : match.start()].strip()
        own = _own(subject, speaker)
        if own is None:
            continue
        if words.condition.search(page.key[start:clause][-40:]) or page.flat.find("?", match.end(), stop + 1) >= 0:
            continue
        begin = clause if subject else match.start()
        if words.readers.search(page.key, match.end(), stop):
            continue
        semicolon = page.flat.find(";", match.end(), stop)
        end = trim_end(page, begin, semicolon if semicolon > 0 else stop)
        outside = opened if clause > begun else start
        intro = (outside, clause) if clause - outside > 5 else None
        return Pledge(Piece(begin, end, None, intro, "own-sẽ"), _lead(page, own, clause, match.start(), speaker, index))
    return None


def _behind_time(page: Page, start: int, end: int) -> int | None:
    """The place behind a time that opens a clause before its subject ("trong quý II sở …"); None where none does, or
    where no subject follows."""
    while start < end and page.flat[start] in ' ,:"“':
        start += 1
    stop = time_end(page, start, end)
    if stop is None or not page.key[stop:end].strip(" ,"):
        return None
    while page.flat[stop] in " ,":
        stop += 1
    return stop


def _behind(page: Page, mark: str, start: int, end: int) -> int:
    """The place behind the last `mark` in [start, end); `start` where there is none."""
    at = page.key.rfind(mark, start, end)
    return at + len(mark) if at >= 0 else start


def _own(subject: str, speaker: Speaker) -> Own | None:
    """How a subject (a match key) means the speaker or his body; None when it means somebody else."""
    words = _words()
    if not subject:
        return None
    if subject in words.first_person or subject.startswith(words.first_person_and_more):
        return "first-person"
    if words.time.fullmatch(subject):
        return "elided" if speaker.level >= CITIZEN and len(subject) < 40 else None
    if subject.startswith("họ "):
        return None
    syllables = set(re.findall(r"\w+", subject))
    if not syllables or len(syllables) > _MOST_WORDS:
        return None
    opened = role_words(subject)
    if opened & words.project == {"dự", "án"} or "công trình" in subject or "tuyến" in syllables:
        return None
    mine = role_words(speaker.role or speaker.body or "")
    if (opened <= mine | words.office_too and opened & mine) or syllables <= words.body:
        return "own-body"
    if speaker.level <= CITIZEN and subject in words.firm:
        return "own-body"
    return None


def _lead(page: Page, own: Own, clause: int, end: int, speaker: Speaker, index: PeopleIndex) -> tuple[BodyMention, ...]:
    """Who commits: the body that the subject names, in the fullest form ("huyện" of the chairman of "UBND huyện
    Thanh Chương" is that body), the speaker's body for "chúng tôi", else the speaker."""
    subject = page.key[clause:end].strip()
    if own == "own-body" and len(subject.split()) > 2:
        return (BodyMention(clause, trim_end(page, clause, end)),)
    if own in ("own-body", "elided") or subject.startswith("chúng tôi"):
        body = _body_of_office(page, speaker, index)
        if body is not None:
            return (body,)
        if own == "own-body":
            stop = trim_end(page, clause, end)
            return (fullest_name(page, page.slice(clause, stop), clause) or BodyMention(clause, stop),)
    return ()


def _body_of_office(page: Page, speaker: Speaker, index: PeopleIndex) -> BodyMention | None:
    """Where the body of a speaker's office is named: "Sở Y tế" of "Giám đốc Sở Y tế"."""
    if speaker.body is not None:
        return BodyMention(speaker.start, speaker.end)
    person = index.by_name(speaker.person) if speaker.person else None
    for role in [speaker.role, *(person.roles if person else [])]:
        if role is None:
            continue
        body = match_key(role)[len(role_head(role)) :].strip(" ,-–")
        at = page.key.find(body) if len(body) > 3 else -1
        if at >= 0:
            return BodyMention(at, at + len(body))
    return None
