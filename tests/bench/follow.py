"""Scores what `chidao follow` finds in chains: `python -m tests.bench.follow [--aside | --all] [FOLDER]`.

Every third chain (03, 06, …) is kept aside from those who write the rules: without an option these are left out, with
`--aside` only they are scored. The figures are printed as JSON, totals only.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from pipeline.chains import chain_names
from pipeline.evaluate_follow import evaluate_follow
from tests.chain_scores import follow_chain, is_aside

CHAINS = Path(__file__).parents[2] / "corpus" / "chains"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=CHAINS)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--aside", action="store_true", help="only the chains kept aside")
    which.add_argument("--all", action="store_true", help="all chains")
    arguments = parser.parse_args()
    names = [name for name in chain_names(arguments.folder) if arguments.all or is_aside(name) == arguments.aside]
    scores = evaluate_follow(arguments.folder, follow_chain, names=names)
    print(json.dumps(scores.as_json(), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
