from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Block, Body, Document, Note, Target, TextQuality
from pipeline.report import write_digest
from pipeline.report.report_page import page_of, view_report, web_address
from pipeline.report.templating import Templates
from pipeline.report.wording import Language, Wording
from tests.report.documents import NEWS_TEXT, body, directive, document, news, task
from tests.report.html_reading import Page
from tests.report.test_marks import marked_texts

_TEMPLATES = {language: Templates(Wording(language)) for language in ("vi", "en")}

HOSTILE = (
    '<script>alert(1)</script> </style></article></title>--> " onmouseover="x" \' & &amp; &#65; {{ 7*7 }} {% x %}\r\n'
    "\r \x0b\x0c\x1b\x7f\x85\u2028 \u202eđảo\u202c \u200f \ufeff 🇻🇳👩‍👩‍👧 e\u0301 \uffff <!-- <![CDATA[ "
)


def _html(of: Document, language: Language = "vi") -> str:
    return _TEMPLATES[language].render("report", view_report(of, Wording(language)))


def _page(of: Document, language: Language = "vi") -> Page:
    return Page(_html(of, language))


def _hostile_document(text: str = HOSTILE) -> Document:
    listed = task(text, text, lead=[body(text, text)], targets=[Target(text=text, value=1.5, unit=text)], urgency=text)
    listed = msgspec.structs.replace(listed, action=f"{text}!", rules=(text,))
    return document(
        text, title=text, url="javascript:alert(1)", published=text, directives=[directive([listed, listed])],
        blocks=[Block(kind="title", start=0, end=9), Block(kind="table", start=12, end=40)],
    )  # fmt: skip


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("of", [news(), _hostile_document(), document(""), document("  \n "), document("Không có gì.")])
def test_the_text_pane_is_the_text(of: Document, language: Language) -> None:
    page = _page(of, language)
    assert page.pane == of.text
    assert page.lang == language


@settings(max_examples=150, deadline=None)
@given(marked_texts())
def test_the_text_pane_is_the_text_whatever_is_marked(case: tuple[str, list[Block], list[object]]) -> None:
    text, blocks, _ = case
    spans = [(block.start, block.end) for block in blocks]
    tasks = []
    for start, end in spans:
        one = task(text, text[start:end])
        span = msgspec.structs.replace(one.span, start=start, end=end)
        acting = Body(text=text[start:end], name="x", id=None, start=min(start + 1, end), end=end)
        tasks.append(msgspec.structs.replace(one, span=span, lead=(acting,)))
    page = _page(document(text, blocks=blocks[:2], directives=[directive(tasks)]))
    assert page.pane == text.replace("\0", "\ufffd")


def test_what_html_cannot_hold_is_replaced_one_for_one() -> None:
    assert _page(document("a\0b\ud800c")).pane == "a\ufffdb\ufffdc"


@pytest.mark.parametrize("of", [news(), _hostile_document(), document("")])
def test_links_within_the_page_lead_somewhere_and_ids_are_unique(of: Document) -> None:
    page = _page(of)
    assert len(page.ids) == len(set(page.ids))
    for link in page.links:
        assert not link.startswith("#") or link[1:] in page.ids, link


def test_nothing_hostile_becomes_markup() -> None:
    html = _html(_hostile_document())
    page = Page(html)
    assert not {"script", "iframe", "img", "link", "base", "form", "object"} & set(page.tags)
    assert not [attribute for attribute in page.attributes if attribute.startswith("on")]
    assert page.tags.count("style") == html.count("<style>") == html.count("</style>") == 1
    assert not [link for link in page.links if link.startswith("javascript")]
    assert "javascript:alert(1)" in page.text


@pytest.mark.parametrize("of", [news(), _hostile_document(), document("")])
def test_nothing_is_asked_of_the_network(of: Document) -> None:
    html = _html(of)
    assert not re.search(r"\bsrc=|@import|url\(|<link", html)


@pytest.mark.parametrize("of", [news(), document("")])
def test_headings_come_in_order(of: Document) -> None:
    levels = _page(of).headings
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_every_value_leads_to_the_words_it_was_read_from() -> None:
    page = _page(news())
    starts = {"task", "issuer", "cue", "lead", "coordinating", "deadline", "target"}
    linked = {link[1:] for link in page.links if link.split("-")[0].lstrip("#") in starts}
    assert {name.split("-")[0] for name in linked} == starts
    words = {NEWS_TEXT[int(start) : int(end)] for _, start, end in (name.split("-") for name in linked)}
    assert {"Bộ Tài chính", "Bộ Công Thương", "trước ngày 15/3", "20%", "Hằng tháng", "yêu cầu", "Cục Thú y"} <= words


