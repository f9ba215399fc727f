"""Which encoding bytes are in, found from the bytes themselves."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from pipeline.read.encodings.code_table import OLD_CODES, WESTERN, code_table
from pipeline.read.encodings.names import UTF_8, UTF_16_BE, UTF_16_LE
from pipeline.read.encodings.score import Score, score

MARKS = ((codecs.BOM_UTF8, UTF_8), (codecs.BOM_UTF16_LE, UTF_16_LE), (codecs.BOM_UTF16_BE, UTF_16_BE))
"""The byte order marks, each with the encoding it tells of."""

# A file as long as a book is told by its beginning: the words of 64 KiB decide as surely as all.
_SAMPLE = 65_536
# So much of UTF-16 without a mark must be letters and signs that Vietnamese text is made of.
_TEXT_SHARE = 0.95
_TEXT = re.compile(r"[\t\n\r -~\u00a0-\u00ff\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0"
                   r"\u0300-\u0309\u031b\u0323\u1ea0-\u1ef9\u2010-\u2026]")  # fmt: skip
# In a damaged UTF-8 file so many whole characters stand to each broken one.
_WHOLE_TO_BROKEN = 50
_NO_WORDS = Score(0, 0)


class Reading(NamedTuple):
    """A way to read some bytes: the encoding and how well the text reads."""

    encoding: str
    score: Score


def find_mark(data: bytes) -> tuple[str, int] | None:
    """The encoding that a byte order mark tells of and the mark's length in bytes; null where there is none."""
    return next(((encoding, len(mark)) for mark, encoding in MARKS if data.startswith(mark)), None)


def detect(data: bytes) -> str | None:
    """The encoding of bytes without a byte order mark; null where none is sure enough.

    Valid UTF-8 is UTF-8. Bytes with NULs are UTF-16 where they are text in it. The old codes are told apart by how
    many of the words they give are syllables of Vietnamese (`rank`); where two codes fit a few words as well, none is
    told. UTF-8 with a broken byte here and there is still UTF-8. Text in another language than Vietnamese has no
    encoding that could be told here but UTF-8 and UTF-16.
    """
    with_nuls = b"\0" in data[:_SAMPLE]
    utf16 = _detect_utf16(data) if with_nuls else None
    if utf16 is not None:
        return utf16
    if is_utf8(data):
        return UTF_8
    if with_nuls:
        return None
    if _mostly_utf8(data):
        return UTF_8
    best, second = rank(data)[:2]
    sure = best.score.convincing and best.score.value > second.score.value
    return best.encoding if sure or best.encoding == WESTERN else None


def rank(data: bytes) -> list[Reading]:
    """The readings of the bytes in each of the old codes, the likeliest first; and in Windows-1252 where all
    words are ASCII in it, so that the bytes beyond ASCII are but its quotation marks and dashes."""
    sample = _whole_lines(data)
    readings = [Reading(name, score(code_table(name).decode(sample))) for name in OLD_CODES]
    if score(sample.decode("cp1252", "replace")) == _NO_WORDS:
        readings.insert(0, Reading(WESTERN, _NO_WORDS))
    return sorted(readings, key=lambda reading: -reading.score.value)


def is_utf8(data: bytes) -> bool:
    """Whether the bytes are valid UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _mostly_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(character > "\x7f" for character in text) - broken >= _WHOLE_TO_BROKEN * broken


def _detect_utf16(data: bytes) -> str | None:
    sample = data[: _SAMPLE // 2 * 2]
    for encoding in (UTF_16_LE, UTF_16_BE):
        text = sample.decode(encoding, "replace")
        if text and len(_TEXT.findall(text)) >= _TEXT_SHARE * len(text):
            return encoding
    return None


def _whole_lines(data: bytes) -> bytes:
    """The beginning of the bytes, cut at the end of a line where there is one."""
    if len(data) <= _SAMPLE:
        return data
    end = data.rfind(b"\n", 0, _SAMPLE)
    return data[: end if end > 0 else _SAMPLE]

