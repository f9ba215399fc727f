"""Duplicates: what is kept once, what is kept apart, and that no order of files matters."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.read import read_string
from pipeline.read.duplicates import DuplicateFinder, Findings, finder, sketch
from pipeline.read.duplicates.alignment import align
from pipeline.read.duplicates.comparison import Comparison, compare, titles_contradict
from pipeline.read.duplicates.identity import address_key
from pipeline.read.duplicates.signatures import Signatures, sign
from pipeline.read.duplicates.wording import Wording, read_wording
from pipeline.read.manifest import make_entry
from pipeline.records import Report
from tests.read.copies import article, cut, disguised, official_texts, samples

ARTICLE = """Chủ tịch tỉnh họp về hạn mặn

Sáng 7/6, Chủ tịch UBND tỉnh Nguyễn Văn Bình chủ trì cuộc họp về phòng chống hạn mặn tại các huyện ven biển.

Theo báo cáo, toàn tỉnh có 1.200 ha lúa bị ảnh hưởng, trong đó 350 ha mất trắng, thiệt hại 45 tỷ đồng.

Chủ tịch yêu cầu Sở Nông nghiệp và Môi trường rà soát các công trình thủy lợi, hoàn thành trước ngày 30/6.

Các địa phương hoà mạng nước sạch cho dân, không để hộ nào thiếu nước sinh hoạt trong mùa khô năm nay.
"""


def report(
    text: str, path: str = "a.txt", *, published: str | None = None, publisher: str | None = None,
    url: str | None = None,
) -> Report:  # fmt: skip
    return read_string(text, path=path, entry=make_entry(file=path, published=published, publisher=publisher, url=url))


def find(reports: Sequence[Report]) -> Findings:
    duplicates = DuplicateFinder(reports)
    for each in reports:
        duplicates.add(sketch(each))
    return duplicates.find()


def rows(findings: Findings) -> list[tuple[str, str, str]]:
    return [(row.path, row.of, row.relation) for row in findings.duplicates]


def wording(text: str) -> Wording:
    return read_wording(report(text))


def edited(*changes: tuple[str, str], text: str = ARTICLE) -> str:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def compared(one: str, other: str, *, press: bool = True) -> Comparison:
    comparison = compare(wording(one), wording(other), press=press)
    assert comparison == compare(wording(other), wording(one), press=press)
    return comparison


# --- wording


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hòa Bình", "HOÀ BÌNH"), ("1.200 ha", "1200 ha"), ("ngày 07/6", "ngày 7-6"), ("7.6.2023", "7/6/2023"),
     ("ủy ban", "Uỷ  ban"), ("giải quyết,", "giải\nquyết")],
)  # fmt: skip
def test_spellings_of_one_wording(one: str, other: str) -> None:
    assert wording(one).keys == wording(other).keys


@pytest.mark.parametrize(("one", "other"), [("7/6", "6/7"), ("Hòa", "Hóa"), ("Đông", "Dông"), ("12", "120")])
def test_other_wordings(one: str, other: str) -> None:
    assert wording(one).keys != wording(other).keys


def test_names_are_capitals_that_begin_no_sentence() -> None:
    found = wording("Ông Bình giao Sở Y tế. Các sở báo cáo (Nguyễn Lan): Việc gấp.")
    named = [key for key, name in zip(found.keys, found.names, strict=True) if name]
    assert named == [wording(word).keys[0] for word in ("Bình", "Sở", "Y", "Nguyễn", "Lan")]


def test_what_a_paper_puts_round_an_article_is_not_compared() -> None:
    dressed = ARTICLE.replace("Chủ tịch tỉnh họp về hạn mặn", "Tin nóng hôm nay") + "\nẢnh: Minh Quân\n\nTheo TTXVN\n"
    assert wording(dressed).keys == wording(ARTICLE).keys


# --- alignment and comparison


@settings(max_examples=200)
@given(st.lists(st.sampled_from("abcdefg"), max_size=60), st.lists(st.sampled_from("abcdefg"), max_size=60))
def test_an_alignment_accounts_for_every_word(one: list[str], other: list[str]) -> None:
    a, b = wording(" ".join(["x", *one])), wording(" ".join(["x", *other]))
    matched, gaps = align(a, b)
    assert matched + sum(gap.a_end - gap.a_start for gap in gaps) == len(a)
    assert matched + sum(gap.b_end - gap.b_start for gap in gaps) == len(b)
    kept_a, kept_b = list(a.keys), list(b.keys)
    for gap in reversed(gaps):
        del kept_a[gap.a_start : gap.a_end], kept_b[gap.b_start : gap.b_end]
    assert kept_a == kept_b


COPIES = {
    "another title": [("Chủ tịch tỉnh họp về hạn mặn", "Hạn mặn: dân không được thiếu nước")],
    "a source in the lead": [("Sáng 7/6, Chủ", "(TTXVN) – Sáng 7/6, Chủ")],
    "a paragraph dropped": [(ARTICLE.split("\n\n")[2] + "\n\n", "")],
    "a caption added": [("\n\nCác địa", "\n\nÔng Bình phát biểu. Ảnh: Lan Anh\n\nCác địa")],
    "days and numbers in another way": [("7/6", "07-06"), ("1.200", "1200"), ("30/6", "30.6")],
    "the year added": [("7/6,", "7/6/2023,")],
    "a name left out": [("Chủ tịch UBND tỉnh Nguyễn Văn Bình", "Chủ tịch UBND tỉnh")],
    "an abbreviation spelt out": [("UBND", "Ủy ban nhân dân")],
    "a word changed": [("chủ trì", "điều hành"), ("dân,", "người dân,")],
    "a tone mark moved": [("hoà mạng", "hòa mạng")],
}
OTHERS = {
    "another day": [("7/6", "14/6")],
    "another figure": [("350 ha", "360 ha")],
    "another deadline": [("30/6", "15/7")],
    "another chairman": [("Nguyễn Văn Bình", "Trần Thị Hạnh")],
    "another given name": [("Văn Bình", "Văn Hải")],
    "another body": [("Sở Nông nghiệp và Môi trường", "Sở Xây dựng")],
}


@pytest.mark.parametrize("name", COPIES)
def test_edits_that_leave_a_copy(name: str) -> None:
    assert compared(ARTICLE, edited(*COPIES[name])).near_copy


@pytest.mark.parametrize("name", OTHERS)
def test_differences_that_make_another_report(name: str) -> None:
    comparison = compared(ARTICLE, edited(*OTHERS[name]))
    assert comparison.contradictions
    assert not comparison.near_copy


def test_another_family_name_at_the_head_of_a_sentence() -> None:
    one, other = (edited(("Các địa phương", f"{name} Bình kết luận. Các địa phương")) for name in ("Lê", "Trần"))
    assert compared(one, other).contradictions == 1
    one, other = (edited(("Các địa phương", f"{word} kết luận. Các địa phương")) for word in ("Ông", "Bà"))
    assert compared(one, other).near_copy


@pytest.mark.parametrize(
    ("one", "other", "contradict"),
    [("Giá xăng ngày 7/6", "Giá xăng ngày 8/6", True), ("Bản tin tuần 23", "Bản tin tuần 24", True),
     ("Giá xăng ngày 7/6", "Giá xăng ngày 07-6", False), ("Giá xăng ngày 7/6", "Xăng tăng 500 đồng", False),
     ("Giá xăng ngày 7/6", None, False), (None, None, False), ("?", "!", False)],
)  # fmt: skip
def test_titles_alike_but_for_a_number_contradict(one: str | None, other: str | None, contradict: bool) -> None:
    assert titles_contradict(one, other) is contradict
    assert titles_contradict(other, one) is contradict


def test_what_closes_an_article_in_a_paper_contradicts_nothing_but_its_last_words_do() -> None:
    closed = [f"{ARTICLE}\n{author} thực hiện tin này cho báo\n" for author in ("Lê Minh", "Võ Sơn")]
    assert compared(*closed).near_copy
    assert not compared(*(edited(("năm nay", f"năm {year}")) for year in (2023, 2024))).near_copy


def test_two_paragraphs_quoted_make_no_copy() -> None:
    chance = random.Random(3)
    quoted = ARTICLE.split("\n\n")[1:3]
    later = "\n\n".join(["Tin sau", *article(chance)[:5], *quoted]) + "\n"
    assert not compared(ARTICLE, later).near_copy


def test_a_survey_that_holds_a_report_is_no_copy_of_it() -> None:
    chance = random.Random(4)
    survey = ARTICLE + "\n" + "\n\n".join(article(chance) + article(chance)) + "\n"
    comparison = compared(ARTICLE, survey)
    assert comparison.of_shorter > 0.95
    assert not comparison.near_copy


def test_short_texts_are_no_near_copies() -> None:
    assert not compared("Sở Y tế họp giao ban tuần.", "Sở Y tế họp giao ban tuần này.").near_copy


def test_every_word_of_an_official_document_counts() -> None:
    text = next(text for text in official_texts() if "Số: " in text or "Số:" in text)
    at = text.index("Số:") + 4
    end = next(place for place in range(at, len(text)) if not text[place].isdigit())
    other = f"{text[:at]}9876{text[end:]}"
    assert not compared(text, other, press=False).near_copy


# --- signatures


def test_signatures_estimate_the_similarity() -> None:
    chance = random.Random(5)
    paragraphs = article(chance) + article(chance)
    whole, dropped = wording("\n".join(paragraphs)), wording("\n".join(cut(paragraphs, chance)))
    assert (sign(whole) == sign(whole)).all()
    assert 0.5 < (sign(whole) == sign(dropped)).mean() < 0.95
    assert (sign(whole) == sign(wording("\n".join(article(chance) + article(chance))))).mean() < 0.2


def test_candidates_are_those_before_and_kept() -> None:
    import numpy as np

    signatures = Signatures()
    for text in (ARTICLE, edited(("nước sạch", "nước ngọt")), "Một tin khác hẳn về bóng đá. " * 3, ARTICLE):
        signatures.append(sign(wording(text)))
    candidates = signatures.candidates(np.array([3, 2, 1, 0]))
    kept = np.array([True, True, True, True])
    assert [candidates.before(place, kept, least=0.2, most=9) for place in range(4)] == [[], [], [0], [0, 2]]
    assert candidates.before(3, kept, least=0.2, most=1) == [0]
    assert candidates.before(3, np.array([False, True, True, True]), least=0.2, most=9) == [2]


def test_signatures_are_the_same_everywhere() -> None:
    assert sign(wording(ARTICLE))[:3].tolist() == SIGNED


SIGNED = [2089692233, 864064381, 650437284]


# --- finder


def test_what_each_is_to_the_kept_one() -> None:
    chance = random.Random(6)
    longest = "\n\n".join([ARTICLE.strip(), *article(chance)[:3]]) + "\n"
    reports = [
        report(longest, "z.txt", publisher="Báo Z", url="https://z.example/1"),
        report(longest, "y.txt", url="https://y.example/1"),
        report(longest.replace("\n\n", " \n\n\n"), "x.txt"),
        report(edited(*COPIES["a paragraph dropped"], text=longest), "a.txt", publisher="Báo A"),
        report(edited(("30/6", "15/7"), text=longest), "b.txt"),
    ]
    findings = find(reports)
    assert rows(findings) == [
        ("a.txt", "x.txt", "near_copy"), ("y.txt", "x.txt", "same_text"), ("z.txt", "x.txt", "same_text")
    ]  # fmt: skip
    sources = findings.sources["x.txt"]
    assert [(source.path, source.publisher, source.url) for source in sources] == [
        ("a.txt", "Báo A", None), ("y.txt", None, "https://y.example/1"), ("z.txt", "Báo Z", "https://z.example/1")
    ]  # fmt: skip
    assert set(findings.sources) == {"x.txt"}
    similarity = sources[0].similarity
    assert similarity is not None and 0.85 < similarity < 1
    assert [source.similarity for source in sources] == [row.similarity for row in findings.duplicates]
    assert [source.similarity for source in sources[1:]] == [None, None]


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (dict(text=ARTICLE), dict(text=ARTICLE), "a.txt"),
        (dict(text=ARTICLE, published="2023-06-09"), dict(text=ARTICLE, published="2023-06-08"), "b.txt"),
        (dict(text=ARTICLE), dict(text=ARTICLE, published="2023-06-08"), "b.txt"),
        (dict(text=edited(*COPIES["a paragraph dropped"]), published="2023-06-01"), dict(text=ARTICLE), "b.txt"),
        # Captions make no text longer.
        (dict(text=ARTICLE), dict(text=ARTICLE + "\n\nQuang cảnh cuộc họp. Ảnh: Lan Anh\n"), "a.txt"),
    ],
)  # fmt: skip
def test_the_longest_is_kept_then_the_earliest_then_the_first(
    first: dict[str, str], second: dict[str, str], kept: str
) -> None:
    for order in (1, -1):
        reports = [report(path="a.txt", **first), report(path="b.txt", **second)][::order]
        findings = find(reports)
        assert [row.of for row in findings.duplicates] == [kept]
        assert set(findings.sources) == {kept}


def test_a_near_copy_is_one_of_the_kept_report_itself() -> None:
    # Each lacks another end of the text, so that the first and the last share too little.
    chance = random.Random(8)
    paragraphs = [paragraph for _ in range(4) for paragraph in article(chance)]
    pieces = ["\n\n".join(["Tin", *paragraphs[start : start + 12]]) + "\n" for start in (0, 4, 8, 12)]
    findings = find([report(piece, f"{number}.txt") for number, piece in enumerate(pieces)])
    by_path = {f"{number}.txt": piece for number, piece in enumerate(pieces)}
    for row in findings.duplicates:
        assert compared(by_path[row.path], by_path[row.of]).near_copy


def test_two_texts_under_one_address_are_versions() -> None:
    later = edited(("30/6", "15/7"))
    reports = [
        report(later, "b.txt", published="2023-06-09", url="https://www.example.vn/tin-1.html?utm_source=x"),
        report(ARTICLE, "c.txt", published="2023-06-08", url="http://example.vn/tin-1.html#top"),
        report(later + "\nẢnh: Lan Anh\n", "copy.txt", url="https://other.example/2"),
        report(ARTICLE + "\nXem thêm: tin khác\n", "saved-again.txt", url="http://example.vn/tin-1.html"),
    ]
    findings = find(reports)
    assert [tuple(pair) for pair in findings.versions] == [("c.txt", "b.txt")]
    assert rows(findings) == [("copy.txt", "b.txt", "near_copy"), ("saved-again.txt", "c.txt", "near_copy")]
    version = next(source for source in findings.sources["c.txt"] if source.relation == "version")
    assert (version.path, version.id) == ("b.txt", reports[0].source.id)
    assert version.similarity is not None and 0.9 < version.similarity < 1


def test_a_version_is_kept_though_it_is_a_near_copy() -> None:
    shorter = edited(*COPIES["a paragraph dropped"])
    url = "https://example.vn/tin-1.html"
    findings = find([report(ARTICLE, "a.txt", url=url), report(shorter, "b.txt", url=url)])
    assert not findings.duplicates
    assert [tuple(pair) for pair in findings.versions] == [("a.txt", "b.txt")]


def test_two_reports_under_one_address_are_no_versions() -> None:
    chance = random.Random(9)
    url = "https://example.vn/tin.php"
    other = "\n\n".join(["Tin khác", *article(chance)]) + "\n"
    findings = find([report(ARTICLE, "a.txt", url=url), report(other, "b.txt", url=url)])
    assert findings == Findings(sources={}, duplicates=(), versions=())


def test_a_numbered_document_changed_is_a_version() -> None:
    text = official_texts()[0]
    reports = []
    for path, content in (("a.txt", text), ("b.txt", disguised(text, random.Random(1)))):
        made = report(content, path, published="2024-05-02")
        source = replace(made.source, genre="notice", number="634/TB-VPCP", issuer="Văn phòng Chính phủ")
        reports.append(replace(made, source=source))
    assert [tuple(pair) for pair in find(reports).versions] == [("a.txt", "b.txt")]
    others = [reports[0], replace(reports[1], source=replace(reports[1].source, issuer="UBND tỉnh"))]
    assert not find(others).versions


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.Example.vn/a/B.html?utm_source=x&id=7#top", "example.vn/a/B.html?id=7"),
        ("http://example.vn/a/", "example.vn/a?"),
        ("https://example.vn/", None), ("https://example.vn", None), ("file:///a", None), ("", None), (None, None),
        ("http://[x", None), ("không rõ", None), ("javascript:alert(1)", None),
    ],
)  # fmt: skip
def test_addresses(url: str | None, key: str | None) -> None:
    assert address_key(url) == key


@pytest.fixture(scope="module")
def generated() -> list[tuple[Report, int]]:
    found = []
    for number, sample in enumerate(samples(500, seed=11)):
        found.append((report(sample.text, f"{number:04}.txt"), sample.group))
    return found


def test_copies_are_found_and_lookalikes_are_not(generated: list[tuple[Report, int]]) -> None:
    groups = {each.source.path: group for each, group in generated}
    duplicates = find([each for each, _ in generated]).duplicates
    copies = sum(size - 1 for size in Counter(groups.values()).values())
    right = sum(groups[row.path] == groups[row.of] for row in duplicates)
    assert copies > 80
    assert right / len(duplicates) >= 0.99
    assert right / copies >= 0.95


@pytest.mark.parametrize("seed", range(3))
def test_the_order_changes_nothing(seed: int, generated: list[tuple[Report, int]]) -> None:
    reports = [each for each, _ in generated[:150]]
    url = "https://example.vn/tin-1.html"
    for number in (1, 2, 3):
        source = reports[number].source
        reports[number] = replace(reports[number], source=replace(source, url=url, published=f"2023-06-0{number}"))
    first = find(reports)
    assert first.duplicates
    shuffled = list(reports)
    random.Random(seed).shuffle(shuffled)
    again = find(shuffled)
    assert again == first
    assert list(again.sources) == list(first.sources)


@pytest.mark.parametrize("texts", [[], ["?!"], ["?!", "…"], ["a", "a b", "b a"], ["1", "2"]])
def test_odd_texts(texts: list[str]) -> None:
    findings = find([report(text, f"{number}.txt") for number, text in enumerate(texts)])
    assert findings == Findings(sources={}, duplicates=(), versions=())


def test_reports_of_one_template_are_not_all_aligned_with_each_other(
    monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [disguised(sentence, random.Random(2)) for sentence in ARTICLE.split("\n\n")]
    weeks = [f"Tuần {week} cả tỉnh có {week} ca mắc mới." for week in range(300)]
    crowd = [report("\n\n".join([*lines, week]) + "\n", f"{number}.txt") for number, week in enumerate(weeks)]
    calls = Counter[str]()

    def counted(a: Wording, b: Wording, *, press: bool) -> Comparison:
        calls["compare"] += 1
        return compare(a, b, press=press)

    monkeypatch.setattr(finder, "compare", counted)
    assert not find(crowd).duplicates
    assert 0 < calls["compare"] <= 10 * 300


def test_the_generator_makes_what_it_says() -> None:
    kinds: Iterator[int] = (sample.group for sample in samples(100))
    sizes = Counter(Counter(kinds).values())
    assert sizes[1] > 10 and sum(number for size, number in sizes.items() if size > 1) > 5
