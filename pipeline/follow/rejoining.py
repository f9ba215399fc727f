"""New statements joined to those that are stored, and only those joined anew that they may have an effect on."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from pipeline.follow.candidates import ENOUGH, nearest
from pipeline.follow.features import Features
from pipeline.follow.joining import Decisions, Link, by_later, load_levels, place
from pipeline.store.database.statements import select

_AT_ONCE = 500  # values in one statement: SQLite takes 999 at least


class Rejoined(NamedTuple):
    """What changed: the matters of statements, the links of all that were placed, and the matters with a change."""

    matter_of: dict[str, str]
    links: list[Link]
    placed: list[str]
    touched: set[str]


class Rejoining:
    """One joining of new statements, by a connection. Statements are placed in their order, so that all before one are
    final when its turn comes; where its matter changes, all later ones that meet a statement of that matter follow."""

    def __init__(self, connection: Connection, decisions: Decisions, decode: Callable[[bytes], Features]) -> None:
        self._connection = connection
        self._decisions = decisions
        self._decode = decode
        self._features: dict[str, Features] = {}
        self._matter: dict[str, str] = {}
        self._members_of: defaultdict[str, set[str]] = defaultdict(set)
        self._asked: set[str] = set()
        self._sharing: dict[str, list[tuple[Any, ...]]] = {}

    def run(self, new: dict[str, Features]) -> Rejoined | None:
        """What joining the new statements (already stored, each as a matter of its own) changes. None where people's
        decisions join matters with each other, which only joining all anew can tell."""
        decided = {id for pair in (*self._decisions.accepted, *self._decisions.rejected) for id in pair}
        self._load(decided)
        known = {id: self._features[id] for id in decided if id in self._features}
        accepted, rejected = by_later(self._decisions.accepted, known), by_later(self._decisions.rejected, known)
        if any(len(partners) > 1 for partners in accepted.values()):
            return None
        levels = load_levels()
        newest = self._newest(new)
        self._features |= new
        queue: list[tuple[tuple[str, str, int, int, str], str]] = []
        queued: set[str] = set()

        def put(ids: Iterable[str], after: tuple[tuple[str, str, int, int, str], str] | None) -> None:
            self._load(ids)
            for id in ids:
                entry = (self._features[id].order, id)
                if id not in queued and (after is None or entry > after):
                    queued.add(id)
                    heapq.heappush(queue, entry)

        put(sorted(new), None)
        self._load(new)
        changed: dict[str, str] = {}
        links: list[Link] = []
        placed: list[str] = []
        touched: set[str] = set()
        while queue:
            entry = heapq.heappop(queue)
            one = self._features[entry[1]]
            before = self._matter[one.id]
            earlier = [self._features[id] for id in self._candidates(one)]
            found = place(
                one,
                earlier,
                matter_of=self._matter,
                members=lambda matter, entry=entry: self._members(matter, entry),  # type: ignore[misc]
                accepted=accepted.get(one.id, ()),
                rejected=rejected.get(one.id, ()),
                levels=levels,
            )
            placed.append(one.id)
            links += found.links
            touched |= {before, found.matter}
            if found.matter != before or one.id in new:
                changed[one.id] = found.matter
                self._move(one.id, found.matter)
                if one.order[0] > newest:
                    continue
                around = {*self._of_matter(before), *self._of_matter(found.matter), one.id}
                put(sorted({id for member in around for id in (member, *self._meeting(member))}), entry)
        return Rejoined(changed, links, placed, touched)

    def _newest(self, new: dict[str, Features]) -> str:
        """The newest day of the statements that were there before, in the form of `Features.order`: of a later day
        there are none that the new ones could have an effect on, but themselves."""
        rows = select(self._connection, "SELECT published, COUNT(*) FROM statement GROUP BY published")
        counts = {"9999" if day is None else str(day): count for day, count in rows}
        for one in new.values():
            counts[one.order[0]] -= 1
        return max((day for day, count in counts.items() if count), default="")

    def _entry(self, id: str) -> tuple[tuple[str, str, int, int, str], str]:
        return self._features[id].order, id

    def _members(self, matter: str, entry: tuple[tuple[str, str, int, int, str], str]) -> Sequence[Features]:
        return [self._features[id] for id in sorted(self._of_matter(matter)) if self._entry(id) < entry]

    def _of_matter(self, matter: str) -> set[str]:
        """The statements of the matter, with the changes so far."""
        if matter not in self._asked:
            self._asked.add(matter)
            self._load(id for (id,) in select(self._connection, "SELECT id FROM statement WHERE matter = ?", (matter,)))
        return set(self._members_of[matter])

    def _move(self, id: str, matter: str) -> None:
        self._members_of[self._matter.get(id, matter)].discard(id)
        self._matter[id] = matter
        self._members_of[matter].add(id)

    def _candidates(self, one: Features) -> list[str]:
        """The earlier statements that `join` would look at."""
        day, entry = one.order[0], (one.order, one.id)
        shared = {}
        same_day = []
        for id, published, worth in self._meet(one.id):
            told = "9999" if published is None else str(published)
            if told < day:
                shared[id] = int(worth)
            elif told == day:
                same_day.append((id, int(worth)))
        self._load(id for id, _ in same_day)
        shared |= {id: worth for id, worth in same_day if self._entry(id) < entry}
        found = nearest(shared)
        self._load(found)
        return found

    def _meeting(self, id: str) -> list[str]:
        """All others that share a key."""
        return [other for other, _, _ in self._meet(id)]

    def _meet(self, id: str) -> list[tuple[Any, ...]]:
        if id not in self._sharing:
            # Keys that are enough alone begin with "t", which sorts before the "w" of the others.
            sql = (
                f"SELECT met.statement, statement.published, SUM(CASE WHEN met.word < 'u' THEN {ENOUGH} ELSE 1 END) "
                "FROM statement_key AS own JOIN statement_key AS met ON met.word = own.word "
                "JOIN statement ON statement.id = met.statement "
                "WHERE own.statement = ? AND met.statement <> own.statement GROUP BY met.statement, statement.published"
            )
            self._sharing[id] = select(self._connection, sql, (id,))
        return self._sharing[id]

    def _load(self, ids: Iterable[str]) -> None:
        missing = sorted(id for id in set(ids) if id not in self._matter)
        for first in range(0, len(missing), _AT_ONCE):
            some = missing[first : first + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            sql = f"SELECT id, matter, features FROM statement WHERE id IN ({marks})"
            for id, matter, blob in select(self._connection, sql, some):
                self._move(id, matter)
                if id not in self._features:
                    self._features[id] = self._decode(bytes(blob))
