"""What an element of a web page is by its own markup: the article, its body, a caption, furniture of the page.

The names that sites give to the parts of their pages stand in `lexicon/web_pages.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

import msgspec

from pipeline import lexicon

_FURNITURE = frozenset(("nav", "footer", "aside", "dialog"))
_FURNITURE_ROLES = frozenset(("navigation", "search", "banner", "contentinfo", "dialog", "menu", "menubar"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class PageNames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `lexicon/web_pages.toml`: the names of a page's parts, as regular expressions."""

    body: list[str]
    lead: list[str]
    caption: list[str]
    credit: list[str]
    related: list[str]
    furniture: list[str]


@cache
def _names() -> dict[str, re.Pattern[str]]:
    names = lexicon.read_entries("web_pages.toml", PageNames)
    parts = msgspec.structs.asdict(names).items()
    return {part: re.compile("|".join(f"(?:{word})" for word in words)) for part, words in parts}


@lru_cache(maxsize=4096)
def _part_of_name(name: str) -> frozenset[str]:
    """The parts that one name of a class or id stands for."""
    pieces = {name, *re.split(r"[-_]+", name)}
    whole = ("body",)  # "content" or "body" as a piece of a name says nothing
    return frozenset(
        part
        for part, pattern in _names().items()
        if any(pattern.fullmatch(piece) for piece in ((name,) if part in whole else pieces))
    )


def find_parts(element: Any, tag: str) -> Iterator[tuple[str, str]]:
    """The parts of a page that an element's own markup says it is, each with the mark that said so."""
    if not element.attrib:
        if tag in _FURNITURE:
            yield "furniture", tag
        elif tag in ("article", "main"):
            yield tag, tag
        elif tag == "figcaption":
            yield "caption", tag
        elif tag == "time":
            yield "credit", tag
        return
    found: dict[str, str] = {}
    if tag in _FURNITURE or element.get("role", "").lower() in _FURNITURE_ROLES:
        found["furniture"] = tag
    elif tag in ("article", "main"):
        found[tag] = tag
    elif element.get("role") == "main":
        found["main"] = "role"
    if tag == "figcaption":
        found["caption"] = tag
    elif tag == "time":
        found["credit"] = tag
    properties = element.get("itemprop", "").split()
    if "articleBody" in properties:
        found["body"] = "itemprop"
    if any("Article" in kind for kind in element.get("itemtype", "").split("/")):
        found.setdefault("article", "itemtype")
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")):
        found["furniture"] = "hidden"
    for name in f"{element.get('class', '')} {element.get('id', '')}".lower().split()[:20]:
        for part in _part_of_name(name[:80]):
            found.setdefault(part, name)
    if "related" in found and found.get("furniture") not in (tag, "hidden"):
        # A pointer to other articles may stand in the text; whether it does is told from where it stands.
        found.pop("furniture", None)
    yield from found.items()
