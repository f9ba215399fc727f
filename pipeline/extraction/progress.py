"""Progress statements: words of a report that say how far a nameable piece of work has come.

A statement is a clause, or clauses of one work, with a frame of `lexicon/progress.toml` in its telling use. What the
frame says by itself, a figure, a time of the state and other progress told nearby count as points; a frame without
enough of them, or without a noun of work, is left alone. What has been read as an ask is no progress.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extraction.ask_list import Ask
from pipeline.extraction.authority import LEADER
from pipeline.extraction.bodies import BodyMention, begins_with_body, split_bodies
from pipeline.extraction.discourse import section_of
from pipeline.extraction.floor import Scene
from pipeline.extraction.page import Page, Sentence
from pipeline.extraction.progress_clauses import begin_of, behind_times, clauses, stretches, told_end, told_start
from pipeline.extraction.progress_figures import FigureMention, find_figures
from pipeline.extraction.progress_frames import Clause, FrameMention, find_frames, has_its_verb, may_tell, tells
from pipeline.extraction.progress_speakers import StatementSpeakers
from pipeline.extraction.progress_values import value_of
from pipeline.extraction.progress_words import progress_patterns
from pipeline.extraction.progress_work import find_reason, find_work
from pipeline.extraction.quotations import Quotation
from pipeline.extraction.spans import trim_end
from pipeline.extraction.speakers import Speaker
from pipeline.records import ProgressValue

_SKIPPED = frozenset(
    {
        "title", "lead", "caption", "credit", "related_link", "tags", "boilerplate", "byline", "dateline", "letterhead",
        "legal_basis", "addressees", "attendance", "vote", "recipients", "signature", "heading", "table",
    }  # fmt: skip
)
_NEAR = 2
"""So many sentences on, progress told before still counts as a sign."""
_ENOUGH = 2
_ENOUGH_OF_COMMON = 2
_ENOUGH_WITHOUT = 3
"""Points that a statement needs: with a noun of work, with everyday nouns only, with none of them."""
_SHORTEST = 12
_SURE = ("cue:", "quotation:", "passive-order", "pledge", "table-row")
"""Ways of an ask that leave no doubt that it is one."""
_SURELY_TOLD = frozenset({"hoan-thanh", "xong", "xong-ngay", "dua-vao-su-dung", "tam-dung", "phan-so", "huy-bo"})
"""Frames that in the points of an official document tell what was done, whatever the point was read as."""
_SHARED = frozenset({"hoan-thanh", "xong", "xong-cuoi", "da-ban-hanh", "dang", "dang-day-nhanh", "da-trien-khai"})
"""Frames that a clause behind a semicolon goes on with."""
_GOING_ON = frozenset({"dat-ty-le", "khoi-luong-con", "cham", "cham-tien-do", "chua-dat-tien-do", "khong-kip"})
"""Frames of a share or a delay, which go on with the work before them."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A progress statement in [start, end); `work` and `reason` are places, `points` the signs that it is one."""

    start: int
    end: int
    value: ProgressValue
    frames: tuple[FrameMention, ...]
    work: tuple[int, int] | None
    bodies: tuple[BodyMention, ...]
    speaker: Speaker | None
    figures: tuple[FigureMention, ...]
    reason: tuple[int, int] | None
    points: int


def find_progress(scene: Scene, quotations: Sequence[Quotation], asks: Sequence[Ask]) -> list[Statement]:
    """The progress statements of a report, in the order of the text. A pure function of what was read before."""
    return _ProgressReader(scene, quotations, asks).read()


