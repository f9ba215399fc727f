"""A folder with everything that a run can meet, and what the results of a run say of it."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import msgspec
from pyarrow import parquet

from pipeline.cluster.storage import Storage
from pipeline.records import RunRecord, decode_run

PLACES = ("Nghệ An", "Hà Tĩnh", "Quảng Bình", "Quảng Trị", "Lâm Đồng", "Đắk Lắk", "Gia Lai", "Kon Tum")
WORKS = ("rà soát các công trình thủy lợi", "kiểm tra việc thu phí", "tổng hợp số liệu giải ngân", "thẩm định dự án")


def report(number: int, *, day: int = 30) -> str:
    """A report like no other."""
    place, work = PLACES[number % len(PLACES)], WORKS[number // len(PLACES) % len(WORKS)]
    return (
        f"{place}: họp bàn lần thứ {number}\n\n"
        f"Chiều 7/6, UBND tỉnh {place} họp phiên thường kỳ số {number}, bàn {number + 3} nội dung về {work}.\n\n"
        f"Kết luận cuộc họp, Chủ tịch UBND tỉnh yêu cầu Sở Tài chính chủ trì, phối hợp với Sở Xây dựng {work} tại "
        f"{number + 11} xã, báo cáo trước ngày {day}/6/2023. Giao Công an tỉnh xử lý {number + 5} vụ việc tồn đọng.\n"
    )


def mixed_files() -> dict[str, bytes]:
    """Texts, a duplicate, two versions under one address, a table, an archive with a manifest, files that fail."""
    files = {f"press/{number:03}.txt": report(number).encode() for number in range(9)}
    files["press/003 copy.txt"] = files["press/003.txt"]
    files["versions/old.txt"] = report(40).encode()
    files["versions/new.txt"] = report(40, day=28).encode()
    address = "https://example.org/40"
    rows = [
        {"file": "old.txt", "published": "2023-06-07", "url": address},
        {"file": "new.txt", "published": "2023-06-08", "url": address},
        {"file": "gone.txt", "published": "2023-06-08"},
    ]
    files["versions/manifest.jsonl"] = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    lines = [{"id": number, "content": report(number), "date": "2023-06-08"} for number in range(50, 57)]
    lines.append({"id": 57, "content": ""})
    files["table.jsonl"] = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", report(60))
        archive.writestr("manifest.csv", "file,published\na.txt,2023-06-08\nb.txt,2023-06-08\n")
        archive.writestr("picture.bin", b"\x00\x01")
    files["packed.zip"] = packed.getvalue()
    files["broken.pdf"] = b"%PDF-1.7 nothing more"
    files["empty.txt"] = b""
    return files


def write_files(folder: Path, files: dict[str, bytes]) -> None:
    """The files on the disk."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def rows(storage: Storage, table: str) -> list[dict[str, object]]:
    """The rows of all Parquet files of a table, in the order of the files."""
    names = [name for name in storage.names(table) if name.endswith(".parquet")]
    files = [io.BytesIO(storage.read(f"{table}/{name}")) for name in names]
    return [row for file in files for row in parquet.read_table(file).to_pylist()]


def documents(storage: Storage) -> list[tuple[object, object]]:
    """Every document by its id."""
    return sorted((row["id"], row["document"]) for row in rows(storage, "documents"))


def recorded(storage: Storage) -> RunRecord:
    """The record of the run without what differs between two runs: times, and where documents lie."""
    record = decode_run(storage.read("run.json"))
    reports = tuple(msgspec.structs.replace(report, json="") for report in record.reports)
    return msgspec.structs.replace(record, started="", seconds=0, reports=reports)
