"""The glyphs of a PDF's pages with their places, and the rules drawn between them, as PDFium reads them.

Annotations are flattened into the page first: the number and day of many Vietnamese official documents are stamped on
as annotations when they are signed (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục IV). Each quarter turn of the text is
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

GLYPHS_MAX = 100_000
"""Glyphs of one page; a dense page of text has 6,000."""
OBJECTS_MAX = 50_000
"""Drawn objects looked at on one page for rules and pictures."""

_INVISIBLE = 3  # text rendering mode (ISO 32000-1, 9.3.6)
_RULE_THICKNESS_MAX = 4.0
_RULE_LENGTH_MIN = 4.0
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
# The marks that make another letter (â ă ơ ư) stand before those of tone, whatever order they were drawn in.
_LETTER_MARKS = "\u0302\u0306\u031b"
_MARKS = re.compile("[\u0300-\u036f]{2,}")


class Glyph(NamedTuple):
    """A character that isn't blank, with its combining marks, in points, upright: `base` is the line it stands on,
    `size` its height; x grows to the right, y upwards. `order` is its place in the order drawn; `spaced` says that a
    space comes before it there."""

    text: str
    left: float
    right: float
    base: float
    size: float
    order: int
    spaced: bool


class Rule(NamedTuple):
    """A straight line drawn on the page, across (`y0 == y1`) or down (`x0 == x1`)."""

    x0: float
    y0: float
    x1: float
    y1: float


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
        rules, pictures = _drawings(page, turn, edges)
        box = _turned_box(edges, turn)
        return Ink(*box, _composed(_once(glyphs, counts)), rules, asides, pictures, counts)
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


def _once(glyphs: list[Glyph], counts: Counter[str]) -> list[Glyph]:
    """Without the copies drawn over a glyph a hair's breadth off to make it look bold."""
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    kept = []
    for glyph in glyphs:
        near = 0.1 * glyph.size
        column, row = int(glyph.left // 4), int(glyph.base // 4)
        copies = (
            other
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for other in seen.get((glyph.text, x, y), ())
        )
        # Letters of one ligature stand at one place; they come one after the other.
        if any(
            abs(other.left - glyph.left) < near
            and abs(other.base - glyph.base) < near
            and glyph.order > other.order + 2
            for other in copies
        ):
            counts["overlaid_text"] += 1
            continue
        seen.setdefault((glyph.text, column, row), []).append(glyph)
        kept.append(glyph)
    return kept


def _composed(glyphs: list[Glyph]) -> list[Glyph]:
    """Combining marks drawn as characters of their own joined to the letter that they stand over."""
    composed: list[Glyph] = []
    waiting: list[Glyph] = []
    for glyph in glyphs:
        if not unicodedata.combining(glyph.text[0]):
            over = "".join(mark.text for mark in waiting)
            composed.append(glyph._replace(text=compose(glyph.text + over)) if over else glyph)
            waiting = []
        elif composed and not waiting and _stands_over(glyph, composed[-1]):
            composed[-1] = composed[-1]._replace(text=compose(composed[-1].text + glyph.text))
        else:
            waiting.append(glyph)
    return composed + waiting


def _stands_over(mark: Glyph, letter: Glyph) -> bool:
    if abs(mark.base - letter.base) > letter.size:
        return False
    return letter.left - 0.1 * letter.size <= (mark.left + mark.right) / 2 <= letter.right + 0.35 * letter.size


def compose(text: str) -> str:
    """The text in NFC, marks of letters before marks of tone: "e" + acute + circumflex is "ế"."""
    return unicodedata.normalize("NFC", _MARKS.sub(_ordered, unicodedata.normalize("NFD", text)))


def _ordered(marks: re.Match[str]) -> str:
    return "".join(sorted(marks.group(), key=lambda mark: mark not in _LETTER_MARKS))


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


def _drawings(page: Any, turn: int, edges: tuple[float, float, float, float]) -> tuple[list[Rule], float]:
    """The rules, and the share of the page under pictures."""
    import pypdfium2.raw as pdfium

    rules: list[Rule] = []
    covered = 0.0
    for count, drawn in enumerate(page.get_objects(max_depth=4)):
        if count >= OBJECTS_MAX:
            break
        if drawn.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            x0, y0, x1, y1 = drawn.get_bounds()
            wide = max(0.0, min(x1, edges[2]) - max(x0, edges[0]))
            covered += wide * max(0.0, min(y1, edges[3]) - max(y0, edges[1]))
        elif drawn.type == pdfium.FPDF_PAGEOBJ_PATH and pdfium.FPDFPath_CountSegments(drawn) <= 12:
            x0, y0, x1, y1 = _turned_box(drawn.get_bounds(), turn)
            rules += _sides(x0, y0, x1, y1, _is_stroked(drawn))
    area = (edges[2] - edges[0]) * (edges[3] - edges[1])
    return rules, min(1.0, covered / area) if area else 0.0


def _is_stroked(path: Any) -> bool:
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    return bool(stroke.value)


def _sides(x0: float, y0: float, x1: float, y1: float, stroked: bool) -> Iterator[Rule]:
    """A thin box is one rule; a stroked box is its four sides."""
    wide, high = x1 - x0, y1 - y0
    if high <= _RULE_THICKNESS_MAX and wide >= _RULE_LENGTH_MIN and wide > high:
        yield Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
    elif wide <= _RULE_THICKNESS_MAX and high >= _RULE_LENGTH_MIN:
        yield Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
    elif stroked and wide > _RULE_LENGTH_MIN and high > _RULE_LENGTH_MIN:
        yield Rule(x0, y0, x1, y0)
        yield Rule(x0, y1, x1, y1)
        yield Rule(x0, y0, x0, y1)
        yield Rule(x1, y0, x1, y1)
