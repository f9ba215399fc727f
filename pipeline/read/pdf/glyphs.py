"""The glyphs of a PDF's pages with their places, and the rules drawn between them, as PDFium reads them.

Annotations are flattened into the page first: the number and day of many Vietnamese official documents are stamped on
as annotations when they are signed (Nghị định 30/2020/NĐ-CP, Phụ lục I). Each quarter turn of the text is
turned upright, so that a page is read as it is shown. Text aslant (a watermark), beyond the page's edge, drawn twice
(fake bold), or invisible on a page that shows text is kept apart and counted.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from pipeline.read.pdf.drawings import Rule, read_drawings
from pipeline.read.pdf.letters import Glyph, compose, composed, once

GLYPHS_MAX = 100_000
"""Glyphs of one page; a dense page of text has 6,000."""
_INVISIBLE = 3  # text rendering mode (ISO 32000-1, 9.3.6)
# Bullets of the Symbol and Wingdings fonts, which Word writes in the private use area.
_PRIVATE_BULLETS = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf06e": "■", "\uf0d8": "➢", "\uf076": "❖", "\uf0fc": "✓", "\uf0fe": "☑",
    "\uf0a8": "☐", "\uf02d": "-", "\uf0e0": "→", "\uf0e8": "➔", "\uf020": " ",
}  # fmt: skip
# What a digital signature shows, its spaces left out: the signer, address, body and time of signing.
_TIME = r"\d[\d./\-]{7,9}\d\d:\d\d:\d\d(?:Z|[+\-]\d\d[:']\d\d'?)?"
_STAMP = re.compile(
    r"(?:Ngườiký|Kýbởi|Digitallysignedby):.{1,300}?(?:(?:Thờigianký|Ngàyký|Date):" + _TIME + r"|$)"
    r"|(?:Ngườiký|Kýbởi):.{1,80}?Email:\S{1,60}?Cơquan:.{1,100}?$"
)
_LIGATURES = range(0xFB00, 0xFB07)


class Ink(NamedTuple):
    """What is on a page, by the text's own upright: `asides` are the texts at another angle, in the order drawn, and
    the stamps of signatures, `pictures` the share of the page that they cover, `counts` what was noticed, by the
    note's code."""

    left: float
    bottom: float
    right: float
    top: float
    glyphs: list[Glyph]
    rules: list[Rule]
    asides: list[str]
    pictures: float
    counts: Counter[str]


class TooManyGlyphs(Exception):
    """A page holds more than GLYPHS_MAX characters."""


class _Raw(NamedTuple):
    text: str
    x: float
    y: float
    box: tuple[float, float, float, float]
    turn: int | None
    hidden: bool
    order: int
    spaced: bool


def read_ink(document: Any, index: int) -> Ink:
    """The ink of a page of a `pypdfium2.PdfDocument`. Raises TooManyGlyphs, and pypdfium2.PdfiumError."""
    import pypdfium2.raw as pdfium

    page = document[index]
    if pdfium.FPDFPage_GetAnnotCount(page) > 0 and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == 1:
        page.close()
        page = document[index]
    textpage = page.get_textpage()
    try:
        counts: Counter[str] = Counter()
        edges = _edges(page)
        raw, stamps = _unstamped(list(_characters(textpage)))
        raw = _inside(_visible(raw, counts), edges, counts)
        turns = Counter(glyph.turn for glyph in raw if glyph.turn is not None)
        turn = turns.most_common(1)[0][0] if turns else 0
        upright = [glyph for glyph in raw if glyph.turn == turn]
        asides = _sayings(glyph for glyph in raw if glyph.turn != turn) + stamps
        glyphs = [_upright(glyph, turn) for glyph in upright]
        rules, pictures = read_drawings(page, edges, lambda bounds: _turned_box(bounds, turn))
        box = _turned_box(edges, turn)
        return Ink(*box, composed(once(glyphs, counts)), rules, asides, pictures, counts)
    finally:
        textpage.close()
        page.close()


def _edges(page: Any) -> tuple[float, float, float, float]:
    """What is shown: the crop box within the media box."""
    left, bottom, right, top = page.get_cropbox()
    outer = page.get_mediabox()
    edges = max(left, outer[0]), max(bottom, outer[1]), min(right, outer[2]), min(top, outer[3])
    return edges if edges[0] < edges[2] and edges[1] < edges[3] else outer


