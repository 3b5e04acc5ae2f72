"""A database that was begun by an older program is brought up to date, and what was live stays live."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from engine.store import procedures
from engine.store.database import Database
from engine.store.migrations.schema import create_schema
from engine.store.tables import metadata

BEFORE = (
    "DROP INDEX uq_procedure_version_live",
    "ALTER TABLE procedure_version DROP COLUMN state",
    "ALTER TABLE procedure_version ADD COLUMN live BOOLEAN NOT NULL DEFAULT false",
    "CREATE UNIQUE INDEX uq_procedure_version_live ON procedure_version (code) WHERE live",
    "DROP TABLE version_act",
    "DROP TABLE intervention",
    "DROP TABLE migration_item",
    "DROP TABLE migration",
    "UPDATE alembic_version SET version_num = '0002'",
    "INSERT INTO bundle (sha256, content, created_at) VALUES (:sha, :content, :at)",
)
VERSION = (
    "INSERT INTO procedure_version (id, code, number, sha256, name, agency, domain, level, search, facts, "
    "live, deployed_at, deployed_by, reason) VALUES (:id, '1.009397', :number, :sha, 'Biểu diễn', 'SVHTT', "
    "'Nghệ thuật', 'full', 'bieu dien', :content, :live, :at, 'system:installation', 'cài đặt')"
)


def as_of_version_two(database: Database) -> None:
    """Two versions of a procedure, the second live, in the tables of the day before."""
    values = {"sha": "0" * 64, "content": b"{}", "at": datetime(2026, 3, 2, tzinfo=UTC)}
    with database.transaction() as tx:
        for statement in BEFORE:
            named = {name: values[name] for name in values if f":{name}" in statement}
            tx.execute(text(statement), named)
        for number, live in ((1, False), (2, True)):
            identity = uuid4() if database.dialect == "postgresql" else uuid4().hex
            tx.execute(text(VERSION), {**values, "id": identity, "number": number, "live": live})


def test_versions_get_their_state_and_the_schema_is_that_of_a_new_database(database: Database) -> None:
    as_of_version_two(database)
    create_schema(database)
    with database.reading() as connection:
        assert [(row.number, row.state) for row in procedures.versions(connection, "1.009397")] == [
            (2, "live"),
            (1, "retired"),
        ]
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_what_was_done_with_a_version_is_never_rewritten(database: Database) -> None:
    act = {
        "code": "1.009397", "number": 1, "act": "install", "at": datetime(2026, 3, 2, tzinfo=UTC),
        "by": "system:test", "sha256": "0" * 64, "reason": "cài đặt",
    }  # fmt: skip
    with database.transaction() as tx:
        procedures.add_act(tx, act)
    for statement in ("UPDATE version_act SET reason = 'khác'", "DELETE FROM version_act"):
        with pytest.raises(DBAPIError, match="append-only"), database.transaction() as tx:
            tx.execute(text(statement))
