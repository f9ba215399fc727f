"""The CRF reader and decoders: refusals, ties, and agreement with a search of every path."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.crf import Floats, UnreadableModel, best_paths, read_model, sway

small = st.integers(-2, 2).map(float)


def score(path: tuple[int, ...], emissions: Floats, transitions: Floats) -> float:
    moves = sum(transitions[left, right] for left, right in itertools.pairwise(path))
    return float(sum(emissions[place, label] for place, label in enumerate(path)) + moves)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_paths_of_a_batch_are_best(data: st.DataObject) -> None:
    lengths = data.draw(st.lists(st.integers(1, 5), min_size=1, max_size=5))
    rows = sum(lengths) + len(lengths)
    emissions = np.array(data.draw(st.lists(st.lists(small, min_size=3, max_size=3), min_size=rows, max_size=rows)))
    transitions = np.array(data.draw(st.lists(st.lists(small, min_size=3, max_size=3), min_size=3, max_size=3)))
    starts = np.cumsum([0, *[length + 1 for length in lengths[:-1]]])
    found, close = best_paths(emissions, transitions, starts, np.array(lengths))
    for number, (start, length) in enumerate(zip(starts, lengths, strict=True)):
        part = emissions[start : start + length]
        ranked = sorted(score(path, part, transitions) for path in itertools.product(range(3), repeat=length))
        assert score(tuple(found[start : start + length]), part, transitions) == ranked[-1]
        assert (number in close) == (ranked[-1] == ranked[-2])


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_settled_places_change_neither_paths_nor_ties(data: st.DataObject) -> None:
    labels = data.draw(st.integers(2, 4))
    lengths = data.draw(st.lists(st.integers(1, 9), min_size=1, max_size=5))
    gap = data.draw(st.integers(0, 2))
    starts = np.cumsum([gap, *[length + gap for length in lengths[:-1]]])
    wide = st.lists(st.integers(-12, 12).map(float), min_size=labels, max_size=labels)
    rows = sum(lengths) + gap * len(lengths)
    emissions = np.array(data.draw(st.lists(wide, min_size=rows, max_size=rows)))
    line = st.lists(small, min_size=labels, max_size=labels)
    transitions = np.array(data.draw(st.lists(line, min_size=labels, max_size=labels)))
    found, close = best_paths(emissions, transitions, starts, np.array(lengths), sway(transitions))
    expected, near = best_paths(emissions, transitions, starts, np.array(lengths))
    assert (found.tolist(), close) == (expected.tolist(), sorted(near))


def test_ties_go_to_the_first_label() -> None:
    labels, close = best_paths(np.zeros((4, 3)), np.zeros((3, 3)), np.array([0]), np.array([4]))
    assert (labels.tolist(), close) == ([0, 0, 0, 0], [0])


@pytest.mark.parametrize(
    "content", [b"", b"lCRF", b"lCRF" + bytes(60), b"no model, but long enough for a header of one"]
)
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(content)
    with pytest.raises(UnreadableModel):
        read_model(path)


def test_weights_and_labels_are_those_of_the_shipped_tagger() -> None:
    import underthesea.pipeline
    from underthesea_core import CRFTagger

    path = Path(underthesea.pipeline.__path__[0]) / "ner/ner_crf_2017_10_12.bin"
    model, tagger = read_model(path), CRFTagger()
    tagger.load(str(path))
    assert list(model.labels) == tagger.labels()
    for attribute in list(model.attributes)[::50]:
        row = [0.0] * len(model.labels)
        model.add(attribute, row)
        label, total = tagger.tag_with_score([[attribute]])
        assert total == max(row)
        assert label == [model.labels[row.index(max(row))]]


def test_a_cut_model_is_refused(tmp_path: Path) -> None:
    import underthesea.pipeline

    whole = (Path(underthesea.pipeline.__path__[0]) / "ner/ner_crf_2017_10_12.bin").read_bytes()
    path = tmp_path / "model.bin"
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnreadableModel):
        read_model(path)
