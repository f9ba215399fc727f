"""Room 7: documents become a digest that people read.

Enters: documents, and the day that deadlines are counted from. Leaves: static HTML pages, in Vietnamese or
English, that need no network and no script. Never: reading a text anew, judging a task, dropping a word of a text.
"""

from __future__ import annotations

from pipeline.report.digest import (
    RenderedReport,
    decode_page,
    encode_page,
    render_index,
    render_report,
    write_digest,
)
from pipeline.report.summary import ReportSummary, TaskSummary

__all__ = [
    "RenderedReport",
    "ReportSummary",
    "TaskSummary",
    "decode_page",
    "encode_page",
    "render_index",
    "render_report",
    "write_digest",
]
