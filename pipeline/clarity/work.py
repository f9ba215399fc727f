"""Where the work of a task begins, and whether it is work: an action on something, and not an attitude alone."""

from __future__ import annotations

import re

from pipeline.clarity.evidence import Found, Words
from pipeline.clarity.rules import load_rules
from pipeline.records import Task

_SYLLABLES = 3
"""What a verb and its object have at least: "quán triệt" alone says no more than that something is to be done."""
_PARTING = re.compile(r"[,;:]|(?<!\w)(?:và|với)(?!\w)", re.IGNORECASE)
_OPENING = re.compile(r"[\s,;:]*(?:(?:và|với)(?!\w) *)?", re.IGNORECASE)
_BEFORE_WORK = re.compile(r"[\s,:]*(?:(?:cần|phải|sẽ|hãy|nên|tiếp tục) +)*", re.IGNORECASE)


def work_start(words: Words, task: Task) -> int:
    """Where the task's action begins in the text: behind the addressee, where that stands in the span."""
    left = sum(not character.isspace() for character in task.action)
    at = task.span.end
    while left and at > task.span.start:
        at -= 1
        left -= not words.text[at].isspace()
    found = _BEFORE_WORK.match(words.form, at, task.span.end)
    return found.end() if found is not None and found.end() < task.span.end else at


def find_work(words: Words, task: Task, start: int) -> Found:
    """The action as evidence, or as vague words where all of its pieces tell an attitude."""
    end = task.span.end
    evidence = (words.evidence(start, end, "action"),)
    borders = [start, *(found.start() for found in _PARTING.finditer(words.form, start, end)), end]
    if len(words.text[start:end].split()) < _SYLLABLES:
        return Found((), evidence) if start < end else Found()
    if all(_is_attitude(words, *piece) for piece in zip(borders, borders[1:], strict=False)):
        return Found((), evidence)
    return Found(evidence)


def _is_attitude(words: Words, start: int, end: int) -> bool:
    """Whether a piece of the action tells no work; a piece without words tells none."""
    found = _OPENING.match(words.form, start, end)
    at = found.end() if found is not None else start
    if not words.form[at:end].strip(" .,;:"):
        return True
    return any(rule.pattern.fullmatch(words.form[at:end].rstrip(" .,;:")) for rule in load_rules("work"))
