"""underthesea's tokens (about one syllable or sign each) with their places in the text.

The library's own pattern cuts the text; what the library then rewrites ("hoá" -> "hóa", "nghành" ->
"ngành", ð -> đ) is kept apart as the tokens' normal form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pipeline.language.features import UnknownTemplate

# A word of letters that a space, comma or the end follows is one token by every rule of the library's
# pattern, whose 14 alternatives need another sign inside or after it; so they need not be tried. The one
# exception is its unescaped "Th.s", which cuts "Thyssen" in two and is left to it.
_PLAIN_WORD = (
    "(?!Th.[sS])[A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ]?"
    "[a-zđàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]+(?=[ ,\\n]|$)"
)
_LONGEST_REWRITTEN = 6  # token_normalize leaves longer tokens alone
# "Th.s" and "Th.S", whose dot is unescaped, are the one token that can hold a blank.
_CROSSING = ("Th s", "Th S")
_CACHED_CHUNKS = 8_000
_LONGEST_CACHED = 40


class TokenRules:
    """underthesea's tokens with their places: its pattern, its folding of ð, its table of rewritings.

    `patterns` are the library's `regex_patterns`, compiled anew, since `word_tokenize(fixed_words=…)`
    replaces the library's compiled one for every later call.
    """

    def __init__(self, patterns: Sequence[str], characters: dict[str, str], tokens: dict[str, str]) -> None:
        library = re.compile("|".join(patterns), re.VERBOSE)
        self._finditer = re.compile(f"{_PLAIN_WORD}|{library.pattern}", re.VERBOSE).finditer
        if any(len(old) != 1 or len(new) != 1 for old, new in characters.items()):
            raise UnknownTemplate("the library's character table changes lengths")
        self._characters = characters
        self._rewritten = {old: new for old, new in tokens.items() if len(old) <= _LONGEST_REWRITTEN}
        self._chunks = _Chunks(self._cut)

    def read(self, text: str) -> tuple[list[tuple[int, int]], list[str]]:
        """The tokens of one NFC sentence: their half-open spans and their normal forms."""
        for old, new in self._characters.items():
            if old in text:
                text = text.replace(old, new)
        spans: list[tuple[int, int]] = []
        forms: list[str] = []
        at = 0
        if not any(crossing in text for crossing in _CROSSING):
            cut = self._chunks
            pieces = text.split(" ")
            last = pieces.pop()
            cut.make_room(len(pieces))
            for piece in pieces:
                for start, end, form in cut[piece]:
                    spans.append((at + start, at + end))
                    forms.append(form)
                at += len(piece) + 1
            if not last:
                return spans, forms
        for start, end, form in self._cut(text, at):
            spans.append((start, end))
            forms.append(form)
        return spans, forms

    def _cut(self, text: str, at: int = 0) -> list[tuple[int, int, str]]:
        """The tokens in `text[at:]` with their normal forms."""
        rewrite = self._rewritten.get
        found = []
        for match in self._finditer(text, at):
            token = match[0]
            found.append((*match.span(), rewrite(token, token)))
        return found


class _Chunks(dict[str, Sequence[tuple[int, int, str]]]):
    """The tokens of what stands between two blanks, cut when first asked for; forgotten when there are too many.

    No token of the library's pattern but "Th s" (see `_CROSSING`) holds a blank, and what it asks of the signs around a
    token is the same at a blank wherever that stands, but for the end of the text, which a stop before it must not be.
    """

    def __init__(self, cut: Callable[[str], Sequence[tuple[int, int, str]]]) -> None:
        super().__init__()
        self._cut = cut

    def make_room(self, count: int) -> None:
        """Make sure that `count` more fit."""
        if len(self) + count > max(_CACHED_CHUNKS, count):
            self.clear()

    def __missing__(self, piece: str) -> Sequence[tuple[int, int, str]]:
        found = tuple(self._cut(piece + " "))
        if len(piece) <= _LONGEST_CACHED:
            self[piece] = found
        return found
