"""Search: the tasks and reports that hold the words of a query, those that have them as typed first.

    search(connection, parse_query("chuyen doi so"), Selection(body="Sở Y tế"))

Reports are found by their whole text. A hit is a task that holds the words; where no task of a report does, it is the
report. With a filter that only tasks can pass, a hit is a task that passes it and holds the words, or after these one
whose report holds them: what Sở Y tế was asked in a telegram on dengue seldom says "dengue" again.

Hits come in four ranks: the words as typed and side by side; as typed, anywhere; side by side but for marks and đ; the
same anywhere (where no mark was typed, side by side comes before anywhere). Within a rank the newest come first,
reports without a day last.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal_column, select, text

from pipeline.records import Record
from pipeline.store.database.search_index import days_hold, entry_of, first_entry, reading_texts
from pipeline.store.database.search_match import matching
from pipeline.store.database.search_parties import entries_of, party_to_report, party_to_task, reports_of
from pipeline.store.database.search_query import Query
from pipeline.store.database.search_snippets import Snippet, find_hits, holds, make_snippet
from pipeline.store.database.search_tables import KEY_MASK, entry_number, found_number
from pipeline.store.database.selection import (
    Chosen,
    Selection,
    report_conditions,
    resolve,
    select_readings,
    select_tasks,
)
from pipeline.store.database.tables import READING, REPORT, TASK_STATE, TEXT
from pipeline.store.database.task_list import ListedReport, ListedTask, load_tasks

Match = Literal["exact", "folded"]

LIMIT = 20
"""So many reports, or tasks where tasks are searched, unless asked otherwise."""
ALL = 1 << 31
_FEW = 2000
"""A selection of no more is handed to the index as a list; of a larger one each find of the index is looked up."""
_MOST_LOOKED_UP = 20_000
_LOOKED_UP_FIRST = 200
_ABOVE_ALL = 1 << 62
_ALL_TASKS = Chosen(Selection(), (), (), (), (), frozenset())


class Hit(Record, frozen=True, kw_only=True):
    """Kết quả: a task that holds the words, or (`task` null) a report. `match`: `exact` as typed but for case, place of
    the tone, i and y, short and long forms; `folded` where marks differ. `phrase`: whether the words stand together.
    `within`: whose words the snippet is of."""

    match: Match
    phrase: bool
    within: Literal["task", "report"]
    report: ListedReport
    task: ListedTask | None
    snippet: Snippet


class _Rank(NamedTuple):
    folded: bool
    together: bool

    @property
    def match(self) -> Match:
        return "folded" if self.folded else "exact"


class _Entry(NamedTuple):
    """What is searched of a report or a task, its own words first, and the record of it."""

    texts: list[str]
    report: ListedReport
    task: ListedTask | None


def search(
    connection: Connection, query: Query, selection: Selection, *, limit: int = LIMIT, exact: bool = False
) -> list[Hit]:
    """The best hits: those of at most `limit` reports, or `limit` tasks where a filter of tasks is set. `exact`: as
    typed only.

    The index must be current (`search_index.is_current`). A query without words finds nothing.
    """
    if not query.phrases:
        return []
    chosen = resolve(connection, selection)
    states, readings = _few(connection, chosen)
    reports = _Source(connection, chosen, readings, of_tasks=False)
    if not selection.of_tasks:
        hits: list[Hit] = []
        for rank in _ranks(query, exact):
            hits += _report_hits(connection, query, rank, reports.find(query, rank, limit - len(reports.seen)))
        return hits
    tasks = _Source(connection, chosen, states, of_tasks=True)
    found: dict[str, Hit] = {}
    for rank in _ranks(query, exact):
        for entry in tasks.find(query, rank, limit - len(found)):
            if entry.task and entry.task.id not in found:
                found[entry.task.id] = _hit(query, rank, entry)
        # A report may hold none but tasks that are found already.
        while len(found) < limit and (entries := reports.find(query, rank, limit - len(found))):
            owed = _tasks_of(connection, select_tasks(chosen, TASK_STATE.c.key, REPORT.c.id, one_by_one=True), entries)
            for entry in entries:
                for task in owed.get(entry.report.id, ()):
                    if task.id not in found:
                        found[task.id] = _hit(query, rank, entry._replace(task=task), within="report")
    return list(found.values())[:limit]


def _ranks(query: Query, exact: bool) -> list[_Rank]:
    """The ranks in their order. What was typed without any mark can't be exact in a text that has them: there words
    side by side come before words apart."""
    ranks = [_Rank(folded, together) for folded in (False, True) for together in (True, False)]
    if not query.scattered:
        ranks = [rank for rank in ranks if rank.together]
    if exact:
        ranks = [rank for rank in ranks if not rank.folded]
    return ranks if query.marked else sorted(ranks, key=lambda rank: not rank.together)


def _key_of(number: ColumnElement[int]) -> ColumnElement[int]:
    return number.op("&")(literal_column(str(KEY_MASK)))


class _Source:
    """The entries of one index that the selection leaves, each given once."""

    def __init__(self, connection: Connection, chosen: Chosen, few: list[int] | None, *, of_tasks: bool) -> None:
        """`few` are the numbers of the entries selected, where they are few."""
        self.seen: set[int] = set()
        self._connection = connection
        self._chosen = chosen
        self._of_tasks = of_tasks
        self._table = "task_words" if of_tasks else "report_words"
        self._dated = not of_tasks or days_hold(connection)
        self._lowest, self._below = self._days()
        # FTS5 knows the places of words; what an index of pairs finds is looked up in the text.
        self._sure = connection.dialect.name == "sqlite"
        self._few = few

    def _days(self) -> tuple[int, int]:
        """Between which numbers all selected entries lie, as far as the filters of days tell."""
        asked = self._chosen.selection
        lowest, below = 0, _ABOVE_ALL
        if not self._dated:
            return lowest, below
        if asked.published_from or asked.published_to:
            lowest = first_entry(asked.published_from or datetime.date.min)
        for day in (asked.published_to, asked.overdue_on):
            if day is not None and day < datetime.date.max:
                below = min(below, first_entry(day + datetime.timedelta(days=1)))
        return lowest, below

    def find(self, query: Query, rank: _Rank, wanted: int) -> list[_Entry]:
        """So many entries of a rank, newest first, that no rank before had."""
        found: list[_Entry] = []
        if wanted <= 0 or self._few == []:
            return found
        for batch in self._batches(query, rank, wanted):
            new = [key for key in batch if key not in self.seen]
            if not new:
                continue
            load = _load_tasks if self._of_tasks else _load_reports
            for key, entry in load(self._connection, new):
                if len(found) < wanted and (self._sure or self._holds(query, rank, entry)):
                    found.append(entry)
                    self.seen.add(key)
            if len(found) >= wanted:
                break
        return found

    def _holds(self, query: Query, rank: _Rank, entry: _Entry) -> bool:
        return holds(query, entry.texts, folded=rank.folded, together=rank.together)

    def _batches(self, query: Query, rank: _Rank, wanted: int) -> Iterator[list[int]]:
        """The keys that the index finds, in batches as they are needed."""
        number = entry_number(self._connection, self._table)
        key = _key_of(number)
        match = matching(self._connection, self._table, query, folded=rank.folded, together=rank.together)
        at_once = self._sure or self._few is not None
        selected = [self._selected(key)] if at_once else []
        if self._sure and self._few is None:
            selected += self._of_parties(key)
        found = select(number.label("entry")).select_from(text(self._table)).where(match, *selected)
        # Entries of the ranks before come again in this one.
        size = wanted + len(self.seen)
        if not at_once:
            size = max(size, _LOOKED_UP_FIRST)
        for lowest, below, by in self._stretches(number, at_once=at_once):
            while True:
                newest = found.where(number >= lowest, number < below).order_by(by.desc()).limit(size)
                rows = self._connection.execute(newest if at_once else self._looked_up(newest)).all()
                if rows:
                    keys = [row[0] & KEY_MASK for row in rows if at_once or row[1]]
                    yield from (keys[first : first + wanted] for first in range(0, len(keys), wanted))
                    below = rows[-1][0]
                if len(rows) < size:
                    break
                size = min(2 * size, 1000) if at_once else min(4 * size, _MOST_LOOKED_UP)

    def _stretches(self, number: ColumnElement[int], *, at_once: bool) -> list[tuple[int, int, ColumnElement[int]]]:
        """The stretches of entries to go through, newest first, and what orders them. PostgreSQL can't tell rare words
        from frequent ones: it goes through some entries by their numbers, where frequent words are found soon, and asks
        the index of words for the rest (ordered by a value it has no index of)."""
        lowest, below = self._lowest, self._below
        if at_once:
            return [(lowest, below, number)]
        by_words = number + literal_column("0")
        some = _MOST_LOOKED_UP if self._of_tasks else _MOST_LOOKED_UP // 10
        entries = select(number).select_from(text(self._table)).where(number >= lowest, number < below)
        recent = self._connection.scalar(entries.order_by(number.desc()).offset(some).limit(1))
        if recent is None:
            return [(lowest, below, number)]
        return [(recent, below, number), (lowest, recent, by_words)]

    def _looked_up(self, found: Select[Any]) -> Select[Any]:
        """The entries found, and of each whether it is selected. PostgreSQL takes what is rare for frequent and the
        other way where it weighs both in one, and goes through the whole index for a handful."""
        entries = found.subquery()
        # Whether it is of the parties is known soonest, and leaves few to be looked at closer.
        conditions = (*self._of_parties(entries.c.entry), self._selected(_key_of(entries.c.entry)))
        return select(entries.c.entry, and_(*conditions)).order_by(entries.c.entry.desc())

    def _of_parties(self, number: ColumnElement[int]) -> list[ColumnElement[bool]]:
        """What the index itself knows of the bodies and names that are asked. SQLite makes a set of all that they are
        party to, from the number of a task's entry or the key of a reading; PostgreSQL would make it anew for each
        statement, and looks up each entry."""
        conditions = []
        for parties in self._chosen.parties:
            if not self._sure:
                own = party_to_task(number, parties) if self._of_tasks else party_to_report(_key_of(number), parties)
                conditions.append(own)
            elif self._of_tasks:
                conditions.append(found_number(self._connection, self._table).in_(entries_of(parties)))
            else:
                report = select(READING.c.report).where(READING.c.key == number).scalar_subquery()
                conditions.append(report.in_(reports_of(parties)))
        return conditions

    def _selected(self, key: ColumnElement[int]) -> ColumnElement[bool]:
        if self._few is not None:
            keys = [number & KEY_MASK for number in self._few]
            if self._connection.dialect.name == "sqlite":
                listed: Select[Any] = select(literal_column("value")).select_from(func.json_each(str(keys)))
                return key.in_(listed)
            # By their numbers PostgreSQL looks at these entries alone.
            return entry_number(self._connection, self._table).in_(self._few) if self._dated else key.in_(keys)
        own = TASK_STATE.c.key if self._of_tasks else READING.c.key
        if self._of_tasks or self._chosen.selection.of_tasks:
            query = select_tasks(self._chosen, own, one_by_one=True)
        else:
            query = select_readings(self._chosen, own)
        # As a value, and not as a condition that a database may turn round: the index's order is to be kept, and few
        # of its finds are looked at.
        return query.where(own == key).limit(1).scalar_subquery().is_not(None)


def _few(connection: Connection, chosen: Chosen) -> tuple[list[int] | None, list[int] | None]:
    """The numbers of the entries of the tasks and of the reports that are selected, where they are few; None where they
    are many, or where nothing is asked."""
    if chosen.selection.of_tasks:
        if _no_report(connection, chosen):
            return [], []
        columns = (TASK_STATE.c.key, READING.c.key, READING.c.published)
        query = select_tasks(chosen, *columns)
        if chosen.parties:
            states = _states_of_parties(connection, chosen)
            if states is None:
                return None, None
            query = select_tasks(chosen, *columns, one_by_one=True)
            query = query.where(TASK_STATE.c.key.in_(states))
    elif report_conditions(chosen):
        query = select_readings(chosen, READING.c.key, READING.c.key, READING.c.published)
    else:
        return None, None
    rows = connection.execute(query.limit(_FEW + 1)).all()
    if len(rows) > _FEW:
        return None, None
    states = [entry_of(state, day) for state, _, day in rows]
    return states, list(dict.fromkeys(entry_of(reading, day) for _, reading, day in rows))


def _no_report(connection: Connection, chosen: Chosen) -> bool:
    """Whether no report passes the filters on reports that every task must pass."""
    if chosen.selection.province or not report_conditions(chosen):  # a task's own bodies may be of the province
        return False
    return connection.scalar(select_readings(chosen, READING.c.key).limit(1)) is None


def _states_of_parties(connection: Connection, chosen: Chosen) -> list[int] | None:
    """The states of tasks that the bodies and names asked are party to, where they are few for one of these."""
    for parties in chosen.parties:
        entries = list(connection.scalars(entries_of(parties).limit(_FEW + 1)))
        if len(entries) <= _FEW:
            return [entry & KEY_MASK for entry in entries]
    return None


def _tasks_of(connection: Connection, states: Select[Any], entries: Sequence[_Entry]) -> dict[str, list[ListedTask]]:
    """The tasks of the reports among these states, by the report's id, in the order of the text."""
    found: dict[str, list[ListedTask]] = {}
    if entries:
        keys = connection.scalars(states.where(REPORT.c.id.in_([entry.report.id for entry in entries])))
        for task in sorted(load_tasks(connection, list(keys)), key=_place):
            found.setdefault(task.report.id, []).append(task)
    return found


