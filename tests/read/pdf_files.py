"""PDF files made for tests: text set in lines, rules, pictures, stamps; no font program, but widths and ToUnicode maps.

Coordinates are points from the lower left, as in the files themselves.
"""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

A4 = (595.0, 842.0)
_NARROW = frozenset("iljtfr.,;:!'|()[]/-–“”")
_WIDE = frozenset("mwMW…—")


def advance(character: str) -> float:
    """The width of a character in sizes, as of a book face."""
    if unicodedata.combining(character):
        return 0.0
    letter = unicodedata.normalize("NFD", character)[0]
    if letter == " ":
        return 0.25
    if letter in _NARROW:
        return 0.3
    if letter in _WIDE:
        return 0.8
    return 0.68 if letter.isupper() else 0.48


def width_of(text: str, size: float) -> float:
    return size * sum(map(advance, text))


@dataclass
class Sheet:
    """One page; what is written is drawn in that order."""

    width: float = A4[0]
    height: float = A4[1]
    rotate: int = 0
    crop: tuple[float, float, float, float] | None = None
    operators: list[str] = field(default_factory=list)
    stamps: list[tuple[float, float, float, str]] = field(default_factory=list)
    characters: set[str] = field(default_factory=set)

    def write(self, x: float, y: float, text: str, size: float = 13.0, *, mode: int = 0, spacing: float = 0.0) -> None:
        """A string from (x, y) on; `mode` 3 is invisible, `spacing` is added to each space."""
        self.place(f"1 0 0 1 {x:.2f} {y:.2f}", text, size, mode=mode, spacing=spacing)

    def place(self, matrix: str, text: str, size: float, *, mode: int = 0, spacing: float = 0.0) -> None:
        """A string by a text matrix."""
        self.characters.update(text)
        shown = "".join(f"<{code(c)}> {-1000 * spacing / size:.1f} " if c == " " else f"<{code(c)}> " for c in text)
        self.operators.append(f"BT /F {size} Tf {mode} Tr {matrix} Tm [{shown}] TJ ET")

    def centre(self, middle: float, y: float, text: str, size: float = 13.0) -> None:
        self.write(middle - width_of(text, size) / 2, y, text, size)

    def stamp(self, x: float, y: float, text: str, size: float = 13.0) -> None:
        """A string in an annotation, as numbers and days are stamped on."""
        self.characters.update(text)
        self.stamps.append((x, y, size, text))

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A line drawn as a thin filled box, as Word does."""
        self.operators.append(f"{min(x0, x1)} {min(y0, y1)} {abs(x1 - x0) + 0.5} {abs(y1 - y0) + 0.5} re f")

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A line stroked."""
        self.operators.append(f"{x0} {y0} m {x1} {y1} l S")

    def picture(self, x: float, y: float, width: float, height: float) -> None:
        self.operators.append(f"q {width} 0 0 {height} {x} {y} cm /Im Do Q")


def code(character: str) -> str:
    """The character's code in the file's font: its place in Unicode, which needs two bytes."""
    if ord(character) > 0xFFFF:
        raise ValueError(character)
    return f"{ord(character):04X}"


def wrap(text: str, size: float, width: float, *, indent: float = 0.0) -> list[str]:
    """The text in lines that fit the width, the first one shorter by the indent."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        room = width - (indent if not lines else 0.0)
        if line and width_of(f"{line} {word}", size) > room:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


@dataclass
class Setter:
    """Sets paragraphs on sheet after sheet, each with a bare number at its head but the first."""

    sheets: list[Sheet] = field(default_factory=lambda: [Sheet()])
    left: float = 85.0
    right: float = 539.0
    top: float = 790.0
    bottom: float = 60.0
    size: float = 14.0
    leading: float = 18.0
    space: float = 4.0
    indent: float = 28.0
    justify: bool = True
    numbers: bool = True
    y: float = 790.0

    def room(self, lines: int = 1) -> Sheet:
        """The sheet with room for so many lines."""
        if self.y - (lines - 1) * self.leading < self.bottom:
            self.sheets.append(Sheet())
            self.y = self.top
            if self.numbers:
                self.sheets[-1].centre(A4[0] / 2, 815, str(len(self.sheets)))
        return self.sheets[-1]

    def paragraph(self, text: str) -> None:
        lines = wrap(text, self.size, self.right - self.left, indent=self.indent)
        for i, line in enumerate(lines):
            x = self.left + (self.indent if i == 0 else 0.0)
            spare = self.right - x - width_of(line, self.size)
            spaces = line.count(" ")
            stretch = spare / spaces if self.justify and spaces and i < len(lines) - 1 else 0.0
            self.room().write(x, self.y, line, self.size, spacing=stretch)
            self.y -= self.leading
        self.y -= self.space

    def table(self, rows: Sequence[Sequence[str]], edges: Sequence[float], size: float = 12.0) -> None:
        """A table with rules; a row that doesn't fit goes on to the next sheet."""
        pitch = size * 1.3
        for row in rows:
            cells = [wrap(text, size, b - a - 10) for text, a, b in zip(row, edges, edges[1:], strict=False)]
            left = [list(cell) for cell in cells]
            while any(left):
                sheet = self.room(2)
                top = self.y
                fits = max(1, int((self.y - self.bottom) / pitch))
                count = min(fits, max(map(len, left)))
                for i, (cell, edge) in enumerate(zip(left, edges, strict=False)):
                    for j, line in enumerate(cell[:count]):
                        sheet.write(edge + 5, top - (j + 1) * pitch, line, size)
                    left[i] = cell[count:]
                self.y = top - count * pitch - 5
                for y in (top, self.y):
                    sheet.rule(edges[0], y, edges[-1], y)
                for x in edges:
                    sheet.rule(x, top, x, self.y)
                if any(left):
                    self.y = 0.0
        self.y -= 2 * self.leading


