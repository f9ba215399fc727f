"""Full names of persons where they stand: a family name of `lexicon/surnames.txt` and capitals behind it.

Names of places begin with the same syllables ("Hà Giang"): such a run is a person's name where the tagger says so.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline import lexicon
from pipeline.extraction.page import Page
from pipeline.extraction.person_words import load_person_words
from pipeline.extraction.vocabulary import UPPER, any_spelled
from pipeline.language.matchkey import match_key
from pipeline.registry.body_index import load_body_index

_GIVEN = rf"[{UPPER}][^\W\d_]*(?:['’][^\W\d_]+)?(?![\w.])"
FOREIGN_NAME = re.compile(rf"{_GIVEN}(?: +{_GIVEN}){{2,3}}")
"""Three or four capitals in a row, a name behind a form of address though no family name begins it."""
GIVEN_NAME = re.compile(rf"{_GIVEN}(?: +{_GIVEN})?")
"""One or two capitals in a row: "Tuấn" of "ông Tuấn"."""
_CAPITAL_BEFORE = re.compile(rf"[{UPPER}][^\W\d_{UPPER}]+ +$")
"""A capitalised syllable right before: what begins there may be the end of a place ("Nghệ An Trịnh Bá Khoát")."""


@cache
def surnames() -> frozenset[str]:
    """Family names as they are written."""
    return frozenset(lexicon.read_list("surnames.txt"))


@cache
def _common_surnames() -> frozenset[str]:
    return frozenset(lexicon.read_list("common_surnames.txt"))


@cache
def name_pattern() -> re.Pattern[str]:
    """Full names in the flat text: two to five syllables, the first a family name; also "H'Yim", "Y Thanh"."""
    minority = rf"[HK]['’][{UPPER}][^\W\d_]+|Y(?= [{UPPER}][^\W\d_{UPPER}])(?! Tế)"
    return re.compile(rf"(?<![\w])(?:{any_spelled(surnames())}|{minority})(?: +{_GIVEN}){{1,4}}")


def name_at(page: Page, at: int, limit: int) -> re.Match[str] | None:
    """The full name at `at`, when it is one of a person and none of a place; its groups are of no use."""
    match = name_pattern().match(page.flat, at, limit)
    if match is None:
        return None
    words = match.group().split()
    if "Thị" in words[2:] and words[words.index("Thị") - 1] in surnames():
        # "Đồng Hỷ Thái Thị Giang": the family name stands right before "Thị", and a place before it
        return None
    before = page.key[max(0, at - 12) : at].split()
    after_unit = bool(before) and before[-1] in load_person_words().place_units
    if after_unit and len(words) < 3 and not is_tagged(page, match.start(), match.end()):
        return None
    second = _common_surnames() if len(words) < 4 else surnames()
    rare_first = len(words) > 2 and words[1] in second and words[0] not in _common_surnames()
    if rare_first and _CAPITAL_BEFORE.search(page.flat, max(0, at - 14), at):
        return None
    if is_place(match.group()) and (len(words) > 3 or not is_tagged(page, match.start(), match.end())):
        return None
    return match


def is_tagged(page: Page, start: int, end: int) -> bool:
    """Whether the tagger found a person in [start, end)."""
    return page.has_person(start, end)


@cache
def _places() -> frozenset[str]:
    return frozenset(match_key(name) for name, _ in load_body_index().place_names())


def is_place(name: str) -> bool:
    """Whether a name is a place's, or begins with one of two or three syllables ("Hà Nội Nguyễn Văn A")."""
    key = match_key(name)
    words = key.split()
    return key in _places() or " ".join(words[:2]) in _places() or " ".join(words[:3]) in _places()
