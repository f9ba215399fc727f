"""What `chidao follow --format json` prints of a matter: the contract that other programs read."""

from __future__ import annotations

import datetime

from pipeline.follow.ledger import Matter
from pipeline.follow.status import Status, published_by
from pipeline.records import Record


class ListedStatement(Record, frozen=True, kw_only=True):
    """Câu nói as listed: offsets count code points of the report's text."""

    path: str
    published: str | None
    start: int
    end: int
    exact: str
    type: str
    progress: str | None


class ListedMatter(Record, frozen=True, kw_only=True):
    """Việc as listed, as of a day: `deadline` in force (ISO or null), `moved` how often it changed to another date."""

    id: str
    title: str
    body: str | None
    deadline: str | None
    moved: int
    status: Status
    statements: tuple[ListedStatement, ...]


def list_matter(matter: Matter, as_of: datetime.date) -> ListedMatter:
    """The matter as of the day, with the statements published by then."""
    standing = matter.standing(as_of)
    return ListedMatter(
        id=matter.id,
        title=matter.title,
        body=matter.body,
        deadline=standing.deadline.day,
        moved=len(standing.deadline.moves),
        status=standing.status,
        statements=tuple(
            ListedStatement(
                path=one.path,
                published=one.published,
                start=one.start,
                end=one.end,
                exact=one.exact,
                type=one.type,
                progress=one.progress,
            )
            for one in published_by(matter.statements, as_of)
        ),
    )
