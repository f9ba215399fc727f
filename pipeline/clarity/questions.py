"""The question to ask about a slot that a task doesn't state."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

import msgspec

from pipeline import lexicon
from pipeline.clarity.evidence import Found
from pipeline.clarity.records import Slot
from pipeline.records import Task

Language = Literal["vi", "en"]

WORK = 80
"""Characters of the work that a question repeats at most."""


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same in both languages."""

    vi: str
    en: str

    def in_language(self, language: Language) -> str:
        """The words in the language."""
        return self.vi if language == "vi" else self.en


class SlotQuestion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The questions about one slot."""

    slot: Slot
    missing: Wording
    vague: Wording


class QuestionLexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `lexicon/clarity/questions.toml`."""

    nobody: Wording
    question: list[SlotQuestion]


@cache
def load_questions() -> QuestionLexicon:
    """The questions. Raises LexiconError on a bad entry."""
    return lexicon.read_entries("clarity/questions.toml", QuestionLexicon)


def question_for(slot: Slot, found: Found, task: Task, language: Language) -> str:
    """What to ask: about words that sound like the slot and don't tell, where there are such, else about the task."""
    questions = load_questions()
    asked = next(question for question in questions.question if question.slot == slot)
    lead = ", ".join(body.name for body in task.lead) or questions.nobody.in_language(language)
    wording = asked.vague if found.vague else asked.missing
    said = ", ".join(dict.fromkeys(_plain(piece.exact) for piece in found.vague))
    return wording.in_language(language).format(lead=lead, work=_shortened(_plain(task.action)), words=_shortened(said))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _shortened(text: str) -> str:
    """The text up to the last word that has room, with "…" where words are left out."""
    if len(text) <= WORK:
        return text
    return text[: WORK + 1].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
