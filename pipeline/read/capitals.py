"""Words set in capitals, as running text writes them: "UBND TỈNH TÂY NINH" as "UBND tỉnh Tây Ninh".

How a word is written is taken from the report's own running text first, then from the lexicon's names (bodies, places,
`written` in `anatomy.toml`); what neither knows is a place's name behind a unit ("XÃ"), else is set in small letters.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from pipeline.lexicon.bodies import load_register
from pipeline.read.anatomy import load_anatomy

_LONGEST = 12
_SLOT = re.compile(r"\s*\{\w+\}\s*")
_HEAD = 60_000
"""Characters of the report that are searched for the words."""


def as_written(capitals: str, text: str) -> str:
    """The words as running text writes them, the first letter a capital. `text` is the report they stand in.

    From left to right the longest run of words that the report or the lexicon writes is taken. Words that aren't all in
    capitals stay as they are.
    """
    if not capitals.isupper():
        return " ".join(capitals.split())
    words = capitals.split()
    running = " ".join(text[:_HEAD].split())
    folded = running.lower()
    out: list[str] = []
    at = 0
    named = False
    while at < len(words):
        found = next(
            (
                (size, form)
                for size in range(min(_LONGEST, len(words) - at), 0, -1)
                if (form := _form(" ".join(words[at : at + size]).lower(), running, folded, single=size == 1))
            ),
            None,
        )
        size, form = found or (1, words[at].title() if named else words[at].lower())
        out.append(form)
        named = form in _units() or (found is None and named)
        at += size
    name = " ".join(out)
    return name[:1].upper() + name[1:]


def _form(key: str, running: str, folded: str, *, single: bool) -> str | None:
    """How the words `key` (small letters) are written: in the report, else in the lexicon; None where in neither."""
    known = _lexicon().get(key)
    if known is not None or single:
        return known
    forms: Counter[str] = Counter()
    at = folded.find(key)
    while at >= 0:
        form = running[at : at + len(key)]
        whole = not (folded[at - 1 : at].isalnum() or folded[at + len(key) : at + len(key) + 1].isalnum())
        if whole and not form.isupper() and form[0].isupper() and form != form.lower():
            forms[form] += 1
        at = folded.find(key, at + 1)
    if not forms:
        return None
    written = forms.most_common(1)[0][0]
    return written if _names(written) else None


def _names(form: str) -> bool:
    """Whether more than the first word has a capital: one alone may be a sentence's first."""
    return any(word[:1].isupper() for word in form.split()[1:])


@cache
def _units() -> frozenset[str]:
    return frozenset(load_anatomy().body_heads.units)


@cache
def _lexicon() -> dict[str, str]:
    """Names by their words in small letters: `written`, units, bodies, types of local bodies, places."""
    register = load_register()
    names = [name for place in register.places for name in (place.name, *place.full_names)]
    names += [_SLOT.sub("", kind.name).strip() for kind in register.types]
    names += [body.name for body in register.bodies]
    names += load_anatomy().written
    known = {name.lower(): name for name in names if name}
    return {**known, **{unit: unit for unit in load_anatomy().body_heads.units}}
