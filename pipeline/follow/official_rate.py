"""The official rate of completion: what was completed of what fell due.

Báo cáo 1270/BC-TCTTTg (2017): of 21,914 tasks 16,051 were completed and 223 overdue: 16,051 / (16,051 + 223) = 98.62 %.
Tasks still within their term are not counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pipeline.follow.status import Status
from pipeline.records import Record


class OfficialRate(Record, frozen=True, kw_only=True):
    """Tỷ lệ hoàn thành: the four official cells, those without a deadline or given up, and the rate (0 to 1, null where
    nothing fell due). `unseen` are those among the overdue for which no report tells of any progress."""

    completed_on_time: int
    completed_late: int
    within_term: int
    overdue: int
    unseen: int = 0
    completed_without_deadline: int = 0
    no_deadline: int = 0
    cancelled: int = 0

    @property
    def completed(self) -> int:
        """Đã hoàn thành, in time or late, or without a deadline."""
        return self.completed_on_time + self.completed_late + self.completed_without_deadline

    @property
    def rate(self) -> float | None:
        """Completed / (completed + overdue)."""
        due = self.completed + self.overdue
        return self.completed / due if due else None


def official_rate(statuses: Iterable[Status]) -> OfficialRate:
    """The cells that the statuses fall into."""
    cells: Counter[str] = Counter()
    for status in statuses:
        cells[_cell(status)] += 1
        cells["unseen"] += status.timeliness == "overdue" and status.basis == "none_found"
    return OfficialRate(
        completed_on_time=cells["completed_on_time"],
        completed_late=cells["completed_late"],
        within_term=cells["within_term"],
        overdue=cells["overdue"],
        unseen=cells["unseen"],
        completed_without_deadline=cells["completed_without_deadline"],
        no_deadline=cells["no_deadline"],
        cancelled=cells["cancelled"],
    )


def _cell(status: Status) -> str:
    if status.progress == "cancelled":
        return "cancelled"
    if status.progress == "completed":
        return {"on_time": "completed_on_time", "late": "completed_late"}.get(
            status.timeliness, "completed_without_deadline"
        )
    return {"due_soon": "within_term"}.get(status.timeliness, status.timeliness)
