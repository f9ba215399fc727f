"""Addresses of reports that may become links."""

from __future__ import annotations

from urllib.parse import quote

_RESERVED = ":/?#[]@!$&'()*+,;=%"


def web_address(url: str | None) -> str | None:
    """The address as an ASCII URI where it leads to the web, else None: a page may name any other."""
    if url is None or not url.lower().startswith(("http://", "https://")) or len(url.split()) != 1:
        return None
    return quote(url.strip(), safe=_RESERVED)
