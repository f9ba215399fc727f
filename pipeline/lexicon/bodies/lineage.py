"""What became of the bodies: their days, their names, who took over from whom.

A local body's id is type and place joined by two hyphens (`so-y-te--ben-tre`); it ends when its type, its place or
its place's kind of unit ends ("Tỉnh ủy Đồng Nai" on the eve of the city), and the succession follows all three.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator

import msgspec

from pipeline.lexicon.bodies import LocalType, Register, Window

_ONE_DAY = datetime.timedelta(days=1)

Day = datetime.date | None


class Chapter(msgspec.Struct, frozen=True):
    """One body in a chain of succession, with the days of its existence; None where open or not recorded."""

    id: str
    name: str
    valid_from: datetime.date | None
    valid_to: datetime.date | None


def last_day_before(windows: Iterable[Window], on: datetime.date) -> Day:
    """The last day before `on` on which one of the windows closed, None where none did."""
    return max((window.last for window in windows if window.last and window.last < on), default=None)


class Lineage:
    """Answers who a body was on a day and who came before and after it; never changed after its construction."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._bodies = {body.id: body for body in register.bodies}
        self._types = {kind.id: kind for kind in register.types}
        self._places = {place.id: place for place in register.places}
        self._units = {unit.id: unit for unit in register.units}

    def name_of(self, id: str, *, on: Day = None) -> str:
        """The name of a body; a local one's with the unit's word of that day. Raises KeyError for an unknown id."""
        kind_id, _, place_id = id.partition("--")
        if not place_id:
            return self._bodies[id].name
        kind, place = self._types[kind_id], self._places[place_id]
        periods = [period for period in place.period if kind.unit in (None, period.unit)] or list(place.period)
        begun = [period for period in periods if on is None or period.valid_from is None or period.valid_from <= on]
        unit = self._units[(begun or periods)[-1 if begun else 0].unit]
        return kind.name.format(unit=f"{unit.printed} {place.name}", place=place.name, committee=unit.committee)

    def successors(self, id: str, on: Day) -> tuple[str, ...]:
        """The bodies that had taken over by the day; () while the body existed or where no successor is recorded.

        Bodies dissolved in their turn are followed further; an unknown day means the end of the chain. Ministries'
        successors are those of name and staff: single functions may have gone elsewhere. Raises KeyError.
        """
        windows = self.windows_of(id)
        if on is not None and (any(window.covers(on) for window in windows) or not last_day_before(windows, on)):
            return ()
        found: dict[str, None] = {}
        queue, seen = list(self._heirs(id)), {id}
        while queue:
            heir = queue.pop(0)
            if heir in seen:
                continue
            seen.add(heir)
            windows, further = self.windows_of(heir), self._heirs(heir)
            alive = not further if on is None else any(window.covers(on) for window in windows)
            if alive:
                found[heir] = None
            elif on is None or last_day_before(windows, on):
                queue.extend(further)
        return tuple(found)

    def history(self, id: str) -> tuple[Chapter, ...]:
        """The chain a body stands in, oldest first: all it came from, itself, all that came of it. Raises KeyError."""
        before, after = self._reach(id, self._forebears), self._reach(id, self._heirs)
        chapters = [self._chapter(one) for one in dict.fromkeys([*before, id, *after])]
        return tuple(sorted(chapters, key=lambda chapter: chapter.valid_to or datetime.date.max))

    def _chapter(self, id: str) -> Chapter:
        windows = self.windows_of(id)
        last = windows[-1].last if windows else None
        return Chapter(id, self.name_of(id, on=last), windows[0].first if windows else None, last)

    def windows_of(self, id: str) -> tuple[Window, ...]:
        """The days on which a body existed, oldest first, under whatever name. Raises KeyError for an unknown id."""
        kind, _, place = id.partition("--")
        return self.windows_at(self._types[kind], place) if place else (self._bodies[id].window,)

    def _heirs(self, id: str) -> tuple[str, ...]:
        """The bodies that took over on the day after the last of this one: a new type, a new place, or both."""
        kind_id, _, place_id = id.partition("--")
        if not place_id:
            return self._bodies[id].succeeded_by
        kind, windows = self._types[kind_id], self.windows_of(id)
        if not windows or windows[-1].last is None:
            return ()
        day = windows[-1].last + _ONE_DAY
        heirs: dict[str, None] = {}
        for heir in kind.succeeded_by if kind.valid_to == windows[-1].last else (kind_id,):
            begins = max(day, self._types[heir].valid_from or day)
            for place in self.places_on(place_id, begins):
                heirs |= dict.fromkeys(self._fit(heir, place, begins))
        return tuple(heirs)

    def _fit(self, kind: str, place: str, on: datetime.date) -> Iterator[str]:
        """The type at the place, or the type that takes its part in the place's kind of unit on that day."""
        for one in (kind, self._types[kind].counterpart):
            if one and any(window.covers(on) for window in self.windows_at(self._types[one], place)):
                yield f"{one}--{place}"
                return

    def places_on(self, place: str, on: datetime.date) -> tuple[str, ...]:
        """The place (an id) itself where it existed on the day, else the places it had gone into by then."""
        if any(period.window.covers(on) for period in self._places[place].period):
            return (place,)
        if not last_day_before([period.window for period in self._places[place].period], on):
            return ()
        formed = (one.id for one in self._places.values() for period in one.period if place in period.formed_from)
        return tuple(later for one in formed if one != place for later in self.places_on(one, on))

    def _forebears(self, id: str) -> tuple[str, ...]:
        kind_id, _, place_id = id.partition("--")
        if not place_id:
            return tuple(body.id for body in self._register.bodies if id in body.succeeded_by)
        kinds = [kind.id for kind in self._register.types if kind_id in (kind.id, kind.counterpart, *kind.succeeded_by)]
        places = {place_id, *(one for period in self._places[place_id].period for one in period.formed_from)}
        candidates = [f"{kind}--{place}" for kind in kinds for place in sorted(places)]
        return tuple(one for one in candidates if one != id and id in self._heirs(one))

    def _reach(self, id: str, step: Callable[[str], tuple[str, ...]]) -> list[str]:
        reached, queue = [id], list(step(id))
        while queue:
            one = queue.pop(0)
            if one not in reached:
                reached.append(one)
                queue.extend(step(one))
        return reached[1:]

    def windows_at(self, kind: LocalType, place: str, units: Iterable[str] = ()) -> tuple[Window, ...]:
        """The days on which the type existed at the place, as long as the place was each of these kinds of unit."""
        wanted = {*units, *([kind.unit] if kind.unit else [])}
        periods = [period for period in self._places[place].period if wanted <= {period.unit}]
        windows = (kind.window.overlap(period.window) for period in periods)
        return tuple(window for window in windows if window)
