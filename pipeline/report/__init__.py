"""Room 7: documents become a digest that people read.

Enters: documents, and the day that deadlines are counted from. Leaves: static HTML pages, in Vietnamese or
English, that need no network and no script. Never: reading a text anew, judging a task, dropping a word of a text.
"""

from __future__ import annotations

from pipeline.report.digest import write_digest

__all__ = ["write_digest"]
