"""Sentences and clauses of a report.

underthesea's own splitter cuts "chinhphu.vn" and "PGS.TS." and reads over line breaks; this one goes
line by line (hard-wrapped lines joined, see `read.paragraphs`) and asks of every stop what stands on both sides.

A stop (. ! ? … ./.) with the quotation marks and brackets that close right after it ends a sentence when
white space or the end of the line follows, unless
- what follows begins in lower case or with , ; : ("v.v. và", "“Sao thế?” ông hỏi");
- it belongs to a list marker or numbered heading at the sentence's head ("1.1.", "I.", "Điều 5.");
- it follows a title, a place's abbreviation or an initial ("PGS. TS. Nguyễn Văn A", "TP. HCM", "J. Smith");
- it closes a quotation that a dash follows ("“Phải làm ngay!” - Thủ tướng nói").
Colons and semicolons end clauses, not sentences. Sentences inside quotation marks are sentences of their own;
quotation marks are never paired over more than one stop, so that an unbalanced one does no harm.

What the rules can't know of words stands in `lexicon/sentence_abbreviations.txt`.
Not handled: names with a stop of their own ("Yahoo! Việt Nam"), sentences that begin in lower case, an
abbreviation at a sentence's end before a capital ("... của TP. Thủ tướng ...").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.read.paragraphs import find_paragraphs

LONGEST_SENTENCE = 2_000
"""Characters; a longer run is cut at a semicolon, comma or space, so that tagging one stays cheap."""

_CLOSERS = "\"'”’»›)]}*_"
_SPACED_CLOSERS = "”’»›)]}"
_QUOTES = "\"'”’»›"
_OPENERS = "\"'“‘«‹([{*_"
_STOP = re.compile(r"[.!?…](?:[ \t\xa0]?[.!?…]|/\.)*")
_SPACE = re.compile(r"\s*")
_WORD_BEFORE = re.compile(r"[^\s\"'“”‘’«»‹›()\[\]{},;:!?…]+$")
_NUMBER = r"(?:\d{1,3}|[IVXLC]{1,6}|[A-Za-zĐđ])(?:\.(?:\d{1,3}|[a-zđ]))*"
_LIST_NUMBER = re.compile(rf"[-+•·●○■□▪►♦✓–—|#>*_\s]*{_NUMBER}\s*")
_LIST_LETTER = re.compile(r"(?:[a-zđ]|[ivx]{1,4})\)")
_INLINE_NUMBER = re.compile(r"[:;]\s*\d{1,2}\s*$")
_INITIAL = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_GLUED = re.compile(r"[^\W\d_]{2}|[^\W\d_]\s")
_LOOK_BACK = 60
_LOOK_AHEAD = 24

_CLAUSE_CUT = re.compile(
    r"(?<=;)|(?<=:)(?=[\s\"“‘«(])|(?<=[^\d/\s]:)(?=[^\W\d_a-zđ])"
    r"|(?<=\s)(?=\(?(?:\d{1,2}|[a-zđ]|[ivx]{1,4})\)\s)"
)


@dataclass(frozen=True, slots=True)
class SentenceLexicon:
    """What must be known of words: see the comments in `lexicon/sentence_abbreviations.txt`."""

    abbreviations: frozenset[str]
    heading: re.Pattern[str]
    opener: re.Pattern[str]


@cache
def load_sentence_lexicon() -> SentenceLexicon:
    """The lexicon's lists, read once."""
    lists: dict[str, list[str]] = {}
    items: list[str] = []
    source = files("pipeline.lexicon").joinpath("sentence_abbreviations.txt")
    for line in source.read_text(encoding="utf-8").splitlines():
        entry = line.strip()
        if entry.startswith("["):
            items = lists.setdefault(entry.strip("[]"), [])
        elif entry and not entry.startswith("#"):
            items.append(entry)
    heads = "|".join(map(re.escape, lists["headings"]))
    openers = "|".join(map(re.escape, lists["openers"]))
    return SentenceLexicon(
        frozenset(lists["abbreviations"]),
        re.compile(rf"[*_#\s]*(?:{heads})\s+{_NUMBER}\s*"),
        re.compile(rf"(?:{openers})(?!\w)"),
    )


def find_sentences(text: str) -> list[tuple[int, int]]:
    """Half-open offsets of the sentences, in order, without white space around them.

    Every sign that isn't white space lies in exactly one. Time is linear in the text's length. A
    sentence is at most `LONGEST_SENTENCE` characters; a longer run comes in several pieces.
    """
    lexicon = load_sentence_lexicon()
    sentences: list[tuple[int, int]] = []
    for start, end in find_paragraphs(text):
        _split(text, start, end, lexicon, sentences)
    return sentences


def _split(text: str, start: int, end: int, lexicon: SentenceLexicon, sentences: list[tuple[int, int]]) -> None:
    """Append the sentences of the paragraph `text[start:end]`."""
    quotes = 0
    counted = head = start
    for match in _STOP.finditer(text, start, end):
        stop = match.start()
        if stop < head:
            continue
        quotes += text.count('"', counted, stop)
        counted = stop
        close, after = _closing(text, match.end(), end, open_quote=quotes % 2 == 1)
        if after == end:
            break
        if _ends_sentence(text, head, stop, match.end(), close, after, lexicon):
            _append(text, head, close, sentences)
            head = after
    _append(text, head, end, sentences)


