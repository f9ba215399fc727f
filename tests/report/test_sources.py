"""Other sources of a report and what its versions changed, on the pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.records import Document, FieldChange, Revision, Source, TaskChange
from pipeline.report import write_digest
from pipeline.report.report_page import view_report
from pipeline.report.templating import Templates
from pipeline.report.wording import Language, Wording
from tests.report.documents import document, news
from tests.report.html_reading import Page

SOURCES = (
    Source(path="in/b.txt", relation="near_copy", publisher="Báo <b>", url="https://b.example/?a=1&b=2",
           similarity=0.873),
    Source(path="in/c.txt", relation="same_bytes", url="javascript:alert(1)"),
    Source(path="in/<i>d.txt", relation="same_text"),
    Source(path="in/e.txt", relation="version", id="e5", similarity=0.99),
)  # fmt: skip


def with_sources(of: Document, sources: tuple[Source, ...] = SOURCES) -> Document:
    return replace(of, document=replace(of.document, sources=sources))


def page(of: Document, language: Language = "en") -> Page:
    wording = Wording(language)
    return Page(Templates(wording).render("report", view_report(of, wording)))


def test_other_sources_are_listed() -> None:
    shown = page(with_sources(news()))
    for words in ("Other sources of this report", "in/b.txt", "Near copy, 87.3 % of the words in common", "Báo <b>",
                  "Same file", "Same text", "Other version", "in/<i>d.txt"):  # fmt: skip
        assert words in shown.text
    assert "b" not in shown.tags and "i" not in shown.tags
    assert len(shown.ids) == len(set(shown.ids))


def test_only_web_addresses_and_pages_of_the_digest_are_links() -> None:
    shown = page(with_sources(document("x")))
    assert {"https://b.example/?a=1&b=2", "e5.html"} <= set(shown.links)
    assert not [link for link in shown.links if link.startswith("javascript")]
    assert "javascript:alert(1)" in shown.text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_report_without_others_says_nothing_of_them(language: Language) -> None:
    assert Wording(language).page["other_sources"] not in page(news(), language).text
    assert Wording(language).page["revision"] not in page(news(), language).text


def test_what_a_version_changed() -> None:
    of = news()
    task = of.directives[0].tasks[0]
    changes = (
        TaskChange(change="changed", task=task.span.exact, before="t0", after=task.id, fields=(
            FieldChange(field="deadline", before="", after="trước ngày 15/3 (2018-03-15)"),
        )),
        TaskChange(change="dropped", task="Sở Y tế <họp>", before="t1", after=None),
    )  # fmt: skip
    shown = page(replace(of, revisions=(Revision(of="e5", path="in/e.txt", changes=changes),)))
    for words in ("What changed since the version", "Changed", "Dropped", "Sở Y tế <họp>", "Deadline", "not told"):
        assert words in shown.text
    assert f"#task-{task.span.start}-{task.span.end}" in shown.links
    assert "e5.html" in shown.links
    for link in shown.links:
        assert not link.startswith("#") or link[1:] in shown.ids


def test_a_version_that_changed_no_task_says_so() -> None:
    shown = page(replace(document("x"), revisions=(Revision(of="e5", path="in/e.txt", changes=()),)))
    assert "No task was added, dropped or changed." in shown.text


def test_the_index_counts_them(tmp_path: Path) -> None:
    write_digest([with_sources(document("x", id="a")), document("y", id="b")], tmp_path, "en")
    assert "further sources" in (index := (tmp_path / "index.html").read_text(encoding="utf-8"))
    assert "<dt>further sources</dt><dd>3</dd>" in index
