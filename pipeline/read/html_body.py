"""Which lines of a page are its article.

The rule is to lose no body text: where the markup names the article's element, that is taken whole, with the title,
lead and credits around it; where it doesn't, everything from the title to the last passage of prose. Only what is
certainly no article stays out: what the markup names as menus, comments or footers, and lists of links around it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.read.html_lines import PageLine, PageLines, PagePart
from pipeline.read.letterhead import is_head_line
from pipeline.records import BlockKind

_NAMED_SHARE = 0.5
"""A named element is the article's where it holds so much of the page's prose, furniture aside."""
_FURNITURE_SHARE = 0.3
"""What is named furniture but holds so much of the page's prose is misnamed, and is read."""
_ARTICLE_MIN = 400
"""Characters of prose that an element named an article must have to be one."""
_MENU_RUN = 4
"""So many lines of links in a row, outside a named article, are a menu."""
_TITLE_AWAY = 40
_CREDITS_BEHIND = 6
_DAY = re.compile(r"\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{4}")
_HEADINGS = ("h1", "h2", "h3")


class ArticleLine(NamedTuple):
    """A line of the article, and its role where the markup states one."""

    text: str
    kind: BlockKind | None


class Article(NamedTuple):
    """The lines of the article in order; how many lines of the page stayed out, and how many of them were prose that
    the markup doesn't name as furniture."""

    lines: tuple[ArticleLine, ...]
    left_out: int
    prose_left_out: int


def find_article(page: PageLines, title: str | None) -> Article:
    """The lines of the page's article. `title` is what the page's head says it is called. Linear in the page's size."""
    lines = page.lines
    if not lines:
        return Article((), 0, 0)
    furniture = _furniture(page)
    at_title = _title_line(lines, furniture, title)
    named = _named_body(page, furniture)
    kept = (_unnamed_body(lines, furniture, at_title) if named is None else named) - furniture
    kept = kept or set(range(len(lines))) - furniture or set(range(len(lines)))
    kept |= _around(page, furniture, at_title, min(kept), max(kept))
    out = [i for i in range(len(lines)) if i not in kept]
    return Article(
        lines=tuple(ArticleLine(lines[i].text, _kind(lines[i], i == at_title)) for i in sorted(kept)),
        left_out=len(out),
        prose_left_out=sum(1 for i in out if i not in furniture and lines[i].is_prose and not _is_other(lines[i])),
    )


def _around(page: PageLines, furniture: set[int], at_title: int | None, first: int, last: int) -> set[int]:
    """The lines before and behind the body's first and last that are the article's: title, lead, credits, and whatever
    else stands in the element that holds them all."""
    lines = page.lines
    whole = _article_around(page, first, at_title)
    found: set[int] = set()
    if at_title is not None and at_title < first:
        found.add(at_title)
        found.update(
            i for i in range(at_title + 1, first) if _introduces(lines[i]) or (i in whole and not _is_link(lines[i]))
        )
    for i in range(last + 1, len(lines)):
        near = i <= last + _CREDITS_BEHIND and "credit" in lines[i].parts
        if near or (i in whole and not _is_link(lines[i])):
            found.add(i)
    return found - furniture


def _furniture(page: PageLines) -> set[int]:
    """The lines that the markup names as furniture, where that can be believed."""
    sums = _running_weights(page.lines)
    believed = _FURNITURE_SHARE * sums[-1]
    found: set[int] = set()
    covered = 0
    for part in sorted((p for p in page.parts if p.part == "furniture"), key=lambda p: (p.start, -p.end)):
        weight = sums[part.end] - sums[part.start] if part.end > part.start else 0
        if part.end <= covered or (weight and weight >= believed and not _stands_apart(page, part, sums)):
            continue
        found.update(range(max(part.start, covered), part.end))
        covered = part.end
    return found


def _stands_apart(page: PageLines, furniture: PagePart, sums: list[int]) -> bool:
    """Whether the article is named elsewhere, so that long furniture (readers' comments) can be believed to be it."""
    return any(
        part.part in ("body", "article")
        and (part.end <= furniture.start or part.start >= furniture.end)
        and sums[part.end] - sums[part.start] >= _ARTICLE_MIN
        for part in page.parts
    )


def _running_weights(lines: list[PageLine]) -> list[int]:
    sums = [0]
    for line in lines:
        sums.append(sums[-1] + (len(line.text) if line.is_prose else 0))
    return sums