class _ProgressReader:
    def __init__(self, scene: Scene, quotations: Sequence[Quotation], asks: Sequence[Ask]) -> None:
        self.scene = scene
        self.page: Page = scene.page
        self.asked = sorted((ask.start, ask.end, ask.rules[0].startswith(_SURE)) for ask in asks)
        self.speakers = StatementSpeakers(scene, quotations)
        self.last = -_NEAR - 1
        self.telling = False
        self.out: list[Statement] = []

    def read(self) -> list[Statement]:
        for sentence in self.page.sentences:
            if sentence.kind == "heading" and self.scene.official:
                mood = section_of(self.page.key[sentence.start : sentence.end])
                self.telling = mood == "idle" if mood is not None else self.telling
            if sentence.kind in _SKIPPED or not may_tell(self.page, sentence.start, sentence.end):
                continue
            before = len(self.out)
            self._sentence(sentence)
            if len(self.out) > before:
                self.last = sentence.index
        return self.out

    def _sentence(self, sentence: Sentence) -> None:
        frames = [frame for frame in find_frames(self.page, sentence.start, sentence.end) if not self._is_asked(frame)]
        if not frames:
            return
        listed: Statement | None = None
        for start, end in stretches(self.page, sentence):
            found = self._stretch(sentence, start, end, [frame for frame in frames if start <= frame.start < end])
            if not found and listed is not None:
                found = self._goes_on(listed, start, end)
            self.out += found
            listed = found[-1] if found else None

    def _goes_on(self, before: Statement, start: int, end: int) -> list[Statement]:
        """What stands behind a semicolon without a frame of its own: another work of the same verb ("đã trình …; trình
        …"), or more of the names before it."""
        page = self.page
        start = told_start(page, start, end)
        stop = trim_end(page, start, end)
        if stop - start < _SHORTEST or progress_patterns().sequel.match(page.key, start, stop):
            return []
        if page.tag_at(start) != "V" or before.frames[-1].frame.name not in _SHARED:
            return []
        return [self._statement(start, stop, before.frames, before.points, before.speaker, inherited=True)]

    def _stretch(self, sentence: Sentence, start: int, end: int, frames: list[FrameMention]) -> list[Statement]:
        page = self.page
        if not frames:
            return []
        begin = told_start(page, start, frames[0].start)
        while len(frames) > 1 and told_start(page, start, frames[1].start) > frames[0].end:
            # the first stands in the words about who speaks
            frames = frames[1:]
            begin = told_start(page, start, frames[0].start)
        parts = clauses(page, begin, end)
        groups: list[tuple[int, list[FrameMention]]] = []
        for frame in frames:
            clause = next((part for part in parts if part.start <= frame.start < max(part.end, part.start + 1)), None)
            if clause is None or not (tells(page, frame, clause, begin) and has_its_verb(page, frame)):
                continue
            if not groups:
                groups.append((begin_of(page, parts, frame.start), [frame]))
            elif self._begins_another(frame, clause, groups[-1][1]):
                groups.append((clause.start, [frame]))
            else:
                groups[-1][1].append(frame)
        out = []
        for i, (at, group) in enumerate(groups):
            limit = groups[i + 1][0] if i + 1 < len(groups) else told_end(page, self.scene.speakers, group[-1].end, end)
            statement = self._judge(sentence, told_start(page, at, group[0].start), limit, group)
            if statement is not None:
                out.append(statement)
        return out

    def _begins_another(self, frame: FrameMention, clause: Clause, before: Sequence[FrameMention]) -> bool:
        """Whether a frame tells of another work than the frames before it in the same stretch."""
        page, patterns = self.page, progress_patterns()
        if clause.start <= before[-1].start:
            return False
        if page.key.startswith(("riêng ", "còn "), clause.start) and frame.start - clause.start > 5:
            return True
        if frame.start - clause.start > 3:
            if patterns.aspect.match(page.key, clause.start, frame.start):
                return False
            if patterns.subject.match(page.key, clause.start, frame.start):
                return True
            return page.flat[clause.start].isupper() and begins_with_body(page, clause.start, frame.start)
        if frame.frame.name in _GOING_ON:
            return False
        return frame.frame.value != before[-1].frame.value and self._counts(frame) and self._counts(before[-1])

    def _counts(self, frame: FrameMention) -> bool:
        """Whether a count or a share stands in a frame or right behind it ("hoàn thành 2/11 nhiệm vụ")."""
        behind = progress_patterns().counted.match(self.page.key, frame.end)
        return behind is not None or bool(find_figures(self.page, frame.start, frame.end))

    def _judge(self, sentence: Sentence, start: int, limit: int, frames: list[FrameMention]) -> Statement | None:
        """The statement with these frames in [start, limit); None where too little shows that it is one."""
        page, patterns = self.page, progress_patterns()
        limit = start + len(page.key[start:limit].rstrip(" ,").removesuffix(" và"))
        end = max(trim_end(page, start, limit), frames[-1].end)
        if end - start < _SHORTEST or patterns.general.search(page.key, start, frames[0].end):
            return None
        figures = find_figures(page, start, end)
        strong = patterns.work.search(page.key, start, end) is not None
        common = strong or patterns.common.search(page.key, start, end) is not None
        enough = _ENOUGH if strong else _ENOUGH_OF_COMMON if common else _ENOUGH_WITHOUT
        points = max(frame.frame.weight for frame in frames)
        points += any(figure.unit not in ("ngày", "tháng", "năm") for figure in figures)
        points += any(figure.share is not None for figure in figures)
        points += patterns.state_time.search(page.key, max(sentence.start, start - 30), end) is not None
        dated = patterns.past_day.search(page.key, frames[0].start, end) is not None
        points += dated + (dated and frames[0].frame.verb)
        points += self._is_of_work(start, frames[0].start)
        points += find_reason(page, frames[-1].end, end) is not None
        points += sentence.index - self.last <= _NEAR
        points += self.telling
        points += len({frame.frame.name for frame in frames}) > 1
        missing = enough - points
        if missing > 1:
            return None
        speaker = self.speakers.of(sentence, start, end)
        if missing == 1 and (self.scene.one_voice or speaker is None or speaker.level < LEADER):
            return None
        return self._statement(start, end, tuple(frames), points, speaker)

    def _is_of_work(self, start: int, frame: int) -> bool:
        """Whether the subject of a frame names a work by its own noun ("Dự án bến cảng …")."""
        patterns = progress_patterns()
        at = behind_times(self.page, start, frame)
        subject = patterns.subject.match(self.page.key, at, frame)
        return subject is not None and patterns.work.search(self.page.key, at, subject.end()) is not None

    def _statement(
        self,
        start: int,
        end: int,
        frames: tuple[FrameMention, ...],
        points: int,
        speaker: Speaker | None,
        inherited: bool = False,
    ) -> Statement:
        page = self.page
        figures = tuple(find_figures(page, start, end))
        bodies = () if inherited else self._bodies(start, frames[0].start)
        work = (start, end) if inherited else find_work(page, start, end, frames, bool(bodies))
        value = value_of(frames, figures)
        reason = None if inherited else find_reason(page, frames[0].end, end)
        return Statement(start, end, value, frames, work, bodies, speaker, figures, reason, points)

    def _bodies(self, start: int, frame: int) -> tuple[BodyMention, ...]:
        """Who does the work: the bodies that are the subject of the frame."""
        page = self.page
        for clause in reversed(clauses(page, start, frame)):
            if begins_with_body(page, clause.start, frame):
                subject = self.scene.speakers.subject(clause.start, frame, None)
                if subject is not None and subject.body is not None:
                    return tuple(split_bodies(page, subject.start, subject.end))
                return ()
        return ()

    def _is_asked(self, frame: FrameMention) -> bool:
        """Whether a frame stands in what was read as an ask; one that says that it is so doesn't, where nothing but the
        asks before it made it one."""
        i = bisect.bisect_right(self.asked, (frame.start, len(self.page.text) + 1)) - 1
        if i < 0 or frame.start >= self.asked[i][1]:
            return False
        if self.asked[i][2] or not frame.frame.tense:
            return True
        return self.scene.one_voice and frame.frame.name not in _SURELY_TOLD
