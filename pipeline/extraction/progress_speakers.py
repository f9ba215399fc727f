"""Who says a progress statement: an officer, a body, a document's issuer, or the report itself."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from pipeline.extraction.bodies import begins_with_body
from pipeline.extraction.floor import Scene
from pipeline.extraction.page import Sentence
from pipeline.extraction.progress_words import progress_patterns
from pipeline.extraction.quotations import Quotation
from pipeline.extraction.speakers import Speaker

_SOURCE = re.compile(
    r"[\"“ ]*(?:cũng )?(?:theo|tại|trong|căn cứ) "
    r"(?:báo cáo|thông tin|số liệu|tổng hợp|đánh giá|thống kê|phản ánh|kết quả kiểm tra)"
    r"(?: [^\W\d_]+){0,4}? (?:của|từ|do) "
)
_LONGEST_SOURCE = 120
_BACK = 2
"""A sentence without words of speech goes on with what was said so many sentences before it in its paragraph."""


class StatementSpeakers:
    """Finds who says what is told in a report."""

    def __init__(self, scene: Scene, quotations: Sequence[Quotation]) -> None:
        self.scene = scene
        self.page = scene.page
        self.quotations = quotations

    def of(self, sentence: Sentence, start: int, end: int) -> Speaker | None:
        """Who says the statement in [start, end) of a sentence; None for the report's own words."""
        if self.scene.one_voice:
            return self.scene.issuer
        return self._quoted(start) or self._said(sentence, start, end) or self._goes_on(sentence)

    def _quoted(self, at: int) -> Speaker | None:
        i = bisect.bisect_right(self.quotations, at, key=lambda quotation: quotation.start) - 1
        return self.quotations[i].speaker if i >= 0 and at < self.quotations[i].end else None

    def _said(self, sentence: Sentence, start: int, end: int) -> Speaker | None:
        """Who is told in the sentence itself to say it: before it, as its source, or behind it."""
        page, speakers, patterns = self.page, self.scene.speakers, progress_patterns()
        verbs = list(patterns.lead_in.finditer(page.key, sentence.start, start))
        for verb in reversed(verbs):
            speaker = speakers.subject(sentence.start, verb.start(), None)
            if speaker is not None:
                return speaker
        source = self._source(sentence) or speakers.by_theo(sentence, None)
        if source is not None:
            return source
        verb_behind = patterns.lead_in.search(page.key, end, sentence.end)
        return speakers.subject(end, verb_behind.start(), None) if verb_behind is not None else None

    def _source(self, sentence: Sentence) -> Speaker | None:
        """The author of a report named as the source ("Theo báo cáo của Sở Xây dựng, …")."""
        page = self.page
        opened = _SOURCE.match(page.key, sentence.start, sentence.end)
        if opened is None:
            return None
        at = opened.end()
        mention = self.scene.speakers.mention_at(at)
        if mention is not None:
            return self.scene.speakers.of_mention(mention)
        if not begins_with_body(page, at, sentence.end):
            return None
        comma = page.flat.find(",", at, min(sentence.end, at + _LONGEST_SOURCE))
        return Speaker(None, None, page.slice(at, comma), at, comma, "source-body") if comma > 0 else None

    def _goes_on(self, sentence: Sentence) -> Speaker | None:
        """Who spoke in the sentences right before it in the same paragraph."""
        page = self.page
        for i in range(sentence.index - 1, max(-1, sentence.index - 1 - _BACK), -1):
            before = page.sentences[i]
            if before.block != sentence.block:
                return None
            speaker = self._said(before, before.end, before.end)
            if speaker is not None:
                return speaker
        return None
