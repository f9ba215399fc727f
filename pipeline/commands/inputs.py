"""Reports given as files to a command that asks about their tasks: read as `chidao run` reads them, kept nowhere."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.messages import Messages

if TYPE_CHECKING:
    from pipeline.records import Failure
    from pipeline.store.database.selection import Selection
    from pipeline.store.exports.sources import TaskSource

# The run's record goes with its folder.
_NO_MOMENT = "1970-01-01T00:00:00+00:00"


@contextlib.contextmanager
def read_inputs(
    inputs: Sequence[str], *, manifest: str | None, selection: Selection | None, workers: int, messages: Messages
) -> Iterator[tuple[TaskSource, tuple[Failure, ...]]]:
    """The tasks of the files that the selection means (all without one), while the block runs, and what could not be
    read. Reports that lie there several times are kept once. Raises ManifestError, StoreError and WorkerError."""
    from pipeline import batch, terminal
    from pipeline.store.exports.sources import open_tasks

    with tempfile.TemporaryDirectory(prefix="chidao-") as folder, terminal.progress_bar(messages) as tell:
        record = batch.run(
            inputs,
            out_dir=Path(folder),
            started=_NO_MOMENT,
            manifest=Path(manifest) if manifest is not None else None,
            options=batch.RunOptions(digest=False, language=messages.language),
            workers=workers,
            progress=tell,
        )
        faults = (*record.failures, *record.problems)
        if not record.reports:
            yield _NoTasks(), faults
            return
        with open_tasks(folder, selection) as tasks:
            yield tasks, faults


class _NoTasks:
    """Nothing was read."""

    def rows(self) -> Iterator[Any]:
        return iter(())

    def documents(self) -> Iterator[Any]:
        return iter(())

    def reports(self) -> Iterator[Any]:
        return iter(())
