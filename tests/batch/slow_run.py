"""`python -m tests.batch.slow_run OUT WORKERS INPUT…`: a run with the extraction for tests."""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline import batch
from pipeline.cli import _Ended, _ended_by_signals
from tests.batch.odd_work import extract_slowly

if __name__ == "__main__":
    out, workers, *inputs = sys.argv[1:]
    try:
        with _ended_by_signals():
            batch.run(
                inputs,
                out_dir=Path(out),
                started="2023-06-08T00:00:00+07:00",
                extract=extract_slowly,
                workers=int(workers),
            )
    except _Ended as ended:
        sys.exit(128 + ended.number)
