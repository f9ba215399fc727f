"""One program on all machines: another version of it, or of its models, may read a text otherwise."""

from __future__ import annotations

from pipeline.batch.fingerprint import rules_version, versions
from pipeline.errors import ClusterError
from pipeline.records import Record


class Program(Record, frozen=True, kw_only=True):
    """What the results of a run depend on: the digest of all its `rules`, and the versions to name in an error."""

    rules: bytes
    versions: dict[str, str]


def this_program() -> Program:
    """That of this process."""
    return Program(rules=rules_version(), versions=versions())


def check(expected: Program) -> None:
    """Raises ClusterError where this process isn't the program that the run was started with: other code or lexicon,
    or another version of a library that the results depend on."""
    here = this_program()
    if here.rules == expected.rules:
        return
    named = (f"{name} {version}" for name, version in here.versions.items() if expected.versions.get(name) != version)
    raise ClusterError(
        "a worker has another program than the machine that started the run ({versions})",
        remedy="Install the same chidao, with the same constraints.txt and programs to convert files, on all machines",
        versions=", ".join(named) or "its files differ",
    )
