"""The Vietnamese alphabetical order, for lists of names and for telling whether two names are the same.

Names compare syllable by syllable, as in Vietnamese dictionaries: first the letters in the order of the
alphabet, in which ă, â, đ, ê, ô, ơ, ư are letters of their own, then the tone: none, huyền, hỏi, ngã, sắc, nặng
(Hoàng Phê, "Từ điển tiếng Việt"). So "ba, ba lô, bà, bá, bạ, bác". The tone belongs to the syllable, not to
one of its letters: "hòa" and "hoà" are the same word. Numbers compare by value: "Quận 2" before "Quận 10".
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PLACES = {letter: place for place, letter in enumerate(_ALPHABET)}
# The combining marks of the tones: grave, hook above, tilde, acute, dot below.
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_PARTS = re.compile(r"(?P<number>\d+)|(?P<word>[^\W\d_]+)|[^\w\s]|_")
_PUNCTUATION, _NUMBER, _WORD = range(3)

Part = tuple[int, tuple[int, ...], int | str]
SortKey = tuple[Part, ...]


@lru_cache(maxsize=1 << 14)
def sort_key(name: str) -> SortKey:
    """The key that sorts names in Vietnamese order; equal for names that differ in case, spaces or tone placement.

    Letters of other alphabets come after z, in the order of their code points. Never raises.
    """
    parts: list[Part] = []
    for match in _PARTS.finditer(unicodedata.normalize("NFC", name).lower()):
        if number := match["number"]:
            digits = "".join(str(unicodedata.digit(digit)) for digit in number).lstrip("0")
            parts.append((_NUMBER, (len(digits),), digits))
        elif word := match["word"]:
            parts.append(_syllable(word))
        else:
            parts.append((_PUNCTUATION, (ord(match[0]),), 0))
    return tuple(parts)


@lru_cache(maxsize=1 << 14)
def _syllable(word: str) -> Part:
    tone = 0
    letters: list[int] = []
    for mark_or_letter in unicodedata.normalize("NFD", word):
        if mark_or_letter in _TONES:
            tone = _TONES[mark_or_letter]
        elif unicodedata.combining(mark_or_letter) and letters:
            letters[-1] = _joined(letters[-1], mark_or_letter)
        else:
            letters.append(_PLACES.get(mark_or_letter, len(_ALPHABET) + ord(mark_or_letter)))
    return (_WORD, tuple(letters), tone)


def _joined(place: int, mark: str) -> int:
    """The place of a letter with a breve, circumflex or horn; the letter's own place where there is no such letter."""
    if place >= len(_ALPHABET):
        return place
    return _PLACES.get(unicodedata.normalize("NFC", _ALPHABET[place] + mark), place)
