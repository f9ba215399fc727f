"""The knowledge a linguist edits without touching Python, and its loader.

TOML files hold entries with fields, `.txt` files hold plain lists (one item a line, `#` comments).
Nothing is read at import; every reader of a file keeps its own cached, validated form of it.
"""

from __future__ import annotations

import tomllib
import unicodedata
from importlib import resources
from typing import Any, TypeVar

import msgspec

from pipeline.errors import LexiconError

_Entries = TypeVar("_Entries", bound=msgspec.Struct)


def read_text(name: str) -> str:
    """The text of `name` (a path inside this folder, with `/`). Raises LexiconError when missing or not NFC."""
    source = resources.files(__name__).joinpath(name)
    try:
        text = source.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"can't be read ({error})", where=f"lexicon/{name}") from error
    if not unicodedata.is_normalized("NFC", text):
        raise LexiconError("is not in Unicode NFC", where=f"lexicon/{name}", remedy="Save it as NFC")
    return text


def read_toml(name: str) -> dict[str, Any]:
    """The content of a TOML file of the lexicon. Raises LexiconError when missing, not NFC or not TOML."""
    try:
        return tomllib.loads(read_text(name))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"is no TOML ({error})", where=f"lexicon/{name}") from error


def read_entries(name: str, kind: type[_Entries]) -> _Entries:
    """The content of a TOML file as a record of `kind`, which should refuse unknown keys.

    Raises LexiconError on an unknown key, a missing one, or a value of another type.
    """
    try:
        return msgspec.convert(read_toml(name), kind)
    except msgspec.ValidationError as error:
        raise LexiconError(str(error), where=f"lexicon/{name}") from error


def read_list(name: str) -> tuple[str, ...]:
    """The items of a plain list: one a line, without comments and blank lines. Raises LexiconError on a double."""
    items: list[str] = []
    for line in read_text(name).splitlines():
        item = line.split("#", 1)[0].strip()
        if item:
            items.append(item)
    doubles = sorted({item for item in items if items.count(item) > 1})
    if doubles:
        raise LexiconError(f"has doubles: {', '.join(doubles)}", where=f"lexicon/{name}", remedy="Keep one of each")
    return tuple(items)
