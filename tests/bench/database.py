"""How fast reports are stored: python -m tests.bench.database [COUNT [ADDRESS]]

Reports made from the corpus with other names, places and days (`varied_reports`); making them isn't counted. Prints the
rate of storing new reports, of storing the same again, of storing them with every task changed, the database's size,
and how long `chidao check` takes. CPU time stands beside: on a busy machine it tells more.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from msgspec.structs import replace

from pipeline.document import extract_document
from pipeline.read import read
from pipeline.read.manifest import make_entry
from pipeline.records import Document
from pipeline.store.database import RunWriter, open_database
from pipeline.store.database.checks import check
from tests.bench.varied_reports import varied_documents

CORPUS = Path(__file__).parents[2] / "corpus"
_GROUP = 1000


def corpus_documents() -> list[Document]:
    """The corpus read by the program."""
    files = sorted(CORPUS.glob("*.txt"))
    return [extract_document(read(file, entry=make_entry(file=file.name, published="2024-03-01"))) for file in files]


def surer(document: Document) -> Document:
    """The document as a newer version of the program may read it: every task with another confidence."""
    directives = tuple(
        replace(directive, tasks=tuple(replace(task, confidence=task.confidence / 2) for task in directive.tasks))
        for directive in document.directives
    )
    return replace(document, directives=directives)


def measure(name: str, address: str, documents: Callable[[], Iterator[Document]]) -> None:
    """Stores the documents as one run and prints the rate."""
    wall = cpu = 0.0
    count = 0
    with open_database(address) as database, RunWriter(database, started="2026-03-02T08:00:00+00:00") as writer:
        made = documents()
        while group := list(islice(made, _GROUP)):
            clock, used = time.perf_counter(), time.process_time()
            _store(writer, group)
            wall += time.perf_counter() - clock
            cpu += time.process_time() - used
            count += len(group)
    print(f"{name}: {count / wall:,.0f} reports/s ({count / cpu:,.0f} per CPU second)", flush=True)


def _store(writer: RunWriter, documents: Iterable[Document]) -> None:
    for fault in writer.add_all(documents):
        raise fault


def main(count: int, address: str) -> None:
    """Prints the figures."""
    base = corpus_documents()
    measure("new", address, lambda: varied_documents(base, count))
    if "://" not in address:
        size = os.path.getsize(address)
        print(f"{size / 1e6:,.0f} MB, {size / count:,.0f} bytes a report")
    measure("again", address, lambda: varied_documents(base, min(count, 10_000)))
    measure("changed", address, lambda: map(surer, varied_documents(base, min(count, 10_000))))
    clock = time.perf_counter()
    with open_database(address) as database:
        faults = sum(1 for _ in check(database))
    print(f"check: {faults} faults, {time.perf_counter() - clock:,.0f} s")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        given = sys.argv[1:]
        main(int(given[0]) if given else 100_000, given[1] if len(given) > 1 else f"{folder}/directives.db")
