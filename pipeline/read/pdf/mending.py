"""Words that a text layer broke with a space inside ("thự c hiệ n"), mended where the syllables leave no doubt.

No letter changes: a mend takes out a space. Not handled: words set together ("Quốc giatừ"), and breaks whose both
sides are syllables ("tha nh" might be, "than h" too; "la nh" is one, "an ninh" must stay).
"""

from __future__ import annotations

import re

from pipeline.read.syllables import syllables

_FINALS = frozenset({"c", "ch", "m", "n", "ng", "nh", "p", "t"})
_INITIALS = re.compile("b|ch?|d|đ|gh?|gi|h|kh?|l|m|n|ngh?|nh|ph?|qu|r|s|th?|tr|v|x")
_VOWELS = re.compile(r"[aeiouyàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]")
_WORD = re.compile(r"[^\W\d_]+")
_LABELLED = frozenset(
    {"điểm", "khoản", "mục", "nhóm", "hạng", "loại", "phần", "phương", "điều", "cột", "ô", "lớp", "khối", "vitamin"}
)
"""Words behind which a single letter is a name: "điểm c an toàn"."""
_OFTEN = 3
"""A single first letter is taken to its syllable only in a text in which so many words were broken past doubt."""


def mend(text: str, *, broken: bool = False) -> tuple[str, int]:
    """The text with its broken words mended, and how many were. `broken` says that the whole text is known for it."""
    words = text.split(" ")
    mended: list[str] = []
    count = 0
    for word in words:
        before = mended[-1] if mended else ""
        earlier = mended[-2] if len(mended) > 1 else ""
        if before and (_is_tail(before, word) or (broken and _is_onset(before, word, earlier))):
            mended[-1] = before + word
            count += 1
        else:
            mended.append(word)
    return (" ".join(mended), count) if count else (text, 0)


def count_broken(text: str) -> int:
    """How many words of the text are broken past doubt."""
    return mend(text)[1]


def is_broken(count: int) -> bool:
    """Whether a text with so many words broken past doubt is known for it."""
    return count >= _OFTEN


def _bare(word: str) -> str:
    """The word without the marks around it, in lower case; "" where it isn't all letters."""
    match = _WORD.search(word)
    return match.group().lower() if match is not None and word.endswith(match.group()) else ""


def _is_tail(before: str, word: str) -> bool:
    """Whether `before` is no syllable alone and `word` is the consonant that makes it one: "hiệ" + "n"."""
    end = re.match(_WORD, word)
    start = _bare(before)
    if end is None or not start or end.group() not in _FINALS or re.match(r"[\w]", word[end.end() :]):
        return False
    known = syllables()
    return len(start) > 1 and bool(_VOWELS.search(start)) and start not in known and start + end.group() in known


def _is_onset(before: str, word: str, earlier: str) -> bool:
    """Whether `before` is an initial and `word` its rime: "t" + "hực"."""
    start = _bare(before)
    end = _WORD.match(word)
    if end is None or _INITIALS.fullmatch(start) is None or not end.group().islower() or earlier.lower() in _LABELLED:
        return False
    return start + end.group() in syllables()
