"""A web page's bytes as a tree: decoded by what the page declares, parsed within limits."""

from __future__ import annotations

import codecs
import re
from typing import Any

from pipeline.errors import UnreadableDocument
from pipeline.read.encodings import decode_bytes

FILE_MAX = 64 * 1024 * 1024
"""Bytes of a page, pictures embedded in it and all."""
PAGE_MAX = 16 * 1024 * 1024
"""Characters of a page without the pictures embedded in it."""
TAGS_MAX = 300_000
"""Tags of a page: some 200 bytes of memory each while it is read."""

# A picture or font inside an address: what makes most of a page saved in one file.
_EMBEDDED = re.compile(r"data:[\w/+.-]{1,80};base64,[A-Za-z0-9+/=\s]{200,}")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,400}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
# Encodings of pages and mail; Python knows others that are none of text, or slow to decode.
_KNOWN = re.compile(r"(?:windows-|cp)125\d|iso-?8859-\d{1,2}|latin-?1|us-ascii|utf-?16(?:-?[lb]e)?|utf-?32(?:-?[lb]e)?")
# The standard reads declarations within 1024 bytes (HTML Living Standard, 13.2.3.2); portals put scripts before them.
_DECLARED_WITHIN = 16_384


def declared_charset(data: bytes) -> str | None:
    """The encoding that a page names in its byte order mark, `<meta>` or XML declaration: None where it names none."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    match = _CHARSET.search(data[:_DECLARED_WITHIN])
    return match.group(1).decode("ascii").lower() if match else None


def decode_page(data: bytes, where: str, charset: str | None = None) -> tuple[str, str]:
    """The page's text and the encoding it was in; `charset` is what its envelope (a mail's header) says of it. Raises
    UnreadableDocument where it is too large, or in no encoding that is known.

    What the bytes tell by themselves counts, whatever they declare: pages in the old Vietnamese codes call themselves
    Western. Where they tell nothing the page's own declaration counts, then the envelope's.
    """
    if len(data) > FILE_MAX:
        raise _too_large(where)
    try:
        decoded = decode_bytes(data, where)
        return decoded.text, decoded.encoding
    except UnreadableDocument:
        for name in (declared_charset(data), charset):
            if name is not None and _KNOWN.fullmatch(name.lower()):
                try:
                    return data.decode(name), codecs.lookup(name).name
                except (LookupError, UnicodeError):
                    continue
        raise


def parse_page(text: str, where: str) -> Any:
    """The page's root element, without comments. Raises UnreadableDocument where it is too large or nested too deeply.

    Broken markup is mended as browsers mend it.
    """
    from lxml import etree, html

    text = _EMBEDDED.sub("data:,", text)
    if len(text) > PAGE_MAX or text.count("<") > TAGS_MAX:
        raise _too_large(where)
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


def _too_large(where: str) -> UnreadableDocument:
    return UnreadableDocument(
        "the page is too large (more than {megabytes} MB or {tags} tags)",
        where=where,
        remedy="Save the article alone, or as text",
        megabytes=PAGE_MAX // (1024 * 1024),
        tags=TAGS_MAX,
    )


def _not_parsed(where: str) -> UnreadableDocument:
    return UnreadableDocument(
        "the page holds no markup that can be read", where=where, remedy="Save the page again, or its text"
    )
