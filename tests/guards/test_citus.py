"""The script that spreads the tables over machines says of every table what the tables themselves allow."""

import re
from pathlib import Path

from sqlalchemy import Table

from engine.store.tables import metadata
from tests.guards.test_schema import OF_A_DOSSIER, TABLES

SCRIPT = (Path(__file__).parents[2] / "docs" / "how-to" / "citus.sql").read_text("utf-8")
REFERENCE = re.findall(r"create_reference_table\('(\w+)'\)", SCRIPT)
SPREAD = re.findall(r"create_distributed_table\('(\w+)', '(\w+)'(?:, colocate_with => '(\w+)')?\);", SCRIPT)
LOCAL = re.findall(r"citus_add_local_table_to_metadata\('(\w+)'\)", SCRIPT)
BY_DOSSIER = {table: column for table, column, beside in SPREAD if beside in ("", "dossier")}


def unique_sets(table: Table) -> list[set[str]]:
    """Column sets in which the table allows no row twice."""
    sets = [{column.name for column in table.primary_key.columns}]
    sets += [{column.name for column in index.columns} for index in table.indexes if index.unique]
    return sets + [{column.name} for column in table.columns if column.unique]


def test_every_table_is_placed_once() -> None:
    placed = [*REFERENCE, *(table for table, _, _ in SPREAD), *LOCAL]
    assert sorted(placed) == sorted(metadata.tables)
    assert len(SCRIPT.split("SELECT ")) - 1 == len(placed), "nothing else is asked for"


def test_a_dossier_lies_on_one_machine_with_all_that_hangs_on_it() -> None:
    assert set(BY_DOSSIER) == {"dossier", *(table.name for table in OF_A_DOSSIER)}
    for table, column in BY_DOSSIER.items():
        assert column == ("id" if table == "dossier" else "dossier_id")
        kind = type(TABLES[table].c[column].type)
        assert kind is type(TABLES["dossier"].c.id.type), "only equal types can lie beside each other"


def test_what_must_be_unique_is_so_on_one_machine() -> None:
    """Citus refuses a unique key that does not hold the column by which rows are spread."""
    for table, column, _ in SPREAD:
        for unique in unique_sets(TABLES[table]):
            assert column in unique, table


def test_foreign_keys_lead_to_copies_or_stay_among_local_tables() -> None:
    for name in (*BY_DOSSIER, *REFERENCE, *LOCAL):
        for key in TABLES[name].foreign_keys:
            assert key.column.table.name in REFERENCE, name


def test_a_table_is_placed_after_those_that_its_keys_lead_to() -> None:
    order = {name: SCRIPT.index(f"'{name}'") for name in metadata.tables}
    for table in TABLES.values():
        for key in table.foreign_keys:
            assert order[key.column.table.name] < order[table.name], table.name
