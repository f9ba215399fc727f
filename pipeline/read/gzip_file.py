"""Gzip files: one file packed, which may be an archive (`.tar.gz`) or a table (`articles.jsonl.gz`)."""

from __future__ import annotations

import gzip
import posixpath
from collections.abc import Iterator
from typing import BinaryIO, cast

from pipeline.read.formats import find_format
from pipeline.read.items import Found, Opening, Source
from pipeline.read.limits import Budget
from pipeline.read.streams import Readable, read_head, unpacked
from pipeline.read.tar_archive import HEADER, open_members

_SUFFIXES = frozenset({".gz", ".gzip"})


def open_gzip(source: Source, opening: Opening) -> Iterator[Found]:
    """The members of a packed archive, as if it weren't packed; else the one file, named as the packed one is but for
    its suffix. Raises UnreadableDocument where it can't be unpacked, LimitExceeded where it unpacks to too much."""

    def reopen(budget: Budget) -> BinaryIO:
        source.stream.seek(0)
        return unpacked(cast(Readable, gzip.GzipFile(fileobj=source.stream)), source.path, budget)

    head = read_head(reopen(opening.budget.renewed()), HEADER)
    if find_format(head, "").name == "tar":
        yield from open_members(source, reopen, opening)
        return
    path, relative = (f"{outer}!{_inner_name(source.path)}" for outer in (source.path, source.relative))
    yield Source(path, relative, reopen(opening.budget), named=source.named)


def _inner_name(path: str) -> str:
    name = posixpath.basename(path.rpartition("!")[2])
    stem, suffix = posixpath.splitext(name)
    return stem if suffix.lower() in _SUFFIXES else name
