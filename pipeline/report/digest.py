"""The digest as a whole: a page for each report, the index over them, and the further pages of its lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from pipeline.records import Document, Note
from pipeline.report.index_page import INDEX, Index
from pipeline.report.page_folder import PageFolder
from pipeline.report.report_page import view_report
from pipeline.report.summary import ReportSummary, TaskSummary, summarise
from pipeline.report.templating import Templates
from pipeline.report.wording import Language, Wording


def write_digest(
    documents: Sequence[Document],
    out_dir: Path,
    lang: Language = "vi",
    *,
    as_of: date | None = None,
    tell_note: Callable[[Note], str] | None = None,
) -> list[Path]:
    """Writes `index.html`, `reports/<id>.html` and the further pages of long lists; the paths of all, sorted.

    The same documents give the same bytes, whatever their order; each is looked at once, one at a time. Deadlines
    are to come or past as seen from `as_of`, or from the newest publication date where it is null. Pages of an
    earlier digest in the same folder that are no more are removed; other files are never touched. A list's page
    stays below 1.5 MB; a report's page is as long as the report. `tell_note` words the notes on how a file was read;
    without it they aren't shown.

    Raises StoreError where the folder can't be written, and where two documents have one id.
    """
    wording = Wording(lang)
    templates = Templates(wording)
    folder = PageFolder(out_dir)
    reports: list[ReportSummary] = []
    tasks: list[TaskSummary] = []
    for document in documents:
        report, found = summarise(document)
        reports.append(report)
        tasks += found
        folder.write(report.page, templates.render("report", view_report(document, wording, tell_note)))
    index = Index(reports, tasks, wording, as_of)
    for name, view in index.further.items():
        folder.write(name, templates.render("list", view))
    folder.write(INDEX, templates.render("index", index.view))
    return folder.finish()
