"""The matching key of a text: one form for spellings that differ in case or in where the tone mark stands.

Vietnamese writes the tone of an open oa, oe or uy on either vowel: "hòa" and "hoà", "ủy ban" and "uỷ ban"
(the second by the Ministry of Education's Decision 240/QĐ of 1984, the first in most of the press and in
underthesea). In a closed syllable it stands on the second alone, "hoàn", "quỳnh", and typing puts it on the
first: "hòan". After q the u belongs to the consonant: "quý", "quả", never "qúy", "qủa".

The key has the tone where underthesea has it, in lower case, and one code point for every code point of the
text: an offset in the key is an offset in the text. Text must be NFC (other text keeps its length, but its
tones aren't moved). Not handled: other misspellings ("nghành"), i and y ("quí", "quý"), d and đ.
"""

from __future__ import annotations

import re

_TONED = {
    "a": "àáảãạ", "ă": "ằắẳẵặ", "â": "ầấẩẫậ", "e": "èéẻẽẹ", "ê": "ềếểễệ", "i": "ìíỉĩị",
    "o": "òóỏõọ", "ô": "ồốổỗộ", "ơ": "ờớởỡợ", "u": "ùúủũụ", "y": "ỳýỷỹỵ",
}  # fmt: skip
_LETTER = r"[^\W\d_]"


def _pairs(first: str, second: str) -> list[tuple[str, str]]:
    """The toned spellings of two vowels, the tone on the first and on the second."""
    tones = zip(_TONED[first], _TONED[second], strict=True)
    return [(on_first + second, first + on_second) for on_first, on_second in tones]


_GLIDES = _pairs("o", "a") + _pairs("o", "e") + _pairs("u", "y")
_TO_FIRST = {on_second: on_first for on_first, on_second in _GLIDES}
_TO_SECOND = dict(_GLIDES)
_AFTER_Q = {on_first: on_second for vowel in _TONED if vowel != "u" for on_first, on_second in _pairs("u", vowel)}
# One table serves the pattern's three cases: their spellings differ, but for "ùy" before a letter and "ùy" after q,
# which both become "uỳ".
_MOVED = _TO_FIRST | _TO_SECOND | _AFTER_Q
_FIRST, _SECOND = ("".join(sorted({pair[place] for pair in _MOVED})) for place in (0, 1))
# Both vowels stand first and what is around them is asked behind them, so that other places aren't tried at all. "qúoa"
# is left alone, for "quóa" would have another pair in it.
_MISPLACED = re.compile(
    rf"[{_FIRST}][{_SECOND}](?:(?<!q..)(?<={'|'.join(_TO_FIRST)})(?!{_LETTER})"
    rf"|(?<!q..)(?<={'|'.join(_TO_SECOND)})(?={_LETTER})|(?<=q..)(?<={'|'.join(_AFTER_Q)})(?!(?<=o)[ae]))",
    re.DOTALL,
)


def match_key(text: str) -> str:
    """The key of an NFC text, as long as the text: `match_key("Uỷ ban, Hoà Bình") == "ủy ban, hòa bình"`."""
    # U+0130 is the one code point whose lower case is two.
    return _MISPLACED.sub(_move, text.replace("\u0130", "i").lower())


def _move(match: re.Match[str]) -> str:
    return _MOVED[match[0]]
