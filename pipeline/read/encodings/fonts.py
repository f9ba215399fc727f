"""Text of a word processor set in a font of an old code: its characters stand for that code's bytes.

Where the file names the font of each run, as Word files do, nothing need be guessed, and capitals of the fonts that
have capitals alone come back.
"""

from __future__ import annotations

import re

from pipeline.read.encodings.code_table import OLD_CODES, byte_units, code_table

_UNICODE_LETTERS = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9]")
_UNITS = re.compile("[\x00-\xff]+")


def font_encoding(font: str) -> str | None:
    """The code whose fonts have such names: ".VnTime" is of tcvn3, "VNI-Times" of vni; null for any other font."""
    key = font.strip().lower()
    return next((name for name in OLD_CODES if key.startswith(code_table(name).fonts or ("\0",))), None)


def decode_font_run(text: str, font: str) -> str:
    """The text of a run in that font, as it is shown; text in a font of Unicode as it stands. So does a run
    with letters that no byte of the old codes is taken for (ộ, ư): Unicode pasted where the old font was set.

    A font of TCVN3 that ends in H (".VnTimeH") shows capitals alone. A run must not be cut within a letter of two bytes
    (VNI): join runs of one font first.
    """
    encoding = font_encoding(font)
    if encoding is None or _UNICODE_LETTERS.search(text):
        return text
    table = code_table(encoding)
    decoded = _UNITS.sub(lambda units: table.decode_units(units[0]), byte_units(text))
    return decoded.upper() if table.capitals_of_font and font.strip().endswith("H") else decoded
