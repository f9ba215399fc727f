"""Archives: each member as the file of a folder is, and nothing that a hostile one asks for."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from pipeline.read import limits, read_item, readers, sources
from pipeline.read.assignment import KnownReports
from pipeline.read.items import Item
from tests.read.made_files import TEXT, csv_of, jsonl_of, outcomes_of, parquet_of, shown, tar_of, zip_of

DATA = TEXT.encode()
MEMBERS = {
    "2023/họp.txt": DATA,
    "a.md": DATA + b"a",
    "t.csv": csv_of([("id", "text"), ("x", "Một"), ("y", "Hai")]),
    "README.md": b"x",
    "old.rar": b"Rar!\x1a\x07\x01\x00",
    "data.json": b"{}",
    ".hidden/b.txt": DATA,
    "__MACOSX/._a.md": DATA,
}
FOUND = {
    "!2023/họp.txt": "item",
    "!a.md": "item",
    "!t.csv#x": "item",
    "!t.csv#y": "item",
    "!README.md": "skipped: a file about the folder, no report",
    "!old.rar": "skipped: no reader for this kind of file",
    "!data.json": "skipped: no reader for this kind of file",
    "!.hidden/b.txt": "skipped: a file in a hidden folder",
    "!__MACOSX/._a.md": "skipped: a file in a hidden folder",
}
KINDS = ("zip", "tar", "tar.gz")


def archive(kind: str, members: dict[str, bytes]) -> bytes:
    return zip_of(members) if kind == "zip" else tar_of(members, packed=kind == "tar.gz")


def write(name: str, data: bytes) -> str:
    Path(name).write_bytes(data)
    return name


def below(path: str, found: dict[str, str]) -> dict[str, str]:
    return {f"{path}{inner}": what for inner, what in found.items()}


@pytest.fixture(autouse=True)
def nothing_else_is_written(folder: Path) -> Iterable[None]:
    yield
    assert all(path.parent == folder for path in folder.rglob("*")), "a member was written"


@pytest.mark.parametrize("kind", KINDS)
def test_members_are_files_of_a_folder(folder: Path, kind: str) -> None:
    path = write(f"a.{kind}", archive(kind, MEMBERS))
    outcomes = outcomes_of(path)
    assert shown(outcomes) == below(path, FOUND)
    report = read_item(next(item for item in outcomes if isinstance(item, Item)))
    assert (report.text, report.source.path, report.source.media_type) == (TEXT, f"{path}!2023/họp.txt", "text/plain")


@pytest.mark.parametrize("kind", KINDS)
def test_the_content_tells_the_archive(folder: Path, kind: str) -> None:
    path = write("a.txt", archive(kind, {"x.txt": DATA}))
    assert shown(outcomes_of(path)) == {"a.txt!x.txt": "item"}


@pytest.mark.parametrize("outer", KINDS)
@pytest.mark.parametrize("inner", KINDS)
def test_archives_in_archives(folder: Path, outer: str, inner: str) -> None:
    path = write(f"o.{outer}", archive(outer, {f"b/i.{inner}": archive(inner, MEMBERS), "z.txt": DATA}))
    assert shown(outcomes_of(path)) == below(f"{path}!b/i.{inner}", FOUND) | {f"{path}!z.txt": "item"}


def test_archives_too_deep(folder: Path) -> None:
    data = zip_of({"x.txt": DATA})
    for _ in range(limits.DEPTH_LIMIT):
        data = zip_of({"i.zip": data, "y.txt": DATA})
    found = shown(outcomes_of(write("o.zip", data)))
    assert found == {
        "o.zip!i.zip!i.zip!i.zip": "more than 3 archives lie in one another",
        "o.zip!i.zip!i.zip!y.txt": "item",
        "o.zip!i.zip!y.txt": "item",
        "o.zip!y.txt": "item",
    }


@pytest.mark.parametrize("inner", ["t.csv", "t.jsonl", "t.parquet"])
def test_tables_in_gzip_files_and_archives(folder: Path, inner: str) -> None:
    table = {
        "t.csv": csv_of([("id", "text"), (1, "Một")]),
        "t.jsonl": jsonl_of([{"id": 1, "text": "Một"}]),
        "t.parquet": parquet_of({"id": [1], "text": ["Một"]}),
    }[inner]
    write(f"{inner}.gz", gzip.compress(table))
    write("a.zip", zip_of({inner: table, f"{inner}.gz": gzip.compress(table)}))
    assert shown(outcomes_of(f"{inner}.gz")) == {f"{inner}.gz!{inner}#1": "item"}
    assert shown(outcomes_of("a.zip")) == {
        f"a.zip!{inner}#1": "item", f"a.zip!{inner}.gz!{inner}#1": "item",
    }  # fmt: skip


def test_an_archive_without_reports(folder: Path) -> None:
    foreign = zip_of({"x.rar": b"Rar!\x1a\x07\x01\x00"})
    assert shown(outcomes_of(write("a.zip", zip_of({})))) == {"a.zip": "the file holds no report"}
    assert shown(outcomes_of(write("b.zip", foreign)))["b.zip"] == "the file holds no report"


@pytest.mark.parametrize("kind", KINDS)
def test_manifests_in_archives(folder: Path, kind: str) -> None:
    members = {
        "x.txt": DATA,
        "sub/x.txt": DATA + b"1",
        "sub/t.csv": csv_of([("id", "text"), ("7", "Một")]),
        "manifest.csv": b"file,published\nx.txt,2023-01-01\nsub/x.txt,2023-01-02\nsub/t.csv#7,2023-01-03\ngone.txt,\n",
        "sub/manifest.jsonl": b'{"file": "x.txt", "published": "2022-01-02"}\n',
    }
    path = write(f"a.{kind}", archive(kind, members))
    known = KnownReports()
    days = {}
    for outcome in outcomes_of(path, known):
        if isinstance(outcome, Item):
            entry = known.entry(outcome.path)
            days[outcome.path.partition("!")[2]] = entry.published if entry else None
    assert days == {"x.txt": "2023-01-01", "sub/x.txt": "2022-01-02", "sub/t.csv#7": "2023-01-03"}
    assert [problem.where for problem in known.problems] == [f"{path}!manifest.csv:5"]
    assert sorted(known.used) == [f"{path}!manifest.csv", f"{path}!sub/manifest.jsonl"]
    alone = KnownReports(found_ones=False)
    outcomes_of(path, alone)
    assert not alone.used


@pytest.mark.parametrize("name", ["../x.txt", "/etc/x.txt", "a/../../x.txt", "C:\\x.txt", "..\\x.txt", "a/.."])
@pytest.mark.parametrize("kind", KINDS)
def test_names_that_lead_out(folder: Path, kind: str, name: str) -> None:
    path = write(f"a.{kind}", archive(kind, {name: DATA, "good.txt": DATA}))
    found = shown(outcomes_of(path))
    assert found.pop(f"{path}!good.txt") == "item"
    assert list(found.values()) == ["the member's name leads out of the archive"]


def test_links_and_devices_in_tar(folder: Path) -> None:
    infos = []
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE):
        info = tarfile.TarInfo(f"k{kind.decode()}.txt")
        info.type, info.linkname = kind, "/etc/passwd"
        infos.append(info)
    found = shown(outcomes_of(write("a.tar", tar_of({"x.txt": DATA}, infos))))
    assert found == {
        "a.tar!x.txt": "item",
        "a.tar!k2.txt": "the member is a link, which isn't followed",
        "a.tar!k1.txt": "the member is a link, which isn't followed",
        "a.tar!k3.txt": "the member is a device or pipe, no file",
        "a.tar!k4.txt": "the member is a device or pipe, no file",
        "a.tar!k6.txt": "the member is a device or pipe, no file",
    }


def test_links_in_zip(folder: Path) -> None:
    link = zipfile.ZipInfo("l.txt")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    found = shown(outcomes_of(write("a.zip", zip_of([(link, b"/etc/passwd"), ("x.txt", DATA)]))))
    assert found == {"a.zip!l.txt": "the member is a link, which isn't followed", "a.zip!x.txt": "item"}


def patched(data: bytes, *, local: tuple[int, bytes], central: tuple[int, bytes]) -> bytes:
    """A zip archive of one member with bytes of its two headers changed."""
    out = bytearray(data)
    for mark, (offset, value) in ((b"PK\x03\x04", local), (b"PK\x01\x02", central)):
        start = data.index(mark) + offset
        out[start : start + len(value)] = value
    return bytes(out)


def test_a_member_without_a_name(folder: Path) -> None:
    data = zip_of([("x.txt", DATA), ("y", DATA)])
    first = data.index(b"PK\x01\x02")
    last = data.index(b"PK\x01\x02", first + 4)
    # The second entry of the list has a name of no length, which makes the list a byte shorter.
    entry = data[last : last + 28] + b"\0\0" + data[last + 30 : last + 46]
    end = data[last + 47 :]
    size = struct.pack("<I", last + len(entry) - first)
    found = shown(outcomes_of(write("a.zip", data[:last] + entry + end[:12] + size + end[16:])))
    assert found.pop("a.zip!x.txt") == "item"
    assert list(found) == ["a.zip!"]


def test_encrypted_and_unknown_packing(folder: Path) -> None:
    one = zip_of({"x.txt": DATA})
    encrypted = patched(one, local=(6, b"\x01\x00"), central=(8, b"\x01\x00"))
    assert shown(outcomes_of(write("a.zip", encrypted))) == {"a.zip!x.txt": "the member is encrypted"}
    unknown = patched(one, local=(8, b"\x63\x00"), central=(10, b"\x63\x00"))
    assert "it can't be unpacked" in shown(outcomes_of(write("b.zip", unknown)))["b.zip!x.txt"]


def test_a_broken_member_costs_itself_alone(folder: Path) -> None:
    data = bytearray(zip_of([("x.txt", DATA), ("y.txt", DATA)]))
    data[40] ^= 0xFF
    found = shown(outcomes_of(write("a.zip", bytes(data))))
    assert "it can't be unpacked" in found["a.zip!x.txt"]
    assert found["a.zip!y.txt"] == "item"


@pytest.mark.parametrize(
    ("raw", "shown_name"),
    [("họp.txt".encode(), "họp.txt"), ("hội.txt".encode("cp1258", "ignore"), None), (b"b\xe0i.txt", "bài.txt")],
)
def test_names_in_other_encodings_in_zip(folder: Path, raw: bytes, shown_name: str | None) -> None:
    info = zipfile.ZipInfo("x" * len(raw))
    data = zip_of([(info, DATA)]).replace(b"x" * len(raw), raw)
    assert list(shown(outcomes_of(write("a.zip", data)))) == [f"a.zip!{shown_name or raw.decode('cp1258')}"]


def test_names_that_are_not_utf8_in_tar(folder: Path) -> None:
    data = tar_of({"b\udce0i.txt": DATA})
    assert list(shown(outcomes_of(write("a.tar", data)))) == ["a.tar!b\\xe0i.txt"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_that_come_twice(folder: Path) -> None:
    path = write("a.zip", zip_of([("x.txt", DATA), ("x.txt", DATA + b"1"), ("x.txt (2)", DATA), ("./x.txt", DATA)]))
    outcomes = outcomes_of(path)
    assert len(shown(outcomes)) == 4
    texts = [item.data for item in outcomes if isinstance(item, Item)]
    assert texts == [DATA, DATA + b"1", DATA]


def test_bombs_are_told_before_anything_is_read(folder: Path) -> None:
    bomb = b"\0" * (40 * limits.MIB)
    problem = "the archive unpacks to more than 200 times its size, as archives made to do harm do"
    write("a.zip", zip_of({"good.txt": DATA, "x.txt": bomb}))
    assert shown(outcomes_of("a.zip")) == {"a.zip": problem}
    write("a.tar.gz", tar_of({"good.txt": DATA, "x.txt": bomb}, packed=True))
    assert shown(outcomes_of("a.tar.gz")) == {"a.tar.gz": problem}


def test_a_bomb_in_an_archive_ends_all_of_it(folder: Path) -> None:
    inner = {f"{n}.zip": zip_of({"x.txt": b"\0" * (8 * limits.MIB)}) for n in range(9)}
    found = shown(outcomes_of(write("a.zip", zip_of({"a.txt": DATA, **inner, "z.txt": DATA}))))
    assert found["a.zip"].startswith("the archive unpacks to more than 200 times")
    assert found["a.zip!a.txt"] == "item"
    assert "a.zip!z.txt" not in found
    bomb = gzip.compress(b"id,text\n" + (b"1," + b"x" * limits.MIB + b"\n") * 40)
    found = shown(outcomes_of(write("t.csv.gz", bomb)))
    assert found["t.csv.gz"].startswith("the archive unpacks to more than 200 times")


def test_limits_of_numbers_and_sizes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in KINDS:
        path = write(f"a.{kind}", archive(kind, {"a.txt": DATA, "b.txt": DATA * 100, "c.txt": DATA}))
        with monkeypatch.context() as patch:
            patch.setattr(limits, "MEMBER_LIMIT", 2)
            assert shown(outcomes_of(path)) == {path: "the archive has more than 2 members"}
        with monkeypatch.context() as patch:
            patch.setattr(limits, "UNPACKED_LIMIT", 5000)
            if kind != "tar":
                assert shown(outcomes_of(path)) == {path: "the archive unpacks to more than 5000 B"}
        with monkeypatch.context() as patch:
            for module in ("folder", "sources"):
                patch.setattr(f"pipeline.read.{module}.REPORT_LIMIT", 5000)
            found = shown(outcomes_of(path))
            assert found.pop(f"{path}!b.txt") == "the file is larger than 4 KiB".replace("4 KiB", "5000 B")
            assert set(found.values()) <= {"item", "the file is larger than 5000 B"}
    with monkeypatch.context() as patch:
        patch.setattr(sources, "CONTAINER_LIMIT", 100)
        assert shown(outcomes_of("a.zip")) == {"a.zip": "the file is larger than 64 MiB".replace("64 MiB", "100 B")}


def test_a_list_of_members_too_long(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.read import streams

    path = write("a.zip", zip_of({f"{n:099}.txt": b"" for n in range(999)}))
    monkeypatch.setattr(streams, "LARGEST_READ", 100_000)
    assert "list of members is larger than" in shown(outcomes_of(path))[path]
    header = tarfile.TarInfo("x.txt")
    header.pax_headers = {"comment": "x" * 200_000}
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as pax:
        pax.addfile(header)
    path = write("a.tar", out.getvalue())
    assert "list of members is larger than" in shown(outcomes_of(path))[path]


@pytest.mark.parametrize("kind", KINDS)
def test_truncated_archives(folder: Path, kind: str) -> None:
    """Wherever it is cut, the members before the cut stand, and one error says that it was."""
    data = archive(kind, {f"{n}.txt": DATA * 40 + bytes([65 + n]) for n in range(4)})
    for end in range(300, len(data) - 1, max(1, len(data) // 60)):
        outcomes = outcomes_of(write("x", data[:end]))
        assert outcomes
        items = [item for item in outcomes if isinstance(item, Item)]
        assert all(item.data.startswith(DATA) for item in items)
        if kind != "tar" or end < len(data) - 8704:
            assert len(items) < len(outcomes)


def test_a_tar_that_points_backwards_ends(folder: Path) -> None:
    """A header with a negative size led the library round in a circle (CVE-2025-8194)."""
    data = bytearray(tar_of({"a.txt": DATA, "b.txt": DATA}))
    data[124:136] = b"\xff" * 8 + struct.pack(">i", -1024)
    checksum = sum(data[:148]) + 8 * 32 + sum(data[156:512])
    data[148:156] = b"%06o\0 " % checksum
    found = shown(outcomes_of(write("a.tar", bytes(data))))
    assert found and "item" not in found.values()


def test_pax_headers_in_one_another(folder: Path) -> None:
    out = io.BytesIO()
    for _ in range(3000):
        info = tarfile.TarInfo("x")
        info.type = tarfile.XGLTYPE
        out.write(info.tobuf())
    found = shown(outcomes_of(write("a.tar", out.getvalue())))
    assert len(found) == 1 and "item" not in found.values()


def test_attachments_are_members(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    attached = [(name, DATA) for name in ("a.txt", "a.txt", "../a.txt")]
    attached += [("x.rar", b"Rar!\x1a\x07\x01\x00"), ("t.csv", csv_of([("id", "text"), (1, "Một")]))]
    monkeypatch.setitem(readers.READERS, "eml", readers.READERS["txt"])
    monkeypatch.setitem(readers.ATTACHMENTS, "eml", lambda data, where: attached)
    path = write("m.eml", b"From: a@example.org\nSubject: x\nMessage-ID: <1@example.org>\n\n" + DATA)
    assert shown(outcomes_of(path)) == {
        "m.eml": "item",
        "m.eml!a.txt": "item",
        "m.eml!a (2).txt": "item",
        "m.eml!../a.txt": "the member's name leads out of the archive",
        "m.eml!x.rar": "skipped: no reader for this kind of file",
        "m.eml!t.csv#1": "item",
    }
