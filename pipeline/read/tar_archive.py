"""Tar archives, read member by member in their order; packed ones come here from `gzip_file.py`.

Links, devices and pipes are errors of the member; nothing that a header says of owners, times or places is used.
Names that aren't UTF-8 are shown with their bytes (`\\xff`).
"""

from __future__ import annotations

import tarfile
from collections.abc import Callable, Iterator
from typing import IO, BinaryIO, cast

from pipeline.errors import LimitExceeded, UnreadableDocument
from pipeline.read.archive_members import Member, learn_manifests, name_members, refuse_kind
from pipeline.read.folder import read_whole
from pipeline.read.items import Found, Opening, Source
from pipeline.read.limits import Budget
from pipeline.read.manifest import MANIFEST_NAMES
from pipeline.read.streams import FAULTS, Guarded, Readable, broken, unpacked

HEADER = tarfile.BLOCKSIZE
_LINKS = (tarfile.SYMTYPE, tarfile.LNKTYPE)

Reopen = Callable[[Budget], BinaryIO]
"""The archive's bytes from the beginning, spent from that budget where they are unpacked."""


def open_tar(source: Source, opening: Opening) -> Iterator[Found]:
    """Each member as a source, or why it isn't read. Raises UnreadableDocument where the archive is damaged or breaks
    off, LimitExceeded where it has too many members; what came before that stands."""

    def reopen(_: Budget) -> BinaryIO:
        source.stream.seek(0)
        return source.stream

    return open_members(source, reopen, opening)


def open_members(source: Source, reopen: Reopen, opening: Opening) -> Iterator[Found]:
    """The members of an archive, which is gone through twice: the names and the manifests must be known before the
    members are read. Raises as `open_tar`."""
    names: list[str] = []
    manifests: dict[str, bytes] = {}
    try:
        for info, stream in _walk(source, reopen(opening.budget.renewed())):
            opening.budget.count(1)
            names.append(info.name)
            if info.name.rpartition("/")[2] in MANIFEST_NAMES and stream is not None:
                manifests[info.name] = read_whole(cast(BinaryIO, stream), source.path)
    except LimitExceeded:
        raise
    except UnreadableDocument:
        if not names:
            raise
        # The second time it breaks off at the same place, after the members before it.
    members = name_members(source, names)
    data = {member.path: manifests.get(name) for member, name in zip(members, names, strict=True)}
    learn_manifests(source, members, lambda member: data[member.path], opening)
    # The walk is asked first, so that its end is met: there it tells whether the archive breaks off.
    for (info, stream), member in zip(_walk(source, reopen(opening.budget)), members, strict=False):
        yield _found(source, member, info, stream)


def _found(source: Source, member: Member, info: tarfile.TarInfo, stream: IO[bytes] | None) -> Found:
    if member.refusal is not None:
        return member.refusal
    if info.issparse() or stream is None:
        return refuse_kind(member.path, "holes" if info.issparse() else "link" if info.type in _LINKS else "device")
    return Source(member.path, f"{source.relative}!{member.name}", unpacked(cast(Readable, stream), member.path))


def _walk(source: Source, data: BinaryIO) -> Iterator[tuple[tarfile.TarInfo, IO[bytes] | None]]:
    """Each member that is no folder, with its content where it is a file."""
    guarded = Guarded(data, source.path, forward=True)
    try:
        with tarfile.TarFile(fileobj=cast(IO[bytes], guarded), encoding="utf-8") as archive:
            while (info := archive.next()) is not None:
                # The library would keep them all.
                archive.members.clear()  # type: ignore[attr-defined]
                if info.size < 0:
                    raise ValueError("a member of less than nothing")
                if not info.isdir():
                    yield info, archive.extractfile(info) if info.isreg() and not info.issparse() else None
    except UnreadableDocument:
        raise
    except FAULTS as error:
        raise broken(source.path, error) from error
    if guarded.last.strip(b"\0") or len(guarded.last) < HEADER:
        raise UnreadableDocument(
            "the archive breaks off", where=source.path, remedy="Fetch it again: what came before is read"
        )
