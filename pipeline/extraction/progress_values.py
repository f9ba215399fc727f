"""What several frames of one statement say together: the value of its progress."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extraction.progress_figures import FigureMention
from pipeline.extraction.progress_frames import FrameMention
from pipeline.records import ProgressValue

_WHOLE = 1.0


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
    done = any(value == "completed" for value in values)
    if "late" in values:
        others = [value for value in values if value != "late"]
        return "completed" if done and all(value == "completed" for value in others) else "late"
    if any(mention.frame.name == "xong-ngay" for mention in frames) and set(values) <= {"completed", "in_progress"}:
        return "completed"
    if "not_started" in values:
        return "in_progress" if "in_progress" in values else "not_started"
    return "in_progress" if "in_progress" in values else values[-1]


def _of_frame(mention: FrameMention, figures: Sequence[FigureMention]) -> ProgressValue:
    value = mention.frame.value
    shares = [
        figure.share
        for figure in figures
        if figure.share is not None and (mention.start <= figure.start < mention.end or 0 <= figure.start - mention.end < 40)
    ]
    if value == "completed" and shares and min(shares) < _WHOLE:
        return "in_progress"
    if value == "in_progress" and mention.frame.name in ("phan-so", "dat-ty-le", "khoi-luong-con") and shares:
        done = min(shares) >= _WHOLE
        return "completed" if done and _says_done(mention) else value
    return value


def _says_done(mention: FrameMention) -> bool:
    return mention.frame.name in ("phan-so", "dat-ty-le")
