"""What the rules find in a stretch of a report: words that state a slot, and words that only sound like it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.clarity.rules import Match, RuleFile, load_rules, matched_form
from pipeline.records import Evidence


class Found(NamedTuple):
    """What was found for a slot, in the order of the text."""

    evidence: tuple[Evidence, ...] = ()
    vague: tuple[Evidence, ...] = ()


class Words:
    """A report's text with the form of it that rules match."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.form = matched_form(text)

    def evidence(self, start: int, end: int, rule: str) -> Evidence:
        """The words there as evidence by that rule."""
        return Evidence(start=start, end=end, exact=self.text[start:end], rule=rule)

    def find(self, file: RuleFile, start: int, end: int, work: int) -> Found:
        """What the rules of a file find in [start, end), where the work itself begins at `work`.

        Of matches that overlap the first and longest stays. A match that begins in vague words is none.
        """
        matches = [match for rule in load_rules(file) for match in rule.find(self.form, start, end)]
        vague = _apart([match for match in matches if match.rule.vague])
        stated = [match for match in matches if not match.rule.vague]
        stated = [match for match in stated if not (match.rule.not_first and match.start <= work)]
        stated = [match for match in stated if not any(other.start <= match.start < other.end for other in vague)]
        return Found(self._as_evidence(file, _apart(stated)), self._as_evidence(file, vague))

    def _as_evidence(self, file: str, matches: Sequence[Match]) -> tuple[Evidence, ...]:
        return tuple(self.evidence(match.start, match.end, f"{file}:{match.rule.name}") for match in matches)


def _apart(matches: Sequence[Match]) -> list[Match]:
    """The matches without those that overlap an earlier or, of those that begin together, a longer one."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda match: (match.start, -match.end)):
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept
