"""underthesea's word model compiled to tables: which tokens of a sentence belong to one word.

The model is scored without feature strings (see `features`): its 43 templates over tokens, of which the
forms `istitle`, `isdigit`, `is_in_dict` and `lower` of a token are asked of the library's own featurizer,
whose notions differ from Python's ("9" is a title, "²" no digit). Of a run of tokens, `lower` is the
tokens' lower case with spaces, `istitle` is that of every token.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from pipeline.language.crf import CrfModel, Floats, Ints, best_paths, score_features, sway
from pipeline.language.features import (
    Layout,
    RowCache,
    RunIndex,
    UnknownTemplate,
    Window,
    WordNumbers,
    parse_template,
    static_rows,
)

_CACHED_TOKENS = 8_000
_KNOWN_OF_TOKEN = 3
"""Numbers kept behind a token's score row: its number in surface and in lower case, and whether it is a title."""
_BINARY = 2


class Segmenter:
    """The word model compiled to tables. Tags of the model: 0 begins a word, 1 continues it.

    `featurize` gives the library's feature strings of one token for `["T[0].lower", "T[0].isdigit",
    "T[0].istitle", "T[0].is_in_dict"]`, in this order; `featurize_all` those of a sentence's tokens for
    `template_names`, slowly; `dictionary` is the library's set of known words.
    """

    def __init__(
        self,
        model: CrfModel,
        template_names: Sequence[str],
        featurize: Callable[[str], Sequence[str]],
        featurize_all: Callable[[Sequence[str]], Sequence[Sequence[str]]],
        dictionary: set[str],
    ) -> None:
        templates = [parse_template(name) for name in template_names]
        if model.labels != ("B-W", "I-W") or any(template.column for template in templates):
            raise UnknownTemplate("the word model has other labels or columns")
        self._sway = sway(model.transitions)
        self._model = model
        self._featurize = featurize
        self._featurize_all = featurize_all
        self._unigrams = Window(model, templates, 1)
        self._surface, self._lower = WordNumbers(), WordNumbers()
        windows = [Window(model, templates, size) for size in (2, 3)]
        self._runs = [_RunTables(window, dictionary, self._surface, self._lower) for window in windows]
        self._tokens = RowCache(self._unigrams.width + _KNOWN_OF_TOKEN, self._token_row, _CACHED_TOKENS)

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[int]]:
        """The model's tags (0 or 1) of each sentence's tokens."""
        layout = Layout(sentences)
        items = layout.items
        if not items:
            return []
        self._tokens.make_room(len(items))
        number = self._tokens.__getitem__
        rows: Ints = np.fromiter(map(number, items), dtype=np.intp, count=len(items))
        gathered = self._tokens.table[rows]
        width = self._unigrams.width
        surface, lower, titles = gathered[:, width:].astype(np.intp).T
        gathered[layout.before, :width] = self._unigrams.before
        gathered[layout.after, :width] = self._unigrams.after
        scores: Floats = np.zeros((len(items), _BINARY))
        self._unigrams.add(scores, gathered)
        for run in self._runs:
            run.add(scores, layout, surface, lower, titles)

        full = layout.lengths > 0
        if not full.any():
            return [[] for _ in sentences]
        starts, lengths = layout.starts[full], layout.lengths[full]
        labels, close = best_paths(scores, self._model.transitions, starts, lengths, self._sway)
        flat: list[int] = labels.tolist()
        tags = [
            flat[start : start + length]
            for start, length in zip(layout.starts.tolist(), layout.lengths.tolist(), strict=True)
        ]
        for place in np.flatnonzero(full)[close].tolist():
            tags[place] = self._tag_exactly(sentences[place])
        return tags

    def _tag_exactly(self, tokens: Sequence[str]) -> list[int]:
        """The tags of one sentence, its scores added up in the library's order (see `crf`)."""
        scores = score_features(self._model, self._featurize_all(tokens))
        labels, _ = best_paths(scores, self._model.transitions, np.array([0]), np.array([len(tokens)]))
        tags: list[int] = labels.tolist()
        return tags

    def _token_row(self, token: str) -> Floats:
        """The token's score row, its numbers in surface and in lower case, and whether it is a title; all 0 for the
        filler of the pads."""
        row: Floats = np.zeros(self._unigrams.width + _KNOWN_OF_TOKEN)
        if token:
            lower, digit, title, known = [feature.partition("=")[2] for feature in self._featurize(token)]
            forms = {"": token, "lower": lower, "isdigit": digit, "istitle": title, "is_in_dict": known}
            self._unigrams.fill(row[:-_KNOWN_OF_TOKEN], forms)
            row[-_KNOWN_OF_TOKEN:] = self._surface.get(token, 0), self._lower.get(lower, 0), title == "True"
        return row


class _RunTables:
    """What runs of two or three tokens add to the scores: by surface, by lower case and dictionary, by title."""

    def __init__(self, window: Window, dictionary: set[str], surface: WordNumbers, lower: WordNumbers) -> None:
        if not window.forms() <= {"", "lower", "istitle", "is_in_dict"}:
            raise UnknownTemplate(f"the word model has other forms over {window.size} tokens")
        self.window = window
        numbered, self._surface_rows = static_rows(window, "")
        self._surface = _index_runs(numbered, surface, window.size)
        # A row for each lower-cased run with a weight of its own, one for the dictionary's other runs
        # and one, row 0, for all the rest, whose "is_in_dict=False" weighs something.
        out, inside = window.row({"is_in_dict": "False"}), window.row({"is_in_dict": "True"})
        weighted = sorted(window.known("lower"))
        others = np.array([out, window.before, window.after, inside])
        of_dictionary = others[np.array([3 if run in dictionary else 0 for run in weighted], dtype=np.intp)]
        self._lower_rows = np.concatenate([others, window.rows("lower", weighted) + of_dictionary])
        numbered = dict.fromkeys(dictionary, 3) | {run: number for number, run in enumerate(weighted, start=4)}
        self._lower = _index_runs(numbered, lower, window.size)
        titles = [window.row({"istitle": "False"}), window.row({"istitle": "True"}), window.row({})]
        self._title_rows = np.array(titles)

    def add(self, scores: Floats, layout: Layout, surface: Ints, lower: Ints, titles: Ints) -> None:
        """Add what the runs give to the scores of a flat sequence; run `j` begins at place `j`. Given are the numbers
        of its tokens in surface and in lower case, and which are titles.

        Runs into the pads: the rows `before` and `after` hold all forms, so that only the lower-case
        table has them; the surface of such a run is unknown to the model, its title is the empty row.
        """
        gathered = self._surface_rows[self._surface.find(surface)]
        rows = self._lower.find(lower)
        self.window.mark_edges(rows, layout, 1, 2)
        gathered += self._lower_rows[rows]
        size = self.window.size
        rows = titles[: len(titles) - size + 1].copy()
        for skipped in range(1, size):
            rows &= titles[skipped : len(titles) - size + 1 + skipped]
        self.window.mark_edges(rows, layout, 2, 2)
        gathered += self._title_rows[rows]
        self.window.add(scores, gathered)


def _index_runs(rows: Mapping[str, int], numbers: WordNumbers, size: int) -> RunIndex:
    """The runs of `size` tokens among the keys of `rows`, where they stand with blanks between. No token holds a blank
    (but "Th s", which is in no run), so that entries of the dictionary with more blanks are found nowhere."""
    runs = [run for run in rows if run.count(" ") == size - 1]
    return RunIndex(" ".join(runs).split(" ") if runs else [], [rows[run] for run in runs], numbers, size)
