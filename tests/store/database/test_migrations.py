"""The schema: the steps make what the tables say, every column is explained, and the page tells it as it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import CheckConstraint, create_engine, inspect, text

from pipeline.errors import StoreError
from pipeline.store.database import open_database
from pipeline.store.database.migrations import HEAD
from pipeline.store.database.migrations.make_step import missing_steps
from pipeline.store.database.schema_page import schema_page
from pipeline.store.database.tables import METADATA

VERSIONS = Path(__file__).parents[3] / "pipeline/store/database/migrations/versions"


def test_the_steps_make_the_tables(new_address: Callable[[], str]) -> None:
    address = new_address()
    with open_database(address) as database:
        missing = missing_steps(database.engine.url.render_as_string(hide_password=False))
        assert missing.strip() == "pass", missing
        inspector = inspect(database.engine)
        for table in METADATA.sorted_tables:
            made = {check["name"] for check in inspector.get_check_constraints(table.name)}
            meant = {str(one.name) for one in table.constraints if isinstance(one, CheckConstraint)}
            assert made == meant, table.name


def test_the_newest_step_is_the_head() -> None:
    assert sorted(VERSIONS.glob("step_*.py"))[-1].stem == f"step_{HEAD}"


def test_every_table_and_column_is_explained() -> None:
    for table in METADATA.sorted_tables:
        assert table.comment, table.name
        for column in table.columns:
            assert column.comment and len(column.comment) > 5, f"{table.name}.{column.name}"


def test_every_reference_is_to_a_key() -> None:
    for table in METADATA.sorted_tables:
        for key in table.foreign_keys:
            assert list(key.column.table.primary_key.columns) == [key.column]


def test_comments_are_in_the_database(address: str) -> None:
    with open_database(address) as database:
        if database.dialect == "sqlite":
            with database.reading() as connection:
                sql = connection.execute(text("SELECT sql FROM sqlite_schema WHERE name = 'task_state'")).scalar_one()
            for column in METADATA.tables["task_state"].columns:
                assert f"/* {column.comment} */" in sql
            return
        inspector = inspect(database.engine)
        for table in METADATA.sorted_tables:
            assert inspector.get_table_comment(table.name)["text"] == table.comment
            told = {column["name"]: column["comment"] for column in inspector.get_columns(table.name)}
            assert told == {column.name: column.comment for column in table.columns}


def test_the_page_is_true() -> None:
    page = VERSIONS.parents[1] / "schema.md"
    assert page.read_text(encoding="utf-8") == schema_page(), (
        "run python -m pipeline.store.database.schema_page > pipeline/store/database/schema.md"
    )


def test_opening_again_changes_nothing(address: str) -> None:
    for _ in range(2):
        with open_database(address) as database, database.reading() as connection:
            assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == HEAD


def test_a_newer_database_is_left_alone(address: str) -> None:
    with open_database(address) as database, database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer version"):
        open_database(address)


def test_a_database_of_another_program_is_left_alone(new_address: Callable[[], str]) -> None:
    address = new_address()
    engine = create_engine(address if "://" in address else f"sqlite:///{address}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE recipe (name TEXT)"))
    with pytest.raises(StoreError, match="another program"):
        open_database(address)
    assert inspect(engine).get_table_names() == ["recipe"]
    engine.dispose()


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    file.write_text("no database at all, but long enough to be looked at by somebody who looks", encoding="utf-8")
    with pytest.raises(StoreError, match="not a database"):
        open_database(file)


def test_nothing_is_made_where_nothing_is_asked(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such database"):
        open_database(tmp_path / "missing.db", create=False)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("address", ["mysql://host/name", "http://host", "what://x", "postgresql://host:port/x"])
def test_addresses_that_are_none(address: str) -> None:
    with pytest.raises(StoreError, match="no address"):
        open_database(address)


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(StoreError, match="can't be used") as raised:
        open_database("postgresql+psycopg://somebody:secret@/name?host=/nowhere")
    assert "secret" not in str(raised.value)


def test_the_file_says_whose_it_is(tmp_path: Path) -> None:
    open_database(tmp_path / "x.db").close()
    connection = sqlite3.connect(tmp_path / "x.db")
    assert connection.execute("PRAGMA application_id").fetchone() == (0x43484944,)
    connection.close()
