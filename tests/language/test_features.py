"""Templates, windows and the bounded cache of word rows."""

from __future__ import annotations

import pytest

from pipeline.language.features import Layout, RowCache, UnknownTemplate, parse_template


def test_a_template_is_read() -> None:
    template = parse_template("T[-2,-1][1].lower")
    assert (template.first, template.last, template.column, template.form, template.size) == (-2, -1, 1, "lower", 2)


@pytest.mark.parametrize("name", ["", "T", "T[0", "T[4]", "T[-4]", "T[1,-1]", "T[-2,2]", "U[0]", "T[0].lower.x"])
def test_other_templates_are_refused(name: str) -> None:
    with pytest.raises(UnknownTemplate):
        parse_template(name)


def test_a_layout_pads_every_sentence_and_keeps_empty_ones() -> None:
    layout = Layout([["a", "b"], [], ["c"]])
    assert layout.items == ["", "", "a", "b", "", "", "", "", "", "", "", "", "c", "", ""]
    assert layout.starts.tolist() == [2, 8, 12]
    assert all(layout.items[place] == "" for place in [*layout.before, *layout.after])


def test_the_cache_never_outgrows_its_bound_between_batches() -> None:
    computed: list[str] = []

    def compute(word: str) -> list[float]:
        computed.append(word)
        return [float(word), 0.0]

    cache = RowCache(2, compute, limit=500)
    for batch in range(50):
        words = [str(batch * 60 + place) for place in range(90)]
        cache.make_room(len(words))
        rows = [cache[word] for word in words]
        assert [cache.table[row, 0] for row in rows] == [float(word) for word in words]
        assert len(cache) <= 500 and len(cache.table) <= 512
    cache.make_room(2_000)
    assert [cache.table[cache[str(place)], 0] for place in range(2_000)] == [float(place) for place in range(2_000)]
