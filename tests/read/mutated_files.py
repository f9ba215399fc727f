"""Valid files of every format, and the same damaged in ways that a seed decides."""

from __future__ import annotations

import io
import random
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.read import read_item
from pipeline.read.assignment import KnownReports
from pipeline.read.folder import InputFile
from pipeline.read.formats import FORMATS
from pipeline.read.items import Item, ReadOptions
from pipeline.read.sources import open_items
from tests.read.made_files import TEXT, csv_of, jsonl_of, parquet_of, tar_of, zip_of

CONVERTED = frozenset({"doc", "rtf", "odt", "png", "jpeg", "tiff"})
"""Formats that other programs read, which start too slowly to be called thousands of times."""
_BODY = TEXT * 4
_HTML = (
    "<!DOCTYPE html><html lang='vi'><head><meta charset='utf-8'><title>Họp giao ban</title>"
    "<meta property='article:published_time' content='2023-06-08T08:00:00+07:00'></head><body><article><h1>Họp</h1>"
    + "".join(f"<p>{line}</p>" for line in _BODY.split("\n"))
    + "<table><tr><td>Nhiệm vụ</td><td>Chủ trì</td></tr><tr><td>Báo cáo</td><td>Sở Y tế</td></tr></table>"
    "</article></body></html>"
).encode()
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def _docx() -> bytes:
    """A Word file of paragraphs and a table, with nothing that it can be without."""
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in _BODY.split("\n"))
    cell = "<w:tc><w:p><w:r><w:t>Sở Y tế</w:t></w:r></w:p></w:tc>"
    types = (
        f'<Default Extension="rels" ContentType="{_RELATIONS}"/><Override PartName="/word/document.xml" '
        f'ContentType="{_MAIN}"/>'
    )
    relation = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    body = f"<w:body>{lines}<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl></w:body>"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relation}</Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_WORD}">{body}</w:document>',
    }
    return zip_of({name: f'<?xml version="1.0"?>{part}'.encode() for name, part in parts.items()})


def _pdf() -> bytes:
    """A PDF of one page with a line of text in a font that every reader has."""
    stream = b"BT /F1 12 Tf 72 720 Td (Ket luan cuoc hop, So Y te bao cao) Tj 0 -16 Td (truoc ngay 30/6/2023) Tj ET"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def _eml() -> bytes:
    head = "From: a@example.org\nTo: b@example.org\nSubject: =?utf-8?q?H=E1=BB=8Dp?=\nDate: Thu, 8 Jun 2023 08:00 +0700"
    mixed = 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"'
    body = f"--x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{_BODY}"
    attached = '--x\nContent-Type: text/plain\nContent-Disposition: attachment; filename="a.txt"\n\nx\n--x--\n'
    return "\n".join((head, mixed, "", body, attached)).replace("\n", "\r\n").encode()


def _mhtml() -> bytes:
    head = b'Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="x"\r\n\r\n'
    return head + b"--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + _HTML + b"\r\n--x--\r\n"


def valid_files() -> dict[str, bytes]:
    """A valid file of each format that is read without another program, by the format's name."""
    rows = [(str(n), f"{TEXT}{n}", "8/6/2023", "Họp") for n in range(5)]
    head = ("id", "text", "date", "title")
    tables = {
        "csv": csv_of([head, *rows]),
        "jsonl": jsonl_of([dict(zip(head, row, strict=True)) for row in rows]),
        "parquet": parquet_of({name: [row[n] for row in rows] for n, name in enumerate(head)}, rows_a_group=2),
    }
    texts = {"txt": _BODY.encode(), "md": f"# Họp\n\n{_BODY}".encode(), "html": _HTML, "mhtml": _mhtml(), "eml": _eml()}
    files = {**tables, **texts, "docx": _docx(), "pdf": _pdf()}
    members = {f"{n}/{name}{FORMATS[name].suffixes[0]}": data for n, (name, data) in enumerate(files.items())}
    inner = {**members, "i.zip": zip_of({"a.txt": texts["txt"]}), "manifest.csv": b"file,published\n0/csv.csv,\n"}
    archives = {"zip": zip_of(inner), "tar": tar_of(inner), "tar.gz": tar_of(inner, packed=True)}
    return files | archives


