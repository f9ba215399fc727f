"""The digest as a whole: a page for each report, the index over them, and the further pages of its lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import msgspec
from msgspec import structs

from pipeline.records import Document, Note, Record
from pipeline.report.index_page import INDEX, Index
from pipeline.report.page_folder import PageFolder
from pipeline.report.report_page import view_report
from pipeline.report.summary import ReportSummary, TaskSummary, summarise
from pipeline.report.templating import Templates
from pipeline.report.wording import Language, Wording

TellNote = Callable[[Note], str]


def write_digest(
    documents: Sequence[Document],
    out_dir: Path,
    lang: Language = "vi",
    *,
    as_of: date | None = None,
    tell_note: TellNote | None = None,
) -> list[Path]:
    """Writes `index.html`, `reports/<id>.html` and the further pages of long lists; the paths of all, sorted.

    The same documents give the same bytes, whatever their order; each is looked at once, one at a time. Deadlines
    are to come or past as seen from `as_of`, or from the newest publication date where it is null. Pages of an
    earlier digest in the same folder that are no more are removed; other files are never touched. A list's page
    stays below 1.5 MB; a report's page is as long as the report. `tell_note` words the notes on how a file was read;
    without it they aren't shown.

    Raises StoreError where the folder can't be written, and where two documents have one id.
    """
    folder = PageFolder(out_dir)
    reports: list[ReportSummary] = []
    tasks: list[TaskSummary] = []
    for document in documents:
        rendered = render_report(document, lang, tell_note)
        reports.append(rendered.report)
        tasks += rendered.tasks
        folder.write(rendered.report.page, rendered.html)
    for name, html in render_index(reports, tasks, lang, as_of=as_of):
        folder.write(name, html)
    return folder.finish()


class RenderedReport(Record, frozen=True, kw_only=True):
    """A report's page, and what the index keeps of it."""

    html: str
    report: ReportSummary
    tasks: tuple[TaskSummary, ...]


def render_report(document: Document, lang: Language, tell_note: TellNote | None = None) -> RenderedReport:
    """The page of a document; it lies in the digest under `report.page`. `tell_note` as in `write_digest`."""
    report, tasks = summarise(document)
    html = _templates(lang).render("report", view_report(document, _wording(lang), tell_note))
    return RenderedReport(html=html, report=report, tasks=tuple(tasks))


def render_index(
    reports: Sequence[ReportSummary], tasks: Sequence[TaskSummary], lang: Language, *, as_of: date | None = None
) -> Iterator[tuple[str, str]]:
    """The names below the digest and the contents of the further pages of long lists, then of `index.html`."""
    index = Index(reports, tasks, _wording(lang), as_of)
    templates = _templates(lang)
    for name, view in index.further.items():
        yield name, templates.render("list", view)
    yield INDEX, templates.render("index", index.view)


def encode_page(page: RenderedReport) -> bytes:
    """The page as bytes, to be put by."""
    return _encoder.encode(page)


def decode_page(data: bytes) -> RenderedReport:
    """The inverse of `encode_page`."""
    page = _decoder.decode(data)
    # One summary for all tasks of a report, as it was.
    return structs.replace(page, tasks=tuple(replace(task, report=page.report) for task in page.tasks))


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(RenderedReport)


@cache
def _wording(lang: Language) -> Wording:
    return Wording(lang)


@cache
def _templates(lang: Language) -> Templates:
    return Templates(_wording(lang))
