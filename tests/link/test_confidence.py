"""How sure a task is: an order among the ways of asking, and bounds."""

from __future__ import annotations

import pytest

from pipeline.extraction.ask_list import Ask
from pipeline.extraction.bodies import BodyMention
from pipeline.extraction.cues import CueMention
from pipeline.extraction.speakers import Speaker
from pipeline.link.confidence import confidence_of

SPEAKER = Speaker("Lò Văn Đạt", "Chủ tịch UBND tỉnh", None, 0, 10, "role-and-name")
FORCES = ("order", "request", "proposal", "pledge", "ban", "stress", "say", "opine")
HOWS = ("cue:x", "list-goes-on", "need-of-speaker", "pledge:x", "quotation:x", "passive-order")
FORMS = ("addressee-and-work", "work-in-front", "modal-in-clause")


def ask(
    how: str = "cue:yeu-cau",
    form: str = "work-in-front",
    force: str | None = "order",
    speaker: Speaker | None = SPEAKER,
) -> Ask:
    """An ask that was read so."""
    return Ask(
        start=20,
        end=60,
        kind="directive",
        speaker=speaker,
        cue=CueMention(11, 18, force, "yeu-cau", False) if force else None,
        lead=(BodyMention(20, 27),),
        inherited=False,
        coordinating=(),
        intro=None,
        scope=None,
        sentence=0,
        rules=(how, form),
    )


@pytest.mark.parametrize("force", [*FORCES, None])
@pytest.mark.parametrize("how", HOWS)
def test_a_share_with_two_places(force: str | None, how: str) -> None:
    for form in FORMS:
        for speaker in (SPEAKER, None):
            value = confidence_of(ask(how, form, force, speaker), official=False)
            assert 0.2 <= value <= 0.97
            assert round(value, 2) == value


@pytest.mark.parametrize(
    ("surer", "less"),
    [
        pytest.param(ask(), ask("list-goes-on"), id="said-than-going-on"),
        pytest.param(ask(form="addressee-and-work"), ask(), id="with-addressee-than-without"),
        pytest.param(ask(), ask(form="modal-in-clause"), id="work-than-bare-modal"),
        pytest.param(ask(), ask("need-of-speaker"), id="verb-than-need"),
        pytest.param(ask(), ask("quotation:x"), id="told-than-quoted"),
        pytest.param(ask(), ask(speaker=None), id="speaker-than-none"),
        pytest.param(ask(), ask(speaker=Speaker(None, None, None, 0, 0, "x")), id="speaker-than-unknown"),
        pytest.param(ask(force="order"), ask(force="stress"), id="order-than-stress"),
        pytest.param(ask(force="stress"), ask(force="say"), id="stress-than-say"),
    ],
)
def test_surer(surer: Ask, less: Ask) -> None:
    assert confidence_of(surer, official=False) > confidence_of(less, official=False)


def test_the_points_of_a_document_go_on_more_surely_than_an_article() -> None:
    point = ask("list-goes-on")
    assert confidence_of(point, official=True) > confidence_of(point, official=False)
