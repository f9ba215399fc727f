"""Tables and archives made for tests."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Mapping, Sequence

from pipeline.read.assignment import KnownReports
from pipeline.read.folder import InputFile
from pipeline.read.items import Item, Outcome, ReadOptions
from pipeline.read.sources import open_items
from pipeline.records import Skipped

TEXT = "Kết luận cuộc họp\n\nNgày 7/6, Chủ tịch UBND tỉnh yêu cầu Sở Y tế báo cáo trước ngày 30/6/2023.\n"


def csv_of(rows: Sequence[Sequence[object]], delimiter: str = ",") -> bytes:
    """A CSV table, its first row the head line."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode()


def jsonl_of(rows: Sequence[object]) -> bytes:
    """JSON lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def parquet_of(columns: Mapping[str, Sequence[object]], rows_a_group: int = 1000) -> bytes:
    """A Parquet table."""
    import pyarrow
    from pyarrow import parquet

    out = io.BytesIO()
    parquet.write_table(pyarrow.table(dict(columns)), out, row_group_size=rows_a_group)
    return out.getvalue()


def zip_of(members: Mapping[str, bytes] | Sequence[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items() if isinstance(members, Mapping) else members:
            archive.writestr(name, data)
    return out.getvalue()


def tar_of(members: Mapping[str, bytes], infos: Sequence[tarfile.TarInfo] = (), *, packed: bool = False) -> bytes:
    """A tar archive of the members and of others without content."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for info in infos:
            archive.addfile(info)
    return gzip.compress(out.getvalue(), mtime=0) if packed else out.getvalue()


def outcomes_of(
    path: str, known: KnownReports | None = None, *, named: bool = True, options: ReadOptions | None = None
) -> list[Outcome]:
    """Everything in the file."""
    file = InputFile(path=path, location=path, relative=path, named=named)
    return list(open_items(file, options or ReadOptions(), known or KnownReports()))


def shown(outcomes: Sequence[Outcome]) -> dict[str, str]:
    """Each outcome's path with "item", or why it is none."""
    found = {}
    for outcome in outcomes:
        if isinstance(outcome, Item):
            found[outcome.path] = "item"
        elif isinstance(outcome, Skipped):
            found[outcome.path] = f"skipped: {outcome.reason}"
        else:
            found[outcome.where] = outcome.problem
            assert outcome.remedy
    assert len(found) == len(outcomes), "a path came twice"
    return found
