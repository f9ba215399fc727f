"""A web page's bytes as a tree: decoded by what the page declares, parsed within limits."""

from __future__ import annotations

import codecs
import re
from typing import Any

from pipeline.errors import UnreadableDocument
from pipeline.read.plain_text import decode

PAGE_MAX = 32 * 1024 * 1024
"""Bytes of a page, pictures embedded in it and all."""
TAGS_MAX = 600_000
"""Tags of a page: some 200 bytes of memory each while it is read, and 5 seconds for all."""

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,400}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
# The standard reads declarations within 1024 bytes (HTML Living Standard, 13.2.3.2); portals put scripts before them.
_DECLARED_WITHIN = 16_384


def declared_charset(data: bytes) -> str | None:
    """The encoding that a page names in its byte order mark, `<meta>` or XML declaration: None where it names none."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    match = _CHARSET.search(data[:_DECLARED_WITHIN])
    return match.group(1).decode("ascii").lower() if match else None


def decode_page(data: bytes, where: str) -> tuple[str, str]:
    """The page's text and the encoding it was in. Raises UnreadableDocument where it is in none that is known.

    What decodes as UTF-8 is UTF-8, whatever it declares; otherwise its declaration counts.
    """
    charset = declared_charset(data)
    try:
        return decode(data, where), "utf-8"
    except UnreadableDocument:
        if charset is None or charset in ("utf-8", "utf8"):
            raise
        try:
            return data.decode(charset), codecs.lookup(charset).name
        except (LookupError, UnicodeError):
            pass
        raise


def parse_page(text: str, where: str) -> Any:
    """The page's root element, without comments. Raises UnreadableDocument where it is too large or nested too deeply.

    Broken markup is mended as browsers mend it.
    """
    from lxml import etree, html

    if len(text) > PAGE_MAX or text.count("<") > TAGS_MAX:
        raise UnreadableDocument(
            "the page is too large (more than {megabytes} MB or {tags} tags)",
            where=where,
            remedy="Save the article alone, or as text",
            megabytes=PAGE_MAX // (1024 * 1024),
            tags=TAGS_MAX,
        )
    # Characters that no XML tree can hold; none of them is shown.
    clean = re.sub(r"[\0-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(clean.encode("utf-8"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise _not_parsed(where) from error
    limits = (etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_NAME_TOO_LONG)
    if any(entry.type in limits for entry in parser.error_log):
        raise UnreadableDocument(
            "the page is nested too deeply",
            where=where,
            remedy="Open it in a browser, copy the article's text and give that",
        )
    if root is None:
        raise _not_parsed(where)
    return root


def _not_parsed(where: str) -> UnreadableDocument:
    return UnreadableDocument(
        "the page holds no markup that can be read", where=where, remedy="Save the page again, or its text"
    )
