"""A document of a report that is there already: what changed becomes history, what didn't stays as it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from pipeline.errors import StoreError
from pipeline.records import Directive, Document, Task
from pipeline.store.database.anchoring import Anchor, match_tasks
from pipeline.store.database.copies import copy_reading, copy_state
from pipeline.store.database.identity import directive_id, free_ids
from pipeline.store.database.keys import Keys
from pipeline.store.database.reading_rows import add_reading
from pipeline.store.database.statements import NewRows, execute, select, select_one
from pipeline.store.database.task_values import ValueRows, state_digest


class _Period(NamedTuple):
    """A row that held from one event until another: a reading or a state of a task."""

    key: int
    since: int
    until: int | None
    digest: str

    def covers(self, event: int) -> bool:
        return self.since <= event and (self.until is None or event < self.until)

    def outlasts(self, event: int | None) -> bool:
        return event is not None and (self.until is None or self.until > event)


class _State(NamedTuple):
    """A state of a task, with what the task is known again by."""

    task: int
    id: str
    origin: str
    current: bool
    directive: int
    period: _Period
    anchor: Anchor


class _Said(NamedTuple):
    """A task of the document."""

    directive: int
    task: Task
    digest: str


class RevisionStore:
    """Stores what one run read of a report that has been stored before.

    The history stands in the order in which runs began. Where a run that began later has already stored the report,
    what this run says holds from its own event until that later one's.
    """

    def __init__(self, connection: Connection, keys: Keys, event: int, *, report: int, people: dict[str, int]) -> None:
        self._connection = connection
        self._keys = keys
        self._event = event
        self._report = report
        self._people = people
        self._rows = NewRows()
        sql = (
            "SELECT MIN(run_reading.run) FROM reading JOIN run_reading ON run_reading.reading = reading.key "
            "WHERE reading.report = ? AND run_reading.run > ?"
        )
        self._horizon: int | None = select_one(connection, sql, (report, event))

    def store(self, document: Document, text: int, digest: str) -> None:
        """Stores the document, whose text and digest are given. Raises StoreError where the run has already stored
        another text as the same report."""
        if self._is_said(text):
            return
        if self._store_reading(document, text, digest):
            self._store_tasks(document, text)
        self._rows.insert(self._connection)

    def _is_said(self, text: int) -> bool:
        """Whether this run has stored the report, which then lies in two of its files."""
        sql = (
            "SELECT reading.text FROM reading JOIN run_reading ON run_reading.reading = reading.key "
            "WHERE reading.report = ? AND run_reading.run = ?"
        )
        said = select_one(self._connection, sql, (self._report, self._event))
        if said is not None and said != text:
            id_ = select_one(self._connection, "SELECT id FROM report WHERE key = ?", (self._report,))
            raise StoreError(
                "two reports of one run have the same id", where=str(id_), remedy="Give each report an id of its own"
            )
        return said is not None

    def _store_reading(self, document: Document, text: int, digest: str) -> bool:
        """Whether anything was read otherwise than in the reading that holds at this event."""
        connection, event = self._connection, self._event
        sql = "SELECT key, since, until, digest FROM reading WHERE report = ? ORDER BY since"
        readings = [_Period(*row) for row in select(connection, sql, (self._report,))]
        holding = next((reading for reading in readings if reading.covers(event)), None)
        if holding is not None and holding.digest == digest:
            self._rows.add("run_reading", event, holding.key)
            return False
        if holding is not None:
            execute(connection, "UPDATE reading SET until = ? WHERE key = ?", (event, holding.key))
            if holding.outlasts(self._horizon):
                assert self._horizon is not None
                copy_reading(connection, holding.key, self._keys.next(connection), self._horizon, holding.until)
        following = next((reading for reading in readings if reading.since == self._horizon), None)
        if following is not None and following.digest == digest:
            # A later run that came first said the same: it holds from here already.
            execute(connection, "UPDATE reading SET since = ? WHERE key = ?", (event, following.key))
            self._rows.add("run_reading", event, following.key)
            return True
        key = self._keys.next(connection)
        add_reading(
            self._rows,
            document,
            key=key,
            report=self._report,
            text=text,
            digest=digest,
            since=event,
            until=self._horizon,
            people=self._people,
        )
        self._rows.add("run_reading", event, key)
        return True

    def _store_tasks(self, document: Document, text: int) -> None:
        states = list(self._states())
        states.sort(key=lambda state: not state.period.covers(self._event))
        said = [
            _Said(number, task, state_digest(directive, task))
            for number, directive in enumerate(document.directives)
            for task in directive.tasks
        ]
        anchors = [
            Anchor(
                document.directives[one.directive].kind,
                text,
                one.task.span.start,
                one.task.span.end,
                one.task.span.exact,
                one.task.span.start / max(1, len(document.text)),
            )
            for one in said
        ]
        known = match_tasks([(state.task, state.anchor) for state in states], anchors)
        holding = {state.task: state for state in states if state.origin == "run" and state.period.covers(self._event)}
        kept = {place for place, task in known.items() if self._is_kept(holding.get(task), said[place], text)}
        staying = {known[place] for place in kept}
        for task, state in sorted(holding.items()):
            if task not in staying:
                self._end(state)
        self._add_states(document, text, said, known, kept, states)

    @staticmethod
    def _is_kept(holding: _State | None, said: _Said, text: int) -> bool:
        """Whether the state says the same of the same text."""
        return holding is not None and holding.period.digest == said.digest and holding.anchor.text == text

    def _end(self, state: _State) -> None:
        """The state holds no more from this event; where a later run said the same, it does again from there."""
        period = state.period
        sql = "UPDATE task_state SET until = ?, current = ? WHERE key = ?"
        execute(self._connection, sql, (self._event, False, period.key))
        if period.outlasts(self._horizon):
            assert self._horizon is not None
            key = self._keys.next(self._connection)
            copy_state(self._connection, period.key, key, self._horizon, period.until, current=state.current)

    def _add_states(
        self,
        document: Document,
        text: int,
        said: Sequence[_Said],
        known: dict[int, int],
        kept: set[int],
        states: Sequence[_State],
    ) -> None:
        connection, event = self._connection, self._event
        values = ValueRows(connection, self._rows, self._keys, text=text, content=document.text, people=self._people)
        ids = self._ids(document.directives, said, known, states)
        directives = {
            said[place].directive: state.directive
            for place in sorted(kept)
            for state in states
            if state.task == known[place] and state.origin == "run" and state.period.covers(event)
        }
        following = {
            state.task: state for state in states if state.origin == "run" and state.period.since == self._horizon
        }
        reviewed = {state.task for state in states if state.origin == "review" and state.period.until is None}
        report_id = self._report_id()
        for place, one in enumerate(said):
            if place in kept:
                continue
            later = following.get(known.get(place, -1))
            if self._is_kept(later, one, text):
                assert later is not None
                execute(connection, "UPDATE task_state SET since = ? WHERE key = ?", (event, later.period.key))
                continue
            if one.directive not in directives:
                directive = document.directives[one.directive]
                first = next(number for number, other in enumerate(said) if other.directive == one.directive)
                id_ = directive_id(report_id, ids[first])
                directives[one.directive] = values.add_directive(directive, id=id_, report=self._report)
            task = known.get(place)
            if task is None:
                task = self._keys.next(connection)
                self._rows.add("task", task, ids[place], self._report, event, "unreviewed")
            values.add_state(
                one.task,
                task_key=task,
                directive=directives[one.directive],
                digest=one.digest,
                since=event,
                until=self._horizon,
                current=self._horizon is None and task not in reviewed,
            )

    def _ids(
        self, directives: Sequence[Directive], said: Sequence[_Said], known: dict[int, int], states: Sequence[_State]
    ) -> list[str]:
        """The ids of the document's tasks: those they have, or new ones."""
        held = {state.task: state.id for state in states}
        new = [place for place in range(len(said)) if place not in known]
        spans = [
            (directives[said[place].directive].kind, said[place].task.span.start, said[place].task.span.end)
            for place in new
        ]
        given = dict(zip(new, free_ids(self._connection, self._report_id(), spans), strict=True))
        return [held[known[place]] if place in known else given[place] for place in range(len(said))]

    def _report_id(self) -> str:
        return str(select_one(self._connection, "SELECT id FROM report WHERE key = ?", (self._report,)))

    def _states(self) -> Iterator[_State]:
        sql = (
            "SELECT task.key, task.id, task_state.origin, task_state.current, task_state.directive, task_state.key, "
            "task_state.since, task_state.until, task_state.digest, directive.kind, evidence.text, "
            "evidence.start_offset, evidence.end_offset, evidence.exact, length(text.content) "
            "FROM task JOIN task_state ON task_state.task = task.key "
            "JOIN directive ON directive.key = task_state.directive "
            "JOIN evidence ON evidence.key = task_state.evidence JOIN text ON text.key = evidence.text "
            "WHERE task.report = ? ORDER BY task.key, task_state.since DESC, task_state.origin"
        )
        for row in select(self._connection, sql, (self._report,)):
            task, id_, origin, current, directive, *period = row[:9]
            kind, text, start, end, exact, length = row[9:]
            anchor = Anchor(kind, text, start, end, exact, start / max(1, length))
            yield _State(task, id_, origin, bool(current), directive, _Period(*period), anchor)