def make_pdf(sheets: Sequence[Sheet], *, info: str = "", trailer: str = "", compress: bool = True) -> bytes:
    """The file. `trailer` is added to the trailer dictionary, `info` is its information dictionary's content."""
    bodies: list[bytes] = [b"", b""]

    def add(body: str | bytes) -> int:
        bodies.append(body.encode("latin-1") if isinstance(body, str) else body)
        return len(bodies)

    def stream(entries: str, data: bytes) -> int:
        packed = zlib.compress(data) if compress else data
        how = "/Filter /FlateDecode " if compress else ""
        head = f"<< {entries} {how}/Length {len(packed)} >>\nstream\n".encode()
        return add(head + packed + b"\nendstream")

    characters = sorted({c for sheet in sheets for c in sheet.characters})
    widths = " ".join(f"{ord(c)} [{round(1000 * advance(c))}]" for c in characters)
    chars = "".join(f"1 beginbfchar <{code(c)}> <{code(c)}> endbfchar\n" for c in characters)
    cmap = stream(
        "",
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n" + chars.encode() + b"endcmap end end",
    )
    face = add(
        "<< /Type /FontDescriptor /FontName /Face /Flags 4 /FontBBox [0 -220 1000 900] /ItalicAngle 0 /Ascent 900"
        " /Descent -220 /CapHeight 700 /StemV 80 >>"
    )
    descendant = add(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Face /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity)"
        f" /Supplement 0 >> /FontDescriptor {face} 0 R /DW 500 /W [{widths}] >>"
    )
    font = add(
        "<< /Type /Font /Subtype /Type0 /BaseFont /Face /Encoding /Identity-H"
        f" /DescendantFonts [{descendant} 0 R] /ToUnicode {cmap} 0 R >>"
    )
    image = stream(
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", b"\xc0"
    )
    resources = f"/Resources << /Font << /F {font} 0 R >> /XObject << /Im {image} 0 R >> >>"
    pages = []
    for sheet in sheets:
        content = stream("", "\n".join(sheet.operators).encode("latin-1"))
        notes = []
        for x, y, size, text in sheet.stamps:
            shown = "".join(map(code, text))
            box = f"[0 0 {width_of(text, size) + 2:.1f} {size * 1.3:.1f}]"
            look = stream(
                f"/Type /XObject /Subtype /Form /BBox {box} {resources}",
                f"BT /F {size} Tf 0 {0.25 * size:.2f} Td <{shown}> Tj ET".encode(),
            )
            right, top = x + width_of(text, size) + 2, y + 1.05 * size
            notes.append(
                add(
                    f"<< /Type /Annot /Subtype /Stamp /F 4 /Rect [{x:.2f} {y - 0.25 * size:.2f} {right:.2f} {top:.2f}]"
                    f" /AP << /N {look} 0 R >> >>"
                )
            )
        crop = f"/CropBox [{' '.join(map(str, sheet.crop))}]" if sheet.crop else ""
        annotations = f"/Annots [{' '.join(f'{note} 0 R' for note in notes)}]" if notes else ""
        pages.append(
            add(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {sheet.width} {sheet.height}] {crop}"
                f" /Rotate {sheet.rotate} /Contents {content} 0 R {resources} {annotations} >>"
            )
        )
    bodies[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    kids = " ".join(f"{page} 0 R" for page in pages)
    bodies[1] = f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode()
    told = add(f"<< {info} >>")
    return join_objects(bodies, f"/Info {told} 0 R {trailer}")


def join_objects(bodies: Sequence[bytes], trailer: str) -> bytes:
    """A file of those objects, numbered from 1; the first is the catalogue."""
    data = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    for offset in offsets:
        data += b"%010d 00000 n \n" % offset
    data += f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(data)
