"""Text that a spreadsheet shows and never runs.

A cell that begins with one of `= + - @`, a tab or a carriage return may be run as a formula when a CSV file is opened
or a sheet is saved as one (OWASP, CSV Injection). An apostrophe in front keeps it text.
"""

from __future__ import annotations

import re

from pipeline.store.task_rows import Value

# With apostrophes before it, so that `restored` takes away none but its own.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def defused(value: Value) -> Value:
    """The value as a spreadsheet may open it: a text that begins like a formula gets an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def restored(value: Value) -> Value:
    """The inverse of `defused`."""
    if isinstance(value, str) and value.startswith("'") and _FORMULA.match(value):
        return value[1:]
    return value
