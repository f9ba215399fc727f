from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Block
from pipeline.report.marks import MARK_KINDS, Mark, MarkKind, Segment, find_segments, split_runs


def _shape(text: str, marks: list[Mark], segments: list[Segment] | None = None) -> str:
    """The runs written with brackets, a letter for each kind; a small letter where a mark goes on."""
    written = ""
    for runs in split_runs(text, segments or [Segment(None, 0, len(text))], marks):
        written += "/"
        for run in runs:
            for opening in run.opened:
                letter = opening.mark.kind[0]
                written += f"<{letter.upper() if opening.begins else letter}:"
            written += run.text + ">" * run.closed
    return written[1:]


def test_nested_marks_nest() -> None:
    assert _shape("abcdef", [Mark("lead", 1, 2), Mark("task", 0, 5)]) == "<T:a<L:b>cde>f"


def test_marks_side_by_side_keep_the_outer_one_open() -> None:
    assert _shape("abcd", [Mark("task", 0, 4), Mark("lead", 0, 2), Mark("deadline", 2, 4)]) == "<T:<L:ab><D:cd>>"


def test_crossing_marks_are_closed_and_opened_again() -> None:
    assert _shape("abcdef", [Mark("task", 0, 4), Mark("deadline", 2, 6)]) == "<T:ab<D:cd>><d:ef>"


def test_marks_over_the_same_words_nest_in_one_order() -> None:
    marks = [Mark("deadline", 0, 2), Mark("lead", 0, 2), Mark("task", 0, 2)]
    assert _shape("ab", marks) == _shape("ab", marks[::-1]) == "<T:<L:<D:ab>>>"


def test_a_mark_over_two_blocks_begins_once() -> None:
    segments = find_segments("ab\ncd", [Block(kind="title", start=0, end=2), Block(kind="lead", start=3, end=5)])
    assert _shape("ab\ncd", [Mark("task", 1, 4)], segments) == "a<T:b>/<t:\n>/<t:c>d"


def test_blocks_that_overlap_or_reach_too_far_are_cut() -> None:
    blocks = [Block(kind="lead", start=1, end=4), Block(kind="title", start=0, end=2),
              Block(kind="table", start=5, end=99), Block(kind="table", start=50, end=60)]  # fmt: skip
    assert find_segments("abcdef", blocks) == [
        Segment("title", 0, 2), Segment("lead", 2, 4), Segment(None, 4, 5), Segment("table", 5, 6),
    ]  # fmt: skip


def test_no_text_has_no_segments() -> None:
    assert find_segments("", [Block(kind="title", start=0, end=0)]) == []


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Block], list[Mark]]:
    """A text with blocks and marks anywhere."""
    text = draw(st.text(min_size=1, max_size=40))

    def spans() -> tuple[int, int]:
        start = draw(st.integers(0, len(text) - 1))
        return start, draw(st.integers(start + 1, len(text)))

    blocks = []
    for _ in range(draw(st.integers(0, 4))):
        start, end = spans()
        blocks.append(Block(kind=draw(st.sampled_from(["paragraph", "heading", "table"])), start=start, end=end))
    marks = {}
    for _ in range(draw(st.integers(0, 8))):
        start, end = spans()
        kind: MarkKind = draw(st.sampled_from(MARK_KINDS))
        marks[(kind, start, end)] = Mark(kind, start, end)
    return text, blocks, list(marks.values())


@given(marked_texts())
def test_every_character_stands_once_under_just_its_marks(case: tuple[str, list[Block], list[Mark]]) -> None:
    text, blocks, marks = case
    at = 0
    begun: list[Mark] = []
    for runs in split_runs(text, find_segments(text, blocks), marks):
        stack: list[Mark] = []
        for run in runs:
            stack += [opening.mark for opening in run.opened]
            begun += [opening.mark for opening in run.opened if opening.begins]
            assert run.text == text[at : at + len(run.text)] != ""
            for offset in range(at, at + len(run.text)):
                assert sorted(mark.id for mark in stack) == sorted(
                    mark.id for mark in marks if mark.start <= offset < mark.end
                )
            at += len(run.text)
            del stack[len(stack) - run.closed :]
        assert stack == []
    assert at == len(text)
    assert sorted(mark.id for mark in begun) == sorted(mark.id for mark in marks)
