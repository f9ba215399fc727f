"""What may be asked of an export, and what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Columns = Literal["form", "all"]
FormatName = Literal["csv", "xlsx", "jsonl", "parquet", "ics", "docbin", "doccano", "label-studio", "webanno"]
"""The names in `formats.FORMATS`, for the command line, which imports no format."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """`columns` of a table: those of the state form, or every value. `version` is this program's, for formats that name
    what made them."""

    columns: Columns = "form"
    version: str = ""


class Written(NamedTuple):
    """How many tasks an export holds, and how many of those chosen have no place in its format."""

    tasks: int
    left_out: int = 0
