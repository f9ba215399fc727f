"""Text that was read in a wrong encoding before it reached us, found by its words and read anew.

A file may be valid UTF-8 and hold an old code all the same: "Céng hoµ x· héi" is TCVN3 and "Coäng hoøa xaõ hoäi" VNI
whose bytes were taken for Western letters, as Word keeps text in the fonts of those codes; "Viá»‡t Nam" is UTF-8 taken
for Windows-1252 and encoded a second time. All are one defect, characters that stand for bytes, with one repair.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.read.encodings.code_table import OLD_CODES, byte_units, code_table
from pipeline.read.encodings.names import UTF_8
from pipeline.read.encodings.score import Score, score
from pipeline.read.syllables import syllables

# So many words must become syllables of Vietnamese before a text is taken for misread: a few could be chance.
_ENOUGH = 3
# Text encoded twice over and over is undone so often.
_ROUNDS = 3

_RUN = re.compile("[\x00-\xff]+")
_UTF8_UNITS = re.compile("[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# The first byte of à and í, whose second was a no-break space or a soft hyphen and was made a blank or dropped; a
# private character keeps it apart from an Ã that is one.
_LONE = re.compile("\xc3(?![\x80-\xbf])")
_KEPT = "\ue0c3"
_LOST = re.compile(rf"([^\W\d_]*){_KEPT}( ?)([^\W\d_]*)")
_SUSPECT = re.compile(
    "[\x80-\xff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2020-\u2022\u2030\u2039\u203a\u20ac\u2122]"
)
# What stands in text that was misread but hardly ever in Vietnamese: every old code has letters and tones where Western
# letters and signs stand that Vietnamese lacks, and so has UTF-8.
_ODD = re.compile(
    "[\x80-\x9f\xa1-\xaa\xac-\xaf\xb1-\xba\xbc-\xbf\xc4-\xc7\xcb\xce\xcf\xd0\xd1\xd6-\xd8\xdb\xdc\xde\xdf"
    "\xe4-\xe7\xeb\xee\xef\xf0\xf1\xf6-\xf8\xfb\xfc\xfe\xff"
    "\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2020\u2021\u2030\u2039\u203a\u2122]"
)


@dataclass(frozen=True, slots=True)
class Misreading:
    """A wrong reading of a text: the encoding its characters stand for bytes of, and whether all of its lines were
    misread, so that a line that reads as well either way goes with the others."""

    encoding: str
    whole: bool

    def undo(self, text: str) -> tuple[str, int]:
        """The text with its misread lines read anew, and how many they were. Line by line: a part of the text gives
        the same lines as the whole does."""
        lines = text.split("\n")
        changed = 0
        for place, line in enumerate(lines):
            if _SUSPECT.search(line):
                anew = _read_anew(line, self.encoding)
                gain = score(anew).value - score(line).value
                if anew != line and (gain > 0 or (gain == 0 and self.whole)):
                    lines[place] = anew
                    changed += 1
        return "\n".join(lines), changed


def find_misreading(text: str) -> Misreading | None:
    """How the text's lines, or some of them, were misread; null where all reads as it should.

    A line is suspect where fewer of its words are Vietnamese than not. Those that one encoding makes better must
    convince together: at least three words, and four of five. Western text (French, German) doesn't become Vietnamese
    in any of the codes and stays.
    """
    if not (_ODD.search(text) and score(text).wrong):  # no line can be suspect
        return None
    lines = [(line, score(line).value) for line in text.split("\n") if _SUSPECT.search(line)]
    suspects = [(line, before) for line, before in lines if before < 0]
    best: tuple[int, str] | None = None
    for encoding in (UTF_8, *OLD_CODES) if suspects else ():
        total = Score(0, 0)
        for line, before in suspects:
            after = score(_read_anew(line, encoding))
            if after.value > before:
                total += after
        if total.right >= _ENOUGH and total.convincing and (best is None or total.value > best[0]):
            best = (total.value, encoding)
    if best is None:
        return None
    encoding = best[1]
    whole = all(score(_read_anew(line, encoding)).value >= before for line, before in lines)
    return Misreading(encoding, whole)


def find_misreadings(text: str) -> list[Misreading]:
    """Each misreading of the text, in the order to undo them: text can be encoded wrongly more than once."""
    found: list[Misreading] = []
    while len(found) < _ROUNDS and (misreading := find_misreading(text)) is not None:
        found.append(misreading)
        text, _ = misreading.undo(text)
    return found


def _read_anew(line: str, encoding: str) -> str:
    """The line read in the encoding; UTF-8 that was encoded more than once as often as that makes it better."""
    best = line = _RUN.sub(_reader(encoding), byte_units(line))
    for _ in range(_ROUNDS - 1 if encoding == UTF_8 else 0):
        anew = _RUN.sub(_reader(encoding), byte_units(line))
        if anew == line:
            break
        line = anew
        if score(anew).value > score(best).value:
            best = anew
    return best


def _reader(encoding: str) -> Callable[[re.Match[str]], str]:
    if encoding == UTF_8:
        return _decode_utf8_run
    table = code_table(encoding)
    return lambda run: table.decode_units(run[0])


def _decode_utf8_run(run: re.Match[str]) -> str:
    text = _UTF8_UNITS.sub(_decode_utf8, _LONE.sub(_KEPT, run[0]))
    return _LOST.sub(_restore_lost, text).replace(_KEPT, "\xc3")


def _decode_utf8(units: re.Match[str]) -> str:
    return units[0].encode("latin-1").decode("utf-8", "replace")


def _restore_lost(match: re.Match[str]) -> str:
    """à or í where the word is a syllable with it: "ngÃ y" is ngày, "lÃ má»™t" is là một, "chÃnh" is chính."""
    head, blank, rest = match.groups()
    if (head + rest).isupper():
        return match[0]
    letter = "à" if blank else "í"
    if (head + letter + rest).lower() in syllables():
        return f"{head}{letter}{rest}"
    return f"{head}à {rest}" if blank and f"{head}à".lower() in syllables() else match[0]
