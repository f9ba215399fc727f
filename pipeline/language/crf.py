"""Linear-chain CRF models in CRFsuite's file format: reading one, and its best label sequences.

`read_model` gives a file's weights exactly, as float64; `best_paths` decodes a batch of sequences.
Ties go to the label that comes first in the file, both for a predecessor and for the last label, and sums are
made in this order: attributes as they come, then (score before + transition), then the emission. Both are those of
the tagger shipped with underthesea (`underthesea_core.CRFTagger`; compared on models with few different weights,
where every other sentence has a tie). `score_features` adds emissions up in that order too; faster ways to
them need it only where two paths are close.

Not handled: attributes with values other than 1, models of other kinds than `FOMC` (first order).
Source of the format: Naoaki Okazaki's CRFsuite 0.12, `lib/crf/src/crf1d_model.c`, and `cqdb.c`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
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


# Far above the rounding of sums of a few thousand weights, far below any difference that means something.
CLOSE = 1e-8


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
    values: dict[str, dict[str, int]] = field(init=False)
    """The attributes `name=value` by name, then by value: a look-up without a string put together for it."""

    def __post_init__(self) -> None:
        values: dict[str, dict[str, int]] = {}
        for attribute, number in self.attributes.items():
            name, _, value = attribute.partition("=")
            values.setdefault(name, {})[value] = number
        object.__setattr__(self, "values", values)

    def add(self, attribute: str, row: list[float], first: int = 0) -> None:
        """Add an attribute's weights to the numbers of `row` from `first` (one a label); an unknown one has none."""
        number = self.attributes.get(attribute)
        if number is not None:
            self.add_number(number, row, first)

    def add_number(self, number: int, row: list[float], first: int = 0) -> None:
        """Add the weights of the attribute with that number to the numbers of `row` from `first`."""
        for place in range(self.bounds[number], self.bounds[number + 1]):
            row[first + self.targets[place]] += self.weights[place]


def score_features(model: CrfModel, features: Iterable[Sequence[str]]) -> Floats:
    """The emissions of one sequence given each place's attributes: rows x labels, bit for bit the shipped tagger's."""
    rows = []
    for attributes in features:
        row = [0.0] * len(model.labels)
        for attribute in attributes:
            model.add(attribute, row)
        rows.append(row)
    return np.array(rows)


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
    pairs = np.sort(states["source"].astype(np.uint64) * label_count + states["target"])
    if (pairs[1:] == pairs[:-1]).any() or (states["target"] >= label_count).any():
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


def sway(transitions: Floats) -> Floats:
    """How much a label can lead in a place's emissions and still lose: `sway[x, y]` bounds what the labels before and
    after can give to `y` over `x`. On the diagonal, nothing can."""
    before = (transitions[:, None, :] - transitions[:, :, None]).max(axis=0)
    after = (transitions[None, :, :] - transitions[:, None, :]).max(axis=2)
    bounds: Floats = np.maximum(before, 0) + np.maximum(after, 0) + CLOSE
    np.fill_diagonal(bounds, -1)
    return bounds


def best_paths(
    emissions: Floats, transitions: Floats, starts: Ints, lengths: Ints, bounds: Floats | None = None
) -> tuple[Ints, list[int]]:
    """The best label for each row of `emissions` that belongs to a sequence, and the sequences that were close.

    `emissions` is rows x labels; sequence `s` is the `lengths[s] >= 1` rows from row `starts[s]`; rows of none
    have label 0. A sequence is close if another path is as good as the best one to within `CLOSE`: which of the
    two wins may hang on the order the emissions were added up in. Linear in the number of rows.

    With `bounds`, the transitions' `sway`, a place whose best label leads by more than any neighbours can make up
    for is settled by itself, and only the runs between such places are searched: worth it where most places are.
    """
    if bounds is not None:
        return _best_between_settled(emissions, transitions, starts, lengths, bounds)
    labels = np.zeros(len(emissions), dtype=np.intp)
    close: list[int] = []
    order = np.argsort(-lengths, kind="stable")
    for first in range(0, len(order), _BATCH):
        batch = order[first : first + _BATCH]
        near = _decode(emissions, transitions, starts[batch], lengths[batch], labels)
        close += batch[near].tolist()
    return labels, close


