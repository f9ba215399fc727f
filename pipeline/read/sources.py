"""From a file to the items in it: the format is told, containers are opened, and theirs in turn.

Everything in a file comes out as one thing: an item to read, something passed over with the reason, or an error. What
can't be read in a container costs that alone; where a container breaks off, what came before stands and one error says
so. Nothing is written anywhere: members are read as streams, or in memory up to `REPORT_LIMIT`.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import LimitExceeded, ReadError, UnreadableDocument, UnsupportedFormat
from pipeline.read.archive_members import name_members
from pipeline.read.assignment import KnownReports
from pipeline.read.folder import HEAD, NO_READER, InputFile, open_file, read_whole
from pipeline.read.formats import FORMATS, Format, find_format
from pipeline.read.items import Item, Opening, Outcome, ReadOptions, Source
from pipeline.read.limits import BAD_ROWS_LIMIT, CONTAINER_LIMIT, DEPTH_LIMIT, REPORT_LIMIT, Budget, shown_size
from pipeline.read.readers import ATTACHMENTS, CONTAINERS, NAMED, READERS, STREAMED, readable_suffixes
from pipeline.read.streams import read_head, rejoined
from pipeline.records import Skipped

Open = Callable[[str, str], tuple[BinaryIO, int]]
"""What opens the file at a location, named so in errors, as `folder.open_file` does: its stream and its size."""


def open_items(
    file: InputFile, options: ReadOptions, known: KnownReports, open: Open = open_file
) -> Iterator[Outcome]:
    """What is in the file: at least one thing, each with a path of its own, in the order of the file.

    Raises none of the project's errors: they are among the things.
    """
    held = False
    for outcome in _caught(_open(file, options, known, open), file.path):
        held = held or not isinstance(outcome, Skipped)
        yield outcome
    if not held:
        yield UnsupportedFormat(
            "the file holds no report",
            where=file.path,
            remedy="Give a file with reports of a kind that can be read ({suffixes})",
            suffixes=_shown_suffixes(),
        )


def read_single(location: str | Path, path: str) -> Item:
    """The one report of a file, without what is attached to it. Raises UnsupportedFormat where the file is a table or
    an archive or of no known kind, UnreadableDocument where it can't be read."""
    stream, size = open_file(location, path)
    with stream:
        inside, format = _look(Source(path, path, stream, size=size, named=True))
        if format.name in CONTAINERS:
            raise UnsupportedFormat(
                "the file may hold many reports", where=path, remedy="Read it with: chidao run FILE"
            )
        return _item(inside, format)


def is_report(head: bytes, name: str) -> bool:
    """Whether a file in a folder with that beginning, and a suffix that tells nothing, is one that can be read."""
    return _is_readable(find_format(head, name))


def _open(file: InputFile, options: ReadOptions, known: KnownReports, open: Open) -> Iterator[Outcome]:
    stream, size = open(file.location, file.path)
    with stream:
        if size > CONTAINER_LIMIT:
            raise UnreadableDocument(
                "the file is larger than {limit}",
                where=file.path,
                remedy="Split it into its reports",
                limit=shown_size(CONTAINER_LIMIT),
            )
        opening = Opening(options, Budget(file.path, size), known)
        yield from _expand(Source(file.path, file.relative, stream, size=size, named=file.named), opening, 0)


def _expand(source: Source, opening: Opening, depth: int) -> Iterator[Outcome]:
    inside, format = _look(source)
    container = CONTAINERS.get(format.name)
    if container is None:
        yield from _report(inside, format, opening, depth)
        return
    if depth >= DEPTH_LIMIT:
        raise UnreadableDocument(
            "more than {limit} archives lie in one another",
            where=source.path,
            remedy="Unpack it and give the folder",
            limit=DEPTH_LIMIT,
        )
    good = bad = 0
    for found in container(inside, opening):
        if isinstance(found, Source):
            yield from _caught(_expand(found, opening, depth + 1), found.path)
            continue
        good += isinstance(found, Item)
        bad += isinstance(found, ReadError)
        yield found
        if bad > max(good, BAD_ROWS_LIMIT):
            raise UnreadableDocument(
                "most of its rows or members can't be read, and more than {limit}",
                where=source.path,
                remedy="Check that it is what its name says, and which of its columns holds the text",
                limit=BAD_ROWS_LIMIT,
            )


