"""The words by which texts and queries are compared: as written, and without their marks.

    exact_key("Uỷ ban, Kĩ thuật")  ->  "ủy ban, kỹ thuật"
    fold(exact_key("Đắk Lắk"))     ->  "dak lak"

Both keys are as long as the text, so that a place in a key is a place in the text. The exact key is that of
`pipeline.language.matchkey` (case, placement of the tone) with one spelling more: a word that ends in i after h, k, l,
m, s, t or qu is written with y by some and with i by others ("kĩ thuật", "kỹ thuật"; the Ministry of Education's
Decision 240/QĐ of 1984 writes i, the press y). Folded, a letter loses its marks, and đ is d.

An index holds words and pairs of neighbours ("chuyển_đổi"): syllables are so frequent in Vietnamese that all of a
phrase's stand in nearly every report, while its pairs stand where it does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from pipeline.language.matchkey import match_key
from pipeline.read.normalise import normalise

WORD = re.compile(r"[^\W_]+")
"""A word of a key: letters and digits."""
LONGEST = 100
"""A longer word is none of a language; its first characters stand for it, in indexes and queries alike."""
GAP = r"[\W_]+"
"""What stands between two words, as a pattern."""

BREAK = "__"
"""What stands between two texts of one entry, and where a form leaves a line to be filled in."""
_WORD_OR_BREAK = re.compile(f"{WORD.pattern}|{BREAK}")

_I_AND_Y = dict(zip("iìíỉĩị", "yỳýỷỹỵ", strict=True))
_FINAL_I = re.compile(rf"(?<![^\W_])(?P<onset>[hklmst]|qu)(?P<vowel>[{''.join(_I_AND_Y)}])(?![^\W_])")
_LATIN_LETTERS = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
_STROKED = {"đ": "d", "Đ": "D"}


def exact_key(text: str) -> str:
    """The key of an NFC text by which words count as written alike; as long as the text."""
    return _FINAL_I.sub(lambda match: match["onset"] + _I_AND_Y[match["vowel"]], match_key(text))


def fold(text: str) -> str:
    """The text without the marks of its letters, đ as d; as long as the text."""
    return text.translate(_unmarked())


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as typed by anybody, in any Unicode form, as the exact key has them."""
    return tuple(word[:LONGEST] for word in WORD.findall(exact_key(normalise(text))))


def indexed_words(texts: Iterable[str]) -> str:
    """The words of canonical texts as the exact key has them, parted by blanks, and the texts by `BREAK`, so that no
    phrase goes from one to the next."""
    words = _WORD_OR_BREAK.findall(exact_key(f" {BREAK} ".join(filter(None, texts))))
    return " ".join(word[:LONGEST] for word in words)


def with_pairs(words: str) -> str:
    """Indexed words, and each pair of neighbours as one word: "chuyển đổi chuyển_đổi"."""
    single = words.split()
    return " ".join([words, *map("_".join, pairwise(single))]) if len(single) > 1 else words


def phrase_terms(words: Sequence[str]) -> tuple[str, ...]:
    """The terms an entry must have that holds the words in this order side by side: their pairs, or the one word."""
    return tuple(map("_".join, pairwise(words))) if len(words) > 1 else tuple(words)


@cache
def _unmarked() -> dict[int, str]:
    """Each Latin letter with marks and the letter without them."""
    table = {ord(letter): plain for letter, plain in _STROKED.items()}
    for code in _LATIN_LETTERS:
        decomposed = unicodedata.normalize("NFD", chr(code))
        if len(decomposed) > 1 and decomposed[0].isascii():
            table[code] = decomposed[0]
    return table
