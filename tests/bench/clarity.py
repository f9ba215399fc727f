"""Scores the clarity audit over chains: `python -m tests.bench.clarity [--aside | --all] [--misses] [FOLDER]`.

Every third chain (03, 06, …) is kept aside from those who write the rules: without an option these are left out, with
`--aside` only they are scored, totals only. `--given` audits the tasks of gold, so that what the extraction missed
doesn't count: with gold's spans, and its words for lead and deadline.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.chains import GoldClarity, chain_names, read_chain
from pipeline.clarity.audit import audit_document
from pipeline.clarity.profiles import find_profile
from pipeline.clarity.records import TaskClarity
from pipeline.evaluate_clarity import evaluate_clarity
from pipeline.records import Document
from tests.bench.follow import CHAINS
from tests.chain_scores import audit_chain, is_aside
from tests.clarity.made_tasks import document_with


def audit_gold(folder: Path) -> Mapping[str, Sequence[TaskClarity]]:
    """The audits of gold's own tasks."""
    chain = read_chain(folder)
    return {
        path: _audit(
            document_with(text, [_given(text, entry) for entry in chain.gold.clarity if entry.path == path])
        )
        for path, text in chain.texts.items()
    }


def _given(text: str, entry: GoldClarity) -> tuple[int, int, list[tuple[int, int]], tuple[int, int] | None]:
    leads = [(words.start, words.end) for words in entry.slots.get("person", ())]
    times = [(words.start, words.end) for words in entry.slots.get("time", ())]
    return entry.start, entry.end, leads, times[0] if times else None


def _audit(document: Document) -> list[TaskClarity]:
    return audit_document(document, find_profile("all"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=CHAINS)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--aside", action="store_true", help="only the chains kept aside")
    which.add_argument("--all", action="store_true", help="all chains")
    parser.add_argument("--misses", action="store_true", help="every disagreement (not of chains kept aside)")
    parser.add_argument("--given", action="store_true", help="audit the tasks of gold")
    arguments = parser.parse_args()
    names = [name for name in chain_names(arguments.folder) if arguments.all or is_aside(name) == arguments.aside]
    scores, misses = evaluate_clarity(
        arguments.folder, audit_gold if arguments.given else audit_chain, names=names
    )
    print(json.dumps(scores.as_json(), ensure_ascii=False, indent=1))
    if arguments.misses and not (arguments.aside or arguments.all):
        print("\n".join(misses))


if __name__ == "__main__":
    main()
