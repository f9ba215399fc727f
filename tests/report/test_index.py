from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from pipeline.records import Deadline, Document, Issuer
from pipeline.report import write_digest
from pipeline.report.index_page import Index
from pipeline.report.summary import clip, summarise
from pipeline.report.views import IndexView, SectionView
from pipeline.report.wording import Language, Wording
from tests.report.documents import body, deadline, directive, document, many, news, task
from tests.report.html_reading import read_page

TEXT = "Bộ Y tế, Đoàn A, Ủy ban B, Uỷ ban B làm trước 15/3"


def _index(documents: Sequence[Document], as_of: date | None = None, language: Language = "en") -> IndexView:
    summaries = [summarise(of) for of in documents]
    reports = [report for report, _ in summaries]
    return Index(reports, [task for _, tasks in summaries for task in tasks], Wording(language), as_of).view


def _section(view: IndexView, anchor: str) -> SectionView:
    return next(section for section in view.sections if section.anchor == anchor)


def _days(view: IndexView, anchor: str) -> list[str | None]:
    return [row.iso for group in _section(view, anchor).groups for row in group.rows]


def _due(*bounds: tuple[str | None, str | None]) -> Document:
    """A report of 2023-06-08 with a deadline for each pair of first and last day."""
    listed: list[Deadline] = [deadline(TEXT, "trước 15/3", start=start, end=end) for start, end in bounds]
    return document(TEXT, directives=[directive([task(TEXT, "làm", by=by) for by in listed])])


def test_deadlines_are_to_come_or_past_as_seen_from_the_newest_report() -> None:
    view = _index([
        _due((None, "2023-06-07"), (None, "2023-06-08"), ("2023-06-01", "2023-07-01"), ("2023-06-09", None),
             ("2022-01-01", None), (None, None), (None, "2023-13-01")),
        document("x", id="older", published="2023-01-01"),
    ])  # fmt: skip
    assert _days(view, "coming") == ["2023-06-08", "2023-06-09", "2023-07-01"]
    assert _days(view, "past") == ["2023-06-07", "2022-01-01"]
    assert _days(view, "undated") == [None, None]
    assert "Counted from 2023-06-08, the newest publication date" in " ".join(view.coverage)


def test_deadlines_count_from_the_day_given() -> None:
    view = _index([_due((None, "2023-06-07"))], date(2023, 6, 7))
    assert _days(view, "coming") == ["2023-06-07"]
    assert "the day chosen" in " ".join(view.coverage)


def test_without_a_day_to_count_from_nothing_is_called_past() -> None:
    view = _index([document(TEXT, published=None, directives=_due((None, "1999-01-01")).directives)])
    assert _section(view, "coming").heading == Wording("en").say("dated")
    assert _days(view, "coming") == ["1999-01-01"]
    assert view.coverage == (Wording("en").say("counted_from_nothing"),)


def test_recurring_deadlines_stand_apart() -> None:
    view = _index([news()])
    assert [row.recurrence for row in _section(view, "recurring").groups[0].rows] == ["monthly"]
    assert _days(view, "coming") == ["2018-03-15"]
    assert [(total.number, total.noun) for total in view.totals] == [
        ("1", "report"), ("2", "directives"), ("4", "tasks"), ("2", "with a deadline"), ("1", "recurring"),
    ]  # fmt: skip


def test_bodies_are_one_by_id_or_else_by_name() -> None:
    listed = [
        task(TEXT, "làm", lead=[body(TEXT, "Ủy ban B"), body(TEXT, "Đoàn A", id="x")]),
        task(TEXT, "làm", lead=[body(TEXT, "Uỷ ban B"), body(TEXT, "Bộ Y tế", id="x")]),
        task(TEXT, "làm", lead=[body(TEXT, "Bộ Y tế", id="x")]),
        task(TEXT, "làm", lead=[body(TEXT, "Bộ Y tế")]),
        task(TEXT, "làm", lead=[body(TEXT, "Đoàn A"), body(TEXT, "Đoàn A")]),
        task(TEXT, "làm"),
    ]
    groups = _section(_index([document(TEXT, directives=[directive(listed)])]), "leads").groups
    assert [(group.heading, group.code, len(group.rows)) for group in groups] == [
        ("Bộ Y tế", None, 1), ("Bộ Y tế", "x", 3), ("Đoàn A", None, 1), ("Uỷ ban B", None, 2),
        (Wording("en").say("no_lead"), None, 1),
    ]  # fmt: skip


