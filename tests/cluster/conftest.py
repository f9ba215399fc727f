"""A Dask scheduler for the tests: within this process, or on this machine."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """As for all tests, but a scheduler on this machine may be reached."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1"}:
            raise AssertionError("a test tried to reach the network")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_here)


@pytest.fixture(scope="session")
def scheduler() -> Iterator[str]:
    """The address of a scheduler in this process, with a worker of two threads: storage in memory is seen by both."""
    distributed: Any = pytest.importorskip("distributed", reason="needs Dask: pip install chidao[cluster]")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None, memory_limit=0
    ) as cluster:
        yield cluster.scheduler_address


@pytest.fixture
def memory() -> Iterator[Callable[[dict[str, bytes]], str]]:
    """Puts files into fsspec's memory and gives the URL of their folder; the memory is empty before and after."""
    fsspec = pytest.importorskip("fsspec", reason="needs fsspec: pip install chidao[cluster]")
    filesystem = fsspec.filesystem("memory")
    filesystem.store.clear()

    def put(files: dict[str, bytes]) -> str:
        for name, data in files.items():
            filesystem.pipe_file(f"/articles/{name}", data)
        return "memory://articles"

    yield put
    filesystem.store.clear()
    filesystem.pseudo_dirs[:] = [""]
