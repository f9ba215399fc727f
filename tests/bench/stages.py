"""Where the time of the whole job goes, stage by stage, measured in the job itself."""

from __future__ import annotations

import contextlib
import importlib
import time
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

from tests.bench.contenders import whole_job

STAGES: dict[str, tuple[str, ...]] = {
    "reading the text, its blocks and its head": ("pipeline.read:read_string",),
    "sentences": ("pipeline.language.text_words:find_sentences",),
    "words": ("pipeline.language.text_words:segment_columns",),
    "parts of speech and entities": (
        "pipeline.language.text_words:find_parts_of_speech", "pipeline.language.text_words:find_entity_tags",
    ),
    "words put in their places": ("pipeline.document:read_words", "pipeline.language.text_words:TextWords._find"),
    "dates": ("pipeline.extraction.meetings:read_dates", "pipeline.link.deadlines:read_dates"),
    "rules": (
        "pipeline.document:lay_out", "pipeline.document:find_people", "pipeline.document:find_issuer",
        "pipeline.document:find_meeting", "pipeline.document:AskReader.read", "pipeline.document:find_abbreviations",
    ),
    "progress": ("pipeline.document:find_progress", "pipeline.document:find_progress_statements"),
    "linking": ("pipeline.document:find_directives",),
    "JSON": ("pipeline.store.json_files:compact_document",),
    "rows of the tables": (
        "pipeline.store.tables:task_rows", "pipeline.store.tables:json_rows", "pipeline.store.tables:csv_rows",
    ),
}  # fmt: skip
"""The functions of each stage, where they are looked up. A stage's time is its own: not that of stages it calls."""
REST = "all between"
RULES = ("dates", "rules", "progress", "linking")


def measure_stages(texts: list[str]) -> dict[str, float]:
    """CPU seconds of each stage over all texts; together they are the whole job's."""
    clock = _Clock()
    with contextlib.ExitStack() as patches:
        for stage, places in STAGES.items():
            for place in places:
                patches.enter_context(_timed(clock, stage, place))
        for text in texts:
            with clock.inside(REST):
                whole_job(text)
    return clock.seconds


class _Clock:
    """Time by the stage that is innermost."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys((*STAGES, REST), 0.0)
        self._stack: list[str] = []
        self._since = 0.0

    @contextlib.contextmanager
    def inside(self, stage: str) -> Iterator[None]:
        """The stage for as long as the block runs."""
        self._turn()
        self._stack.append(stage)
        try:
            yield
        finally:
            self._turn()
            self._stack.pop()

    def _turn(self) -> None:
        now = time.process_time()
        if self._stack:
            self.seconds[self._stack[-1]] += now - self._since
        self._since = now


def _timed(clock: _Clock, stage: str, place: str) -> Any:
    module, _, name = place.partition(":")
    owner: Any = importlib.import_module(module)
    *above, name = name.split(".")
    for part in above:
        owner = getattr(owner, part)
    function: Callable[..., Any] = getattr(owner, name)

    def timed(*args: Any, **kwargs: Any) -> Any:
        with clock.inside(stage):
            result = function(*args, **kwargs)
            return list(result) if isinstance(result, Iterator) else result

    return patch.object(owner, name, timed)