def _caught(outcomes: Iterator[Outcome], path: str) -> Iterator[Outcome]:
    """The outcomes, with an error among them where one is raised. A limit of another file ends that one, not this."""
    try:
        yield from outcomes
    except LimitExceeded as error:
        if error.where != path:
            raise
        yield error
    except ReadError as error:
        yield error
    except OSError as error:
        yield UnreadableDocument(
            "the file can't be read ({reason})",
            where=path,
            remedy="Check that you may read it and that it is no broken link",
            reason=error.strerror or error,
        )


def _look(source: Source) -> tuple[Source, Format]:
    """The source with its stream at the beginning again, and its format.

    What isn't read as a stream is held whole in memory: the format of an office file shows at its end.
    """
    head = read_head(source.stream, HEAD)
    format = _find(head, source.path)
    if format.name in STREAMED:
        return replace(source, stream=rejoined(head, source.stream), size=None), format
    if format.name in CONTAINERS and source.size is not None and source.size > REPORT_LIMIT:
        source.stream.seek(0)
        return source, format
    data = head + read_whole(source.stream, source.path, taken=len(head))
    # Told anew where more came than the beginning.
    whole = format if len(data) == len(head) else _find(data, source.path)
    return replace(source, stream=io.BytesIO(data), size=len(data)), whole


def _find(data: bytes, path: str) -> Format:
    """The format; of a text with a suffix that is of no text (a program, a gold file) that of no report."""
    format = find_format(data, path)
    suffix = os.path.splitext(path)[1].lower()
    foreign = format.name in NAMED and suffix and suffix not in readable_suffixes()
    return FORMATS["binary"] if foreign else format


def _report(source: Source, format: Format, opening: Opening, depth: int) -> Iterator[Outcome]:
    """A plain file, and what is attached to it."""
    if not source.named and depth and not _is_taken(source.path, format):
        yield Skipped(path=source.path, reason=NO_READER)
        return
    item = _item(source, format)
    yield item
    if format.name not in ATTACHMENTS:
        return
    attached = list(ATTACHMENTS[format.name](item.data, source.path))
    opening.budget.count(len(attached))
    members = name_members(source, [name for name, _ in attached])
    for member, (_, data) in zip(members, attached, strict=True):
        if member.refusal is not None:
            yield member.refusal
        elif depth >= DEPTH_LIMIT:
            yield Skipped(path=member.path, reason="an attachment too deep in others")
        else:
            relative = f"{source.relative}!{member.name}"
            inside = Source(member.path, relative, io.BytesIO(data), size=len(data))
            yield from _caught(_expand(inside, opening, depth + 1), member.path)


def _is_taken(path: str, format: Format) -> bool:
    """As files of a folder are: by the suffix, which makes what can't be read an error, or by the content."""
    return os.path.splitext(path)[1].lower() in readable_suffixes() or _is_readable(format)


def _is_readable(format: Format) -> bool:
    return (format.name in READERS or format.name in CONTAINERS) and format.name not in NAMED


def _item(source: Source, format: Format) -> Item:
    if format.name not in READERS and format.convert_to:
        raise UnsupportedFormat(
            "no reader for this kind of file",
            where=source.path,
            remedy="Convert it to {kind}",
            kind=FORMATS[format.convert_to].suffixes[0],
        )
    if format.name not in READERS:
        raise UnsupportedFormat(
            "no reader for this kind of file",
            where=source.path,
            remedy="Give a file of a kind that can be read ({suffixes})",
            suffixes=_shown_suffixes(),
        )
    return Item(path=source.path, data=source.stream.read(), format=format.name)


def _shown_suffixes() -> str:
    return ", ".join(sorted(readable_suffixes()))
