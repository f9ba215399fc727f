"""What went wrong with one report, as plain data: it crosses the border of a process and waits to be worded."""

from __future__ import annotations

from pipeline.errors import PipelineError
from pipeline.messages import Messages
from pipeline.records import Failure, Record


class Fault(Record, frozen=True, kw_only=True):
    """A failure before it is worded. `problem` and `remedy` are the English sentences, `{name}` in them is filled from
    `details`; `error` is the exception's type. One that is not `settled` may not come again with the same input."""

    problem: str
    remedy: str
    details: dict[str, str]
    error: str
    where: str = ""
    settled: bool = True


def fault_of(error: Exception) -> Fault:
    """The fault that the error stands for; an error that is none of the project's is a defect of the program."""
    if not isinstance(error, PipelineError):
        return Fault(
            problem="the report can't be extracted ({reason})",
            remedy="This is a defect of the program: report it with the file",
            details={"reason": named(error)},
            error=type(error).__name__,
            settled=False,
        )
    problem, remedy = error.sentences
    details = {name: str(value) for name, value in error.details.items()}
    return Fault(problem=problem, remedy=remedy, details=details, error=type(error).__name__, where=error.where)


def failure_of(fault: Fault, path: str, messages: Messages) -> Failure:
    """The fault as a row of `run.json`, in the language of the messages."""
    return Failure(
        path=path,
        reason=messages.sentence(fault.problem, **fault.details),
        remedy=messages.sentence(fault.remedy, **fault.details),
        error=fault.error,
    )


def named(error: BaseException) -> str:
    """The error's type and words."""
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
