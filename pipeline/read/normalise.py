"""The canonical text: the one place where characters change.

Every offset of the program counts code points of what `normalise` returns, so nothing after it may
change, fold or drop a character. Each kind of change is told in a note.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from pipeline.read.character_tables import character_tables
from pipeline.read.look_alikes import find_look_alikes
from pipeline.read.vietnamese_marks import order_marks
from pipeline.records import Note, Record

# A word-level repair may make another possible; real text has its last after two rounds.
_ROUNDS = 4

_LINE_ENDS = re.compile("\r\n?")
_PAGE_BREAK = "\f"
_SEPARATORS = "\v\x85\u2028\u2029"
_SPACES = "\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_SOFT_HYPHEN = "\xad"
# Zero-width spaces and joiners, byte order marks inside the text, marks and isolates of writing direction.
_INVISIBLE = "\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
# Control codes but for the tab and what ends a line, and the code points that are no characters.
_CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff"
# A joiner between letters of another script or between emoji belongs to the writing.
_JOINED = "[\u0590-\u1dff\u2100-\ud7ff\uf900-\ufdcf\U0001f000-\U0010ffff\ufe0f]"
_JOINER = rf"(?<={_JOINED})[\u200c\u200d](?={_JOINED})"
_WIDE = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_WIDE_OFFSET = 0xFEE0
_REPLACEMENT = "\ufffd"


class Normalised(Record, frozen=True, kw_only=True):
    """The canonical text, and a note for each kind of change that was made to come to it."""

    text: str
    notes: tuple[Note, ...] = ()


def normalise(text: str) -> str:
    """The canonical form of the text (see `canonicalise`), for text whose changes nobody asks after."""
    return canonicalise(text).text


def canonicalise(text: str) -> Normalised:
    """The text in Unicode NFC with LF line ends and its defects mended, and the notes on what was mended.

    Text without such defects comes back as it is. In this order: letters are composed (`composed`); page breaks
    (`page_breaks`) and exotic line ends (`line_separators`) become line ends; soft hyphens (`soft_hyphens`), invisible
    characters (`zero_width`) and control characters (`control_characters`) go; no-break and exotic spaces become blanks
    (`spaces`); signs of symbol fonts (`symbol_fonts`), ligatures (`ligatures`) and wide letters and digits
    (`wide_letters`) become the ordinary ones; tones typed before the mark they stand above are set right
    (`marks_reordered`); letters of another alphabet inside words become those they look like (`look_alikes`).
    U+FFFD stays and is counted (`replacement_characters`).

    Quotation marks, dashes, doubled blanks and the placement of tones (hoà, hòa) stay as the report has them.
    Idempotent; and line by line: the lines of a text, each canonicalised, are the lines of the canonical text.
    """
    composed = unicodedata.normalize("NFC", text)
    notes = [Note(code="composed", count=max(1, len(text) - len(composed)))] if composed != text else []
    text = _LINE_ENDS.sub("\n", composed) if "\r" in composed else composed
    if not _suspicious().search(text):
        return Normalised(text=text, notes=tuple(notes))
    for code, pattern, replacement in _steps():
        text, count = pattern.subn(replacement, text)
        if count:
            notes.append(Note(code=code, count=count))
    text, words = _mend_words(unicodedata.normalize("NFC", text))
    notes += words
    if broken := text.count(_REPLACEMENT):
        notes.append(Note(code="replacement_characters", count=broken))
    return Normalised(text=text, notes=tuple(notes))


def _mend_words(text: str) -> tuple[str, list[Note]]:
    """Marks put in order and look-alikes replaced, again and again until nothing changes."""
    reordered, alike, words = 0, 0, dict[str, None]()
    for _ in range(_ROUNDS):
        before = text
        text, count = order_marks(text)
        reordered += count
        text, count, found = find_look_alikes(text)
        alike += count
        words |= dict.fromkeys(found)
        text = unicodedata.normalize("NFC", text)
        if text == before:
            break
    notes = [Note(code="marks_reordered", count=reordered)] if reordered else []
    if alike:
        notes.append(Note(code="look_alikes", count=alike, detail=", ".join(list(words)[:5])))
    return text, notes


@cache
def _steps() -> tuple[tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]:
    """Each change of single characters: its note, what it finds and what comes in its place."""
    tables = character_tables()

    def from_table(table: dict[str, str]) -> tuple[re.Pattern[str], Callable[[re.Match[str]], str]]:
        return re.compile(f"[{''.join(map(re.escape, table))}]"), lambda match: table[match[0]]

    return (
        ("page_breaks", re.compile(_PAGE_BREAK), "\n"),
        ("line_separators", re.compile(f"[{_SEPARATORS}]"), "\n"),
        ("soft_hyphens", re.compile(_SOFT_HYPHEN), ""),
        ("zero_width", re.compile(rf"(?!{_JOINER})[{_INVISIBLE}]"), ""),
        ("control_characters", re.compile(f"[{_CONTROLS}]"), ""),
        ("symbol_fonts", *from_table(tables.symbols)),
        ("spaces", re.compile(f"[{_SPACES}]"), " "),
        ("ligatures", *from_table(tables.ligatures)),
        ("wide_letters", _WIDE, lambda match: chr(ord(match[0]) - _WIDE_OFFSET)),
    )


@cache
def _suspicious() -> re.Pattern[str]:
    """What a text without defects has none of. Letters of other scripts are suspicious: they may be look-alikes."""
    tables = character_tables()
    single = "".join(map(re.escape, sorted({*tables.symbols, *tables.ligatures, *tables.letters})))
    return re.compile(
        f"[{_PAGE_BREAK}{_SEPARATORS}{_SOFT_HYPHEN}{_INVISIBLE}{_CONTROLS}{_SPACES}{_REPLACEMENT}{single}"
        "\u0300-\u036f\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]"
    )
