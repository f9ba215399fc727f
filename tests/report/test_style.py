"""Contrast of every pair of colours that text is set in, at least 4.5 as WCAG 2.2 asks for."""

from __future__ import annotations

import re
from importlib import resources

import pytest

_INKS = ("ink", "soft", "link", "accent", "task", "issuer", "cue", "lead", "coordinating", "deadline", "target")
_TINTS = ("ink", "soft", "issuer", "cue", "lead", "coordinating", "deadline", "target")
_PAIRS = [*((ink, ground) for ink in _INKS for ground in ("paper", "page")), *((ink, "wash") for ink in _TINTS),
          ("ink", "aim"), ("paper", "task")]  # fmt: skip


def _css() -> str:
    return resources.files("pipeline.report").joinpath("style.css").read_text(encoding="utf-8")


def _colours(scheme: str) -> dict[str, str]:
    light, dark = re.findall(r":root \{([^}]*)\}", _css())[:2]
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light))
    return found | (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", dark)) if scheme == "dark" else {})


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), _PAIRS)
def test_text_can_be_read(scheme: str, ink: str, ground: str) -> None:
    colours = _colours(scheme)
    lighter, darker = sorted((_luminance(colours[ink]), _luminance(colours[ground])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_the_style_asks_nothing_of_the_network_and_cannot_end_its_element() -> None:
    assert not re.search(r"url\(|@import|</|https?:", _css())


def test_the_style_serves_print_dark_and_focus() -> None:
    for words in ("@media print", "prefers-color-scheme: dark", ":focus-visible"):
        assert words in _css()
