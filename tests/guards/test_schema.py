"""The tables keep the rules by which they can be spread over machines, and the migrations make just these."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Column, Table

from engine.store.database import Database
from engine.store.tables import metadata

# Small tables that every machine has a copy of; foreign keys may lead there.
REFERENCE = {"agency", "officer", "bundle", "procedure_version", "calendar"}
TABLES = {table.name: table for table in metadata.sorted_tables}
OF_A_DOSSIER = [table for table in TABLES.values() if "dossier_id" in table.primary_key.columns]


def first_key(table: Table) -> Column[object]:
    return next(iter(table.primary_key.columns))


def test_migrations_make_the_tables_that_the_code_knows(database: Database) -> None:
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_every_row_of_a_dossier_is_found_by_the_dossier_first() -> None:
    known = {
        "document", "paper", "history", "history_detail", "task", "timer", "job", "subscription", "outbox",
        "incident", "dossier_agency",
    }  # fmt: skip
    assert known <= {table.name for table in OF_A_DOSSIER}
    for table in OF_A_DOSSIER:
        assert first_key(table).name == "dossier_id", table.name


def test_no_foreign_key_leaves_the_dossier_but_to_reference_tables() -> None:
    for table in (TABLES["dossier"], *OF_A_DOSSIER):
        leads_to = {key.column.table.name for key in table.foreign_keys}
        assert leads_to <= REFERENCE, table.name


def test_nothing_of_a_dossier_is_unique_without_the_dossier() -> None:
    for table in OF_A_DOSSIER:
        for index in table.indexes:
            assert not index.unique or "dossier_id" in index.columns, index.name
        assert not [column.name for column in table.columns if column.unique], table.name
    assert not [index for index in TABLES["dossier"].indexes if index.unique]


def test_no_key_counts_up_by_itself() -> None:
    for table in TABLES.values():
        for column in table.primary_key.columns:
            assert column.autoincrement is not True, f"{table.name}.{column.name}"
            numeric = column.type.python_type is int
            assert not numeric or column.autoincrement is False or len(table.primary_key.columns) > 1


def test_every_moment_keeps_its_time_zone() -> None:
    for table in TABLES.values():
        for column in table.columns:
            assert "DateTime" not in type(column.type).__name__, f"{table.name}.{column.name}"
            assert "TIMESTAMP" not in type(column.type).__name__, f"{table.name}.{column.name}"


@pytest.mark.parametrize("name", ["task", "timer", "job", "outbox", "incident"])
def test_what_waits_is_found_by_a_partial_index(name: str) -> None:
    partial = [
        index
        for index in TABLES[name].indexes
        if index.dialect_options["postgresql"].get("where") is not None
    ]
    assert partial, name
    for index in partial:
        wheres = (index.dialect_options[one].get("where") for one in ("postgresql", "sqlite"))
        assert len({str(where) for where in wheres}) == 1, index.name
