"""MinHash signatures, and the bands by which reports become candidates (locality-sensitive hashing).

The signatures are `rensa`'s R-MinHash: they estimate the Jaccard similarity of two reports' shingles by the share of
equal slots (Broder 1997). They are cut into bands of a few slots each; reports that agree in a whole band are
candidates (Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, chapter 3). The bands are found by sorting, one
after the other, in 5 MB for 100,000 reports; an index of hash tables would take a hundred times as much.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.read.duplicates.wording import Wording, shingles

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Signature = npt.NDArray[np.uint32]
    Indices = npt.NDArray[np.int64]

SHINGLE = 5
"""Words in a shingle: shorter runs are shared by all officialese, longer ones lost at every small edit."""
BANDS, ROWS = 42, 3
"""Two reports with a Jaccard similarity of 0.45 are candidates with probability 0.98, of 0.1 with 0.04."""
_SLOTS = BANDS * ROWS
_SEED = 1
_GROWTH = 4096


def sign(wording: Wording) -> Signature:
    """The signature of a wording: 126 slots, the same on every machine, whatever the shingles' order."""
    import numpy as np
    from rensa import RMinHash

    rows = RMinHash.digest_matrix_from_token_hash_sets([shingles(wording, SHINGLE).tolist()], _SLOTS, _SEED).to_rows()
    return np.array(rows[0], dtype=np.uint32)


class Signatures:
    """The signatures of many reports, half a kilobyte each."""

    def __init__(self) -> None:
        import numpy as np

        self._rows = np.empty((0, _SLOTS), dtype=np.uint32)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def append(self, signature: Signature) -> None:
        """One more."""
        import numpy as np

        if self._count == len(self._rows):
            more = np.empty((max(_GROWTH, len(self._rows) // 4), _SLOTS), dtype=np.uint32)
            self._rows = np.concatenate([self._rows, more])
        self._rows[self._count] = signature
        self._count += 1

    def candidates(self, order: Indices) -> Candidates:
        """The candidates among the reports of `order`, which are numbered anew by their places in it."""
        return Candidates(self._rows[order])


class Candidates:
    """Which reports agree in a band, and how similar their signatures are."""

    def __init__(self, rows: npt.NDArray[np.uint32]) -> None:
        import numpy as np

        self._rows = rows
        count = len(rows)
        # For each band the reports that share it with another, group after group; where each one's group begins among
        # them, and where it stands itself.
        self._members: list[npt.NDArray[np.int32]] = []
        self._group = np.full((count, BANDS), -1, dtype=np.int32)
        self._place = np.full((count, BANDS), -1, dtype=np.int32)
        for band in range(BANDS):
            columns = np.ascontiguousarray(rows[:, band * ROWS : (band + 1) * ROWS])
            # Stable, so that the members of a group come in order.
            order = np.lexsort(columns.T[::-1])
            ordered = columns[order]
            begins = np.ones(count, dtype=bool)
            begins[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
            starts = np.flatnonzero(begins)
            sizes = np.diff(np.append(starts, count))
            shared = np.repeat(sizes > 1, sizes)
            members = order[shared].astype(np.int32)
            sizes = sizes[sizes > 1]
            self._group[members, band] = np.repeat(np.cumsum(sizes) - sizes, sizes)
            self._place[members, band] = np.arange(len(members))
            self._members.append(members)

    def before(self, place: int, taken: npt.NDArray[np.bool_], *, least: float, most: int) -> list[int]:
        """The places before `place` that are among the `taken` and its candidates, the most similar first: at most
        `most`, none with an estimated similarity below `least`."""
        import numpy as np

        found = [
            self._members[band][self._group[place, band] : self._place[place, band]]
            for band in np.flatnonzero(self._group[place] >= 0)
        ]
        if not found:
            return []
        near = np.unique(np.concatenate(found))
        near = near[taken[near]]
        if not len(near):
            return []
        similarity = (self._rows[near] == self._rows[place]).mean(axis=1)
        near, similarity = near[similarity >= least], similarity[similarity >= least]
        return [int(index) for index in near[np.argsort(-similarity, kind="stable")][:most]]