def _closing(text: str, stop_end: int, end: int, *, open_quote: bool) -> tuple[int, int]:
    """The end of the marks that close after a stop, and the place of the next sign after white space.

    Tokenised press dumps set closing marks apart (". ”"); a straight quotation mark set apart closes only
    if one is open.
    """
    close = stop_end
    while close < end and text[close] in _CLOSERS:
        close += 1
    after = _skip_space(text, close, end)
    while after < end and (text[after] in _SPACED_CLOSERS or (text[after] == '"' and open_quote and close == stop_end)):
        following = after + 1
        if following < end and not text[following].isspace() and text[following] not in _CLOSERS:
            break
        open_quote = open_quote and text[after] != '"'
        close = following
        after = _skip_space(text, close, end)
    return close, after


def _skip_space(text: str, start: int, end: int) -> int:
    match = _SPACE.match(text, start, end)
    return match.end() if match else start


def _ends_sentence(
    text: str, head: int, stop: int, stop_end: int, close: int, after: int, lexicon: SentenceLexicon
) -> bool:
    """Whether the stop `text[stop:stop_end]`, closed at `close`, ends the sentence begun at `head`."""
    if after == close and not _is_glued(text, head, stop, stop_end, after):
        return False
    next_sign = text[after]
    if next_sign in ",;:.!?…/%" or (next_sign in "-–—" and _closes_quotation(text, stop_end, close)):
        return False
    onward = text[after : after + _LOOK_AHEAD].lstrip(_OPENERS + " \t\xa0")
    if onward[:1].islower() and not _LIST_LETTER.match(onward):
        return False
    if not _has_word(text, head, stop):
        return False
    if text[stop] != "." or stop_end - stop > 1:
        return True
    return not _is_abbreviation(text, head, stop, onward, lexicon)


def _closes_quotation(text: str, stop_end: int, close: int) -> bool:
    return any(sign in _QUOTES for sign in text[stop_end:close])


def _has_word(text: str, head: int, stop: int) -> bool:
    """Whether anything but signs stands before the stop: "..." alone opens a sentence rather than ending one."""
    return any(char.isalnum() for char in text[max(head, stop - _LOOK_BACK) : stop])


def _is_glued(text: str, head: int, stop: int, stop_end: int, after: int) -> bool:
    """A full stop with its space forgotten: "trong tháng 6.Đồng chí", not "TP.HCM", "VnExpress.Net", "Tp.Huế"."""
    if text[stop] not in ".!?…" or not text[after].isupper() or not _GLUED.match(text, after):
        return False
    before = _WORD_BEFORE.search(text, max(head, stop - _LOOK_BACK), stop)
    if before is None:
        return stop_end - stop == 1 and text[stop - 1 : stop] in _CLOSERS
    word = before[0]
    return (word.isalpha() and word.islower() and len(word) > 1) or (word.isdigit() and len(word) in (2, 4))


def _is_abbreviation(text: str, head: int, stop: int, onward: str, lexicon: SentenceLexicon) -> bool:
    """Whether a single full stop belongs to what stands before it."""
    limit = max(head, stop - _LOOK_BACK)
    if limit == head and (_LIST_NUMBER.fullmatch(text, head, stop) or lexicon.heading.fullmatch(text, head, stop)):
        return True
    if _INLINE_NUMBER.search(text, limit, stop):
        return True
    tail = stop
    while tail > limit and text[tail - 1] in " \t\xa0":
        tail -= 1
    before = _WORD_BEFORE.search(text, limit, tail)
    if before is None:
        return False
    word = before[0]
    if word.rpartition(".")[2] in lexicon.abbreviations or word in lexicon.abbreviations:
        return True
    last = word.rpartition(".")[2]
    if len(last) == 1 and last.isupper() and (_INITIAL.fullmatch(word) or "." in word):
        return lexicon.opener.match(onward) is None
    return False


def _append(text: str, start: int, end: int, sentences: list[tuple[int, int]]) -> None:
    """Append a stripped sentence, in pieces of at most `LONGEST_SENTENCE` characters."""
    start = _skip_space(text, start, end)
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST_SENTENCE:
        cut = _find_cut(text, start)
        sentences.append((start, start + len(text[start:cut].rstrip())))
        start = _skip_space(text, cut, end)
    if start < end:
        sentences.append((start, end))


def _find_cut(text: str, start: int) -> int:
    """Where to cut a run that is too long: after the last semicolon, else comma, else space of its second half."""
    limit = start + LONGEST_SENTENCE
    for sign in (";", ",", " "):
        place = text.rfind(sign, start + LONGEST_SENTENCE // 2, limit)
        if place > start:
            return place + 1
    return limit


def find_clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Half-open offsets of the clauses of the sentence `text[start:end]`, without white space around them.

    Cut after semicolons; after colons before white space, a quotation or a capital letter (not in "19:54",
    "https://..."); before list markers inside the line ("a)", "(1)", "1)"). Every sign that isn't white
    space lies in exactly one clause. Dashes don't cut: "kinh tế - xã hội".

    "Thủ tướng yêu cầu: a) Bộ Y tế trực 24/24; b) các tỉnh báo cáo." -> "Thủ tướng yêu cầu:",
    "a) Bộ Y tế trực 24/24;", "b) các tỉnh báo cáo."
    """
    clauses = []
    cuts = [match.start() for match in _CLAUSE_CUT.finditer(text, start, end)]
    for first, last in zip([start, *cuts], [*cuts, end], strict=True):
        first = _skip_space(text, first, last)
        while last > first and text[last - 1].isspace():
            last -= 1
        if first < last:
            clauses.append((first, last))
    return clauses
