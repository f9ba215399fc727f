"""What the tests of exports share."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable

import pytest

from pipeline.records import Document
from pipeline.store.exports.formats import RowFormat, format_named
from pipeline.store.exports.options import Columns, ExportOptions
from pipeline.store.exports.sources import DocumentTasks
from pipeline.store.task_rows import TaskRow
from tests.store.exports.made_documents import make_documents

Exported = Callable[..., bytes]


@pytest.fixture(scope="session")
def documents() -> list[Document]:
    """1,000 tasks."""
    return make_documents(1000)


@pytest.fixture(scope="session")
def rows(documents: list[Document]) -> list[TaskRow]:
    return list(DocumentTasks(documents).rows())


@pytest.fixture(scope="session")
def exported(documents: list[Document]) -> Exported:
    """The bytes of an export in a format: of the 1,000 tasks, made once, or of other documents."""

    def export(name: str, columns: Columns = "form", of: list[Document] | None = None) -> bytes:
        return _export(documents if of is None else of, name, columns)

    kept = functools.cache(lambda name, columns: export(name, columns))

    def give(name: str, columns: Columns = "form", of: list[Document] | None = None) -> bytes:
        return kept(name, columns) if of is None else export(name, columns, of)

    return give


def _export(documents: list[Document], name: str, columns: Columns) -> bytes:
    source = DocumentTasks(documents)
    options = ExportOptions(columns=columns, version="0.1.0")
    file = io.BytesIO()
    chosen = format_named(name)
    if isinstance(chosen, RowFormat):
        chosen.write(source.rows(), file, options)
    else:
        chosen.write(source.documents(), file, options)
    return file.getvalue()