def test_a_value_whose_words_are_not_there_is_shown_without_a_link() -> None:
    text = "Sở Y tế rà soát."
    wrong = Body(text="Sở Y tế", name="Sở Y tế", id=None, start=0, end=99)
    listed = task(text, "rà soát", lead=[wrong])
    listed = msgspec.structs.replace(listed, span=msgspec.structs.replace(listed.span, start=1, end=8))
    page = _page(document(text, directives=[directive([listed])]))
    assert page.text.count(Wording("vi").say("not_located")) == 2
    assert not [link for link in page.links if link.startswith(("#lead", "#task"))]


def test_a_target_told_twice_in_its_task_is_not_guessed_at() -> None:
    text = "giảm 20% giá và 20% phí"
    target = Target(text="20%", value=None, unit=None)
    page = _page(document(text, directives=[directive([task(text, text, targets=[target])])]))
    assert not [link for link in page.links if link.startswith("#target")]


def test_tasks_with_one_span_share_a_mark_with_both_numbers() -> None:
    html = _html(_hostile_document())
    assert 'data-letter="1–2"' in html


def test_what_a_report_does_not_tell_is_said() -> None:
    text = "rà soát"
    page = _page(document(text, title=None, directives=[directive([task(text, text)])]), "en")
    assert page.text.count("not told") == 3
    assert "Untitled" in page.text


@pytest.mark.parametrize(
    ("url", "linked"),
    [("https://example.org/a?b=c", True), ("http://example.org", True), ("HTTPS://example.org", True),
     ("javascript:alert(1)", False), ("java\nscript:alert(1)", False), (" https://example.org", False),
     ("data:text/html,x", False), ("//example.org", False), ("https:", False), ("file:///etc/hosts", False),
     ("http://[x", False), ("https://example.org/\"><b>", True)],
)  # fmt: skip
def test_only_web_addresses_are_linked(url: str, linked: bool) -> None:
    assert (web_address(url) is not None) is linked
    page = _page(document("x", url=url))
    assert (url in page.links) is linked
    assert "b" not in page.tags


@given(st.text())
def test_any_id_gives_a_page_in_the_folder(identity: str) -> None:
    assert re.fullmatch(r"reports/[A-Za-z0-9_-][A-Za-z0-9._-]*\.html", page_of(identity))


@pytest.mark.parametrize("identity", ["../../x", "a/b", "", ".", "..", "x" * 500, "Đ"])
def test_an_id_that_is_no_file_name_is_never_one(identity: str, tmp_path: Path) -> None:
    pages = write_digest([document("x", id=identity)], tmp_path / "digest")
    assert all((tmp_path / "digest") in page.parents and page.is_file() for page in pages)
    assert [path.name for path in tmp_path.iterdir()] == ["digest"]


@pytest.mark.parametrize(("level", "words"), [("no_diacritics", "không có dấu"), ("corrupt", "hỏng")])
def test_damaged_text_is_told_on_the_page_and_in_the_index(
    level: Literal["no_diacritics", "corrupt"], words: str, tmp_path: Path
) -> None:
    quality = TextQuality(level=level, impossible=0.2, accented=0.1)
    damaged = news()
    damaged = msgspec.structs.replace(damaged, document=msgspec.structs.replace(damaged.document, quality=quality))
    assert words in _html(damaged).partition('<p class="damage">')[2][:200]
    write_digest([damaged, document("Không có gì.", id="e0")], tmp_path, "vi")
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert index.count('<span class="damage">') == 1
    assert "1 báo cáo có văn bản hỏng" in index


def test_good_text_is_told_nothing_of(tmp_path: Path) -> None:
    good = news()
    quality = TextQuality(level="good", impossible=0.0, accented=0.9)
    good = msgspec.structs.replace(good, document=msgspec.structs.replace(good.document, quality=quality))
    assert _html(good) == _html(news())
    write_digest([good], tmp_path, "vi")
    assert 'class="damage"' not in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_notes_on_the_reading_of_the_file_are_shown(tmp_path: Path) -> None:
    noted = news()
    note = Note(code="page_without_text", count=2, detail="3, <4>")
    noted = msgspec.structs.replace(noted, document=msgspec.structs.replace(noted.document, notes=(note,)))
    assert "page_without_text" not in _html(noted)
    pages = write_digest([noted], tmp_path, "en", tell_note=lambda note: f"{note.code}: {note.detail}")
    shown = next(page for page in pages if page.parent.name == "reports").read_text(encoding="utf-8")
    assert "<dt>Note on reading</dt>" in shown and "page_without_text: 3, &lt;4&gt;" in shown
