"""The CRF reader and decoders: refusals, ties, and agreement with a search of every path."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.crf import Floats, UnreadableModel, best_binary_path, best_paths, read_model

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


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(small, small), min_size=0, max_size=9), st.lists(small, min_size=4, max_size=4))
def test_two_labels_agree_with_the_batch_decoder_in_ties_too(
    rows: list[tuple[float, float]], moves: list[float]
) -> None:
    path, close = best_binary_path([row[0] for row in rows], [row[1] for row in rows], moves)
    if not rows:
        assert (path, close) == ([], False)
        return
    batch, near = best_paths(np.array(rows), np.array(moves).reshape(2, 2), np.array([0]), np.array([len(rows)]))
    assert (path, close) == (batch.tolist(), bool(near))


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
