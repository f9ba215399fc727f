"""A PostgreSQL server of the tests' own, in a folder of theirs, reached by a socket in it."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@contextlib.contextmanager
def private_server() -> Iterator[str]:
    """The address of its one database, for `open_database`. Skips the test where the binaries aren't there."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = str(binaries[-1]) if binaries else shutil.which("initdb")
    if found is None:
        pytest.skip("PostgreSQL is not installed")
    programs = Path(found).parent
    # Short: the path of a socket holds about a hundred characters.
    with tempfile.TemporaryDirectory(prefix="pg") as name:
        folder = Path(name)
        as_user: list[str] = []
        if os.geteuid() == 0:
            # The server refuses to run as root.
            shutil.chown(folder, "postgres")
            as_user = ["runuser", "-u", "postgres", "--"]
        data = str(folder / "data")

        def call(*arguments: str) -> None:
            subprocess.run([*as_user, *arguments], check=True, cwd=folder, stdout=subprocess.DEVNULL, timeout=120)

        call(found, "-D", data, "-U", "chidao", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        call(str(programs / "pg_ctl"), "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start")
        try:
            yield f"postgresql+psycopg://chidao@/postgres?host={folder}"
        finally:
            call(str(programs / "pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop")