def _best_between_settled(
    emissions: Floats, transitions: Floats, starts: Ints, lengths: Ints, bounds: Floats
) -> tuple[Ints, list[int]]:
    labels = np.zeros(len(emissions), dtype=np.intp)
    owners = np.repeat(np.arange(len(starts)), lengths)
    firsts = np.cumsum(lengths) - lengths
    places = np.arange(len(owners)) + (starts - firsts)[owners]
    emitted = emissions[places]
    best = emitted.argmax(axis=1)
    lead = emitted[np.arange(len(best)), best][:, None] - emitted
    unsettled = (lead <= bounds[best]).any(axis=1)
    at_start, at_end = np.zeros((2, len(best)), dtype=bool)
    at_start[firsts] = at_end[firsts + lengths - 1] = True
    goes_on = unsettled[1:] & unsettled[:-1] & ~at_start[1:]
    head, tail = np.array([unsettled, unsettled])
    head[1:] &= ~goes_on
    tail[:-1] &= ~goes_on
    heads, tails = head.nonzero()[0], tail.nonzero()[0]
    # what the settled labels before and after a run give to its labels
    inner = heads[~at_start[heads]]
    emitted[inner] += transitions[best[inner - 1]]
    inner = tails[~at_end[tails]]
    emitted[inner] += transitions.T[best[inner + 1]]
    found, close = best_paths(emitted, transitions, heads, tails - heads + 1)
    labels[places] = np.where(unsettled, found, best)
    return labels, sorted(set(owners[heads[close]].tolist()))


def _decode(emissions: Floats, transitions: Floats, starts: Ints, lengths: Ints, labels: Ints) -> Ints:
    """Viterbi's algorithm on sequences sorted by falling length, all at the same step together.

    The way back asks again for the best predecessor of the one label chosen instead of keeping the best
    predecessors of all: the same sums, a twentieth of the comparisons. Any path that is close to the best one
    shows there, at the last place where the two part. Rows stand step after step, so that a step is one slice.
    """
    steps = np.arange(int(lengths[0]))
    active = np.searchsorted(-lengths, -steps, side="left")  # sequences longer than each step: the first so many
    bounds: list[int] = [0, *np.cumsum(active).tolist()]
    step_of = np.repeat(steps, active)
    sequence_of = np.arange(bounds[-1]) - np.array(bounds)[step_of]
    places = starts[sequence_of] + step_of
    emitted = emissions[places]
    scores = emitted.copy()

    onward = transitions[:, None, :]
    candidates = np.empty((len(transitions), len(starts), len(transitions)))
    for before, here, after in zip(bounds, bounds[1:], bounds[2:], strict=False):
        count = after - here
        reached = candidates[:, :count]
        np.add(scores[before : before + count].T[:, :, None], onward, out=reached)
        row = scores[here:after]
        np.maximum.reduce(reached, axis=0, out=row)
        row += emitted[here:after]

    backward = np.ascontiguousarray(transitions.T)
    chosen = starts[:0]
    picked = np.empty(bounds[-1], dtype=np.intp)
    for here, after in zip(bounds[-2::-1], bounds[:0:-1], strict=True):
        row = scores[here:after]
        row[: len(chosen)] += backward.take(chosen, axis=0)
        chosen = row.argmax(axis=1)
        picked[here:after] = chosen
    labels[places] = picked

    near = np.count_nonzero(scores >= scores.max(axis=1, keepdims=True) - CLOSE, axis=1) > 1
    return np.flatnonzero(np.bincount(sequence_of[near], minlength=len(starts)))
