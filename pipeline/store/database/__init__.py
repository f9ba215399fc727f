"""The directive database: what runs have read and people have said of it, each value with the words it was read from.

    with open_database("outputs/directives.db") as database:      # or "postgresql+psycopg://user@host/name"
        store(database, documents, started="2026-03-02T08:00:00+07:00")

How it lies. A `report` has one or more readings (`reading`): what a run read of it as a whole, in which `text`, with
its sources, versions and `meeting`. A `task` is the same through all readings; a `task_state` is what it was read as
by runs (`origin` "run") or said to be by a person ("review"), from the `event` in `since` until before the one in
`until`. Of a state hang its `task_body` rows (lead and coordinating), at most one `deadline`, its `target` rows; it
belongs to a `directive` (kind, issuer, cue). Every value points to its `evidence`: offsets and words in a text. Runs
and reviews are numbered in one line, `event`. `schema.md` has every column.

- How tasks stand now: `task_state.current`, with `task.status <> 'rejected'` for those that nobody has refused.
- How reports stand now: `reading.until IS NULL`.

Modules: `tables/` (the schema), `migrations/`, `engine` (open_database, Database), `writer` (RunWriter, store),
`report_store` and `revision_store` (one document in), `reading_rows` and `task_values` (records to rows), `anchoring`
and `identity` (which task is which), `register` (bodies), `statements`, `keys`; `selection` (which tasks are meant),
`task_list`, and `search` with the modules whose names begin so.
"""

from pipeline.store.database.engine import Database, open_database
from pipeline.store.database.writer import RunWriter, store

__all__ = ["Database", "RunWriter", "open_database", "store"]
