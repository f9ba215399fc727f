"""NFC of a text, with the way back to the text it was made from.

The canonical text of a report is NFC already and costs one check here. Other strings reach the tokenizer
through spaCy, and their words' offsets must count in the string given.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple


class Composed(NamedTuple):
    """`text` is NFC; its piece `text[i:j]` was made from `origin[i]:origin[j]` of the text given.

    `origin` has one entry more than the text, never falls, and is None where the text given was NFC.
    Where one character composes to several, the later ones have the same origin as what follows.
    """

    text: str
    origin: list[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open offsets in the text given of `text[start:end]`."""
        if self.origin is None:
            return start, end
        return self.origin[start], self.origin[end]


def compose(text: str) -> Composed:
    """The NFC of any text and the offsets its characters came from."""
    if unicodedata.is_normalized("NFC", text):
        return Composed(text, None)
    pieces: list[str] = []
    origin: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and not _begins_cluster(text[end]):
            continue
        piece = unicodedata.normalize("NFC", text[start:end])
        pieces.append(piece)
        origin.extend(start + offset for offset in _origins(end - start, len(piece)))
        start = end
    origin.append(len(text))
    return Composed("".join(pieces), origin)


def _origins(given: int, made: int) -> list[int]:
    """Where `made` characters of a cluster come from in the `given` ones: one to one from the end.

    What is composed stands at the beginning of its cluster: in "ế" + U+0323 the mark that stays is the last.
    """
    lost = given - made
    return [0 if index == 0 else min(max(index + lost, 0), given) for index in range(made)]


def _begins_cluster(char: str) -> bool:
    """Whether nothing before this character can compose with it.

    True of every character that is neither a mark nor a vowel or final of the Korean conjoining
    alphabet: no other character is the second half of a canonical composition (Unicode, UAX #15).
    """
    if char < "\u0300":
        return True
    if "\u1160" <= char <= "\u11ff":
        return False
    return unicodedata.category(char)[0] != "M"
