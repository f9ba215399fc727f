"""The numbers of Word's automatic lists, as Word shows them.

A paragraph of a list holds no number of its own, only which list and which level it is of; the number is counted
(ECMA-376 Part 1, §17.9 Numbering). Counted here as Word does: lists made from one abstract definition share their
counters unless a list of its own starts anew; a level starts again behind a paragraph of a higher one.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
_NUMBER_MAX = 100_000
_ROMANS = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
           (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
# Bullets that Word takes from its symbol fonts: code points of the Private Use Area (or the letter in that font) to
# the characters they look like. Source: the Symbol and Wingdings encodings as Unicode maps them.
_BULLETS = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf06e": "■", "\uf071": "□", "\uf06f": "□", "\uf0d8": "➢", "\uf0e0": "→",
    "\uf0fc": "✓", "\uf076": "❖", "\uf02d": "-", "\uf02b": "+", "\uf0f0": "⇨", "\uf0e8": "➔", "\uf09f": "•",
    "\uf0a8": "◻", "\uf0fe": "☑", "\uf0be": "-", "\uf02a": "*", "§": "▪", "Ø": "➢", "ü": "✓", "v": "❖", "·": "•",
    "o": "○", "q": "❑", "n": "■",
}  # fmt: skip
_LETTER_BULLETS = "o§Øüv·qn"


class Level(NamedTuple):
    """One level of a list: where it starts, how it counts, its pattern ("%1.%2."), what parts it from the text, and
    behind which level (counted from 0) it starts again: -1 for never."""

    start: int
    kind: str
    pattern: str
    gap: str
    restart: int
    all_decimal: bool
    symbol_font: bool


class Numbering:
    """The lists of one document and how far each has counted. Paragraphs are given in the order of the text."""

    def __init__(self, root: Any | None) -> None:
        """`root` is the root element of the numbering part; None for a document without lists."""
        self._levels: dict[str, dict[int, Level]] = {}
        self._abstract: dict[str, str] = {}
        self._overrides: dict[str, dict[int, Level]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._style_levels: dict[tuple[str, str], int] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def level_of_style(self, number: str, style: str) -> int:
        """The level that the list gives to paragraphs of a style: 0 where it names none."""
        return self._style_levels.get((self._abstract.get(number, ""), style), 0)

    def next_label(self, number: str, level: int) -> str:
        """The number or bullet of the next paragraph of a list, with the blank behind it: "" where it shows none."""
        abstract = self._abstract.get(number)
        found = self._level(number, level) if abstract is not None else None
        if abstract is None or found is None:
            return ""
        counts = self._counts.setdefault(abstract, [None] * LEVELS)
        start = self._starts.get(number, {}).get(level)
        before = counts[level]
        if start is not None and (number, level) not in self._begun:
            self._begun.add((number, level))
            before = None
        first = found.start if start is None else start
        counts[level] = first if before is None else min(before + 1, _NUMBER_MAX)
        for deeper in range(level + 1, LEVELS):
            below = self._level(number, deeper)
            if below is None or level <= below.restart:
                counts[deeper] = None
        label = self._label(number, level, found, counts)
        return f"{label}{found.gap}" if label else ""

    def _level(self, number: str, level: int) -> Level | None:
        own = self._overrides.get(number, {}).get(level)
        return own or self._levels.get(self._abstract.get(number, ""), {}).get(level)

    def _label(self, number: str, level: int, found: Level, counts: list[int | None]) -> str:
        if found.kind == "bullet":
            return _bullet(found)
        if found.kind == "none":
            return re.sub(r"%[1-9]", "", found.pattern).strip()

        def shown(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            other = self._level(number, at)
            if other is None or other.kind == "bullet":
                return ""
            count = counts[at]
            kind = "decimal" if found.all_decimal else other.kind
            return format_number(other.start if count is None else count, kind)

        return re.sub(r"%([1-9])", shown, found.pattern).strip()

    def _read(self, root: Any) -> None:
        linked: dict[str, str] = {}
        styles: dict[str, str] = {}
        for element in root.iterchildren(f"{W}abstractNum"):
            name = element.get(f"{W}abstractNumId", "")
            self._levels[name] = levels = {}
            for item in element.iterchildren(f"{W}lvl"):
                at = _integer(item.get(f"{W}ilvl"), 0)
                if 0 <= at < LEVELS:
                    levels[at] = _read_level(item, at)
                    style = _value(item, "pStyle")
                    if style:
                        self._style_levels[name, style] = at
            if (style := _value(element, "styleLink")) is not None:
                styles[style] = name
            if (style := _value(element, "numStyleLink")) is not None:
                linked[name] = style
        # A list may take its levels from the definition that a numbering style stands for (§17.9.21).
        for name, style in linked.items():
            if not self._levels[name]:
                self._levels[name] = self._levels.get(styles.get(style, ""), {})
        for element in root.iterchildren(f"{W}num"):
            number = element.get(f"{W}numId", "")
            self._abstract[number] = _value(element, "abstractNumId") or ""
            for override in element.iterchildren(f"{W}lvlOverride"):
                at = _integer(override.get(f"{W}ilvl"), 0)
                start = _value(override, "startOverride")
                level = override.find(f"{W}lvl")
                if level is not None:
                    self._overrides.setdefault(number, {})[at] = _read_level(level, at)
                if start is not None:
                    self._starts.setdefault(number, {})[at] = _integer(start, 1)


def _read_level(element: Any, at: int) -> Level:
    restart = _value(element, "lvlRestart")
    fonts = element.find(f"{W}rPr/{W}rFonts")
    names = " ".join(fonts.attrib.values()).lower() if fonts is not None else ""
    legal = element.find(f"{W}isLgl")
    return Level(
        start=_integer(_value(element, "start"), 0),
        kind=_value(element, "numFmt") or "decimal",
        pattern=_value(element, "lvlText") or "",
        gap="" if _value(element, "suff") == "nothing" else " ",
        # lvlRestart counts levels from 1, and 0 is "never"; without it a level restarts behind any higher one.
        restart=at - 1 if restart is None else _integer(restart, at) - 1,
        all_decimal=legal is not None and legal.get(f"{W}val", "1") not in ("0", "false", "off"),
        symbol_font=any(name in names for name in ("symbol", "wingdings", "webdings", "courier")),
    )


def _bullet(level: Level) -> str:
    text = level.pattern.strip()
    if text in _LETTER_BULLETS and not level.symbol_font:
        return text
    return "".join(_BULLETS.get(c, "•" if "\ue000" <= c <= "\uf8ff" else c) for c in text)


def format_number(number: int, kind: str) -> str:
    """A number as Word writes it in one of its formats (ST_NumberFormat); decimal for a format not known here."""
    if number < 0:
        return str(number)
    if kind == "decimalZero":
        return f"{number:02d}"
    if kind in ("lowerLetter", "upperLetter") and number > 0:
        # Behind z Word doubles the letter: aa, bb, …
        letters = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 30)
        return letters if kind == "lowerLetter" else letters.upper()
    if kind in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman = _roman(number)
        return roman if kind == "lowerRoman" else roman.upper()
    if kind == "numberInDash":
        return f"- {number} -"
    if kind == "ordinal":
        return f"{number}."
    return str(number)


def _roman(number: int) -> str:
    out = []
    for value, letters in _ROMANS:
        times, number = divmod(number, value)
        out.append(letters * times)
    return "".join(out)


def _value(element: Any, name: str) -> str | None:
    child = element.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")


def _integer(text: str | None, default: int) -> int:
    try:
        return max(-_NUMBER_MAX, min(_NUMBER_MAX, int(text or "")))
    except ValueError:
        return default
