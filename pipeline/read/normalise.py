"""The canonical text: the one place where characters change.

Every offset of the program counts code points of what `normalise` returns, so nothing after it may
change, fold or drop a character.
"""

from __future__ import annotations

import unicodedata

_BYTE_ORDER_MARK = "\ufeff"


def normalise(text: str) -> str:
    """The text in Unicode NFC, with LF line ends and without byte order marks at its head; nothing else changes.

    A text that is NFC with LF line ends already comes back as it is. Spaces, quotation marks, dashes, control
    characters and the placement of tone marks (hoà, hòa) stay as the report has them. Idempotent.
    """
    text = text.lstrip(_BYTE_ORDER_MARK).replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text)
