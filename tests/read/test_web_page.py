"""Web pages: the article's words in order and nothing else, whatever site they were saved from."""

# Markup stands as it would in a file.
# ruff: noqa: E501

from __future__ import annotations

import difflib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UnreadableDocument
from pipeline.read import html_tree, make_report
from pipeline.read.normalise import normalise
from pipeline.read.web_page import read_web_page
from tests.conftest import SHARED
from tests.read.press_pages import BODY, CAPTION, LEAD, PAGES, TITLE, PressPage, page, paragraphs

REAL = SHARED / "files"


def lines_of(markup: str) -> list[str]:
    return read_web_page(markup.encode(), "a.html").text.splitlines()


@pytest.mark.parametrize("made", PAGES, ids=lambda made: made.name)
def test_press_pages(made: PressPage) -> None:
    content = read_web_page(made.markup.encode(), "a.html")
    assert content.text.splitlines() == list(made.lines)
    for words in made.absent:
        assert words not in content.text
    assert (content.published, content.publisher, content.url) == (made.published, made.publisher, made.url)
    authors = [note.detail for note in content.notes if note.code == "author"]
    assert authors == ([made.author] if made.author else [])
    assert "page_prose_left_out" not in {note.code for note in content.notes} or made.name in (
        "national-daily", "portal-of-tables", "cards-of-articles",
    )  # fmt: skip
    if TITLE in made.lines:
        assert content.title == TITLE


@pytest.mark.parametrize("made", PAGES, ids=lambda made: made.name)
def test_blocks_hold_in_the_text(made: PressPage) -> None:
    content = read_web_page(made.markup.encode(), "a.html")
    assert normalise(content.text) == content.text
    lines = content.text.splitlines()
    assert all(content.text[block.start : block.end] in lines for block in content.blocks)
    assert all(a.end <= b.start for a, b in zip(content.blocks, content.blocks[1:], strict=False))


def test_roles_that_the_page_states() -> None:
    content = read_web_page(PAGES[0].markup.encode(), "a.html")
    assert {content.text[b.start : b.end]: b.kind for b in content.blocks} == {
        TITLE: "title", LEAD: "lead", CAPTION: "caption",
    }  # fmt: skip


SHOWN = {
    "blanks": ("<p> Sở\n  Y&nbsp; tế </p><p>&nbsp;</p>", ["Sở Y tế"]),
    "inline": ("<p>Sở <b>Y</b> t<i>ế</i><span> báo</span> cáo</p>", ["Sở Y tế báo cáo"]),
    "breaks": ("<div>một<br>hai<br/><br/>ba</div>", ["một", "hai", "ba"]),
    "text-beside-blocks": ("<div>trước<p>giữa</p>sau</div>", ["trước", "giữa", "sau"]),
    "unordered": ("<ul><li>một</li><li>- hai</li><li><p>ba</p><p>bốn</p></li></ul>", ["- một", "- hai", "- ba", "bốn"]),
    "ordered": ("<ol><li>một<li>hai</ol>", ["1. một", "2. hai"]),
    "ordered-from": ("<ol start=3 type=a><li>một</li><li value=7>hai</li><li>ba</li></ol>", ["c. một", "g. hai", "h. ba"]),
    "roman": ("<ol type=I><li>một</li><li>hai</li></ol>", ["I. một", "II. hai"]),
    "nested-lists": (
        "<ol><li>một<ul><li>trong</li></ul></li><li>hai</li></ol>", ["1. một", "- trong", "2. hai"],
    ),
    "numbered-already": ("<ol><li>1. một</li></ol>", ["1. một"]),
    "definition": ("<dl><dt>Chủ trì</dt><dd>Sở Y tế</dd></dl>", ["Chủ trì", "Sở Y tế"]),
    "preformatted": ("<pre>một\n  hai\n\nba</pre>", ["một", "hai", "ba"]),
    "table": (
        "<table><tr><th>TT<th>Việc</tr><tr><td>1<td>Rà<br>soát|xong</table>", ["| TT | Việc |", "| 1 | Rà soát\\|xong |"],
    ),
    "table-parts": (
        "<table><caption>Bảng 1</caption><thead><tr><td>a</td><td>b</td></tr></thead><tbody><tr><td rowspan=2>c</td>"
        "<td>d</td></tr><tr><td>e</td></tr></tbody></table>",
        ["Bảng 1", "| a | b |", "| c | d |", "| c | e |"],
    ),
    "table-of-layout": ("<table><tr><td>một</td></tr><tr><td>hai</td></tr></table>", ["một", "hai"]),
    "table-in-cell": (
        "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td><table><tr><td>x</td><td>y</td></tr></table></td></tr></table>",
        ["| a | b |", "| 1 | x y |"],
    ),
    "silent": ("<p>một</p><script>var a = 'hai'</script><style>p{}</style><!-- ba --><p>bốn</p>", ["một", "bốn"]),
    "decomposed": ("<p>Ho\u0323p</p>", ["Họp"]),
    "letterhead": (
        "<table><tr><td>UBND TỈNH<br>Số: 5/TB</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr></table><p>Họp</p>",
        ["UBND TỈNH", "Số: 5/TB", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Họp"],
    ),
    "stray-angle": ("<p>Giảm < 5% và > 3%</p>", ["Giảm < 5% và > 3%"]),
    "details": ("<details><summary>Chi tiết</summary>Nội dung</details>", ["Chi tiết", "Nội dung"]),
}  # fmt: skip


@pytest.mark.parametrize("name", SHOWN)
def test_what_a_browser_shows(name: str) -> None:
    markup, lines = SHOWN[name]
    assert lines_of(markup) == lines
    assert lines_of(page("", markup)) == lines


@pytest.mark.parametrize("charset", ["utf-8", "windows-1258", "utf-16"])
def test_declared_encodings(charset: str) -> None:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    markup = f"<html><head>{head}</head><body><p>Họp bàn</p>"
    words = "Ho\u0323p ba\u0300n" if charset == "windows-1258" else "Họp bàn"
    data = markup.replace("Họp bàn", words).encode(charset)
    content = read_web_page(data, "a.html")
    assert content.text == "Họp bàn\n"
    assert content.encoding == {"utf-16": "utf-16-le"}.get(charset, charset)


def test_utf8_goes_before_a_wrong_declaration() -> None:
    data = '<meta charset="iso-8859-1"><p>Họp</p>'.encode()
    assert read_web_page(data, "a.html").text == "Họp\n"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b'<meta charset="punycode"><p>H\xe1\xbb</p>', "not UTF-8"),
        (b"<html><body><script>x</script></body></html>", "shows no text"),
        ("<p>H\xe1\xbb</p>".encode("latin-1"), "not UTF-8"),
        (b"<div>" * 5000 + b"x", "nested too deeply"),
        (b"<b>" * 300_001, "too large"),
    ],
)
def test_refused(data: bytes, problem: str) -> None:
    with pytest.raises(UnreadableDocument, match=problem) as caught:
        read_web_page(data, "x/a.html")
    assert caught.value.where == "x/a.html"
    assert caught.value.remedy


