"""Scores `chidao follow` over chains: `python -m tests.bench.follow [--aside | --all] [FOLDER]`.

Every third chain (03, 06, …) is kept aside from those who write the rules: without an option these are left out, with
`--aside` only they are scored. The figures are printed as JSON, totals only.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from pipeline.chains import FollowedMatter, chain_names, read_followed
from pipeline.evaluate_follow import evaluate_follow

CHAINS = Path(__file__).parents[2] / "corpus" / "chains"


def is_aside(name: str) -> bool:
    """Whether the chain is one of those that no rule is written on."""
    return int(name.split("-")[0]) % 3 == 0


def run_follow(folder: Path, day: str | None) -> list[FollowedMatter]:
    """What the command prints for a chain, as of a day where one is given."""
    command = [sys.executable, "-m", "pipeline", "follow", str(folder), "--manifest", str(folder / "manifest.csv")]
    command += ["--format", "json", *(["--as-of", day] if day else [])]
    return read_followed(subprocess.run(command, check=True, capture_output=True).stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=CHAINS)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--aside", action="store_true", help="only the chains kept aside")
    which.add_argument("--all", action="store_true", help="all chains")
    arguments = parser.parse_args()
    names = [name for name in chain_names(arguments.folder) if arguments.all or is_aside(name) == arguments.aside]
    scores = evaluate_follow(arguments.folder, run_follow, names=names)
    print(json.dumps(scores.as_json(), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
