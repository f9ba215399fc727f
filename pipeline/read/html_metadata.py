"""What a web page says of itself in its head: title, day of publication, author, publisher, canonical address.

Read from JSON-LD (schema.org), OpenGraph, Dublin Core and the like, and nowhere guessed: a day that could be read two
ways is not read. Days with an offset from UTC are taken in Vietnam's time (UTC+7), so that what was put out at half
past six in the morning isn't of the day before.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

_VIETNAM = datetime.timezone(datetime.timedelta(hours=7))
_ISO = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    r"(?:[T ](?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?:\d{6})?$")
_DAY_FIRST = re.compile(r"\b(?P<day>\d{1,2})[/.\-](?P<month>\d{1,2})[/.\-](?P<year>\d{4})\b(?P<rest>.*)")
_LD_MAX = 400_000
_LD_DEPTH = 12

# Names of meta elements (`name`, `property` or `itemprop`), the surest first.
_DAY_NAMES = ("article:published_time", "og:article:published_time", "datepublished", "pubdate", "publishdate",
              "dc.date.issued", "dcterms.issued", "dc.date.created", "dc.date", "dcterms.date",
              "citation_publication_date", "parsely-pub-date", "sailthru.date", "article.published", "date",
              "published_date", "datecreated")  # fmt: skip
_TITLE_NAMES = ("og:title", "headline", "dc.title", "dcterms.title", "twitter:title", "title")
_AUTHOR_NAMES = ("article:author", "author", "dc.creator", "dcterms.creator", "dable:author", "citation_author")
_PUBLISHER_NAMES = ("og:site_name", "dc.publisher", "dcterms.publisher", "article:publisher", "publisher",
                    "application-name")  # fmt: skip
_ADDRESS_NAMES = ("og:url", "dc.identifier.uri", "twitter:url")
_ARTICLES = ("Article", "NewsArticle", "ReportageNewsArticle", "BlogPosting", "Report", "WebPage",
             "AnalysisNewsArticle", "GovernmentService", "Legislation", "LiveBlogPosting",
             "OpinionNewsArticle")  # fmt: skip


class PageMetadata(NamedTuple):
    """What a page says of itself, null where it doesn't. `published` is an ISO day; `other_days` are those that other
    fields of the page give instead."""

    title: str | None
    published: str | None
    author: str | None
    publisher: str | None
    url: str | None
    other_days: tuple[str, ...]


def read_metadata(root: Any) -> PageMetadata:
    """The metadata in a page's tree."""
    metas = _metas(root)
    articles = list(_articles(root))

    def first(ld_names: tuple[str, ...], meta_names: tuple[str, ...]) -> str | None:
        for article in articles:
            for name in ld_names:
                text = _ld_text(article.get(name))
                if text:
                    return text
        return next((metas[name] for name in meta_names if metas.get(name)), None)

    days = [day for article in articles if (day := read_day(_ld_text(article.get("datePublished")) or "")) is not None]
    days += [day for name in _DAY_NAMES if (day := read_day(metas.get(name, ""))) is not None]
    for element in root.iter("time"):
        if element.get("pubdate") is not None or "datePublished" in element.get("itemprop", ""):
            day = read_day(element.get("datetime") or element.get("content") or "")
            days += [day] if day is not None else []
    canonical = next(
        (e.get("href", "").strip() for e in root.iter("link") if "canonical" in e.get("rel", "").lower().split()), ""
    )
    url = canonical if _is_address(canonical) else first(("url", "mainEntityOfPage", "@id"), _ADDRESS_NAMES)
    author = first(("author",), _AUTHOR_NAMES)
    return PageMetadata(
        title=first(("headline",), _TITLE_NAMES) or _title_element(root),
        published=days[0] if days else None,
        author=author if author and not _is_address(author) else None,
        publisher=first(("publisher",), tuple(n for n in _PUBLISHER_NAMES if not _is_address(metas.get(n, "")))),
        url=url if url and _is_address(url) else None,
        other_days=tuple(sorted(set(days[1:]) - {days[0]})) if days else (),
    )


