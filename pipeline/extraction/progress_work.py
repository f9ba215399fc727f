"""The work that a progress statement is about, and the reason it gives."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extraction.page import Page
from pipeline.extraction.progress_clauses import behind_times
from pipeline.extraction.progress_frames import FrameMention
from pipeline.extraction.progress_words import progress_patterns

_OBJECT_END = re.compile(r", |; | \(| (?=(?:đạt|bằng|do|vì|với tổng|trong đó|từ tháng|từ ngày|từ năm|từ quý|vào) )")
_LEADING = re.compile(r"[ ,:]*(?:(?:được|cho|xong|là|việc|công tác|các|những) (?=\w))*")
_TRAILING = re.compile(r"(?:[ ,]+(?:đã|hiện|cũng|đều|vẫn|còn|cơ bản|nay|mới|đến nay|hiện nay|tính đến nay))+[ ,]*$")
_SHORTEST = 3


def find_work(
    page: Page, start: int, end: int, frames: Sequence[FrameMention], has_body: bool
) -> tuple[int, int] | None:
    """Where the work is named: the subject before the first frame, else what stands behind a frame; or None."""
    patterns = progress_patterns()
    first = frames[0]
    if not has_body:
        nouns = (patterns.work, patterns.common)
        found = (noun.search(page.key, start, first.start) for noun in nouns)
        subject = next((match for match in found if match is not None), None)
        if subject is not None:
            comma = page.flat.rfind(", ", start, subject.start())
            begin = comma + 2 if comma >= 0 else start
            begin = behind_times(page, begin, subject.start())
            words = page.key[begin : first.start]
            tail = _TRAILING.search(words)
            stop = begin + (tail.start() if tail is not None else len(words.rstrip(" ,")))
            if stop - begin > _SHORTEST:
                return begin, stop
    for frame in frames:
        opened = _LEADING.match(page.key, frame.end, end)
        at = opened.end() if opened is not None else frame.end
        stopped = _OBJECT_END.search(page.key, at + 1, end) if at < end else None
        stop = stopped.start() if stopped is not None else end
        if stop - at > _SHORTEST:
            return at, stop
    return None


def find_reason(page: Page, start: int, end: int) -> tuple[int, int] | None:
    """The reason given in [start, end) ("do vướng mặt bằng"), to the end; None where "do" tells who does it."""
    patterns = progress_patterns()
    for match in patterns.reason.finditer(page.key, start, end):
        behind = page.key[match.end() : min(end, match.end() + 80)]
        if match.group().endswith("do") and patterns.agent.search(f" {behind.split(',', 1)[0]}"):
            continue
        return match.start(), end
    return None
