"""The databases that tests run on: SQLite in a file and, where its binaries are, a PostgreSQL server of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.store.database.private_postgresql import private_server


@pytest.fixture(scope="session")
def postgresql_address() -> Iterator[str]:
    """The address of an empty database in PostgreSQL. Skips where PostgreSQL isn't installed."""
    with private_server() as address:
        yield address
