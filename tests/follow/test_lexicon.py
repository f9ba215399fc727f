"""The lexicon of follow-up: every file is read, every feature has a weight."""

from __future__ import annotations

from pipeline.follow.joining import load_levels
from pipeline.follow.scoring import load_weights, measure
from pipeline.follow.vocabulary import load_vocabulary
from tests.follow.stories import read, report


def test_every_feature_has_a_weight_and_the_other_way_round() -> None:
    (_, one), *_ = read(report(0, "2024-03-01", "Chủ tịch UBND tỉnh yêu cầu Sở Y tế báo cáo trước ngày 30/6."))
    assert {*measure(one, one), "bias"} == load_weights().keys()


def test_levels_are_in_order() -> None:
    levels = load_levels()
    assert 0 < levels.maybe <= levels.clear <= levels.join < 1


def test_phrases_are_found() -> None:
    vocabulary = load_vocabulary()
    assert len(vocabulary.aspects) > 20 and len(vocabulary.things) > 30
