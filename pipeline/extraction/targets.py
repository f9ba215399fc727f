"""Figures to be reached that a task names: "100% đảng viên", "tối thiểu 95%", "1.000 km đường"."""

from __future__ import annotations

import re

from pipeline.extraction.page import Page
from pipeline.records import Target

_TARGET = re.compile(
    r"(?:(?:tối thiểu|ít nhất|trên|hơn|đạt|từ|khoảng|dưới|không quá|tối đa|đạt trên|đạt ít nhất) +)*(?P<value>\d+(?:[.,]\d+)*) *(?P<unit>%|phần trăm|tỷ đồng|tỉ đồng|triệu đồng|tỷ usd|triệu usd|km|ha|căn|hộ|xã|tấn|mw|người|lượt|thôn|trường|điểm|giường|dự án)(?!\w)(?: +[^\s,.;:]+){0,3}"
)


def find_targets(page: Page, start: int, end: int) -> list[Target]:
    """The figures with a unit in a task's span. Dates and numbers of documents have no such unit and are left alone.

    `value` is a number (Vietnamese writing: point for thousands, comma for decimals), null where it can't be read.
    """
    found = []
    for match in _TARGET.finditer(page.key, start, end):
        if page.flat[match.end() - 1 : match.end()].isspace():
            continue
        found.append(Target(text=page.slice(match.start(), match.end()), value=_number(match["value"]), unit=match["unit"]))
    return found


def _number(text: str) -> float | None:
    plain = text.replace(".", "") if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text) else text
    try:
        return float(plain.replace(",", "."))
    except ValueError:
        return None
