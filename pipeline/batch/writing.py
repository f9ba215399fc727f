"""The third pass: what lies in the ledger becomes the files of the results, one report after the other.

Nothing is worked out here but what needs more than one report: what a version changed in an earlier one, and the lists
of the digest.
"""

from __future__ import annotations

import contextlib
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from pipeline.batch.extraction import ExtractedItem
from pipeline.batch.faults import named
from pipeline.batch.jobs import Extraction, extraction_of, unpack_extraction
from pipeline.errors import PipelineError
from pipeline.link.revisions import compare_versions
from pipeline.messages import Language
from pipeline.read.duplicates import VersionPair
from pipeline.read.metadata import PUBLISHED_CONFLICT
from pipeline.records import Document, ReadReport, RevisedReport, Revision, decode_document
from pipeline.store import json_files
from pipeline.store.json_files import document_path, indented
from pipeline.store.ledger import Ledger
from pipeline.store.output_folder import Staging
from pipeline.store.shards import Format, open_shards
from pipeline.store.tables import TaskTables

if TYPE_CHECKING:
    from pipeline.report import ReportSummary, TaskSummary
    from pipeline.store.database.run_database import RunDatabase

Tell = Callable[[int, int], None]


class Written(NamedTuple):
    """What was written: a row for each report and each revised one, how many have conflicting days of publication,
    and why there is no digest, where there should be one."""

    reports: tuple[ReadReport, ...]
    revised: tuple[RevisedReport, ...]
    conflicts: int
    digest_problem: PipelineError | None


def write_results(
    items: Sequence[ExtractedItem],
    versions: Sequence[VersionPair],
    ledger: Ledger,
    staged: Staging,
    *,
    kind: Format,
    page: Language | None,
    many: bool,
    tell: Tell,
    database: RunDatabase | None = None,
) -> Written:
    """Writes the documents, the tables and the digest of the extractions, and stores the documents in the database.
    Raises StoreError."""
    digest = None if page is None else _Digest(staged, page)
    revisions = _Revisions(items, versions, ledger)
    reports = []
    conflicts = 0
    with contextlib.ExitStack() as opened:
        tables = TaskTables(staged.place("tasks.jsonl"), staged.place("tasks.csv"))
        opened.callback(tables.close)
        shards = None
        if kind != "json":
            shards = open_shards(kind, staged.place)
            opened.callback(shards.close)
        for number, item in enumerate(items, 1):
            extraction = unpack_extraction(ledger.extraction(item.key))
            extraction = revisions.applied(item, extraction, page)
            if shards is None:
                location = document_path(item.id, many=many)
                staged.write(location, indented(extraction.document))
            else:
                location = shards.add(extraction.document, extraction.json_rows)
            if database is not None:
                database.add(extraction.document)
            tables.add(extraction.json_rows, extraction.csv_rows)
            if digest is not None:
                digest.add(extraction)
            reports.append(_row(item, extraction, location))
            conflicts += PUBLISHED_CONFLICT in extraction.codes
            tell(number, len(items))
    problem = digest.finish() if digest is not None else None
    return Written(tuple(reports), tuple(revisions.told), conflicts, problem)


class _Revisions:
    """What each version of a report changed in earlier ones."""

    def __init__(self, items: Sequence[ExtractedItem], versions: Sequence[VersionPair], ledger: Ledger) -> None:
        self.told: list[RevisedReport] = []
        self._ledger = ledger
        concerned = {path for pair in versions for path in pair}
        self._items = {item.path: item for item in items if item.path in concerned}
        self._earlier: dict[str, list[str]] = defaultdict(list)
        for earlier, later in versions:
            if earlier in self._items and later in self._items:
                self._earlier[later].append(earlier)

    def applied(self, item: ExtractedItem, extraction: Extraction, page: Language | None) -> Extraction:
        """The extraction with the revisions in its document."""
        earlier = self._earlier.get(item.path)
        if not earlier:
            return extraction
        document = decode_document(extraction.document)
        revisions = [compare_versions(self._document(path), document) for path in earlier]
        self.told += [revised_report(item.path, revision) for revision in revisions]
        return extraction_of(replace(document, revisions=tuple(revisions)), page)

    def _document(self, path: str) -> Document:
        return decode_document(unpack_extraction(self._ledger.extraction(self._items[path].key)).document)


class _Digest:
    """The pages of the digest. What goes wrong with one costs the digest alone."""

    def __init__(self, staged: Staging, language: Language) -> None:
        self._staged = staged
        self._language = language
        self._reports: list[ReportSummary] = []
        self._tasks: list[TaskSummary] = []
        self._fault: str | None = None

    def add(self, extraction: Extraction) -> None:
        """A report's page."""
        from pipeline import report

        self._fault = self._fault or extraction.page_fault
        if self._fault is not None or extraction.page is None:
            return
        page = report.decode_page(extraction.page)
        self._staged.write(f"digest/{page.report.page}", page.html.encode("utf-8"))
        self._reports.append(page.report)
        self._tasks += page.tasks

    def finish(self) -> PipelineError | None:
        """The index; why there is none, where there isn't."""
        from pipeline import report

        if self._fault is None:
            try:
                for name, html in report.render_index(self._reports, self._tasks, self._language):
                    self._staged.write(f"digest/{name}", html.encode("utf-8"))
                return None
            except PipelineError:
                raise
            except Exception as error:
                self._fault = named(error)
        self._staged.drop("digest")
        return PipelineError(
            "the digest can't be written ({reason})",
            where="digest",
            remedy="The other results are complete; this is a defect of the program: report it",
            reason=self._fault,
        )


def many_items(items: int) -> bool:
    """Whether documents lie in sub-folders."""
    return items > json_files.MANY


def _row(item: ExtractedItem, extraction: Extraction, location: str) -> ReadReport:
    return ReadReport(
        id=item.id,
        path=item.path,
        published=extraction.published,
        json=location,
        directives=extraction.directives,
        tasks=extraction.tasks,
        with_deadline=extraction.with_deadline,
    )


def revised_report(path: str, revision: Revision) -> RevisedReport:
    """What the record of the run says of a revision of the report at that path."""
    changes = Counter(change.change for change in revision.changes)
    return RevisedReport(
        path=path, of=revision.path, added=changes["added"], dropped=changes["dropped"], changed=changes["changed"]
    )
