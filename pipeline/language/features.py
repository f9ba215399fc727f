"""CRF feature templates compiled to tables: emission scores without feature strings.

underthesea writes its features as templates over a window of words: `T[-1,0].lower` is the word
before and the word itself, lower-cased. A `Window` compiles the templates that cover the same number
of words into score rows: the row of a word, or of a run of two or three words, holds what it adds to
the scores at each place it can be seen from, so that the scores of a whole report are a few gathers.

Layout: the sentences of a batch stand one after the other in one flat sequence, each with `PAD` empty
places before and after it, where the library's `BOS` and `EOS` stand. Slot `k + PAD` of a row is what a
run that begins `k` places from a word adds to that word's scores.

Only windows within two words to either side are handled; `parse_template` refuses others. The one
exception is columns that hold the same value everywhere, which `fixed_scores` reads up to three back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.language.crf import CrfModel, Floats, Ints

PAD = 2
_FIXED_DEPTH = 3
_FILTER_BITS = 19
_MULTIPLIER = 0x1E3779B97F4A7C15  # odd and without a pattern, after Knuth's multiplicative hashing
_SIGNED = (1 << 63) - 1
_MOST_NUMBERS = 1 << 20  # three of them in a signed 64-bit number
_TEMPLATE = re.compile(r"T\[(-?\d)(?:,(-?\d))?\](?:\[(\d)\])?(?:\.(\w+))?")


class UnknownTemplate(ValueError):
    """A feature template this module can't compile."""


class Template(NamedTuple):
    """One feature template: words `first` to `last` from the word looked at, a column, a form of them."""

    name: str
    first: int
    last: int
    column: int
    form: str

    @property
    def size(self) -> int:
        """How many words the template covers."""
        return self.last - self.first + 1


def parse_template(name: str) -> Template:
    """The parts of a template's name. Raises UnknownTemplate."""
    match = _TEMPLATE.fullmatch(name)
    if match is None:
        raise UnknownTemplate(f"feature template {name!r} has an unknown shape")
    first, last, column, form = match.groups()
    template = Template(name, int(first), int(last or first), int(column or 0), form or "")
    if not 1 <= template.size <= 3 or template.first < -_FIXED_DEPTH or template.last > PAD:
        raise UnknownTemplate(f"feature template {name!r} looks too far")
    return template


class Layout:
    """Sentences in one flat sequence with pads: where each begins, how long it is.

    `items` is the flat sequence with `filler` at the pads; empty sentences take up pads only. `before` and `after` are
    the places before and after each sentence.
    """

    __slots__ = ("after", "before", "items", "lengths", "starts")

    def __init__(self, sentences: Sequence[Sequence[str]], filler: str = "") -> None:
        pad = [filler] * PAD
        items: list[str] = []
        starts = []
        for sentence in sentences:
            items += pad
            starts.append(len(items))
            items += sentence
            items += pad
        self.items = items
        self.starts: Ints = np.array(starts, dtype=np.intp)
        self.lengths: Ints = np.array([len(sentence) for sentence in sentences], dtype=np.intp)
        ends = self.starts + self.lengths
        self.before: Ints = np.concatenate([self.starts - 2, self.starts - 1])
        self.after: Ints = np.concatenate([ends, ends + 1])


