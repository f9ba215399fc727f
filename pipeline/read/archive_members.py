"""The members of an archive, of whatever kind, as the files of a folder are: named, passed over, told of by manifests.

A member's path is the archive's, `!`, and its name with forward slashes in NFC: `press.zip!2023/hop.docx`. Nothing is
ever written under a member's name; one that would lead out of the archive is refused all the same, for whoever unpacks
the archive to see what was read would be harmed by it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Sequence
from typing import Literal, NamedTuple

from pipeline.errors import ManifestError, UnreadableDocument
from pipeline.read.folder import InputFile, passed_over
from pipeline.read.items import Opening, Source, UniquePaths
from pipeline.read.manifest import MANIFEST_NAMES, parse_manifest
from pipeline.read.normalise import normalise
from pipeline.records import Skipped

_DRIVE = re.compile(r"[A-Za-z]:")


class Member(NamedTuple):
    """A member before it is read: its name in the archive, its path in results, and why it isn't read (null: it is)."""

    name: str
    path: str
    refusal: Skipped | UnreadableDocument | None


def name_members(source: Source, names: Sequence[str]) -> list[Member]:
    """The members of those names, each with a path of its own, in the same order."""
    unique = UniquePaths()
    members = []
    for given in names:
        name = normalise(given.replace("\\", "/")).removeprefix("./")
        path = unique.make(f"{source.path}!{_shown(name)}")
        members.append(Member(name, path, _refusal(name, path)))
    return members


def learn_manifests(
    source: Source, members: Sequence[Member], read: Callable[[Member], bytes | None], opening: Opening
) -> None:
    """Takes up the manifests among the members, the deepest first. `read` gives a member's bytes, or null."""
    if not opening.known.found_ones:
        return
    names = frozenset(member.name for member in members)
    files = [
        InputFile(path=member.path, location=member.name, relative=f"{source.relative}!{member.name}")
        for member in members
        if member.refusal is None
    ]
    found = [member for member in members if posixpath.basename(member.name) in MANIFEST_NAMES]
    for member in sorted(found, key=lambda member: (-member.name.count("/"), member.name)):
        folder = posixpath.dirname(member.name)
        data = read(member)
        if data is None:
            continue
        try:
            manifest = parse_manifest(data, member.path, folder=folder)
        except ManifestError as problem:
            opening.known.problems.append(problem)
            continue
        below = [file for file in files if file.location.startswith(f"{folder}/" if folder else "")]
        opening.known.learn(manifest, below, _there(folder, names))


def _there(folder: str, names: Collection[str]) -> Callable[[str], bool]:
    return lambda file: posixpath.join(folder, file) in names


def _refusal(name: str, path: str) -> Skipped | UnreadableDocument | None:
    parts = name.split("/")
    if name.startswith("/") or ".." in parts or _DRIVE.match(name):
        return UnreadableDocument(
            "the member's name leads out of the archive",
            where=path,
            remedy="Pack it again with names below the archive's own folder, if you trust it",
        )
    if any(part.startswith(".") or part == "__MACOSX" for part in parts[:-1]):
        return Skipped(path=path, reason="a file in a hidden folder")
    reason = passed_over(parts[-1], MANIFEST_NAMES)
    return Skipped(path=path, reason=reason) if reason else None


def _shown(name: str) -> str:
    # Lone surrogates stand for bytes of a name that isn't UTF-8; no JSON can hold them.
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def refuse_kind(where: str, kind: Literal["link", "device", "holes"]) -> UnreadableDocument:
    """The error for a member that is no plain file but a link, a device or pipe, or a file with holes."""
    remedy = "Pack the file itself"
    if kind == "link":
        return UnreadableDocument("the member is a link, which isn't followed", where=where, remedy=remedy)
    if kind == "holes":
        return UnreadableDocument("the member is a file with holes", where=where, remedy=remedy)
    return UnreadableDocument("the member is a device or pipe, no file", where=where, remedy=remedy)
