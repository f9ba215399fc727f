"""The errors the package raises, one small tree.

    PipelineError
    ├── ReadError            a report can't be read
    │   ├── UnsupportedFormat
    │   └── UnreadableDocument
    │       └── LimitExceeded    more than a stated limit: of an archive, all that is left of it is not read
    ├── ManifestError        the manifest is wrong
    ├── LexiconError         an entry of the lexicon is wrong (a defect of the package, found by its tests)
    ├── GoldError            a gold file is wrong
    ├── StoreError           results can't be written
    ├── ReviewError          a review can't be stored as given
    ├── WorkerError          the processes that do the work can't be started
    └── ClusterError         the machines that a run is spread over can't do it

Every message says what is wrong, where, and what to do about it: `problem` and `remedy` are kept
apart so that a failure's row in `run.json` can show both.
"""

from __future__ import annotations

from typing import Any


class PipelineError(Exception):
    """Base of all errors of this package.

    `problem` and `remedy` are English sentences without the full stop; `{name}` in them is filled from `details`.
    The sentences unfilled are the keys under which `pipeline.messages` finds them in another language.
    """

    def __init__(self, problem: str, *, where: str = "", remedy: str = "", **details: object) -> None:
        self.sentences = (problem, remedy)
        self.details = details
        self.problem = problem.format(**details) if details else problem
        self.where = where
        self.remedy = remedy.format(**details) if details else remedy
        super().__init__(self.problem, where, self.remedy)

    def __reduce__(self) -> tuple[Any, ...]:
        """To another process: its words, without the exceptions that caused it."""
        plain = {name: value if isinstance(value, int | float) else str(value) for name, value in self.details.items()}
        return _rebuild, (type(self), self.sentences, self.where, plain)

    def __str__(self) -> str:
        head = f"{self.where}: {self.problem}" if self.where else self.problem
        return f"{head}. {self.remedy}" if self.remedy else head


def _rebuild(
    kind: type[PipelineError], sentences: tuple[str, str], where: str, details: dict[str, object]
) -> PipelineError:
    problem, remedy = sentences
    return kind(problem, where=where, remedy=remedy, **details)


class ReadError(PipelineError):
    """A report can't be read."""


class UnsupportedFormat(ReadError):
    """No reader for this kind of file."""


class UnreadableDocument(ReadError):
    """The file's content is not what its kind promises."""


class LimitExceeded(UnreadableDocument):
    """The file would take more memory or time than is allowed: see `pipeline.read.limits`."""


class ManifestError(PipelineError):
    """The manifest is wrong: a missing column, a bad date, a file that isn't there."""


class LexiconError(PipelineError):
    """An entry of the lexicon is wrong."""


class GoldError(PipelineError):
    """A gold file is wrong: a quotation that is not in its text, a missing field."""


class StoreError(PipelineError):
    """Results can't be written."""


class ReviewError(PipelineError):
    """A review can't be stored as given: no such task, words that don't stand in its report."""


class WorkerError(PipelineError):
    """The processes that do the work can't be started."""


class ClusterError(PipelineError):
    """The machines that a run is spread over can't do it: no scheduler, no workers, another version on them."""
