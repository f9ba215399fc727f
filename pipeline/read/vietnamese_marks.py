"""Combining marks that Unicode's composition leaves apart, put in the order Vietnamese letters are built in.

A letter is a vowel, its circumflex, breve or horn, and its tone, in this order. Typed or converted the other way round
("á" and a circumflex for "ấ") the marks stand for the same letter, but NFC has no such letter: it keeps marks of one
class in their order.
"""

from __future__ import annotations

import re
import unicodedata

_QUALITIES = "\u0302\u0306\u031b"
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STROKES = "\u0335\u0336"
_CLUSTER = re.compile(f"[A-Za-z\u00c0-\u024f\u1e00-\u1eff][{_QUALITIES}{_TONES}]+|[dD][{_STROKES}]")


def order_marks(text: str) -> tuple[str, int]:
    """The NFC text with such letters composed, and how many they were. A cluster that is no letter of Vietnamese (two
    tones, a mark on a consonant) stays as it is; the same mark twice counts once; a struck-through d is đ."""
    changed = 0

    def compose(match: re.Match[str]) -> str:
        nonlocal changed
        letter = _letter(match[0])
        changed += letter is not None
        return match[0] if letter is None else letter

    return _CLUSTER.sub(compose, text), changed


def _letter(cluster: str) -> str | None:
    if cluster[-1] in _STROKES:
        return "đ" if cluster[0] == "d" else "Đ"
    decomposed = unicodedata.normalize("NFD", cluster)
    base, marks = decomposed[0], decomposed[1:]
    qualities = {mark for mark in marks if mark in _QUALITIES}
    tones = {mark for mark in marks if mark in _TONES}
    if len(qualities) > 1 or len(tones) > 1 or len(qualities | tones) < len(set(marks)):
        return None
    letter = unicodedata.normalize("NFC", "".join([base, *qualities, *tones]))
    return letter if len(letter) == 1 else None
