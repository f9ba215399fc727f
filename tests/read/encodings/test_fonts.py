"""Text in the fonts of old codes."""

from __future__ import annotations

import pytest

from pipeline.read.encodings.fonts import decode_font_run, font_encoding


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", "tcvn3"), (".vntimeh", "tcvn3"), (".VnArial Narrow", "tcvn3"), ("VNI-Times", "vni"),
        ("VPS Times", "vps"), ("Times New Roman", None), ("", None),
    ],
)  # fmt: skip
def test_fonts_tell_their_code(font: str, encoding: str | None) -> None:
    assert font_encoding(font) == encoding


@pytest.mark.parametrize(
    ("text", "font", "shown"),
    [
        ("Céng hoµ x· héi", ".VnTime", "Cộng hoà xã hội"),
        ("céng hoµ “x·” héi", ".VnTimeH", "CỘNG HOÀ “XÃ” HỘI"),
        ("Coäng hoøa", "VNI-Times", "Cộng hòa"),
        ("Cộng hoà, có", ".VnTime", "Cộng hoà, có"),
        ("Céng", "Arial", "Céng"),
    ],
)
def test_runs(text: str, font: str, shown: str) -> None:
    assert decode_font_run(text, font) == shown