class Window:
    """The templates of one model, one column and one size, and the scores they add.

    A row is `width`, that is slots times labels, numbers (see the module's text).
    """

    def __init__(self, model: CrfModel, templates: Iterable[Template], size: int) -> None:
        self.model = model
        self.size = size
        self.slots = 2 * PAD + 2 - size
        self.templates = [template for template in templates if template.size == size]
        if any(template.first < -PAD for template in self.templates):
            raise UnknownTemplate(f"a template over {size} words looks too far back")
        labels = len(model.labels)
        self.width = self.slots * labels
        self._places = [(t.form, model.values.get(t.name, {}), (t.first + PAD) * labels) for t in self.templates]
        self.before = self.row({form: "BOS" for form in self.forms()})
        self.after = self.row({form: "EOS" for form in self.forms()})

    def forms(self) -> set[str]:
        """The forms of words the templates ask for."""
        return {template.form for template in self.templates}

    def row(self, values: dict[str, str]) -> list[float]:
        """The score row of a run of words whose form `f` is `values[f]`; forms not given add nothing."""
        row = [0.0] * self.width
        add = self.model.add_number
        for form, numbers, first in self._places:
            number = numbers.get(values[form]) if form in values else None
            if number is not None:
                add(number, row, first)
        return row

    def fill(self, row: Floats, values: Mapping[str, str]) -> None:
        """Write into `row` what `row(values)` gives, from rows kept for each value of each form that the model knows:
        for words met for the first time, of which every report has some."""
        row.fill(0.0)
        for form, (places, rows) in self._known_rows.items():
            place = places.get(values[form])
            if place is not None:
                row += rows[place]

    @cached_property
    def _known_rows(self) -> dict[str, tuple[dict[str, int], Floats]]:
        tables = {}
        for form in dict.fromkeys(template.form for template in self.templates):
            names = sorted(self._valued(form))
            tables[form] = {name: place for place, name in enumerate(names)}, self.rows(form, names)
        return tables

    def rows(self, form: str, names: Sequence[str]) -> Floats:
        """The score rows of many runs of words by one form of theirs: `row({form: name})` of each."""
        rows: Floats = np.zeros((len(names), self.width))
        place_of = {name: place for place, name in enumerate(names)}
        bounds, targets, weights = map(np.array, (self.model.bounds, self.model.targets, self.model.weights))
        for own, numbers, first in self._places:
            if own != form:
                continue
            pairs = [(place_of[name], number) for name, number in numbers.items() if name in place_of]
            places, attributes = np.array(pairs, dtype=np.intp).reshape(-1, 2).T
            sizes = bounds[attributes + 1] - bounds[attributes]
            run = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
            found = np.repeat(bounds[attributes], sizes) + run
            rows[np.repeat(places, sizes), first + targets[found]] += weights[found]
        return rows

    def known(self, form: str) -> set[str]:
        """The values of `form` that the model gives any weight, `BOS` and `EOS` aside."""
        return self._valued(form) - {"BOS", "EOS"}

    def _valued(self, form: str) -> set[str]:
        """The values of `form` that the model gives any weight. A word of the text may be `BOS` or `EOS` too, and
        weighs what the edge does, as in the library."""
        values: set[str] = set()
        for own, numbers, _ in self._places:
            if own == form:
                values |= numbers.keys()
        return values

    def mark_edges(self, rows: Ints, layout: Layout, before: int, after: int) -> None:
        """Put the rows `before` and `after` where a run begins in a pad before, or ends in a pad after.

        Where both hold, "before" wins, as in the library.
        """
        edges = layout.after - (self.size - 1)
        rows[edges] = after
        rows[layout.before] = before

    def add(self, scores: Floats, rows: Floats) -> None:
        """Add gathered rows (one for each place a run can begin) to the scores of a flat sequence."""
        labels = len(self.model.labels)
        last = len(scores) - PAD
        for slot in sorted({template.first + PAD for template in self.templates}):
            offset = slot - PAD
            scores[PAD:last] += rows[PAD + offset : last + offset, slot * labels : (slot + 1) * labels]


class RowCache(dict[str, int]):
    """Row numbers of words, computed when first asked for, in a table that never outgrows a bound.

    Indexing gives the row number of a word. `make_room(n)` must come before a batch of `n` words:
    it forgets everything when the batch might not fit, so that row numbers stay valid within a batch.
    """

    def __init__(self, width: int, compute: Callable[[str], Floats | list[float]], limit: int) -> None:
        super().__init__()
        self._compute = compute
        self._limit = limit
        self._width = width
        self.table: Floats = np.zeros((256, width))

    def make_room(self, count: int) -> None:
        """Make sure that `count` more words fit."""
        if len(self) + count > max(self._limit, count):
            self.clear()
        needed = len(self) + count
        if needed > len(self.table):
            size = max(needed, min(2 * len(self.table), self._limit))
            grown = np.zeros((size, self._width))
            grown[: len(self)] = self.table[: len(self)]
            self.table = grown

    def __missing__(self, word: str) -> int:
        number = len(self)
        self.table[number] = self._compute(word)
        self[word] = number
        return number