def read_day(text: str) -> str | None:
    """The ISO day of a metadata value, in Vietnam's time where it names an offset; None where it names no certain day.

    "2024-10-21T23:30:00Z" is 2024-10-22, "22/10/2024 08:30" is 2024-10-22; "5/12/2024 8:30:00 AM", which servers set
    to American English write month first, is none unless one of its numbers can't be a month.
    """
    text = text.strip()
    iso = _ISO.match(text) or _COMPACT.match(text)
    if iso is not None:
        return _iso_day(iso)
    match = _DAY_FIRST.search(text[:80])
    if match is None:
        return None
    day, month, year = int(match["day"]), int(match["month"]), int(match["year"])
    if re.search(r"\b[AP]M\b", match["rest"]) and day != month:
        if day <= 12 and month <= 12:
            return None
        if month > 12:
            day, month = month, day
    return _valid_day(year, month, day)


def _iso_day(match: re.Match[str]) -> str | None:
    found = match.groupdict()
    year, month, day = int(found["year"]), int(found["month"]), int(found["day"])
    zone = found.get("zone")
    if zone is None or found.get("hour") is None:
        return _valid_day(year, month, day)
    minutes = 0
    if zone != "Z":
        digits = zone[1:].replace(":", "")
        minutes = (int(digits[:2]) * 60 + int(digits[2:])) * (-1 if zone[0] == "-" else 1)
    try:
        at = datetime.datetime(year, month, day, int(found["hour"]), int(found["minute"]), tzinfo=datetime.UTC)
        return (at - datetime.timedelta(minutes=minutes)).astimezone(_VIETNAM).date().isoformat()
    except (ValueError, OverflowError):
        return None


def _valid_day(year: int, month: int, day: int) -> str | None:
    try:
        found = datetime.date(year, month, day)
    except ValueError:
        return None
    return found.isoformat() if found.year >= 1945 else None


def _metas(root: Any) -> dict[str, str]:
    """The content of the page's meta elements by their names in lower case; the first of a name counts."""
    metas: dict[str, str] = {}
    for element in root.iter("meta"):
        content = " ".join((element.get("content") or "").split())
        for attribute in ("name", "property", "itemprop"):
            name = (element.get(attribute) or "").strip().lower()
            if name and content:
                metas.setdefault(name, content)
    return metas


def _articles(root: Any) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD that are articles; articles before mere pages."""
    found: list[dict[str, Any]] = []
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text or len(script.text) > _LD_MAX:
            continue
        try:
            # Press sites leave line breaks in the strings, which strict JSON forbids.
            data = json.loads(script.text.strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        found.extend(_objects(data, 0))
    yield from (item for item in found if _is_of(item, [name for name in _ARTICLES if name != "WebPage"]))
    yield from (item for item in found if _is_of(item, ["WebPage"]))


def _objects(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _LD_DEPTH:
        return
    if isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity"):
            yield from _objects(data.get(key), depth + 1)
    elif isinstance(data, list):
        for item in data:
            yield from _objects(item, depth + 1)


def _is_of(item: dict[str, Any], names: list[str]) -> bool:
    kinds = item.get("@type")
    return any(kind in names for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str))


def _ld_text(value: Any) -> str | None:
    """A value of JSON-LD as words: a string, the name or address of an object, the names of a list."""
    if isinstance(value, str):
        import html

        return " ".join(html.unescape(value).split()) or None
    if isinstance(value, dict):
        return next((text for key in ("name", "@id", "url") if (text := _ld_text(value.get(key)))), None)
    if isinstance(value, list):
        names = [text for item in value[:20] if not isinstance(item, list) and (text := _ld_text(item))]
        return ", ".join(names) or None
    return None


def _title_element(root: Any) -> str | None:
    for element in root.iter("title"):
        words = " ".join((element.text or "").split())
        if words:
            return words
    return None


def _is_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))