def _place(task: ListedTask) -> tuple[int, int, str]:
    return task.start, task.end, task.id


def _load_reports(connection: Connection, keys: Sequence[int]) -> list[tuple[int, _Entry]]:
    query = (
        select(
            READING.c.key, REPORT.c.id, TEXT.c.content, READING.c.title, READING.c.number, READING.c.publisher,
            READING.c.issuer, READING.c.published, READING.c.url, READING.c.path,
        )
        .join(TEXT, TEXT.c.key == READING.c.text)
        .join(REPORT, REPORT.c.key == READING.c.report)
        .where(READING.c.key.in_(keys))
    )  # fmt: skip
    found = {}
    for row in connection.execute(query):
        report = ListedReport(
            id=row.id,
            title=row.title,
            published=row.published,
            publisher=row.publisher,
            url=row.url,
            path=row.path,
        )
        rest = reading_texts(row.title, row.number, row.publisher, row.issuer)
        found[row.key] = _Entry([row.content, *rest], report, None)
    return [(key, found[key]) for key in keys if key in found]


def _load_tasks(connection: Connection, keys: Sequence[int]) -> list[tuple[int, _Entry]]:
    return [
        (key, _Entry(_task_texts(task), task.report, task))
        for key, task in zip(keys, load_tasks(connection, keys), strict=True)
    ]


