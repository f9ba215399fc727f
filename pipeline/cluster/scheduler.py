"""Tasks on a Dask scheduler: a few at a time for each worker, again where a worker goes or the storage fails."""

from __future__ import annotations

import contextlib
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from pipeline.batch.faults import Fault, named
from pipeline.errors import ClusterError, PipelineError

T = TypeVar("T")
R = TypeVar("R")

RETRIES = 3
"""How often a task is tried again that raised, as it does where the storage doesn't answer."""
# Tasks given out for each thread: one being done, one that waits at the worker.
_AHEAD = 2
_CONNECT_SECONDS = 20
_ALONE_SECONDS = 300
_POLL_SECONDS = 10


@contextlib.contextmanager
def connect(address: str) -> Iterator[Any]:
    """A Dask client of the scheduler at that address, closed in the end. Raises ClusterError where there is no
    scheduler, or no worker comes to it, and where Dask isn't installed."""
    try:
        import distributed
    except ImportError as error:
        raise ClusterError(
            "Dask isn't installed", where=address, remedy="Install it: pip install chidao[cluster]"
        ) from error
    # Its types are told in part.
    dask: Any = distributed
    try:
        client = dask.Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(
            "there is no scheduler ({reason})",
            where=address,
            remedy="Start one (dask scheduler), or correct its address (tcp://HOST:8786)",
            reason=named(error),
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
        except TimeoutError as error:
            raise _no_worker(address) from error
        yield client


def spread(
    client: Any,
    function: Callable[..., R],
    tasks: Iterable[tuple[T, tuple[Any, ...]]],
    halve: Callable[[T], Sequence[T]],
) -> Iterator[tuple[T, R | Fault]]:
    """Each task with what `function(task, *arguments)` gives for it, as they are done, in no order.

    A task is done again when the worker that did it goes. One that has cost several workers is halved until the one
    thing that they died of is left: its answer is a fault. `halve` gives nothing for what can't be halved. Raises
    ClusterError where the scheduler goes, all workers stay away, or a task raises on every try.
    """
    from distributed import KilledWorker

    run = uuid.uuid4().hex[:12]
    source = iter(tasks)
    again: deque[tuple[T, tuple[Any, ...]]] = deque()
    pending: dict[Any, tuple[T, tuple[Any, ...]]] = {}
    given = 0
    try:
        while True:
            room = _room(client)
            while len(pending) < room:
                found = again.popleft() if again else next(source, None)
                if found is None:
                    break
                task, arguments = found
                key = f"chidao-{function.__name__}-{run}-{given}"
                pending[client.submit(function, task, *arguments, key=key, retries=RETRIES, pure=False)] = found
                given += 1
            if not pending:
                return
            for future in _done(client, pending):
                task, arguments = pending.pop(future)
                try:
                    result: R | Fault = future.result()
                except KilledWorker as error:
                    halves = halve(task)
                    again.extend((half, arguments) for half in halves)
                    if halves:
                        continue
                    result = _deadly(error)
                except PipelineError:
                    raise
                except Exception as error:
                    raise ClusterError(
                        "a task could not be done on any try ({reason})",
                        where=client.scheduler.address,
                        remedy="Check that all workers reach the storage and have chidao[cluster] installed",
                        reason=named(error),
                    ) from error
                finally:
                    future.release()
                yield task, result
    finally:
        # After an error, or where the caller has had enough.
        with contextlib.suppress(Exception):
            client.cancel(list(pending))


def count_threads(client: Any) -> int:
    """Threads of all workers, at least one."""
    threads: dict[str, int] = client.nthreads()
    return max(1, sum(threads.values()))


def _room(client: Any) -> int:
    """How many tasks may be under way: workers come and go."""
    return _AHEAD * count_threads(client)


def _done(client: Any, pending: Iterable[Any]) -> Iterable[Any]:
    """Those of the futures that are done, at least one."""
    import distributed

    dask: Any = distributed
    alone = 0
    while True:
        try:
            with client.as_current():
                return set(dask.wait(list(pending), timeout=_POLL_SECONDS, return_when="FIRST_COMPLETED").done)
        except TimeoutError:
            alone = 0 if client.nthreads() else alone + _POLL_SECONDS
            if alone >= _ALONE_SECONDS:
                raise _no_worker(client.scheduler.address) from None
        except (dask.CancelledError, OSError) as error:
            raise ClusterError(
                "the scheduler has gone ({reason})",
                where=client.scheduler.address,
                remedy="Start it and its workers again, and run again",
                reason=named(error),
            ) from error


def _no_worker(address: str) -> ClusterError:
    return ClusterError(
        "the scheduler has no workers",
        where=address,
        remedy="Start some (dask worker {address} --nthreads 1)",
        address=address,
    )


def _deadly(error: Exception) -> Fault:
    return Fault(
        problem="the workers that worked on the report died",
        remedy="Run again to try it once more, with more memory for each worker",
        details={},
        error=type(error).__name__,
        settled=False,
    )
