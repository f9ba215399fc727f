"""Words, abbreviations and queries of a search."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import LexiconError
from pipeline.lexicon import read_toml
from pipeline.read.normalise import normalise
from pipeline.read.syllables import syllables
from pipeline.store.database.search_abbreviations import FILE, build_abbreviations, load_abbreviations
from pipeline.store.database.search_match import fts5_query, tsquery
from pipeline.store.database.search_query import exact_phrase, parse_query
from pipeline.store.database.search_snippets import find_hits, holds, make_snippet
from pipeline.store.database.search_words import exact_key, fold, indexed_words, with_pairs, words_of


@pytest.mark.parametrize(
    ("text", "key", "folded"),
    [
        ("Uỷ ban", "ủy ban", "uy ban"),
        ("Đắk Lắk", "đắk lắk", "dak lak"),
        ("kĩ thuật, lí do", "kỹ thuật, lý do", "ky thuat, ly do"),
        ("quí, qui", "quý, quy", "quy, quy"),
        ("bi, đi, vi, nghi", "bi, đi, vi, nghi", "bi, di, vi, nghi"),
        ("tin mình", "tin mình", "tin minh"),
        ("hoàn Hoà", "hoàn hòa", "hoan hoa"),
        ("café ÇA", "café ça", "cafe ca"),
        ("北京 Ω", "北京 ω", "北京 ω"),
    ],
)
def test_keys(text: str, key: str, folded: str) -> None:
    assert exact_key(text) == key
    assert fold(key) == folded


@given(st.text(max_size=40))
def test_keys_are_as_long_as_the_text(text: str) -> None:
    text = normalise(text)
    assert len(exact_key(text)) == len(fold(exact_key(text))) == len(text)
    assert fold(fold(text)) == fold(text)


def test_words_for_the_index() -> None:
    assert words_of("Sở KH&ĐT (07/2023)") == ("sở", "kh", "đt", "07", "2023")
    assert indexed_words(["Một hai.", "", "Ba"]) == "một hai __ ba"
    assert with_pairs("một hai ba") == "một hai ba một_hai hai_ba"
    assert with_pairs("một") == "một"


def test_abbreviations_go_both_ways() -> None:
    known = load_abbreviations()
    assert known.longest_at(("ubnd",), 0) == (1, (("ủy", "ban", "nhân", "dân"), ("ub", "nhân", "dân")), True)
    size, others, written = known.longest_at(("uy", "ban", "nhan", "dan"), 0)
    assert (size, written) == (4, False) and ("ubnd",) in others
    assert known.longest_at(("hdnd",), 0)[1] == (("hội", "đồng", "nhân", "dân"),)
    assert known.longest_at(("số", "ubnd"), 0) == (1, (), False)
    assert ("ban", "chỉ", "huy") in known.longest_at(("bch",), 0)[1]
    assert ("ban", "chấp", "hành") in known.longest_at(("bch",), 0)[1]


def test_no_abbreviation_is_a_word_of_its_own() -> None:
    forms = [short for entry in read_toml(FILE)["abbreviation"] for short in entry["short"]]
    assert len(forms) > 100
    assert [one for one in forms if len(words_of(one)) == 1 and words_of(one)[0] in syllables()] == []


def test_a_double_is_refused() -> None:
    entry = type("Entry", (), {"long": "Sở Y tế", "short": ("SYT",)})
    with pytest.raises(LexiconError, match="double"):
        build_abbreviations([entry, entry])  # type: ignore[list-item]


def test_a_query_in_words() -> None:
    query = parse_query('“chuyển đổi số” tỉnh, "Sở Y tế')
    assert [(phrase.words, phrase.quoted) for phrase in query.phrases] == [
        (("chuyển", "đổi", "số"), True),
        (("tỉnh", "sở", "y", "tế"), False),
    ]
    assert query.scattered and query.marked
    assert not parse_query('"chuyen doi" so').marked
    assert not parse_query('"chuyen doi" so').scattered
    assert parse_query(" … ").phrases == ()
    assert exact_phrase('a "b" c').phrases[0].words == ("a", "b", "c")


def test_a_query_for_each_database() -> None:
    query = parse_query("UBND xã")
    clauses = query.clauses(folded=False, together=True)
    assert fts5_query(clauses, "exact") == (
        'exact : ((("ubnd xã") OR ("ủy ban nhân dân xã") OR ("ub nhân dân xã")))'
    )
    assert tsquery(query.clauses(folded=True, together=False), pairs=True) == (
        "('ubnd' | 'uy_ban' & 'ban_nhan' & 'nhan_dan' | 'ub_nhan' & 'nhan_dan') & ('xa')"
    )


def test_a_very_long_query_is_bounded() -> None:
    words = " ".join(f"từ{number}" for number in range(3000))
    query = parse_query(f"{words} UBND HĐND MTTQ ĐBQH GTVT BHXH BHYT PCCC")
    assert len(query.phrases[0].variants(folded=True)) <= 64
    assert len(tsquery(query.clauses(folded=True, together=True), pairs=True)) < 200_000
    assert holds(parse_query(words), [words], folded=False, together=True)


def test_what_holds_a_query() -> None:
    query = parse_query("lấn chiếm")
    assert holds(query, ["Xử lý lấn, chiếm đất."], folded=False, together=True)
    assert not holds(query, ["Chiếm lấn"], folded=False, together=True)
    assert holds(query, ["Chiếm", "lấn"], folded=False, together=False)
    assert not holds(query, ["lấn", "chiếm"], folded=False, together=True)
    assert holds(query, ["LAN CHIEM"], folded=True, together=True)


def test_a_snippet() -> None:
    text = "Mở đầu. " * 40 + "Tập trung\nchuyển  đổi số ngay. " + "Kết thúc. " * 40
    query = parse_query("chuyen doi so")
    hits = find_hits(query, text, folded=True, together=True)
    assert [text[start:end] for start, end in hits] == ["chuyển  đổi số"]
    snippet = make_snippet(text, hits, at=100)
    (start, end) = snippet.marks[0]
    assert snippet.text[start:end] == "chuyển  đổi số"
    assert snippet.text.startswith("… ") and snippet.text.endswith(" …")
    assert "\n" not in snippet.text
    assert snippet.start == 100 + text.index("chuyển")
    assert len(snippet.text) < 200


@given(st.text(alphabet="ab \nđố", max_size=400), st.integers(0, 20), st.integers(1, 5))
def test_marks_stand_where_the_hits_are(text: str, start: int, size: int) -> None:
    hit = (start, start + size)
    if hit[1] > len(text):
        return
    snippet = make_snippet(text, [hit])
    a, b = snippet.marks[0]
    assert snippet.text[a:b] == text[hit[0] : hit[1]].replace("\n", " ")
