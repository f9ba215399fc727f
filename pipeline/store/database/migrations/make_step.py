"""Prints the body of a new migration: what the tables of the program have and a database's don't.

python -m pipeline.store.database.migrations.make_step sqlite:///outputs/directives.db
"""

from __future__ import annotations

import sys

from pipeline.store.database.tables import METADATA


def missing_steps(url: str) -> str:
    """The operations that bring the database at the address to `METADATA`, as Python; to be read before it is kept."""
    from alembic.autogenerate import produce_migrations, render_python_code
    from alembic.migration import MigrationContext
    from sqlalchemy import create_engine

    engine = create_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        upgrade = produce_migrations(context, METADATA).upgrade_ops
    engine.dispose()
    lines = render_python_code(upgrade).splitlines() if upgrade is not None else []
    return "\n".join(line for line in lines if not line.lstrip().startswith("#"))


if __name__ == "__main__":
    print(missing_steps(sys.argv[1]))
