"""What the commands of review take in and print: corrected files, the queue, what an import came to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.commands.listing import print_csv, print_json
from pipeline.commands.selection_options import Format
from pipeline.errors import ReviewError
from pipeline.messages import Messages
from pipeline.store.review.gold_files import Imported, import_gold, read_gold_file
from pipeline.store.review.queue import Doubtful
from pipeline.store.review.reviewing import Reviewer
from pipeline.store.review.task_sheets import SUFFIXES, import_rows, read_sheet
from pipeline.terminal import plain

_QUESTIONS = {
    "lead": "question_lead",
    "deadline": "question_deadline",
    "issuer": "question_issuer",
    "quality": "question_quality",
}


def import_file(review: Reviewer, file: Path, reason: str | None) -> Imported:
    """Stores a corrected file as reviews: a gold file (.json), or a table of tasks (.csv, .jsonl). Raises
    ReviewError."""
    suffix = file.suffix.lower()
    try:
        if suffix == ".json":
            return import_gold(review.connection, review, read_gold_file(file), reason)
        if suffix in SUFFIXES:
            return import_rows(review.connection, review, read_sheet(file), reason)
    except ReviewError as error:
        error.where = f"{file}: {error.where}" if error.where else str(file)
        raise
    raise ReviewError(
        "the file is no corrected file", where=str(file), remedy="Give a gold file (.json), or tasks as .csv or .jsonl"
    )


def print_imported(done: Imported, messages: Messages) -> None:
    """What the reviews of an import came to."""
    Console(soft_wrap=True).print(Text(messages.say("imported", **done._asdict())))


def print_queue(found: Sequence[Doubtful], output: Format, messages: Messages) -> None:
    """The doubtful tasks on standard output."""
    if output == "json":
        print_json(msgspec.to_builtins(found))
        return
    if output == "csv":
        names = Doubtful.__struct_fields__
        print_csv(names, [[_cell(getattr(one, name)) for name in names] for one in found])
        return
    table = Table()
    for key in ("list_task_id", "list_doubt", "list_task", "list_lead", "list_deadline", "list_questions"):
        table.add_column(messages.say(key))
    for one in found:
        table.add_row(
            *(
                Text(plain(value))
                for value in (
                    one.task_id,
                    f"{one.doubt:.2f}",
                    one.task,
                    "; ".join(one.lead),
                    one.deadline or "",
                    ", ".join(messages.say(_QUESTIONS[name]) for name in one.questions),
                )
            )
        )
    Console().print(table)


def _cell(value: Any) -> Any:
    return "; ".join(value) if isinstance(value, tuple) else value
