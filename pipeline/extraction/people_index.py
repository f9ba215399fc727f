"""The persons that a report introduces, and to whom of them a name, a given name or an office leads."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pipeline.extraction.names import PersonMention
from pipeline.extraction.person_words import load_person_words, role_head, role_words


@dataclass(slots=True)
class KnownPerson:
    """A person introduced by full name, with all roles the report gives, in order."""

    name: str
    roles: list[str] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)
    _places: list[int] = field(default_factory=list)
    """The mentions from first to last."""

    def settle(self) -> None:
        """No mention will be added any more."""
        self._places = sorted(self.mentions)

    def first(self) -> int:
        """Where the person is first mentioned."""
        return self._places[0]

    def last_before(self, at: int) -> int:
        """Where the person was last mentioned before `at`, -1 for nowhere."""
        i = bisect.bisect_left(self._places, at)
        return self._places[i - 1] if i else -1


class PeopleIndex:
    """The persons a report introduces, for resolving titles, given names and pronouns to them."""

    def __init__(self, mentions: Iterable[PersonMention]) -> None:
        self.known: dict[str, KnownPerson] = {}
        for mention in mentions:
            if mention.name is None:
                continue
            person = self.known.setdefault(mention.name, KnownPerson(mention.name))
            person.roles.extend(role for role in mention.roles if role not in person.roles)
            person.mentions.append(mention.start)
        self._by_last_word: dict[str, list[str]] = {}
        for name in self.known:
            self._by_last_word.setdefault(_last_word(name), []).append(name)
        self._drop_parts()
        for person in self.known.values():
            person.settle()
        self._told = sorted((place, person.name) for person in self.known.values() for place in person.mentions)
        self._by_head: dict[str, list[KnownPerson]] = {}
        for person in self.known.values():
            for head in dict.fromkeys(map(role_head, person.roles)):
                self._by_head.setdefault(head, []).append(person)

    def _ending_in(self, name: str) -> list[str]:
        """The longer known names that end in a name."""
        names = self._by_last_word.get(_last_word(name), ())
        return [other for other in names if other in self.known and other.endswith(" " + name)]

    def _drop_parts(self) -> None:
        """A name that is the end of a longer known name ("Văn Thọ" of "Lê Văn Thọ") is the same person."""
        for name in sorted(self.known, key=len):
            longer = self._ending_in(name)
            if len(longer) == 1:
                part = self.known.pop(name)
                whole = self.known[longer[0]]
                whole.roles.extend(role for role in part.roles if role not in whole.roles)
                whole.mentions.extend(part.mentions)

    def named_before(self, at: int) -> Iterator[tuple[int, KnownPerson]]:
        """The persons mentioned by name before `at`, the last first, with the places."""
        for i in range(bisect.bisect_left(self._told, (at, "")) - 1, -1, -1):
            place, name = self._told[i]
            yield place, self.known[name]

    def by_name(self, name: str) -> KnownPerson | None:
        """The person of a full name, or the one whose name ends in it."""
        person = self.known.get(name)
        if person is None:
            longer = self._ending_in(name)
            person = self.known[longer[0]] if len(longer) == 1 else None
        return person

    def by_given(self, given: str, at: int) -> KnownPerson | None:
        """The person last introduced before `at` (else anywhere) whose name ends in `given`."""
        matches = [self.known[name] for name in self._ending_in(given)]
        before = [person for person in matches if person.first() < at]
        pool = before or matches
        return max(pool, key=lambda person: person.last_before(at)) if pool else None

    def by_role(self, role: str, at: int) -> KnownPerson | None:
        """The one person whom the report gives this office, or None; among several the one mentioned last before `at`.

        "Thủ tướng" is the person presented as "Thủ tướng Chính phủ …"; "Bộ trưởng" the minister spoken of last.
        Former holders ("nguyên Bộ trưởng") are left out.
        """
        head, words = role_head(role), role_words(role)
        parts = role.split()
        given = self.by_given(parts[-1], at) if parts[-1][:1].isupper() and len(parts) > 1 else None
        if given is not None and any(role_head(other) == head for other in given.roles):
            return given
        fits = [person for person in self._by_head.get(head, ()) if _holds(person, head, words)]
        if not fits or (len(fits) > 1 and head in load_person_words().held_by_one):
            return None
        return max(fits, key=lambda person: person.last_before(at))


def _holds(person: KnownPerson, head: str, words: frozenset[str]) -> bool:
    """Whether one of a person's offices has this title and, of the words of both, one's in the other's."""
    for other in person.roles:
        if other.lower().startswith(("nguyên ", "cựu ")) or role_head(other) != head:
            continue
        theirs = role_words(other)
        if words <= theirs or theirs <= words:
            return True
    return False


def _last_word(name: str) -> str:
    return name.rpartition(" ")[2]