def _task_texts(task: ListedTask) -> list[str]:
    bodies = [body.name for body in (*task.lead, *task.coordinating)]
    issuer = (task.issuer_person, task.issuer_role, task.issuer_body)
    return [task.task, *bodies, *(one for one in issuer if one)]


def _report_hits(connection: Connection, query: Query, rank: _Rank, entries: Sequence[_Entry]) -> Iterator[Hit]:
    """For each report the hits in its tasks, or that in its text."""
    tasks = _tasks_of(connection, select_tasks(_ALL_TASKS, TASK_STATE.c.key, REPORT.c.id), entries)
    for entry in entries:
        holding = [
            _Entry(texts, entry.report, task)
            for task in tasks.get(entry.report.id, ())
            if holds(query, texts := _task_texts(task), folded=rank.folded, together=rank.together)
        ]
        yield from (_hit(query, rank, one) for one in holding or [entry])


def _hit(query: Query, rank: _Rank, entry: _Entry, within: Literal["task", "report"] | None = None) -> Hit:
    """The hit with the piece of its own words where it is, or else of the name that has it."""
    within = within or ("task" if entry.task else "report")
    snippet = Snippet(text=entry.texts[0][:200], marks=(), start=None)
    for number, words in enumerate(entry.texts):
        if hits := find_hits(query, words, folded=rank.folded, together=rank.together):
            begin = entry.task.start if entry.task and within == "task" else 0
            snippet = make_snippet(words, hits, at=begin if number == 0 else None)
            break
    return Hit(
        match=rank.match, phrase=rank.together, within=within, report=entry.report, task=entry.task, snippet=snippet
    )
