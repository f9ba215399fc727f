"""Finding of duplicates on generated reports: `python -m tests.bench.duplicates [COUNT] [--seed N]`.

Prints recall (copies that are joined to a report of theirs) and precision (joined reports that are copies), seconds
and the peak of memory, the reports held in memory.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import Counter
from collections.abc import Sequence

from pipeline.read import read_string
from pipeline.read.duplicates import DuplicateFinder, sketch
from pipeline.read.duplicates.comparison import compare
from pipeline.read.duplicates.wording import read_wording
from pipeline.records import Duplicate, Report
from tests.read.copies import samples


def main() -> None:
    """Runs once and prints one line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", nargs="?", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--errors", action="store_true", help="print what was joined or missed wrongly")
    options = parser.parse_args()
    groups: dict[str, int] = {}
    adding = 0.0
    reports: list[Report] = []
    finder = DuplicateFinder(reports)
    for number, sample in enumerate(samples(options.count, options.seed)):
        report = read_string(sample.text, path=f"{number:06}.txt")
        groups[report.source.path] = sample.group
        start = time.process_time()
        reports.append(report)
        finder.add(sketch(report))
        adding += time.process_time() - start
    start = time.process_time()
    findings = finder.find()
    finding = time.process_time() - start
    right = sum(groups[row.path] == groups[row.of] for row in findings.duplicates)
    copies = sum(size - 1 for size in Counter(groups.values()).values())
    joined = len(findings.duplicates)
    if options.errors:
        print_errors(groups, findings.duplicates, reports)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{options.count} reports, {copies} copies: recall {right / copies:.4f}, precision {right / joined:.4f}; "
        f"adding {adding:.1f} s, finding {finding:.1f} s, peak {peak:.0f} MiB"
    )


def print_errors(groups: dict[str, int], duplicates: Sequence[Duplicate], all_reports: Sequence[Report]) -> None:
    """The comparisons behind the first wrong and the first missed pairs."""
    reports = {report.source.path: read_wording(report) for report in all_reports}
    of = {row.path: row.of for row in duplicates}
    wrong = [(path, kept) for path, kept in of.items() if groups[path] != groups[kept]]
    kept_of_group: dict[int, str] = {}
    missed = []
    for path in reports:
        if path not in of and kept_of_group.setdefault(groups[path], path) != path:
            missed.append((path, kept_of_group[groups[path]]))
    for word, pairs in (("wrong", wrong), ("missed", missed)):
        for path, kept in pairs[:8]:
            print(word, path, kept, compare(reports[path], reports[kept], press=True))


if __name__ == "__main__":
    main()
