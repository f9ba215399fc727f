"""underthesea's word model compiled to tables: which tokens of a sentence belong to one word.

The model is scored without feature strings (see `features`): its 43 templates over tokens, of which the
forms `istitle`, `isdigit`, `is_in_dict` and `lower` of a token are asked of the library's own featurizer,
whose notions differ from Python's ("9" is a title, "²" no digit). Of a run of tokens, `lower` is the
tokens' lower case with spaces, `istitle` is that of every token.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from pipeline.language.crf import CrfModel, Floats, Ints, best_binary_path, score_features
from pipeline.language.features import (
    Layout,
    RowCache,
    UnknownTemplate,
    Window,
    find_rows,
    parse_template,
    static_rows,
)

_CACHED_TOKENS = 20_000
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
        self._moves: list[float] = model.transitions.reshape(-1).tolist()
        self._model = model
        self._featurize = featurize
        self._featurize_all = featurize_all
        self._unigrams = Window(model, templates, 1)
        self._runs = [_RunTables(Window(model, templates, size), dictionary) for size in (2, 3)]
        self._lower: list[str] = [""]
        self._title: list[bool] = [False]
        self._tokens = RowCache(self._unigrams.width, self._token_row, _CACHED_TOKENS)

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[int]]:
        """The model's tags (0 or 1) of each sentence's tokens."""
        layout = Layout(sentences)
        items = layout.items
        if not items:
            return []
        self._tokens.make_room(len(items))
        if not self._tokens:
            self._lower.clear()
            self._title.clear()
        number = self._tokens.__getitem__
        rows: Ints = np.fromiter(map(number, items), dtype=np.intp, count=len(items))
        gathered = self._tokens.table[rows]
        gathered[layout.before()] = self._unigrams.before
        gathered[layout.after()] = self._unigrams.after
        scores: Floats = np.zeros((len(items), _BINARY))
        self._unigrams.add(scores, gathered)

        lower_of, title_of = self._lower, self._title
        numbers: list[int] = rows.tolist()
        lower = [lower_of[row] for row in numbers]
        titles = np.fromiter((title_of[row] for row in numbers), dtype=np.intp, count=len(items))
        surface_runs, lower_runs, title_runs = items, lower, titles
        for run in self._runs:
            skipped = run.window.size - 1
            surface_runs = _join(surface_runs, items[skipped:])
            lower_runs = _join(lower_runs, lower[skipped:])
            title_runs = title_runs[:-1] & titles[skipped:]
            run.add(scores, layout, surface_runs, lower_runs, title_runs)

        first: list[float] = scores[:, 0].tolist()
        second: list[float] = scores[:, 1].tolist()
        tags = []
        for tokens, start, length in zip(sentences, layout.starts.tolist(), layout.lengths.tolist(), strict=True):
            end = start + length
            path, close = best_binary_path(first[start:end], second[start:end], self._moves)
            tags.append(self._tag_exactly(tokens) if close else path)
        return tags

    def _tag_exactly(self, tokens: Sequence[str]) -> list[int]:
        """The tags of one sentence, its scores added up in the library's order (see `crf`)."""
        scores = score_features(self._model, self._featurize_all(tokens))
        return best_binary_path(scores[:, 0].tolist(), scores[:, 1].tolist(), self._moves)[0]

    def _token_row(self, token: str) -> list[float]:
        if not token:  # the filler of the pads, whose row is never read
            self._lower.append("")
            self._title.append(False)
            return self._unigrams.row({})
        values = [feature.partition("=")[2] for feature in self._featurize(token)]
        lower, digit, title, known = values
        self._lower.append(lower)
        self._title.append(title == "True")
        return self._unigrams.row({"": token, "lower": lower, "isdigit": digit, "istitle": title, "is_in_dict": known})


def _join(runs: list[str], following: list[str]) -> list[str]:
    """Each run with the token after it; the last run, which has none, is left out."""
    return [f"{run} {token}" for run, token in zip(runs, following, strict=False)]


class _RunTables:
    """What runs of two or three tokens add to the scores: by surface, by lower case and dictionary, by title."""

    def __init__(self, window: Window, dictionary: set[str]) -> None:
        if not window.forms() <= {"", "lower", "istitle", "is_in_dict"}:
            raise UnknownTemplate(f"the word model has other forms over {window.size} tokens")
        self.window = window
        self._surface, self._surface_rows = static_rows(window, "")
        # A row for each lower-cased run with a weight of its own, one for the dictionary's other runs
        # and one, row 0, for all the rest, whose "is_in_dict=False" weighs something.
        weighted = sorted(window.known("lower"))
        rows = [window.row({"is_in_dict": "False"}), window.before, window.after, window.row({"is_in_dict": "True"})]
        rows += [window.row({"lower": run, "is_in_dict": str(run in dictionary)}) for run in weighted]
        self._lower = {entry: 3 for entry in dictionary if entry.count(" ") >= window.size - 1}
        self._lower.update({run: number for number, run in enumerate(weighted, start=4)})
        self._lower_rows = np.array(rows)
        titles = [window.row({"istitle": "False"}), window.row({"istitle": "True"}), window.row({})]
        self._title_rows = np.array(titles)

    def add(self, scores: Floats, layout: Layout, surface: list[str], lower: list[str], titles: Ints) -> None:
        """Add what the runs give to the scores of a flat sequence; run `j` begins at place `j`.

        Runs into the pads: the rows `before` and `after` hold all forms, so that only the lower-case
        table has them; the surface of such a run is unknown to the model, its title is the empty row.
        """
        gathered = self._surface_rows[find_rows(self._surface, surface)]
        rows = find_rows(self._lower, lower)
        self.window.mark_edges(rows, layout, 1, 2)
        gathered += self._lower_rows[rows]
        rows = titles.copy()
        self.window.mark_edges(rows, layout, 2, 2)
        gathered += self._title_rows[rows]
        self.window.add(scores, gathered)
