"""The figures of follow-up and clarity over `corpus/chains`, read and joined in this process.

Every third chain (03, 06, …) is kept aside from those who write the rules: its figures are those to expect elsewhere.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import msgspec

from pipeline.chains import FollowedMatter, chain_names, read_followed
from pipeline.clarity.audit import audit_document
from pipeline.clarity.profiles import find_profile
from pipeline.clarity.records import TaskClarity
from pipeline.document import extract_document
from pipeline.evaluate_clarity import evaluate_clarity
from pipeline.evaluate_follow import evaluate_follow
from pipeline.follow.features import read_features
from pipeline.follow.ledger import make_ledger
from pipeline.follow.listing import list_matter
from pipeline.read import read
from pipeline.read.manifest import read_manifest
from pipeline.records import Document

AFTER_ALL = datetime.date(2029, 12, 31)
"""A day after the last report of any chain."""


def is_aside(name: str) -> bool:
    """Whether the chain is one of those that no rule is written on."""
    return int(name.split("-")[0]) % 3 == 0


@cache
def documents_of(folder: Path) -> Mapping[str, Document]:
    """A chain's reports as the pipeline reads them, by the names of their files."""
    entries = {entry.file: entry for entry in read_manifest(folder / "manifest.csv").entries}
    return {
        path.name: extract_document(read(path, entry=entries.get(path.name))) for path in sorted(folder.glob("*.txt"))
    }


def follow_chain(folder: Path, day: str | None) -> list[FollowedMatter]:
    """The matters of a chain as `chidao follow --format json` prints them, as of a day where one is given."""
    as_of = datetime.date.fromisoformat(day) if day else AFTER_ALL
    read_in = [pair for document in documents_of(folder).values() for pair in read_features(document)]
    listed = [list_matter(matter, as_of) for matter in make_ledger(read_in, as_of=as_of)]
    return read_followed(msgspec.json.encode(listed))


def audit_chain(folder: Path) -> Mapping[str, Sequence[TaskClarity]]:
    """The audits of a chain's reports."""
    profile = find_profile("all")
    return {name: audit_document(document, profile) for name, document in documents_of(folder).items()}


@cache
def measure_chains(folder: Path) -> dict[str, dict[str, float]]:
    """The figures of the chains kept aside and of the others."""
    found = {}
    for group, aside in (("aside", True), ("worked", False)):
        names = [name for name in chain_names(folder) if is_aside(name) == aside]
        followed = evaluate_follow(folder, follow_chain, names=names)
        clarity, _ = evaluate_clarity(folder, audit_chain, names=names)
        found[group] = {
            "progress": followed.progress.f1,
            "links": followed.links.f1,
            "links_precision": followed.links.precision,
            "matters": followed.bcubed,
            "status": followed.status,
            "clarity": clarity.of_found.f1,
        }
    return found


def digest_of_chains(folder: Path) -> dict[str, str]:
    """A digest of each group's texts, days and gold."""
    digests = {group: hashlib.sha256() for group in ("aside", "worked")}
    for name in chain_names(folder):
        for file in sorted((folder / name).iterdir()):
            part = f"{name}/{file.name}".encode() + file.read_bytes()
            digests["aside" if is_aside(name) else "worked"].update(hashlib.sha256(part).digest())
    return {group: digest.hexdigest()[:16] for group, digest in digests.items()}
