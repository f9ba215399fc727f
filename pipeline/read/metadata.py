"""What is known of a report beside its text, from several places, and which of them wins.

For each of title, day of publication, publisher and address the first that isn't silent is taken:
1. the manifest's row for the report, or what the user gave on the command line;
2. what the file or the table's row says itself: the page's metadata, a document's properties, the columns of a table;
3. the manifest's row for the file, archive or table that the report lies in;
4. the head of the text: its title, and the day of its dateline or letterhead.
The days of an official document's terms count from the day of its own head whatever is published here
(`pipeline.document.read_report`): a portal puts it up later.

Where two of them tell different days, the report has the note `published_conflict`, and the run counts it. The head of
an official document is not compared, for its day is that of signing.
"""

from __future__ import annotations

from pipeline.read.genre import Description
from pipeline.read.manifest import ManifestEntry
from pipeline.records import FileText, Note, Record

PUBLISHED_CONFLICT = "published_conflict"


class Metadata(Record, frozen=True, kw_only=True):
    """What was settled on; null where no place tells. `notes` are the conflicts."""

    title: str | None
    published: str | None
    publisher: str | None
    url: str | None
    notes: tuple[Note, ...]


def settle(
    entry: ManifestEntry | None, content: FileText, container_entry: ManifestEntry | None, described: Description
) -> Metadata:
    """What is known of the report, from the places in the order above."""
    places = [place for place in (entry, content, container_entry) if place is not None]
    days = [
        (name, place.published)
        for name, place in (("manifest", entry), ("file", content), ("manifest of the file", container_entry))
        if place is not None and place.published
    ]
    if described.published and (described.genre == "news" or not days):
        days.append(("text", described.published))
    return Metadata(
        title=next((place.title for place in places if place.title), None) or described.title,
        published=days[0][1] if days else None,
        publisher=next((place.publisher for place in places if place.publisher), None),
        url=next((place.url for place in places if place.url), None),
        notes=_conflicts(days),
    )


def _conflicts(days: list[tuple[str, str]]) -> tuple[Note, ...]:
    if len({day for _, day in days}) < 2:
        return ()
    return (Note(code=PUBLISHED_CONFLICT, detail=", ".join(f"{name} {day}" for name, day in days)),)
