"""Vietnamese text in every encoding, made from the corpus."""

from __future__ import annotations

import functools
import random
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from pipeline.read.encodings import encode_text
from pipeline.read.encodings.capitals import restore_capitals
from pipeline.read.encodings.code_table import OLD_CODES

BASES = "aăâeêioôơuưy"
MARKS = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
SMALL = [unicodedata.normalize("NFC", base + mark) for base in BASES for mark in MARKS if mark or base not in "aeiouy"]
LETTERS = [*SMALL, "đ", *(letter.upper() for letter in [*SMALL, "đ"])]
"""The 134 letters beyond ASCII."""

UNICODE = ("utf-8", "utf-16", "utf-16-le", "utf-16-be")
# Signs that codes of the time before Unicode have no byte for, as converters of the time wrote them.
_TYPED = str.maketrans({
    "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "•": "-", "→": "->", "\u00a0": " ",
    "₫": "đ", "²": "2", "³": "3", "½": "1/2", "°": "o", "º": "o", "×": "x", "ø": "o", "µ": "u", "é": "é",
})  # fmt: skip


@functools.cache
def corpus() -> tuple[str, ...]:
    """The texts of the corpus, by name."""
    folder = Path(__file__).parents[3] / "corpus"
    return tuple(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt")))


def typed_in(text: str, encoding: str) -> str:
    """The text as it could be typed in the encoding: without the signs that it has no bytes for, and, where capitals
    have no bytes of their own, with those small that the reader can't tell."""
    if encoding in UNICODE:
        return text
    text = text.translate(_TYPED)
    text = "".join(c for c in text if c.isascii() or c in LETTERS)
    if encoding == "tcvn3":
        text = restore_capitals("".join(c if c in "ĂÂĐÊÔƠƯ" or c.isascii() else c.lower() for c in text))
    return text


def snippets(count: int, length: int = 200) -> Iterator[tuple[str, str, bytes]]:
    """So many pieces of the corpus, the encodings in turn: the encoding, the text, its bytes. Always the same."""
    chosen = random.Random(20231)
    encodings = (*UNICODE, *OLD_CODES)
    for number in range(count):
        encoding = encodings[number % len(encodings)]
        text = chosen.choice(corpus())
        start = chosen.randrange(max(1, len(text) - length))
        piece = typed_in(text[start : start + length], encoding)
        yield encoding, piece, encode_text(piece, encoding)