def _characters(textpage: Any) -> Iterator[_Raw]:
    import pypdfium2.raw as pdfium

    count = textpage.count_chars()
    if count > GLYPHS_MAX:
        raise TooManyGlyphs
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    high = ""
    order, spaced = 0, False
    for i in range(count):
        code = pdfium.FPDFText_GetUnicode(textpage, i)
        if 0xD800 <= code < 0xDC00:
            high = chr(code)
            continue
        text = _character(code, high, pdfium.FPDFText_IsHyphen(textpage, i) == 1)
        high = ""
        if text == " ":
            spaced = True
            continue
        if not text or pdfium.FPDFText_IsGenerated(textpage, i) == 1:
            continue
        if not pdfium.FPDFText_GetLooseCharBox(textpage, i, box):
            continue
        pdfium.FPDFText_GetCharOrigin(textpage, i, x, y)
        angle = pdfium.FPDFText_GetCharAngle(textpage, i)
        quarters = angle / (math.pi / 2)
        turn = round(quarters) % 4 if angle >= 0 and abs(quarters - round(quarters)) < 0.1 else None
        drawn = pdfium.FPDFText_GetTextObject(textpage, i)
        hidden = bool(drawn) and pdfium.FPDFTextObj_GetTextRenderMode(drawn) == _INVISIBLE
        yield _Raw(text, x.value, y.value, (box.left, box.bottom, box.right, box.top), turn, hidden, order, spaced)
        order, spaced = order + 1, False


def _character(code: int, high: str, hyphen: bool) -> str:
    """The text of a code of PDFium, which writes a hyphen at a line's end as U+0002 or U+FFFE."""
    if hyphen or code in (0x02, 0xFFFE):
        return "-"
    if 0xDC00 <= code < 0xE000:
        return (high + chr(code)).encode("utf-16", "surrogatepass").decode("utf-16") if high else "\ufffd"
    text = chr(code)
    if code in _LIGATURES:
        return unicodedata.normalize("NFKC", text)
    if text.isspace():
        return " "
    return "" if code < 0x20 or code == 0x7F else _PRIVATE_BULLETS.get(text, text)


def _unstamped(glyphs: list[_Raw]) -> tuple[list[_Raw], list[str]]:
    """The glyphs without the stamps of digital signatures, which stand over the text, and the stamps' texts."""
    text = "".join(glyph.text for glyph in glyphs)
    owner = [i for i, glyph in enumerate(glyphs) for _ in glyph.text]
    stamped: set[int] = set()
    stamps = []
    for match in _STAMP.finditer(text):
        places = range(owner[match.start()], owner[match.end() - 1] + 1)
        stamped.update(places)
        stamps += _sayings(glyphs[i]._replace(turn=0) for i in places)
    return [glyph for i, glyph in enumerate(glyphs) if i not in stamped], stamps


def _visible(glyphs: list[_Raw], counts: Counter[str]) -> list[_Raw]:
    """All of them where most are invisible (the layer of a recognised scan), else those that are shown."""
    hidden = sum(glyph.hidden for glyph in glyphs)
    if 2 * hidden >= len(glyphs):
        return glyphs
    if hidden:
        counts["invisible_text"] += hidden
    return [glyph for glyph in glyphs if not glyph.hidden]


def _inside(glyphs: list[_Raw], edges: tuple[float, float, float, float], counts: Counter[str]) -> list[_Raw]:
    left, bottom, right, top = edges
    kept = []
    for glyph in glyphs:
        box = glyph.box
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if left - 1 <= x <= right + 1 and bottom - 1 <= y <= top + 1:
            kept.append(glyph)
            if unicodedata.category(glyph.text[0]) == "Co":
                counts["private_use"] += 1
        else:
            counts["outside_page"] += 1
    return kept


def _turned(x: float, y: float, turn: int) -> tuple[float, float]:
    """The point after the page is turned back by so many quarters."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[-turn % 4]


def _turned_box(box: tuple[float, float, float, float], turn: int) -> tuple[float, float, float, float]:
    (x0, y0), (x1, y1) = _turned(box[0], box[1], turn), _turned(box[2], box[3], turn)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _upright(glyph: _Raw, turn: int) -> Glyph:
    left, bottom, right, top = _turned_box(glyph.box, turn)
    _, base = _turned(glyph.x, glyph.y, turn)
    return Glyph(glyph.text, left, right, base, max(top - bottom, 1.0), glyph.order, glyph.spaced)


def _sayings(glyphs: Iterator[_Raw]) -> list[str]:
    """The texts at other angles, each change of angle a new one."""
    runs: list[tuple[int | None, str]] = []
    for glyph in glyphs:
        if runs and runs[-1][0] == glyph.turn:
            runs[-1] = glyph.turn, runs[-1][1] + " " * glyph.spaced + glyph.text
        else:
            runs.append((glyph.turn, glyph.text))
    texts = (" ".join(compose(text).split()) for _, text in runs)
    return [text for text in texts if text]