def _title_line(lines: list[PageLine], furniture: set[int], title: str | None) -> int | None:
    """The line that is the page's title: the one its head names, else its first heading of the first order."""
    wanted = _key(title) if title else ""
    same = [i for i, line in enumerate(lines) if wanted and i not in furniture and _is_title(_key(line.text), wanted)]
    for candidates in (
        [i for i in same if lines[i].tag == "h1"],
        [i for i in same if lines[i].tag in _HEADINGS],
        # A page made of a Word file is often called by its first line, the letterhead's.
        [i for i in same if not lines[i].linked and not is_head_line(lines[i].text)],
        [i for i, line in enumerate(lines) if line.tag == "h1" and i not in furniture and len(line.text) > 15],
    ):
        if candidates:
            return candidates[0]
    return None


def _is_title(line: str, wanted: str) -> bool:
    # The head often adds the site's name, or cuts a long title.
    return len(line) > 10 and (line == wanted or (wanted.startswith(line) and len(line) > 25))


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().lower()


def _named_body(page: PageLines, furniture: set[int]) -> set[int] | None:
    """The lines of the element that the markup names as the article's, or None where it names none that can be."""
    sums = _running_weights(page.lines)
    clean = [0]
    for i, line in enumerate(page.lines):
        clean.append(clean[-1] + (0 if i in furniture or not line.is_prose else len(line.text)))
    total = clean[-1]
    for kind in ("body", "article", "main"):
        named = [part for part in page.parts if part.part == kind and part.end > part.start]
        best = max(named, key=lambda part: (clean[part.end] - clean[part.start], part.start - part.end), default=None)
        if best is None or clean[best.end] - clean[best.start] < _NAMED_SHARE * total:
            continue
        if not sums[best.end] - sums[best.start] and total:
            continue
        # An article cut in two by an advertisement stands in two elements of one name.
        same = [part for part in named if part.by == best.by and kind == "body"]
        return {i for part in (best, *same) for i in range(part.start, part.end)}
    return None


def _unnamed_body(lines: list[PageLine], furniture: set[int], at_title: int | None) -> set[int]:
    """From the title, or the first passage of prose, to the last; menus between columns stay out."""
    prose = [i for i, line in enumerate(lines) if line.is_prose and i not in furniture]
    if not any(_is_link(line) for line in lines) and not furniture:
        return set(range(len(lines)))
    if not prose:
        return set()
    first = at_title if at_title is not None and at_title < prose[0] + _TITLE_AWAY else prose[0]
    first = min(first, prose[0]) if at_title is None else first
    # Short lines around the prose are the article's as long as they are no links: a signature, a source.
    last = prose[-1]
    while last + 1 < len(lines) and last + 1 not in furniture and not _is_link(lines[last + 1]):
        last += 1
    while at_title is None and first > 0 and first - 1 not in furniture and not _is_link(lines[first - 1]):
        first -= 1
    kept: set[int] = set()
    run: list[int] = []
    for i in range(first, last + 1):
        if i in furniture:
            continue
        if _is_link(lines[i]):
            run.append(i)
            continue
        if len(run) < _MENU_RUN:
            kept.update(run)
        run = []
        kept.add(i)
    return kept


def _article_around(page: PageLines, first: int, at_title: int | None) -> range:
    """The smallest element named an article that holds both the body's first line and the title."""
    holds = [
        part
        for part in page.parts
        if part.part == "article" and part.start <= (first if at_title is None else min(first, at_title)) < part.end
        and first < part.end
    ]
    best: PagePart | None = min(holds, key=lambda part: part.end - part.start, default=None)
    return range(best.start, best.end) if best is not None else range(0)


def _is_link(line: PageLine) -> bool:
    return line.linked >= 0.8 * len(line.text)


def _is_other(line: PageLine) -> bool:
    return "related" in line.parts


def _introduces(line: PageLine) -> bool:
    """Whether a line between title and body is the article's: its lead, a credit, a day, prose."""
    if _is_link(line) or "related" in line.parts:
        return False
    return bool(line.parts & {"lead", "credit"}) or line.is_prose or bool(_DAY.search(line.text))


def _kind(line: PageLine, is_title: bool) -> BlockKind | None:
    if is_title:
        return "title"
    if line.tag == "row":
        return "table"
    if "caption" in line.parts and len(line.text) < 600:
        return "caption"
    if "related" in line.parts and line.linked >= 0.5 * len(line.text):
        return "related_link"
    if "lead" in line.parts and line.is_prose:
        return "lead"
    return None
