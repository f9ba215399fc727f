"""Where else a report lies, and what it changed in an earlier version of itself."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from pipeline.records import Document, Revision, Source, TaskChange
from pipeline.report.marks import mark_id
from pipeline.report.views import ChangedFieldView, ChangeView, RevisionView, SourceView
from pipeline.report.wording import Wording

PageOf = Callable[[str], str]
WebAddress = Callable[[str], str | None]


def view_sources(document: Document, wording: Wording, page_of: PageOf, web_address: WebAddress) -> list[SourceView]:
    """The other files and addresses of a report. A version leads to its own page, beside the report's."""
    return [_source(source, wording, page_of, web_address) for source in document.document.sources]


def view_revisions(document: Document, wording: Wording, page_of: PageOf) -> tuple[RevisionView, ...]:
    """What the report changed in each earlier version of it."""
    anchors = {
        task.id: mark_id("task", task.span.start, task.span.end)
        for directive in document.directives
        for task in directive.tasks
        if document.text[task.span.start : task.span.end] == task.span.exact and task.span.exact
    }
    return tuple(_revision(revision, anchors, wording, page_of) for revision in document.revisions)


def _source(source: Source, wording: Wording, page_of: PageOf, web_address: WebAddress) -> SourceView:
    relation = wording.term("relation", source.relation)
    if source.similarity is not None:
        percent = wording.decimal(100 * source.similarity, 1)
        relation = wording.say("with_similarity", relation=relation, percent=percent)
    return SourceView(
        path=source.path,
        page=_beside(page_of(source.id)) if source.id else None,
        relation=relation,
        publisher=source.publisher,
        url=source.url,
        href=web_address(source.url) if source.url else None,
    )


def _revision(revision: Revision, anchors: dict[str, str], wording: Wording, page_of: PageOf) -> RevisionView:
    return RevisionView(
        path=revision.path,
        page=_beside(page_of(revision.of)),
        changes=tuple(_change(change, anchors, wording) for change in revision.changes),
    )


def _change(change: TaskChange, anchors: dict[str, str], wording: Wording) -> ChangeView:
    anchor = anchors.get(change.after) if change.after else None
    return ChangeView(
        kind=wording.term("change", change.change),
        task=change.task,
        href=f"#{anchor}" if anchor else None,
        fields=tuple(
            ChangedFieldView(
                label=wording.term("changed_field", field.field),
                before=field.before or wording.page["not_told"],
                after=field.after or wording.page["not_told"],
            )
            for field in change.fields
        ),
    )


def _beside(page: str) -> str:
    """The page of another report, from a page in the same folder."""
    return quote(page.rpartition("/")[2])
