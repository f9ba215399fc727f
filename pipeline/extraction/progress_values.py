"""What several frames of one statement say together: the value of its progress."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extraction.progress_figures import FigureMention
from pipeline.extraction.progress_frames import FrameMention
from pipeline.records import ProgressValue

_WHOLE = 1.0
_SHARE_REACH = 40
"""A share stands in a frame or so many characters behind it."""
_NEVER_DONE = frozenset({"khong-kip", "chua-dat-tien-do", "chua-dung-hen", "giam-chan", "le-ra"})
"""Frames of a delay that say that the work isn't done."""


def value_of(frames: Sequence[FrameMention], figures: Sequence[FigureMention]) -> ProgressValue:
    """The value of a statement with these frames and figures.

    A work that is done stays completed though it was late; a share below the whole makes it in progress ("hoàn thành
    62 %"). Given up, stopped and late win over what else is told; of done, under way and not begun the last told wins,
    but that a work which is under way isn't done ("đã hoàn thành thiết kế, đang thi công").
    """
    values = [_of_frame(mention, figures) for mention in frames]
    if "cancelled" in values:
        return "cancelled"
    if "suspended" in values:
        return "suspended"
    if any(mention.frame.name == "xong-ngay" for mention in frames) and "not_started" not in values:
        return "completed"
    if "late" in values:
        return "completed" if _done_late(frames, values) else "late"
    if "not_started" in values:
        return "in_progress" if "in_progress" in values else "not_started"
    return "in_progress" if "in_progress" in values else values[-1]


def _done_late(frames: Sequence[FrameMention], values: Sequence[ProgressValue]) -> bool:
    """Whether a delay is told of a work that is done: behind it, and nothing else is told to be open ("hoàn thành …,
    chậm 15 ngày so với hạn")."""
    first = values.index("late")
    if any(mention.frame.name in _NEVER_DONE for mention in frames):
        return False
    return "completed" in values[:first] and set(values) <= {"completed", "late"}


def _of_frame(mention: FrameMention, figures: Sequence[FigureMention]) -> ProgressValue:
    value = mention.frame.value
    shares = [
        figure.share
        for figure in figures
        if figure.share is not None and mention.start <= figure.start < mention.end + _SHARE_REACH
    ]
    if value == "completed" and shares and min(shares) < _WHOLE:
        return "in_progress"
    if value == "in_progress" and mention.frame.name in ("phan-so", "dat-ty-le") and shares:
        return "completed" if min(shares) >= _WHOLE else value
    return value
