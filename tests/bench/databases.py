"""Fresh databases for the measurement: a SQLite file, and a PostgreSQL database when a server is named."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from engine.store.database import Database
from engine.store.tables.base import metadata
from tests.bench.workload import furnish

SERVER = os.environ.get("MOTCUA_TEST_POSTGRESQL")  # URL of a server where databases may be made


@contextmanager
def sqlite(folder: Path) -> Iterator[str]:
    """URL of a furnished SQLite file."""
    folder.mkdir()
    url = f"sqlite:///{folder / 'motcua.sqlite3'}"
    furnish(url, folder)
    yield url


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """URL of a furnished PostgreSQL database; it is dropped at the end. Needs ``SERVER``."""
    assert SERVER is not None
    folder.mkdir()
    name = f"motcua_bench_{os.getpid()}_{folder.name}"
    admin = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    try:
        url = make_url(SERVER).set(database=name).render_as_string(hide_password=False)
        furnish(url, folder)
        yield url
    finally:
        with admin.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        admin.dispose()


def stored(database: Database) -> int:
    """Bytes of all our tables and indexes after the database has tidied up."""
    if database.dialect == "sqlite":
        return _stored_in_file(database.url.removeprefix("sqlite:///"))
    with database.pool.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM FULL")
        sizes = [
            connection.exec_driver_sql(f"SELECT pg_total_relation_size('{table}')").scalar_one()
            for table in metadata.tables
        ]
        return sum(sizes)


def _stored_in_file(path: str) -> int:
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as link:
        link.execute("VACUUM")
        pages, size = (link.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
        return int(pages * size)


def log_position(database: Database) -> int:
    """How far PostgreSQL's write-ahead log has come, in bytes."""
    with database.reading() as connection:
        position = connection.exec_driver_sql("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn").scalar_one()
        return int(position)