def test_issuers_are_persons_with_their_roles_or_else_roles_and_bodies() -> None:
    def by(person: str | None, role: str | None, of: str | None = None) -> Issuer:
        return Issuer(person=person, role=role, body=of, evidence=None)

    issuers = [by("Lê Đức Thọ", "Bí thư"), by("Đỗ An", None), by("Lê Đức Thọ", "Bí thư Tỉnh ủy"), by(None, "Bí thư"),
               by(None, None, "UBND tỉnh"), by(None, None)]  # fmt: skip
    groups = _section(
        _index([document(TEXT, directives=[directive([task(TEXT, "làm")], issuer=issuer) for issuer in issuers])]),
        "issuers",
    ).groups
    assert [(group.heading, group.notes, len(group.rows)) for group in groups] == [
        ("Bí thư", None, 1), ("Đỗ An", None, 1), ("Lê Đức Thọ", "Bí thư; Bí thư Tỉnh ủy", 2), ("UBND tỉnh", None, 1),
        (Wording("en").say("no_issuer"), None, 1),
    ]  # fmt: skip


def test_reports_sort_by_day_title_and_id() -> None:
    documents = [
        document("x", id="5", published=None),
        document("x", id="4", published="2023-02-01", title="Đà"),
        document("x", id="3", published="2023-02-01", title="Da"),
        document("x", id="2", published="2023-02-01", title="Đà"),
        document("x", id="1", published="2023-01-01", title="Z"),
    ]
    rows = _section(_index(documents), "reports").reports
    assert [row.href for row in rows] == [f"reports/{number}.html" for number in "13245"]


def test_no_documents_give_a_page_that_says_so(tmp_path: Path) -> None:
    assert write_digest([], tmp_path) == [tmp_path / "index.html"]
    page = read_page(tmp_path / "index.html")
    assert page.lang == "vi" and Wording("vi").say("none") in page.text


def test_links_lead_to_pages_and_marks_that_are_there(tmp_path: Path) -> None:
    pages = {path.relative_to(tmp_path).as_posix(): read_page(path) for path in
             write_digest([news(), *many(60, 25)], tmp_path)}  # fmt: skip
    assert len(pages) > 62
    for name, page in pages.items():
        folder = Path(name).parent
        for link in page.links:
            target, _, fragment = link.partition("#")
            if "://" in link:
                continue
            there = (folder / target).as_posix().replace("reports/../", "") if target else name
            assert there in pages, (name, link)
            assert not fragment or fragment in pages[there].ids, (name, link)


def test_long_lists_go_on_and_every_row_stands_once() -> None:
    documents = many(12, 100)
    summaries = [summarise(of) for of in documents]
    index = Index([report for report, _ in summaries], [task for _, tasks in summaries for task in tasks],
                  Wording("vi"), None)  # fmt: skip
    for anchor in ("coming", "past", "leads", "issuers"):
        pages = [_section(index.view, anchor)]
        while pages[-1].pager and pages[-1].pager.next:
            pages.append(index.further[pages[-1].pager.next].section)
        assert len(pages) > 1
        rows = [row for page in pages for group in page.groups for row in group.rows]
        assert len(rows) == {"coming": 672, "past": 528}.get(anchor, 1200)
        assert max(sum(len(group.rows) for group in page.groups) for page in pages) <= 500
        for before, page in zip(pages, pages[1:], strict=False):
            assert page.groups[0].continued is (page.groups[0].heading == before.groups[-1].heading)


@pytest.mark.parametrize("words", ["Sở Y tế rà soát", '"&<' * 400, "🇻🇳" * 600, "rà soát các nội dung " * 60])
def test_no_page_of_a_list_is_heavier_than_it_may_be(words: str, tmp_path: Path) -> None:
    pages = write_digest(many(700, 4, words.strip()), tmp_path)
    lists = [page for page in pages if page.parent == tmp_path]
    assert len(lists) > 4
    assert max(page.stat().st_size for page in lists) < 1_500_000


def test_the_order_of_documents_changes_nothing(tmp_path: Path) -> None:
    documents = [news(), *many(30, 30), _due((None, "2023-06-08"))]
    first = _contents(write_digest(documents, tmp_path / "a"), tmp_path / "a")
    random.Random(1).shuffle(documents)
    assert _contents(write_digest(documents, tmp_path / "b"), tmp_path / "b") == first
    assert _contents(write_digest(documents[::-1], tmp_path / "a"), tmp_path / "a") == first


def _contents(pages: Sequence[Path], folder: Path) -> dict[str, bytes]:
    written = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert {page.relative_to(folder).as_posix() for page in pages} | {".written"} == written.keys()
    return written


@pytest.mark.parametrize(
    ("text", "cut"),
    [("ngắn", "ngắn"), ("một hai ba bốn", "một hai ba…"), ("một hai, ba bốn", "một hai…"), ("x" * 30, "x" * 10 + "…"),
     ("một\n hai", "một hai")],
)  # fmt: skip
def test_long_words_are_cut_between_words(text: str, cut: str) -> None:
    assert clip(text, 11) == cut
