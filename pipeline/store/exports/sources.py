"""What is exported: the tasks chosen, as rows or as documents, from wherever they are kept."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol

from pipeline.records import Document
from pipeline.store.exports.annotations import with_tasks
from pipeline.store.exports.results_folder import ResultsFolder
from pipeline.store.task_rows import TaskRow, task_rows


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
def open_tasks(results: str) -> Iterator[TaskSource]:
    """The tasks of a folder of results while the block runs. Raises StoreError where it holds none."""
    yield DocumentTasks(ResultsFolder(Path(results)))
