"""Zip archives, read member by member in the order of their list.

Names are UTF-8 where the archive says so; where it doesn't (the writers of Windows use the code page of the machine)
they are read as UTF-8 if they are that, else as Windows-1258, the page of a Vietnamese machine. Encrypted members and
unknown ways of packing are errors of the member.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import IO, cast

from pipeline.errors import UnreadableDocument
from pipeline.read.archive_members import Member, learn_manifests, name_members, refuse_kind
from pipeline.read.folder import read_whole
from pipeline.read.items import Found, Opening, Source
from pipeline.read.streams import FAULTS, Guarded, broken, unpacked

_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_UNIX, _FILE_KIND, _LINK, _REGULAR = 3, 0o170000, 0o120000, 0o100000


def open_zip(source: Source, opening: Opening) -> Iterator[Found]:
    """Each member as a source, or why it isn't read. Raises UnreadableDocument where the archive is damaged,
    LimitExceeded where it has too many members or unpacks to too much."""
    try:
        archive = zipfile.ZipFile(cast(IO[bytes], Guarded(source.stream, source.path)))
    except FAULTS as error:
        raise broken(source.path, error) from error
    with archive:
        infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
        opening.budget.count(len(infos))
        # What the list says is what the members give at most: a bomb is told before anything is unpacked.
        opening.budget.renewed().spend(sum(info.file_size for info in infos))
        members = name_members(source, [_name(info) for info in infos])
        by_path = {member.path: info for member, info in zip(members, infos, strict=True)}

        def read_manifest(member: Member) -> bytes | None:
            try:
                with archive.open(by_path[member.path]) as stream:
                    return read_whole(unpacked(stream, member.path, opening.budget.renewed()), member.path)
            except (UnreadableDocument, *FAULTS):
                return None

        learn_manifests(source, members, read_manifest, opening)
        for member, info in zip(members, infos, strict=True):
            yield from _open_member(source, archive, member, info, opening)


def _open_member(
    source: Source, archive: zipfile.ZipFile, member: Member, info: zipfile.ZipInfo, opening: Opening
) -> Iterator[Found]:
    if member.refusal is not None:
        yield member.refusal
        return
    kind = info.external_attr >> 16 & _FILE_KIND if info.create_system == _UNIX else 0
    if kind not in (0, _REGULAR):
        yield refuse_kind(member.path, "link" if kind == _LINK else "device")
        return
    if info.flag_bits & _ENCRYPTED:
        yield UnreadableDocument(
            "the member is encrypted", where=member.path, remedy="Unpack it with its password and give the files"
        )
        return
    try:
        stream = archive.open(info)
    except FAULTS as error:
        yield broken(member.path, error)
        return
    with stream:
        content = unpacked(stream, member.path, opening.budget)
        yield Source(member.path, f"{source.relative}!{member.name}", content)


def _name(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    # The library has read them as code page 437, in which every byte is a character.
    data = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "cp1258"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
