"""Capitals in text of TCVN3, which has no byte for a capital with a tone.

"HỘI ĐỒNG" is typed as "HéI §åNG": its letters with a tone have the bytes of small letters, which a font of capitals
alone (.VnTimeH) shows as capitals. Plain text has lost the font, but the other letters are capitals still.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")


def restore_capitals(text: str) -> str:
    """The text with the small letters of such words as capitals: "HộI ĐồNG" becomes "HỘI ĐỒNG".

    A word is one of capitals where a capital stands behind its first letter, or two capitals in a row, and none of its
    plain letters is small. A word that could be either ("Hà" or "HÀ", "ở" or "Ở") goes with the words beside it on its
    line: it is of capitals where the nearest sure words on both sides are, as far as there are any. A capital that
    begins a word in lower case ("Ủy ban") can't be told and stays small.
    """
    return "\n".join(_restore_line(line) for line in text.split("\n"))


def _restore_line(line: str) -> str:
    words = list(_WORD.finditer(line))
    verdicts = [_of_capitals(word[0]) for word in words]
    if True not in verdicts:
        return line
    before = _nearest(verdicts)
    after = _nearest(verdicts[::-1])[::-1]
    parts, end = [], 0
    for word, verdict, left, right in zip(words, verdicts, before, after, strict=True):
        capital = verdict if verdict is not None else left is not False and right is not False
        parts += [line[end : word.start()], word[0].upper() if capital else word[0]]
        end = word.end()
    return "".join([*parts, line[end:]])


def _nearest(verdicts: list[bool | None]) -> list[bool | None]:
    """For each word the verdict on the last sure word before it, null where there is none."""
    nearest: list[bool | None] = []
    last: bool | None = None
    for verdict in verdicts:
        nearest.append(last)
        last = last if verdict is None else verdict
    return nearest


def _of_capitals(word: str) -> bool | None:
    """Whether it is a word of capitals; null where it could be either."""
    plain = [letter for letter in word if letter < "\x80" or letter.upper() in "ĂÂĐÊÔƠƯ"]
    if any(letter.islower() for letter in plain):
        return False
    capitals = [letter.isupper() for letter in word]
    if any(capitals[1:]):
        return True
    return None
