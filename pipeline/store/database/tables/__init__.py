"""The tables of the database: `METADATA` holds them all.

`columns` (kinds of columns), `history` (event, run, review, failure), `reports` (report, text, reading and what hangs
on it, evidence, person), `bodies`, `tasks`, `matters` (follow-up).
"""

from pipeline.store.database.tables.bodies import BODY, BODY_NAME, BODY_SUCCESSION
from pipeline.store.database.tables.columns import METADATA
from pipeline.store.database.tables.history import EVENT, FAILURE, KEY_BLOCK, PROPERTY, REVIEW, RUN
from pipeline.store.database.tables.matters import (
    FOLLOWED_REPORT,
    LINK_DECISION,
    MATTER_EVENT,
    MATTER_VERDICT,
    READING_PROGRESS,
    STATEMENT,
    STATEMENT_KEY,
    STATEMENT_LINK,
)
from pipeline.store.database.tables.reports import (
    EVIDENCE,
    MEETING,
    MEETING_CHAIR,
    PERSON,
    READING,
    READING_SOURCE,
    READING_VERSION,
    REPORT,
    RUN_READING,
    TEXT,
)
from pipeline.store.database.tables.tasks import DEADLINE, DIRECTIVE, TARGET, TASK, TASK_BODY, TASK_STATE

__all__ = [
    "BODY", "BODY_NAME", "BODY_SUCCESSION", "DEADLINE", "DIRECTIVE", "EVENT", "EVIDENCE", "FAILURE",
    "FOLLOWED_REPORT", "KEY_BLOCK", "LINK_DECISION", "MATTER_EVENT", "MATTER_VERDICT", "MEETING", "MEETING_CHAIR",
    "METADATA", "PERSON", "PROPERTY", "READING", "READING_PROGRESS", "READING_SOURCE", "READING_VERSION", "REPORT",
    "REVIEW", "RUN", "RUN_READING", "STATEMENT", "STATEMENT_KEY", "STATEMENT_LINK", "TARGET", "TASK", "TASK_BODY",
    "TASK_STATE", "TEXT",
]  # fmt: skip
