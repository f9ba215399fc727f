"""What was read at a place of a report, and by which rules."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.records import Finding, Report


def explain(report: Report, offset: int) -> list[Finding]:
    """Everything read at the place, widest first; empty where nothing was.

    `offset` counts code points of the canonical text, from 0. Raises IndexError where the text doesn't reach it.
    """
    from pipeline.document import findings

    if not 0 <= offset < len(report.text):
        raise IndexError(offset)
    return widest_first(finding for finding in findings(report) if finding.start <= offset < finding.end)


def widest_first(found: Iterable[Finding]) -> list[Finding]:
    """The findings from the block down to the smallest mention; in the order of the text where as wide."""
    return sorted(found, key=lambda finding: (finding.start - finding.end, finding.start, finding.kind, finding.rule))
