"""What names a report whatever its text: the address of an article, the number of an official document."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

from pipeline.records import SourceDocument

# Parameters that say where a reader came from, not what is read.
_TRACKING = ("utm_", "fbclid", "gclid", "zarsrc")


def address_key(url: str | None) -> str | None:
    """One form for the spellings of a web address: without scheme, "www.", fragment, closing slash and tracking
    parameters. Null for what is no address of one article: another scheme, a site's first page."""
    try:
        parts = urlsplit(url.strip()) if url else None
        host = parts.hostname if parts else None
    except ValueError:
        return None
    if parts is None or host is None or parts.scheme.lower() not in ("http", "https"):
        return None
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not name.lower().startswith(_TRACKING)
    ]
    path = parts.path.rstrip("/")
    if not path and not query:
        return None
    return f"{host.removeprefix('www.')}{path}?{urlencode(sorted(query))}"


def number_key(source: SourceDocument) -> str | None:
    """An official document's number and sign with its issuer and day; null where one of them isn't known: every
    office counts anew each year, so that the number alone names nothing."""
    if not (source.number and source.issuer and source.published) or source.genre == "news":
        return None
    return " ".join(f"{source.number} {source.issuer} {source.published}".split()).lower()
