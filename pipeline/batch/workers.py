"""The processes that do the work on reports, and the order that their answers come back in.

Each process builds its own models: those of underthesea can't be sent. Jobs and answers are bytes. However many
processes there are, answers come in the order of the jobs, and few jobs are taken ahead of them, so that memory stays
flat. A process that dies, or takes too long over a job, costs that job alone; another takes its place.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection, wait
from typing import NamedTuple, Protocol

from pipeline.batch.faults import Fault, named
from pipeline.errors import WorkerError

# Jobs taken ahead of the oldest unanswered one, for each process: one slow report holds up no other.
_WINDOW = 64
# A second job waits in the pipe while the first is done, if it is so small that writing it can't block: a process
# that in turn writes a large answer would never read it.
_AHEAD = 0 if os.name == "nt" else 1 << 15
_MOST_STARTS = 3


class WorkOnBytes(Protocol):
    """The work: can be sent to another process, loads what it needs there, and never raises."""

    def warm_up(self) -> None:
        """What is done once in each process."""

    def __call__(self, job: bytes, /) -> bytes:
        """The answer to a job."""


class Workers(Protocol):
    """Who does the work: this process, or others."""

    def map(self, jobs: Iterable[bytes]) -> Iterator[bytes | Fault]:
        """The answers in the order of the jobs, a fault for a job that gave none."""

    def close(self) -> None:
        """Ends them at once."""


class Inline:
    """The work done in this process, one job after the other; nothing is bounded in time."""

    def __init__(self, work: WorkOnBytes) -> None:
        self._work = work

    def map(self, jobs: Iterable[bytes]) -> Iterator[bytes | Fault]:
        """As each job comes."""
        return (self._work(job) for job in jobs)

    def close(self) -> None:
        """Nothing."""


class _Job(NamedTuple):
    number: int
    data: bytes


class _Process:
    """One worker. `held` are the jobs it was given, the first of them being done since `since` (monotonic)."""

    def __init__(self, work: WorkOnBytes, starts: int = 1) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, work), name="chidao")
        self.process.start()
        theirs.close()
        self.held: deque[_Job] = deque()
        self.ready = False
        self.since = 0.0
        self.starts = starts

    def has_room(self) -> bool:
        return self.ready and (not self.held or (len(self.held) == 1 and len(self.held[0].data) <= _AHEAD))

    def give(self, job: _Job) -> None:
        if not self.held:
            self.since = time.monotonic()
        self.held.append(job)
        self.connection.send_bytes(job.data)

    def end(self) -> int | None:
        """Ends it at once; its exit code."""
        self.process.kill()
        self.process.join()
        code = self.process.exitcode
        self.process.close()
        self.connection.close()
        return code


class Processes:
    """So many processes, started with the first job. A job that takes more than `timeout` seconds is broken off."""

    def __init__(self, work: WorkOnBytes, count: int, timeout: float | None = None) -> None:
        self._work = work
        self._count = count
        self._timeout = timeout
        self._processes: list[_Process] = []

    def map(self, jobs: Iterable[bytes]) -> Iterator[bytes | Fault]:
        """As `Workers.map`. Raises WorkerError where processes can't be started."""
        source = enumerate(jobs)
        again: deque[_Job] = deque()
        answers: dict[int, bytes | Fault] = {}
        taken = given = 0
        exhausted = False
        while True:
            while not exhausted and taken - given < _WINDOW * self._count and len(again) < self._room():
                found = next(source, None)
                if found is None:
                    exhausted = True
                    break
                again.append(_Job(*found))
                taken += 1
                if len(self._processes) < min(self._count, taken - given - len(answers)):
                    self._processes.append(self._new())
                self._hand_out(again)
            self._hand_out(again)
            while given in answers:
                yield answers.pop(given)
                given += 1
            if exhausted and given == taken:
                return
            self._listen(answers, again)

    def close(self) -> None:
        """Ends the processes at once."""
        while self._processes:
            self._processes.pop().end()

    def _room(self) -> int:
        """How many jobs could be held beside those that are."""
        return 2 * self._count - sum(len(process.held) for process in self._processes)

    def _new(self, starts: int = 1) -> _Process:
        try:
            return _Process(self._work, starts)
        except OSError as error:
            raise _unstartable(error.strerror or str(error)) from error

    def _hand_out(self, jobs: deque[_Job]) -> None:
        # First to those that have nothing to do.
        for process in sorted(self._processes, key=lambda process: len(process.held)):
            if not jobs:
                return
            if process.has_room() and (not process.held or len(jobs[0].data) <= _AHEAD):
                job = jobs.popleft()
                try:
                    process.give(job)
                except OSError:
                    # It died; what it held, this job too, shows when it is listened to.
                    continue

    def _listen(self, answers: dict[int, bytes | Fault], again: deque[_Job]) -> None:
        """Waits until something has come, and takes it."""
        now = time.monotonic()
        left = [process.since + self._timeout - now for process in self._processes if process.held and self._timeout]
        ready = wait(
            [process.connection for process in self._processes], timeout=max(0.0, min(left)) if left else None
        )
        for place, process in enumerate(self._processes):
            if process.connection in ready:
                if not self._receive(process, answers):
                    self._processes[place] = self._replaced(process, answers, again)
            elif process.held and self._timeout and time.monotonic() - process.since >= self._timeout:
                fault = Fault(
                    problem="the report took longer than {seconds} s",
                    remedy="Give it more time with --timeout, or split it",
                    details={"seconds": f"{self._timeout:g}"},
                    error="TimeoutError",
                    settled=False,
                )
                self._processes[place] = self._replaced(process, answers, again, fault)

    def _receive(self, process: _Process, answers: dict[int, bytes | Fault]) -> bool:
        """Takes an answer; false where the process has died."""
        try:
            answer = process.connection.recv_bytes()
        except (EOFError, OSError):
            return False
        if process.held:
            answers[process.held.popleft().number] = answer
            process.since = time.monotonic()
        elif answer:
            raise _unstartable(answer.decode("utf-8"))
        process.ready = True
        process.starts = 1
        return True

    def _replaced(
        self, old: _Process, answers: dict[int, bytes | Fault], again: deque[_Job], fault: Fault | None = None
    ) -> _Process:
        """Another process for one that died or must. The job it was at is lost with it; those that waited are given
        anew."""
        code = old.end()
        if not old.ready and old.starts >= _MOST_STARTS:
            self._processes.remove(old)
            raise _unstartable(_ending(code))
        if old.held:
            answers[old.held.popleft().number] = fault or Fault(
                problem="the process that worked on the report died ({reason})",
                remedy="Run again to try it once more; with fewer --workers each has more memory",
                details={"reason": _ending(code)},
                error="WorkerError",
                settled=False,
            )
        again.extendleft(reversed(old.held))
        return self._new(1 if old.ready else old.starts + 1)


def _serve(connection: Connection, work: WorkOnBytes) -> None:
    """What a process does until its pipe is closed, which also happens where its parent is killed."""
    # An interruption is meant for the parent, which ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        try:
            work.warm_up()
        except Exception as error:
            connection.send_bytes(named(error).encode("utf-8", "replace"))
            return
        connection.send_bytes(b"")
        while True:
            connection.send_bytes(work(connection.recv_bytes()))
    except (EOFError, OSError):
        return


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        try:
            return signal.Signals(-code).name
        except ValueError:
            return f"signal {-code}"
    return f"exit code {code}"


def _unstartable(reason: str) -> WorkerError:
    return WorkerError(
        "the worker processes can't be started ({reason})",
        remedy="Try fewer with --workers; with --workers 0 all is done in one process",
        reason=reason,
    )
