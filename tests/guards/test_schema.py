"""The tables keep the rules by which they can be spread over machines, and the migrations make just these."""

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Column, Table

from api.bootstrap import build_engine
from api.demo.partners import partners
from engine.store.database import Database
from engine.store.tables import metadata
from tests.centre import CHEAP, Centre, settings_for
from tests.integration import stages
from tests.integration.test_round_trips import watched

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


# ---- what the engine really asks


def mentions(statement: str) -> set[str]:
    """Tables of a dossier that a statement speaks of."""
    names = {"dossier", *(table.name for table in OF_A_DOSSIER)}
    return {one for one in re.findall(r"(?:FROM|JOIN|INTO|UPDATE) (\w+)", statement) if one in names}


def names_the_dossier(statement: str) -> bool:
    """Whether it can be sent to the one machine where the dossier lies."""
    if statement.startswith("INSERT"):
        table = TABLES[statement.split()[2]]
        return f"({first_key(table).name}" in statement or f" {first_key(table).name}," in statement
    where = statement.partition("WHERE")[2]
    return re.search(r"\b(?:dossier_id|dossier\.id) = (?:%|\?|:)", where) is not None


@pytest.mark.postgresql
@pytest.mark.parametrize("kind", stages.KINDS)
def test_every_statement_of_a_command_names_its_dossier(
    postgresql_centre: Centre, kind: str, tmp_path: Path
) -> None:
    """All kinds of commands are given, all their statements looked at, as over several machines.

    A person looks through lists, and finds a dossier by its number, over all of them, without locks.
    """
    centre = postgresql_centre
    stage, command = stages.KINDS[kind]
    stage(centre)
    for role in ("reception", "cashier", "supervisor"):
        centre.officer(role)
    for task in centre.view().tasks if centre.number else ():
        centre.officer(task.role, task.agency)
    spread = Database(centre.settings.database, spread=True)
    elsewhere = Centre(
        build_engine(settings_for(tmp_path, centre.settings.database), spread, centre.clock, CHEAP),
        centre.clock, centre.settings, centre.people, centre.number,
    )  # fmt: skip
    with watched(spread) as traffic:
        command(elsewhere)
    asked = [one for one in traffic.statements if mentions(one)]
    assert len([one for one in asked if not one.startswith("SELECT")]) >= 3
    lists = [one for one in asked if one.startswith("SELECT") and "LIMIT" in one and "FOR UPDATE" not in one]
    found = [one for one in asked if "dossier_key" in one]
    lost = [one for one in asked if not names_the_dossier(one) and one not in (*lists, *found)]
    assert lost == [], "\n\n".join(lost)
    locks = [one for one in asked if "FOR UPDATE" in one]
    assert all("dossier_key" not in one for one in locks), "a lock is asked for where the row lies"
    spread.dispose()


@pytest.mark.postgresql
def test_every_writing_statement_of_the_heartbeat_names_its_dossier(postgresql_centre: Centre) -> None:
    """It looks over all machines for what is due, without locks; it takes and writes on one."""
    centre = postgresql_centre
    stages.asking(centre)
    centre.clock.move_to(stages.at("2026-03-24 18:00"))
    with watched(centre.engine.database) as traffic, partners(messages=True):
        assert centre.engine.timers.fire_due().fired > 0
        assert centre.engine.deliveries.run_jobs() > 0
        assert centre.engine.deliveries.deliver_outbox() > 0
    writing = [
        one
        for one in traffic.statements
        if mentions(one) and (not one.startswith("SELECT") or "FOR UPDATE" in one)
    ]
    assert len(writing) > 10
    assert [one for one in writing if not names_the_dossier(one)] == []


def test_a_statement_without_its_dossier_would_be_noticed() -> None:
    assert not names_the_dossier("SELECT task.name FROM task WHERE task.task_id = %(t)s FOR UPDATE")
    assert not names_the_dossier("UPDATE timer SET state = 'fired' WHERE timer.run_at <= %(now)s")
    assert names_the_dossier("UPDATE timer SET state = 'fired' WHERE timer.dossier_id = %(d)s::UUID")
    assert mentions("SELECT officer.name FROM officer WHERE officer.id = %(id)s") == set()