def test_deep_but_possible() -> None:
    assert lines_of("<div>" * 1500 + "<p>sâu</p>" + "</div>" * 1500 + "<p>sau</p>") == ["sâu", "sau"]


def test_many_nested_tables_take_linear_time() -> None:
    started = time.process_time()
    lines_of("<table><tr><td>a</td><td>b" * 500 + "</td></tr></table>" * 500)
    assert time.process_time() - started < 3


def test_limits_are_of_the_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_tree, "PAGE_MAX", 10)
    with pytest.raises(UnreadableDocument, match="too large"):
        read_web_page(b"<p>Hop ban ve</p>", "a.html")


def test_embedded_pictures_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_tree, "PAGE_MAX", 200)
    assert lines_of(f'<p>Họp</p><img src="data:image/png;base64,{"A" * 5000}"><p>bàn</p>') == ["Họp", "bàn"]


WORDS = st.lists(st.sampled_from(["Sở", "Y", "tế", "báo", "cáo", "trước", "ngày", "30/6", "về", "việc", "rà", "soát", "quy", "hoạch"]), min_size=1, max_size=40)


@given(st.lists(WORDS, min_size=1, max_size=8), st.booleans())
def test_no_word_of_a_fragment_is_lost(content: list[list[str]], whole: bool) -> None:
    made = [" ".join(words) for words in content]
    markup = paragraphs(*made)
    assert lines_of(page("<title>x</title>", markup) if whole else markup) == made


@pytest.mark.parametrize("name", ["h02", "h04"])
def test_real_pages_keep_their_words(name: str) -> None:
    if not (REAL / f"{name}.html").is_file():
        pytest.skip("the real pages aren't here: they belong to their publishers")
    words = (REAL / f"{name}.txt").read_text(encoding="utf-8").split()
    read = read_web_page((REAL / f"{name}.html").read_bytes(), name).text.split()
    matcher = difflib.SequenceMatcher(None, words, read, autojunk=False)
    assert sum(match.size for match in matcher.get_matching_blocks()) >= 0.995 * len(words)


def test_the_body_of_every_made_page_is_whole() -> None:
    assert all(set(BODY) <= {line.removeprefix("- ") for line in made.lines} for made in PAGES)


def test_a_page_called_by_its_letterhead_has_no_title_of_its_own() -> None:
    # So are pages that are made of Word files.
    lines = ("UBND TỈNH BẮC NINH", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Số: 287/SGDĐT", "KẾ HOẠCH", "Dạy thêm, học thêm")
    body = "".join(f"<p>{line}</p>" for line in lines)
    page = f"<html><head><title>{lines[0]}</title></head><body>{body}<p>Sở giao các trường rà soát.</p></body></html>"
    content = read_web_page(page.encode(), "a.html")
    assert content.title is None
    assert not [block for block in content.blocks if block.kind == "title"]
    report = make_report(content, page.encode(), path="a.html")
    assert report.source.issuer == "Sở Giáo dục và Đào tạo tỉnh Bắc Ninh"