class Mutant(NamedTuple):
    """A damaged file: what of, under which name, and how."""

    format: str
    name: str
    data: bytes
    change: str


def mutants(seed: int, number: int, formats: frozenset[str] | None = None) -> Iterator[Mutant]:
    """So many damaged files, always the same for a seed, over the formats in turn."""
    files = {name: data for name, data in valid_files().items() if formats is None or name in formats}
    every = list(valid_files().values())
    chance = random.Random(seed)
    suffixes = [suffix for format in FORMATS.values() for suffix in format.suffixes]
    for count in range(number):
        format = list(files)[count % len(files)]
        data, changes = files[format], []
        for _ in range(chance.choice((1, 1, 1, 2, 4))):
            change = chance.choice(_CHANGES)
            data = change(data, chance, every)
            changes.append(change.__name__.strip("_"))
        suffix = FORMATS[format].suffixes[0] if chance.random() < 0.85 else chance.choice(suffixes)
        yield Mutant(format, f"m{suffix}", data, "+".join(changes))


def read_all(folder: Path, mutant: Mutant) -> float:
    """Reads everything in the file, as a batch does; the seconds it took. Errors of the project are answers; any other
    exception goes on."""
    from pipeline.errors import ReadError

    location = folder / mutant.name
    location.write_bytes(mutant.data)
    clock = time.perf_counter()
    file = InputFile(path=mutant.name, location=str(location), relative=mutant.name, named=True)
    known = KnownReports()
    outcomes = 0
    for outcome in open_items(file, ReadOptions(), known):
        outcomes += 1
        if isinstance(outcome, Item):
            try:
                read_item(outcome, entry=known.entry(outcome.path))
            except ReadError as error:
                assert error.problem
    assert outcomes, "the file was lost"
    return time.perf_counter() - clock


def scratch() -> tempfile.TemporaryDirectory[str]:
    """A folder for the mutants."""
    return tempfile.TemporaryDirectory()


def _flip_bits(data: bytes, chance: random.Random, every: list[bytes]) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice((1, 3, 10, 40))):
        if out:
            out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def _truncate(data: bytes, chance: random.Random, every: list[bytes]) -> bytes:
    cut = chance.randrange(len(data) + 1)
    return data[:cut] if chance.random() < 0.8 else data[cut:]


def _splice(data: bytes, chance: random.Random, every: list[bytes]) -> bytes:
    other = chance.choice(every)
    start = chance.randrange(len(other) + 1)
    piece = other[start : start + chance.choice((4, 64, 1024, 8192))]
    place = chance.randrange(len(data) + 1)
    return data[:place] + piece + data[place + (len(piece) if chance.random() < 0.5 else 0) :]


def _swap_magic(data: bytes, chance: random.Random, every: list[bytes]) -> bytes:
    size = chance.choice((2, 4, 8, 512))
    return chance.choice(every)[:size] + data[size:]


def _fill(data: bytes, chance: random.Random, every: list[bytes]) -> bytes:
    place, size = chance.randrange(len(data) + 1), chance.choice((1, 4, 8, 600))
    return data[:place] + bytes([chance.choice((0, 0xFF, 0x20, 0x0A, 0x22, 0x3C))]) * size + data[place + size :]


def _repeat(data: bytes, chance: random.Random, every: list[bytes]) -> bytes:
    start = chance.randrange(len(data) + 1)
    piece = data[start : start + chance.choice((1, 8, 100))]
    return data[:start] + piece * chance.choice((2, 50, 2000)) + data[start:]


def _change_member(data: bytes, chance: random.Random, every: list[bytes]) -> bytes:
    """One member of a zip archive damaged and packed again, so that no checksum tells; other files as flipped bits."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {info.filename: archive.read(info) for info in archive.infolist()}
    except Exception:  # a zip archive that is broken already, or none
        members = {}
    if not members:
        return _flip_bits(data, chance, every)
    name = chance.choice(sorted(members))
    members[name] = chance.choice((_flip_bits, _truncate, _fill, _repeat))(members[name], chance, every)
    return zip_of(members)


_CHANGES: tuple[Callable[[bytes, random.Random, list[bytes]], bytes], ...] = (
    _flip_bits, _truncate, _splice, _swap_magic, _fill, _repeat, _change_member,
)  # fmt: skip
