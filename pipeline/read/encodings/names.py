"""The names of encodings, as users type them."""

from __future__ import annotations

import functools

from pipeline.errors import UnreadableDocument
from pipeline.read.encodings.code_table import OLD_CODES, WESTERN, code_table

UTF_8, UTF_16, UTF_16_LE, UTF_16_BE = "utf-8", "utf-16", "utf-16-le", "utf-16-be"
ENCODINGS = (UTF_8, UTF_16, UTF_16_LE, UTF_16_BE, *OLD_CODES, WESTERN)
"""Every encoding that can be asked for, by the name that results show."""

_ALIASES = {
    UTF_8: ("utf8", "utf-8-sig", "unicode"),
    UTF_16: ("utf16", "ucs-2"),
    UTF_16_LE: ("utf-16le", "utf16le", "utf16-le", "unicode-le"),
    UTF_16_BE: ("utf-16be", "utf16be", "utf16-be", "unicode-be"),
    WESTERN: ("cp1252", "1252", "windows1252", "latin-1", "latin1", "iso-8859-1"),
}


def find_encoding(name: str, where: str = "") -> str:
    """The encoding of that name, one of ENCODINGS: "ABC" is tcvn3, "cp1258" is windows-1258.

    Raises UnreadableDocument, with the names there are, where there is none.
    """
    key = name.strip().lower().replace("_", "-").replace(" ", "-")
    found = _by_name().get(key)
    if found is None:
        raise UnreadableDocument(
            "there is no encoding called {name}",
            where=where,
            remedy="Use one of {names}",
            name=name,
            names=", ".join(ENCODINGS),
        )
    return found


@functools.cache
def _by_name() -> dict[str, str]:
    names = {name: name for name in ENCODINGS}
    aliases = _ALIASES | {name: code_table(name).aliases for name in OLD_CODES}
    return names | {alias: name for name, others in aliases.items() for alias in others}