def write_features(
    templates: Sequence[Template], columns: Mapping[int, Sequence[str]], forms: Mapping[str, Callable[[str], str]]
) -> Iterator[list[str]]:
    """Each place's feature strings, as the library writes them and in its order: slow, for the odd sentence."""
    length = len(columns[0])
    for place in range(length):
        features = []
        for template in templates:
            first, last = place + template.first, place + template.last
            if first < 0:
                value = "BOS"
            elif last >= length:
                value = "EOS"
            else:
                words = " ".join(columns[template.column][first : last + 1])
                value = forms[template.form](words) if template.form else words
            features.append(f"{template.name}={value}")
        yield features


def static_rows(window: Window, form: str) -> tuple[dict[str, int], Floats]:
    """Row numbers and rows of the runs of words known to the model in `form`.

    Row 0 is that of all other runs, rows 1 and 2 the window's `before` and `after`.
    """
    names = sorted(window.known(form))
    rows = np.array([window.row({}), window.before, window.after])
    numbers = {name: number for number, name in enumerate(names, start=3)}
    return numbers, np.concatenate([rows, window.rows(form, names)])


class WordNumbers(dict[str, int]):
    """Numbers from 1 for the words that the runs known to a model are made of, given when first asked for."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self) + 1
        return number


class RunIndex:
    """Row numbers of runs of words by the words' numbers; 0 for runs that aren't known.

    `words` are those of all known runs one after the other, `size` to a run, `rows` the runs' row numbers. Looking up
    numbers spares the strings that a run would be put together to. Most runs aren't known, and most of these a table
    of one bit for each of many hashes tells.
    """

    def __init__(self, words: Sequence[str], rows: Sequence[int], numbers: WordNumbers, size: int) -> None:
        parts = np.fromiter(map(numbers.__getitem__, words), dtype=np.int64, count=len(words)).reshape(-1, size)
        if len(numbers) >= _MOST_NUMBERS:
            raise UnknownTemplate("the model has too many words")
        keys = _keys(list(parts.T))
        order = np.argsort(keys)
        self._size = size
        self._maybe = np.zeros(1 << _FILTER_BITS, dtype=np.bool_)
        self._maybe[_hashes(keys)] = True
        self._keys = np.append(keys[order], np.iinfo(np.int64).max)
        self._rows: Ints = np.append(np.array(rows, dtype=np.intp)[order], 0)

    def find(self, words: Ints) -> Ints:
        """The row numbers of the runs that begin at each place of a flat sequence of words' numbers (0: unknown)."""
        last = len(words) - self._size + 1
        wanted = _keys([words[skipped : last + skipped] for skipped in range(self._size)])
        rows: Ints = np.zeros(last, dtype=np.intp)
        likely = self._maybe[_hashes(wanted)].nonzero()[0]
        wanted = wanted[likely]
        places = self._keys.searchsorted(wanted)
        rows[likely] = np.where(self._keys[places] == wanted, self._rows[places], 0)
        return rows


def _hashes(keys: Ints) -> Ints:
    """A number below the size of the filter for each key."""
    found: Ints = ((keys * _MULTIPLIER) & _SIGNED) >> (63 - _FILTER_BITS)
    return found


def _keys(parts: Sequence[Ints]) -> Ints:
    """One number for the numbers of a run's words; with a 0 among them it is none of a known run."""
    key = parts[0]
    for part in parts[1:]:
        key = key * _MOST_NUMBERS + part
    return key


def fixed_scores(model: CrfModel, templates: Iterable[Template], value: str) -> Floats:
    """What a column with the same `value` everywhere adds, by the number of words before (0, 1, 2, 3 or more).

    Only templates that end before the word looked at are handled. Raises UnknownTemplate.
    """
    scores = [[0.0] * len(model.labels) for _ in range(_FIXED_DEPTH + 1)]
    for template in templates:
        if template.last >= 0 or template.form:
            raise UnknownTemplate(f"feature template {template.name!r} can't be read off a fixed column")
        for words_before in range(_FIXED_DEPTH + 1):
            inside = words_before + template.first >= 0
            content = " ".join([value] * template.size) if inside else "BOS"
            model.add(f"{template.name}={content}", scores[words_before])
    return np.array(scores)


def add_fixed(scores: Floats, layout: Layout, fixed: Floats) -> None:
    """Add `fixed_scores` to the scores of a flat sequence."""
    depth = len(fixed) - 1
    by_place: NDArray[np.intp] = np.full(len(scores), depth, dtype=np.intp)
    for words_before in range(depth):
        places = layout.starts[layout.lengths > words_before] + words_before
        by_place[places] = words_before
    scores += fixed[by_place]
