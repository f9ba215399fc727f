"""How sure a task is, from the rules that made it: a figure between 0 and 1.

The figures are the shares of tasks that were right on the corpus, by what made them one (`chidao evaluate corpus`), a
little less where few were counted; the README's table says how they hold on real reports.
"""

from __future__ import annotations

from pipeline.extraction.ask_list import Ask

_BY_FORCE = {"order": 0.92, "request": 0.91, "proposal": 0.9, "pledge": 0.89, "ban": 0.85, "stress": 0.82, "say": 0.78}
_BY_WAY = {"passive-order": 0.88, "pledge": 0.91, "table-row": 0.88, "need-of-speaker": 0.72, "quotation": 0.6}
_IN_A_LIST = {"official": 0.93, "press": 0.84}
"""Sentences that go on with the asks before them: the points of a document do it more surely than an article's."""
_NO_CUE = 0.7
_NAMED = 0.03
_BARE_MODAL = 0.12
_NOBODY_SPEAKS = 0.15


def confidence_of(ask: Ask, *, official: bool) -> float:
    """The confidence of an ask: by the cue or the way in which it is told; more where an addressee is named, less for a
    bare modal, and where nobody is known to speak. `official` says that a document asks. Two decimals."""
    way, form = ask.rules[0].split(":")[0], ask.rules[-1]
    if way == "list-goes-on":
        value = _IN_A_LIST["official" if official else "press"]
    elif way in _BY_WAY:
        value = _BY_WAY[way]
    else:
        value = _BY_FORCE.get(ask.cue.force, 0.6) if ask.cue is not None else _NO_CUE
    if form == "addressee-and-work":
        value += _NAMED
    elif form == "modal-in-clause":
        value -= _BARE_MODAL
    if ask.speaker is None or not ask.speaker.known:
        value -= _NOBODY_SPEAKS
    return round(min(0.97, max(0.2, value)), 2)
