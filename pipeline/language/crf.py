"""Linear-chain CRF models in CRFsuite's file format: reading one, and its best label sequences.

`read_model` gives a file's weights exactly, as float64; `best_paths` decodes a batch of sequences.
Ties go to the label that comes first in the file, both for a predecessor and for the last label, as
in the tagger shipped with underthesea (`underthesea_core.CRFTagger`; compared on models with random
small whole-number weights, where every other sentence has a tie).

Not handled: attributes with values other than 1, models of other kinds than `FOMC` (first order).
Source of the format: Naoaki Okazaki's CRFsuite 0.12, `lib/crf/src/crf1d_model.c`, and `cqdb.c`.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.intp]

_HEADER = struct.Struct("<4sI4sIIIIIIIII")
_CHUNK = struct.Struct("<4sII")
_DATABASE = struct.Struct("<4sIIIII")
_RECORD = struct.Struct("<II")
_FEATURE = np.dtype([("kind", "<u4"), ("source", "<u4"), ("target", "<u4"), ("weight", "<f8")])
_STATE, _TRANSITION = 0, 1

# Sequences decoded together: enough to spread numpy's cost per call, few enough that the
# candidate scores (20 * 64 * 20 doubles for parts of speech) stay in the processor's cache.
_BATCH = 64


class UnreadableModel(ValueError):
    """The file is not a CRFsuite model of the kind this module reads."""


@dataclass(frozen=True, slots=True)
class CrfModel:
    """A CRF's weights.

    `labels[y]` is the name of label `y`; `transitions[x, y]` the weight of `y` after `x`. The
    weights of attribute `a` are `weights[bounds[a]:bounds[a + 1]]`, for the labels at the same places
    of `targets`: plain lists, since an attribute has two or three and numpy's cost per call would be ten times theirs.
    """

    labels: tuple[str, ...]
    attributes: dict[str, int]
    bounds: list[int]
    targets: list[int]
    weights: list[float]
    transitions: Floats

    def add(self, attribute: str, row: list[float], first: int = 0) -> None:
        """Add an attribute's weights to the numbers of `row` from `first` (one a label); an unknown one has none."""
        number = self.attributes.get(attribute)
        if number is not None:
            for place in range(self.bounds[number], self.bounds[number + 1]):
                row[first + self.targets[place]] += self.weights[place]


def read_model(path: Path) -> CrfModel:
    """The weights in a model file. Raises UnreadableModel for any other file, OSError if there is none."""
    data = path.read_bytes()
    try:
        return _parse(data)
    except (struct.error, ValueError, IndexError) as error:
        raise UnreadableModel(f"{path.name} is not a CRFsuite model: {error}") from error


def _parse(data: bytes) -> CrfModel:
    magic, size, kind, _, _, label_count, attribute_count, features_at, labels_at, attributes_at, _, _ = (
        _HEADER.unpack_from(data)
    )
    if magic != b"lCRF" or kind != b"FOMC" or size != len(data):
        raise ValueError("wrong signature or length")
    labels = _read_names(data, labels_at)
    attributes = _read_names(data, attributes_at)
    if len(labels) != label_count or len(attributes) != attribute_count or not labels:
        raise ValueError("label or attribute counts disagree")
    signature, _, count = _CHUNK.unpack_from(data, features_at)
    if signature != b"FEAT":
        raise ValueError("no features where the header says")
    features = np.frombuffer(data, dtype=_FEATURE, count=count, offset=features_at + _CHUNK.size)
    if not np.isin(features["kind"], (_STATE, _TRANSITION)).all() or not np.isfinite(features["weight"]).all():
        raise ValueError("a feature of unknown kind or weight")

    moves = features[features["kind"] == _TRANSITION]
    transitions = np.zeros((label_count, label_count))
    transitions[moves["source"], moves["target"]] = moves["weight"]

    states = features[features["kind"] == _STATE]
    if len(np.unique(states[["source", "target"]])) != len(states) or (states["target"] >= label_count).any():
        raise ValueError("a weight is given twice or for no label")
    states = states[np.argsort(states["source"], kind="stable")]
    bounds = np.searchsorted(states["source"], np.arange(attribute_count + 1))
    return CrfModel(
        labels=tuple(labels),
        attributes={name: number for number, name in enumerate(attributes)},
        bounds=bounds.tolist(),
        targets=states["target"].tolist(),
        weights=states["weight"].tolist(),
        transitions=transitions,
    )


