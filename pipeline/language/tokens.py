"""underthesea's tokens (about one syllable or sign each) with their places in the text.

The library's own pattern cuts the text; what the library then rewrites ("hoá" -> "hóa", "nghành" ->
"ngành", ð -> đ) is kept apart as the tokens' normal form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.language.features import UnknownTemplate

# A word of letters that a space, comma or the end follows is one token by every rule of the library's
# pattern, whose 14 alternatives need another sign inside or after it; so they need not be tried. The one
# exception is its unescaped "Th.s", which cuts "Thyssen" in two and is left to it.
_PLAIN_WORD = (
    "(?!Th.[sS])[A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ]?"
    "[a-zđàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]+(?=[ ,\\n]|$)"
)
_LONGEST_REWRITTEN = 6  # token_normalize leaves longer tokens alone


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

    def read(self, text: str) -> tuple[list[tuple[int, int]], list[str]]:
        """The tokens of one NFC sentence: their half-open spans and their normal forms."""
        for old, new in self._characters.items():
            if old in text:
                text = text.replace(old, new)
        spans = []
        forms = []
        rewrite = self._rewritten.get
        for match in self._finditer(text):
            token = match[0]
            spans.append(match.span())
            forms.append(rewrite(token, token))
        return spans, forms
