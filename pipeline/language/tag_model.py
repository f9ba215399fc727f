"""underthesea's part-of-speech and entity models compiled to tables.

The entity model reads the words and their parts of speech, never the chunks the library computes for it
first, so that chunking is left out. Two columns that the models were trained with as earlier tags
are the constant "X" when the library runs them; as "X" is also a part of speech, those features fire on
every word, and here they are a term that depends on the place in the sentence alone.

Where two readings of a sentence are equally good, the library's choice hangs on the rounding of its sums: such
sentences ("? ỦY ủy" is one) are scored once more in its own order.

Parts of speech are the models' own labels: N, Np, V, A, E, M, CH (punctuation) and so on (VLSP 2013).
Entities are tags like B-PER, I-LOC, O; an I- may follow anything, as in the library (`analysis` repairs it).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from pipeline.language.crf import CrfModel, Floats, Ints, best_paths, score_features, sway
from pipeline.language.features import (
    Layout,
    RowCache,
    RunIndex,
    Template,
    UnknownTemplate,
    Window,
    WordNumbers,
    add_fixed,
    fixed_scores,
    parse_template,
    static_rows,
    write_features,
)

_CACHED_WORDS = 8_000
_FIXED_VALUE = "X"
_WORD, _TAG = 0, 1


class Tagger:
    """One tagging model compiled to tables.

    `is_title` is the library's own test of a word for the form `istitle`. `fixed_column` is the column
    that holds "X" throughout; where it is not column 1, column 1 holds tags of `tag_names`.
    """

    def __init__(
        self,
        model: CrfModel,
        template_names: Sequence[str],
        is_title: Callable[[str], bool],
        fixed_column: int,
        tag_names: Sequence[str] = (),
    ) -> None:
        templates = [parse_template(name) for name in template_names]
        columns = {_WORD, fixed_column} | ({_TAG} if tag_names else set())
        if any(template.column not in columns or template.size > 2 for template in templates):
            raise UnknownTemplate("a tagging model has other columns or longer templates")
        words = [template for template in templates if template.column == _WORD]
        self.labels = model.labels
        # Parts of speech are settled by the word alone in three places of five, entities nowhere.
        self._sway = None if tag_names else sway(model.transitions)
        self._model = model
        self._templates = templates
        self._fixed_column = fixed_column
        self._tag_names = tag_names
        self._fixed = fixed_scores(
            model, [template for template in templates if template.column == fixed_column], _FIXED_VALUE
        )
        self._is_title = is_title
        self._unigrams = Window(model, words, 1)
        if not self._unigrams.forms() <= {"", "lower", "istitle"}:
            raise UnknownTemplate("a tagging model has other forms of words")
        self._numbers = WordNumbers()
        self._rows = RowCache(self._unigrams.width + 1, self._word_row, _CACHED_WORDS)
        self._pairs = Window(model, words, 2)
        if not self._pairs.forms() <= {""}:
            raise UnknownTemplate("a tagging model has forms of word pairs")
        known_pairs, self._pair_rows = static_rows(self._pairs, "")
        self._known_pairs = _index_pairs(known_pairs, self._numbers)
        self._tags = _TagTables(model, [t for t in templates if t.column == _TAG], tag_names) if tag_names else None

    def tag(self, layout: Layout, tags: Ints | None = None) -> Ints:
        """The label number of every place of a flat sequence of words; the pads' are 0.

        `tags` holds the numbers of the words' tags (places in `tag_names`) for a model that reads them.
        """
        items = layout.items
        scores: Floats = np.zeros((len(items), len(self.labels)))
        full = layout.lengths > 0
        if not full.any():
            return np.zeros(len(items), dtype=np.intp)
        self._rows.make_room(len(items))
        rows = np.fromiter(map(self._rows.__getitem__, items), dtype=np.intp, count=len(items))
        gathered = self._rows.table[rows]
        width = self._unigrams.width
        numbers = gathered[:, width].astype(np.intp)
        gathered[layout.before, :width] = self._unigrams.before
        gathered[layout.after, :width] = self._unigrams.after
        self._unigrams.add(scores, gathered)

        rows = self._known_pairs.find(numbers)
        self._pairs.mark_edges(rows, layout, 1, 2)
        self._pairs.add(scores, self._pair_rows[rows])

        if self._tags is not None and tags is not None:
            self._tags.add(scores, layout, tags)
        add_fixed(scores, layout, self._fixed)
        starts, lengths = layout.starts[full], layout.lengths[full]
        labels, close = best_paths(scores, self._model.transitions, starts, lengths, self._sway)
        for sentence in close:
            place = slice(starts[sentence], starts[sentence] + lengths[sentence])
            names = [self._tag_names[tag] for tag in tags[place]] if tags is not None else []
            labels[place] = self._tag_exactly(items[place], names)
        return labels

    def _tag_exactly(self, words: Sequence[str], tags: Sequence[str]) -> Ints:
        """The labels of one sentence, its scores added up in the library's order."""
        columns = {_WORD: words, _TAG: tags, self._fixed_column: [_FIXED_VALUE] * len(words)}
        forms = {"lower": str.lower, "istitle": lambda word: str(self._is_title(word))}
        scores = score_features(self._model, write_features(self._templates, columns, forms))
        return best_paths(scores, self._model.transitions, np.array([0]), np.array([len(words)]))[0]

    def _word_row(self, word: str) -> Floats:
        """The word's score row, and its number; all 0 for the filler of the pads."""
        row: Floats = np.zeros(self._unigrams.width + 1)
        if word:
            forms = {"": word, "lower": word.lower(), "istitle": str(self._is_title(word))}
            self._unigrams.fill(row[:-1], forms)
            row[-1] = self._numbers.get(word, 0)
        return row


