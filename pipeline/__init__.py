"""Reads Vietnamese meeting reports and says who asked whom to do what by when.

The way of the data, room after room: read → language → dates → registry → extraction → link →
store → report. A room knows
the rooms before it only through the records it is handed (`records.py`). Around the rooms: `cli.py` (arguments and
exit codes), `terminal.py` (what it prints), `document.py` (one report), `spacy_component.py` (the same for spaCy),
`batch/` (many files), `commands/` (further commands), `evaluate.py`
(scores), `explain.py` (what was read at a place), `date_lines.py` (dates alone), `messages.py` (words of the
terminal), `errors.py`, and `lexicon/`, the knowledge.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from spacy.language import Language

    from pipeline.records import Document
    from pipeline.store.frames import Tables

__all__ = ["__version__", "extract", "load", "tables"]

__version__ = "0.1.0"

logging.getLogger(__name__).addHandler(logging.NullHandler())


def extract(
    text: str,
    *,
    published: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    path: str = "",
) -> Document:
    """The document of one report given as a string: the record that `chidao run` writes for a file that holds it.

    `published` is an ISO day (2023-06-08), from which relative dates count; null where it isn't known. Raises
    UnreadableDocument where the text is blank, ManifestError where `published` is no day.
    """
    from pipeline.document import extract_document
    from pipeline.read import read_string
    from pipeline.read.manifest import make_entry

    entry = make_entry(file=path, published=published, title=title, publisher=publisher, url=url)
    return extract_document(read_string(text, path=path, entry=entry))


def load() -> Language:
    """The spaCy pipeline: a Vietnamese tokenizer that keeps every character, tags, and the component that writes tasks,
    leads, deadlines and issuers into `doc.spans` (see `pipeline.spacy_component`)."""
    from pipeline import language
    from pipeline.spacy_component import COMPONENT

    nlp = language.load()
    nlp.add_pipe(COMPONENT)
    return nlp


def tables(results: str | PathLike[str]) -> Tables:
    """The reports, their tasks and who must do them as typed pandas DataFrames (see `pipeline.store.frames.Tables`).

    `results` is a folder that `chidao run` wrote, a database file, or a database's address
    (`postgresql+psycopg://…`). Raises StoreError where it holds no results.
    """
    from pipeline.store.frames import read_tables

    return read_tables(results)