def _read_names(data: bytes, start: int) -> list[str]:
    """The strings of a constant database, in the order of their numbers."""
    signature, _, _, _, count, table = _DATABASE.unpack_from(data, start)
    if signature != b"CQDB":
        raise ValueError("no string table where the header says")
    names = []
    for number, offset in enumerate(struct.unpack_from(f"<{count}I", data, start + table)):
        stored, length = _RECORD.unpack_from(data, start + offset)
        if stored != number:
            raise ValueError("a string's number disagrees with its place")
        key = start + offset + _RECORD.size
        names.append(data[key : key + length - 1].decode("utf-8"))
    return names


def best_paths(emissions: Floats, transitions: Floats, starts: Ints, lengths: Ints) -> Ints:
    """The best label for each row of `emissions` that belongs to a sequence; rows of none stay 0.

    `emissions` is rows x labels; sequence `s` is the `lengths[s] >= 1` rows from row `starts[s]`.
    Linear in the number of rows.
    """
    labels = np.zeros(len(emissions), dtype=np.intp)
    order = np.argsort(-lengths, kind="stable")
    for first in range(0, len(order), _BATCH):
        batch = order[first : first + _BATCH]
        _decode(emissions, transitions, starts[batch], lengths[batch], labels)
    return labels


def _decode(emissions: Floats, transitions: Floats, starts: Ints, lengths: Ints, labels: Ints) -> None:
    """Viterbi's algorithm on sequences sorted by falling length, all at the same step together.

    The way back asks again for the best predecessor of the one label chosen instead of keeping the
    best predecessors of all: the same sums, a twentieth of the comparisons.
    """
    longest = int(lengths[0])
    active: list[int] = np.searchsorted(-lengths, -np.arange(longest), side="left").tolist()
    onward = transitions[:, None, :]
    scores = [emissions[starts]]
    for step in range(1, longest):
        count = active[step]
        candidates = scores[-1][:count].T[:, :, None] + onward
        best = np.maximum.reduce(candidates, axis=0)
        best += emissions[starts[:count] + step]
        scores.append(best)

    backward = np.ascontiguousarray(transitions.T)
    chosen = scores[-1].argmax(axis=1)
    labels[starts[: active[-1]] + (longest - 1)] = chosen
    for step in range(longest - 2, -1, -1):
        going_on, count = active[step + 1], active[step]
        here = scores[step]
        if count == going_on:
            chosen = (here + backward[chosen]).argmax(axis=1)
        else:
            chosen = np.concatenate(
                [(here[:going_on] + backward[chosen]).argmax(axis=1), here[going_on:].argmax(axis=1)]
            )
        labels[starts[:count] + step] = chosen


def best_binary_path(first: Sequence[float], second: Sequence[float], moves: Sequence[float]) -> list[int]:
    """The best sequence of labels 0 and 1 for two columns of emissions of equal length.

    `moves` holds the transitions 0-0, 0-1, 1-0, 1-1. With two labels a plain loop beats numpy.
    """
    if not first:
        return []
    stay, begin, leave, go_on = moves
    zero, one = first[0], second[0]
    from_one: list[tuple[bool, bool]] = []
    for emit_zero, emit_one in zip(first[1:], second[1:], strict=True):
        zero_zero, one_zero = zero + stay, one + leave
        zero_one, one_one = zero + begin, one + go_on
        to_zero, to_one = one_zero > zero_zero, one_one > zero_one
        from_one.append((to_zero, to_one))
        zero = (one_zero if to_zero else zero_zero) + emit_zero
        one = (one_one if to_one else zero_one) + emit_one
    label = int(one > zero)
    path = [label]
    for choice in reversed(from_one):
        label = int(choice[label])
        path.append(label)
    path.reverse()
    return path
