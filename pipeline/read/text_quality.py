"""Whether a text's words can be trusted: text of a bad scan, without diacritics, or with letters lost on the way.

Vietnamese has fewer than 30,000 written syllables, and nearly every word in small letters is one: what is none shows
how much of a text is damaged. Names, abbreviations, numbers, addresses and passages in another language aren't counted.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.read.syllables import bare_syllables, strip_diacritics, syllables
from pipeline.records import Note, TextQuality

# Measured: of the reports in corpus/ and of 40 real ones the worst has 2.9 % impossible words, nine of ten have less
# than 0.9 %; with 3 % of letters wrong all but one have more than 4 %, with 5 % the best has 9 %.
CORRUPT_FROM = 0.04
# Words with a sign inside that stands for a lost letter ("nghi?p") are in no sound text.
BROKEN_FROM = 0.01
# Fewer words than this have no share to judge by.
_ENOUGH = 20
# So many impossible words at least: in a few lines two foreign words are a large share.
_FEWEST = 3
# Ordinary Vietnamese has a diacritic on four words of five; with one on less than one of three it has lost them.
_STRIPPED_BELOW = 0.3
# Of Vietnamese without diacritics nearly all words are syllables without theirs, of English a third.
_VIETNAMESE_FROM = 0.75
# A line of so many words can be told to be in another language: it has no letter that Vietnamese alone has.
_LINE = 5
_VIETNAMESE = re.compile("[ăđơư\u1ea0-\u1ef9]")
_BROKEN = re.compile("[?\ufffd]")
# Below this share of words in Vietnamese the report is in another language.
_FOREIGN_FROM = 0.5

# Counts of a text stand in one number, so many bits each.
_BITS = 40
_MASK = (1 << _BITS) - 1
_MOST_WEIGHTS = 8_192
_LONGEST_KEPT = 40

# Addresses and names of files. What they begin with comes first, so that no other place is tried.
_ADDRESS = re.compile(
    r"[/wW@.](?:(?<=/)/|(?<=[wW])[wW]{2}\.|(?<=@)|(?<=\.)(?i:vn|com|net|org|gov|html?|aspx?|jpe?g|png|pdf|docx?)\b)"
)
# A word with what stands for a lost letter in it: "nghi?p", "ngh\ufffdp", "c0ng".
_LETTER = r"[^\W\d_]"
_WORD = re.compile(
    rf"(?:{_LETTER}|\ufffd)+(?:[?\d](?={_LETTER}{{2}})(?:{_LETTER}|\ufffd)+|\?(?={_LETTER}){_LETTER}+)*"
)


class _Words(NamedTuple):
    """The words counted, those that are no syllable, those with a diacritic, those that are syllables once stripped of
    diacritics, those with a letter that Vietnamese alone has, those with a sign for a lost letter, and the words on
    lines in another language, which aren't among the others."""

    all: int
    impossible: int
    accented: int
    bare: int
    vietnamese: int
    broken: int
    foreign: int


class Assessment(NamedTuple):
    """The quality of a text, and the notes on what it doesn't say."""

    quality: TextQuality
    notes: tuple[Note, ...]


def measure(text: str) -> TextQuality:
    """The quality of a canonical text.

    `no_diacritics`: Vietnamese that has lost its diacritics, all or most of them. `corrupt`: 4 % of its words, if it
    has twenty, are no syllables, or three words and 1 % have a sign for a lost letter inside. Else `good`; so are a
    text without words and one in another language, of which `assess` tells in a note. `impossible` and `accented` are
    shares of the words in small letters, to three places. Damage that leaves other syllables behind ("tỉnh" for
    "tình") isn't seen. Linear.
    """
    return _judge(_count(text))


def assess(text: str) -> Assessment:
    """The quality of a canonical text (see `measure`), and a note `foreign_language` with the number of words where
    half of them or more are on lines in another language than Vietnamese: nothing is read in those, and nothing says
    whether they are good."""
    words = _count(text)
    foreign = words.foreign > 0 and words.foreign >= _FOREIGN_FROM * (words.all + words.foreign)
    return Assessment(_judge(words), (Note(code="foreign_language", count=words.foreign),) if foreign else ())


def _judge(words: _Words) -> TextQuality:
    if not words.all:
        return TextQuality(level="good", impossible=0.0, accented=0.0)
    impossible, accented = words.impossible / words.all, words.accented / words.all
    quality = TextQuality(level="good", impossible=round(impossible, 3), accented=round(accented, 3))
    if words.impossible < _FEWEST:
        return quality
    if accented < _STRIPPED_BELOW and words.bare >= _VIETNAMESE_FROM * words.all:
        return TextQuality(level="no_diacritics", impossible=quality.impossible, accented=quality.accented)
    broken = words.broken >= _FEWEST and words.broken >= BROKEN_FROM * words.all
    if broken or (words.all >= _ENOUGH and impossible >= CORRUPT_FROM):
        return TextQuality(level="corrupt", impossible=quality.impossible, accented=quality.accented)
    return quality


def _count(text: str) -> _Words:
    total = 0
    foreign = 0
    for line in text.split("\n"):
        counts = _count_line(line)
        words = _unpack(counts)
        if words.all >= _LINE and not (words.vietnamese or words.broken) and words.bare < _VIETNAMESE_FROM * words.all:
            foreign += words.all
        else:
            total += counts
    return _unpack(total)._replace(foreign=foreign)


def _count_line(line: str) -> int:
    return sum(map(_WEIGHTS.__getitem__, line.split()))


class _Weights(dict[str, int]):
    """The counts of the words in what stands between two blanks ("tỉnh,") in one number, which add up faster than
    seven: see `_unpack`. Addresses, letters alone and words with capitals aren't counted."""

    def __missing__(self, chunk: str) -> int:
        if len(self) >= _MOST_WEIGHTS:
            self.clear()
        words = [] if _ADDRESS.search(chunk) else _WORD.findall(chunk)
        weight = sum(_weight(word) for word in words if len(word) > 1 and word.islower())
        if len(chunk) <= _LONGEST_KEPT:
            self[chunk] = weight
        return weight


def _weight(word: str) -> int:
    plain = word if word.isascii() else strip_diacritics(word)
    counts = (
        True,
        word not in syllables(),
        plain != word,
        plain in bare_syllables(),
        _VIETNAMESE.search(word) is not None,
        _BROKEN.search(word) is not None,
    )
    return sum(count << (place * _BITS) for place, count in enumerate(counts))


_WEIGHTS = _Weights()


def _unpack(counts: int) -> _Words:
    told = [(counts >> (place * _BITS)) & _MASK for place in range(6)]
    return _Words._make((*told, 0))