def _index_pairs(rows: Mapping[str, int], numbers: WordNumbers) -> RunIndex:
    """The pairs of words among the keys of `rows`, where they stand with a blank between: since words hold blanks, each
    blank may be that one."""
    words: list[str] = []
    found: list[int] = []
    for pair, row in rows.items():
        syllables = pair.split(" ")
        for cut in range(1, len(syllables)):
            words += (" ".join(syllables[:cut]), " ".join(syllables[cut:]))
            found.append(row)
    return RunIndex(words, found, numbers, 2)


class _TagTables:
    """What tags and pairs of tags add to the scores, for every pair there can be.

    Tags are numbered as in `names`; the two numbers after theirs stand for the pads before and after.
    """

    def __init__(self, model: CrfModel, templates: Sequence[Template], names: Sequence[str]) -> None:
        self._singles = Window(model, templates, 1)
        self._pairs = Window(model, templates, 2)
        if not (self._singles.forms() | self._pairs.forms()) <= {""}:
            raise UnknownTemplate("a tagging model has forms of tags")
        self._before, self._after = len(names), len(names) + 1
        singles = [self._singles.row({"": name}) for name in names] + [self._singles.before, self._singles.after]
        self._single_rows = np.array(singles)
        self._count = len(singles)
        pairs = np.zeros((self._count, self._count, self._pairs.width))
        for left, first in enumerate(names):
            for right, second in enumerate(names):
                pairs[left, right] = self._pairs.row({"": f"{first} {second}"})
        pairs[:, self._after] = self._pairs.after
        pairs[self._before, :] = self._pairs.before
        self._pair_rows = pairs.reshape(self._count * self._count, -1)

    def add(self, scores: Floats, layout: Layout, tags: Ints) -> None:
        """Add what a flat sequence of tags gives to its scores."""
        tags = tags.copy()
        tags[layout.before] = self._before
        tags[layout.after] = self._after
        self._singles.add(scores, self._single_rows[tags])
        pairs = tags[:-1] * self._count + tags[1:]
        self._pairs.mark_edges(pairs, layout, self._before * self._count, self._after)
        self._pairs.add(scores, self._pair_rows[pairs])
