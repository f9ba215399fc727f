"""The migrations (Alembic): each step from an older shape of the database to the next, in `versions/`.

A released step is never changed: databases out there were made by it. A new one is a new file, and `HEAD` its name.
`tests/store/database/test_migrations.py` holds true that all steps together give the tables of `tables`.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from pipeline.errors import StoreError

HEAD = "0002"
"""The newest step: what a database of this version of the program is stamped with."""
STAMP_TABLE = "alembic_version"


def stamped(connection: Connection) -> str | None:
    """The step that the database is at; null where it has none."""
    if not inspect(connection).has_table(STAMP_TABLE):
        return None
    stamp: str | None = connection.execute(text(f"SELECT version_num FROM {STAMP_TABLE}")).scalar()
    return stamp


def migrate(connection: Connection, where: str, *, to: str = HEAD) -> None:
    """All steps that are missing, in the connection's transaction. Raises StoreError for a database of a newer program.

    Two programs that open an empty database at once both come here; the second finds the work done.
    """
    from alembic.migration import MigrationContext
    from alembic.operations import Operations
    from alembic.script import ScriptDirectory

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('chidao migrations'))"))
    script = ScriptDirectory(str(Path(__file__).parent))
    stamp = stamped(connection)
    if stamp is not None and stamp not in {step.revision for step in script.walk_revisions()}:
        raise StoreError(
            "the database was written by a newer version of this program (its form is {stamp}, this one knows {head})",
            where=where,
            remedy="Install the newer version",
            stamp=stamp,
            head=HEAD,
        )
    context = MigrationContext.configure(connection)
    with Operations.context(context):
        for step in reversed(list(script.iterate_revisions(to, stamp or "base"))):
            step.module.upgrade()
    context.stamp(script, to)
