"""The old Vietnamese encodings: bytes to Unicode and back, by the tables in `lexicon/encodings/`.

A code is read from a string in which each character stands for one byte (Latin-1), so that one reading serves a file's
bytes and text whose characters are those bytes taken for Western letters ("Céng hoµ").
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

import msgspec

from pipeline.errors import LexiconError
from pipeline.lexicon import read_entries
from pipeline.read.encodings.capitals import restore_capitals

OLD_CODES = ("windows-1258", "tcvn3", "vni", "viscii", "vps")
WESTERN = "windows-1252"


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    aliases: list[str]
    source: str
    rest: str
    letters: dict[str, str]
    other: dict[str, str] = {}
    also: dict[str, str] = {}
    capitals: str = "own"
    fonts: list[str] = []


@dataclass(frozen=True, slots=True)
class CodeTable:
    """One code. `fonts` are the beginnings of its fonts' names; `capitals_of_font`: capitals with a tone have the bytes
    of their small letters; `singles` and `pairs` are the readings of one unit and of two."""

    name: str
    aliases: tuple[str, ...]
    source: str
    fonts: tuple[str, ...]
    capitals_of_font: bool
    singles: dict[int, str]
    pairs: dict[str, str]
    bytes_of: dict[str, bytes]
    pair: re.Pattern[str]

    def decode(self, data: bytes) -> str:
        """The text of the bytes, NFC. Every byte has a reading; those that the code gives no letter are of the code
        page it stands in."""
        return self.decode_units(data.decode("latin-1"))

    def decode_units(self, units: str) -> str:
        """The same for a string of the characters U+0000 to U+00FF, each of which stands for a byte.

        Where capitals have the bytes of small letters, a small letter inside a word of capitals is a capital (see
        `restore_capitals`); whether a word in lower case was set in a font of capitals the bytes don't say.
        """
        parts, end = [], 0
        for match in self.pair.finditer(units):
            parts += [units[end : match.start()].translate(self.singles), self.pairs[match[0]]]
            end = match.end()
        text = unicodedata.normalize("NFC", "".join([*parts, units[end:].translate(self.singles)]))
        return restore_capitals(text) if self.capitals_of_font else text

    def encode(self, text: str) -> bytes:
        """The bytes of a text. Raises UnicodeEncodeError at the first character that the code has no bytes for."""
        text = unicodedata.normalize("NFC", text)
        parts = []
        for place, character in enumerate(text):
            part = self.bytes_of.get(character)
            if part is None:
                raise UnicodeEncodeError(self.name, text, place, place + 1, "the code has no such character")
            parts.append(part)
        return b"".join(parts)


@functools.cache
def code_table(name: str) -> CodeTable:
    """The code of that name, one of OLD_CODES. Raises LexiconError where its file is wrong: bytes twice, no bytes."""
    table = read_entries(f"encodings/{name}.toml", _Table)
    where = f"lexicon/encodings/{name}.toml"
    try:
        own = {letter: bytes.fromhex(code) for letter, code in [*table.letters.items(), *table.other.items()]}
        also = {letter: bytes.fromhex(code) for letter, code in table.also.items()}
    except ValueError as error:
        raise LexiconError(f"a byte is not hexadecimal ({error})", where=where) from error
    if len(set(own.values())) != len(own) or table.name != name:
        raise LexiconError("two letters have the same bytes", where=where)
    readings = [(code.decode("latin-1"), letter) for letter, code in [*own.items(), *also.items()]]
    singles = {unit: _western(unit, table.rest) for unit in range(256)}
    singles |= {ord(units): letter for units, letter in readings if len(units) == 1}
    pairs = {units: letter for units, letter in readings if len(units) == 2}
    bytes_of = {character: bytes([unit]) for unit, character in singles.items()} | own
    by_font = table.capitals == "font"
    if by_font:
        bytes_of |= {letter.upper(): code for letter, code in own.items() if letter.upper() not in own}
    return CodeTable(
        name=name,
        aliases=tuple(table.aliases),
        source=table.source,
        fonts=tuple(table.fonts),
        capitals_of_font=by_font,
        singles=singles,
        pairs=pairs,
        bytes_of=bytes_of,
        pair=_pattern(pairs),
    )


def _pattern(pairs: dict[str, str]) -> re.Pattern[str]:
    """What finds the pairs, by their first character."""
    seconds: dict[str, str] = {}
    for pair in sorted(pairs):
        seconds[pair[0]] = seconds.get(pair[0], "") + pair[1]
    found = [f"{re.escape(first)}[{re.escape(marks)}]" for first, marks in seconds.items()]
    return re.compile("|".join(found) or r"(?!)")


def _western(unit: int, page: str) -> str:
    """The character of a byte in the code page; the control code where it has none."""
    try:
        return bytes([unit]).decode(page)
    except UnicodeDecodeError:
        return chr(unit)


def byte_units(text: str) -> str:
    """The text with the characters that Windows-1252 has on 0x80 to 0x9F as the bytes they stand for: what a wrong
    reading as Western text is undone with. Characters that stand for no byte stay."""
    return text.translate(_western_units())


@functools.cache
def _western_units() -> dict[int, int]:
    return {ord(_western(unit, "cp1252")): unit for unit in range(0x80, 0xA0)}
