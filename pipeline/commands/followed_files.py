"""Matters over files: the reports read as `chidao run` reads them, each copy for itself, into a folder that goes."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path

import typer

from pipeline.follow.ledger import Matter
from pipeline.messages import Messages

_FEW = 60
"""So many files are read in this process: starting others would take longer."""


def follow_files(
    inputs: list[str], manifest: str | None, day: datetime.date, messages: Messages, *, started: str
) -> tuple[list[Matter], bool]:
    """The matters of the reports in the inputs, as of the day; and whether some input failed, which is told on standard
    error. Raises what `pipeline.batch.run` does."""
    import os

    from pipeline import batch, terminal
    from pipeline.follow.features import read_features
    from pipeline.follow.ledger import make_ledger
    from pipeline.store.exports.results_folder import ResultsFolder

    with tempfile.TemporaryDirectory(prefix="chidao-") as beside:
        out = Path(beside) / "results"
        record = batch.run(
            inputs,
            out_dir=out,
            started=started,
            manifest=Path(manifest) if manifest is not None else None,
            options=batch.RunOptions(keep_duplicates=True, format="jsonl", digest=False),
            workers=0 if _is_few(inputs) else os.cpu_count() or 1,
        )
        terminal.print_failures((*record.failures, *record.problems), messages)
        read = [pair for document in ResultsFolder(out) for pair in read_features(document)] if record.reports else []
    undated = {statement.path for statement, _ in read if statement.published is None}
    if undated:
        typer.echo(messages.say("follow_undated", count=len(undated), first=min(undated)), err=True)
    return make_ledger(read, as_of=day), bool(record.failures or record.problems)


def _is_few(inputs: list[str]) -> bool:
    count = 0
    for name in inputs:
        files = Path(name).rglob("*") if Path(name).is_dir() else [Path(name)]
        for _ in files:
            count += 1
            if count > _FEW:
                return False
    return True
