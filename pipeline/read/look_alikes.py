"""Letters of another alphabet inside Vietnamese words, and those they look like: "TTĐТ" with a Cyrillic Т.

Words of another language stay: a word in letters of one script is that script's, but for abbreviations of the lexicon
in a line that has no other word in Cyrillic or Greek.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from pipeline.read.character_tables import character_tables
from pipeline.read.syllables import syllables

_LETTER = r"[^\W\d_]"
_WORD = re.compile(rf"(?:{_LETTER}[\u0300-\u036f]*)+")
_LATIN = re.compile("[A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]")
_OTHER_SCRIPT = re.compile("[\u0370-\u03ff\u0400-\u052f]")
# Letters that no language of Europe has beside Vietnamese.
_VIETNAMESE = re.compile("[ăơưĂƠƯ\u1ea0-\u1ef9]")
# "HÐND", "QÐ", "LÐTBXH"
_ABBREVIATION = re.compile(r"[A-ZĂÂÊÔƠƯÐƉ]{1,8}")


def find_look_alikes(text: str) -> tuple[str, int, list[str]]:
    """The NFC text with look-alikes replaced, how many letters were, and the words they stood in as they were.

    Line by line: a word is judged by itself and by its line.
    """
    if not _any_letter().search(text):
        return text, 0, []
    lines = text.split("\n")
    words: list[str] = []
    count = 0
    for place, line in enumerate(lines):
        if _any_letter().search(line):
            lines[place], changed = _replace_in_line(line, words)
            count += changed
    return "\n".join(lines), count, words


@functools.cache
def _any_letter() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(character_tables().letters))}]")


def _replace_in_line(line: str, found: list[str]) -> tuple[str, int]:
    among_latin = _among_latin(line)
    count = 0

    def replace(match: re.Match[str]) -> str:
        nonlocal count
        word = match[0]
        anew = _replaced(word, among_latin)
        if anew != word:
            count += sum(one != other for one, other in zip(word, anew, strict=True))
            found.append(word)
        return anew

    return _WORD.sub(replace, line), count


def _replaced(word: str, among_latin: bool) -> str:
    tables = character_tables()
    word = "".join(tables.always.get(letter, letter) for letter in word)
    if _OTHER_SCRIPT.search(word):
        mixed = _LATIN.search(word) is not None
        if _alike(word) and (mixed or (among_latin and _latin(word) in tables.abbreviations)):
            word = _latin(word)
    if not any(letter in tables.in_syllables for letter in word):
        return word
    anew = "".join(tables.in_syllables.get(letter, letter) for letter in word)
    if unicodedata.normalize("NFC", anew).lower() in syllables():
        return anew
    crossed = anew[0] in "đĐ" and word[0] != anew[0]
    if crossed and _VIETNAMESE.search(word):
        return anew
    return anew if _ABBREVIATION.fullmatch(word) else word


def _alike(word: str) -> bool:
    """Whether all its letters of another script look like Latin ones."""
    known = character_tables().look_alikes
    return all(letter in known for letter in word if _OTHER_SCRIPT.match(letter))


def _latin(word: str) -> str:
    known = character_tables().look_alikes
    return "".join(known.get(letter, letter) for letter in word)


def _among_latin(line: str) -> bool:
    """Whether the line has a Latin word, and none of another script but abbreviations in look-alikes."""
    latin = False
    for match in _WORD.finditer(line):
        word = match[0]
        if _LATIN.search(word):
            latin = True
        elif _OTHER_SCRIPT.search(word) and _latin(word) not in character_tables().abbreviations:
            return False
    return latin
