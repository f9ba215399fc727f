"""Damaged files over all readers: `python -m tests.bench.fuzz [--runs 20000] [--seed 1] [--format NAME]`.

Prints the exceptions that are none of the project's, and the slowest files; ends with 1 where there was any exception,
or a file took more than 5 seconds. A file that takes a minute ends the program with the place where it hangs.
"""

from __future__ import annotations

import argparse
import faulthandler
import resource
import sys
import traceback
from collections import Counter
from pathlib import Path

from pipeline.read.readers import CONTAINERS, READERS
from tests.read.mutated_files import CONVERTED, mutants, read_all, scratch

LONGEST = 5.0
HANGS = 60.0


def main() -> int:
    """Runs, and prints what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", action="append", help="only this format; may be given several times")
    options = parser.parse_args()
    formats = frozenset(options.format or (READERS.keys() | CONTAINERS.keys()) - CONVERTED)
    faults: Counter[str] = Counter()
    slowest: list[tuple[float, str]] = []
    with scratch() as folder:
        for number, mutant in enumerate(mutants(options.seed, options.runs, formats)):
            faulthandler.dump_traceback_later(HANGS, exit=True)
            what = f"{number} {mutant.format} as {mutant.name}: {mutant.change}"
            try:
                slowest = sorted([*slowest, (read_all(Path(folder), mutant), what)], reverse=True)[:5]
            except Exception as error:
                place = traceback.extract_tb(error.__traceback__)[-1]
                faults[f"{type(error).__name__}: {error} ({place.filename}:{place.lineno}), first in {what}"] += 1
            faulthandler.cancel_dump_traceback_later()
    for fault, times in faults.most_common():
        print(f"{times} times {fault}")
    for seconds, what in slowest:
        print(f"{seconds:.3f} s {what}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{options.runs} files, {faults.total()} foreign exceptions, most memory {memory} MiB")
    return int(bool(faults) or slowest[0][0] > LONGEST)


if __name__ == "__main__":
    sys.exit(main())
