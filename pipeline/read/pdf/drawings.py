"""The straight lines drawn on a page, and how much of it pictures cover."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

OBJECTS_MAX = 50_000
"""Drawn objects looked at on one page for rules and pictures."""

_RULE_THICKNESS_MAX = 4.0
_RULE_LENGTH_MIN = 4.0

Box = tuple[float, float, float, float]


class Rule(NamedTuple):
    """A straight line drawn on the page, across (`y0 == y1`) or down (`x0 == x1`)."""

    x0: float
    y0: float
    x1: float
    y1: float


def read_drawings(page: Any, edges: Box, turned: Callable[[Box], Box]) -> tuple[list[Rule], float]:
    """The rules of a `pypdfium2.PdfPage`, their boxes as `turned` turns them, and the share of it under pictures."""
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
            x0, y0, x1, y1 = turned(drawn.get_bounds())
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
