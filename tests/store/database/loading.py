"""Loads documents into a database, as a process that a test may kill: python -m …loading ADDRESS FILE FIRST COUNT.

Without arguments it reads them from lines of standard input, and a child does what each line says: it tells "pid N",
how many documents there are by then, and when it is gone "ended" with the signal that it died of. So a test that kills
twenty starts the interpreter once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import msgspec

from pipeline.records import Document, decode_document
from pipeline.store.database import RunWriter, open_database

STARTED = "2026-03-02T08:00:00+07:00"


def write_documents(documents: Iterable[Document], location: Path) -> None:
    """The documents in a file, one on a line."""
    with location.open("wb") as file:
        file.writelines(msgspec.json.encode(document) + b"\n" for document in documents)


def load(address: str, location: Path, first: int, count: int) -> None:
    """Stores documents of the file, tens of them by turns in one transaction and one by one, telling on standard output
    how many there are."""
    with location.open("rb") as file:
        documents = [decode_document(line) for line in islice(file, first, first + count)]
    with open_database(address) as database, RunWriter(database, started=STARTED) as writer:
        for number in range(0, count, 10):
            some = documents[number : number + 10]
            if number % 20:
                assert not list(writer.add_all(some))
            else:
                for document in some:
                    writer.add(document)
            print(number + len(some), flush=True)


def serve() -> None:
    """Does each line of standard input in a child of its own, one after the other."""
    for line in sys.stdin:
        address, location, first, count = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            print("pid", os.getpid(), flush=True)
            load(address, Path(location), int(first), int(count))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print("ended", -os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        load(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    else:
        serve()
