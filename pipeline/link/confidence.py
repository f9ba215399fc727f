"""How sure a task is, from the rules that made it: a figure between 0 and 1."""

from __future__ import annotations

from pipeline.extraction.ask_list import Ask

_BY_FORCE = {"order": 0.9, "request": 0.88, "proposal": 0.85, "pledge": 0.85, "ban": 0.8, "stress": 0.75, "say": 0.65}


def confidence_of(ask: Ask) -> float:
    """The confidence of an ask: by the cue that introduces it; less for a list that goes on and for bare modals; more
    when an addressee is named. Two decimals."""
    first, form = ask.rules[0], ask.rules[-1]
    value = _BY_FORCE.get(ask.cue.force, 0.6) if ask.cue is not None else 0.7
    if first == "list-goes-on":
        value -= 0.1
    elif first == "need-of-speaker":
        value = 0.6
    elif first.startswith("pledge"):
        value = 0.65
    elif first.startswith("quotation"):
        value -= 0.1
    if form == "addressee-and-work":
        value += 0.05
    elif form == "modal-in-clause":
        value -= 0.1
    if ask.speaker is None or not ask.speaker.known:
        value -= 0.15
    return round(min(0.97, max(0.2, value)), 2)
