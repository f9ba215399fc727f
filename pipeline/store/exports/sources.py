"""What is exported: the tasks chosen, as rows or as documents, from wherever they are kept."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pipeline.records import Document
from pipeline.store.exports.annotations import with_tasks
from pipeline.store.exports.results_folder import ResultsFolder
from pipeline.store.task_rows import TaskRow, task_rows

if TYPE_CHECKING:
    from pipeline.store.database.selection import Selection

DATABASE = "directives.db"
"""The database in a folder of results."""
# A database that lives as long as one export has no history to tell.
_NO_MOMENT = "1970-01-01T00:00:00+00:00"


class TaskSource(Protocol):
    """Tasks to export, and what they were read in. Each method gives the same in the same order, anew at each call."""

    def rows(self) -> Iterator[TaskRow]:
        """A row for each task chosen."""
        ...

    def documents(self) -> Iterator[Document]:
        """The documents that hold a task chosen, with these tasks alone."""
        ...

    def reports(self) -> Iterator[Document]:
        """All documents whole, chosen tasks or not."""
        ...


def every_task(row: TaskRow) -> bool:
    """Chooses all."""
    return True


class DocumentTasks:
    """The tasks of some documents that `chosen` accepts. The documents can be gone through more than once."""

    def __init__(self, documents: Iterable[Document], chosen: Callable[[TaskRow], bool] = every_task) -> None:
        self._documents = documents
        self._chosen = chosen

    def rows(self) -> Iterator[TaskRow]:
        """A row for each task, in the order of the documents."""
        return (row for document in self._documents for row in task_rows(document) if self._chosen(row))

    def documents(self) -> Iterator[Document]:
        """The documents in their order."""
        for document in self._documents:
            ids = {row.task_id for row in task_rows(document) if self._chosen(row)}
            if ids:
                yield with_tasks(document, ids)

    def reports(self) -> Iterator[Document]:
        """All documents in their order."""
        return iter(self._documents)


@contextlib.contextmanager
def open_tasks(results: str, selection: Selection | None = None) -> Iterator[TaskSource]:
    """The tasks that a selection means (all without one), while the block runs.

    `results` is a database (a file, or an address with "://") or a folder that a run wrote; of a folder with a
    database, the database. Without one a selection goes through a database made for it beside. Raises StoreError.
    """
    folder = Path(results)
    if "://" in results or folder.is_file():
        with _database_tasks(results, selection) as source:
            yield source
    elif (folder / DATABASE).is_file():
        with _database_tasks(str(folder / DATABASE), selection) as source:
            yield source
    elif selection is None:
        yield DocumentTasks(ResultsFolder(folder))
    else:
        with (
            tempfile.TemporaryDirectory(prefix="chidao-") as beside,
            _stored(folder, Path(beside)) as address,
            _database_tasks(address, selection) as source,
        ):
            yield source


@contextlib.contextmanager
def _database_tasks(address: str, selection: Selection | None) -> Iterator[TaskSource]:
    from pipeline.store.database import open_database
    from pipeline.store.database.search_index import ensure_index
    from pipeline.store.database.selection import Selection
    from pipeline.store.exports.database_tasks import DatabaseTasks

    with open_database(address, create=False) as database:
        if selection is not None:
            ensure_index(database)
        yield DatabaseTasks(database, selection if selection is not None else Selection())


@contextlib.contextmanager
def _stored(folder: Path, beside: Path) -> Iterator[str]:
    """The address of a database with the documents of the folder."""
    from pipeline.store.database import open_database, store

    address = str(beside / DATABASE)
    documents = ResultsFolder(folder)
    with open_database(address) as database:
        store(database, documents, started=_NO_MOMENT)
    yield address
